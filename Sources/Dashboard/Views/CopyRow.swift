//  VERSION          MODE      ALL MX    HELD BY UNTIL
//  20260426T1       enforce   delivers  served  7d after a fetch
//  20240930T0       enforce   REFUSED   id      Fri 27 Nov 02:32Z

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// A version of the policy in the hands of senders: the one that is served, or one that is held from before.
struct CopyRow {
    private static let columns = (id: 17, mode: 10, delivery: 10, holders: 8)
    /// Of the longest end that is usual.
    private static let longestEnd = 18

    private let id: String
    private let mode: String
    private let delivery: Delivery?
    /// `served`, or how its holders decide to fetch again.
    private let holders: String
    private let end: String
    /// Both in words.
    private let held: String
    private let readers: [String]?

    /// One that is held from before.
    init(_ copy: CachedVerdict, _ subject: Subject) {
        id = copy.policyID
        mode = copy.mode.rawValue
        delivery = copy.delivery
        holders = copy.holders.rawValue
        let open = copy.holders == .id ? "while the id stays" : "while it is served"
        end = copy.until.map(subject.moment) ?? open
        held = "held by \(holders) \(copy.until == nil ? "" : "until ")\(end)"
        readers = copy.readers
    }

    /// The one that is served.
    init(_ policy: DomainHistory.Policy, _ subject: Subject) {
        id = policy.id
        mode = policy.mode ?? "no policy"
        delivery = subject.assessment?.mtaSTS.delivery
        holders = "served"
        end = "\(Lapse.whole(seconds: policy.maxAge ?? 0)) after a fetch"
        held = "served, held for \(end)"
        readers = nil
    }

    /// True where the table has room beside the margin.
    static func fits(_ room: Int) -> Bool {
        columns.id + columns.mode + columns.delivery + columns.holders + longestEnd <= room
    }

    static var head: StyledLine {
        var line = StyledLine()
        line.add("VERSION", .head, columns: columns.id)
        line.add("MODE", .head, columns: columns.mode)
        line.add("ALL MX", .head, columns: columns.delivery)
        line.add("HELD BY", .head, columns: columns.holders)
        return line.adding("UNTIL", .head)
    }

    /// A row of the table, or a sentence where there is no room for one.
    func line(room: Int) -> StyledLine {
        let columns = CopyRow.columns
        let word = delivery.map(Words.delivery) ?? ("?", .textDim)
        let isTable = CopyRow.fits(room)
        var line = StyledLine()
        if isTable {
            line.add(TextWidth.truncated(id, to: columns.id - 1), .textStrong, columns: columns.id)
            line.add(mode, .text, columns: columns.mode)
            line.add(word.text, word.role, columns: columns.delivery)
            line.add(holders, .text, columns: columns.holders)
            line.add(end)
        } else {
            line.add(id, .textStrong)
            line.add("  \(mode)  ")
            line.add(word.text, word.role)
            line.add("  \(held)")
        }
        if let readers { line.add(", read by \(readers.joined(separator: ", "))", .textDim) }
        if isTable, TextWidth.columns(of: id) >= columns.id { line.add(", id \(id)", .textDim) }
        return line
    }
}

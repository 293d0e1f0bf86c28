import Deliverability
import FoundationEssentials

/// What the table is ordered by.
public enum SortColumn: String, Hashable, Sendable, CaseIterable {
    /// Worst first, then the soonest bounce or end of a certificate, then by name.
    case severity
    case domain, policy, tls, certificate, bounces
    case idAge = "id age"
    case maxAge = "max age"
    case age

    /// The next or previous one, round and round.
    func stepped(by step: Int) -> SortColumn {
        let all = SortColumn.allCases
        let here = all.firstIndex(of: self) ?? 0
        return all[((here + step) % all.count + all.count) % all.count]
    }
}

/// A row's place in the order as two numbers, so that ten thousand rows sort in a millisecond or two.
struct SortKey: Hashable, Sendable, Comparable {
    let primary: UInt64
    let name: UInt32

    init(_ row: Row, by column: SortColumn, inverted: Bool) {
        let value = SortKey.value(row.facts, name: row.nameRank, by: column)
        primary = inverted ? ~value : value
        name = inverted ? ~row.nameRank : row.nameRank
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
        left.primary == right.primary ? left.name < right.name : left.primary < right.primary
    }

    private static let none = (UInt64(1) << 40) - 1

    private static func value(_ facts: RowFacts, name: UInt32, by column: SortColumn) -> UInt64 {
        switch column {
        case .severity:
            // Where no verdict is in yet there is nothing to see: below all that has one.
            guard facts.isChecked else { return 7 << 40 }
            // A refusal now is "now" whenever it was judged; else rows would change places at each look.
            let bounce = facts.state == .bouncing ? facts.mxExpires : facts.soonest
            return (UInt64(facts.state.place) << 40) | date(bounce)
        case .domain: return 0
        case .policy:
            switch facts.policy {
            case "enforce": return 0
            case "testing": return 1
            case "none": return 2
            case "?": return 4
            default: return 3
            }
        case .tls:
            guard let passing = facts.passing, facts.hosts > 0 else { return none }
            return UInt64(max(0, passing * 1_000_000 / facts.hosts))
        case .certificate: return date(facts.mxExpires)
        case .bounces: return facts.state == .bouncing ? 0 : date(facts.bouncesAt)
        case .idAge: return date(facts.idSince)
        case .maxAge: return facts.maxAge.map { UInt64(max(0, $0)) } ?? none
        case .age: return date(facts.checkedAt)
        }
    }

    /// Seconds since a time before all dates, in 40 bits; the greatest value where there is none.
    private static func date(_ date: Date?) -> UInt64 {
        guard let date else { return none }
        return UInt64(max(0, Moment.seconds(date) + 62_000_000_000))
    }
}

import Deliverability
import FoundationEssentials

/// What the table is ordered by.
public enum SortColumn: String, Hashable, Sendable, CaseIterable {
    /// Worst first; within a state what nobody has seen yet, then what turned last, then the first end of a
    /// certificate, then by name. At RISK what is met now stands above what is to come, and that goes by its end.
    case severity
    case domain, policy, tls, certificate
    case bounces = "bounces in"
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

/// A row's place in the order as three numbers, so that ten thousand rows sort in a millisecond or two.
struct SortKey: Hashable, Sendable, Comparable {
    let primary: UInt64
    /// Decides between equals; 0 but for the order by severity.
    let secondary: UInt64
    let name: UInt32

    init(_ row: Row, by column: SortColumn, inverted: Bool) {
        let value = column == .severity ? SortKey.severity(row) : SortKey.value(row.facts, by: column)
        let second = column == .severity ? SortKey.second(row) : 0
        primary = inverted ? ~value : value
        secondary = inverted ? ~second : second
        name = inverted ? ~row.nameRank : row.nameRank
    }

    static func < (left: SortKey, right: SortKey) -> Bool {
        (left.primary, left.secondary, left.name) < (right.primary, right.secondary, right.name)
    }

    private static let none = (UInt64(1) << 40) - 1

    /// The state, then whether somebody has seen it, then how fresh it is.
    private static func severity(_ row: Row) -> UInt64 {
        // Where no verdict is in yet there is nothing to see: below all that has one.
        guard row.facts.isChecked else { return 7 << 60 }
        let state = UInt64(row.state.place) << 60
        // What is fine has no fire to put on top; since when is no news. What nobody protects is less to look after than
        // what is, unless it has just come to that.
        guard row.isProblem else { return row.state == .ok || row.isUnseen ? state : 6 << 60 }
        return state | (row.isUnseen ? 0 : 1 << 59) | (isToCome(row) ? 1 << 58 | end(row) : onset(row))
    }

    private static func second(_ row: Row) -> UInt64 { isToCome(row) ? onset(row) : end(row) }

    /// Every MX host takes mail as it should, for now.
    private static func isToCome(_ row: Row) -> Bool {
        row.state == .risk && row.facts.passing == row.facts.hosts && row.facts.soonest != nil
    }

    /// Of a problem what turned last comes first.
    private static func onset(_ row: Row) -> UInt64 {
        row.stateSince.map { none - date($0) } ?? none
    }

    /// The first end of a certificate, or the bounce that is sooner. A refusal now is "now" whenever it was judged, or
    /// rows would change places at each look; a problem without a date stands as if its date had passed when it began.
    private static func end(_ row: Row) -> UInt64 {
        let end = row.state == .bouncing ? row.facts.mxExpires : row.facts.soonest
        return date(end ?? (row.isProblem ? row.stateSince : nil))
    }

    private static func value(_ facts: RowFacts, by column: SortColumn) -> UInt64 {
        switch column {
        case .severity, .domain: return 0
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
        case .bounces:
            // All that is refused now stands in front: what everybody refuses, then what holders of a copy do.
            guard !facts.isRefused else { return UInt64(facts.state.place) }
            return date(facts.nearBounce(now: facts.checkedAt ?? .distantPast))
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

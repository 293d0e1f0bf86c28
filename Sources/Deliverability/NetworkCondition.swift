public import FoundationEssentials

/// How our own network stands: nothing is believed about others while it is suspect.
public enum NetworkCondition: Hashable, Sendable, Codable {
    case sound
    /// Everything fails at once, or the resolver is dead: the reason in words, and since when.
    case suspect(reason: String, since: Date)
    /// This machine's clock is so many minutes behind (positive) or ahead (negative), by the Date headers of so many
    /// policy hosts: verdicts on dates may be wrong.
    case clockSuspect(minutesBehind: Int, hosts: Int)

    public var isSuspect: Bool {
        if case .suspect = self { return true }
        return false
    }
}

public import FoundationEssentials

/// How our own network stands: nothing is believed about others while it is suspect.
public enum NetworkCondition: Hashable, Sendable, Codable {
    case sound
    /// Everything fails at once, or the resolver is dead: the reason in words, and since when.
    case suspect(reason: String, since: Date)

    public var isSuspect: Bool {
        if case .suspect = self { return true }
        return false
    }
}

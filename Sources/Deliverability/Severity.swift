/// How bad a finding is; declared from worst to mildest.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case critical, high, warning, info

    /// The worse severity is the smaller.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .critical: 0
        case .high: 1
        case .warning: 2
        case .info: 3
        }
    }
}

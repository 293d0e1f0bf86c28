/// The state of a domain: the worst that applies, declared from worst to best.
public enum DomainState: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    /// Some sender class that enforces is refused at every MX now, or nobody can deliver.
    case bouncing
    /// It will bounce at a known time, or after one more event.
    case risk
    /// A defect that costs protection or hides the next failure.
    case warning
    /// We could not find out.
    case unknown
    /// No enforce policy in force and no usable DANE: mail flows, an attacker can strip TLS.
    case unprotected
    /// Protected, nothing wrong.
    case ok

    /// The worse state is the smaller.
    public static func < (left: DomainState, right: DomainState) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .bouncing: 0
        case .risk: 1
        case .warning: 2
        case .unknown: 3
        case .unprotected: 4
        case .ok: 5
        }
    }

    /// One ASCII character that stands for the state on every screen.
    public var glyph: Character {
        switch self {
        case .bouncing: "X"
        case .risk: "!"
        case .warning: "~"
        case .unknown: "?"
        case .unprotected: "-"
        case .ok: "."
        }
    }

    /// The word on the screen, at most 7 characters.
    public var word: String {
        switch self {
        case .bouncing: "BOUNCE"
        case .risk: "RISK"
        case .warning: "WARN"
        case .unknown: "UNKNOWN"
        case .unprotected: "NONE"
        case .ok: "OK"
        }
    }
}

/// What becomes of mail from one sender class, now.
public enum Delivery: String, Hashable, Sendable, Codable, CaseIterable {
    case delivers
    /// Some MX hosts are refused; mail still flows through others.
    case partial
    /// No MX host is acceptable: mail is deferred, then bounces at the sender's queue lifetime.
    case refused
    case unknown
    /// The class does not exist for this domain.
    case none
}

extension Delivery {
    /// From what takes all mail to what takes none; `none` is no class that could refuse.
    var rank: Int {
        switch self {
        case .none, .delivers: 0
        case .unknown: 1
        case .partial: 2
        case .refused: 3
        }
    }
}

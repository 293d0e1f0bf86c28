public import FoundationEssentials
public import MTASTS

/// What an earlier run of the program last showed of a domain.
public struct RememberedStatus: Hashable, Sendable {
    public let domain: DomainName
    public let digest: StatusDigest
    /// When the state last turned; nil when it never did.
    public let stateSince: Date?

    public init(domain: DomainName, digest: StatusDigest, stateSince: Date?) {
        self.domain = domain
        self.digest = digest
        self.stateSince = stateSince
    }
}

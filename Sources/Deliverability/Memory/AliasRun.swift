public import FoundationEssentials
public import MTASTS

/// Where the policy record or the policy host is delegated to by CNAME, and where it was before.
public struct AliasRun: Hashable, Sendable, Codable {
    /// The CNAME targets in order; empty where the name itself answers.
    public let targets: [DomainName]
    public let since: Date
    /// The targets before; nil where no others were seen, or where these were put back.
    public let before: [DomainName]?

    public init(targets: [DomainName], since: Date, before: [DomainName]? = nil) {
        self.targets = targets
        self.since = since
        self.before = before
    }
}

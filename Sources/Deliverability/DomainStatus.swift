public import Evidence
public import FoundationEssentials
public import MTASTS

/// One watched domain as every front end shows it: the verdict, what it rests on, and when it is looked at again.
public struct DomainStatus: Sendable, Identifiable {
    public let domain: DomainName
    /// From the list file, without the `@`.
    public let tags: [String]
    /// Nil until the first verdict.
    public let assessment: Assessment?
    public let evidence: DomainEvidence?
    /// When the state last turned; nil when it never did.
    public let stateSince: Date?
    /// Since when the id that is published has been seen, by this run or an older one; nil where none is.
    public let idSince: Date?
    /// True where it is older than that: it stood at the first look.
    public let isIDOlder: Bool
    /// When the next of its facts is due.
    public let nextCheckAt: Date?
    /// How often it turned in the last hour, where it flaps; else nil.
    public let turnsLastHour: Int?
    /// The operator works on it: nothing rings.
    public let isMuted: Bool
    /// When that ends, as far as it is known.
    public let mutedUntil: Date?

    public var id: DomainName { domain }
    /// `unknown` until the first verdict.
    public var state: DomainState { assessment?.state ?? .unknown }

    public init(
        domain: DomainName, tags: [String] = [], assessment: Assessment? = nil, evidence: DomainEvidence? = nil,
        stateSince: Date? = nil, idSince: Date? = nil, isIDOlder: Bool = false, nextCheckAt: Date? = nil,
        turnsLastHour: Int? = nil, isMuted: Bool = false, mutedUntil: Date? = nil
    ) {
        self.domain = domain
        self.tags = tags
        self.assessment = assessment
        self.evidence = evidence
        self.stateSince = stateSince
        self.idSince = idSince
        self.isIDOlder = isIDOlder
        self.nextCheckAt = nextCheckAt
        self.turnsLastHour = turnsLastHour
        self.isMuted = isMuted
        self.mutedUntil = mutedUntil
    }
}

public import Evidence
public import FoundationEssentials
public import MTASTS

/// One version of a policy as it was served: an id and a body, when both were seen together, and until when somebody
/// may have fetched them.
public struct PolicyVersion: Hashable, Sendable, Codable {
    public let id: String
    public var body: [UInt8] { raw.bytes }
    private let raw: RawBytes
    /// SHA-256 of the body, lower case hexadecimal.
    public let bodySHA256: String
    /// The body read strictly; nil when it is not a policy, and for what `readers` make of it.
    public let policy: STSPolicy?
    public internal(set) var firstSeen: Date
    public var lastSeen: Date
    /// From then on nobody can have fetched it: the first poll that no longer saw it, and where it was the record
    /// that went, the record's TTL later. Nil while it can be fetched.
    public var goneAt: Date?
    /// The last time its id was seen published, whatever body was served.
    public var idLastSeen: Date
    /// From then on no resolver gives its id: the first poll that no longer saw it, and the record's TTL later. Nil
    /// while it is published.
    public var idGoneAt: Date?
    /// From then on nobody who goes by the id has it: a body could be had under another id, and the resolvers' TTL
    /// has passed; or the last copy ran out. Nil while neither is so.
    public var supersededAt: Date?
    /// Where it was fetched from last.
    public var address: IPAddress?
    /// True where it and another body were served in turns, or at once, by several addresses: neither replaced the
    /// other.
    public var alternates = false
    /// Who puts it to use otherwise than by the letter of the RFC, and what each reads; nil for the letter.
    public internal(set) var readers: [ParserDisagreement]?

    private enum CodingKeys: String, CodingKey {
        case id
        case raw = "body"
        case bodySHA256, policy, firstSeen, lastSeen, goneAt, idLastSeen, idGoneAt, supersededAt, address, alternates
        case readers
    }

    public init(
        id: String, body: [UInt8], policy: STSPolicy?, firstSeen: Date, lastSeen: Date, goneAt: Date? = nil,
        idLastSeen: Date? = nil, idGoneAt: Date? = nil, supersededAt: Date? = nil, address: IPAddress? = nil
    ) {
        self.id = id
        raw = RawBytes(body)
        bodySHA256 = SHA256.hex(body)
        self.policy = policy
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.goneAt = goneAt
        self.idLastSeen = idLastSeen ?? lastSeen
        self.idGoneAt = idGoneAt
        self.supersededAt = supersededAt
        self.address = address
    }
}

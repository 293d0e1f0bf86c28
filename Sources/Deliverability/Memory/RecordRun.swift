public import FoundationEssentials

/// One id of the policy record, for as long as it was published without a break.
public struct RecordRun: Hashable, Sendable, Codable {
    public let id: String
    public internal(set) var firstSeen: Date
    public var lastSeen: Date
    /// The first poll that no longer saw it; nil while it is published.
    public var goneAt: Date?
    /// Seconds for which resolvers keep it, as last seen; 3,600 where it is not known.
    public var ttl: Int

    public init(id: String, firstSeen: Date, lastSeen: Date, goneAt: Date? = nil, ttl: Int) {
        self.id = id
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.goneAt = goneAt
        self.ttl = ttl
    }
}

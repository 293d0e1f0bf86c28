public import FoundationEssentials
public import MTASTS

/// One version of a policy as it was served: an id and a body, and when both were seen together.
public struct PolicyVersion: Hashable, Sendable, Codable {
    public let id: String
    public let body: [UInt8]
    /// The body read strictly; nil when it is not a policy.
    public let policy: STSPolicy?
    public let firstSeen: Date
    public var lastSeen: Date

    public init(id: String, body: [UInt8], policy: STSPolicy?, firstSeen: Date, lastSeen: Date) {
        self.id = id
        self.body = body
        self.policy = policy
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

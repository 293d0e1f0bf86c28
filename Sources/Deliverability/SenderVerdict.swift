public import FoundationEssentials
public import MTASTS

/// What one sender class meets at a domain.
public struct SenderVerdict: Hashable, Sendable, Codable {
    public let delivery: Delivery
    /// What mode enforce would do with what was seen; differs from `delivery` in mode testing.
    public let enforced: Delivery
    /// Since when the delivery is so; nil before the memory filled it in.
    public var since: Date?
    /// When it ends by itself; nil when it does not.
    public let until: Date?
    /// Why, one line.
    public let reason: String

    public init(
        _ delivery: Delivery, enforced: Delivery? = nil, since: Date? = nil, until: Date? = nil, reason: String = ""
    ) {
        self.delivery = delivery
        self.enforced = enforced ?? delivery
        self.since = since
        self.until = until
        self.reason = VisibleText.printable(reason)
    }
}

/// What senders meet that still hold one earlier version of the policy.
public struct CachedVerdict: Hashable, Sendable, Codable {
    /// How the holders decide when to fetch again.
    public enum Holders: String, Hashable, Sendable, Codable, CaseIterable {
        case id, expiry
    }

    public let policyID: String
    /// SHA-256 of the policy body, lower case hexadecimal.
    public let bodySHA256: String
    public let holders: Holders
    public let delivery: Delivery
    /// When the last copy runs out; nil while copies are made or prolonged.
    public let until: Date?
    /// What the version asks for; only `enforce` refuses anything.
    public let mode: STSPolicy.Mode
    /// Why, one line.
    public let reason: String
    /// The senders that read it, where it is no policy by the letter of the RFC; nil where every sender takes it.
    public let readers: [String]?
    /// The version itself; nil where only its verdict was kept.
    public private(set) var policy: STSPolicy?

    /// All but the version, which the history has once for all verdicts on it.
    private enum CodingKeys: CodingKey {
        case policyID, bodySHA256, holders, delivery, until, mode, reason, readers
    }

    public init(
        policyID: String, bodySHA256: String, holders: Holders, delivery: Delivery, until: Date?,
        mode: STSPolicy.Mode = .enforce, reason: String = "", readers: [String]? = nil,
        policy: STSPolicy? = nil
    ) {
        self.mode = mode
        self.readers = readers
        self.policy = policy
        self.reason = VisibleText.printable(reason)
        self.policyID = policyID
        self.bodySHA256 = bodySHA256
        self.holders = holders
        self.delivery = delivery
        self.until = until
    }
}

public import Deliverability
public import FoundationEssentials

/// How the poller works; what the operator may set.
public struct PollSettings: Hashable, Sendable {
    /// Seconds between looks at a fact that is well.
    public var interval: TimeInterval = 300
    /// Seconds between looks at a fact that is not.
    public var problemInterval: TimeInterval = 60
    /// The port of every MX host.
    public var smtpPort = 25
    /// Whether addresses that are not public are connected to.
    public var allowPrivate = false
    /// How many connections may be open at once.
    public var mostConnections = 128
    /// How many lookups may be under way at once.
    public var mostLookups = 256
    /// How many connections at once to the hosts of one provider (one registrable domain).
    public var mostPerProvider = 8
    public var confirmation = Confirmation.watching
    /// When senders give up mail that they are refused to deliver.
    public var queueLifetimes = QueueLifetimes.standard

    public init() {}
}

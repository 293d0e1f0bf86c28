public import Deliverability
public import FoundationEssentials
public import MTASTS

/// How the poller works; what the operator may set.
public struct PollSettings: Hashable, Sendable {
    /// Seconds between looks at a fact that is well.
    public var interval: TimeInterval = 300
    /// Seconds between looks at a fact that is not.
    public var problemInterval: TimeInterval = 60
    /// Seconds between looks at what other clients are shown: the other key's chain, the certificate without SNI.
    public var surveyInterval: TimeInterval = 3_600
    /// Seconds between looks at what each name server of a zone says, while they agree.
    public var nameServerInterval: TimeInterval = 3_600
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
    /// Looked up beside the resolver's own check: when none of them is found, it is our network that fails.
    public var controlHosts: [DomainName] = []
    public var confirmation = Confirmation.watching
    /// When senders give up mail that they are refused to deliver.
    public var queueLifetimes = QueueLifetimes.standard

    public init() {}
}

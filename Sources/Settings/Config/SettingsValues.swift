public import Deliverability
public import MTASTS

/// What a settings file may say; nil or empty: nothing, so that options and defaults decide.
public struct SettingsValues: Hashable, Sendable {
    public var resolvers: [ResolverAddress] = []
    public var recursive: Bool?
    public var allowPrivate: Bool?
    /// Paths; a relative one is meant from the settings file's folder, and comes out joined to it.
    public var trustAnchor: String?
    public var caFile: String?
    public var stateDirectory: String?
    /// For how many days the history keeps what is over.
    public var historyDays: Int?
    /// Under which size, in MiB, the history stays.
    public var historyMegabytes: Int?
    public var smtpPort: UInt16?
    public var httpsPort: UInt16?
    /// The name for EHLO.
    public var helo: DomainName?
    /// For one step of a conversation.
    public var timeout: Duration?
    /// Between two polls of a fact.
    public var interval: Duration?
    /// A name or a path.
    public var theme: String?
    /// Whether larger frames are bracketed, where the terminal is known to understand that (mode 2026).
    public var synchronizedOutput: Bool?
    /// Looked up to tell whether it is our own network that fails.
    public var controlHosts: [DomainName] = []
    /// A program that is given each transition.
    public var onChange: String?
    /// A file that gets a line for each transition.
    public var log: String?
    public var syslog: Bool?
    /// When senders give up mail that they are refused to deliver.
    public var queueLifetimes: QueueLifetimes?
    /// Keys by action, as `Keymap.remapped` takes them; without conflicts.
    public var keys: [String: [String]] = [:]

    public init() {}
}

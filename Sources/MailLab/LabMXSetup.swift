/// What an MX host of the lab is: its name, its certificate, what it says and does.
public struct LabMXSetup: Hashable, Sendable {
    /// The name in the banner and in the answer to EHLO.
    public var hostName: String
    public var behaviour: MXBehaviour
    public var identity: LabIdentity
    /// What the other servers behind the same address show: they and the first take connections in turn.
    public var others: [LabIdentity]
    /// The bytes after `220 `; nil for a usual banner.
    public var banner: [UInt8]?
    /// The EHLO keywords beside STARTTLS, as bytes of a line each.
    public var extensions: [String]

    public init(
        hostName: String, identity: LabIdentity, others: [LabIdentity] = [], behaviour: MXBehaviour = .normal,
        banner: [UInt8]? = nil, extensions: [String] = ["PIPELINING", "SIZE 52428800", "8BITMIME"]
    ) {
        self.hostName = hostName
        self.identity = identity
        self.others = others
        self.behaviour = behaviour
        self.banner = banner
        self.extensions = extensions
    }
}

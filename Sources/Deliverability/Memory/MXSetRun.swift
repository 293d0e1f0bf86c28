public import Evidence
public import FoundationEssentials
public import MTASTS

/// One MX set, for as long as it stood unchanged, with the addresses of its hosts.
public struct MXSetRun: Hashable, Sendable, Codable {
    public struct Member: Hashable, Sendable, Codable {
        public let preference: Int
        public let host: DomainName
        /// As last seen; at most 10, empty where none was known.
        public var addresses: [IPAddress]

        public init(preference: Int, host: DomainName, addresses: [IPAddress]) {
            self.preference = preference
            self.host = host
            self.addresses = addresses
        }
    }

    /// By preference, then name; at most 20.
    public var members: [Member]
    public internal(set) var firstSeen: Date
    public var lastSeen: Date
    /// The first poll that no longer saw it; nil while it stands.
    public var goneAt: Date?

    public init(members: [Member], firstSeen: Date, lastSeen: Date, goneAt: Date? = nil) {
        self.members = members
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.goneAt = goneAt
    }

    public var hosts: [DomainName] { members.map(\.host) }
}

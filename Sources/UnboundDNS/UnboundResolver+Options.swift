public import Evidence

extension UnboundResolver {
    /// How the resolver asks, and whom it trusts.
    public struct Options: Hashable, Sendable {
        /// One server that is asked on our behalf.
        public struct Server: Hashable, Sendable {
            public let address: IPAddress
            public let port: UInt16

            public init(address: IPAddress, port: UInt16 = 53) {
                self.address = address
                self.port = port
            }
        }

        /// The servers to ask; empty means those of `/etc/resolv.conf`. A plain authoritative server will do.
        public var resolvers: [Server]
        /// Ask the root servers and down from there; `resolvers` is then not used.
        public var recursive: Bool
        /// Files with DS or DNSKEY records, trusted in addition to the root's.
        public var trustAnchorFiles: [String]
        /// DS or DNSKEY records, one each, trusted like those of the files.
        public var trustAnchors: [String]
        /// Whether the root's own keys are trusted; only a lab without a signed root says no.
        public var trustsRoot: Bool
        /// How long one lookup may take, from when it is asked.
        public var timeout: Duration
        /// With `recursive`: whether name servers at loopback and private addresses may be asked.
        public var allowLoopback: Bool
        /// The port of the name servers that are asked one by one.
        public var nameServerPort: UInt16
        /// Lookups under way at a time; the others wait in order.
        public var concurrency: Int

        public init(
            resolvers: [Server] = [], recursive: Bool = false, trustAnchorFiles: [String] = [],
            trustAnchors: [String] = [], trustsRoot: Bool = true, timeout: Duration = .seconds(10),
            allowLoopback: Bool = false, nameServerPort: UInt16 = 53, concurrency: Int = 200
        ) {
            self.resolvers = resolvers
            self.recursive = recursive
            self.trustAnchorFiles = trustAnchorFiles
            self.trustAnchors = trustAnchors
            self.trustsRoot = trustsRoot
            self.timeout = timeout
            self.allowLoopback = allowLoopback
            self.nameServerPort = nameServerPort
            self.concurrency = concurrency
        }
    }
}

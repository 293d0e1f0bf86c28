public import Evidence
public import FoundationEssentials
public import MTASTS

/// What was seen of one MX host before: certificates, banners and STARTTLS by address, and its TLSA sets.
///
/// Shared by every domain that names the host. At most 20 addresses, 12 certificates each, and 12 TLSA sets.
public struct HostMemory: Hashable, Sendable, Codable {
    /// One leaf certificate that an address showed.
    public struct Certificate: Hashable, Sendable, Codable {
        /// SHA-256 over the DER, lower case hexadecimal.
        public let fingerprint: String
        /// SHA-256 over the SubjectPublicKeyInfo, lower case hexadecimal.
        public let keyHash: String
        /// The issuer as a narrow column shows it.
        public let issuer: String
        public let notBefore: Date
        public let notAfter: Date
        public internal(set) var firstSeen: Date
        public var lastSeen: Date

        public init(
            fingerprint: String, keyHash: String, issuer: String, notBefore: Date, notAfter: Date, firstSeen: Date,
            lastSeen: Date
        ) {
            self.fingerprint = fingerprint
            self.keyHash = keyHash
            self.issuer = issuer
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.firstSeen = firstSeen
            self.lastSeen = lastSeen
        }
    }

    /// A name that a server gave itself in its greeting, and since when.
    public struct Banner: Hashable, Sendable, Codable {
        public let name: String
        public let since: Date

        public init(name: String, since: Date) {
            self.name = name
            self.since = since
        }
    }

    /// What one address showed.
    public struct Address: Hashable, Sendable, Codable {
        public let address: IPAddress
        /// In the order in which they came into use; the last one is in use.
        public var certificates: [Certificate] = []
        public var banner: Banner?
        public var bannerBefore: Banner?
        /// When STARTTLS was last seen offered; nil when it never was.
        public var starttlsOffered: Date?
        public var lastSeen: Date

        public init(address: IPAddress, lastSeen: Date) {
            self.address = address
            self.lastSeen = lastSeen
        }
    }

    /// One set of TLSA records, or the signed or unsigned absence of any, for as long as it stood.
    public struct TLSASet: Hashable, Sendable, Codable {
        /// Presentation form, sorted; at most 20.
        public let records: [String]
        /// True where DNSSEC proved the set, or its absence.
        public let isSecure: Bool
        /// Seconds for which resolvers keep it; 3,600 where it is not known.
        public var ttl: Int
        public internal(set) var firstSeen: Date
        public var lastSeen: Date

        public init(records: [String], isSecure: Bool, ttl: Int, firstSeen: Date, lastSeen: Date) {
            self.records = records
            self.isSecure = isSecure
            self.ttl = ttl
            self.firstSeen = firstSeen
            self.lastSeen = lastSeen
        }
    }

    public let host: DomainName
    /// By address.
    public internal(set) var addresses: [Address] = []
    /// In the order first seen; the last one stands.
    public internal(set) var tlsa: [TLSASet] = []

    public init(host: DomainName) {
        self.host = host
    }
}

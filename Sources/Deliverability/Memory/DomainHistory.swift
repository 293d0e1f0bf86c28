public import FoundationEssentials
public import MTASTS

/// What is remembered of one domain, for people: every version of what it published, and what turned.
public struct DomainHistory: Sendable {
    /// Something that stood for a while; `goneAt` is the first poll that no longer saw it, nil while it stands.
    public struct Run<Value: Sendable>: Sendable {
        public let value: Value
        public let firstSeen: Date
        public let lastSeen: Date
        public let goneAt: Date?

        public init(_ value: Value, firstSeen: Date, lastSeen: Date, goneAt: Date?) {
            self.value = value
            self.firstSeen = firstSeen
            self.lastSeen = lastSeen
            self.goneAt = goneAt
        }
    }

    public struct Policy: Hashable, Sendable {
        public let id: String
        public let body: [UInt8]
        /// Nil where the body is no policy.
        public let mode: String?
        public let maxAge: Int?
        /// Its mx lines; empty where the body is no policy.
        public let mx: [String]
        /// SHA-256 of the body, lower case hexadecimal.
        public let bodySHA256: String

        public init(id: String, body: [UInt8], mode: String?, maxAge: Int?) {
            self.id = id
            self.body = body
            mx = mode == nil ? [] : STSPolicyParser.parse(body).policy?.mx.map(\.text) ?? []
            bodySHA256 = SHA256.hex(body)
            self.mode = mode
            self.maxAge = maxAge
        }
    }

    public struct Certificate: Hashable, Sendable {
        public let host: DomainName
        public let address: String
        public let sha256: String
        public let issuer: String
        public let notBefore: Date
        public let notAfter: Date

        public init(
            host: DomainName, address: String, sha256: String, issuer: String, notBefore: Date, notAfter: Date
        ) {
            self.host = host
            self.address = address
            self.sha256 = sha256
            self.issuer = issuer
            self.notBefore = notBefore
            self.notAfter = notAfter
        }
    }

    public struct TLSA: Hashable, Sendable {
        public let host: DomainName
        /// Presentation form; empty where there were none.
        public let records: [String]
        public let isSecure: Bool

        public init(host: DomainName, records: [String], isSecure: Bool) {
            self.host = host
            self.records = records
            self.isSecure = isSecure
        }
    }

    public let domain: DomainName
    /// What was last shown; nil when there was no verdict yet.
    public let status: RememberedStatus?
    /// All newest first.
    public var policies: [Run<Policy>] = []
    /// Ids of the policy record.
    public var records: [Run<String>] = []
    /// `10 mx.example.com`, by preference.
    public var mxSets: [Run<[String]>] = []
    /// Of the MX hosts that the domain has named.
    public var certificates: [Run<Certificate>] = []
    public var tlsa: [Run<TLSA>] = []
    public var changes: [Change] = []
    /// Oldest first.
    public var samples: [Sample] = []

    public init(domain: DomainName, status: RememberedStatus?) {
        self.domain = domain
        self.status = status
    }
}

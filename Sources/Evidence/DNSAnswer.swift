public import FoundationEssentials
public import MTASTS

/// For how long signatures vouch for an answer (RFC 4034 3.1.5).
public struct SignatureValidity: Hashable, Sendable, Codable {
    /// The zone that signed; `.` is the root.
    public let zone: String
    public let from: Date
    public let until: Date

    public init(zone: String, from: Date, until: Date) {
        self.zone = zone
        self.from = from
        self.until = until
    }
}

/// Whether the DNS data is authenticated (RFC 4033 5).
public enum DNSSECStatus: String, Hashable, Sendable, Codable {
    case secure, insecure, bogus, unknown
}

/// Why a lookup gave no answer. None of these means that the name or the data does not exist.
public enum LookupFailure: Hashable, Sendable, Codable {
    /// The servers answered SERVFAIL.
    case serverFailure
    /// Nobody answered in time.
    case timeout
    /// The servers answered REFUSED or another error code (the RCODE).
    case refused(rcode: Int)
    /// DNSSEC validation failed; the text is the validator's reason.
    case bogus(String)
    /// The answer broke a limit or could not be read; the text says which.
    case malformed(String)
    /// The CNAME chain loops or is too long (more than 11 links).
    case aliasLoop
    /// Our own resolver could not be asked.
    case resolver(String)
}

/// What a lookup told: data, the proven or claimed absence of it, or that nobody could tell.
public enum LookupOutcome<Value: Hashable & Sendable>: Hashable, Sendable {
    case found(Value)
    /// The name exists, the type does not (NODATA).
    case noData
    /// The name does not exist (NXDOMAIN).
    case noName
    case failed(LookupFailure)
}

/// One answer of the resolver for one name and type.
public struct DNSAnswer<Value: Hashable & Sendable>: Hashable, Sendable {
    public let outcome: LookupOutcome<Value>
    /// Of the answer as a whole, CNAMEs included; secure for an authenticated denial.
    public let dnssec: DNSSECStatus
    /// The CNAME targets followed, in order; empty where the name itself answered.
    public let aliases: [DomainName]
    /// Seconds the answer may be kept; nil when unknown.
    public let ttl: Int?
    /// How long the lookup took, in milliseconds.
    public let milliseconds: Int
    /// Of all sets of records that the answer rests on, the one whose signatures end first; nil unless secure.
    public let signatures: SignatureValidity?

    public init(
        _ outcome: LookupOutcome<Value>, dnssec: DNSSECStatus, aliases: [DomainName] = [], ttl: Int? = nil,
        milliseconds: Int = 0, signatures: SignatureValidity? = nil
    ) {
        self.outcome = outcome
        self.dnssec = dnssec
        self.aliases = aliases
        self.ttl = ttl
        self.milliseconds = milliseconds
        self.signatures = signatures
    }

    /// The data when some was found.
    public var value: Value? {
        if case .found(let value) = outcome { return value }
        return nil
    }

    /// True for NODATA and NXDOMAIN: somebody said that there is none.
    public var isAbsent: Bool {
        switch outcome {
        case .noData, .noName: true
        case .found, .failed: false
        }
    }

    /// The reason when nobody could tell.
    public var failure: LookupFailure? {
        if case .failed(let failure) = outcome { return failure }
        return nil
    }
}

extension LookupOutcome: Encodable where Value: Encodable {}
extension LookupOutcome: Decodable where Value: Decodable {}
extension DNSAnswer: Encodable where Value: Encodable {}
extension DNSAnswer: Decodable where Value: Decodable {}

public import MTASTS

/// What the TXT records at `_mta-sts` amount to.
public struct RecordReading: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, Codable {
        case valid, missing, invalid, multiple, failed
    }

    public let status: Status
    public let record: STSRecord?
    /// The MTA-STS records as they stood, escaped.
    public let raw: [String]
    /// Where an invalid record leaves the grammar.
    public let errors: [SyntaxError]
    /// True where some senders take a valid record for none.
    public let isLenient: Bool

    public init(
        status: Status, record: STSRecord? = nil, raw: [String] = [], errors: [SyntaxError] = [],
        isLenient: Bool = false
    ) {
        self.status = status
        self.record = record
        self.raw = raw
        self.errors = errors
        self.isLenient = isLenient
    }
}

/// What the policy fetch amounts to.
public struct PolicyReading: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, Codable {
        case valid, invalid
        /// No answer over HTTPS, or none over TLS that a sender may trust.
        case unreachable
        /// An answer that a sender must not take: wrong status, type or size.
        case rejected
        /// No policy record, so senders do not ask.
        case noneFetched = "none-fetched"
    }

    public let status: Status
    /// The policy in force for a sender without a cache; nil unless valid.
    public let policy: STSPolicy?
    public let errors: [SyntaxError]
    /// The known senders that put to use something else than `policy`, also where there is none by the letter of the
    /// RFC, and what each reads.
    public let readers: [ParserDisagreement]
    /// The names of the known senders that reject a text that others put to use.
    public let rejecting: [String]

    public init(
        status: Status, policy: STSPolicy? = nil, errors: [SyntaxError] = [], readers: [ParserDisagreement] = [],
        rejecting: [String] = []
    ) {
        self.status = status
        self.policy = policy
        self.errors = errors
        self.readers = readers
        self.rejecting = rejecting
    }

    /// The worst that senders read who do not read it by the letter of the RFC.
    public var lenient: STSPolicy? { readers.worstReading }

    /// The names of those senders.
    public var lenientSenders: [String] { readers.map(\.sender) }
}

/// What the MX lookup amounts to.
public struct MXReading: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, Codable {
        case present
        /// No MX RRset: the domain itself takes the mail (RFC 5321 5.1).
        case implicit
        /// `0 .`: the domain takes no mail (RFC 7505).
        case null
        case missing, failed, bogus
    }

    public let status: Status

    public init(status: Status) {
        self.status = status
    }
}

/// What the TXT records at `_smtp._tls` amount to.
public struct TLSRPTReading: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable, Codable {
        case valid, missing, invalid, multiple, failed
    }

    public let status: Status
    public let rua: [String]
    /// The TLSRPT records as they stood, escaped.
    public let raw: [String]

    public init(status: Status, rua: [String] = [], raw: [String] = []) {
        self.status = status
        self.rua = rua
        self.raw = raw
    }
}

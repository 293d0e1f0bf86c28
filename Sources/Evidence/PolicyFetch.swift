public import FoundationEssentials
public import MTASTS

/// Why no policy body was had (RFC 8461 3.3). A redirect is never followed.
public enum PolicyFetchFailure: Hashable, Sendable, Codable {
    /// The policy host does not exist or has no address.
    case noHost
    /// The policy host could not be looked up.
    case lookup(LookupFailure)
    /// No connection: the reason in words.
    case connect(String)
    case tls(String)
    /// The deadline passed; the text names the step.
    case timeout(String)
    case status(Int)
    /// A 3xx answer and where it pointed (escaped by whoever shows it).
    case redirect(status: Int, location: String)
    /// Over 64 KiB.
    case tooLarge
    /// Not HTTP, a wrong length, an early close, a compressed body: in words.
    case malformed(String)
    /// Not tried: the policy host's address is not public and private addresses are not allowed.
    case notFetched(String)
}

/// One fetch of `https://mta-sts.DOMAIN/.well-known/mta-sts.txt`.
///
/// A body may be present beside an untrusted certificate: the fetch is judged by the rules, not by the fetcher.
public struct PolicyFetch: Hashable, Sendable {
    /// `mta-sts.` and the policy domain.
    public let host: DomainName
    /// The address that answered, or the last one tried.
    public let address: IPAddress?
    /// The CNAME targets behind the policy host, in order.
    public let aliases: [DomainName]
    public let failure: PolicyFetchFailure?
    /// The HTTP status; nil when none was received.
    public let status: Int?
    /// The Content-Type as sent; nil when there was none.
    public let contentType: String?
    /// The body as sent, at most 64 KiB; nil unless the status was 200 and the body complete.
    public let body: [UInt8]?
    /// The server's Date header; nil when absent or unreadable.
    public let serverDate: Date?
    public let tls: TLSSession?
    /// Milliseconds for the whole fetch.
    public let milliseconds: Int
    /// What each address of the policy host answered, this one among them, at most 10; empty where they were not
    /// compared. An edge has no edges of its own.
    public let edges: [PolicyFetch]

    public init(
        host: DomainName, address: IPAddress? = nil, aliases: [DomainName] = [], failure: PolicyFetchFailure? = nil,
        status: Int? = nil, contentType: String? = nil, body: [UInt8]? = nil, serverDate: Date? = nil,
        tls: TLSSession? = nil, milliseconds: Int = 0, edges: [PolicyFetch] = []
    ) {
        self.host = host
        self.address = address
        self.aliases = aliases
        self.failure = failure
        self.status = status
        self.contentType = contentType
        self.body = body
        self.serverDate = serverDate
        self.tls = tls
        self.milliseconds = milliseconds
        self.edges = edges
    }
}

public import MTASTS

/// The addresses of one MX host, both families.
public struct HostAddresses: Hashable, Sendable, Codable {
    public let ipv4: DNSAnswer<[IPAddress]>
    public let ipv6: DNSAnswer<[IPAddress]>

    public init(ipv4: DNSAnswer<[IPAddress]>, ipv6: DNSAnswer<[IPAddress]>) {
        self.ipv4 = ipv4
        self.ipv6 = ipv6
    }

    /// All addresses, IPv4 first, each once.
    public var all: [IPAddress] {
        var seen: Set<IPAddress> = []
        return ((ipv4.value ?? []) + (ipv6.value ?? [])).filter { seen.insert($0).inserted }
    }

    /// The worse of both answers; secure only where both are (RFC 7672 2.2). A family that was not answered for has
    /// no part in it, as senders go on with the other.
    public var dnssec: DNSSECStatus {
        let answered = [ipv4, ipv6].filter { $0.failure == nil || $0.dnssec == .bogus }
        let both = (answered.isEmpty ? [ipv4, ipv6] : answered).map(\.dnssec)
        for status in [DNSSECStatus.bogus, .unknown, .insecure] where both.contains(status) { return status }
        return .secure
    }

    /// The CNAME targets behind the host, in order.
    public var aliases: [DomainName] { ipv4.aliases.isEmpty ? ipv6.aliases : ipv4.aliases }

    /// Where to ask for the TLSA records of the host with these addresses, one after the other until there are some:
    /// at the end of a secure CNAME chain, then at the host itself (RFC 7672 2.2.2).
    public func tlsaBases(of host: DomainName) -> [DomainName] {
        (dnssec == .secure ? aliases.suffix(1) : []) + [host]
    }
}

/// The TLSA lookup of one MX host (RFC 7672 2.2).
public struct TLSALookup: Hashable, Sendable, Codable {
    /// The base domain that was asked last: the host, or the end of its secure CNAME chain.
    public let base: DomainName
    public let answer: DNSAnswer<[TLSARecord]>

    public init(base: DomainName, answer: DNSAnswer<[TLSARecord]>) {
        self.base = base
        self.answer = answer
    }

    /// The name that DANE senders send as SNI in the place of the host's: where the records stand (RFC 7672 8.1).
    public func otherBase(than host: DomainName) -> DomainName? {
        answer.value == nil || base == host ? nil : base
    }
}

/// All that was seen of one MX host, shared by every domain that names it. Nil means: not looked at yet.
public struct HostEvidence: Sendable {
    public let host: DomainName
    public var addresses: Observed<HostAddresses>?
    /// How many addresses were found; more than in `addresses` where not all are looked at.
    public let addressCount: Int
    /// Nil also where the addresses are not secure and DANE cannot apply.
    public var tlsa: Observed<TLSALookup>?
    /// One for each address, in the order of `HostAddresses.all`; an address not probed yet is absent.
    public var sessions: [Observed<SessionEvidence>]
    /// The same with the TLSA base domain as SNI, where that is another name: DANE is judged by these alone.
    public var baseSessions: [Observed<SessionEvidence>]
    /// For each probed address with TLS: what the TLSA records say of the chain that a DANE sender is shown.
    public var dane: [IPAddress: DANETimeline]
    /// The same for the chain of the other key family, where an address has one.
    public var alternateDANE: [IPAddress: DANETimeline]

    public init(
        host: DomainName, addresses: Observed<HostAddresses>? = nil, addressCount: Int? = nil,
        tlsa: Observed<TLSALookup>? = nil, sessions: [Observed<SessionEvidence>] = [],
        baseSessions: [Observed<SessionEvidence>] = [], dane: [IPAddress: DANETimeline] = [:],
        alternateDANE: [IPAddress: DANETimeline] = [:]
    ) {
        self.host = host
        self.addresses = addresses
        self.addressCount = addressCount ?? addresses?.value.all.count ?? 0
        self.tlsa = tlsa
        self.sessions = sessions
        self.baseSessions = baseSessions
        self.dane = dane
        self.alternateDANE = alternateDANE
    }

    /// What DANE senders are shown, as far as it was looked at.
    public var daneSessions: [Observed<SessionEvidence>] {
        tlsa?.value.otherBase(than: host) == nil ? sessions : baseSessions
    }
}

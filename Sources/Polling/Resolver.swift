public import Evidence
public import MTASTS

/// How the resolver stands: what the monitor says in its header.
public enum ResolverHealth: Hashable, Sendable, Codable {
    /// Answers are validated.
    case validating
    /// The forwarder strips DNSSEC: DANE is unknown. The text says what was seen and what to do.
    case unvalidated(String)
    /// Nobody answers.
    case dead(String)
}

/// A validating DNS resolver. It never throws: a failed lookup is an outcome.
public protocol Resolver: Sendable {
    /// All TXT records at a name, at most 200 records and 64 KiB in all.
    /// - Parameter fresh: go around the caches, as a second look must.
    func txt(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TXTRecord]>
    /// All MX records, by preference, then name; at most 500.
    func mx(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[MXHost]>
    /// All A and AAAA records, both looked up; at most 200 of each.
    func addresses(_ name: DomainName, fresh: Bool) async -> HostAddresses
    /// All TLSA records at exactly this name, such as `_25._tcp.mx1.example.com`; at most 100.
    func tlsa(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TLSARecord]>
    /// What each name server of the domain's zone says of MX, policy record and the TLSA records of those of `hosts`
    /// that are in the zone; empty where none can be asked.
    /// - Parameter allowPrivate: whether servers at addresses that are not public are asked.
    func nameServerViews(of domain: DomainName, hosts: [DomainName], allowPrivate: Bool) async -> NameServerViews
    /// Whether any of these hosts can be looked up now, in order, whatever the caches hold; that they have no address
    /// is an answer.
    func findsAny(of hosts: [DomainName]) async -> Bool
    /// Looks at one signed name to tell whether answers are validated, or whether anybody answers at all.
    func health() async -> ResolverHealth
}

extension Resolver {
    /// For a resolver whose fresh looks cost nobody his cache.
    public func findsAny(of hosts: [DomainName]) async -> Bool {
        for host in hosts {
            let addresses = await addresses(host, fresh: true)
            if addresses.ipv4.failure == nil || addresses.ipv6.failure == nil { return true }
        }
        return false
    }

    /// A resolver that can ask no server by itself.
    public func nameServerViews(
        of domain: DomainName, hosts: [DomainName], allowPrivate: Bool
    ) async -> NameServerViews {
        NameServerViews([])
    }
}

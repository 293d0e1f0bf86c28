public import FoundationEssentials
public import MTASTS

/// A view over the believed facts of one policy domain. Nil means: not looked at yet, which is not absence.
public struct DomainEvidence: Sendable {
    public let domain: DomainName
    /// All TXT records at `_mta-sts.DOMAIN`.
    public var record: Observed<DNSAnswer<[TXTRecord]>>?
    /// Nil also where there is no policy record and so nothing was fetched.
    public var policy: Observed<PolicyFetch>?
    public var mx: Observed<DNSAnswer<[MXHost]>>?
    /// All TXT records at `_smtp._tls.DOMAIN`.
    public let tlsrpt: Observed<DNSAnswer<[TXTRecord]>>?
    /// One for each distinct MX host, or the domain itself where the MX is implicit; by preference, then name.
    public var hosts: [HostEvidence]
    /// What each name server of the zone says when it is asked itself.
    public let nameServers: Observed<NameServerViews>?

    public init(
        domain: DomainName, record: Observed<DNSAnswer<[TXTRecord]>>? = nil, policy: Observed<PolicyFetch>? = nil,
        mx: Observed<DNSAnswer<[MXHost]>>? = nil, tlsrpt: Observed<DNSAnswer<[TXTRecord]>>? = nil,
        hosts: [HostEvidence] = [], nameServers: Observed<NameServerViews>? = nil
    ) {
        self.domain = domain
        self.record = record
        self.policy = policy
        self.mx = mx
        self.tlsrpt = tlsrpt
        self.hosts = hosts
        self.nameServers = nameServers
    }

    /// The newest look at any fact; nil before the first.
    public var checkedAt: Date? {
        var moments = [record?.at, policy?.at, mx?.at, tlsrpt?.at].compactMap { $0 }
        for host in hosts { moments += host.sessions.map(\.at) }
        return moments.max()
    }
}

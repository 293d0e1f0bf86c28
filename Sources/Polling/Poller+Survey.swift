public import Deliverability
public import Evidence
import FoundationEssentials
public import MTASTS

extension Poller {
    /// One look at a host that no watched domain names: what it would be as an MX host. What fails is looked at twice.
    public func survey(_ host: DomainName, for domain: DomainName) async -> HostEvidence {
        var addresses = await resolver.addresses(host, fresh: true)
        if addresses.ipv4.failure != nil || addresses.ipv6.failure != nil {
            addresses = await resolver.addresses(host, fresh: true)
        }
        let tlsa = addresses.all.isEmpty ? nil : await surveyTLSA(host, addresses)
        var sessions: [Observed<SessionEvidence>] = []
        var dane: [IPAddress: DANETimeline] = [:]
        for address in addresses.all.prefix(Self.mostAddresses) {
            let session = await surveySession(
                SessionKey(address: address, port: settings.smtpPort, serverName: host))
            sessions.append(Observed(session, at: time.now))
            guard let records = tlsa?.answer.value, let base = tlsa?.base, let chain = session.tls?.chain else {
                continue
            }
            dane[address] = judge.dane(of: chain, records: records, names: [base, host, domain])
        }
        return HostEvidence(
            host: host, addresses: Observed(addresses, at: time.now), tlsa: tlsa.map { Observed($0, at: time.now) },
            sessions: sessions, dane: dane)
    }

    private func surveySession(_ key: SessionKey) async -> SessionEvidence {
        guard settings.allowPrivate || !key.address.isSpecialUse else {
            return SessionEvidence(
                key: key, outcome: .notProbed("\(key.address) is not a public address"), starttls: .unknown)
        }
        let first = await prober.probe(key)
        if first.outcome == .ok, first.tls != nil { return first }
        return await prober.probe(key)
    }

    private func surveyTLSA(_ host: DomainName, _ addresses: HostAddresses) async -> TLSALookup? {
        var lookup: TLSALookup?
        for base in addresses.tlsaBases(of: host) {
            guard let name = base.prefixed("_25._tcp") else { continue }
            let found = TLSALookup(base: base, answer: await resolver.tlsa(name, fresh: true))
            lookup = found
            if !found.answer.isAbsent { break }
        }
        return lookup
    }

    /// What was seen of a watched domain before; nil when it is not watched.
    public func memory(of domain: DomainName) -> DomainMemory? { domains[domain]?.memory }

    /// What is believed of a watched domain now; nil before its first verdict.
    public func evidence(of domain: DomainName) -> DomainEvidence? {
        domains[domain].flatMap { $0.shown == nil ? nil : evidence(of: $0) }
    }

    /// The facts of each certificate that can be read, leaf first.
    public nonisolated func certificates(of chain: CertificateChain) -> [CertificateFacts] {
        judge.certificates(of: chain)
    }

    /// When the chain is trusted; names are not looked at.
    public nonisolated func trust(of chain: CertificateChain) -> TrustTimeline { judge.trust(of: chain) }

    /// What the TLSA records say of a chain (RFC 7672 3).
    public nonisolated func dane(
        of chain: CertificateChain, records: [TLSARecord], names: [DomainName]
    ) -> DANETimeline {
        judge.dane(of: chain, records: records, names: names)
    }
}

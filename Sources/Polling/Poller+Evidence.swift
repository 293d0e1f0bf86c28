import Evidence
import FoundationEssentials
import MTASTS

/// What is believed, put together as evidence.
extension Poller {
    /// The view over the facts of one domain.
    func evidence(of polled: PolledDomain) -> DomainEvidence {
        let domain = polled.entry.domain
        var record: Observed<DNSAnswer<[TXTRecord]>>?
        var tlsrpt: Observed<DNSAnswer<[TXTRecord]>>?
        var policy: Observed<PolicyFetch>?
        var mx: Observed<DNSAnswer<[MXHost]>>?
        if let seen = facts.value(.record(domain)), case .txt(let answer) = seen.value { record = seen.with(answer) }
        if let seen = facts.value(.tlsrpt(domain)), case .txt(let answer) = seen.value { tlsrpt = seen.with(answer) }
        if polled.facts.contains(.policy(domain)), let seen = facts.value(.policy(domain)),
            case .policy(let fetch) = seen.value
        {
            policy = seen.with(fetch)
        }
        if let seen = facts.value(.mx(domain)), case .mx(let answer) = seen.value { mx = seen.with(answer) }
        var nameServers: Observed<NameServerViews>?
        if let seen = facts.value(.nameServers(domain)), case .nameServers(let views) = seen.value {
            nameServers = seen.with(views)
        }
        return DomainEvidence(
            domain: domain, record: record, policy: policy, mx: mx, tlsrpt: tlsrpt,
            hosts: hosts(of: domain).map { evidence(ofHost: $0, for: domain) }, nameServers: nameServers)
    }

    private func evidence(ofHost host: DomainName, for domain: DomainName) -> HostEvidence {
        guard let seen = facts.value(.addresses(host)), case .addresses(let addresses) = seen.value else {
            return HostEvidence(host: host)
        }
        var tlsa: Observed<TLSALookup>?
        if let seen = facts.value(.tlsa(host)), case .tlsa(let lookup) = seen.value { tlsa = seen.with(lookup) }
        let probed = addresses.all.prefix(Self.mostAddresses)
        func sessions(_ name: DomainName) -> [Observed<SessionEvidence>] {
            probed.compactMap { address in
                guard let seen = facts.value(session(address, name)), case .session(let session) = seen.value else {
                    return nil
                }
                guard case .survey(let survey)? = facts.value(.survey(session.key))?.value else {
                    return seen.with(session)
                }
                return seen.with(session.with(survey))
            }
        }
        let evidence = HostEvidence(
            host: host, addresses: seen.with(addresses.limited(to: Self.mostAddresses)),
            addressCount: addresses.all.count, tlsa: tlsa, sessions: sessions(host),
            baseSessions: tlsa?.value.otherBase(than: host).map(sessions) ?? [])
        return judged(evidence, for: domain)
    }

    /// The same with what the TLSA records make of the chains that DANE senders are shown.
    func judged(_ evidence: HostEvidence, for domain: DomainName) -> HostEvidence {
        guard let lookup = evidence.tlsa?.value, let records = lookup.answer.value else { return evidence }
        // Only DANE-TA looks at names, and may take the recipient's domain (RFC 7672 3.2.2): shared otherwise.
        let names = [lookup.base, evidence.host] + (records.contains { $0.usage == 2 } ? [domain] : [])
        func judged(_ tls: TLSSession?) -> DANETimeline? {
            tls.map { judge.dane(of: $0.chain, records: records, names: names) }
        }
        var judgedEvidence = evidence
        for session in evidence.daneSessions.map(\.value) {
            judgedEvidence.dane[session.key.address] = judged(session.tls)
            judgedEvidence.alternateDANE[session.key.address] = judged(session.alternate)
        }
        return judgedEvidence
    }
}

extension HostAddresses {
    /// The first so many addresses: what is probed is what is judged.
    fileprivate func limited(to most: Int) -> HostAddresses {
        guard all.count > most else { return self }
        let kept = Set(all.prefix(most))
        func limited(_ answer: DNSAnswer<[IPAddress]>) -> DNSAnswer<[IPAddress]> {
            guard let values = answer.value?.filter({ kept.contains($0) }) else { return answer }
            return DNSAnswer(
                values.isEmpty ? .noData : .found(values), dnssec: answer.dnssec, aliases: answer.aliases,
                ttl: answer.ttl, milliseconds: answer.milliseconds, signatures: answer.signatures)
        }
        return HostAddresses(ipv4: limited(ipv4), ipv6: limited(ipv6))
    }
}

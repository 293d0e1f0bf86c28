import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// One look at one fact; the network decides how long it takes, within the deadlines of the parts asked.
    func look(_ key: FactKey, fresh: Bool) async -> FactValue {
        switch key {
        case .record(let domain): return .txt(await text(domain.prefixed("_mta-sts"), fresh))
        case .tlsrpt(let domain): return .txt(await text(domain.prefixed("_smtp._tls"), fresh))
        case .mx(let domain): return .mx(await resolver.mx(domain, fresh: fresh))
        case .addresses(let host): return .addresses(await resolver.addresses(host, fresh: fresh))
        case .tlsa(let host):
            var known: HostAddresses?
            if case .addresses(let addresses)? = facts.value(.addresses(host))?.value { known = addresses }
            return .tlsa(await tlsa(host, known, fresh))
        case .nameServers(let domain):
            return .nameServers(
                await resolver.nameServerViews(
                    of: domain, hosts: hosts(of: domain), allowPrivate: settings.allowPrivate))
        case .policy(let domain): return .policy(await policy(domain, fresh))
        case .session(let session):
            guard settings.allowPrivate || !session.address.isSpecialUse else {
                return .session(
                    SessionEvidence(
                        key: session, outcome: .notProbed("\(session.address) is not a public address"),
                        starttls: .unknown))
            }
            return .session(await prober.probe(session))
        case .survey(let session):
            guard case .session(let seen)? = facts.value(.session(session))?.value, seen.isSurveyable else {
                return .survey(TLSSurvey(key: session, leaf: nil, otherKey: .notAsked, withoutName: .notAsked))
            }
            return .survey(await prober.survey(seen))
        }
    }

    private func text(_ name: DomainName?, _ fresh: Bool) async -> DNSAnswer<[TXTRecord]> {
        // A name that grows too long for DNS cannot exist.
        guard let name else { return DNSAnswer(.noName, dnssec: .insecure) }
        return await resolver.txt(name, fresh: fresh)
    }

    /// The end of a secure CNAME chain first, then the host itself (RFC 7672 2.2.2).
    /// - Parameter addresses: of the host; nil where they are not known yet.
    func tlsa(_ host: DomainName, _ addresses: HostAddresses?, _ fresh: Bool) async -> TLSALookup {
        var lookup = TLSALookup(base: host, answer: DNSAnswer(.noName, dnssec: .insecure))
        for base in addresses?.tlsaBases(of: host) ?? [host] {
            guard let name = base.prefixed("_25._tcp") else { continue }
            lookup = TLSALookup(base: base, answer: await resolver.tlsa(name, fresh: fresh))
            if !lookup.answer.isAbsent { break }
        }
        return lookup
    }
}

public import Deliverability
public import Evidence
import FoundationEssentials
public import MTASTS

extension Poller {
    /// What a host would be as an MX host: what is believed where it is watched, else one look within the limits that
    /// hold for all, its addresses side by side. What fails is looked at twice.
    public func survey(_ host: DomainName, for domain: DomainName) async -> HostEvidence {
        let found = await seen(.addresses(host), isGood: \.isFound)
        guard case .addresses(let addresses) = found.value else { return HostEvidence(host: host) }
        var tlsa: Observed<TLSALookup>?
        if !addresses.all.isEmpty {
            let lookup = await seen(.tlsa(host), isGood: \.isFound) {
                .tlsa(await self.tlsa(host, addresses, true))
            }
            if case .tlsa(let answer) = lookup.value { tlsa = lookup.with(answer) }
        }
        var evidence = HostEvidence(host: host, addresses: found.with(addresses), tlsa: tlsa)
        evidence.sessions = await sessions(addresses, host)
        if let base = tlsa?.value.otherBase(than: host) { evidence.baseSessions = await sessions(addresses, base) }
        return judged(evidence, for: domain)
    }

    /// What the first addresses show for a name.
    private func sessions(_ addresses: HostAddresses, _ name: DomainName) async -> [Observed<SessionEvidence>] {
        await withTaskGroup(of: (Int, Observed<FactValue>).self) { group in
            for (index, address) in addresses.all.prefix(Self.mostAddresses).enumerated() {
                group.addTask { (index, await self.seen(self.session(address, name), isGood: \.isHandshake)) }
            }
            var seen: [Int: Observed<SessionEvidence>] = [:]
            for await (index, observed) in group {
                if case .session(let session) = observed.value { seen[index] = observed.with(session) }
            }
            return seen.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// What is believed, where it is not old; else a look, and a second one where the first was not good.
    private func seen(
        _ key: FactKey, isGood: (FactValue) -> Bool, _ look: (() async -> FactValue)? = nil
    ) async -> Observed<FactValue> {
        if let known = facts.value(key), time.now.timeIntervalSince(known.at) <= settings.interval { return known }
        let look = look ?? { await self.look(key, fresh: true) }
        var value = await visit(key, look)
        if !isGood(value) { value = await visit(key, look) }
        return Observed(value, at: time.now)
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

extension FactValue {
    /// A lookup that told something.
    fileprivate var isFound: Bool {
        switch self {
        case .addresses(let addresses): addresses.ipv4.failure == nil && addresses.ipv6.failure == nil
        case .tlsa(let lookup): lookup.answer.failure == nil
        case .txt, .mx, .nameServers, .policy, .session, .survey: true
        }
    }

    /// A session that came through its handshake.
    fileprivate var isHandshake: Bool {
        guard case .session(let session) = self else { return false }
        return session.outcome == .ok && session.tls != nil
    }
}

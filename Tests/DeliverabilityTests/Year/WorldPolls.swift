import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

/// stswatch at work on a world: it looks, remembers and judges, and knows nothing but what it saw.
struct WorldPolls {
    private(set) var memory = DomainMemory()
    private(set) var hosts: [DomainName: HostMemory] = [:]
    private var sinces: [String: (value: String, since: Double)] = [:]
    private var evidence: DomainEvidence?

    /// One look at everything.
    mutating func poll(_ world: World, at now: Double) {
        let seen = evidence(of: world, at: now)
        memory = memory.observing(seen, now: Date(timeIntervalSince1970: now))
        for host in seen.hosts {
            hosts[host.host] = (hosts[host.host] ?? HostMemory(host: host.host)).observing(host)
        }
        evidence = seen
    }

    /// The verdict on the last look.
    func assessment(at now: Double) -> Assessment? {
        evidence.map { assess($0, memory: memory, hosts: hosts, now: Date(timeIntervalSince1970: now)) }
    }

    private mutating func seen<Value>(_ value: Value, _ key: String, _ mark: String, _ now: Double) -> Observed<Value> {
        let since = sinces[key].flatMap { $0.value == mark ? $0.since : nil } ?? now
        sinces[key] = (mark, since)
        return Observed(value, since: Date(timeIntervalSince1970: since), at: Date(timeIntervalSince1970: now))
    }

    private mutating func evidence(of world: World, at now: Double) -> DomainEvidence {
        let domain = Scene.name(world.name)
        let text = world.id.map { "v=STSv1; id=\($0)" }
        let record = DNSAnswer<[TXTRecord]>(
            text.map { .found([TXTRecord($0)]) } ?? .noData, dnssec: .insecure, ttl: Int(world.ttl))
        var policy: Observed<PolicyFetch>?
        if world.id != nil {
            let isUp = world.isPolicyHostUp
            let certificate = world.policyCertificates.last { $0.shownFrom <= now }
            let tls = certificate.map { Self.session("mta-sts.\(world.name)", $0) }
            let answers = world.policies.enumerated().map { place, policy in
                PolicyFetch(
                    host: Scene.name("mta-sts.\(world.name)"), address: Scene.address("192.0.2.\(251 + place)"),
                    failure: isUp ? nil : .connect("refused"), status: isUp ? 200 : nil,
                    contentType: isUp ? "text/plain" : nil, body: isUp ? Array(policy.text.utf8) : nil,
                    tls: isUp ? tls : nil)
            }
            // As the poller does: what is believed stays while one address says it, and another verdict on the chain
            // is another fact.
            let fetch = answers.first { $0.body == evidence?.policy?.value.body } ?? answers[0]
            let mark = "\(world.isFetchable(at: now)) \(String(decoding: fetch.body ?? [], as: UTF8.self))"
            policy = seen(fetch.with(edges: isUp && answers.count > 1 ? answers : []), "policy", mark, now)
        }
        let mx = DNSAnswer<[MXHost]>(
            .found(world.mx.enumerated().map { MXHost(preference: $0.offset, host: Scene.name($0.element)) }),
            dnssec: .insecure, ttl: 300)
        var hosts: [HostEvidence] = []
        for name in world.mx { hosts.append(host(name, world, now)) }
        return DomainEvidence(
            domain: domain, record: seen(record, "record", world.id ?? "-", now), policy: policy,
            mx: seen(mx, "mx", "\(world.mx)", now),
            tlsrpt: seen(DNSAnswer(.noData, dnssec: .insecure), "tlsrpt", "", now), hosts: hosts)
    }

    private mutating func host(_ name: String, _ world: World, _ now: Double) -> HostEvidence {
        guard let host = world.hosts[name], let certificate = host.certificate(at: now) else {
            return HostEvidence(host: Scene.name(name))
        }
        let address = Scene.address(host.address)
        let session = SessionEvidence(
            key: SessionKey(address: address, port: 25, serverName: Scene.name(name)), outcome: .ok,
            starttls: host.offersTLS ? .offered : .missing,
            tls: host.offersTLS ? Self.session(name, certificate) : nil)
        return HostEvidence(
            host: Scene.name(name),
            addresses: seen(
                HostAddresses(ipv4: Scene.found([address]), ipv6: Scene.found([])), "address \(name)", "", now),
            tlsa: seen(
                TLSALookup(base: Scene.name(name), answer: DNSAnswer(.noData, dnssec: .insecure)), "tlsa \(name)", "",
                now),
            sessions: [seen(session, name, "\(host.offersTLS) \(certificate.end)", now)])
    }

    private static func session(_ name: String, _ certificate: World.Certificate) -> TLSSession {
        let start = Date(timeIntervalSince1970: certificate.start)
        let end = Date(timeIntervalSince1970: certificate.end)
        let print = "\(name) \(certificate.start)"
        let leaf = CertificateFacts(
            subject: "CN=leaf", issuer: "CN=R11", issuerShort: "R11", names: [name], notBefore: start, notAfter: end,
            key: "EC P-256", keyBits: 256, signature: "ecdsa-with-SHA256", isSelfSigned: false, sha256: print,
            publicKeySHA256: print)
        return TLSSession(
            version: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [Array(print.utf8)]),
            certificates: [leaf],
            trust: TrustTimeline([
                .init(from: .distantPast, trust: .notYetValid(subject: "CN=leaf", notBefore: start)),
                .init(from: start, trust: .trusted),
                .init(from: end, trust: .expired(subject: "CN=leaf", notAfter: end)),
            ]))
    }
}

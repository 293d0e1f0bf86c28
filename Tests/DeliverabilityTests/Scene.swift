import Evidence
import FoundationEssentials
import MTASTS

@testable import Deliverability

/// A healthy enforcing domain with two MX hosts; each test bends one thing.
struct Scene {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let day: TimeInterval = 86_400

    var domain = name("example.com")
    var record: DNSAnswer<[TXTRecord]>? = found([TXTRecord("v=STSv1; id=20260101T1")])
    var tlsrpt: DNSAnswer<[TXTRecord]>? = found([TXTRecord("v=TLSRPTv1; rua=mailto:tls@example.com")])
    var mx: DNSAnswer<[MXHost]>? = found([
        MXHost(preference: 10, host: name("mx1.example.com")), MXHost(preference: 20, host: name("mx2.example.com")),
    ])
    var mode = "enforce"
    var maxAge = "604800"
    var patterns = ["mx1.example.com", "mx2.example.com"]
    var body: String?
    var fetchFailure: PolicyFetchFailure?
    var contentType: String? = "text/plain"
    var policyTrust = Scene.trusted(days: 60)
    var policyNames = ["mta-sts.example.com"]
    var fetchMilliseconds = 12
    /// The addresses of the policy host, where they were compared: what each failed with, or served.
    var edges: [(address: String, failure: PolicyFetchFailure?, text: String?)] = []
    var isFetched = true
    var policyAddress: IPAddress?
    var policyAliases: [DomainName] = []
    var hosts: [Host] = [Host("mx1.example.com", "192.0.2.1"), Host("mx2.example.com", "192.0.2.2")]
    var memory = DomainMemory()
    var hostMemories: [DomainName: HostMemory] = [:]
    var network = NetworkCondition.sound
    var expects: STSPolicy.Mode?
    /// By name server: what it says, by question.
    var views: [String: [String: [String]]] = [:]
    var now = Scene.now

    /// One MX host with one address.
    struct Host {
        var name: DomainName
        var addresses: HostAddresses
        var sessions: [Session]
        var tlsa: DNSAnswer<[TLSARecord]>? = DNSAnswer(.noData, dnssec: .insecure)
        var dane: DANEMatch?
        var alternateDANE: DANEMatch?
        /// Where its TLSA records stand in the place of its own name, and the fingerprint that is shown for that name.
        var base: (name: DomainName, fingerprint: String)?

        init(_ text: String, _ addresses: String...) {
            name = Scene.name(text)
            let all = addresses.map { Scene.address($0) }
            self.addresses = HostAddresses(
                ipv4: Scene.found(all.filter(\.isIPv4)), ipv6: Scene.found(all.filter { !$0.isIPv4 }))
            sessions = all.map { Session(address: $0, names: [text]) }
        }

        /// The address records and the TLSA lookup as a signed zone gives them.
        mutating func sign(_ records: [TLSARecord]?, match: DANEMatch? = nil) {
            addresses = HostAddresses(
                ipv4: DNSAnswer(addresses.ipv4.outcome, dnssec: .secure),
                ipv6: DNSAnswer(addresses.ipv6.outcome, dnssec: .secure))
            tlsa = DNSAnswer(records.map { .found($0) } ?? .noData, dnssec: .secure)
            dane = match
        }
    }

    struct Session {
        var address: IPAddress
        var names: [String]
        var outcome = ConnectionOutcome.ok
        var starttls = STARTTLSStatus.offered
        var hasTLS = true
        var version = "TLSv1.3"
        var trust = Scene.trusted(days: 60)
        var fingerprint = "aa"
        /// The chain of the other key family; its leaf has an RSA key.
        var alternate: (names: [String], trust: TrustTimeline)?
        /// What is shown without a server name: the fingerprint and the names.
        var nameless: (fingerprint: String, names: [String])?
        var isNameUnknown = false
        var takesTurns = false
        var issuer = "R11"
        var greeting: String?

        fileprivate func marked(_ evidence: SessionEvidence) -> SessionEvidence {
            var marked = evidence
            marked.takesTurns = takesTurns ? true : nil
            return marked
        }
    }

    static func name(_ text: String) -> DomainName {
        guard let name = DomainName(text) else { preconditionFailure("bad name in a test: \(text)") }
        return name
    }

    static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("bad address in a test: \(text)") }
        return address
    }

    static func found<Value>(_ values: [Value], ttl: Int = 300) -> DNSAnswer<[Value]> {
        DNSAnswer(values.isEmpty ? .noData : .found(values), dnssec: .insecure, ttl: ttl)
    }

    /// Trusted from 30 days ago for so many days from now.
    static func trusted(days: Double, from moment: Date = now) -> TrustTimeline {
        let end = moment.addingTimeInterval(days * day)
        let start = end.addingTimeInterval(-90 * day)
        return TrustTimeline([
            .init(from: .distantPast, trust: .notYetValid(subject: "CN=leaf", notBefore: start)),
            .init(from: start, trust: .trusted),
            .init(from: end, trust: .expired(subject: "CN=leaf", notAfter: end)),
        ])
    }

    static func always(_ trust: ChainTrust) -> TrustTimeline {
        TrustTimeline([.init(from: .distantPast, trust: trust)])
    }

    static func facts(
        names: [String], trust: TrustTimeline, fingerprint: String = "aa", key: String = "EC P-256",
        issuer: String = "R11"
    ) -> CertificateFacts {
        let end = trust.intervals.last?.from ?? now
        let notAfter = trust.intervals.count > 1 ? end : now.addingTimeInterval(60 * day)
        return CertificateFacts(
            subject: "CN=leaf", issuer: "CN=\(issuer)", issuerShort: issuer, names: names,
            notBefore: notAfter.addingTimeInterval(-90 * day), notAfter: notAfter, key: key, keyBits: 256,
            signature: "ecdsa-with-SHA256", isSelfSigned: false, sha256: fingerprint, publicKeySHA256: fingerprint)
    }

    static func tls(
        _ names: [String], _ trust: TrustTimeline, _ version: String, _ print: String, key: String = "EC P-256",
        isNameUnknown: Bool = false, issuer: String = "R11"
    ) -> TLSSession {
        TLSSession(
            version: version, cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [Array(print.utf8)]),
            certificates: [facts(names: names, trust: trust, fingerprint: print, key: key, issuer: issuer)],
            trust: trust, isNameUnknown: isNameUnknown)
    }

    var policyText: String {
        body ?? "version: STSv1\nmode: \(mode)\n" + patterns.map { "mx: \($0)\n" }.joined() + "max_age: \(maxAge)\n"
    }

    private var nameServers: NameServerViews {
        NameServerViews(
            views.sorted { $0.key < $1.key }.map { server, sayings in
                .init(server: Self.name(server), address: Self.address("192.0.2.53"), sayings: sayings)
            })
    }

    var evidence: DomainEvidence {
        func seen<Value>(_ value: Value) -> Observed<Value> { Observed(value, at: now) }
        let host = domain.prefixed("mta-sts") ?? domain
        let edges = edges.map { edge in
            PolicyFetch(
                host: host, address: Self.address(edge.address), failure: edge.failure, status: 200,
                contentType: "text/plain", body: edge.failure == nil ? Array((edge.text ?? policyText).utf8) : nil,
                tls: edge.failure == nil ? Self.tls(policyNames, policyTrust, "TLSv1.3", "web") : nil)
        }
        let fetch = PolicyFetch(
            host: host, address: policyAddress, aliases: policyAliases, failure: fetchFailure, status: 200,
            contentType: contentType,
            body: fetchFailure == nil ? Array(policyText.utf8) : nil,
            tls: Self.tls(policyNames, policyTrust, "TLSv1.3", "web"), milliseconds: fetchMilliseconds,
            edges: edges)
        let hosts = hosts.map { host in
            HostEvidence(
                host: host.name, addresses: seen(host.addresses),
                tlsa: host.tlsa.map { seen(TLSALookup(base: host.base?.name ?? host.name, answer: $0)) },
                sessions: host.sessions.map { session in
                    seen(
                        session.marked(
                            SessionEvidence(
                                key: SessionKey(address: session.address, port: 25, serverName: host.name),
                                outcome: session.outcome, starttls: session.starttls,
                                tls: session.hasTLS
                                    ? Self.tls(
                                        session.names, session.trust, session.version, session.fingerprint,
                                        isNameUnknown: session.isNameUnknown, issuer: session.issuer) : nil,
                                dialogue: SMTPDialogue(
                                    lines: session.greeting.map {
                                        [.init(.server, bytes: Array("220 \($0) ESMTP".utf8))]
                                    }
                                        ?? []),
                                survey: session.survey(host.name))))
                },
                baseSessions: host.sessions.compactMap { session in
                    host.base.map { base in
                        seen(
                            SessionEvidence(
                                key: SessionKey(address: session.address, port: 25, serverName: base.name),
                                outcome: .ok, starttls: .offered,
                                tls: Self.tls(session.names, session.trust, session.version, base.fingerprint)))
                    }
                },
                dane: host.dane.map { match in
                    let timeline = DANETimeline([.init(from: .distantPast, match: match)])
                    // Without a handshake there is no chain to hold against the records.
                    return Dictionary(
                        host.sessions.filter(\.hasTLS).map { ($0.address, timeline) },
                        uniquingKeysWith: { first, _ in first })
                } ?? [:],
                alternateDANE: host.alternateDANE.map { match in
                    let timeline = DANETimeline([.init(from: .distantPast, match: match)])
                    return Dictionary(
                        host.sessions.map { ($0.address, timeline) }, uniquingKeysWith: { first, _ in first })
                } ?? [:])
        }
        return DomainEvidence(
            domain: domain, record: record.map(seen), policy: isFetched ? seen(fetch) : nil, mx: mx.map(seen),
            tlsrpt: tlsrpt.map(seen), hosts: hosts, nameServers: seen(nameServers))
    }

    var assessment: Assessment {
        let evidence = evidence
        let hosts = Self.remembered(evidence.hosts, hostMemories, now)
        return assess(
            evidence, memory: memory.observing(evidence, now: now), hosts: hosts, network: network, expects: expects,
            now: now)
    }

    private static func remembered(
        _ hosts: [HostEvidence], _ memories: [DomainName: HostMemory], _ now: Date
    ) -> [DomainName: HostMemory] {
        var memories = memories
        for host in hosts {
            memories[host.host] = (memories[host.host] ?? HostMemory(host: host.host)).observing(host, now: now)
        }
        return memories
    }

    /// Keeps in mind how the scene stood so many seconds ago: as it stands now.
    mutating func remember(ago: TimeInterval) {
        let past = with { $0.now = now.addingTimeInterval(-ago) }
        memory = memory.observing(past.evidence, now: past.now)
        hostMemories = Self.remembered(past.evidence.hosts, hostMemories, past.now)
    }

    /// Publishes another id.
    mutating func publish(_ id: String) { record = Self.found([TXTRecord("v=STSv1; id=\(id)")]) }

    var codes: Set<FindingCode> { Set(assessment.findings.map(\.code)) }

    func finding(_ code: FindingCode) -> Finding? { assessment.findings.first { $0.code == code } }

    /// The scene with one thing bent.
    func with(_ change: (inout Scene) -> Void) -> Scene {
        var scene = self
        change(&scene)
        return scene
    }

    /// Every session of every host bent alike.
    func everySession(_ change: (inout Session) -> Void) -> Scene {
        with { scene in
            for host in scene.hosts.indices {
                for session in scene.hosts[host].sessions.indices { change(&scene.hosts[host].sessions[session]) }
            }
        }
    }

    /// The only session of the first host bent.
    func firstSession(_ change: (inout Session) -> Void) -> Scene { with { change(&$0.hosts[0].sessions[0]) } }
}

extension Scene.Session {
    /// What the survey of this address would have told.
    func survey(_ host: DomainName) -> TLSSurvey? {
        guard alternate != nil || nameless != nil else { return nil }
        return TLSSurvey(
            key: SessionKey(address: address, port: 25, serverName: host), leaf: hasTLS ? fingerprint : nil,
            otherKey: alternate.map { .shown(Scene.tls($0.names, $0.trust, "TLSv1.2", "rsa", key: "RSA 2048")) }
                ?? .refused("no shared signature"),
            withoutName: nameless.map {
                .shown(Scene.tls($0.names, Scene.trusted(days: 60), "TLSv1.3", $0.fingerprint))
            } ?? .notAsked)
    }
}

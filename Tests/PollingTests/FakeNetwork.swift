import Evidence
import FoundationEssentials
import MTASTS
import Polling
import Synchronization

/// A network of plain tables: DNS, policy hosts and MX hosts, with every question counted.
final class FakeNetwork: Resolver, PolicyFetcher, SMTPProber, ChainJudge {
    struct Tables {
        var records: [String: DNSAnswer<[TXTRecord]>] = [:]
        var mx: [String: DNSAnswer<[MXHost]>] = [:]
        var addresses: [String: [IPAddress]] = [:]
        /// Hosts in a signed zone, and the name of which each is an alias; its own where it is none.
        var signed: [String: String] = [:]
        /// Signed TLSA records, keyed by the name below which they stand.
        var tlsa: [String: [TLSARecord]] = [:]
        /// What the server shows for a name, where that is not its one certificate.
        var shown: [String: [UInt8]] = [:]
        /// Names with which no handshake comes about.
        var brokenNames: Set<String> = []
        var policies: [String: PolicyFetch] = [:]
        var stripped: Set<IPAddress> = []
        var silent: Set<IPAddress> = []
        var refusing: Set<IPAddress> = []
        /// Probes do not end before `letProbesEnd`; those of `hanging` alone, where that is not all.
        var holdsProbes = false
        var hanging: Set<IPAddress> = []
        var held: [CheckedContinuation<Void, Never>] = []
        var isDNSDead = false
        /// Hosts whose addresses nobody tells.
        var unanswered: Set<String> = []
        var probes: [SessionKey: Int] = [:]
        var open: [IPAddress: Int] = [:]
        var mostOpen = 0
        var mxLookups = 0
        /// Lookups of MX records after so many are not answered.
        var mostMXLookups = Int.max
        /// What one address of a policy host answers, where it is not the host's policy.
        var edges: [IPAddress: PolicyFetch] = [:]
        var fetches: [IPAddress: Int] = [:]
        var openFetches = 0
        var mostOpenFetches = 0
        /// What a survey sees, keyed by address; a server without an entry has one chain.
        var alternates: [IPAddress: TLSSurvey.Look] = [:]
        var surveys: [SessionKey: Int] = [:]
        /// Surveys after so many of one address tell nothing.
        var mostSurveys = Int.max
        /// When the certificate of every server ends.
        var end: Date?
        /// Show a certificate that is over.
        var expired: Set<IPAddress> = []
        /// Of those, the ones that do so to every so manieth client only: other servers stand behind them, too.
        var shares: [IPAddress: Int] = [:]
    }

    let tables = Mutex(Tables())
    static let trust = TrustTimeline([.init(from: .distantPast, trust: .trusted)])
    static let expiredTrust = TrustTimeline([
        .init(from: .distantPast, trust: .expired(subject: "CN=x", notAfter: .distantPast))
    ])

    static func trust(until end: Date?) -> TrustTimeline {
        guard let end else { return trust }
        return TrustTimeline([
            .init(from: .distantPast, trust: .trusted),
            .init(from: end, trust: .expired(subject: "CN=x", notAfter: end)),
        ])
    }

    static func name(_ text: String) -> DomainName {
        guard let name = DomainName(text) else { preconditionFailure("bad name in a test: \(text)") }
        return name
    }

    static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("bad address in a test: \(text)") }
        return address
    }

    /// A domain with an enforce policy for its hosts, each host at an address.
    func add(_ domain: String, hosts: [(String, String)]) {
        let policy = "version: STSv1\nmode: enforce\n" + hosts.map { "mx: \($0.0)\n" }.joined() + "max_age: 604800\n"
        tables.withLock { tables in
            tables.records["_mta-sts.\(domain)"] = DNSAnswer(
                .found([TXTRecord("v=STSv1; id=1")]), dnssec: .insecure)
            tables.mx[domain] = DNSAnswer(
                .found(hosts.map { MXHost(preference: 10, host: Self.name($0.0)) }), dnssec: .insecure)
            for (host, address) in hosts { tables.addresses[host] = [Self.address(address)] }
            tables.addresses["mta-sts.\(domain)"] = [Self.address("198.18.0.1")]
            let host = Self.name("mta-sts.\(domain)")
            tables.policies[host.text] = PolicyFetch(
                host: host, status: 200, contentType: "text/plain", body: Array(policy.utf8),
                tls: Self.session([host.text]))
        }
    }

    /// Two domains whose mail one host takes.
    static func pair() -> FakeNetwork {
        let network = FakeNetwork()
        for domain in ["one.example", "two.example"] {
            network.add(domain, hosts: [("mx.shared.example", "198.18.1.1")])
        }
        return network
    }

    /// A record that a certificate that begins with this byte matches.
    static func tlsa(_ byte: UInt8) -> TLSARecord {
        TLSARecord(usage: 3, selector: 1, matchingType: 1, data: Array(repeating: byte, count: 32))
    }

    static func session(
        _ names: [String], key: String = "EC P-256", trust: TrustTimeline = trust, der: [UInt8] = [1]
    ) -> TLSSession {
        let facts = CertificateFacts(
            subject: "CN=x", issuer: "CN=ca", issuerShort: "ca", names: names, notBefore: .distantPast,
            notAfter: .distantFuture, key: key, keyBits: 256, signature: "x", isSelfSigned: false,
            sha256: "aa", publicKeySHA256: "aa")
        return TLSSession(
            version: "TLSv1.3", cipher: "x", chain: CertificateChain(der: [der]), certificates: [facts], trust: trust)
    }

    private func answer<Value>(_ found: DNSAnswer<Value>?) -> DNSAnswer<Value> {
        let isDead = tables.withLock { $0.isDNSDead }
        if isDead { return DNSAnswer(.failed(.timeout), dnssec: .unknown) }
        return found ?? DNSAnswer(.noData, dnssec: .insecure)
    }

    func txt(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TXTRecord]> {
        answer(tables.withLock { $0.records[name.text] })
    }

    func mx(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[MXHost]> {
        let (found, isOver) = tables.withLock { tables in
            tables.mxLookups += 1
            return (tables.mx[name.text], tables.mxLookups > tables.mostMXLookups)
        }
        return isOver ? DNSAnswer(.failed(.timeout), dnssec: .unknown) : answer(found)
    }

    func addresses(_ name: DomainName, fresh: Bool) async -> HostAddresses {
        let (found, isUnanswered, target) = tables.withLock {
            ($0.addresses[name.text], $0.unanswered.contains(name.text), $0.signed[name.text])
        }
        let silence = DNSAnswer<[IPAddress]>(.failed(.timeout), dnssec: .unknown)
        if isUnanswered { return HostAddresses(ipv4: silence, ipv6: silence) }
        let signed: DNSSECStatus = target == nil ? .insecure : .secure
        let aliases = target.map { $0 == name.text ? [] : [Self.name($0)] } ?? []
        return HostAddresses(
            ipv4: answer(found.map { DNSAnswer(.found($0), dnssec: signed, aliases: aliases) }),
            ipv6: answer(DNSAnswer(.noData, dnssec: signed, aliases: aliases)))
    }

    func tlsa(_ name: DomainName, fresh: Bool) async -> DNSAnswer<[TLSARecord]> {
        answer(tables.withLock { $0.tlsa[name.text] }.map { DNSAnswer(.found($0), dnssec: .secure) })
    }

    func health() async -> ResolverHealth {
        tables.withLock { $0.isDNSDead } ? .dead("the resolver does not answer") : .validating
    }

    func fetch(host: DomainName, addresses: [IPAddress], aliases: [DomainName]) async -> PolicyFetch {
        let (found, address) = tables.withLock { tables in
            tables.openFetches += 1
            tables.mostOpenFetches = max(tables.mostOpenFetches, tables.openFetches)
            let address = addresses.first { tables.edges[$0]?.isSilent != true } ?? addresses.first
            if let address { tables.fetches[address, default: 0] += 1 }
            let found = address.flatMap { tables.edges[$0] } ?? tables.policies[host.text]
            return (found ?? PolicyFetch(host: host, failure: .status(404), status: 404), address)
        }
        await Task.yield()
        tables.withLock { $0.openFetches -= 1 }
        return PolicyFetch(
            host: found.host, address: address, aliases: found.aliases, failure: found.failure,
            status: found.status, contentType: found.contentType, body: found.body, tls: found.tls)
    }

    func probe(_ key: SessionKey) async -> SessionEvidence {
        let (isStripped, isSilent, isRefusing, isExpired, end, der) = tables.withLock { tables in
            tables.probes[key, default: 0] += 1
            tables.open[key.address, default: 0] += 1
            tables.mostOpen = max(tables.mostOpen, tables.open[key.address] ?? 0)
            return (
                tables.stripped.contains(key.address), tables.silent.contains(key.address),
                tables.refusing.contains(key.address),
                tables.expired.contains(key.address)
                    && (tables.probes[key] ?? 0).isMultiple(of: tables.shares[key.address] ?? 1),
                tables.end, tables.shown[key.serverName.text]
            )
        }
        await Task.yield()
        await withCheckedContinuation { continuation in
            let isHeld = tables.withLock { tables in
                let isHeld = tables.holdsProbes || tables.hanging.contains(key.address)
                if isHeld { tables.held.append(continuation) }
                return isHeld
            }
            if !isHeld { continuation.resume() }
        }
        tables.withLock { $0.open[key.address, default: 1] -= 1 }
        if isSilent { return SessionEvidence(key: key, outcome: .timeout("connect"), starttls: .unknown) }
        if isRefusing { return SessionEvidence(key: key, outcome: .refused, starttls: .unknown) }
        if isStripped { return SessionEvidence(key: key, outcome: .ok, starttls: .missing) }
        if tables.withLock({ $0.brokenNames.contains(key.serverName.text) }) {
            let failure = TLSFailure(kind: .handshake, reason: "closed")
            return SessionEvidence(key: key, outcome: .tls(failure), starttls: .offered)
        }
        return SessionEvidence(
            key: key, outcome: .ok, starttls: .offered,
            tls: Self.session(
                [key.serverName.text], trust: isExpired ? Self.expiredTrust : Self.trust(until: end), der: der ?? [1]))
    }

    func survey(_ session: SessionEvidence) async -> TLSSurvey {
        let other = tables.withLock { tables -> TLSSurvey.Look in
            tables.surveys[session.key, default: 0] += 1
            tables.open[session.key.address, default: 0] += 1
            tables.mostOpen = max(tables.mostOpen, tables.open[session.key.address] ?? 0)
            let isOver = tables.surveys[session.key, default: 0] > tables.mostSurveys
            if isOver { return .failed("no answer in time: banner") }
            return tables.alternates[session.key.address] ?? .refused("no shared signature")
        }
        await Task.yield()
        tables.withLock { $0.open[session.key.address, default: 1] -= 1 }
        return TLSSurvey(
            key: session.key, leaf: session.tls?.leaf?.sha256, otherKey: other, withoutName: .notAsked)
    }

    func letProbesEnd() {
        let held = tables.withLock { tables in
            tables.holdsProbes = false
            tables.hanging = []
            defer { tables.held = [] }
            return tables.held
        }
        for probe in held { probe.resume() }
    }

    func certificates(of chain: CertificateChain) -> [CertificateFacts] { [] }
    func trust(of chain: CertificateChain) -> TrustTimeline { Self.trust }
    func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline {
        let match = records.first { $0.data.first == chain.der.first?.first }
        return DANETimeline([.init(from: .distantPast, match: match.map { .match($0) } ?? .mismatch("another key"))])
    }
}

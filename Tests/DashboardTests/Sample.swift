import Cells
import Dashboard
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Verdicts and models made up for the tests: documentation names and addresses only.
enum Sample {
    /// Mon 24 Nov 2026 would be a Tuesday; this is Tue 24 Nov 2026 14:32:07Z.
    static let now = Date(timeIntervalSince1970: 1_795_530_727)

    static func ago(_ seconds: Double) -> Date { now.addingTimeInterval(-seconds) }
    static func ahead(days: Double) -> Date { now.addingTimeInterval(days * 86_400) }

    static func name(_ text: String) -> DomainName {
        guard let name = DomainName(text) else { fatalError("no domain name: \(text)") }
        return name
    }

    static func address(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { fatalError("no address: \(text)") }
        return address
    }

    static func certificate(_ names: [String], notAfter: Date, issuer: String = "R11") -> CertificateFacts {
        CertificateFacts(
            subject: "CN=\(names.first ?? "none")", issuer: "CN=\(issuer),O=Example Trust", issuerShort: issuer,
            names: names, notBefore: notAfter.addingTimeInterval(-90 * 86_400), notAfter: notAfter, key: "RSA 2048",
            keyBits: 2048, signature: "sha256WithRSAEncryption", isSelfSigned: false,
            sha256: String(repeating: "ab", count: 32), publicKeySHA256: String(repeating: "cd", count: 32))
    }

    static func tls(_ names: [String], notAfter: Date, version: String = "TLSv1.3") -> TLSSession {
        let leaf = certificate(names, notAfter: notAfter)
        let root = CertificateFacts(
            subject: "CN=R11,O=Example Trust", issuer: "CN=Example Root X1", issuerShort: "Example Root X1", names: [],
            notBefore: ago(400 * 86_400), notAfter: ahead(days: 900), key: "RSA 4096", keyBits: 4096,
            signature: "sha256WithRSAEncryption", isSelfSigned: false, sha256: String(repeating: "12", count: 32),
            publicKeySHA256: String(repeating: "34", count: 32))
        return TLSSession(
            version: version, cipher: "TLS_AES_256_GCM_SHA384", chain: CertificateChain(der: [[1], [2]]),
            certificates: [leaf, root],
            trust: TrustTimeline([
                TrustTimeline.Interval(from: .distantPast, trust: .trusted),
                TrustTimeline.Interval(from: notAfter, trust: .expired(subject: leaf.subject, notAfter: notAfter)),
            ]))
    }

    /// One MX host with one address.
    static func host(
        _ host: String, _ preference: Int = 10, inPolicy: Bool? = true, days: Double = 60, starttls: Bool = true,
        address ip: String = "192.0.2.10", dialogue: [String] = [], dane: Acceptance = .notApplicable
    ) -> HostJudgement {
        let end = ahead(days: days)
        let session = SessionEvidence(
            key: SessionKey(address: address(ip), port: 25, serverName: name(host)), outcome: .ok,
            starttls: starttls ? .offered : .missing, tls: starttls ? tls([host], notAfter: end) : nil,
            dialogue: SMTPDialogue(
                lines: (dialogue.isEmpty ? ["220 \(host) ESMTP", "250 STARTTLS"] : dialogue).map {
                    SMTPDialogue.Line(.server, bytes: Array($0.utf8))
                }), connectMilliseconds: 41, tlsMilliseconds: 12)
        let standing: CertificateStanding = !starttls ? .none : days > 0 ? .good : .expired
        let refusal: Acceptance? =
            !starttls ? .refuses("no STARTTLS") : days > 0 ? nil : .refuses("certificate expired")
        let acceptance: [SenderClass: Acceptance] = [
            .mtaSTS: refusal ?? .accepts, .dane: dane, .opportunistic: .accepts,
        ]
        return HostJudgement(
            host: name(host), preference: preference, inPolicy: inPolicy, tlsa: [],
            addresses: [
                AddressJudgement(
                    address: address(ip), session: session, at: ago(12), certificate: standing, dane: .none,
                    acceptance: acceptance)
            ], acceptance: acceptance)
    }

    static func finding(
        _ code: FindingCode, _ severity: Severity, _ subject: String, _ evidence: String, fix: String,
        deadline: Date? = nil
    ) -> Finding {
        Finding(
            code, severity, subject: subject, evidence: evidence, senders: [.mtaSTS], since: ago(6_720),
            deadline: deadline, fix: fix, rfc: "8461 4.2")
    }

    static func status(
        _ domain: String, _ state: DomainState, why: String = "", mode: STSPolicy.Mode? = .enforce,
        hosts: [HostJudgement]? = nil, findings: [Finding] = [], bouncesAt: Date? = nil, tags: [String] = [],
        body: String? = nil, errors: [SyntaxError] = [], checked: Double = 12, since: Double = 6_660,
        cached: [CachedVerdict] = [], nextCheck: Double = 48
    ) -> DomainStatus {
        let domain = name(domain)
        let hosts = hosts ?? [host("mx1.\(domain)"), host("mx2.\(domain)", 20, address: "192.0.2.20")]
        let refused = state == .bouncing
        let policy = mode.map {
            STSPolicy(
                mode: $0, maxAge: 604_800,
                mx: hosts.filter { $0.inPolicy != false }.map {
                    MXPattern(name: $0.host, isWildcard: false, text: $0.host.text)
                })
        }
        let text =
            body
            ?? policy.map { policy in
                "version: STSv1\r\nmode: \(policy.mode.rawValue)\r\n"
                    + policy.mx.map { "mx: \($0.text)\r\n" }.joined() + "max_age: \(policy.maxAge)\r\n"
            }
        let webHost = name("mta-sts.\(domain)")
        let assessment = Assessment(
            domain: domain, at: ago(checked), state: state, why: why,
            mtaSTS: SenderVerdict(
                mode == nil ? .none : refused ? .refused : state == .unknown ? .unknown : .delivers,
                since: refused ? ago(6_660) : nil, reason: refused ? why : ""),
            dane: SenderVerdict(hosts.contains { $0.acceptance[.dane] != .notApplicable } ? .unknown : .none),
            opportunistic: SenderVerdict(.delivers), cached: cached,
            record: mode == nil
                ? RecordReading(status: .missing)
                : RecordReading(
                    status: .valid, record: STSRecord(id: "20260426T1"), raw: ["v=STSv1; id=20260426T1"]),
            policy: errors.isEmpty
                ? PolicyReading(status: policy == nil ? .noneFetched : .valid, policy: policy)
                : PolicyReading(status: .invalid, errors: errors),
            mx: MXReading(status: .present),
            tlsrpt: TLSRPTReading(status: .valid, rua: ["mailto:tls@\(domain)"]), hosts: hosts, findings: findings,
            bouncesAt: refused ? ago(6_660) : bouncesAt)
        let fetch = PolicyFetch(
            host: webHost, address: address("192.0.2.80"), status: 200, contentType: "text/plain",
            body: text.map { Array($0.utf8) }, tls: tls([webHost.text], notAfter: ahead(days: 44.2)), milliseconds: 14)
        let evidence = DomainEvidence(
            domain: domain,
            record: Observed(
                DNSAnswer(.found([TXTRecord("v=STSv1; id=20260426T1")]), dnssec: .insecure, ttl: 300),
                since: ago(212 * 86_400), at: ago(checked)),
            policy: mode == nil ? nil : Observed(fetch, at: ago(checked)),
            mx: Observed(
                DNSAnswer(
                    .found(hosts.map { MXHost(preference: $0.preference, host: $0.host) }), dnssec: .insecure),
                at: ago(checked)),
            tlsrpt: Observed(DNSAnswer(.found([]), dnssec: .insecure), at: ago(checked)),
            hosts: hosts.map { seen($0, at: ago(checked)) })
        return DomainStatus(
            domain: domain, tags: tags, assessment: assessment, evidence: evidence,
            stateSince: state == .ok ? nil : ago(since), nextCheckAt: now.addingTimeInterval(nextCheck))
    }

    /// The evidence that belongs to a judged host.
    private static func seen(_ host: HostJudgement, at moment: Date) -> HostEvidence {
        let found = DNSAnswer(.found(host.addresses.map(\.address)), dnssec: .insecure, milliseconds: 3)
        return HostEvidence(
            host: host.host,
            addresses: Observed(
                HostAddresses(ipv4: found, ipv6: DNSAnswer(.found([]), dnssec: .insecure)), at: moment),
            sessions: host.addresses.compactMap { $0.session.map { Observed($0, at: moment) } })
    }

    static func change(
        _ id: Int, _ domain: String, _ before: DomainState, _ after: DomainState, _ what: String, ago seconds: Double,
        acknowledged: Bool = false, trouble: String = ""
    ) -> Change {
        Change(
            id: id, domain: name(domain), at: ago(seconds), code: nil, stateBefore: before, stateAfter: after,
            before: trouble, after: what, turns: [], impact: "impact of \(what)", fix: "",
            acknowledgedAt: acknowledged ? ago(1) : nil)
    }
}

import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// For each code: a scene that raises it, the state it makes, and the proof that the healthy scene is silent.
@Suite struct FindingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: FindingCode
        let severity: Severity
        let state: DomainState
        let scene: @Sendable () -> Scene
        var testDescription: String { code.rawValue }

        init(
            _ code: FindingCode, _ severity: Severity, _ state: DomainState,
            _ bend: @escaping @Sendable (inout Scene) -> Void
        ) {
            self.code = code
            self.severity = severity
            self.state = state
            scene = { Scene().with(bend) }
        }

        init(
            session code: FindingCode, _ severity: Severity, _ state: DomainState,
            _ bend: @escaping @Sendable (inout Scene.Session) -> Void
        ) {
            self.code = code
            self.severity = severity
            self.state = state
            scene = { Scene().everySession(bend) }
        }
    }

    static let spki = TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 7, count: 32))

    static let mxRows: [Row] = [
        Row(.mxNoneListed, .critical, .bouncing) { $0.patterns = ["other.example.net"] },
        Row(.mxUnlisted, .warning, .risk) { $0.patterns = ["mx1.example.com"] },
        Row(.mxImplicit, .info, .ok) {
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com", "192.0.2.9")]
            $0.patterns = ["example.com"]
        },
        Row(.mxRemovedToImplicit, .critical, .risk) {
            $0.patterns.append("example.com")
            $0.memory = $0.memory.observing($0.evidence, now: $0.now)
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com", "192.0.2.9")]
        },
        Row(.mxMissing, .critical, .bouncing) {
            $0.mx = DNSAnswer(.noData, dnssec: .insecure)
            $0.hosts = [Scene.Host("example.com")]
        },
        Row(.domainMissing, .critical, .bouncing) {
            $0.mx = DNSAnswer(.noName, dnssec: .insecure)
            $0.hosts = []
        },
        Row(.mxNull, .info, .ok) {
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)])
            $0.hosts = []
        },
        Row(.mxNullWithOthers, .high, .risk) {
            $0.mx = Scene.found([
                MXHost(preference: 0, host: nil), MXHost(preference: 10, host: Scene.name("mx1.example.com")),
            ])
            $0.hosts = [$0.hosts[0]]
        },
        Row(.mxLookupFailed, .critical, .bouncing) {
            $0.mx = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
            $0.hosts = []
        },
        Row(.mxBogus, .critical, .bouncing) {
            $0.mx = DNSAnswer(.failed(.bogus("signature expired")), dnssec: .bogus)
            $0.hosts = []
        },
        Row(.mxNoAddress, .high, .risk) { $0.hosts[1] = Scene.Host("mx2.example.com") },
        Row(.mxUnreachable, .high, .risk) {
            $0.hosts[1].sessions[0].outcome = .timeout("connect")
            $0.hosts[1].sessions[0].hasTLS = false
            $0.hosts[1].sessions[0].starttls = .unknown
        },
        Row(.addressUnreachable, .high, .warning) {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "2001:db8::1")
            $0.hosts[0].sessions[1].outcome = .timeout("connect")
            $0.hosts[0].sessions[1].hasTLS = false
            $0.hosts[0].sessions[1].starttls = .unknown
        },
        Row(.addressSpecialUse, .high, .warning) {
            $0.hosts[1].sessions[0].outcome = .notProbed("10.0.0.1 is not a public address")
            $0.hosts[1].sessions[0].hasTLS = false
            $0.hosts[1].sessions[0].starttls = .unknown
        },
        Row(.mxCNAME, .warning, .warning) {
            $0.hosts[0].addresses = HostAddresses(
                ipv4: DNSAnswer(
                    .found([Scene.address("192.0.2.1")]), dnssec: .insecure, aliases: [Scene.name("real.example.net")]),
                ipv6: DNSAnswer(.noData, dnssec: .insecure))
        },
        Row(.mxBeyondLimit, .warning, .risk) {
            $0.hosts[0] = Scene.Host(
                "mx1.example.com", "192.0.2.1", "192.0.2.11", "192.0.2.12", "192.0.2.13", "192.0.2.14")
            for index in $0.hosts[0].sessions.indices { $0.hosts[0].sessions[index].starttls = .missing }
            for index in $0.hosts[0].sessions.indices { $0.hosts[0].sessions[index].hasTLS = false }
        },
        Row(.mxLastUsable, .warning, .risk) { $0.patterns = ["mx1.example.com"] },
        Row(.mxOnlyUnlistedReachable, .critical, .bouncing) {
            $0.patterns = ["mx1.example.com"]
            $0.hosts[0].sessions[0].outcome = .timeout("connect")
            $0.hosts[0].sessions[0].hasTLS = false
            $0.hosts[0].sessions[0].starttls = .unknown
        },
        Row(.policyMXUnused, .info, .ok) { $0.patterns.append("old.example.com") },
    ]

    static let policyRows: [Row] = [
        Row(.recordMissing, .info, .unprotected) { $0.record = DNSAnswer(.noData, dnssec: .insecure) },
        Row(.recordInvalid, .warning, .warning) { $0.record = Scene.found([TXTRecord("v=STSv1; id=a-b")]) },
        Row(.recordMultiple, .warning, .warning) {
            $0.record = Scene.found([TXTRecord("v=STSv1; id=a"), TXTRecord("v=STSv1; id=b")])
        },
        Row(.recordLenient, .warning, .warning) { $0.record = Scene.found([TXTRecord("v=STSv1 ; id=a")]) },
        Row(.recordLookupFailed, .warning, .warning) {
            $0.record = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
        },
        Row(.recordRemoved, .warning, .warning) {
            $0.memory = $0.memory.observing($0.evidence, now: $0.now)
            $0.record = DNSAnswer(.noName, dnssec: .insecure)
        },
        Row(.policyUnreachable, .warning, .warning) { $0.fetchFailure = .connect("connection refused") },
        Row(.policyHTTPStatus, .warning, .warning) { $0.fetchFailure = .status(404) },
        Row(.policyRedirect, .warning, .warning) {
            $0.fetchFailure = .redirect(status: 301, location: "https://example.com/")
        },
        Row(.policyContentType, .warning, .warning) { $0.contentType = "text/html" },
        Row(.policyTooLarge, .warning, .warning) { $0.fetchFailure = .tooLarge },
        Row(.policySlow, .info, .ok) { $0.fetchMilliseconds = 9_000 },
        Row(.policyHostCertificateExpired, .warning, .warning) { $0.policyTrust = Scene.trusted(days: -1) },
        Row(.policyHostCertificateExpiring, .warning, .warning) { $0.policyTrust = Scene.trusted(days: 5) },
        Row(.policyHostCertificateUntrusted, .warning, .warning) { $0.policyTrust = Scene.always(.selfSigned) },
        Row(.policyHostCertificateNameMismatch, .warning, .warning) { $0.policyNames = ["www.example.com"] },
        Row(.policyInvalid, .warning, .warning) { $0.body = "version: STSv1\nmode: enforced\nmx: a.example\n" },
        Row(.policyAmbiguous, .warning, .warning) {
            $0.body =
                "version: STSv1\n\nmode: enforce\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 604800\n"
        },
        Row(.policyChangedSameID, .warning, .warning) {
            $0.memory = $0.memory.observing($0.evidence, now: $0.now.addingTimeInterval(-600))
            $0.patterns.append("mx3.example.com")
        },
        Row(.policyMaxAgeShort, .warning, .warning) { $0.maxAge = "3600" },
        Row(.policyMaxAgeZero, .warning, .warning) { $0.maxAge = "0" },
        Row(.policyTesting, .info, .unprotected) { $0.mode = "testing" },
        Row(.tlsrptMissing, .info, .ok) { $0.tlsrpt = DNSAnswer(.noData, dnssec: .insecure) },
        Row(.tlsrptInvalid, .info, .ok) { $0.tlsrpt = Scene.found([TXTRecord("v=TLSRPTv1; rua=tls@example.com")]) },
        Row(.tlsrptMultiple, .info, .ok) {
            $0.tlsrpt = Scene.found([
                TXTRecord("v=TLSRPTv1; rua=mailto:a@example.com"), TXTRecord("v=TLSRPTv1; rua=mailto:b@example.com"),
            ])
        },
    ]

    static let sessionRows: [Row] = [
        Row(session: .starttlsMissing, .critical, .bouncing) { ($0.starttls, $0.hasTLS) = (.missing, false) },
        Row(session: .starttlsMasked, .critical, .bouncing) { ($0.starttls, $0.hasTLS) = (.masked("XXXXXXXA"), false) },
        Row(session: .starttlsRefused, .critical, .bouncing) {
            ($0.starttls, $0.hasTLS) = (.refused(code: 454, text: "no"), false)
        },
        Row(session: .starttlsInjection, .high, .warning) {
            ($0.starttls, $0.hasTLS) = (.injected("250 hello"), false)
        },
        Row(session: .tlsHandshakeFailed, .critical, .bouncing) {
            ($0.outcome, $0.hasTLS) = (.tls(TLSFailure(kind: .handshake, reason: "alert")), false)
        },
        Row(session: .tlsLegacyOnly, .critical, .bouncing) {
            $0.outcome = .tls(TLSFailure(kind: .legacyOnly, reason: "TLS 1.0"))
        },
        Row(session: .certificateExpired, .critical, .bouncing) { $0.trust = Scene.trusted(days: -1) },
        Row(session: .certificateNotYetValid, .critical, .bouncing) { $0.trust = Scene.trusted(days: 200) },
        Row(session: .certificateExpiring, .warning, .risk) { $0.trust = Scene.trusted(days: 5) },
        Row(session: .certificateUntrusted, .critical, .bouncing) {
            $0.trust = Scene.always(.untrusted(root: "CN=Private CA"))
        },
        Row(session: .certificateSelfSigned, .critical, .bouncing) { $0.trust = Scene.always(.selfSigned) },
        Row(session: .certificateChainIncomplete, .high, .bouncing) {
            $0.trust = Scene.always(.incomplete(missingIssuer: "CN=R11"))
        },
        Row(session: .certificateNameMismatch, .critical, .bouncing) { $0.names = ["www.example.com"] },
        Row(session: .certificateWeak, .critical, .bouncing) { $0.trust = Scene.always(.weak("RSA 1024")) },
        Row(.certificateDiffersBetweenAddresses, .high, .risk) {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.3")
            $0.hosts[0].sessions[1].fingerprint = "bb"
            $0.hosts[0].sessions[1].trust = Scene.trusted(days: -2)
        },
    ]

    static let daneRows: [Row] = [
        Row(.daneMismatch, .critical, .bouncing) {
            for index in $0.hosts.indices { $0.hosts[index].sign([spki], match: .mismatch("key ab, published cd")) }
        },
        Row(.daneLookupFailed, .critical, .risk) {
            $0.hosts[0].sign([])
            $0.hosts[0].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
        },
        Row(.daneBogus, .critical, .risk) {
            $0.hosts[0].sign([])
            $0.hosts[0].tlsa = DNSAnswer(.failed(.bogus("no signature")), dnssec: .bogus)
        },
        Row(.daneUnusable, .high, .warning) {
            $0.hosts[0].sign([TLSARecord(usage: 1, selector: 1, matchingType: 1, data: [1])], match: .unusable)
        },
        Row(.daneInsecure, .warning, .warning) { $0.hosts[0].tlsa = DNSAnswer(.found([spki]), dnssec: .insecure) },
        Row(.danePartial, .warning, .warning) {
            $0.hosts[0].sign([spki], match: .match(spki))
            $0.hosts[1].sign(nil)
        },
    ]

    static let watcherRows: [Row] = [
        Row(.networkSuspect, .info, .ok) { $0.network = .suspect(reason: "no DNS answer", since: $0.now) }
    ]

    static let rows = mxRows + policyRows + sessionRows + daneRows + changeRows + watcherRows

    @Test(arguments: rows) func raises(_ row: Row) throws {
        let scene = row.scene()
        let finding = try #require(scene.finding(row.code), "codes: \(scene.codes.map(\.rawValue).sorted())")
        #expect(finding.severity == row.severity)
        #expect(scene.assessment.state == row.state)
        #expect(!finding.subject.isEmpty && !finding.evidence.isEmpty && !finding.fix.isEmpty && !finding.rfc.isEmpty)
        #expect(scene.assessment.why.count <= 80)
        if row.state <= .warning { #expect(!scene.assessment.why.isEmpty) }
    }

    @Test func healthyIsSilent() {
        let assessment = Scene().assessment
        #expect(assessment.findings.isEmpty)
        #expect(assessment.state == .ok)
        #expect(assessment.mtaSTS.delivery == .delivers)
        #expect(assessment.dane.delivery == .none)
        #expect(assessment.opportunistic.delivery == .delivers)
    }
}

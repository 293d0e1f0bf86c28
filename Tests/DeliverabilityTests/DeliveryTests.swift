import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// What each sender class meets, and the state that follows.
@Suite struct DeliveryTests {
    @Test func oneRefusedOfTwoIsPartialAndRisk() {
        let assessment = Scene().firstSession { ($0.starttls, $0.hasTLS) = (.missing, false) }.assessment
        #expect(assessment.mtaSTS.delivery == .partial)
        #expect(assessment.opportunistic.delivery == .delivers)
        #expect(assessment.state == .risk)
    }

    @Test func testingDeliversAndTellsWhatEnforceWouldDo() {
        let assessment = Scene().with { $0.mode = "testing" }.everySession { $0.names = ["x.example"] }.assessment
        #expect(assessment.mtaSTS.delivery == .delivers)
        #expect(assessment.mtaSTS.enforced == .refused)
        #expect(assessment.state == .warning)
        #expect(assessment.findings.first { $0.code == .certificateNameMismatch }?.severity == .warning)
        #expect(assessment.why.hasPrefix("testing: "))
    }

    @Test func testingThatPassesIsReadyToEnforce() {
        let assessment = Scene().with { $0.mode = "testing" }.assessment
        #expect(assessment.state == .unprotected)
        #expect(assessment.why == "testing: ready to enforce")
    }

    @Test func withoutPolicyADefectOfTheCertificateIsInfo() {
        let scene = Scene().with { $0.record = DNSAnswer(.noData, dnssec: .insecure) }
            .everySession { $0.trust = Scene.always(.selfSigned) }
        #expect(scene.finding(.certificateSelfSigned)?.severity == .info)
        #expect(scene.assessment.state == .unprotected)
        #expect(scene.assessment.mtaSTS.delivery == .none)
    }

    @Test func modeNoneEnforcesNothing() {
        let assessment = Scene().with { ($0.mode, $0.patterns) = ("none", []) }
            .everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }.assessment
        #expect(assessment.mtaSTS.delivery == .none)
        #expect(assessment.state == .unprotected)
        #expect(assessment.why == "policy mode none")
    }

    @Test func daneEEIgnoresDatesNamesAndIssuer() {
        let record = FindingTests.spki
        let scene = Scene().with { scene in
            scene.record = DNSAnswer(.noData, dnssec: .insecure)
            for index in scene.hosts.indices { scene.hosts[index].sign([record], match: .match(record)) }
        }.everySession { ($0.names, $0.trust) = (["x.example"], Scene.trusted(days: -3)) }
        #expect(scene.assessment.dane.delivery == .delivers)
        #expect(scene.assessment.state == .ok)
        #expect(scene.finding(.certificateExpired)?.severity == .info)
    }

    @Test func mtaSTSRefusesWhereDANEDelivers() {
        let record = FindingTests.spki
        let assessment = Scene().with { scene in
            for index in scene.hosts.indices { scene.hosts[index].sign([record], match: .match(record)) }
        }.everySession { $0.trust = Scene.trusted(days: -3) }.assessment
        #expect(assessment.dane.delivery == .delivers)
        #expect(assessment.mtaSTS.delivery == .refused)
        #expect(assessment.state == .bouncing)
    }

    @Test func daneMismatchRefusesOnlyDANESenders() {
        let record = FindingTests.spki
        let assessment = Scene().with { scene in
            for index in scene.hosts.indices { scene.hosts[index].sign([record], match: .mismatch("other key")) }
        }.assessment
        #expect(assessment.dane.delivery == .refused)
        #expect(assessment.mtaSTS.delivery == .delivers)
        #expect(assessment.state == .bouncing)
        #expect(assessment.findings.first?.senders == [.dane])
    }

    @Test func unvalidatedDNSMakesDANEUnknownNeverBogus() {
        let scene = Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].addresses = HostAddresses(
                    ipv4: DNSAnswer(scene.hosts[index].addresses.ipv4.outcome, dnssec: .unknown),
                    ipv6: DNSAnswer(.noData, dnssec: .unknown))
                scene.hosts[index].tlsa = DNSAnswer(.found([FindingTests.spki]), dnssec: .unknown)
            }
        }
        let assessment = scene.assessment
        #expect(assessment.dane.delivery == .unknown)
        #expect(assessment.state == .ok)
        #expect(assessment.hosts[0].addresses[0].dane == .unknown)
        // Where DANE is all the protection, not to know is not to be unprotected.
        let alone = scene.with { $0.record = DNSAnswer(.noData, dnssec: .insecure) }
        #expect(alone.assessment.state == .unknown)
        // Nothing published is nothing to validate.
        let none = scene.with { scene in
            for index in scene.hosts.indices { scene.hosts[index].tlsa = DNSAnswer(.noData, dnssec: .unknown) }
        }
        #expect(none.assessment.dane.delivery == .none)
    }

    @Test func aWatcherWithoutIPv6JudgesByIPv4() {
        let scene = Scene().with { scene in
            scene.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "2001:db8::1")
            scene.hosts[0].sessions[1].outcome = .error("network unreachable")
            scene.hosts[0].sessions[1].hasTLS = false
            scene.hosts[0].sessions[1].starttls = .unknown
            scene.hosts.removeLast()
            scene.mx = Scene.found([MXHost(preference: 10, host: Scene.name("mx1.example.com"))])
            scene.patterns = ["mx1.example.com"]
        }
        #expect(scene.assessment.state == .ok)
        let stripped = scene.firstSession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        #expect(stripped.assessment.mtaSTS.delivery == .refused)
        let down = scene.firstSession { ($0.outcome, $0.starttls, $0.hasTLS) = (.timeout("connect"), .unknown, false) }
        #expect(down.finding(.mxUnreachable) != nil)
        #expect(down.assessment.state == .bouncing)
    }

    @Test func datesAreNoRiskWhereNobodyLooksAtThem() {
        let record = FindingTests.spki
        let assessment = Scene().with { scene in
            scene.record = DNSAnswer(.noData, dnssec: .insecure)
            for index in scene.hosts.indices { scene.hosts[index].sign([record], match: .match(record)) }
        }.everySession { $0.trust = Scene.trusted(days: 3) }.assessment
        #expect(assessment.state == .ok)
    }

    @Test func ourOwnFailedLookupOfThePolicyHostIsUnknown() {
        let timeout = Scene().with { $0.fetchFailure = .lookup(.timeout) }.assessment
        #expect(timeout.state == .unknown)
        #expect(timeout.mtaSTS.delivery == .unknown)
        #expect(Scene().with { $0.fetchFailure = .lookup(.serverFailure) }.assessment.state == .warning)
    }

    @Test func whatSendersHoldIsEnforcedWhileThePolicyIsDown() {
        let scene = Scene().with { scene in
            scene.memory = scene.memory.observing(scene.evidence, now: scene.now)
            scene.fetchFailure = .status(503)
        }
        #expect(scene.assessment.state == .warning)
        let moved = scene.with {
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("mx.elsewhere.example"))])
            $0.hosts = [Scene.Host("mx.elsewhere.example", "192.0.2.77")]
        }
        #expect(moved.assessment.state == .bouncing)
        #expect(moved.finding(.mxNoneListed)?.senders == [.cached])
        // Whoever goes by the id prolongs its copy for as long as the id stays; without it the last copy runs out.
        let late = moved.with { $0.now = Scene.now.addingTimeInterval(8 * Scene.day) }
        #expect(late.assessment.state == .bouncing)
        let gone = moved.with {
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.remember(ago: 0)
        }
        #expect(gone.assessment.state == .bouncing)
        let over = gone.with { $0.now = Scene.now.addingTimeInterval(604_801 + 300) }
        #expect(over.assessment.state == .unprotected)
    }

    @Test func aHostThatSpeaksNoSMTPRefuses() {
        let host = HostJudge(
            evidence: HostEvidence(host: Scene.name("mx1.example.com")), moment: Scene.now)
        #expect(host.addresses().isEmpty)
        let key = SessionKey(address: Scene.address("192.0.2.1"), port: 25, serverName: Scene.name("mx1.example.com"))
        let spoken = SMTPDialogue(lines: [.init(.server, bytes: Array("SSH-2.0".utf8))])
        let garbage = SessionEvidence(key: key, outcome: .error("no SMTP"), starttls: .unknown, dialogue: spoken)
        #expect(!garbage.isBlind)
        #expect(SessionEvidence(key: key, outcome: .error("no route"), starttls: .unknown).isBlind)
    }

    @Test func aTimeoutIsUnknownNotAbsent() {
        let record = Scene().with { $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown) }.assessment
        #expect(record.state == .unknown)
        #expect(record.mtaSTS.delivery == .unknown)
        #expect(!record.findings.contains { $0.code == .recordMissing || $0.code == .recordLookupFailed })
        let mx = Scene().with { ($0.mx, $0.hosts) = (DNSAnswer(.failed(.timeout), dnssec: .unknown), []) }.assessment
        #expect(mx.state == .unknown)
        #expect(mx.opportunistic.delivery == .unknown)
        #expect(mx.dane.delivery == .unknown)
    }

    @Test func nothingLookedAtIsUnknown() {
        let evidence = DomainEvidence(domain: Scene.name("example.com"))
        let assessment = assess(evidence, memory: DomainMemory(), now: Scene.now)
        #expect(assessment.state == .unknown)
        #expect(assessment.findings.isEmpty)
    }

    @Test func nullMXAfterMailIsCritical() {
        let scene = Scene().with {
            $0.memory = $0.memory.observing($0.evidence, now: $0.now)
            $0.mx = Scene.found([MXHost(preference: 0, host: nil)])
            $0.hosts = []
        }
        #expect(scene.finding(.mxNull)?.severity == .critical)
        #expect(scene.assessment.state == .bouncing)
    }

    @Test func unlistedMXBeforeTheLastIsHigh() {
        let scene = Scene().with { $0.patterns = ["mx2.example.com"] }
        #expect(scene.finding(.mxUnlisted)?.severity == .high)
        #expect(scene.finding(.mxUnlisted)?.subject == "mx1.example.com")
    }

    @Test func anInvalidPolicyThatLenientSendersEnforceTakesTheWorse() {
        let body = "version: STSv1\n\nmode: enforce\nmx: other.example.net\nmax_age: 604800\n"
        let assessment = Scene().with { $0.body = body }.assessment
        #expect(assessment.mtaSTS.delivery == .none)
        #expect(assessment.state == .bouncing)
    }

    @Test func sameIDWithABodyThatHoldersRefuseIsBouncing() {
        let scene = Scene().with {
            $0.patterns = ["old1.example.com", "old2.example.com"]
            $0.memory = $0.memory.observing($0.evidence, now: $0.now.addingTimeInterval(-600))
            $0.patterns = ["mx1.example.com", "mx2.example.com"]
        }
        #expect(scene.finding(.policyChangedSameID)?.severity == .critical)
        #expect(scene.assessment.state == .bouncing)
        #expect(scene.assessment.mtaSTS.delivery == .delivers)
    }

    @Test func aShortLivedCertificateIsNoAlarmWhileItIsRenewedInTime() {
        let end = Scene.now.addingTimeInterval(2.5 * Scene.day)
        let start = end.addingTimeInterval(-6 * Scene.day)
        let trust = TrustTimeline([
            .init(from: start, trust: .trusted), .init(from: end, trust: .expired(subject: "CN=leaf", notAfter: end)),
        ])
        let leaf = CertificateFacts(
            subject: "CN=leaf", issuer: "CN=R11", issuerShort: "R11", names: [], notBefore: start, notAfter: end,
            key: "EC P-256", keyBits: 256, signature: "x", isSelfSigned: false, sha256: "a", publicKeySHA256: "a")
        #expect(trust.trustedUntil(from: Scene.now) == end)
        #expect(ExpiryWindow(leaf, end: end, now: Scene.now) == nil)
        #expect(ExpiryWindow(leaf, end: end, now: end.addingTimeInterval(-Scene.day))?.isRisk == false)
        #expect(ExpiryWindow(leaf, end: end, now: end.addingTimeInterval(-0.5 * Scene.day))?.isRisk == true)
    }

    @Test func theForecastNamesTheFirstRefusal() {
        let assessment = Scene().with { scene in
            scene.hosts[0].sessions[0].trust = Scene.trusted(days: 40)
            scene.hosts[1].sessions[0].trust = Scene.trusted(days: 50)
        }.assessment
        let entries = assessment.forecast.filter { $0.sender == .mtaSTS }
        #expect(entries.map(\.delivery) == [.partial, .refused])
        #expect(assessment.bouncesAt == Scene.now.addingTimeInterval(50 * Scene.day))
        #expect(assessment.protectionEndsAt == Scene.now.addingTimeInterval(60 * Scene.day))
        #expect(entries.first?.because == "certificate-expiring mx1.example.com")
    }

    @Test func hostileTextIsEscapedInFindings() {
        let scene = Scene().everySession {
            ($0.starttls, $0.hasTLS) = (.refused(code: 454, text: "\u{1b}[31mred\u{202e}"), false)
        }
        let evidence = scene.finding(.starttlsRefused)?.evidence ?? ""
        #expect(evidence.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        #expect(evidence.contains("\\x1b[31mred"))
    }
}

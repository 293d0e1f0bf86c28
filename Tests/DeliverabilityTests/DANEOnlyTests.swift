import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Domains that DANE alone protects: what is told is what DANE senders meet.
@Suite struct DANEOnlyTests {
    /// Both MX hosts, and the MX records, in a signed zone; no MTA-STS.
    private static func scene(_ usage: Int = 3, match: DANEMatch?, edit: (inout Scene.Session) -> Void = { _ in })
        -> Scene
    {
        let record = TLSARecord(usage: usage, selector: 1, matchingType: 1, data: Array(repeating: 1, count: 32))
        return Scene().everySession(edit).with { scene in
            scene.record = Scene.found([])
            scene.isFetched = false
            scene.mx = scene.mx.map { DNSAnswer($0.outcome, dnssec: .secure) }
            for index in scene.hosts.indices { scene.hosts[index].sign([record], match: match) }
        }
    }

    private static let matched = DANEMatch.match(
        TLSARecord(usage: 2, selector: 1, matchingType: 1, data: Array(repeating: 1, count: 32)))

    /// What the TLSA records make of the chain of each host when its certificate ends.
    private static func evidence(_ scene: Scene, endsIn days: Double) -> DomainEvidence {
        var evidence = scene.evidence
        for index in evidence.hosts.indices {
            evidence.hosts[index].dane = evidence.hosts[index].dane.mapValues { _ in
                DANETimeline([
                    .init(from: .distantPast, match: matched),
                    .init(from: Scene.now.addingTimeInterval(days * Scene.day), match: .mismatch("expired")),
                ])
            }
        }
        return evidence
    }

    private static func assessment(_ scene: Scene, endsIn days: Double) -> Assessment {
        assess(evidence(scene, endsIn: days), memory: scene.memory, now: Scene.now)
    }

    @Test("The hosts that pass are those that DANE senders take, whatever the web's authorities say")
    func counted() {
        func passing(_ scene: Scene) -> Int? {
            StatusDigest(DomainStatus(domain: scene.domain, assessment: scene.assessment)).passing
        }
        let ownCA = Self.scene(match: Self.matched) { $0.trust = Scene.always(.selfSigned) }
        #expect(ownCA.assessment.state == .ok && passing(ownCA) == 2)
        #expect(passing(Self.scene(match: .mismatch("another key"))) == 0)
        // Where MTA-STS is enforced, too, both have to take it.
        var both = Scene().everySession { $0.trust = Scene.always(.selfSigned) }
        for index in both.hosts.indices {
            both.hosts[index].sign(
                [TLSARecord(usage: 3, selector: 1, matchingType: 1, data: Array(repeating: 1, count: 32))],
                match: Self.matched)
        }
        #expect(passing(both) == 0)
    }

    @Test(arguments: [
        (STARTTLSStatus.missing, ConnectionOutcome.ok, FindingCode.starttlsMissing),
        (.masked("XXXXXXXA"), .ok, .starttlsMasked),
        (.offered, .tls(TLSFailure(kind: .handshake, reason: "alert")), .tlsHandshakeFailed),
        (.offered, .tls(TLSFailure(kind: .legacyOnly, reason: "TLSv1")), .tlsLegacyOnly),
    ])
    func withoutTLSDANESendersRefuse(_ starttls: STARTTLSStatus, _ outcome: ConnectionOutcome, _ code: FindingCode)
        throws
    {
        let well = Self.scene(match: Self.matched)
        #expect(well.assessment.state == .ok)
        let scene = Self.scene(match: Self.matched) {
            ($0.starttls, $0.outcome, $0.hasTLS) = (starttls, outcome, false)
        }
        let assessment = scene.assessment
        #expect(assessment.state == .bouncing && assessment.dane.delivery == .refused)
        let finding = try #require(assessment.findings.first)
        #expect(finding.code == code && finding.severity == .critical && finding.senders == [.dane])
        #expect(assessment.why.contains("mx1,mx2"))
        let turned = try #require(change(from: well.assessment, to: assessment, id: 1))
        #expect(turned.code == code && turned.fix == finding.fix)
        let trace = try #require(SenderTrace(.dane, evidence: scene.evidence, assessment: assessment))
        #expect(trace.steps.contains { $0.what == "STARTTLS" && $0.outcome == .fail })
    }

    /// Nobody asks who issued a certificate that is held against its own key (RFC 7672 3.1.1).
    @Test func anotherKeyIsAMismatchWhoeverSignedIt() throws {
        let scene = Self.scene(match: .mismatch("another key")) {
            $0.trust = TrustTimeline([.init(from: .distantPast, trust: .selfSigned)])
        }
        let assessment = scene.assessment
        #expect(assessment.state == .bouncing && assessment.why == "mx1,mx2 TLSA mismatch")
        #expect(scene.finding(.certificateSelfSigned)?.severity == .info)
        #expect(scene.finding(.certificateSelfSigned)?.senders.contains(.dane) == false)
        let anchored = Self.scene(2, match: .mismatch("no trust anchor")) {
            $0.trust = TrustTimeline([.init(from: .distantPast, trust: .selfSigned)])
        }
        #expect(anchored.finding(.certificateSelfSigned)?.severity == .critical)
    }

    @Test func aTLSALookupThatFailsIsToldAsOne() {
        let scene = Self.scene(match: nil) {
            $0.trust = TrustTimeline([.init(from: .distantPast, trust: .selfSigned)])
        }.with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
            }
        }
        #expect(scene.assessment.state == .bouncing && scene.assessment.why == "TLSA lookup fails")
    }

    /// DANE-TA asks for dates: its end is told as the end of a certificate, to those whom it hits.
    @Test(arguments: [true, false]) func aTrustAnchorsCertificateEnds(isPublic: Bool) throws {
        let scene = Self.scene(2, match: Self.matched) {
            $0.trust =
                isPublic
                ? Scene.trusted(days: 3) : TrustTimeline([.init(from: .distantPast, trust: .untrusted(root: "CN=own"))])
        }
        let assessment = Self.assessment(scene, endsIn: 3)
        #expect(assessment.state == .risk)
        #expect(assessment.why == "mx1,mx2 cert expires in 3d")
        let finding = try #require(assessment.findings.first { $0.code == .certificateExpiring })
        #expect(finding.severity == .warning && finding.senders == [.dane])
        #expect(finding.deadline == Scene.now.addingTimeInterval(3 * Scene.day))
        #expect(assessment.pressingBounceAt == finding.deadline)
    }

    @Test func aTrustAnchorsCertificateThatIsFarOffIsNoAlarm() {
        let scene = Self.scene(2, match: Self.matched) {
            $0.trust = TrustTimeline([.init(from: .distantPast, trust: .untrusted(root: "CN=own"))])
        }
        let assessment = Self.assessment(scene, endsIn: 300)
        #expect(assessment.state == .ok && assessment.pressingBounceAt == nil && assessment.bouncesAt != nil)
    }
}

import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

/// RSA and ECDSA at one address: the worse of the two is told, and whom it hits.
@Suite struct TwoKeysTests {
    private static func scene(_ days: Double, alternate: Double) -> Scene {
        Scene().everySession {
            $0.trust = Scene.trusted(days: days)
            $0.alternate = ($0.names, Scene.trusted(days: alternate))
        }
    }

    @Test func anExpiredRSAChainHitsWhoNegotiatesIt() throws {
        let scene = Self.scene(60, alternate: -2)
        let assessment = scene.assessment
        #expect(assessment.state == .risk)
        #expect(assessment.mtaSTS.delivery == .partial)
        #expect(assessment.mtaSTS.reason.contains("senders that negotiate RSA"))
        let findings = assessment.findings.filter { $0.code == .certificateExpired }
        #expect(findings.map(\.subject) == ["mx1.example.com (RSA)", "mx2.example.com (RSA)"])
        #expect(try #require(findings.first).evidence.hasPrefix("RSA: "))
        #expect(scene.finding(.certificateDiffersBetweenKeys)?.evidence == "ECDSA: good; RSA: expired")
    }

    @Test func aHostPassesWithBothKeysOnly() {
        func passing(_ scene: Scene) -> Int? {
            StatusDigest(DomainStatus(domain: scene.domain, assessment: scene.assessment)).passing
        }
        #expect(passing(Self.scene(60, alternate: 60)) == 2)
        #expect(passing(Self.scene(60, alternate: -2)) == 0)
        #expect(passing(Self.scene(-2, alternate: 60)) == 0)
    }

    @Test func whichOfThemWeAreShownFirstDoesNotMatter() {
        let assessment = Self.scene(-2, alternate: 60).assessment
        #expect(assessment.state == .risk)
        #expect(assessment.mtaSTS.delivery == .partial)
        #expect(assessment.mtaSTS.reason.contains("senders that negotiate ECDSA"))
    }

    @Test func bothBadIsRefused() {
        let assessment = Self.scene(-1, alternate: -2).assessment
        #expect(assessment.state == .bouncing)
        #expect(assessment.mtaSTS.delivery == .refused)
        let subjects = assessment.findings.filter { $0.code == .certificateExpired }.map(\.subject)
        #expect(Set(subjects).count == 4)
    }

    @Test func anAddressThatTakesEverybodyMakesUpForIt() {
        let scene = Scene().with {
            $0.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.1", "192.0.2.3")
            $0.hosts[0].sessions[0].alternate = (["mx1.example.com"], Scene.trusted(days: -2))
        }
        #expect(scene.assessment.mtaSTS.delivery == .delivers)
        #expect(scene.finding(.certificateExpired)?.subject == "mx1.example.com (RSA) [192.0.2.1]")
    }

    @Test func itsExpiryIsForecast() {
        let assessment = Self.scene(60, alternate: 5).assessment
        #expect(assessment.state == .risk)
        #expect(assessment.findings.map(\.code) == [.certificateExpiring, .certificateExpiring])
        #expect(assessment.forecast.first?.delivery == .partial)
    }

    @Test func aSecondChainThatIsAbsentOrGoodSaysNothing() {
        #expect(Self.scene(60, alternate: 60).codes.isEmpty)
        let looks: [TLSSurvey.Look] = [.notAsked, .refused("alert"), .failed("timeout")]
        for look in looks {
            let session = Scene().evidence.hosts[0].sessions[0].value
            let survey = TLSSurvey(key: session.key, leaf: "aa", otherKey: look, withoutName: look)
            #expect(session.with(survey).alternate == nil)
        }
    }

    /// A server that shows the same key to everybody has one chain only.
    @Test func theSameFamilyTwiceIsOneChain() {
        let session = Scene().evidence.hosts[0].sessions[0].value
        let shown = Scene.tls(["mx1.example.com"], Scene.trusted(days: -2), "TLSv1.2", "bb")
        let survey = TLSSurvey(key: session.key, leaf: "aa", otherKey: .shown(shown), withoutName: .notAsked)
        #expect(session.with(survey).alternate == nil)
    }

    @Test func aRecordForOneKeyHurtsWhoNegotiatesTheOther() throws {
        let scene = Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
                scene.hosts[index].alternateDANE = .mismatch("key cd, published ab")
            }
        }.everySession { $0.alternate = ($0.names, Scene.trusted(days: 60)) }
        #expect(scene.assessment.dane.delivery == .partial)
        #expect(scene.assessment.state == .risk)
        #expect(scene.codes == [.daneMismatch])
        let finding = try #require(scene.finding(.daneMismatch))
        #expect(finding.subject == "mx1.example.com (RSA)")
        #expect(finding.evidence.contains("the other key matches"))
        #expect(finding.fix.contains("RSA key"))
    }

    @Test func aRecordForEachKeySatisfiesAll() {
        let scene = Scene().with { scene in
            for index in scene.hosts.indices {
                scene.hosts[index].sign([FindingTests.spki], match: .match(FindingTests.spki))
                scene.hosts[index].alternateDANE = .match(FindingTests.spki)
            }
        }.everySession { $0.alternate = ($0.names, Scene.trusted(days: 60)) }
        #expect(scene.codes.isEmpty)
        #expect(scene.assessment.dane.delivery == .delivers)
    }
}

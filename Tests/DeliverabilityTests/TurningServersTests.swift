import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Servers that differ behind one address: what a sender meets is chance.
@Suite struct TurningServersTests {
    private static func bare(_ hosts: Range<Int>) -> Scene {
        Scene().with { scene in
            for index in hosts {
                scene.hosts[index].sessions[0].starttls = .missing
                scene.hosts[index].sessions[0].hasTLS = false
                scene.hosts[index].sessions[0].takesTurns = true
            }
        }
    }

    @Test func whatIsRefusedByChanceIsARisk() throws {
        let scene = Self.bare(0..<2)
        let assessment = scene.assessment
        #expect(assessment.state == .risk)
        #expect(assessment.mtaSTS.delivery == .partial && assessment.opportunistic.delivery == .delivers)
        #expect(assessment.why == "no STARTTLS on mx1,mx2, now and then")
        #expect(assessment.mtaSTS.reason.contains("mx1.example.com: no STARTTLS (now and then: servers that differ"))
        let finding = try #require(scene.finding(.starttlsMissing))
        #expect(finding.evidence.hasSuffix("at some looks only: servers that differ answer at 192.0.2.1"))
        let status = DomainStatus(domain: scene.domain, assessment: assessment)
        #expect(StatusDigest(status).passing == 0 && !StatusDigest(status).isRefused)
    }

    @Test func theTraceSaysThatItIsChance() throws {
        let scene = Self.bare(0..<1)
        let trace = try #require(SenderTrace(.mtaSTS, evidence: scene.evidence, assessment: scene.assessment))
        let steps = trace.steps.map { "\($0.what) = \($0.result)" }
        #expect(steps.contains("STARTTLS = not offered"))
        #expect(steps.contains("by chance = no STARTTLS (now and then: servers that differ answer there)"))
        #expect(steps.last == "result = delivered or refused, by chance")
    }

    /// A failed lookup meets every sender, whichever server would answer.
    @Test func aTLSALookupThatFailsIsNoChance() {
        let scene = Self.bare(0..<2).with { scene in
            for index in 0..<2 {
                scene.hosts[index].sign(nil)
                scene.hosts[index].tlsa = DNSAnswer(.failed(.serverFailure), dnssec: .unknown)
            }
        }
        #expect(scene.assessment.dane.delivery == .refused)
        #expect(scene.assessment.state == .bouncing)
    }

    @Test func aTLSAMismatchByChanceIsARisk() {
        func scene(takesTurns: Bool) -> Scene {
            Scene().with { scene in
                for index in 0..<2 {
                    scene.hosts[index].sign([FindingTests.spki], match: .mismatch("another key"))
                    scene.hosts[index].sessions[0].takesTurns = takesTurns
                }
            }
        }
        #expect(scene(takesTurns: true).assessment.dane.delivery == .partial)
        #expect(scene(takesTurns: true).assessment.state == .risk)
        #expect(scene(takesTurns: false).assessment.state == .bouncing)
    }
}

import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

@Suite struct RenewalRhythmTests {
    private func rhythm(lastEndsIn days: Double) -> RenewalRhythm? {
        var scene = Scene()
        scene.renewals(lastEndsIn: days)
        return scene.assessment.renewals.first { $0.host == Scene.name("mx1.example.com") }
    }

    @Test func theNextRenewalIsExpectedByThoseThatWereSeen() throws {
        let seen = try #require(rhythm(lastEndsIn: 35))
        #expect(seen.address == Scene.address("192.0.2.1"))
        #expect(seen.renewals == [-60, -120].map { Scene.now + $0 * Scene.day })
        #expect(seen.interval == 60 * Scene.day)
        #expect(seen.expected == Scene.now + 5 * Scene.day)
        #expect(!seen.isMissed)
    }

    @Test func aRenewalThatDoesNotComeIsMissed() throws {
        let seen = try #require(rhythm(lastEndsIn: 25))
        #expect(seen.expected == Scene.now - 5 * Scene.day)
        #expect(seen.isMissed)
    }

    @Test func oneCertificateAloneIsNoRhythm() {
        var scene = Scene()
        scene.remember(ago: 40 * Scene.day)
        #expect(scene.assessment.renewals.isEmpty)
    }
}

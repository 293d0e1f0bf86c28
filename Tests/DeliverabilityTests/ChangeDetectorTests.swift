import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

@Suite struct ChangeDetectorTests {
    let healthy = Scene().assessment

    @Test func nothingOfConsequenceIsNoChange() {
        #expect(change(from: healthy, to: healthy, id: 1) == nil)
        let renewed = Scene().everySession { $0.fingerprint = "bb" }.assessment
        #expect(change(from: healthy, to: renewed, id: 1) == nil)
    }

    @Test func strippedSTARTTLSTurnsTheClass() throws {
        let broken = Scene().everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }.assessment
        let turned = try #require(change(from: healthy, to: broken, id: 7))
        #expect(turned.id == 7)
        #expect(turned.code == .starttlsMissing)
        #expect(turned.stateBefore == .ok && turned.stateAfter == .bouncing)
        #expect(turned.turns == [Change.Turn(sender: .mtaSTS, from: .delivers, to: .refused)])
        #expect(turned.isWorse)
        #expect(turned.fix.contains("STARTTLS"))
        #expect(turned.after == "no STARTTLS on mx1,mx2")
        let repaired = try #require(change(from: broken, to: healthy, id: 8))
        #expect(!repaired.isWorse && repaired.fix.isEmpty)
        #expect(repaired.impact == "mta-sts senders deliver again")
    }

    @Test func unknownIsNoTransition() {
        let unknown = Scene().with { $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown) }.assessment
        #expect(change(from: healthy, to: unknown, id: 1) == nil)
        #expect(change(from: unknown, to: healthy, id: 1) == nil)
    }

    @Test func aSecondCriticalFindingIsTold() throws {
        let first = Scene().everySession { $0.trust = Scene.trusted(days: -1) }.assessment
        let second = Scene().everySession { ($0.trust, $0.names) = (Scene.trusted(days: -1), ["x.example"]) }.assessment
        let turned = try #require(change(from: first, to: second, id: 1))
        #expect(turned.code == .certificateNameMismatch)
    }
}

import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

@Suite struct DomainMemoryTests {
    @Test func findingsAndDeliveriesKeepTheirFirstMoment() {
        let broken = Scene().everySession { ($0.starttls, $0.hasTLS) = (.missing, false) }
        var memory = DomainMemory().observing(broken.evidence, now: broken.now)
        let first = memory.stamp(broken.assessment)
        #expect(first.findings.first?.since == Scene.now)
        let later = broken.with { $0.now = Scene.now.addingTimeInterval(60) }
        let second = memory.stamp(later.assessment)
        #expect(second.findings.first?.since == Scene.now)
        #expect(second.mtaSTS.since == Scene.now)
        #expect(second.bouncesAt == Scene.now)
        #expect(memory.state?.value == .bouncing && memory.state?.since == Scene.now)
    }

    @Test func whatIsUnknownIsNotOver() {
        let broken = Scene().everySession { $0.names = ["x.example"] }
        var memory = DomainMemory().observing(broken.evidence, now: broken.now)
        _ = memory.stamp(broken.assessment)
        let blind = broken.with {
            $0.now = Scene.now.addingTimeInterval(60)
            ($0.mx, $0.hosts) = (DNSAnswer(.failed(.timeout), dnssec: .unknown), [])
        }
        _ = memory.stamp(blind.assessment)
        let again = memory.stamp(broken.with { $0.now = Scene.now.addingTimeInterval(120) }.assessment)
        #expect(again.findings.first { $0.code == .certificateNameMismatch }?.since == Scene.now)
        #expect(memory.state?.since == Scene.now)
    }

    @Test func theCacheEndsMaxAgeAfterTheLastGoodFetch() {
        let scene = Scene()
        let memory = DomainMemory().observing(scene.evidence, now: scene.now)
        #expect(memory.policyCacheEnds == Scene.now.addingTimeInterval(604_800))
    }
}

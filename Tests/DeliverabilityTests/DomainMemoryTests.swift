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

    /// What stood at the first look is older than that; what came later is not.
    @Test func anIDThatWasThereAtTheFirstLookIsOlder() {
        var scene = Scene()
        #expect(!scene.memory.isIDOlder)
        scene.remember(ago: 7_200)
        scene.remember(ago: 3_600)
        #expect(scene.memory.idSince == Scene.now - 7_200 && scene.memory.isIDOlder)
        scene.publish("2")
        scene.remember(ago: 60)
        #expect(scene.memory.idSince == Scene.now - 60 && !scene.memory.isIDOlder)
        scene.record = DNSAnswer(.noData, dnssec: .insecure)
        scene.remember(ago: 30)
        #expect(scene.memory.idSince == nil && !scene.memory.isIDOlder)
        // A record that comes where none was has its age from then on.
        var late = Scene().with { $0.record = DNSAnswer(.noData, dnssec: .insecure) }
        late.remember(ago: 3_600)
        late.publish("1")
        late.remember(ago: 60)
        #expect(late.memory.idSince != nil && !late.memory.isIDOlder)
    }

    /// A body is stored as base64; one that was stored as numbers is read as well.
    @Test func bodiesAreStoredAsBytes() throws {
        let memory = DomainMemory().observing(Scene().evidence, now: Scene.now)
        let body = Array(Scene().policyText.utf8)
        #expect(memory.versions.map(\.body) == [body])
        let text = String(decoding: try JSONEncoder().encode(memory), as: UTF8.self)
        let base64 = "\"" + Data(body).base64EncodedString().replacing("/", with: "\\/") + "\""
        #expect(text.contains("\"body\":\(base64)"))
        let numbers = text.replacing(base64, with: "\(body)")
        #expect(numbers != text)
        #expect(try JSONDecoder().decode(DomainMemory.self, from: Data(numbers.utf8)) == memory)
        #expect(try JSONDecoder().decode(DomainMemory.self, from: Data(text.utf8)) == memory)
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

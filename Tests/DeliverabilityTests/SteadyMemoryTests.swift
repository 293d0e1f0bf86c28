import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// What polls move without changing anything can be kept apart and put back.
@Suite struct SteadyMemoryTests {
    @Test func momentsAreAllThatAnUnchangedPollMoves() throws {
        var scene = Scene()
        let first = DomainMemory().observing(scene.evidence, now: scene.now)
        scene.now += 300
        let second = first.observing(scene.evidence, now: scene.now)
        #expect(first != second && first.agrees(with: second))
        #expect(first.moments.count == second.moments.count && first.moments != second.moments)
        var restored = first
        restored.moments = second.moments
        #expect(restored == second)
        // Through JSON, as a store keeps them.
        var stored = try JSONDecoder().decode(DomainMemory.self, from: JSONEncoder().encode(first))
        stored.moments = second.moments
        #expect(stored == second)
    }

    @Test func momentsOfAnotherShapeAreNotTaken() {
        let scene = Scene()
        var memory = DomainMemory().observing(scene.evidence, now: scene.now)
        let before = memory
        memory.moments = Array(before.moments.dropLast())
        #expect(memory == before)
        memory.moments = before.moments + [scene.now]
        #expect(memory == before)
    }

    @Test func hostsToo() {
        var scene = Scene()
        scene.hosts[0].sign([TLSARecord(usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: 1, count: 32))]
        )
        let host = HostMemory(host: scene.hosts[0].name)
        let first = host.observing(scene.evidence.hosts[0])
        scene.now += 300
        let second = first.observing(scene.evidence.hosts[0])
        #expect(first != second && first.agrees(with: second))
        var restored = first
        restored.moments = second.moments
        #expect(restored == second)
        restored.moments = []
        #expect(restored == second)
    }

    /// Two machines behind one address take turns; a memory that agrees is not written again, but its moments are.
    @Test func momentsGoWithTheirCertificate() throws {
        var scene = Scene()
        var memories: [HostMemory] = []
        for print in ["b", "a", "b"] {
            scene.now += 86_400
            let shown = scene.everySession { $0.fingerprint = print }.evidence.hosts[0]
            memories.append((memories.last ?? HostMemory(host: shown.host)).observing(shown))
        }
        #expect(memories[1].agrees(with: memories[2]))
        var restored = memories[1]
        restored.moments = memories[2].moments
        #expect(restored == memories[2])
        // So that nothing looks changed after a start.
        scene.hostMemories[Scene.name("mx1.example.com")] = restored
        #expect(!scene.everySession { $0.fingerprint = "b" }.codes.contains(.certificateChanged))
    }

    @Test func aVerdictIsRememberedWithoutItsReadings() throws {
        var scene = Scene()
        scene.mode = "testing"
        scene.policyTrust = Scene.trusted(days: 5)
        scene = scene.everySession { $0.trust = Scene.trusted(days: 5) }
        let judged = assess(scene.evidence, memory: DomainMemory(), now: scene.now)
        let data = try JSONEncoder().encode(RememberedVerdict(judged))
        let back = try JSONDecoder().decode(RememberedVerdict.self, from: data).assessment
        #expect(back.findings == judged.findings && back.why == judged.why && back.state == judged.state)
        #expect(back.mtaSTS == judged.mtaSTS && back.forecast == judged.forecast)
        #expect(back.pressingProtectionEnd == judged.pressingProtectionEnd && back.pressingProtectionEnd != nil)
        #expect(back.pressingBounceAt == judged.pressingBounceAt)
        // Nothing has turned, whichever of both is the earlier one.
        #expect(change(from: back, to: judged, id: 1) == nil)
    }
}

import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// What one run remembers can be told as a history where no file keeps one.
@Suite struct DomainHistoryTests {
    @Test func aMemoryTellsItsVersionsNewestFirst() throws {
        var scene = Scene()
        var memory = DomainMemory().observing(scene.evidence, now: scene.now)
        let first = scene.now
        scene.now += 3_600
        scene.mode = "testing"
        memory = memory.observing(scene.evidence, now: scene.now)
        let host = HostMemory(host: scene.hosts[0].name).observing(scene.evidence.hosts[0])
        let change = Change(
            id: 4, domain: scene.evidence.domain, at: scene.now, code: nil, stateBefore: .ok, stateAfter: .risk,
            before: "", after: "", turns: [], impact: "", fix: "")
        let history = DomainHistory(
            domain: scene.evidence.domain, memory: memory, hosts: [host.host: host], changes: [change])
        #expect(history.policies.map(\.value.mode) == ["testing", "enforce"])
        #expect(history.policies.map(\.firstSeen) == [scene.now, first])
        #expect(history.policies.map { $0.goneAt != nil } == [false, true])
        #expect(history.policies.map(\.value.bodySHA256) == memory.versions.reversed().map(\.bodySHA256))
        #expect(history.records.map(\.value) == memory.records.reversed().map(\.id))
        #expect(history.mxSets.first?.value == ["10 mx1.example.com", "20 mx2.example.com"])
        let certificate = try #require(history.certificates.first)
        #expect(
            certificate.value.host == host.host
                && certificate.value.sha256 == host.addresses[0].certificates[0].fingerprint)
        #expect(history.changes == [change] && history.samples.isEmpty)
    }
}

import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// A clock that was ahead for a look, or far behind: what is remembered is by the right one again.
@Suite struct ClockAheadTests {
    private let host = Scene.name("mx1.example.com")
    private let day = Scene.day

    /// Looked at by the right clock, a year ahead, and by the right one again.
    private func scene(_ ahead: (inout Scene) -> Void = { _ in }) -> Scene {
        var scene = Scene().with { $0.policyTrust = Scene.always(.trusted) }
            .everySession { $0.trust = Scene.always(.trusted) }
        scene.remember(ago: 2 * day)
        ahead(&scene)
        scene.remember(ago: -365 * day)
        scene.remember(ago: day)
        return scene
    }

    @Test func copiesRunOutByTheRightClock() {
        let scene = scene()
        #expect(scene.memory.versions.map(\.lastSeen) == [Scene.now - day])
        #expect(scene.memory.moments.allSatisfy { $0 <= Scene.now - day })
        let failing = scene.with { $0.fetchFailure = .timeout("connect") }.assessment
        #expect(failing.protectionEndsAt == Scene.now + 6 * day)
    }

    @Test func whatWasReplacedByAClockAheadIsHeldByTheRightOne() throws {
        let scene = scene {
            $0.publish("B")
            $0.patterns.reverse()
        }
        let versions = scene.memory.versions
        #expect(versions.map(\.firstSeen) == [Scene.now - 2 * day, Scene.now - day])
        let gone = try #require(versions.first?.goneAt)
        #expect(gone <= Scene.now - day + 300)
        #expect(scene.memory.held(at: Scene.now + 60 * day).isEmpty)
        #expect(scene.memory.records.map(\.goneAt) == [Scene.now - day, nil])
    }

    @Test func whatWasAcceptedByAClockAheadSilencesNothingNew() {
        let scene = scene { $0.memory.accept(.daneLost, at: Scene.now + 365 * day) }
        #expect(scene.memory.isNews(.daneLost, of: host.text, changedAt: Scene.now, for: day, now: Scene.now))
    }

    @Test func aHostIsSeenOnByTheRightClock() throws {
        var scene = scene().everySession { $0.fingerprint = "bb" }
        scene.remember(ago: day / 2)
        let seen = try #require(scene.hostMemories[host]?.addresses.first)
        #expect(seen.certificates.map(\.fingerprint) == ["aa", "bb"])
        #expect(seen.certificates.map(\.lastSeen) == [Scene.now - day, Scene.now - day / 2])
        #expect(seen.lastSeen == Scene.now - day / 2 && seen.starttlsOffered == seen.lastSeen)
        #expect(scene.codes.contains(.certificateChanged))
        #expect(scene.hostMemories[host]?.tlsa.map(\.lastSeen) == [Scene.now - day / 2])
    }

    /// A machine that starts without the time: the certificates that it sees are not valid yet.
    @Test func aClockFarBehindCutsNothing() {
        var scene = Scene()
        scene.remember(ago: 2 * day)
        scene.publish("B")
        scene.patterns.reverse()
        scene.remember(ago: day)
        let before = scene
        scene.remember(ago: 6 * 365 * day)
        #expect(scene.memory.versions.first?.goneAt == before.memory.versions.first?.goneAt)
        #expect(scene.memory.versions.map(\.firstSeen) == before.memory.versions.map(\.firstSeen))
        #expect(scene.hostMemories == before.hostMemories)
    }

    /// Nor does one whose certificates say nothing, where the policy host tells the time.
    @Test func theTimeOfThePolicyHostCounts() {
        var scene = Scene().with { $0.policyTrust = Scene.always(.trusted) }
            .everySession { $0.trust = Scene.always(.trusted) }
        scene.remember(ago: 2 * day)
        let memory = scene.memory
        let behind = scene.with { $0.now = Scene.now - 4 * day }.evidence
        func seen(at theirs: Date) -> DomainMemory {
            guard let policy = behind.policy else { return memory }
            let told = PolicyFetch(
                host: policy.value.host, status: 200, contentType: "text/plain", body: policy.value.body,
                serverDate: theirs, tls: policy.value.tls)
            var evidence = behind
            evidence.policy = policy.with(told)
            return memory.observing(evidence, now: Scene.now - 4 * day)
        }
        #expect(seen(at: Scene.now).knownSince == Scene.now - 2 * day)
        #expect(seen(at: Scene.now - 4 * day).knownSince == Scene.now - 4 * day)
    }
}

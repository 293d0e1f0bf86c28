import Evidence
import FoundationEssentials
import Testing

@testable import Deliverability

/// Two addresses of one policy host: told, and never taken for a policy that changes.
@Suite struct PolicyEdgeTests {
    private static let other = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 604800\n"

    private static func differing(_ text: String) -> Scene {
        Scene().with { $0.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, text)] }
    }

    @Test func whichAddressSaidWhatIsTold() throws {
        let finding = try #require(Self.differing(Self.other).finding(.policyDiffersBetweenAddresses))
        #expect(finding.severity == .high)
        #expect(finding.evidence.contains("192.0.2.80: mode enforce"))
        #expect(finding.evidence.contains("192.0.2.81: mode testing"))
    }

    @Test func withTheSameOutcomeItIsAWarning() {
        let scene = Self.differing(Scene().policyText + "note: x\n")
        #expect(scene.finding(.policyDiffersBetweenAddresses)?.severity == .warning)
    }

    @Test func silenceIsNoDifference() {
        let scene = Scene().with { $0.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", .timeout("connect"), nil)] }
        #expect(scene.codes == [.policyHostAddressUnreachable])
    }

    @Test func allSilentIsTheFetchsOwnFinding() {
        let scene = Scene().with {
            $0.fetchFailure = .connect("connection refused")
            $0.edges = [("192.0.2.80", .connect("connection refused"), nil), ("192.0.2.81", .timeout("connect"), nil)]
        }
        #expect(scene.codes == [.policyUnreachable])
    }

    /// Whichever of the two is seen, and however often, there is one version and no alarm.
    @Test func alternatingTextsAreNoChange() {
        var memory = Scene().with { _ in }.memory.observing(Scene().evidence, now: Scene.now)
        for round in 1...6 {
            let scene = Self.differing(Self.other).with {
                $0.now = Scene.now.addingTimeInterval(Double(round) * 600)
                if !round.isMultiple(of: 2) { $0.body = Self.other }
                $0.edges[0].text = Scene().policyText
                $0.memory = memory
            }
            memory = memory.observing(scene.evidence, now: scene.now)
            #expect(memory.versions.count == 1)
            #expect(!scene.codes.contains(.policyChangedSameID))
        }
        // One edge alone, without the other to compare, would have been a change: the test can fail.
        let alone = Scene().with {
            ($0.body, $0.memory, $0.now) = (Self.other, memory, Scene.now.addingTimeInterval(9_000))
        }
        #expect(memory.observing(alone.evidence, now: alone.now).versions.count == 2)
    }

    @Test func theVersionThatIsKnownIsSeenAgain() {
        let memory = DomainMemory().observing(Scene().evidence, now: Scene.now)
        let later = Self.differing(Self.other).with { $0.now = Scene.now.addingTimeInterval(600) }
        #expect(memory.observing(later.evidence, now: later.now).versions.first?.lastSeen == later.now)
    }
}

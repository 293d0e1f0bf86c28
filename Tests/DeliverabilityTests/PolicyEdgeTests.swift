import Evidence
import FoundationEssentials
import MTASTS
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

    // MARK: What senders meet at each address

    private static let stranger = "version: STSv1\nmode: enforce\nmx: old.example.net\nmax_age: 604800\n"

    /// Which of the two is believed is chance; what senders meet is not.
    @Test(arguments: [false, true]) func oneAddressThatRefusesEverythingIsARisk(isBelieved: Bool) throws {
        let scene = Scene().with {
            $0.edges = [("192.0.2.80", nil, Scene().policyText), ("192.0.2.81", nil, Self.stranger)]
            if isBelieved { $0.body = Self.stranger }
        }
        let assessment = scene.assessment
        #expect(assessment.state == .risk)
        #expect(assessment.mtaSTS.delivery == .partial)
        #expect(assessment.mtaSTS.reason.contains("old.example.net"))
        #expect(!assessment.findings.contains { $0.severity == .critical })
        #expect(assessment.findings.first?.evidence.contains("192.0.2.81: mode enforce") == true || isBelieved)
        let finding = try #require(scene.finding(.policyDiffersBetweenAddresses))
        #expect(finding.severity == .high && finding.evidence.contains("which no MX passes"))
    }

    @Test func whereEveryAddressRefusesItBounces() {
        let other = Self.stranger.replacing("old", with: "older")
        let scene = Scene().with {
            $0.body = Self.stranger
            $0.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, other)]
        }
        #expect(scene.assessment.state == .bouncing)
        #expect(scene.assessment.mtaSTS.delivery == .refused)
        #expect(scene.assessment.bouncesAt == Scene.now)
    }

    /// An error, or a page that is no policy, binds nobody.
    @Test func anErrorIsNoPolicyOfItsOwn() {
        for answer: (PolicyFetchFailure?, String?) in [(.status(503), nil), (nil, "<html>Sorry</html>\n")] {
            let scene = Scene().with {
                $0.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", answer.0, answer.1)]
            }
            #expect(scene.assessment.mtaSTS.delivery == .delivers)
            #expect(scene.assessment.state == .warning)
            #expect(scene.memory.observing(scene.evidence, now: scene.now).sideVersions.isEmpty)
            // Nor does it stand in the way of a change at the other address.
            let before = DomainMemory().observing(Scene().evidence, now: Scene.now.addingTimeInterval(-3_600))
            let changed = scene.with {
                $0.maxAge = "86400"
                $0.edges[0].text = $0.policyText
            }
            #expect(before.observing(changed.evidence, now: Scene.now).versions.count == 2)
        }
    }

    /// At the address that fails for us a sender gets nothing; at the other one it gets the policy as before.
    @Test func whatOneAddressServesIsStillFetched() {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.edges = [("192.0.2.80", .status(503), nil), ("192.0.2.81", nil, scene.policyText)]
        scene.fetchFailure = .status(503)
        scene.remember(ago: 0)
        #expect(scene.memory.versions.last?.goneAt == nil)
        #expect(scene.memory.versions.last?.lastSeen == Scene.now)
        #expect(scene.assessment.mtaSTS.delivery == .delivers)
    }

    /// An hour of another body at one address, and then the known one at both.
    private static var mended: Scene {
        var scene = Scene()
        scene.remember(ago: 7_200)
        scene.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, stranger)]
        scene.remember(ago: 3_600)
        scene.edges[1].text = nil
        scene.remember(ago: 0)
        return scene
    }

    @Test func whatOneAddressServedIsHeld() throws {
        let scene = Self.mended
        #expect(scene.memory.versions.count == 1)
        let held = scene.memory.held(at: Scene.now)
        #expect(held.map(\.holders) == [.id, .expiry])
        #expect(held.map(\.until) == [nil, Scene.now + 604_800])
        // Only who met that address is refused.
        #expect(scene.assessment.cached.map(\.delivery) == [.refused, .refused])
        #expect(scene.assessment.state == .risk)
        #expect(scene.assessment.bouncesAt ?? .distantFuture > Scene.now)
        let later = scene.with {
            $0.now += 2 * Scene.day
            $0.policyTrust = Scene.trusted(days: 60, from: $0.now)
        }
        #expect(later.finding(.policyChangedSameID)?.evidence.contains("mx old.example.net -> mx1.example.com") == true)
        // Another id sends them to fetch.
        let other = scene.with {
            $0.publish("2")
            $0.now += 60
            $0.remember(ago: 0)
        }
        #expect(other.memory.held(at: other.now).map(\.until) == [other.now + 300, Scene.now + 604_800])
        #expect(other.memory.held(at: other.now + 300).map(\.holders) == [.expiry])
    }

    /// A text that one address put otherwise for an hour is missed by nobody.
    @Test func anotherTextOfTheSamePolicyLeavesNothingBehind() {
        var scene = Scene()
        scene.remember(ago: 3 * Scene.day)
        scene.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, scene.policyText + "note: x\n")]
        scene.remember(ago: 2 * Scene.day)
        scene.edges[1].text = nil
        #expect(scene.codes.isEmpty)
        #expect(scene.assessment.state == .ok)
    }

    @Test func whatEveryAddressServesInTheEndIsTheNextVersion() {
        var scene = Scene()
        scene.remember(ago: 7_200)
        let known = scene.policyText
        scene.maxAge = "86400"
        scene.edges = [("192.0.2.80", nil, known), ("192.0.2.81", nil, nil)]
        scene.remember(ago: 3_600)
        #expect(scene.memory.versions.count == 1 && scene.memory.sideVersions.count == 1)
        scene.edges = [("192.0.2.80", nil, nil), ("192.0.2.81", nil, nil)]
        scene.remember(ago: 0)
        #expect(scene.memory.versions.count == 2 && scene.memory.sideVersions.isEmpty)
        #expect(scene.memory.current?.policy?.maxAge == 86_400)
    }

    @Test func theEarliestCertificateOfAllAddressesIsTold() throws {
        var evidence = Scene().evidence
        let seen = try #require(evidence.policy)
        func edge(_ address: String, days: Double) -> PolicyFetch {
            PolicyFetch(
                host: seen.value.host, address: Scene.address(address), status: 200, contentType: "text/plain",
                body: seen.value.body,
                tls: Scene.tls(["mta-sts.example.com"], Scene.trusted(days: days), "TLSv1.3", address))
        }
        evidence.policy = Observed(
            seen.value.with(edges: [edge("192.0.2.80", days: 60), edge("192.0.2.81", days: 2)]), at: Scene.now)
        let memory = DomainMemory().observing(evidence, now: Scene.now)
        let assessment = assess(evidence, memory: memory, now: Scene.now)
        let finding = try #require(assessment.findings.first)
        #expect(finding.code == .policyHostCertificateExpiring)
        #expect(finding.evidence.hasSuffix(", at 192.0.2.81"))
        #expect(finding.deadline == Scene.now + 2 * Scene.day)
        // The other address serves it on.
        #expect(assessment.protectionEndsAt == Scene.now + 60 * Scene.day)
    }
}

import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// A policy that is valid by the letter of the RFC, and the known senders that read another one or reject it.
@Suite struct PolicyReadersTests {
    private static let lastWins = ["chasquid", "go-mtasts (maddy)", "Stalwart", "mailauth (ZoneMTA)"]

    /// Mode testing by the letter; enforce to those who let the last key win. KumoMTA rejects it.
    private static func twoModes(_ mx: String..., first: String = "testing", last: String = "enforce") -> Scene {
        Scene().with {
            $0.body =
                "version: STSv1\nmode: \(first)\n" + mx.map { "mx: \($0)\n" }.joined()
                + "max_age: 604800\nmode: \(last)\n"
        }
    }

    @Test func whoReadsAnotherModeRefuses() throws {
        let scene = Self.twoModes("old.example.com")
        let assessment = scene.assessment
        #expect(assessment.state == .bouncing && assessment.bouncesAt == Scene.now)
        #expect(assessment.mtaSTS.delivery == .delivers)
        #expect(assessment.cached.map(\.delivery) == [.refused])
        #expect(assessment.cached.map(\.readers) == [Self.lastWins])
        let finding = try #require(scene.finding(.policyAmbiguous))
        #expect(finding.severity == .warning)
        #expect(
            finding.evidence
                == "valid by the RFC (mode testing), yet chasquid, go-mtasts (maddy), Stalwart, mailauth (ZoneMTA) read "
                + "mode enforce, 1 usable mx (for them: refused); KumoMTA rejects it")
        #expect(finding.fix.contains("each key but mx once"))
        // Enforced by some: no mere warning.
        #expect(scene.finding(.mxNoneListed)?.severity == .critical)
    }

    @Test func whereEveryMXIsListedNobodyRefuses() {
        let assessment = Self.twoModes("mx1.example.com", "mx2.example.com").assessment
        #expect(assessment.state == .warning && assessment.bouncesAt == Scene.now + 60 * Scene.day)
        #expect(assessment.cached.map(\.delivery) == [.delivers])
        #expect(assessment.why == "senders split over the policy")
        #expect(assessment.findings.allSatisfy { $0.severity >= .warning })
    }

    /// The other way round the letter refuses, and those who take the last deliver.
    @Test func aLenientReadingMakesNoRefusalGood() throws {
        let scene = Self.twoModes("old.example.com", first: "enforce", last: "testing")
        #expect(scene.assessment.state == .bouncing)
        #expect(scene.assessment.mtaSTS.delivery == .refused)
        #expect(scene.finding(.policyAmbiguous)?.evidence.contains("read mode testing, 1 usable mx; KumoMTA") == true)
    }

    @Test func aSingleRejectionIsTold() throws {
        let scene = Self.twoModes("mx1.example.com", "mx2.example.com", first: "enforce")
        let finding = try #require(scene.finding(.policyAmbiguous))
        #expect(finding.evidence == "valid by the RFC (mode enforce), yet KumoMTA rejects it")
        #expect(scene.assessment.why == "some senders reject the policy")
        #expect(scene.assessment.mtaSTS.delivery == .delivers && scene.assessment.cached.isEmpty)
        // Nobody who enforces anything is hurt.
        let none = Scene().with { $0.body = "version: STSv1\nmode: none\nmax_age: 86400\n" }
        let told = try #require(none.finding(.policyAmbiguous))
        #expect(told.severity == .info && told.evidence.hasSuffix("yet chasquid, Stalwart reject it"))
        #expect(told.fix.hasPrefix("Keep the mx lines"))
        #expect(none.assessment.why == "policy mode none")
    }

    @Test func whoRejectsAnInvalidFileIsToldToo() throws {
        let scene = Scene().with {
            $0.body = "version: STSv1\n\nmode: enforce\nmx: mx1.example.com\nmx: mx2.example.com\nmax_age: 604800\n"
        }
        let evidence = try #require(scene.finding(.policyAmbiguous)).evidence
        #expect(evidence.hasPrefix("invalid by the RFC, yet postfix-mta-sts-resolver, postfix-tlspol, "))
        #expect(evidence.hasSuffix("2 usable mx (for them: delivers); mox, go-mtasts (maddy) reject it"))
        // What it is to each of them: a comment swallows the mode for Stalwart.
        let comment = scene.with {
            $0.body = "version: STSv1\n# x\nmode: enforce\nmx: old.example.com\nmax_age: 604800\n"
        }
        let readings = try #require(comment.finding(.policyAmbiguous)).evidence
        #expect(readings.contains("Stalwart reads mode none; "))
        #expect(readings.contains("read mode enforce, 1 usable mx (for them: refused)"))
        #expect(readings.contains("KumoMTA reject it"))
    }

    /// mailauth alone reads keys in other letters.
    @Test func aDifferenceThatChangesNoDeliveryIsNone() {
        for extra in ["MAX_AGE: 1209600\n", "MX: mx3.example.com\n"] {
            let scene = Scene().with { $0.body = Scene().policyText + extra }
            #expect(scene.assessment.findings.isEmpty && scene.assessment.state == .ok, "\(extra)")
        }
        // It holds what it read to the end of the max_age that it read.
        let raised = Scene().with { $0.body = Scene().policyText + "MAX_AGE: 1209600\n" }
        #expect(raised.assessment.cached.map(\.delivery) == [.delivers])
        let mode = Scene().with { $0.body = Scene().policyText + "Mode: none\n" }
        #expect(mode.codes == [.policyAmbiguous])
    }

    @Test func whatTheyReadIsHeldAfterItIsCorrected() {
        let scene = Self.twoModes("old.example.com").with {
            $0.remember(ago: Scene.day)
            $0.body = Scene().policyText
            $0.remember(ago: 3_600)
        }
        // They go by the id, and it is the same; chasquid fetches every few minutes.
        let held = scene.memory.held(at: scene.now).filter { $0.readers != nil }
        #expect(held.map(\.readers) == [Array(Self.lastWins.dropFirst())])
        #expect(held.map(\.until) == [Scene.now - 3_600 + 604_800])
        #expect(scene.assessment.state == .bouncing)
        #expect(scene.finding(.policyChangedSameID)?.severity == .critical)
        // By the letter it was in testing: whoever goes by that is not refused.
        #expect(scene.assessment.cached.filter { $0.readers == nil }.allSatisfy { $0.delivery == .delivers })
        let renewed = scene.with {
            $0.publish("2")
            $0.remember(ago: 600)
        }
        #expect(renewed.memory.held(at: renewed.now).allSatisfy { $0.readers == nil })
    }

    /// Whoever rejects what is served instead keeps what it read before.
    @Test func whoRejectsTheNextOneKeepsTheLast() {
        let scene = Self.twoModes("old.example.com").with {
            $0.remember(ago: Scene.day)
            $0.publish("2")
            $0.body = Scene().policyText + "note: a:b\n"
            $0.remember(ago: 3_600)
        }
        let held = scene.memory.held(at: scene.now).filter { $0.readers != nil }
        #expect(held.contains { $0.readers?.contains("go-mtasts (maddy)") == true })
    }

    @Test func theMemoryOfThemIsStoredAndSettles() throws {
        let scene = Self.twoModes("old.example.com").with { $0.remember(ago: 3_600) }
        #expect(scene.memory.versions.count == 1 && scene.memory.sideVersions.count == 1)
        let data = try JSONEncoder().encode(scene.memory)
        #expect(try JSONDecoder().decode(DomainMemory.self, from: data) == scene.memory)
        let later = scene.memory.observing(scene.evidence, now: scene.now)
        #expect(later.agrees(with: scene.memory) && later != scene.memory)
        #expect(later.sideVersions.count == 1 && later.sideVersions.first?.lastSeen == scene.now)
        #expect(later.sideVersions.first?.goneAt == nil)
    }

    @Test func aWithdrawalIsNotHeldAgainstItself() {
        let scene = Scene().with {
            $0.remember(ago: Scene.day)
            $0.publish("2")
            $0.body = "version: STSv1\nmode: none\nmx: mx1.example.com\nmax_age: 86400\nmode: enforce\n"
            $0.remember(ago: 3_600)
        }
        #expect(!scene.codes.contains(.policyWithdrawnUnsafely))
        #expect(scene.codes.contains(.policyAmbiguous))
    }

    @Test(
        "why a line matches no MX",
        arguments: [
            ("192.0.2.1", "mx: 192.0.2.1 is an address and matches nothing: MX records hold names", "has the address"),
            (
                "*.com",
                "mx: *.com stands for exactly one label and does not match the MX mx1.example.com, "
                    + "mx2.example.com", "other lines list these MX hosts"
            ),
            (
                "*.mx1.example.com",
                "mx: *.mx1.example.com stands for exactly one label and does not match the MX mx1.example.com",
                "other lines list this MX"
            ),
            ("old.example.com", "mx: old.example.com matches no MX record", "if no MX of this name is planned"),
            ("*.example.net", "mx: *.example.net matches no MX record", "if no MX of this name is planned"),
        ])
    func unused(_ row: (line: String, evidence: String, fix: String)) throws {
        let finding = try #require(Scene().with { $0.patterns.append(row.line) }.finding(.policyMXUnused))
        #expect(finding.evidence == row.evidence)
        #expect(finding.fix.contains(row.fix), "\(finding.fix)")
    }

    @Test func theMXThatAWildcardMissesIsToBeWritten() throws {
        let scene = Scene().with { $0.patterns = ["*.com"] }
        #expect(
            try #require(scene.finding(.policyMXUnused)).fix
                == "Write `mx: mx1.example.com`, `mx: mx2.example.com` instead, then change the id.")
    }
}

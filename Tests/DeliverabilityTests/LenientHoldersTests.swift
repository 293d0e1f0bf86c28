import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// A file that is no policy by the letter of the RFC, and the senders that read and keep it all the same.
@Suite struct LenientHoldersTests {
    /// With a blank line, which most known senders skip.
    private static func loose(_ mx: String..., mode: String = "enforce", age: Int = 604_800) -> String {
        "version: STSv1\nmode: \(mode)\n\n" + mx.map { "mx: \($0)\n" }.joined() + "max_age: \(age)\n"
    }

    private static let both = loose("mx1.example.com", "mx2.example.com")
    private static let old = loose("old.example.com")

    private static func held(_ scene: Scene) -> [HeldVersion] { scene.memory.held(at: scene.now) }

    @Test func whatTheyReadIsForecast() {
        let scene = Scene().with { $0.body = Self.both }.everySession { $0.trust = Scene.trusted(days: 5) }
        let assessment = scene.assessment
        #expect(assessment.bouncesAt == Scene.now + 5 * Scene.day)
        #expect(assessment.pressingBounceAt == assessment.bouncesAt)
        #expect(assessment.forecast.map(\.delivery).contains(.refused))
        #expect(assessment.mtaSTS.delivery == .none)
        #expect(assessment.cached.map(\.delivery) == [.delivers, .delivers])
    }

    @Test func whatTheyReadIsHeldAfterItIsCorrected() throws {
        let scene = Scene().with {
            $0.body = Self.old
            $0.remember(ago: Scene.day)
            $0.body = nil
            $0.publish("2")
            $0.remember(ago: 3_600)
        }
        // Who goes by the id has gone over; postfix-tlspol has not.
        let held = Self.held(scene)
        #expect(held.map(\.holders) == [.expiry] && held.map(\.readers) == [["postfix-tlspol"]])
        #expect(held.first?.until == Scene.now - 3_600 + 604_800)
        #expect(scene.assessment.state == .risk)
        let finding = try #require(scene.finding(.mxUnlistedInCachedPolicy))
        #expect(finding.evidence.contains("senders that read it (postfix-tlspol)"))
    }

    @Test func underTheSameIDTheyKeepItForEver() throws {
        let scene = Scene().with {
            $0.body = Self.old
            $0.remember(ago: Scene.day)
            $0.body = nil
            $0.remember(ago: 3_600)
        }
        let held = Self.held(scene)
        #expect(held.map(\.holders) == [.id, .expiry])
        #expect(held.first?.until == nil)
        #expect(held.first?.readers?.contains("postfix-mta-sts-resolver") == true)
        #expect(held.first?.readers?.contains("mox") == false)
        // It fetches every few minutes.
        #expect(held.first?.readers?.contains("chasquid") == false)
        #expect(scene.assessment.state == .bouncing)
        #expect(scene.finding(.policyChangedSameID)?.severity == .critical)
        // The same without the blank line is missed by nobody.
        let harmless = Scene().with {
            $0.body = Self.both
            $0.remember(ago: Scene.day)
            $0.body = nil
        }
        #expect(harmless.assessment.findings.isEmpty && harmless.assessment.state == .ok)
    }

    /// mailauth alone reads `mode: Enforce`; it fetches again when its copy runs out.
    @Test func whoFetchesAgainHoldsItNoLongerThanMaxAge() {
        let scene = Scene().with {
            $0.mode = "Enforce"
            $0.patterns = ["old.example.com"]
            $0.remember(ago: Scene.day)
            ($0.mode, $0.patterns) = (Scene().mode, Scene().patterns)
            $0.remember(ago: 3_600)
        }
        #expect(Self.held(scene).map(\.readers) == [["mailauth (ZoneMTA)"]])
        #expect(Self.held(scene).map(\.until) == [Scene.now - 3_600 + 604_800])
    }

    @Test func aTypeThatSomeDoNotLookAtIsHeldByThem() {
        var scene = Scene().with { $0.remember(ago: 20 * Scene.day) }
        scene.contentType = "text/html"
        scene.patterns = ["old.example.com"]
        for ago in [15, 2] { scene.remember(ago: Double(ago) * Scene.day) }
        #expect(
            Set(Self.held(scene.with { $0.now -= 2 * Scene.day }).flatMap { $0.readers ?? [] }) == [
                "mox", "postfix-tlspol",
            ])
        // Whoever looks at the type keeps what was served before.
        #expect(Self.held(scene.with { $0.now -= 2 * Scene.day }).contains { $0.readers == nil && $0.holders == .id })
        scene.contentType = "text/plain"
        scene.patterns = Scene().patterns
        scene.publish("2")
        scene.remember(ago: Scene.day)
        #expect(Self.held(scene).map(\.readers) == [["postfix-tlspol"]])
        #expect(scene.assessment.cached.map(\.delivery) == [.refused])
        #expect(scene.assessment.state == .risk)
    }

    @Test func aPageThatIsAnotherOneAtEachLookIsOneVersion() {
        var scene = Scene()
        for round in 0..<5 {
            scene.body = Self.both + "\nnote: \(round)\n"
            scene.remember(ago: Double(3_600 - 600 * round))
        }
        #expect(scene.memory.sideVersions.count == 1)
        #expect(scene.memory.sideVersions.first?.lastSeen == Scene.now - 1_200)
    }

    @Test func queuesOfThoseWhoReadItGiveUp() {
        let scene = Scene().with { $0.body = Self.old }
        var memory = scene.memory.observing(scene.evidence, now: scene.now)
        let stamped = memory.stamp(scene.assessment)
        #expect(stamped.bouncesAt == Scene.now)
        #expect(stamped.queuesGiveUp.map(\.sender) == ["Stalwart", "chasquid", "Postfix"])
        let later = scene.with { $0.now += 3_600 }
        #expect(memory.stamp(later.assessment).queuesGiveUp == stamped.queuesGiveUp)
    }

    @Test func theMemoryOfThemIsStored() throws {
        let scene = Scene().with {
            $0.remember(ago: 7_200)
            $0.body = Self.old
            $0.remember(ago: 3_600)
        }
        let data = try JSONEncoder().encode(scene.memory)
        #expect(try JSONDecoder().decode(DomainMemory.self, from: data) == scene.memory)
        let later = scene.memory.observing(scene.evidence, now: scene.now)
        #expect(later.agrees(with: scene.memory) && later != scene.memory)
        var restored = scene.memory
        restored.moments = later.moments
        #expect(restored == later)
        // Rows that were written before there was any such thing are read.
        let plain = Scene().with { $0.remember(ago: 0) }.memory
        let text = String(decoding: try JSONEncoder().encode(plain), as: UTF8.self)
        #expect(!text.contains("aside") && !text.contains("readers"))
        #expect(try JSONDecoder().decode(DomainMemory.self, from: Data(text.utf8)) == plain)
    }

    // MARK: Plans

    @Test func theEndWaitsForThoseWhoReadIt() throws {
        let plan = Scene().with { $0.body = Self.both }.plan { $0.removesSTS = true }
        #expect(plan.steps.map(\.what.first) == ["S", "C", "R"])
        #expect(plan.steps[0].lines.contains("mode: none"))
        #expect(plan.steps[2].notBefore == Scene.now + 604_800 + 300)
    }

    @Test func aNewMXWaitsForThoseWhoReadIt() throws {
        let new = Scene.Host("new.example.net", "198.51.100.7")
        let plan = Scene().with { $0.body = Self.both }.plan(new: [new]) {
            $0.addedMX = [MXHost(preference: 5, host: Scene.name("new.example.net"))]
            $0.removedMX = [Scene.name("mx1.example.com"), Scene.name("mx2.example.com")]
        }
        #expect(plan.harmsSomebody)
        #expect(plan.steps.first?.lines.contains("mx: new.example.net") == true)
        #expect(plan.step("Publish the new MX records")?.notBefore == Scene.now + 604_800)
    }
}

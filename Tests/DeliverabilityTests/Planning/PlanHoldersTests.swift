import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Plans for a domain of which senders hold more than the policy that is served.
@Suite struct PlanHoldersTests {
    private static let week: TimeInterval = 604_800
    private static let new = Scene.Host("new.example.net", "198.51.100.7")
    private static let newMX = MXHost(preference: 5, host: Scene.name("new.example.net"))
    private static let all = ["mx1.example.com", "mx2.example.com", "new.example.net"]

    @Test(arguments: [nil, "2", "20260101T1"])
    func eachPolicyThatIsServedHasAnIDOfItsOwn(wanted: String?) {
        let plan = Scene().plan(new: [Self.new]) {
            $0.addedMX = [Self.newMX]
            $0.removedMX = [Scene.name("mx1.example.com"), Scene.name("mx2.example.com")]
            $0.policyBody = Scene.policy("enforce", ["new.example.net"])
            $0.recordID = wanted
        }
        #expect(plan.ids.count == 2 && Set(plan.ids).count == 2)
        // The id of today stands for the policy of today.
        #expect(!plan.ids.contains("20260101T1"))
        if wanted == "2" { #expect(plan.ids.last == "2") }
        #expect(plan.steps.filter { $0.what == "Serve this policy." }.count == 2)
    }

    @Test func aPolicyThatNamesOldAndNewHostsIsServedAtOnce() {
        let plan = Scene().plan(new: [Self.new]) {
            $0.addedMX = [Self.newMX]
            $0.policyBody = Scene.policy("enforce", Self.all)
        }
        #expect(plan.steps.map(\.what.first) == ["S", "T", "P"])
        #expect(plan.steps[0].lines.contains("mx: new.example.net"))
        #expect(plan.steps[2].notBefore == Scene.now + Self.week)
    }

    /// The served policy names the new host since an hour; its forerunner does not and is held by its expiry.
    private var widened: Scene {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.patterns = Self.all
        return scene
    }

    @Test func aNewMXWaitsForTheCopiesThatDoNotNameIt() throws {
        var scene = widened
        scene.publish("2")
        let plan = scene.plan(new: [Self.new]) { $0.addedMX = [Self.newMX] }
        #expect(plan.ids.isEmpty)
        let publish = try #require(plan.step("Publish the new MX records"))
        #expect(publish.notBefore == Scene.now + Self.week)
        #expect(!publish.why.contains("covers these hosts"))
    }

    @Test func anIDThatStandsForAnOlderPolicyIsChangedFirst() throws {
        let plan = widened.plan(new: [Self.new]) { $0.addedMX = [Self.newMX] }
        #expect(plan.steps.first?.what == "Change the id of the TXT record.")
        #expect(plan.ids.count == 1 && plan.ids != ["20260101T1"])
        #expect(plan.step("Publish the new MX records")?.notBefore == Scene.now + Self.week)
    }

    @Test func aPolicyThatCannotBeHadIsServedAgainBeforeAnMXIsAdded() throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.fetchFailure = .status(404)
        let plan = scene.plan(new: [Self.new]) { $0.addedMX = [Self.newMX] }
        #expect(plan.steps.map(\.what.first) == ["S", "T", "P"])
        #expect(plan.steps[0].lines.filter { $0.hasPrefix("mx: ") } == Self.all.map { "mx: \($0)" })
        #expect(plan.steps[2].notBefore == Scene.now + Self.week)
    }

    /// Enforce for old.example.net until half an hour ago, and the MX records moved with the policy.
    private func moved(_ served: [String] = ["mx1.example.com", "mx2.example.com"]) -> Scene {
        Scene().with {
            $0.patterns = ["old.example.net"]
            $0.remember(ago: 3_600)
            $0.patterns = served
            $0.publish("2")
            $0.remember(ago: 1_800)
        }
    }

    private static let oldMX = MXHost(preference: 20, host: Scene.name("old.example.net"))

    /// Senders that hold the old policy are refused everywhere; the others have a host that they take.
    @Test func aHostThatEndsARefusalDoesNotWait() throws {
        let old = Scene.Host("old.example.net", "198.51.100.9")
        let plan = moved().plan(new: [old]) { $0.addedMX = [Self.oldMX] }
        #expect(plan.steps.map(\.what.first) == ["S", "T", "P"])
        #expect(plan.steps.map(\.notBefore) == [nil, nil, nil])
        #expect(plan.steps[2].why.hasPrefix("Until then senders that hold an older policy are refused by every MX"))
        // One that nobody's old policy lists ends no refusal, and one that goes takes something away.
        let both = moved().plan(new: [old, Self.new]) { $0.addedMX = [Self.oldMX, Self.newMX] }
        #expect(both.step("Publish the new MX records")?.notBefore == Scene.now + Self.week)
        let swap = moved().plan(new: [old]) {
            $0.addedMX = [Self.oldMX]
            $0.removedMX = [Scene.name("mx1.example.com")]
        }
        #expect(swap.step("Publish the new MX records")?.notBefore == Scene.now + Self.week)
    }

    /// Whoever is refused everywhere today is not made worse off by one more host.
    @Test func nobodyWaitsForSendersThatAreRefusedEverywhere() throws {
        let plan = moved(Self.all).plan(new: [Self.new]) { $0.addedMX = [Self.newMX] }
        let publish = try #require(plan.step("Publish the new MX records"))
        #expect(publish.notBefore == nil)
        #expect(publish.why == "Whoever holds a policy without these hosts is refused by every MX now, too.")
    }

    @Test func theLastHostOfACopyStaysUntilTheCopyIsGone() throws {
        var scene = Scene()
        scene.patterns = ["mx1.example.com"]
        scene.remember(ago: 3_600)
        scene.patterns = ["mx1.example.com", "mx2.example.com"]
        scene.publish("2")
        let first = scene.plan { $0.removedMX = [Scene.name("mx1.example.com")] }
        #expect(first.step("Remove the MX record")?.notBefore == Scene.now + Self.week)
        #expect(first.step("Switch off")?.notBefore == Scene.now + Self.week + 300)
        // The other one is in no copy: nobody misses it.
        let second = scene.plan { $0.removedMX = [Scene.name("mx2.example.com")] }
        #expect(second.step("Remove the MX record")?.notBefore == nil)
    }

    @Test func hostsThatStayAreListedBeforeTheListedOneGoes() throws {
        let scene = Scene().with { $0.patterns = ["mx1.example.com"] }
        let plan = scene.plan { $0.removedMX = [Scene.name("mx1.example.com")] }
        #expect(plan.steps.first?.lines.contains("mx: mx2.example.com") == true)
        #expect(plan.step("Remove the MX record")?.notBefore == Scene.now + Self.week)
    }

    @Test func aPolicyWithoutTheNewMXIsNotServed() throws {
        let plan = Scene().plan(new: [Self.new]) {
            $0.addedMX = [Self.newMX]
            $0.policyBody = Scene.policy("enforce", ["mx1.example.com", "mx2.example.com", "x.example.net"])
        }
        #expect(plan.steps.last?.what.hasPrefix("Add a line for new.example.net") == true)
        #expect(!plan.steps.contains { $0.lines.contains("mx: x.example.net") })
    }

    @Test func hostsThatAPolicyBeginsToBindAreRepairedFirst() {
        let scene = Scene().with { $0.mode = "testing" }.firstSession {
            $0.starttls = .missing
            $0.hasTLS = false
        }
        let plan = scene.plan { $0.policyBody = Scene.policy("enforce", ["mx1.example.com", "mx2.example.com"]) }
        #expect(plan.steps.first?.what == "Repair mx1.example.com first: no STARTTLS.")
    }

    // MARK: The end of MTA-STS

    /// Mode none under the id of the policy in force: who goes by the id enforces for ever.
    @Test func theEndWaitsForThoseWhoGoByAnIDThatStands() throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.mode = "none"
        let plan = scene.plan { $0.removesSTS = true }
        #expect(plan.steps.map(\.what.first) == ["C", "R"])
        #expect(plan.ids.count == 1)
        #expect(plan.steps[1].notBefore == Scene.now + Self.week + 300)
    }

    @Test func theEndServesModeNoneWhereThePolicyCannotBeHad() throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.fetchFailure = .status(404)
        let plan = scene.plan { $0.removesSTS = true }
        #expect(plan.steps.map(\.what.first) == ["S", "C", "R"])
        #expect(plan.steps[0].lines.contains("mode: none") && plan.steps[0].lines.contains("mx: mx2.example.com"))
        #expect(plan.steps[2].notBefore == Scene.now + Self.week + 300)
    }

    /// Whoever has not looked since the day before keeps its copy for the rest of the week.
    @Test func theEndWaitsForThoseWhoHaveNotLookedSince() throws {
        var scene = Scene()
        scene.remember(ago: 3_600)
        scene.mode = "none"
        scene.publish("2")
        scene.now += 86_400
        let seen = scene.now
        let plan = scene.with { $0.remember(ago: 80_000) }.plan { $0.removesSTS = true }
        #expect(plan.steps.count == 1)
        // The first look that saw the other id, and the TTL.
        #expect(plan.steps[0].notBefore == seen - 80_000 + 300 + Self.week)
    }

    @Test func theEndComesBeforeAnMXThatHeldPoliciesDoNotName() throws {
        let plan = Scene().plan(new: [Self.new]) {
            $0.removesSTS = true
            $0.addedMX = [Self.newMX]
        }
        #expect(plan.step("Publish the new MX records")?.notBefore == Scene.now + Self.week + 300)
    }
}

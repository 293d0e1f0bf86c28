import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// Who still holds which version, and until when.
@Suite struct HoldersTests {
    private static let ttl = 300.0

    private func held(_ scene: Scene, after seconds: TimeInterval = 0) -> [HeldVersion] {
        scene.memory.held(at: scene.now.addingTimeInterval(seconds))
    }

    private func until(_ scene: Scene, _ holders: CachedVerdict.Holders) -> TimeInterval? {
        held(scene).first { $0.holders == holders }?.until.map { $0.timeIntervalSince(scene.now) }
    }

    @Test func nobodyHoldsAnythingElseWhileOneVersionIsServed() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.remember(ago: 0)
        }
        #expect(held(scene).isEmpty)
        #expect(scene.assessment.cached.isEmpty)
    }

    @Test func underTheSameIDTheOldBodyIsHeldForEver() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.patterns.reverse()
            $0.remember(ago: 0)
        }
        #expect(held(scene).map(\.holders) == [.id, .expiry])
        #expect(held(scene).first?.until == nil)
        #expect(until(scene, .expiry) == 604_800)
        #expect(held(scene, after: 400 * Scene.day).map(\.holders) == [.id])
    }

    @Test func anotherIDWithABodyEndsItATTLLater() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.patterns.reverse()
            $0.publish("2")
            $0.remember(ago: 0)
        }
        #expect(until(scene, .id) == Self.ttl)
        #expect(until(scene, .expiry) == 604_800)
        #expect(held(scene, after: Self.ttl).map(\.holders) == [.expiry])
        #expect(held(scene, after: 604_800).isEmpty)
    }

    /// Resolvers remember that there was no record, too; an id in between sends everybody to fetch.
    @Test func whatStoodBetweenDecidesWhoGoesOverAtOnce() {
        func returned(after between: (inout Scene) -> Void) -> Scene {
            Scene().with {
                $0.remember(ago: Scene.day)
                between(&$0)
                $0.fetchFailure = .status(503)
                $0.remember(ago: Scene.day / 2)
                $0.fetchFailure = nil
                $0.patterns.reverse()
                $0.publish("3")
                $0.remember(ago: 0)
            }
        }
        #expect(until(returned { $0.record = DNSAnswer(.noData, dnssec: .insecure) }, .id) == Self.ttl)
        #expect(held(returned { $0.publish("2") }).map(\.holders) == [.expiry])
    }

    @Test func anotherIDWithoutABodyDoesNotEndIt() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.publish("2")
            $0.fetchFailure = .status(404)
            $0.remember(ago: 0)
        }
        #expect(until(scene, .id) == 604_800 + Self.ttl)
        #expect(until(scene, .expiry) == 604_800)
    }

    @Test func withoutARecordCopiesRunOut() {
        let scene = Scene().with {
            $0.remember(ago: 3_600)
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.remember(ago: 0)
        }
        #expect(until(scene, .id) == 604_800 + Self.ttl)
        // The record may be had from a resolver's cache, and the policy with it.
        #expect(until(scene, .expiry) == 604_800 + Self.ttl)
        let back = scene.with {
            $0.now = Scene.now.addingTimeInterval(3 * Scene.day)
            $0.remember(ago: 0)
        }
        #expect(until(back, .id) == 604_800 + Self.ttl - 3 * Scene.day)
        let again = back.with {
            $0.record = Scene().record
            $0.fetchFailure = .status(503)
            $0.remember(ago: 0)
        }
        #expect(held(again).first?.holders == .id && held(again).first?.until == nil)
    }

    @Test func anIDThatReturnsTooLateFindsNobody() {
        let scene = Scene().with {
            $0.remember(ago: 30 * Scene.day)
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.remember(ago: 20 * Scene.day)
            $0.record = Scene().record
            $0.fetchFailure = .status(503)
            $0.remember(ago: 0)
        }
        #expect(held(scene).isEmpty)
    }

    @Test func expiryIsCappedAtThirtyDays() {
        let scene = Scene().with {
            $0.maxAge = "31557600"
            $0.remember(ago: 3_600)
            $0.patterns.reverse()
            $0.remember(ago: 0)
        }
        #expect(until(scene, .expiry) == 30 * Scene.day)
    }

    @Test func ourOwnSilenceChangesNothing() {
        let before = Scene().with { $0.remember(ago: 3_600) }
        let blind = before.with {
            $0.record = DNSAnswer(.failed(.timeout), dnssec: .unknown)
            $0.fetchFailure = .notFetched("no route")
            $0.remember(ago: 0)
        }
        #expect(blind.memory.versions == before.memory.versions)
        #expect(blind.memory.records == before.memory.records)
    }

    @Test func edgesThatTakeTurnsReplaceNothing() {
        var scene = Scene()
        for step in 0..<6 {
            scene.policyAddress = Scene.address(step.isMultiple(of: 2) ? "192.0.2.51" : "192.0.2.52")
            scene.patterns.reverse()
            scene.remember(ago: Double(3_600 - 300 * step))
        }
        #expect(scene.memory.versions.count == 2)
        #expect(scene.memory.versions.allSatisfy { $0.alternates && $0.goneAt == nil })
        let codes = scene.with { $0.now = $0.now.addingTimeInterval(-2_000) }.codes
        #expect(codes.isDisjoint(with: [.policyChangedSameID, .policyIDReused]))
        // From one address it is a change and a change back.
        var plain = Scene()
        for step in 0..<3 {
            plain.patterns.reverse()
            plain.remember(ago: Double(3_600 - 300 * step))
        }
        #expect(plain.memory.versions.count == 3)
    }

    /// Once the addresses agree, whoever holds the other body under the id is told of again.
    @Test func addressesThatAgreeServeOneBodyAgain() {
        var scene = Scene()
        for step in 0..<4 {
            scene.policyAddress = Scene.address(step.isMultiple(of: 2) ? "192.0.2.51" : "192.0.2.52")
            scene.patterns.reverse()
            scene.remember(ago: 100_000 - 300 * Double(step))
        }
        #expect(!scene.with { $0.now = $0.now.addingTimeInterval(-98_500) }.codes.contains(.policyChangedSameID))
        scene.remember(ago: 1_000)
        #expect(scene.memory.versions.allSatisfy { !$0.alternates })
        #expect(scene.codes.contains(.policyChangedSameID))
    }

    @Test func theStateFollowsWhoHoldsIt() {
        let moved = Scene().with {
            $0.patterns = ["old.example.com"]
            $0.remember(ago: 3_600)
            $0.patterns = ["mx1.example.com", "mx2.example.com"]
        }
        #expect(moved.assessment.state == .bouncing)
        #expect(moved.finding(.mxUnlistedInCachedPolicy)?.fix.contains("Change the id") == true)
        let clean = moved.with {
            $0.publish("2")
            $0.remember(ago: 1_800)
        }
        #expect(clean.assessment.state == .risk)
        #expect(clean.assessment.cached.map(\.delivery) == [.refused])
        #expect(clean.finding(.mxUnlistedInCachedPolicy)?.severity == .critical)
        #expect(clean.assessment.verdict(.cached).delivery == .refused)
        let end = Scene.now.addingTimeInterval(604_800 - 1_800)
        #expect(clean.assessment.cached.first?.until == end)
        #expect(clean.finding(.mxUnlistedInCachedPolicy)?.until == end)
        #expect(clean.finding(.mxUnlistedInCachedPolicy)?.fix.contains(Stamp.spoken(end)) == true)
        let turn = clean.assessment.forecast.first { $0.sender == .cached }
        #expect(turn?.at == end && turn?.delivery == Delivery.none)
        #expect(clean.with { $0.now = end }.assessment.state == .ok)
    }

    @Test func theFixNamesTheHostToKeep() {
        let scene = Scene().with {
            $0.renameFirst(from: "192.0.2.77")
            $0.patterns = ["mx0.example.com", "mx2.example.com"]
            $0.memory = DomainMemory()
            $0.mx = Scene.found([MXHost(preference: 10, host: Scene.name("mx0.example.com"))])
            $0.patterns = ["mx0.example.com"]
            $0.remember(ago: 7_200)
            $0.mx = Scene().mx
            $0.patterns = ["mx1.example.com", "mx2.example.com"]
            $0.publish("2")
            $0.remember(ago: 3_600)
        }
        let fix = scene.finding(.mxUnlistedInCachedPolicy)?.fix ?? ""
        let words = "mx0.example.com to the policy and change the id, then put it back as MX and keep it until "
        #expect(fix.hasPrefix("Add " + words))
        // Who holds a policy that lists it already need not learn of it.
        let listed = scene.with { $0.patterns.append("mx0.example.com") }
        #expect(
            listed.finding(.mxUnlistedInCachedPolicy)?.fix.hasPrefix("Put mx0.example.com back as MX and keep it")
                == true
        )
        // The plan that does as the finding says does not wait for the senders that it is to help.
        let plan = scene.plan(new: [Scene.Host("mx0.example.com", "192.0.2.80")]) {
            $0.addedMX = [MXHost(preference: 20, host: Scene.name("mx0.example.com"))]
        }
        #expect(plan.steps.map(\.what.first) == ["S", "T", "P"])
        #expect(plan.steps[0].lines.contains("mx: mx0.example.com"))
        #expect(plan.steps.map(\.notBefore) == [nil, nil, nil])
    }

    @Test func whatTurnsBehindADelegationIsNoChange() {
        func pointed(at targets: String...) -> DNSAnswer<[TXTRecord]> {
            DNSAnswer(
                Scene().record?.outcome ?? .noData, dnssec: .insecure, aliases: targets.map { Scene.name($0) }, ttl: 300
            )
        }
        let scene = Scene().with {
            $0.record = pointed(at: "a.example.net", "edge1.example.org")
            $0.remember(ago: 3_600)
            $0.record = pointed(at: "a.example.net", "edge2.example.org")
        }
        #expect(scene.codes.isEmpty)
        #expect(scene.with { $0.record = Scene().record }.codes == [.policyDelegationChanged])
    }

    /// Whoever put the CNAME back has done what the alarm asks for.
    @Test func aDelegationThatIsRestoredIsNoAlarm() {
        func pointed(at target: String) -> DNSAnswer<[TXTRecord]> {
            DNSAnswer(Scene().record?.outcome ?? .noData, dnssec: .insecure, aliases: [Scene.name(target)], ttl: 300)
        }
        var scene = Scene().with { $0.record = pointed(at: "a.example.net") }
        scene.remember(ago: 10 * Scene.day)
        scene.record = pointed(at: "b.example.org")
        scene.remember(ago: 3_600)
        #expect(scene.codes == [.policyDelegationChanged])
        let restored = scene.with { $0.record = pointed(at: "a.example.net") }
        #expect(restored.codes.isEmpty)
        // The next time it is news again.
        let again = restored.with {
            $0.remember(ago: 1_800)
            $0.record = pointed(at: "b.example.org")
        }
        #expect(again.codes == [.policyDelegationChanged])
        // A move that was meant is over; what comes after it is another one.
        let meant = scene.with {
            $0.memory.accept(.policyDelegationChanged, at: Scene.now - 1_800)
            $0.record = pointed(at: "a.example.net")
        }
        #expect(meant.codes == [.policyDelegationChanged])
    }

    /// A record that was gone in between changed no body.
    @Test func aChangeUnderTheSameIDIsDatedByTheBody() throws {
        let scene = Scene().with {
            $0.remember(ago: 2 * Scene.day)
            ($0.record, $0.isFetched) = (Scene.found([]), false)
            $0.remember(ago: Scene.day)
            ($0.record, $0.isFetched) = (Scene().record, true)
            $0.patterns.reverse()
            $0.remember(ago: 3_600)
        }
        let finding = try #require(scene.finding(.policyChangedSameID))
        #expect(finding.evidence.contains("on \(Stamp.text(Scene.now - 3_600)), the id"))
    }

    @Test func versionsAreBounded() {
        var scene = Scene()
        scene.maxAge = "31557600"
        for number in 0..<110 {
            scene.patterns = ["mx\(number).example.com"]
            scene.remember(ago: Double(200_000 - number * 1_000))
        }
        #expect(scene.memory.versions.count == 100)
        #expect(scene.assessment.cached.count == 20)
        let long = (0..<600).map { "host\($0)-of-a-long-list.example.com" }
        for number in 0..<14 {
            scene.patterns = ["mx\(number).example.com"] + long
            scene.remember(ago: Double(80_000 - number * 1_000))
        }
        #expect(scene.memory.versions.reduce(0) { $0 + $1.body.count } <= 262_144)
    }

    @Test func whatWasServedBeforeIsSaidToBeUnknownForAYear() {
        let scene = Scene().with { $0.remember(ago: 3_600) }
        #expect(scene.assessment.versionsKnownSince == Scene.now.addingTimeInterval(-3_600))
        let later = scene.with { $0.now = Scene.now.addingTimeInterval(31_557_600) }
        #expect(later.assessment.versionsKnownSince == nil)
    }
}

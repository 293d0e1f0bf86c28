import Foundation
import Testing

@testable import Deliverability

/// Plans for random domains with failing hosts, new certificates and TLSA records, walked through.
@Suite struct PlanWalkTests {
    /// So many plans in the everyday run; more, and others, with `STSWATCH_PLAN_WALKS` and `STSWATCH_PLAN_FIRST`.
    private static let walks = ProcessInfo.processInfo.environment["STSWATCH_PLAN_WALKS"].flatMap(Int.init) ?? 300

    private static let first = ProcessInfo.processInfo.environment["STSWATCH_PLAN_FIRST"].flatMap(Int.init) ?? 1

    @Test func noStepRefusesMailThatWasTaken() {
        var (steps, mails, failed) = (0, 0, 0)
        for seed in Self.first..<(Self.first + Self.walks) {
            let scene = WalkScene(seed)
            var walk = PlanWalk(scene)
            walk.run()
            steps += walk.stepCount
            mails += walk.mails
            guard let first = walk.faults.first else { continue }
            failed += 1
            if failed <= 10 { print("walk \(seed): \(first)\n\(scene.summary)\n\(walk.words)") }
        }
        print("plan walks: \(Self.walks), \(steps) steps, \(mails) mails; with a fault \(failed)")
        #expect(failed == 0)
        // Walks in which nothing is done would prove nothing.
        #expect(steps > Self.walks && mails > 100 * Self.walks)
    }

    /// Senders that hold an older policy are refused by the only MX; the new host takes their mail, and is passed over
    /// by those that hold the policy of today and have the other one.
    @Test func aHostThatEndsARefusalIsPublishedBeforeTheRefusalIsOver() {
        var walk = PlanWalk(WalkScene(881))
        walk.run()
        #expect(walk.isRescue)
        #expect(walk.faults.isEmpty, "\(walk.words)")
    }
}

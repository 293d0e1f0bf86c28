import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// The clock is set while the watch goes on.
@Suite(.timeLimit(.minutes(5))) struct ClockTests {
    private let one = FakeNetwork.name("one.example")
    private let host = FakeNetwork.address("198.18.1.1")

    private func watched() async -> Watcher {
        let watcher = await Watcher.ofOne()
        _ = await watcher.wait(400) { _ in false }
        return watcher
    }

    @Test(
        "Whichever way it is set, what turns is told as soon as ever", arguments: [-3.0, -21_600, -86_400, 3, 21_600])
    func isSet(by seconds: TimeInterval) async {
        let watcher = await watched()
        watcher.time.set(by: seconds)
        watcher.network.tables.withLock { $0.stripped = [host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(await watcher.wait { $0.statuses[one]?.assessment?.state == .bouncing })
        #expect(watcher.seen.changes.allSatisfy { $0.at <= watcher.time.now })
        // What is believed was not seen later than now.
        let evidence = await watcher.on { [one] in await $0.evidence(of: one) }
        #expect(evidence?.mx.map { $0.at <= watcher.time.now && $0.since <= $0.at } == true)
    }

    @Test("Set back, it leaves what did not turn as it is", arguments: [-3.0, -21_600, 21_600])
    func nothingTurned(by seconds: TimeInterval) async {
        let watcher = await watched()
        watcher.time.set(by: seconds)
        _ = await watcher.wait(1_200) { _ in false }
        #expect(watcher.seen.changes.isEmpty && watcher.seen.condition == .sound)
    }

    /// A bad look waits for its second look, however far the clock is set forward meanwhile.
    @Test func setForwardIsNoPatience() async {
        let watcher = await watched()
        for (seconds, waited) in [(21_600.0, 0.0), (30, 30)] {
            let found = await watcher.on { [one, time = watcher.time] in await $0.waited(one, time, setBy: seconds) }
            #expect(found == waited)
        }
    }

    /// The wait between a fetch that failed and the next is as long as it was (RFC 8461 3.3).
    @Test func aFailedFetchIsNotRepeatedSooner() async {
        let watcher = await watched()
        let policyHost = "mta-sts.one.example"
        watcher.network.tables.withLock { tables in
            tables.policies[policyHost] = PolicyFetch(host: FakeNetwork.name(policyHost), failure: .status(404))
        }
        await watcher.handle(.recheck([one]))
        #expect(await watcher.wait { $0.statuses[one]?.assessment?.policy?.policy == nil })
        let before = watcher.network.tables.withLock { $0.fetches }
        watcher.time.set(by: -21_600)
        _ = await watcher.wait(120) { _ in false }
        #expect(watcher.network.tables.withLock { $0.fetches } == before)
        #expect(await watcher.wait(400) { _ in watcher.network.tables.withLock { $0.fetches } != before })
    }

    /// Nor is an address of a policy host that failed held back for longer.
    @Test func anEdgeThatFailedIsAskedAgainInTime() {
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        let name = FakeNetwork.name("mta-sts.one.example")
        var book = PolicyEdgeBook()
        book.note(PolicyFetch(host: name, address: host, failure: .status(404)), at: now)
        book.setBack(by: 3_600)
        #expect(book.isHeld(name, host, for: 300, now: now - 3_600 + 299))
        #expect(!book.isHeld(name, host, for: 300, now: now - 3_600 + 301))
    }

    /// An answer from before the clock was set back is none that came after a silence.
    @Test func anOldAnswerVouchesForNobody() {
        let now = Date(timeIntervalSince1970: 1_795_000_000)
        var health = NetworkHealth()
        health.answered(.smtpIPv4, target: "other", at: now)
        let later = now - 3_600 + 60
        health.setBack(by: 3_600)
        health.silence(.smtpIPv4, target: "one", at: later)
        #expect(!health.vouches(for: .smtpIPv4, target: "one", now: later + 1))
        health.answered(.smtpIPv4, target: "other", at: later + 2)
        #expect(health.vouches(for: .smtpIPv4, target: "one", now: later + 3))
    }

    @Test func aMuteByHandHoldsOn() async {
        let watcher = await watched()
        await watcher.handle(.mute([one], until: watcher.time.now + 1_800))
        #expect(await watcher.wait(5) { $0.statuses[one]?.isMuted == true })
        watcher.time.set(by: -3_600)
        watcher.network.tables.withLock { $0.stripped = [host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(watcher.seen.rings.isEmpty && watcher.seen.statuses[one]?.isMuted == true)
    }
}

extension Poller {
    /// For how long a bad verdict that comes now has waited for its second look once the clock was set.
    fileprivate func waited(_ domain: DomainName, _ time: ManualTime, setBy seconds: TimeInterval) -> TimeInterval? {
        readClock()
        domains[domain]?.confirmingSince = time.now
        time.set(by: seconds)
        readClock()
        return domains[domain]?.confirmingSince.map { time.now.timeIntervalSince($0) }
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import Testing

@testable import Polling

/// What is told aloud, and when.
@Suite(.timeLimit(.minutes(2))) struct RingTests {
    @Test func maintenanceRingsNobodyUntilItIsOver() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        await watcher.poller.handle(
            .watch([
                WatchEntry(domain: FakeNetwork.name("one.example"), options: WatchOptions(mutes: [window])),
                WatchEntry(domain: FakeNetwork.name("two.example")),
            ]))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.changes.count == 2 })
        #expect(await watcher.wait(until: { !$0.rings.isEmpty }))
        #expect(watcher.seen.rings.map(\.domain.text) == ["two.example"])
        #expect(watcher.seen.statuses[FakeNetwork.name("one.example")]?.isMuted == true)
        // Still broken when the work should be done: now it rings.
        #expect(await watcher.wait(2_400) { $0.rings.contains { $0.domain.text == "one.example" } })
        #expect(watcher.time.now >= window.end)
    }

    @Test func whatIsRepairedWithinMaintenanceNeverRings() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        let entry = WatchEntry(domain: FakeNetwork.name("one.example"), options: WatchOptions(mutes: [window]))
        await watcher.poller.handle(.watch([entry]))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { $0.changes.count == 2 })
        #expect(await watcher.wait(2_700) { _ in watcher.time.now > window.end + 400 })
        #expect(watcher.seen.rings.isEmpty)
    }
}

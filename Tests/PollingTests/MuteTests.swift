import Deliverability
import FoundationEssentials
import MTASTS
import Polling
import Synchronization
import TestSupport
import Testing

/// Muting by hand, while the watch goes on.
@Suite(.timeLimit(.minutes(5))) struct MuteTests {
    private let one = FakeNetwork.name("one.example")
    private let host = FakeNetwork.address("198.18.1.1")

    @Test("Muted by hand: it turns and does not ring; what is so still when the mute ends does")
    func rings() async {
        let watcher = await Watcher.ofOne()
        let until = watcher.time.now + 1_800
        await watcher.handle(.mute([one, FakeNetwork.name("other.example")], until: until))
        #expect(await watcher.wait(5) { $0.statuses[one]?.isMuted == true })
        #expect(watcher.seen.statuses[one]?.mutedUntil == until)
        watcher.network.tables.withLock { $0.stripped = [host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(watcher.seen.rings.isEmpty)
        #expect(await watcher.wait(2_400) { !$0.rings.isEmpty && $0.statuses[one]?.isMuted == false })
        #expect(watcher.time.now >= until)
    }

    @Test("A mute that is taken back rings at once for what turned under it")
    func takenBack() async {
        let watcher = await Watcher.ofOne()
        await watcher.handle(.mute([one], until: watcher.time.now + 86_400))
        watcher.network.tables.withLock { $0.stripped = [host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(watcher.seen.rings.isEmpty)
        await watcher.handle(.mute([one], until: nil))
        #expect(await watcher.wait(5) { $0.rings.count == 1 && $0.statuses[one]?.isMuted == false })
    }

    @Test("A new list does not undo it")
    func survivesTheList() async {
        let watcher = await Watcher.ofOne()
        await watcher.handle(.mute([one], until: watcher.time.now + 600))
        await watcher.handle(.watch([WatchEntry(domain: one, tags: ["new"])]))
        #expect(await watcher.wait(5) { $0.statuses[one]?.tags == ["new"] && $0.statuses[one]?.isMuted == true })
    }
}

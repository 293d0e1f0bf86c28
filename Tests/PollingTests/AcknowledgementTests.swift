import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What somebody acknowledged by another program on the same history.
@Suite(.timeLimit(.minutes(5))) struct AcknowledgementTests {
    private let one = FakeNetwork.name("one.example")
    private static let nullMX = DNSAnswer<[MXHost]>(.found([MXHost(preference: 0, host: nil)]), dnssec: .insecure)

    private func withdrawn(_ history: TransientHistory, _ time: ManualTime) async -> Watcher {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await watcher.wait { $0.statuses[one]?.assessment != nil })
        network.tables.withLock { $0.mx["one.example"] = Self.nullMX }
        #expect(await watcher.wait { $0.changes.map(\.code) == [.mxNull] })
        #expect(watcher.state("one.example") == .bouncing)
        return watcher
    }

    @Test func isTakenInWhileTheWatchGoesOn() async {
        let (history, time) = (TransientHistory(), ManualTime())
        let watcher = await withdrawn(history, time)
        let answered = await history.acknowledge(watcher.seen.changes.map(\.id), at: time.now)
        await watcher.on { await $0.accept(answered) }
        #expect(await watcher.wait { $0.statuses[one]?.assessment?.state != .bouncing })
        // Once more it is news once more, and what was said of the first says nothing of it.
        let network = watcher.network
        network.tables.withLock {
            $0.mx["one.example"] = DNSAnswer(
                .found([MXHost(preference: 10, host: FakeNetwork.name("mx.one.example"))]), dnssec: .insecure)
        }
        #expect(await watcher.wait { $0.statuses[one]?.assessment?.hosts.isEmpty == false })
        network.tables.withLock { $0.mx["one.example"] = Self.nullMX }
        #expect(await watcher.wait { $0.statuses[one]?.assessment?.state == .bouncing })
        await watcher.on { await $0.accept(answered) }
        #expect(await !watcher.wait(900) { $0.statuses[one]?.assessment?.state != .bouncing })
    }

    @Test func isTakenInAtTheNextStart() async {
        let (history, time) = (TransientHistory(), ManualTime())
        var watcher = await withdrawn(history, time)
        let network = watcher.network
        let told = watcher.seen.changes.map(\.id)
        watcher = await Watcher(network, domains: [], time: time, history: history)
        _ = await history.acknowledge(told, at: time.now)
        watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await watcher.wait { $0.statuses[one]?.assessment != nil })
        #expect(watcher.state("one.example") != .bouncing)
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What strikes several addresses at once is one change.
@Suite(.timeLimit(.minutes(5))) struct IncidentTests {
    private static let one = FakeNetwork.name("one.example")
    private static let first = ["198.18.1.1", "198.18.1.2"].map(FakeNetwork.address)
    private static let all = first + [FakeNetwork.address("198.18.1.3")]

    /// Two MX hosts, the first of which has two addresses; each is looked at in its own rhythm.
    private static func watched() async -> Watcher {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx1.one.example", "198.18.1.1"), ("mx2.one.example", "198.18.1.3")])
        network.tables.withLock { $0.addresses["mx1.one.example"] = first }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        // Their rhythms part.
        _ = await watcher.wait(400) { _ in false }
        #expect(watcher.seen.changes.isEmpty)
        return watcher
    }

    private static func steps(_ watcher: Watcher) -> [[DomainState]] {
        watcher.seen.changes.map { [$0.stateBefore, $0.stateAfter] }
    }

    @Test func whatStrikesEveryHostIsToldAndMendedOnce() async {
        let watcher = await Self.watched()
        watcher.network.tables.withLock { $0.stripped = Set(Self.all) }
        #expect(await watcher.wait { $0.statuses[Self.one]?.state == .bouncing })
        #expect(await !watcher.wait(400) { $0.changes.count > 1 })
        watcher.network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { $0.statuses[Self.one]?.state == .ok })
        #expect(await !watcher.wait(400) { $0.changes.count > 2 })
        #expect(Self.steps(watcher) == [[.ok, .bouncing], [.bouncing, .ok]])
        #expect(watcher.seen.rings.map(\.id) == watcher.seen.changes.map(\.id))
    }

    /// The others had their look just before it struck.
    @Test func whatWasLookedAtJustBeforeIsLookedAtAgain() async {
        let watcher = await Self.watched()
        func probes() -> [Int] { watcher.network.tables.withLock { $0.probes.values.sorted() } }
        let before = probes()
        await watcher.handle(.recheck([Self.one]))
        #expect(await watcher.wait(5) { _ in zip(probes(), before).allSatisfy { $0 > $1 } })
        watcher.network.tables.withLock { $0.stripped = Set(Self.all) }
        let now = watcher.time.now
        await watcher.on { poller in
            await poller.lookSoon(poller.session(Self.first[0], FakeNetwork.name("mx1.one.example")), now)
            await poller.wake()
        }
        #expect(await watcher.wait { !$0.changes.isEmpty })
        #expect(Self.steps(watcher) == [[.ok, .bouncing]])
    }

    @Test func aBadCertificateAtBothAddressesOfAHostIsOneChange() async {
        let watcher = await Self.watched()
        watcher.network.tables.withLock { $0.expired = Set(Self.first) }
        #expect(await watcher.wait { $0.statuses[Self.one]?.state == .risk })
        #expect(await !watcher.wait(400) { $0.changes.count > 1 })
        #expect(Self.steps(watcher) == [[.ok, .risk]])
        #expect(watcher.seen.changes[0].turns == [Change.Turn(sender: .mtaSTS, from: .delivers, to: .partial)])
    }

    /// What comes later is a change of its own.
    @Test func theRestOfTheHostsStillBounces() async {
        let watcher = await Self.watched()
        watcher.network.tables.withLock { $0.stripped = Set(Self.first) }
        #expect(await watcher.wait { $0.changes.count == 1 })
        watcher.network.tables.withLock { $0.stripped = Set(Self.all) }
        #expect(await watcher.wait { $0.statuses[Self.one]?.state == .bouncing })
        #expect(Self.steps(watcher) == [[.ok, .risk], [.risk, .bouncing]])
        #expect(watcher.seen.rings.count == 2)
    }

    /// Nobody waits for long for the address beside it.
    @Test func aServerThatHangsHoldsNothingUp() async {
        let watcher = await Self.watched()
        func probes() -> Int {
            watcher.network.tables.withLock { tables in
                tables.probes.filter { $0.key.address != Self.first[1] }.values.reduce(0, +)
            }
        }
        let before = probes()
        watcher.network.tables.withLock { tables in
            (tables.stripped, tables.hanging) = ([Self.first[0], Self.all[2]], [Self.first[1]])
        }
        #expect(await watcher.wait { _ in probes() > before })
        #expect(await watcher.wait(30) { !$0.changes.isEmpty })
        #expect(Self.steps(watcher) == [[.ok, .risk]])
        watcher.network.letProbesEnd()
    }
}

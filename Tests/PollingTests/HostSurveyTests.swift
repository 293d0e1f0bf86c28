import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// The look at a host that no watched domain names, for a plan.
@Suite(.timeLimit(.minutes(5))) struct HostSurveyTests {
    private static let one = FakeNetwork.name("one.example")
    private static let new = FakeNetwork.name("new.example")

    private static func probes(_ network: FakeNetwork) -> Int {
        network.tables.withLock { $0.probes.values.reduce(0, +) }
    }

    @Test func whatIsWatchedIsNotLookedAtAgain() async throws {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let before = Self.probes(network)
        let seen = await watcher.on { await $0.survey(FakeNetwork.name("mx.shared.example"), for: Self.one) }
        #expect(seen.sessions.first?.value.tls != nil && seen.tlsa != nil)
        #expect(Self.probes(network) == before)
    }

    /// All addresses side by side, but none while another connection to it is open.
    @Test func itsAddressesAreAskedWithinTheLimitsOfAll() async throws {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { tables in
            tables.addresses["new.example"] = (1...3).map { FakeNetwork.address("198.18.1.\($0)") }
            tables.holdsProbes = true
        }
        await watcher.handle(.recheck([Self.one]))
        #expect(await watcher.wait(5) { _ in network.tables.withLock { $0.held.count } == 1 })
        let look = Task(executorPreference: watcher.executor) { [poller = watcher.poller] in
            await poller.survey(Self.new, for: Self.one)
        }
        #expect(await watcher.wait(5) { _ in network.tables.withLock { $0.held.count } == 3 })
        network.letProbesEnd()
        let seen = await look.value
        #expect(seen.sessions.map(\.value.key.address.description) == (1...3).map { "198.18.1.\($0)" })
        #expect(seen.sessions.allSatisfy { $0.value.tls != nil })
        #expect(network.tables.withLock { $0.mostOpen } == 1)
    }

    @Test func whatFailsIsLookedAtTwiceAlsoAfterTheRound() async {
        let network = FakeNetwork.pair()
        let round = await OneRound(network, domains: ["one.example"])
        await round.run()
        network.tables.withLock { tables in
            tables.addresses["new.example"] = [FakeNetwork.address("198.18.1.1")]
            tables.stripped = [FakeNetwork.address("198.18.1.1")]
        }
        let before = Self.probes(network)
        let seen = await round.executor.run { await round.poller.survey(Self.new, for: Self.one) }
        #expect(seen.sessions.first?.value.starttls == .missing)
        #expect(Self.probes(network) == before + 2)
    }

    /// What a run leaves under way when it is ended holds no place, and the next run looks at it.
    @Test func aRunThatIsEndedLeavesNothingUnderWay() async {
        let network = FakeNetwork.pair()
        network.add("three.example", hosts: [("mx.three.example", "198.18.1.1")])
        network.tables.withLock { $0.holdsProbes = true }
        let (time, executor) = (ManualTime(), CountingExecutor())
        let box = Watcher.Told.Box()
        var settings = PollSettings()
        settings.allowPrivate = true
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: TransientHistory(), time: time, executor: executor, tell: { box.take($0) })
        await executor.run {
            await poller.handle(.watch([Self.one, FakeNetwork.name("three.example")].map { WatchEntry(domain: $0) }))
        }
        let first = Task(executorPreference: executor) { await poller.run() }
        await executor.idle { await poller.pass() }
        #expect(network.tables.withLock { !$0.held.isEmpty })
        first.cancel()
        network.letProbesEnd()
        await first.value
        network.tables.withLock { $0.addresses["new.example"] = [FakeNetwork.address("198.18.1.1")] }
        let seen = await executor.run { await poller.survey(Self.new, for: Self.one) }
        #expect(seen.sessions.first?.value.tls != nil)
        let second = Task(executorPreference: executor) { await poller.run() }
        for _ in 0..<900 where box.contents.withLock({ !Watcher.allJudged(2)($0) }) {
            await executor.idle { await poller.pass() }
            time.advance(1)
        }
        #expect(box.contents.withLock { Watcher.allJudged(2)($0) })
        second.cancel()
        await second.value
        #expect(network.tables.withLock { $0.mostOpen } == 1)
    }
}

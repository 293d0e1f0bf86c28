import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What is polled, for whom, and how often.
@Suite(.timeLimit(.minutes(5))) struct PollerTests {
    @Test func oneProbeServesEveryDomainThatNeedsIt() async {
        let watcher = await Watcher(.pair(), domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        #expect(watcher.state("one.example") == .ok && watcher.state("two.example") == .ok)
        #expect(watcher.network.tables.withLock { $0.probes.values.reduce(0, +) } == 1)
    }

    @Test func whatWasSeenOfAHostOutlastsThePoller() async throws {
        let network = FakeNetwork.pair()
        let history = TransientHistory()
        let host = FakeNetwork.name("mx.shared.example")
        do {
            let watcher = await Watcher(network, domains: ["one.example", "two.example"], history: history)
            #expect(await watcher.wait(until: Watcher.allJudged(2)))
            let memory = try #require(await history.memory(ofHost: host))
            #expect(memory.addresses.first?.starttlsOffered != nil)
            #expect(memory.addresses.first?.certificates.count == 1)
        }
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        let restarted = await Watcher(network, domains: ["two.example"], history: history)
        #expect(await restarted.wait(until: Watcher.allJudged(1)))
        let assessment = restarted.seen.statuses[FakeNetwork.name("two.example")]?.assessment
        let codes = assessment?.findings.map(\.code) ?? []
        #expect(codes.contains(.starttlsRemoved) && !codes.contains(.starttlsMissing))
        #expect(assessment?.queuesGiveUp.contains { $0.sender == "Exchange Online" } == true)
    }

    @Test func theListMayChangeWhileItRuns() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        await watcher.handle(.watch([WatchEntry(domain: FakeNetwork.name("two.example"), tags: ["x"])]))
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("two.example")]?.assessment?.state == .ok })
        #expect(watcher.seen.statuses[FakeNetwork.name("two.example")]?.tags == ["x"])
        let facts = await watcher.on { await $0.facts.entries }
        #expect(facts.values.allSatisfy { $0.users == [FakeNetwork.name("two.example")] })
    }

    @Test func recheckLooksAtOnce() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let before = network.tables.withLock { $0.probes.values.reduce(0, +) }
        await watcher.handle(.recheck([FakeNetwork.name("one.example")]))
        #expect(await watcher.wait(5) { _ in network.tables.withLock { $0.probes.values.reduce(0, +) } > before })
    }

    @Test func acknowledgedChangesAreToldAgain() async throws {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { !$0.changes.isEmpty })
        let id = try #require(watcher.seen.changes.first?.id)
        await watcher.handle(.acknowledge([id]))
        #expect(await watcher.wait { $0.changes.contains { $0.id == id && $0.acknowledgedAt != nil } })
    }

    @Test("A long list shows its first verdicts while most of it was not asked for yet, in its own order")
    func firstVerdictsComeAtOnce() async throws {
        let network = FakeNetwork()
        let names = (0..<400).map { "d\($0).example" }
        for (index, name) in names.enumerated() {
            network.add(name, hosts: [("mx.\(name)", "198.18.\(1 + index / 250).\(1 + index % 250)")])
        }
        var settings = PollSettings()
        (settings.allowPrivate, settings.mostLookups, settings.confirmation) = (true, 4, .once)
        let seen = Mutex((judged: Set<DomainName>(), lookups: 0))
        let executor = CountingExecutor()
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: TransientHistory(), time: ManualTime(), executor: executor,
            tell: { event in
                guard case .assessed(let statuses) = event else { return }
                seen.withLock { seen in
                    seen.judged.formUnion(statuses.filter { $0.assessment != nil }.map(\.domain))
                    // What had been asked by the time a tenth was judged.
                    if seen.judged.count >= 40, seen.lookups == 0 {
                        seen.lookups = network.tables.withLock { $0.mxLookups }
                        let first = Set(names.prefix(120).map(FakeNetwork.name))
                        #expect(seen.judged.isSubset(of: first), "out of order")
                    }
                }
            })
        let round = Task(executorPreference: executor) {
            await poller.handle(.watch(names.map { WatchEntry(domain: FakeNetwork.name($0)) }))
            await poller.runOnce()
        }
        await executor.idle { await poller.pass() }
        #expect(seen.withLock { $0.judged.count } == 400)
        #expect((40...120).contains(seen.withLock { $0.lookups }))
        await round.value
    }

    @Test func oneConnectionPerAddressAtATime() async {
        let network = FakeNetwork()
        for index in 0..<50 {
            network.add("d\(index).example", hosts: [("mx\(index).shared.example", "198.18.1.1")])
        }
        let watcher = await Watcher(network, domains: (0..<50).map { "d\($0).example" })
        #expect(await watcher.wait(until: Watcher.allJudged(50)))
        #expect(network.tables.withLock { $0.mostOpen } == 1)
        #expect(network.tables.withLock { $0.probes.count } == 50)
    }

    @Test func aDomainMayHaveAnIntervalOfItsOwnAndWhatItSharesFollowsIt() async {
        let network = FakeNetwork()
        for domain in ["slow", "quick"] {
            network.add("\(domain).example", hosts: [("mx.shared.example", "198.18.1.1")])
        }
        network.add("other.example", hosts: [("mx.other.example", "198.18.1.9")])
        let watcher = await Watcher(network, domains: ["slow.example", "quick.example", "other.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(3)))
        let quick = WatchEntry(domain: FakeNetwork.name("quick.example"), options: WatchOptions(interval: 30))
        let plain = ["slow.example", "other.example"].map { WatchEntry(domain: FakeNetwork.name($0)) }
        await watcher.handle(.watch(plain + [quick]))
        func probes(_ address: String) -> Int {
            network.tables.withLock { tables in
                tables.probes.first { $0.key.address == FakeNetwork.address(address) }?.value ?? 0
            }
        }
        #expect(await watcher.wait(200) { _ in probes("198.18.1.1") >= 5 })
        #expect(probes("198.18.1.9") == 1)
    }
}

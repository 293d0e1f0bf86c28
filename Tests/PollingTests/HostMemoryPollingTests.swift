import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What is remembered of MX hosts while they come and go.
@Suite(.timeLimit(.minutes(5))) struct HostMemoryPollingTests {
    private static let one = FakeNetwork.name("one.example")

    /// A history that does not answer before it is let.
    private final class SlowHistory: HistoryStore {
        struct Contents {
            var isHeld = false
            var waiting: [CheckedContinuation<Void, Never>] = []
            var asked: Set<DomainName> = []
        }

        let contents = Mutex(Contents())
        let kept = TransientHistory()

        func memory(ofHost host: DomainName) async -> HostMemory? {
            await withCheckedContinuation { continuation in
                let isHeld = contents.withLock { contents in
                    contents.asked.insert(host)
                    if contents.isHeld { contents.waiting.append(continuation) }
                    return contents.isHeld
                }
                if !isHeld { continuation.resume() }
            }
            return await kept.memory(ofHost: host)
        }

        func letGo() {
            let waiting = contents.withLock { contents in
                contents.isHeld = false
                defer { contents.waiting = [] }
                return contents.waiting
            }
            for one in waiting { one.resume() }
        }

        func append(_ entries: [HistoryEntry]) async -> [Change] { await kept.append(entries) }
        func memory(of domain: DomainName) async -> DomainMemory? { await kept.memory(of: domain) }
        func verdict(of domain: DomainName) async -> Assessment? { await kept.verdict(of: domain) }
        func samples(of domain: DomainName) async -> [Sample] { await kept.samples(of: domain) }
        func remember(_ hosts: [DomainName: HostMemory]) async { await kept.remember(hosts) }
        func changes(most: Int) async -> [Change] { await kept.changes(most: most) }
        func acknowledge(_ ids: [Int], at moment: Date) async -> [Change] {
            await kept.acknowledge(ids, at: moment)
        }
    }

    /// While the history is asked about one host the MX records name another: it is not taken for never seen.
    @Test func aHostThatComesUpWhileTheHistoryAnswersIsRecalledToo() async throws {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("new.one.example", "198.18.1.2")])
        let history = SlowHistory()
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let host = FakeNetwork.name("new.one.example")
        do {
            // Seen long ago, with STARTTLS.
            let earlier = await Watcher(
                network, domains: ["one.example"], time: ManualTime(start), history: history.kept)
            #expect(await earlier.wait(until: Watcher.allJudged(1)))
        }
        let first = try #require(await history.kept.memory(ofHost: host)?.addresses.first?.certificates.first)
        network.add("one.example", hosts: [("old.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"], history: history)
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        history.contents.withLock { $0.isHeld = true }
        for name in ["third.one.example", "new.one.example"] {
            let records = DNSAnswer(
                .found([MXHost(preference: 10, host: FakeNetwork.name(name))]), dnssec: .insecure)
            network.tables.withLock { $0.mx["one.example"] = records }
            for _ in 0..<2 { await watcher.on { await $0.absorb(.mx(Self.one), .mx(records)) } }
            // The history is asked about the first of them, and has not answered when the second comes up.
            while history.contents.withLock({ $0.waiting.isEmpty }), !Task.isCancelled { await Task.yield() }
        }
        history.letGo()
        #expect(
            await watcher.wait {
                $0.statuses[Self.one]?.assessment?.hosts.first?.addresses.first?.session?.key.serverName == host
            })
        let after = try #require(await history.kept.memory(ofHost: host)?.addresses.first?.certificates)
        #expect(after.map(\.firstSeen) == [first.firstSeen])
    }

    /// A zone that names other hosts at each look fills no memory.
    @Test func whatNobodyNamesAnyMoreIsForgotten() async {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx0.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        for round in 1...5 {
            network.add("one.example", hosts: [("mx\(round).one.example", "198.18.1.1")])
            await watcher.handle(.recheck([Self.one]))
            #expect(
                await watcher.wait {
                    $0.statuses[Self.one]?.assessment?.hosts.map(\.host.text) == ["mx\(round).one.example"]
                })
        }
        #expect(await watcher.on { await $0.hostMemories.count } == 1)
    }
}

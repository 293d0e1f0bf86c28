import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// Our own network that fails, told from theirs.
@Suite(.timeLimit(.minutes(5))) struct OurNetworkTests {
    private static let names = (0..<6).map { "d\($0).example" }
    private static let addresses = (0..<6).map { FakeNetwork.address("198.18.1.\($0)") }

    /// So many domains, each with an MX host and an address of its own.
    private static func many(_ count: Int) -> FakeNetwork {
        let network = FakeNetwork()
        for index in 0..<count {
            network.add("d\(index).example", hosts: [("mx.d\(index).example", "198.18.1.\(index)")])
        }
        return network
    }

    /// Port 25 is often not dropped but rejected.
    @Test func aFirewallThatRefusesEverythingFromTheStartIsOurs() async {
        let network = Self.many(5)
        network.tables.withLock { $0.refusing = Set(Self.addresses) }
        let watcher = await Watcher(network, domains: Array(Self.names.prefix(5)))
        #expect(await watcher.wait(until: Watcher.allJudged(5)))
        _ = await watcher.wait(900) { _ in false }
        #expect(watcher.seen.worst.values.allSatisfy { $0 == .unknown })
        #expect(watcher.seen.suspicion?.contains("port 25") == true)
        network.tables.withLock { $0.refusing = [] }
        #expect(await watcher.wait { told in told.statuses.values.allSatisfy { $0.state == .ok } })
        #expect(!watcher.seen.condition.isSuspect && watcher.seen.changes.isEmpty)
    }

    /// What an older run saw stands until this one has seen something.
    @Test(arguments: [true, false]) func aStartWithoutANetworkForgetsNothing(isDNSDead: Bool) async {
        let network = Self.many(6)
        network.tables.withLock { $0.stripped = [Self.addresses[0]] }
        let history = TransientHistory()
        let time = ManualTime()
        do {
            let before = await Watcher(network, domains: Self.names, time: time, history: history)
            #expect(await before.wait(until: Watcher.allJudged(6)))
            #expect(before.state("d0.example") == .bouncing && before.state("d1.example") == .ok)
        }
        network.tables.withLock { tables in
            if isDNSDead { tables.isDNSDead = true } else { tables.silent = Set(Self.addresses) }
        }
        let watcher = await Watcher(network, domains: Self.names, time: time, history: history)
        _ = await watcher.wait(1_800) { _ in false }
        #expect(watcher.seen.condition.isSuspect)
        #expect(watcher.seen.worst.isEmpty && watcher.seen.changes.isEmpty)
        #expect(await history.verdict(of: FakeNetwork.name("d0.example"))?.state == .bouncing)
        #expect(await history.verdict(of: FakeNetwork.name("d1.example"))?.state == .ok)
        network.tables.withLock { ($0.isDNSDead, $0.silent) = (false, []) }
        #expect(await watcher.wait(until: Watcher.allJudged(6)))
        #expect(watcher.state("d0.example") == .bouncing && watcher.state("d1.example") == .ok)
        #expect(watcher.seen.changes.isEmpty)
        // The id is as old as it was for the older run.
        let idSince = watcher.seen.statuses[FakeNetwork.name("d1.example")]?.idSince
        #expect(idSince.map { time.now.timeIntervalSince($0) > 1_800 } == true)
    }

    @Test func aFirewallThatRefusesEverythingLaterTurnsNobody() async {
        let network = Self.many(6)
        let watcher = await Watcher(network, domains: Self.names)
        #expect(await watcher.wait(until: Watcher.allJudged(6)))
        _ = await watcher.wait(400) { _ in false }
        network.tables.withLock { $0.refusing = Set(Self.addresses) }
        #expect(await watcher.wait { $0.suspicion?.contains("port 25") == true })
        _ = await watcher.wait(900) { _ in false }
        #expect(watcher.seen.worst.values.allSatisfy { $0 == .ok })
        #expect(watcher.seen.changes.isEmpty)
    }

    @Test func oneThatDropsEverythingTurnsNobodyEither() async {
        let network = Self.many(6)
        let watcher = await Watcher(network, domains: Self.names)
        #expect(await watcher.wait(until: Watcher.allJudged(6)))
        network.tables.withLock { $0.silent = Set(Self.addresses) }
        #expect(await watcher.wait { $0.suspicion?.contains("port 25") == true })
        _ = await watcher.wait(900) { _ in false }
        #expect(watcher.seen.worst.values.allSatisfy { $0 == .ok })
    }

    @Test func oneThatRefusesAmongSixIsBelieved() async {
        let network = Self.many(6)
        let watcher = await Watcher(network, domains: Self.names)
        #expect(await watcher.wait(until: Watcher.allJudged(6)))
        network.tables.withLock { $0.refusing = [Self.addresses[3]] }
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("d3.example")]?.state == .bouncing })
        #expect(!watcher.seen.condition.isSuspect)
        #expect(watcher.seen.changes.map(\.domain.text) == ["d3.example"])
    }

    @Test func withTheResolverDeadNothingTurnsAndTheHeaderSaysSo() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        let last = watcher.seen.statuses[FakeNetwork.name("one.example")]?.evidence?.record?.at
        network.tables.withLock { tables in
            tables.isDNSDead = true
            tables.silent = [FakeNetwork.address("198.18.1.1")]
        }
        #expect(await watcher.wait { $0.condition.isSuspect })
        _ = await watcher.wait(1_200) { _ in false }
        #expect(watcher.seen.worst.values.allSatisfy { $0 == .ok })
        #expect(watcher.seen.changes.isEmpty)
        #expect(watcher.seen.statuses[FakeNetwork.name("one.example")]?.evidence?.record?.at == last)
        network.tables.withLock { tables in
            tables.isDNSDead = false
            tables.silent = []
        }
        #expect(await watcher.wait { !$0.condition.isSuspect })
    }

    @Test func refusalsOfANetworkThatIsCutOffAreNotBelieved() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { tables in
            tables.isDNSDead = true
            tables.refusing = [FakeNetwork.address("198.18.1.1")]
        }
        #expect(await watcher.wait { $0.condition.isSuspect })
        _ = await watcher.wait(1_200) { _ in false }
        #expect(watcher.seen.worst.values.allSatisfy { $0 == .ok })
        #expect(watcher.seen.changes.isEmpty)
    }

    @Test func theOnlyServersRefusalIsItsOwnWordWhileTheResolverWorks() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { $0.refusing = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("one.example")]?.state == .bouncing })
    }

    @Test func silenceOfTheOnlyServerIsUnknownNotBouncing() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { $0.silent = [FakeNetwork.address("198.18.1.1")] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        #expect(watcher.state("one.example") == .unknown)
        #expect(watcher.seen.condition.isSuspect)
    }

    @Test func withTheNetworkCutAShortListDoesNotTurn() async {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        _ = await watcher.wait(700) { _ in false }
        network.tables.withLock { tables in
            tables.isDNSDead = true
            tables.silent = [FakeNetwork.address("198.18.1.1")]
        }
        _ = await watcher.wait(1_500) { _ in false }
        #expect(watcher.seen.condition.isSuspect)
        #expect(watcher.seen.worst[FakeNetwork.name("one.example")] == .ok)
        #expect(watcher.seen.changes.isEmpty)
    }

    @Test func whereNoControlHostCanBeLookedUpItIsOurNetwork() async throws {
        let network = FakeNetwork.pair()
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.controlHosts = [FakeNetwork.name("control.example"), FakeNetwork.name("other.example")]
        let watcher = await Watcher(network, domains: ["one.example"], settings: settings)
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        #expect(!watcher.seen.condition.isSuspect)
        network.tables.withLock { $0.unanswered = ["control.example", "other.example"] }
        #expect(await watcher.wait { $0.condition.isSuspect })
        let reason = try #require(watcher.seen.suspicion)
        #expect(reason.contains("control.example or another control host"))
        network.tables.withLock { $0.unanswered = ["other.example"] }
        #expect(await watcher.wait { !$0.condition.isSuspect })
    }
}

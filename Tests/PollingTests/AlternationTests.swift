import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import Testing

@testable import Polling

/// Two servers behind one MX address, of which one is bad.
@Suite(.timeLimit(.minutes(5))) struct AlternationTests {
    private static let address = FakeNetwork.address("198.18.1.1")
    private static let one = FakeNetwork.name("one.example")

    private static func probes(_ network: FakeNetwork) -> Int {
        network.tables.withLock { $0.probes.values.reduce(0, +) }
    }

    /// Every second client is shown a certificate that is over: it is found, told once, and stays found.
    @Test(arguments: [2, 3]) func everySoManiethBadLookIsNeitherHiddenNorFlaps(share: Int) async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { tables in
            (tables.expired, tables.shares) = ([Self.address], [Self.address: share])
        }
        // Mail is refused by chance and taken at another try: that is no bounce.
        #expect(await watcher.wait(2_400) { _ in watcher.state("one.example") == .risk })
        let assessment = watcher.seen.statuses[Self.one]?.assessment
        #expect(assessment?.mtaSTS.delivery == .partial)
        #expect(assessment?.why == "cert expired, now and then: mx.shared.example")
        let found = assessment?.findings.first { $0.code == .certificateExpired }
        #expect(found?.evidence.hasSuffix("at some looks only: servers that differ answer at 198.18.1.1") == true)
        _ = await watcher.wait(3_600) { $0.changes.count > 1 }
        #expect(watcher.seen.changes.count == 1 && watcher.seen.rings.count == 1)
        // The bad one is taken out: after ten good looks it is believed.
        network.tables.withLock { $0.expired = [] }
        let before = Self.probes(network)
        #expect(await watcher.wait(3_600) { _ in watcher.state("one.example") == .ok })
        #expect(Self.probes(network) - before >= 8)
        #expect(watcher.seen.changes.count == 2)
    }

    /// A check that meets the bad one first looks until it knows.
    @Test func aSingleRoundMeetsBoth() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { tables in
            (tables.expired, tables.shares) = ([Self.address], [Self.address: 2])
            tables.probes[
                SessionKey(address: Self.address, port: 25, serverName: FakeNetwork.name("mx.shared.example"))] = 1
        }
        let round = await OneRound(network, domains: ["one.example"])
        await round.run()
        #expect(round.told.statuses.values.map(\.state) == [.risk])
    }

    /// Where the good one goes, too, every sender is refused: nobody waits ten looks to be told.
    @Test func whenTheGoodOneGoesTheMailBounces() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        network.tables.withLock { tables in
            (tables.expired, tables.shares) = ([Self.address], [Self.address: 2])
        }
        #expect(await watcher.wait(2_400) { _ in watcher.state("one.example") == .risk })
        network.tables.withLock { $0.shares = [:] }
        let before = Self.probes(network)
        #expect(await watcher.wait(2_400) { _ in watcher.state("one.example") == .bouncing })
        #expect(Self.probes(network) - before <= 7)
        #expect(watcher.seen.statuses[Self.one]?.assessment?.mtaSTS.delivery == .refused)
    }

    /// One bad look and its repair are no two servers: the next outage is believed gone at its first good look.
    @Test func anOutageAndItsRepairAreOneServer() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        for round in 1...3 {
            network.tables.withLock { $0.expired = [Self.address] }
            #expect(await watcher.wait { _ in watcher.state("one.example") == .bouncing })
            let bad = Self.probes(network)
            #expect(await watcher.wait(1_800) { _ in Self.probes(network) >= bad + 6 })
            network.tables.withLock { $0.expired = [] }
            let before = Self.probes(network)
            #expect(await watcher.wait { _ in watcher.state("one.example") == .ok })
            #expect(Self.probes(network) - before <= 2, "round \(round)")
            #expect(await watcher.wait(3_600) { _ in Self.probes(network) >= before + 7 })
        }
    }
}

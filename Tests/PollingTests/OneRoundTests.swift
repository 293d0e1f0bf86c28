import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// One round of looks, as `check` holds it.
@Suite(.timeLimit(.minutes(5))) struct OneRoundTests {
    @Test func oneRoundEndsByItself() async {
        let network = FakeNetwork.pair()
        let round = await OneRound(network, domains: ["one.example", "two.example"])
        await round.run()
        #expect(round.told.statuses.values.map(\.state) == [.ok, .ok])
    }

    @Test func oneRoundWaitsForEveryLookEvenWhereMailBouncesAnyhow() async throws {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        network.tables.withLock { tables in
            tables.mx["one.example"] = DNSAnswer(
                .found([MXHost(preference: 10, host: FakeNetwork.name("new.one.example"))]), dnssec: .insecure)
            tables.addresses["new.one.example"] = [FakeNetwork.address("198.18.1.2")]
            tables.holdsProbes = true
        }
        let round = await OneRound(network, domains: ["one.example"])
        let poller = round.poller
        async let end = round.run()
        // The second look at the MX set alone would be enough to say that nothing matches the policy.
        while network.tables.withLock({ $0.held.isEmpty || $0.mxLookups < 2 }) { await Task.yield() }
        let mx = FactKey.mx(FakeNetwork.name("one.example"))
        while await round.executor.run({ await poller.facts[mx]?.looks ?? 0 }) < 2 { await Task.yield() }
        await round.executor.run { await poller.settle() }
        #expect(await round.executor.run { await poller.judgedCount } == 0)
        network.letProbesEnd()
        _ = await end
        let status = try #require(round.told.statuses.values.first)
        #expect(status.state == .bouncing)
        #expect(status.assessment?.hosts.first?.addresses.first?.session?.tls != nil)
    }

    /// Of the second look nothing comes: the round ends with what there is.
    @Test func aRoundEndsThoughTheSecondLookFails() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { tables in
            tables.mx["one.example"] = DNSAnswer(
                .found([MXHost(preference: 10, host: FakeNetwork.name("stranger.example"))]), dnssec: .insecure)
            tables.addresses["stranger.example"] = [FakeNetwork.address("198.18.1.2")]
            tables.mostMXLookups = 1
        }
        let round = await OneRound(network, domains: ["one.example"])
        #expect(await round.run() < 60)
        #expect(round.told.statuses.values.map(\.state) == [.bouncing])
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What it takes until a domain turns.
@Suite(.timeLimit(.minutes(5))) struct BelievedTurnTests {
    @Test func strippedSTARTTLSTurnsBothAfterTwoLooks() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        let before = network.tables.withLock { tables in
            tables.stripped = [FakeNetwork.address("198.18.1.1")]
            return tables.probes.values.reduce(0, +)
        }
        #expect(
            await watcher.wait { told in
                told.statuses.values.allSatisfy { $0.assessment?.state == .bouncing }
            })
        #expect(network.tables.withLock { $0.probes.values.reduce(0, +) } - before >= 2)
        let changes = watcher.seen.changes
        #expect(Set(changes.map(\.domain.text)) == ["one.example", "two.example"])
        #expect(changes.allSatisfy { $0.code == .starttlsRemoved && $0.stateAfter == .bouncing })
        network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { told in told.statuses.values.allSatisfy { $0.assessment?.state == .ok } })
    }

    /// RFC 8461 refuses from that second on, whenever the next round would be.
    @Test(arguments: [true, false]) func whereACertificateEndsOneLooksAtThatSecond(isRenewed: Bool) async {
        let network = FakeNetwork.pair()
        let time = ManualTime()
        let end = time.now.addingTimeInterval(440)
        network.tables.withLock { $0.end = end }
        let watcher = await Watcher(network, domains: ["one.example", "two.example"], time: time)
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        // After the last round before the end.
        _ = await watcher.wait(400) { _ in time.now >= end.addingTimeInterval(-20) }
        if isRenewed { network.tables.withLock { $0.end = nil } }
        let isRefused = await watcher.wait(60) { told in
            told.statuses.values.allSatisfy { $0.state == .bouncing }
        }
        #expect(isRefused == !isRenewed)
        #expect(watcher.seen.worst.values.allSatisfy { ($0 == .bouncing) == !isRenewed })
    }

    @Test func aSingleBadLookIsNotBelieved() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let before = network.tables.withLock { tables in
            tables.stripped = [FakeNetwork.address("198.18.1.1")]
            return tables.probes.values.reduce(0, +)
        }
        // The first bad look, and the repair before the second.
        #expect(await watcher.wait { _ in network.tables.withLock { $0.probes.values.reduce(0, +) } > before })
        network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { _ in network.tables.withLock { $0.probes.values.reduce(0, +) } > before + 2 })
        #expect(watcher.seen.worst[FakeNetwork.name("one.example")] == .ok)
        #expect(watcher.seen.changes.isEmpty)
    }

    @Test func silenceAmongServersThatAnswerIsBelieved() async {
        let network = FakeNetwork.pair()
        network.add("three.example", hosts: [("mx.three.example", "198.18.3.3")])
        let watcher = await Watcher(network, domains: ["one.example", "three.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        network.tables.withLock { $0.silent = [FakeNetwork.address("198.18.3.3")] }
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("three.example")]?.state == .bouncing })
        #expect(watcher.state("one.example") == .ok)
        #expect(watcher.seen.changes.first?.code == .mxUnreachable)
    }

    @Test func aSafeUpdateIsNoAlarmOnceTheNewIDIsOut() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        // Everything old retired: the old body would refuse what stands there now.
        network.add("one.example", hosts: [("mx.new.example", "198.18.7.7")])
        network.tables.withLock {
            $0.records["_mta-sts.one.example"] = DNSAnswer(.found([TXTRecord("v=STSv1; id=2")]), dnssec: .insecure)
        }
        #expect(
            await watcher.wait { told in
                told.statuses[FakeNetwork.name("one.example")]?.assessment?.record?.record?.id == "2"
                    && told.statuses[FakeNetwork.name("one.example")]?.assessment?.hosts.first?.host.text
                        == "mx.new.example"
            })
        // Resolvers give the old id for its TTL; after that only senders that ignore the id hold the old body.
        _ = await watcher.wait(4_500) { _ in false }
        #expect(watcher.state("one.example") == .risk)
        let assessment = watcher.seen.statuses[FakeNetwork.name("one.example")]?.assessment
        let codes = assessment?.findings.map(\.code) ?? []
        #expect(!codes.contains(.policyChangedSameID))
        #expect(codes.contains(.mxUnlistedInCachedPolicy))
        #expect(assessment?.cached.map(\.holders) == [.expiry])
        #expect(assessment?.mtaSTS.delivery == .delivers)
    }

    @Test func aFailingFetchDoesNotRepairABouncingDomain() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        #expect(watcher.state("one.example") == .bouncing)
        network.tables.withLock { $0.policies = [:] }
        #expect(
            await watcher.wait(2_000) { told in
                told.statuses[FakeNetwork.name("one.example")]?.assessment?.policy?.status == .rejected
            })
        #expect(watcher.state("one.example") == .bouncing)
        #expect(watcher.seen.changes.allSatisfy { $0.stateAfter == .bouncing })
    }

    @Test func anUnlistedMXIsLookedAtTwiceBeforeTheFirstVerdict() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { tables in
            tables.mx["one.example"] = .init(
                .found([.init(preference: 10, host: FakeNetwork.name("mx.stranger.example"))]), dnssec: .insecure)
            tables.addresses["mx.stranger.example"] = [FakeNetwork.address("198.18.9.9")]
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        #expect(watcher.state("one.example") == .bouncing)
        #expect(network.tables.withLock { $0.mxLookups } >= 2)
        // The stranger answers as it should: only what the verdict rests on is asked twice.
        #expect(network.tables.withLock { $0.probes.values.reduce(0, +) } == 1)
    }

    /// While nobody answers there is no second look, so what was seen once does not turn the domain.
    @Test func whatWasSeenOnceDoesNotTurnWhileTheNetworkFails() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let lookups = network.tables.withLock { tables in
            tables.mx["one.example"] = DNSAnswer(
                .found([MXHost(preference: 10, host: FakeNetwork.name("stranger.example"))]), dnssec: .insecure)
            tables.addresses["stranger.example"] = [FakeNetwork.address("198.18.1.2")]
            return tables.mxLookups
        }
        #expect(await watcher.wait { _ in network.tables.withLock { $0.mxLookups } == lookups + 1 })
        network.tables.withLock { $0.isDNSDead = true }
        _ = await watcher.wait(900) { _ in false }
        #expect(watcher.seen.worst[FakeNetwork.name("one.example")] == .ok)
        network.tables.withLock { $0.isDNSDead = false }
        #expect(await watcher.wait { _ in watcher.state("one.example") == .bouncing })
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

@Suite(.timeLimit(.minutes(2))) struct PollerTests {
    private func pair() -> FakeNetwork {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.shared.example", "198.18.1.1")])
        network.add("two.example", hosts: [("mx.shared.example", "198.18.1.1")])
        return network
    }

    private static func allJudged(_ count: Int) -> (Watcher.Told) -> Bool {
        { told in told.statuses.values.filter { $0.assessment != nil }.count == count }
    }

    @Test func oneProbeServesEveryDomainThatNeedsIt() async {
        let watcher = await Watcher(pair(), domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Self.allJudged(2)))
        #expect(watcher.state("one.example") == .ok && watcher.state("two.example") == .ok)
        #expect(watcher.network.tables.withLock { $0.probes.values.reduce(0, +) } == 1)
    }

    @Test func strippedSTARTTLSTurnsBothAfterTwoLooks() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Self.allJudged(2)))
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

    @Test func whatWasSeenOfAHostOutlastsThePoller() async throws {
        let network = pair()
        let history = TransientHistory()
        let host = FakeNetwork.name("mx.shared.example")
        do {
            let watcher = await Watcher(network, domains: ["one.example", "two.example"], history: history)
            #expect(await watcher.wait(until: Self.allJudged(2)))
            let memory = try #require(await history.memory(ofHost: host))
            #expect(memory.addresses.first?.starttlsOffered != nil)
            #expect(memory.addresses.first?.certificates.count == 1)
        }
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        let restarted = await Watcher(network, domains: ["two.example"], history: history)
        #expect(await restarted.wait(until: Self.allJudged(1)))
        let assessment = restarted.seen.statuses[FakeNetwork.name("two.example")]?.assessment
        let codes = assessment?.findings.map(\.code) ?? []
        #expect(codes.contains(.starttlsRemoved) && !codes.contains(.starttlsMissing))
        #expect(assessment?.queuesGiveUp.contains { $0.sender == "Exchange Online" } == true)
    }

    @Test func aSingleBadLookIsNotBelieved() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
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

    @Test func withTheResolverDeadNothingTurnsAndTheHeaderSaysSo() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Self.allJudged(2)))
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
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
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
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        network.tables.withLock { $0.refusing = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("one.example")]?.state == .bouncing })
    }

    @Test func silenceOfTheOnlyServerIsUnknownNotBouncing() async {
        let network = pair()
        network.tables.withLock { $0.silent = [FakeNetwork.address("198.18.1.1")] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        #expect(watcher.state("one.example") == .unknown)
        #expect(watcher.seen.condition.isSuspect)
    }

    @Test func silenceAmongServersThatAnswerIsBelieved() async {
        let network = pair()
        network.add("three.example", hosts: [("mx.three.example", "198.18.3.3")])
        let watcher = await Watcher(network, domains: ["one.example", "three.example"])
        #expect(await watcher.wait(until: Self.allJudged(2)))
        network.tables.withLock { $0.silent = [FakeNetwork.address("198.18.3.3")] }
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("three.example")]?.state == .bouncing })
        #expect(watcher.state("one.example") == .ok)
        #expect(watcher.seen.changes.first?.code == .mxUnreachable)
    }

    @Test func withTheNetworkCutAShortListDoesNotTurn() async {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
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

    @Test func aSafeUpdateIsNoAlarmOnceTheNewIDIsOut() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
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
        let network = pair()
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
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
        let network = pair()
        network.tables.withLock { tables in
            tables.mx["one.example"] = .init(
                .found([.init(preference: 10, host: FakeNetwork.name("mx.stranger.example"))]), dnssec: .insecure)
            tables.addresses["mx.stranger.example"] = [FakeNetwork.address("198.18.9.9")]
        }
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        #expect(watcher.state("one.example") == .bouncing)
        #expect(network.tables.withLock { $0.mxLookups } >= 2)
        // The stranger answers as it should: only what the verdict rests on is asked twice.
        #expect(network.tables.withLock { $0.probes.values.reduce(0, +) } == 1)
    }

    @Test func theListMayChangeWhileItRuns() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        await watcher.poller.handle(.watch([WatchEntry(domain: FakeNetwork.name("two.example"), tags: ["x"])]))
        #expect(await watcher.wait { $0.statuses[FakeNetwork.name("two.example")]?.assessment?.state == .ok })
        #expect(watcher.seen.statuses[FakeNetwork.name("two.example")]?.tags == ["x"])
        let facts = await watcher.poller.facts.entries
        #expect(facts.values.allSatisfy { $0.users == [FakeNetwork.name("two.example")] })
    }

    @Test func recheckLooksAtOnce() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        let before = network.tables.withLock { $0.probes.values.reduce(0, +) }
        await watcher.poller.handle(.recheck([FakeNetwork.name("one.example")]))
        #expect(await watcher.wait(5) { _ in network.tables.withLock { $0.probes.values.reduce(0, +) } > before })
    }

    @Test func acknowledgedChangesAreToldAgain() async throws {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { !$0.changes.isEmpty })
        let id = try #require(watcher.seen.changes.first?.id)
        await watcher.poller.handle(.acknowledge([id]))
        #expect(await watcher.wait { $0.changes.contains { $0.id == id && $0.acknowledgedAt != nil } })
    }

    @Test func oneConnectionPerAddressAtATime() async {
        let network = FakeNetwork()
        for index in 0..<50 {
            network.add("d\(index).example", hosts: [("mx\(index).shared.example", "198.18.1.1")])
        }
        let watcher = await Watcher(network, domains: (0..<50).map { "d\($0).example" })
        #expect(await watcher.wait(until: Self.allJudged(50)))
        #expect(network.tables.withLock { $0.mostOpen } == 1)
        #expect(network.tables.withLock { $0.probes.count } == 50)
    }

    @Test func oneRoundEndsByItself() async {
        let network = pair()
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.confirmation = .once
        let box = Watcher.Told.Box()
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: TransientHistory(), time: SystemTime(), tell: { box.take($0) })
        await poller.handle(.watch(["one.example", "two.example"].map { WatchEntry(domain: FakeNetwork.name($0)) }))
        await poller.runOnce()
        #expect(box.contents.withLock { $0.statuses.values.map(\.state) } == [.ok, .ok])
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
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.confirmation = .once
        let box = Watcher.Told.Box()
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: TransientHistory(), time: SystemTime(), tell: { box.take($0) })
        await poller.handle(.watch([WatchEntry(domain: FakeNetwork.name("one.example"))]))
        async let end: Void = poller.runOnce()
        // The second look at the MX set alone would be enough to say that nothing matches the policy.
        while network.tables.withLock({ $0.held.isEmpty || $0.mxLookups < 2 }) { await Task.yield() }
        let mx = FactKey.mx(FakeNetwork.name("one.example"))
        while await (poller.facts[mx]?.looks ?? 0) < 2 { await Task.yield() }
        await poller.settle()
        #expect(await poller.judgedCount == 0)
        network.letProbesEnd()
        await end
        let status = try #require(box.contents.withLock { $0.statuses.values.first })
        #expect(status.state == .bouncing)
        #expect(status.assessment?.hosts.first?.addresses.first?.session?.tls != nil)
    }

    @Test func aDomainMayHaveAnIntervalOfItsOwnAndWhatItSharesFollowsIt() async {
        let network = FakeNetwork()
        for domain in ["slow", "quick"] {
            network.add("\(domain).example", hosts: [("mx.shared.example", "198.18.1.1")])
        }
        network.add("other.example", hosts: [("mx.other.example", "198.18.1.9")])
        let watcher = await Watcher(network, domains: ["slow.example", "quick.example", "other.example"])
        #expect(await watcher.wait(until: Self.allJudged(3)))
        let quick = WatchEntry(domain: FakeNetwork.name("quick.example"), options: WatchOptions(interval: 30))
        let plain = ["slow.example", "other.example"].map { WatchEntry(domain: FakeNetwork.name($0)) }
        await watcher.poller.handle(.watch(plain + [quick]))
        func probes(_ address: String) -> Int {
            network.tables.withLock { tables in
                tables.probes.first { $0.key.address == FakeNetwork.address(address) }?.value ?? 0
            }
        }
        #expect(await watcher.wait(200) { _ in probes("198.18.1.1") >= 5 })
        #expect(probes("198.18.1.9") == 1)
    }

    @Test func maintenanceRingsNobodyUntilItIsOver() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Self.allJudged(2)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        await watcher.poller.handle(
            .watch([
                WatchEntry(domain: FakeNetwork.name("one.example"), options: WatchOptions(mutes: [window])),
                WatchEntry(domain: FakeNetwork.name("two.example")),
            ]))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.changes.count == 2 })
        #expect(await watcher.wait(until: { !$0.rings.isEmpty }))
        #expect(watcher.seen.rings.map(\.domain.text) == ["two.example"])
        #expect(watcher.seen.statuses[FakeNetwork.name("one.example")]?.isMuted == true)
        // Still broken when the work should be done: now it rings.
        #expect(await watcher.wait(2_400) { $0.rings.contains { $0.domain.text == "one.example" } })
        #expect(watcher.time.now >= window.end)
    }

    @Test func whatIsRepairedWithinMaintenanceNeverRings() async {
        let network = pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Self.allJudged(1)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        let entry = WatchEntry(domain: FakeNetwork.name("one.example"), options: WatchOptions(mutes: [window]))
        await watcher.poller.handle(.watch([entry]))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { $0.changes.count == 2 })
        #expect(await watcher.wait(2_700) { _ in watcher.time.now > window.end + 400 })
        #expect(watcher.seen.rings.isEmpty)
    }

    @Test func whereNoControlHostCanBeLookedUpItIsOurNetwork() async {
        let network = pair()
        var settings = PollSettings()
        settings.allowPrivate = true
        settings.controlHosts = [FakeNetwork.name("control.example"), FakeNetwork.name("other.example")]
        let watcher = await Watcher(network, domains: ["one.example"], settings: settings)
        #expect(await watcher.wait(until: Self.allJudged(1)))
        #expect(!watcher.seen.condition.isSuspect)
        network.tables.withLock { $0.unanswered = ["control.example", "other.example"] }
        #expect(await watcher.wait { $0.condition.isSuspect })
        guard case .suspect(let reason, _) = watcher.seen.condition else { return }
        #expect(reason.contains("control.example or another control host"))
        network.tables.withLock { $0.unanswered = ["other.example"] }
        #expect(await watcher.wait { !$0.condition.isSuspect })
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What is told aloud, and when.
@Suite(.timeLimit(.minutes(5))) struct RingTests {
    @Test func maintenanceRingsNobodyUntilItIsOver() async {
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example", "two.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(2)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        await watcher.handle(
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
        let network = FakeNetwork.pair()
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        let now = watcher.time.now
        let window = MaintenanceWindow(start: now, end: now + 1_800)
        let entry = WatchEntry(domain: FakeNetwork.name("one.example"), options: WatchOptions(mutes: [window]))
        await watcher.handle(.watch([entry]))
        network.tables.withLock { $0.stripped = [FakeNetwork.address("198.18.1.1")] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        network.tables.withLock { $0.stripped = [] }
        #expect(await watcher.wait { $0.changes.count == 2 })
        #expect(await watcher.wait(2_700) { _ in watcher.time.now > window.end + 400 })
        #expect(watcher.seen.rings.isEmpty)
    }

    /// What still fails at the end of the work rings, even if the watch began within the window, or another run of the
    /// program saw it fail.
    @Test(arguments: [false, true], [0, 600.0])
    func whatStillFailsAtTheEndRings(restarts: Bool, opensAfter: TimeInterval) async {
        let (network, history, time) = (FakeNetwork.pair(), TransientHistory(), ManualTime())
        let window = MaintenanceWindow(start: time.now + opensAfter, end: time.now + opensAfter + 1_800)
        let entry = WatchEntry(domain: Self.one, options: WatchOptions(mutes: [window]))
        func watched() async -> Watcher {
            let watcher = await Watcher(network, domains: [], time: time, history: history)
            await watcher.handle(.watch([entry]))
            #expect(await watcher.wait(until: Watcher.allJudged(1)))
            return watcher
        }
        var watcher = await watched()
        #expect(await watcher.wait { _ in window.contains(time.now) })
        network.tables.withLock { $0.stripped = [Self.host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(watcher.seen.rings.isEmpty)
        if restarts {
            watcher = await watched()
            #expect(watcher.state("one.example") == .bouncing && watcher.seen.changes.isEmpty)
        }
        #expect(window.contains(time.now) && watcher.seen.rings.isEmpty)
        #expect(await watcher.wait(2_400) { !$0.rings.isEmpty })
        #expect(time.now >= window.end)
        #expect(watcher.seen.rings.map(\.stateBefore) == [.ok] && watcher.seen.rings.map(\.stateAfter) == [.bouncing])
        #expect(watcher.seen.rings.map(\.id) == [1])
        // It is told once: the next run knows that.
        watcher = await watched()
        #expect(await !watcher.wait(900) { !$0.rings.isEmpty })
    }

    /// A mute by hand ends with the program.
    @Test func whatFailedUnderAMuteByHandRingsAtTheNextStart() async {
        let (network, history, time) = (FakeNetwork.pair(), TransientHistory(), ManualTime())
        var watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        await watcher.handle(.mute([Self.one], until: time.now + 86_400))
        network.tables.withLock { $0.stripped = [Self.host] }
        #expect(await watcher.wait { $0.changes.count == 1 })
        #expect(watcher.seen.rings.isEmpty)
        watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await watcher.wait { $0.rings.map(\.id) == [1] })
    }

    private static let one = FakeNetwork.name("one.example")
    private static let host = FakeNetwork.address("198.18.1.1")

    private static func watched(_ network: FakeNetwork = .pair()) async -> Watcher {
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: Watcher.allJudged(1)))
        return watcher
    }

    private static let good = records("mx.shared.example")
    /// Not in the policy.
    private static let stray = records("mx.stray.example")

    private static func records(_ host: String) -> DNSAnswer<[MXHost]> {
        DNSAnswer(.found([MXHost(preference: 10, host: FakeNetwork.name(host))]), dnssec: .insecure)
    }

    /// Without the remarks between.
    private static func turns(_ changes: [Change]) -> [Change] { changes.filter { $0.stateBefore != $0.stateAfter } }

    /// Has the domain turn so many times, each as soon as the one before is told.
    private static func turn(_ watcher: Watcher, _ times: Int) async {
        for _ in 0..<times {
            let before = turns(watcher.seen.changes).count
            watcher.network.tables.withLock { tables in
                let isGood = tables.mx["one.example"]?.value?.first?.host == FakeNetwork.name("mx.shared.example")
                tables.mx["one.example"] = isGood ? stray : good
            }
            await watcher.handle(.recheck([one]))
            #expect(await watcher.wait { turns($0.changes).count > before })
        }
    }

    @Test func aRemarkDoesNotTakeThePlaceOfATurnThatIsStillToBeTold() async {
        let watcher = await Self.watched()
        await watcher.handle(.mute([Self.one], until: watcher.time.now + 1_800))
        await Self.turn(watcher, 1)
        // Another text under the same id refuses nobody more: a line of the history.
        watcher.network.tables.withLock { tables in
            let text = "version: STSv1\nmode: enforce\nmx: mx.shared.example\nmax_age: 604801\n"
            tables.policies["mta-sts.one.example"] = PolicyFetch(
                host: FakeNetwork.name("mta-sts.one.example"), status: 200, contentType: "text/plain",
                body: Array(text.utf8), tls: FakeNetwork.session(["mta-sts.one.example"]))
        }
        #expect(await watcher.wait { $0.changes.contains { $0.stateBefore == $0.stateAfter } })
        #expect(watcher.seen.rings.isEmpty)
        #expect(await watcher.wait(2_400) { !$0.rings.isEmpty })
        #expect(watcher.seen.rings.map(\.stateAfter) == [.bouncing])
    }

    @Test func whatIsLateIsToldAgainstWhatWasTold() async {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx1.one.example", "198.18.1.1"), ("mx2.one.example", "198.18.1.2")])
        let watcher = await Self.watched(network)
        await watcher.handle(.mute([Self.one], until: watcher.time.now + 1_800))
        network.tables.withLock { $0.stripped = [Self.host, FakeNetwork.address("198.18.1.2")] }
        #expect(await watcher.wait { $0.changes.last?.stateAfter == .bouncing })
        // Half of it mended: better than it was, worse than anybody knows.
        network.tables.withLock { $0.stripped = [Self.host] }
        #expect(await watcher.wait { $0.changes.last?.stateAfter == .risk })
        #expect(await watcher.wait(2_400) { !$0.rings.isEmpty })
        #expect(watcher.seen.rings.map(\.stateBefore) == [.ok] && watcher.seen.rings.map(\.stateAfter) == [.risk])
        #expect(watcher.seen.rings.allSatisfy { $0.isWorse })
    }

    @Test func flappingThatComesToRestWhereItWasToldIsNotToldTwice() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { $0.mx["one.example"] = Self.stray }
        let watcher = await Self.watched(network)
        await Self.turn(watcher, 6)
        #expect(Self.turns(watcher.seen.rings).map(\.stateAfter) == [.ok, .bouncing, .ok, .bouncing])
        #expect(await watcher.wait(5_000) { $0.statuses[Self.one]?.turnsLastHour == nil })
        #expect(Self.turns(watcher.seen.rings).count == 4)
    }

    @Test func flappingThatComesToRestElsewhereIsToldOnceMore() async {
        let network = FakeNetwork.pair()
        network.tables.withLock { $0.mx["one.example"] = Self.stray }
        let watcher = await Self.watched(network)
        await Self.turn(watcher, 5)
        #expect(Self.turns(watcher.seen.rings).count == 4)
        #expect(await watcher.wait(5_000) { Self.turns($0.rings).count > 4 })
        let last = Self.turns(watcher.seen.rings).last
        #expect(last?.stateBefore == .bouncing && last?.stateAfter == .ok)
    }

    /// Two hosts that fail and recover a moment apart: the next outage is told as the first was.
    @Test func theNextOutageOfTwoHostsIsToldToo() async {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx1.one.example", "198.18.1.1"), ("mx2.one.example", "198.18.1.2")])
        let watcher = await Self.watched(network)
        let second = FakeNetwork.address("198.18.1.2")
        let steps: [(Set<IPAddress>, DomainState)] = [
            ([Self.host], .risk), ([Self.host, second], .bouncing), ([second], .risk), ([], .ok),
        ]
        for (stripped, state) in steps + steps.prefix(2) {
            network.tables.withLock { $0.stripped = stripped }
            await watcher.handle(.recheck([Self.one]))
            #expect(await watcher.wait { Self.turns($0.changes).last?.stateAfter == state })
        }
        #expect(watcher.seen.statuses[Self.one]?.turnsLastHour == nil)
        let told = Self.turns(watcher.seen.rings).map(\.stateAfter)
        #expect(told == [.risk, .bouncing, .risk, .ok, .risk, .bouncing])
    }

    @Test func aRefusalThatStandsWhileItFlapsIsToldOnce() async {
        let watcher = await Self.watched()
        // It flaps from the fourth turn on; the last one refuses.
        await Self.turn(watcher, 5)
        #expect(Self.turns(watcher.seen.rings).map(\.stateAfter) == [.bouncing, .ok, .bouncing, .ok])
        let refused = Self.turns(watcher.seen.changes).last?.at ?? .distantPast
        #expect(await watcher.wait(1_200) { Self.turns($0.rings).count == 5 })
        let last = Self.turns(watcher.seen.rings).last
        #expect(last?.stateBefore == .ok && last?.stateAfter == .bouncing)
        #expect(watcher.time.now >= refused + FlapGauge.standing)
        #expect(watcher.seen.statuses[Self.one]?.turnsLastHour == 5)
        // What it does after that is not told before it comes to rest.
        await Self.turn(watcher, 2)
        #expect(await !watcher.wait(1_200) { Self.turns($0.rings).count > 5 })
    }

    /// Another body under the same id on a domain that has a warning already: told once, whoever starts anew.
    @Test func aBodyChangedUnderTheSameIDIsToldOnceOnly() async {
        let (network, history, time) = (FakeNetwork.pair(), TransientHistory(), ManualTime())
        func publish(_ age: Int) {
            network.tables.withLock { tables in
                let text = "version: STSv1\nmode: enforce\nmx: mx.shared.example\nmax_age: \(age)\n"
                tables.policies["mta-sts.one.example"] = PolicyFetch(
                    host: FakeNetwork.name("mta-sts.one.example"), status: 200, contentType: "text/plain",
                    body: Array(text.utf8), tls: FakeNetwork.session(["mta-sts.one.example"]))
            }
        }
        publish(3_600)
        var watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await watcher.wait { $0.statuses[Self.one]?.assessment?.state == .warning })
        publish(3_700)
        #expect(await watcher.wait(1_200) { !$0.rings.isEmpty })
        #expect(watcher.seen.changes.map(\.code) == [.policyChangedSameID] && watcher.seen.rings.count == 1)
        #expect(watcher.seen.changes.map(\.stateBefore) == [.warning] && watcher.seen.changes.allSatisfy(\.isWorse))
        watcher = await Watcher(network, domains: ["one.example"], time: time, history: history)
        #expect(await !watcher.wait(1_200) { !$0.changes.isEmpty || !$0.rings.isEmpty })
    }
}

import Deliverability
import FoundationEssentials
import MTASTS
import Polling
import Synchronization
import TestSupport
import Testing

/// A poller over a fake network, and all that it told.
final class Watcher: Sendable {
    struct Told {
        var statuses: [DomainName: DomainStatus] = [:]
        var worst: [DomainName: DomainState] = [:]
        var changes: [Change] = []
        var rings: [Change] = []
        var condition = NetworkCondition.sound
    }

    let network: FakeNetwork
    let time: ManualTime
    let poller: Poller
    let executor = CountingExecutor()
    private let running: Task<Void, Never>
    private let told: Told.Box

    init(
        _ network: FakeNetwork, domains: [String], time: ManualTime = ManualTime(),
        surveyInterval: TimeInterval = 3_600, settings: PollSettings? = nil,
        history: any HistoryStore = TransientHistory()
    ) async {
        self.network = network
        self.time = time
        let told = Told.Box()
        self.told = told
        var plain = PollSettings()
        plain.allowPrivate = true
        plain.surveyInterval = surveyInterval
        let settings = settings ?? plain
        let poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: history, time: time, executor: executor, tell: { told.take($0) })
        self.poller = poller
        await executor.run { await poller.handle(.watch(domains.map { WatchEntry(domain: FakeNetwork.name($0)) })) }
        running = Task.detached(executorPreference: executor) { await poller.run() }
    }

    deinit { running.cancel() }

    var seen: Told { told.contents.withLock { $0 } }

    func state(_ domain: String) -> DomainState? { seen.statuses[FakeNetwork.name(domain)]?.assessment?.state }

    func handle(_ command: EngineCommand) async { await on { await $0.handle(command) } }

    /// What a test does with the poller goes through its executor: what it sets off is seen by ``wait(_:until:)``.
    func on<Value: Sendable>(_ work: @escaping @Sendable (Poller) async -> Value) async -> Value {
        await executor.run { [poller] in await work(poller) }
    }

    /// Moves the clock a second at a time until the condition holds; false after so many seconds of that clock.
    func wait(_ seconds: Int = 900, until holds: (Told) -> Bool) async -> Bool {
        for _ in 0..<seconds {
            // Everything that can run now has run; then time passes.
            await executor.idle { await poller.pass() }
            if holds(seen) { return true }
            time.advance(1)
        }
        await executor.idle { await poller.pass() }
        return holds(seen)
    }
}

extension Watcher {
    /// Watches `one.example`, whose only MX host is at 198.18.1.1, and has judged it.
    static func ofOne() async -> Watcher {
        let network = FakeNetwork()
        network.add("one.example", hosts: [("mx.one.example", "198.18.1.1")])
        let watcher = await Watcher(network, domains: ["one.example"])
        #expect(await watcher.wait(until: allJudged(1)))
        return watcher
    }

    /// So many domains have a verdict.
    static func allJudged(_ count: Int) -> (Told) -> Bool {
        { told in told.statuses.values.count { $0.assessment != nil } == count }
    }
}

extension Poller {
    /// Does nothing, behind all that waits for the poller.
    func pass() {}
}

/// One round of looks over a fake network, and all that it told; the clock goes on as soon as nobody runs.
final class OneRound: Sendable {
    let poller: Poller
    private let time: ManualTime
    let executor = CountingExecutor()
    private let box = Watcher.Told.Box()

    init(_ network: FakeNetwork, domains: [String]) async {
        let (time, box) = (ManualTime(), box)
        self.time = time
        var settings = PollSettings()
        (settings.allowPrivate, settings.confirmation) = (true, .once)
        poller = Poller(
            settings: settings, resolver: network, fetcher: network, prober: network, judge: network,
            history: TransientHistory(), time: time, executor: executor, tell: { box.take($0) })
        await executor.run { [poller] in
            await poller.handle(.watch(domains.map { WatchEntry(domain: FakeNetwork.name($0)) }))
        }
    }

    var told: Watcher.Told { box.contents.withLock { $0 } }

    /// Returns when the round has ended, with the seconds of that clock that it took.
    @discardableResult func run() async -> TimeInterval {
        let start = time.now
        let isOver = Mutex(false)
        let round = Task(executorPreference: executor) { [poller] in
            await poller.runOnce()
            isOver.withLock { $0 = true }
        }
        while true {
            await executor.idle { await poller.pass() }
            if isOver.withLock({ $0 }) { break }
            time.advance(0.5)
        }
        await round.value
        return time.now.timeIntervalSince(start)
    }
}

extension Watcher.Told {
    /// Why our own network is suspect; nil where it is not.
    var suspicion: String? {
        guard case .suspect(let reason, _) = condition else { return nil }
        return reason
    }

    final class Box: Sendable {
        let contents = Mutex(Watcher.Told())

        func take(_ event: EngineEvent) {
            contents.withLock { told in
                switch event {
                case .assessed(let statuses):
                    for status in statuses {
                        told.statuses[status.domain] = status
                        guard let state = status.assessment?.state else { continue }
                        told.worst[status.domain] = min(told.worst[status.domain] ?? .ok, state)
                    }
                case .changed(let changes): told.changes += changes
                case .rings(let changes): told.rings += changes
                case .network(let condition): told.condition = condition
                case .progress, .resolver: break
                }
            }
        }
    }
}

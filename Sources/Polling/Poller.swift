import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Polls facts, believes them when they are confirmed, judges the domains that rest on them, and tells what turned.
///
/// One loop settles everything: looks run beside it and only leave their result, so a verdict is never made twice at
/// once and a transition is in the history before it is told.
public actor Poller {
    let settings: PollSettings
    let resolver: any Resolver
    let fetcher: any PolicyFetcher
    let prober: any SMTPProber
    let judge: any ChainJudge
    let history: any HistoryStore
    let time: any TimeSource
    let tell: @Sendable (EngineEvent) -> Void
    private let executor: (any TaskExecutor)?

    var facts = FactTable()
    var pool: HostPool
    var health: NetworkHealth
    var domains: [DomainName: PolledDomain] = [:]
    /// What was seen of the MX hosts before, shared by the domains that name them.
    var hostMemories: [DomainName: HostMemory] = [:]
    /// MX addresses that were seen bad lately, and whether good looks come between.
    var alternations: [FactKey: Alternation] = [:]
    /// Domains whose facts changed since they were judged.
    var dirty: Set<DomainName> = []
    /// Domains whose verdict waits for looks that are about to end, and until when at most.
    var settling: [DomainName: Date] = [:]
    /// Verdicts that are not told yet.
    var untold: Set<DomainName> = []
    var untoldChanges: [Change] = []
    var untoldRings: [Change] = []
    /// Some domain has an interval of its own.
    var hasOwnIntervals = false
    /// Domains that have a verdict.
    var judgedCount = 0
    /// One round of looks: its verdicts are the last ones, so none is told before every look has ended.
    var isOneRound = false
    var rate = LookRate()
    var policyEdges = PolicyEdgeBook()

    /// Wakes the loop; nil while it stands still.
    private var wakeUp: AsyncStream<Void>.Continuation?
    var timer: (moment: Date, task: Task<Void, Never>)?
    private var startable: [FactKey] = []
    /// Looks for which no fact asks, waiting for their place.
    private var visitors: [FactKey: [CheckedContinuation<Void, Never>]] = [:]
    /// The latest time that was read.
    var lastRead = Date.distantPast
    private var isCheckingResolver = false
    var lastResolverCheck = Date.distantPast
    private var toldResolver: ResolverHealth?
    private var toldCondition = NetworkCondition.sound
    private var toldProgress: (done: Int, total: Int, perSecond: Double)?

    /// - Parameters:
    ///   - executor: where what `run` begins beside itself is to run; who wants to know when nothing is left to do
    ///     gives the one that runs `run`.
    ///   - tell: takes every event, from any thread, and returns at once.
    public init(
        settings: PollSettings, resolver: any Resolver, fetcher: any PolicyFetcher, prober: any SMTPProber,
        judge: any ChainJudge, history: any HistoryStore, time: any TimeSource,
        executor: (any TaskExecutor)? = nil, tell: @escaping @Sendable (EngineEvent) -> Void
    ) {
        self.settings = settings
        self.resolver = resolver
        self.fetcher = fetcher
        self.prober = prober
        self.judge = judge
        self.history = history
        self.time = time
        self.executor = executor
        self.tell = tell
        pool = HostPool(settings)
        // Two rounds of looks, and the wait after a failed policy fetch, must fit in.
        health = NetworkHealth(window: max(600, 2 * settings.interval + settings.confirmation.policyDelay))
    }

    /// Polls until the task is cancelled.
    public func run() async {
        await run(until: { false })
    }

    /// Polls until every watched domain has a verdict once.
    public func runOnce() async {
        isOneRound = true
        await run(until: { self.judgedCount >= self.domains.count && self.dirty.isEmpty })
    }

    private func run(until isDone: () -> Bool) async {
        // A stream ends with the task that reads it: each run has its own.
        let (wakes, wakeUp) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.wakeUp = wakeUp
        await withDiscardingTaskGroup { group in
            group.addTask { await self.watchResolver() }
            wake()
            for await _ in wakes {
                readClock()
                startDue(&group)
                // A silence is believed only when the resolver was seen to work after it began.
                if health.wantsResolverCheck(now: time.now),
                    time.now.timeIntervalSince(lastResolverCheck) >= resolverPause
                {
                    group.addTask { await self.checkResolver() }
                }
                endSettling()
                await settle()
                report()
                if isDone() || Task.isCancelled { break }
                arm()
            }
            timer?.task.cancel()
            timer = nil
            self.wakeUp = nil
            group.cancelAll()
            start([])
        }
        report()
    }

    /// Makes the loop turn once more.
    func wake() { wakeUp?.yield() }

    private func startDue(_ group: inout DiscardingTaskGroup) {
        let now = time.now
        var ready = startable
        startable.removeAll()
        while let key = facts.popDue(now: now) {
            facts.update(key) { $0.isInFlight = true }
            if pool.start(key, isUrgent: isUrgent(key)) { ready.append(key) }
        }
        while let key = ready.popLast() {
            guard let entry = facts[key] else {
                // Nobody watches it any more: its place goes to the next in line.
                ready += takers(of: key)
                continue
            }
            let fresh = entry.isFresh
            group.addTask {
                let value = await self.look(key, fresh: fresh)
                if Task.isCancelled { await self.abandon(key) } else { await self.absorb(key, value) }
            }
        }
    }

    /// Frees what a look held and lets the next in line start.
    func free(_ key: FactKey) { start(takers(of: key)) }

    /// Frees a connection that a look held besides its own.
    func freeSpare() { start(admitted(pool.giveSpare(isUrgent: isUrgent))) }

    private func start(_ keys: [FactKey]) {
        startable += keys
        wake()
        guard wakeUp == nil else { return }
        // Nobody starts them: what they would hold is wanted by others.
        while let key = startable.popLast() {
            putBack(key)
            startable += takers(of: key)
        }
    }

    /// Ends a look without a result, or before it began.
    private func abandon(_ key: FactKey) {
        putBack(key)
        free(key)
    }

    private func putBack(_ key: FactKey) {
        facts.update(key) { $0.isInFlight = false }
        facts.schedule(key, at: time.now, fresh: facts[key]?.isFresh ?? false)
    }

    private func takers(of key: FactKey) -> [FactKey] { admitted(pool.finish(key, isUrgent: isUrgent)) }

    private func isUrgent(_ key: FactKey) -> Bool {
        facts[key]?.isFresh ?? false || visitors[key] != nil || isCompleting(key)
    }

    /// True for the first look at what another look led to: a domain that was begun is finished before the next one
    /// is begun, so that a long list shows its first verdicts at once and not its last ones all together.
    private func isCompleting(_ key: FactKey) -> Bool {
        switch key {
        case .policy, .addresses, .tlsa, .session: facts[key]?.latestVerdict == nil
        // What refines a verdict is waited for where there is one round only.
        case .nameServers, .survey: isOneRound && facts[key]?.latestVerdict == nil
        case .record, .mx, .tlsrpt: false
        }
    }

    /// Lets visitors in; returns the facts among those that have a place now.
    private func admitted(_ keys: [FactKey]) -> [FactKey] {
        keys.filter { key in
            guard let visitor = visitors[key]?.popLast() else { return true }
            if visitors[key]?.isEmpty == true { visitors[key] = nil }
            visitor.resume()
            return false
        }
    }

    /// One look for which no fact asks, within the limits that hold for all.
    func visit(_ key: FactKey, _ look: () async -> FactValue) async -> FactValue {
        if !pool.start(key, isUrgent: true) {
            await withCheckedContinuation { visitors[key, default: []].append($0) }
        }
        defer { free(key) }
        return await look()
    }

    private func arm() {
        guard let next = [facts.nextDue, settling.values.min()].compactMap({ $0 }).min() else { return }
        if let timer, timer.moment <= next, !timer.task.isCancelled { return }
        timer?.task.cancel()
        timer = (
            next,
            Task(executorPreference: executor) { [time, weak self] in
                guard (try? await time.sleep(until: next)) != nil else { return }
                await self?.timerFired()
            }
        )
    }

    private func timerFired() {
        timer = nil
        wake()
    }

    /// Keeps asking the resolver how it stands: at once, then once a minute.
    private func watchResolver() async {
        while !Task.isCancelled {
            await checkResolver()
            guard (try? await time.sleep(until: time.now.addingTimeInterval(60))) != nil else { return }
        }
    }

    /// Seconds between two looks at the resolver; where a refusal waits for its word, no more than until its next look.
    private var resolverPause: TimeInterval { health.hasOpenRefusal ? min(5, settings.confirmation.givenDelay) : 5 }

    private func checkResolver() async {
        guard !isCheckingResolver else { return }
        isCheckingResolver = true
        let standing = await standing()
        isCheckingResolver = false
        readClock()
        lastResolverCheck = time.now
        health.resolver(standing, at: time.now)
        if standing != toldResolver { tell(.resolver(standing)) }
        toldResolver = standing
        wake()
    }

    /// The resolver's own word, and that of the control hosts over it.
    private func standing() async -> ResolverHealth {
        let health = await resolver.health()
        if case .dead = health { return health }
        guard let first = settings.controlHosts.first else { return health }
        let hosts = Array(settings.controlHosts.prefix(Self.mostControlHosts))
        if await resolver.findsAny(of: hosts) { return health }
        let more = settings.controlHosts.count > 1 ? " or another control host" : ""
        return .dead("\(first)\(more) cannot be looked up")
    }

    private static let mostControlHosts = 5

    /// Tells what is new, each thing only when it changed.
    private func report() {
        if !untoldChanges.isEmpty {
            tell(.changed(untoldChanges))
            untoldChanges.removeAll()
        }
        if !untoldRings.isEmpty {
            tell(.rings(untoldRings))
            untoldRings.removeAll()
        }
        if !untold.isEmpty {
            tell(.assessed(untold.compactMap(status(of:))))
            untold.removeAll()
        }
        let condition = health.condition(now: time.now)
        if condition != toldCondition {
            tell(.network(condition))
            toldCondition = condition
        }
        let progress = (done: judgedCount, total: domains.count, perSecond: rate.perSecond(now: time.now))
        if toldProgress.map({ $0 != progress }) ?? true {
            tell(.progress(done: progress.done, total: progress.total, perSecond: progress.perSecond))
            toldProgress = progress
        }
    }

    func status(of domain: DomainName) -> DomainStatus? {
        guard let polled = domains[domain] else { return nil }
        return DomainStatus(
            domain: domain, tags: polled.entry.tags, assessment: polled.shown,
            evidence: polled.shown == nil ? nil : evidence(of: polled), stateSince: polled.memory.state?.since,
            idSince: polled.memory.idSince, isIDOlder: polled.memory.isIDOlder,
            nextCheckAt: polled.facts.compactMap { facts[$0]?.due }.min(),
            turnsLastHour: polled.flaps.rate(at: time.now),
            isMuted: polled.isMuted(at: time.now), mutedUntil: polled.mutedUntil(at: time.now))
    }
}

/// Looks finished a second, over windows of five seconds, so that the figure does not flicker.
struct LookRate {
    private var start: Date?
    private var count = 0
    private var shown = 0.0

    mutating func finished() { count += 1 }

    mutating func perSecond(now: Date) -> Double {
        guard let start else {
            self.start = now
            return 0
        }
        let seconds = now.timeIntervalSince(start)
        guard seconds >= 5 else { return shown }
        shown = (Double(count) / seconds).rounded()
        self.start = now
        count = 0
        return shown
    }
}

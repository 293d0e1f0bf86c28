import Dashboard
import Deliverability
import Foundation
import MTASTS
import Notices
import Polling
import SQLiteHistory

/// What a running screen stands on.
struct Watching: Sendable {
    /// What plans are judged over.
    let poller: Poller
    let handle: @Sendable (EngineCommand) async -> Void
    /// Goes on until it is cancelled.
    let work: @Sendable () async -> Void
    /// What is remembered of a domain.
    let history: @Sendable (DomainName) async -> HistoryAnswer
    /// False while another program polls for us.
    var isPolling: @Sendable () async -> Bool = { true }
    /// Called once the screen is gone.
    var finish: @Sendable () async -> Void = {}
}

/// Where what happens goes: to the screen, and from there or beside it to whoever is told.
struct Outlet: Sendable {
    /// Messages for the screen.
    let tell: @Sendable ([Message]) -> Void
    /// The engine's events: for the screen, the logs and the hook.
    let take: @Sendable (EngineEvent) -> Void

    init(_ notifier: Notifier, tell: @escaping @Sendable ([Message]) -> Void) {
        self.tell = tell
        take = { event in
            switch event {
            case .changed(let changes): notifier.record(changes)
            case .rings(let changes): notifier.ring(changes)
            case .assessed, .progress, .network, .resolver: break
            }
            tell(Message.messages(event))
        }
    }
}

/// Polls and writes the history, or, while another monitor does, shows what that one writes and takes over when it
/// ends.
actor Monitor {
    /// Seconds between looks at what others have written, and between writings of what waits.
    private static let step = 2.0
    /// Seconds between two prunings.
    private static let pruningPause: TimeInterval = 3_600

    private let poller: Poller
    private let history: SQLiteHistory?
    private let retention: Retention
    private let time: any TimeSource
    private let header: HistoryHeader
    private let tell: @Sendable ([Message]) -> Void
    private var lock: HistoryLock?
    private var seen: HistorySnapshot?
    private var list: [WatchEntry] = []
    /// True where another monitor began to write while this one waited for room.
    private var isOvertaken = false
    /// Why the lock could not be had when it was tried last.
    private var lockTrouble: HistoryTrouble?
    /// False while another monitor polls.
    private(set) var isPolling: Bool
    private var nextPruning: Date
    private var lastPruning = Date.distantPast

    init(
        poller: Poller, history: MonitorHistory, retention: Retention, time: any TimeSource = SystemTime(),
        tell: @escaping @Sendable ([Message]) -> Void
    ) {
        self.poller = poller
        self.history = history.history
        self.retention = retention
        self.time = time
        self.tell = tell
        header = history.header
        lock = history.lock
        seen = history.snapshot
        isPolling = history.holder == nil
        // Not while the first sweep wants the disk.
        nextPruning = time.now.addingTimeInterval(300)
    }

    func handle(_ command: EngineCommand) async {
        if case .watch(let entries) = command { list = entries }
        switch command {
        case .acknowledge: await poller.handle(command)
        case .watch, .recheck, .mute:
            // A list that nobody polls here is handed over when this monitor takes over.
            if isPolling { return await poller.handle(command) }
            if case .recheck = command { tell([.notice("another monitor polls: it looks when it is time")]) }
            if case .mute = command { tell([.notice("another monitor polls: mute there, or in the list")]) }
        }
    }

    func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepHouse() }
            while !isPolling, await pause() { await takeOver() }
            await poller.run()
        }
    }

    /// Writes what waits; where that cannot be, what is lost by leaving is told.
    func finish() async {
        guard let history else { return }
        let lost = mayWrite(history) ? await history.flush(all: true) : await history.waitingChanges
        guard lost > 0 else { return }
        StandardError.write("stswatch: the history cannot be written: it lacks the last \(lost) changes\n")
    }

    private func takeOver() async {
        guard let history, case .taken(let lock)? = try? HistoryLock.take(history.place) else { return }
        self.lock = lock
        isPolling = true
        header.polls(saying: "the other monitor has ended: polling from here now")
        await poller.handle(.watch(list))
    }

    private func keepHouse() async {
        guard let history else { return }
        while await pause() {
            await lookOn(history)
            guard mayWrite(history) else { continue }
            // While another polls, only acknowledgements that could not be written wait here.
            await history.flush()
            guard isPolling else { continue }
            // At its bound it waits for no hour; where nothing more can go, not at every step.
            // A clock that was set back must not put it off.
            if nextPruning.timeIntervalSince(time.now) > Self.pruningPause { nextPruning = time.now }
            lastPruning = min(lastPruning, time.now)
            let isFull = history.bytes > retention.brim && time.now >= lastPruning.addingTimeInterval(60)
            if isFull || time.now >= nextPruning { await prune(history) }
        }
    }

    /// A monitor that began where there was no room for its lock has to have that before it writes.
    private func mayWrite(_ history: SQLiteHistory) -> Bool {
        guard isPolling, lock == nil else { return true }
        do throws(HistoryTrouble) {
            switch try HistoryLock.take(history.place) {
            case .taken(let lock):
                self.lock = lock
                return true
            case .held:
                if !isOvertaken {
                    tell([.notice("another monitor writes the history by now: what turns waits until it ends")])
                }
                isOvertaken = true
            }
        } catch {
            // That there is no room was told with the file's own trouble.
            if error != lockTrouble, error.kind != .full { header.failed(error) }
            lockTrouble = error
        }
        return false
    }

    private func pause() async -> Bool {
        (try? await time.sleep(until: time.now.addingTimeInterval(Self.step))) != nil
    }

    /// Shows what others have written: all of it while they poll, else their changes and acknowledgements.
    private func lookOn(_ history: SQLiteHistory) async {
        guard let new = await history.snapshot(after: seen) else { return }
        let before = seen
        let rows = Set(seen?.statuses ?? [])
        let changes = Set(seen?.changes ?? [])
        seen = new
        var messages: [Message] = []
        let changed = new.changes.filter { !changes.contains($0) }
        if !changed.isEmpty { messages.append(.changed(changed)) }
        // While we poll, our own engine says what is told aloud.
        let loud = isPolling ? [] : changed.filter { $0.isWorse && !isMuted($0.domain) }
        if !loud.isEmpty { messages.append(.rings(loud)) }
        let statuses = isPolling ? [] : new.statuses.filter { !rows.contains($0) }
        if !statuses.isEmpty { messages.append(.remembered(statuses, [])) }
        if !messages.isEmpty { tell(messages) }
        if isPolling { await poller.accept(changed + (await answered(history, before, new))) }
    }

    /// What was marked and is shown no more, since it was acknowledged and is not among the newest.
    private func answered(
        _ history: SQLiteHistory, _ before: HistorySnapshot?, _ after: HistorySnapshot
    ) async -> [Change] {
        let shown = Set(after.changes.map(\.id))
        let marked = (before?.changes ?? []).filter { $0.acknowledgedAt == nil && !shown.contains($0.id) }
        return await history.changes(marked.map(\.id))
    }

    private func isMuted(_ domain: DomainName) -> Bool {
        list.contains { $0.domain == domain && $0.options.isMuted(at: time.now) }
    }

    private func prune(_ history: SQLiteHistory) async {
        lastPruning = time.now
        nextPruning = time.now.addingTimeInterval(Self.pruningPause)
        // A file that cannot be pruned cannot be written either, and that is told where it is written.
        _ = try? await history.prune(retention, now: time.now)
    }
}

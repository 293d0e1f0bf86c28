public import Deliverability
import FoundationEssentials
import MTASTS
public import Polling
import Processes
import Report
import Synchronization

/// Tells transitions to the hook and the logs: beside the poller, coalesced, again when it failed, bounded.
public final class Notifier: Sendable {
    /// Gives one batch to the hook; nil when it took it, else what went wrong in words.
    public typealias Hook = @Sendable ([UInt8]) async -> String?

    private struct Queue {
        var waiting: [Change] = []
        var lost = 0
    }

    /// Transitions that wait for the hook at most; the oldest are given up first, and counted.
    static let most = 10_000
    /// Seconds in which transitions come together into one call.
    static let gathering = 2.0
    /// Seconds before each further try of a batch that the hook did not take; then it is given up.
    static let pauses = [10.0, 60, 300]

    private let log: NoticeLog
    private let hook: Hook?
    private let time: any TimeSource
    private let tell: @Sendable (String) -> Void
    private let stands: @Sendable (String?) -> Void
    private let troubles = Mutex((hook: String?.none, log: String?.none))
    private let queue = Mutex(Queue())
    private let wakes: AsyncStream<Void>
    private let wakeUp: AsyncStream<Void>.Continuation
    private let logLines: AsyncStream<[Change]>
    private let logInput: AsyncStream<[Change]>.Continuation

    /// - Parameters:
    ///   - hook: what takes the batches; by default the program that the settings name.
    ///   - stands: takes what is wrong until it is mended, then nil.
    ///   - tell: takes what went wrong, each time, for the screen.
    public init(
        _ settings: NoticeSettings, time: any TimeSource, hook: Hook? = nil,
        stands: @escaping @Sendable (String?) -> Void = { _ in }, tell: @escaping @Sendable (String) -> Void
    ) {
        log = NoticeLog(settings)
        self.hook = hook ?? settings.hook.map { Self.program($0, limit: settings.hookLimit) }
        self.time = time
        self.tell = tell
        self.stands = stands
        (wakes, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        (logLines, logInput) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.most))
    }

    /// Transitions for the logs, whether they ring or not; returns at once.
    public func record(_ changes: [Change]) {
        let new = changes.filter { $0.acknowledgedAt == nil }
        if !new.isEmpty { logInput.yield(new) }
    }

    /// Transitions that ring; returns at once.
    public func ring(_ changes: [Change]) {
        guard hook != nil, !changes.isEmpty else { return }
        queue.withLock { queue in
            queue.waiting += changes
            let surplus = queue.waiting.count - Self.most
            guard surplus > 0 else { return }
            queue.waiting.removeFirst(surplus)
            queue.lost += surplus
        }
        wakeUp.yield()
    }

    /// Works until the task is cancelled.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.writeLogs() }
            group.addTask { await self.callHook() }
            await group.waitForAll()
        }
    }

    private func writeLogs() async {
        for await changes in logLines {
            let problem = log.write(changes).map { VisibleText.printable($0) }
            // Told once, not for each line.
            if let problem, troubles.withLock({ $0.log == nil }) { tell(problem) }
            note { $0.log = problem }
        }
    }

    private func callHook() async {
        guard let hook else { return }
        for await _ in wakes {
            guard (try? await time.sleep(until: time.now.addingTimeInterval(Self.gathering))) != nil else { return }
            let (batch, lost) = queue.withLock { queue in
                defer { queue = Queue() }
                return (queue.waiting, queue.lost)
            }
            guard !batch.isEmpty else { continue }
            guard await deliver(NoticeReport(batch, lost: lost).json, count: batch.count, hook) else { return }
        }
    }

    /// False when the task was cancelled in between.
    private func deliver(_ input: [UInt8], count: Int, _ hook: Hook) async -> Bool {
        for pause in Self.pauses + [nil] {
            guard let problem = await hook(input) else {
                note { $0.hook = nil }
                return true
            }
            let known = VisibleText.printable("the hook fails: \(problem)")
            note { $0.hook = known }
            guard let pause else {
                tell(VisibleText.printable("the hook did not take \(count) changes, given up: \(problem)"))
                return true
            }
            tell(VisibleText.printable("the hook failed, tried again in \(Int(pause)) s: \(problem)"))
            guard (try? await time.sleep(until: time.now.addingTimeInterval(pause))) != nil else { return false }
        }
        return true
    }

    /// Tells what stands where that is another than before.
    private func note(_ change: (inout (hook: String?, log: String?)) -> Void) {
        let new = troubles.withLock { troubles -> String?? in
            let before = troubles.hook ?? troubles.log
            change(&troubles)
            let now = troubles.hook ?? troubles.log
            return now == before ? .none : .some(now)
        }
        if let new { stands(new) }
    }

    private static func program(_ path: String, limit: Duration) -> Hook {
        { input in
            await withCheckedContinuation { done in
                // A thread of its own: it waits for a program, and the pool's threads are for work.
                let thread = HookThread {
                    done.resume(returning: words(ChildProcess.runLimited([path], input: input, limit: limit), limit))
                }
                thread.start()
            }
        }
    }

    private static func words(_ report: ChildProcess.Report, _ limit: Duration) -> String? {
        let said = String(decoding: report.errors.prefix { $0 != 10 }, as: UTF8.self)
        let tail = said.isEmpty ? "" : " (\(said))"
        switch report.outcome {
        case .exited(0): return nil
        case .exited(let status): return "it ended with status \(status)\(tail)"
        case .signalled(let signal): return "signal \(signal) ended it\(tail)"
        case .failed(let number): return "it cannot be started: \(HookThread.error(number))"
        case .timedOut: return "it took longer than \(limit.components.seconds) s\(tail)"
        }
    }
}

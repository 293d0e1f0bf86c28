import Dispatch
import Synchronization

/// Runs tasks one job at a time, and knows when there is nothing left to run.
///
/// What waits for a clock, a held answer or another thread is nothing to run: a test moves a ``ManualTime`` on once the
/// executor is idle, and no job is late because the machine is busy.
public final class CountingExecutor: TaskExecutor {
    private struct Contents {
        var jobs = 0
        var begun = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let contents = Mutex(Contents())
    private let queue = DispatchQueue(label: "counting executor")

    public init() {}

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        contents.withLock { contents in
            contents.jobs += 1
            contents.begun += 1
        }
        queue.async { [self] in
            job.runSynchronously(on: asUnownedTaskExecutor())
            let waiting = contents.withLock { contents -> [CheckedContinuation<Void, Never>] in
                contents.jobs -= 1
                guard contents.jobs == 0 else { return [] }
                defer { contents.waiting = [] }
                return contents.waiting
            }
            for waiter in waiting { waiter.resume() }
        }
    }

    /// Runs work, and what it awaits, here, as what an actor does for it.
    public func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        await withTaskExecutorPreference(self) { await work() }
    }

    /// Returns once no job is queued or running, neither here nor at an actor whose jobs are ours.
    /// - Parameter pass: an empty call of the actor: it ends behind what the actor has in its own queue, which the
    ///   system may have somebody else work off.
    public func idle(passing pass: () async -> Void) async {
        while true {
            await idle()
            let begun = contents.withLock { $0.begun }
            await pass()
            await idle()
            if contents.withLock({ $0.begun }) == begun { return }
        }
    }

    private func idle() async {
        await withCheckedContinuation { waiter in
            let isIdle = contents.withLock { contents in
                if contents.jobs > 0 { contents.waiting.append(waiter) }
                return contents.jobs == 0
            }
            if isIdle { waiter.resume() }
        }
    }
}

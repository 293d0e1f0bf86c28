import CUnbound
import Dispatch
import Synchronization

/// One libunbound context with its thread and caches. Its questions are asynchronous: a dispatch source watches the
/// descriptor on which answers arrive, so no thread of the cooperative pool ever waits.
///
/// `@unchecked Sendable`, with this proof: `handle` never changes, libunbound locks the context inside each call that
/// is made here (`ub_resolve_async`, `ub_cancel`, `ub_process`), and `ub_ctx_delete` runs only in the cancel handler of
/// the source, after the last event handler and after `deinit`, when no other call can be under way.
final class UnboundContext: @unchecked Sendable {
    /// Whether answers are validated.
    let isValidating: Bool
    private let handle: OpaquePointer
    private let source: any DispatchSourceRead
    private let queue: DispatchQueue
    private let pending = PendingLookups.shared
    private let timeout: DispatchTimeInterval
    private let deadlines = Mutex(DeadlineQueue())
    /// Set when the thread behind the context is gone: the descriptor is then readable for ever.
    private let isBroken = Mutex(false)

    /// Takes over a context that is set up and finalized. `timeout` is that of each lookup.
    init(handle: OpaquePointer, isValidating: Bool, timeout: Duration) {
        self.handle = handle
        self.isValidating = isValidating
        let (seconds, attoseconds) = timeout.components
        self.timeout = .milliseconds(Int(clamping: seconds) &* 1000 + Int(attoseconds / 1_000_000_000_000_000))
        queue = DispatchQueue(label: "stswatch.dns")
        source = DispatchSource.makeReadSource(fileDescriptor: ub_fd(handle), queue: queue)
        nonisolated(unsafe) let context = handle
        source.setEventHandler { [weak self] in
            if ub_process(context) != 0 { self?.breakDown() }
        }
        source.setCancelHandler { UnboundLibrary.delete(context) }
        source.resume()
    }

    deinit {
        // A suspended source would never call its cancel handler.
        if isBroken.withLock({ $0 }) { source.resume() }
        source.cancel()
    }

    private func breakDown() {
        isBroken.withLock { isBroken in
            if !isBroken { source.suspend() }
            isBroken = true
        }
        for id in deadlines.withLock({ $0.all }) { pending.finish(id, .library("libunbound: its thread ended")) }
    }

    /// Asks one question. Returns within the timeout, and at once when the task is cancelled.
    func lookup(_ question: Question) async -> LookupEvent {
        let id = pending.reserve()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard pending.wait(id, continuation) else { return }
                start(question, id)
            }
        } onCancel: {
            end(id, .cancelled)
        }
    }

    private func start(_ question: Question, _ id: UInt) {
        if isBroken.withLock({ $0 }) {
            pending.finish(id, .library("libunbound: its thread ended"))
            return
        }
        setDeadline(id)
        var asyncID: Int32 = 0
        let code = ub_resolve_async(
            handle, question.name, question.type.rawValue, 1, UnsafeMutableRawPointer(bitPattern: id),
            PendingLookups.receive, &asyncID)
        if code == 0 {
            pending.note(id, asyncID: asyncID)
        } else {
            pending.finish(id, .library(UnboundLibrary.message(code)))
        }
    }

    /// Ends a lookup from our side. libunbound goes on with it for a while, and its answer finds nobody.
    private func end(_ id: UInt, _ event: LookupEvent) {
        if let asyncID = pending.finish(id, event) { ub_cancel(handle, asyncID) }
    }

    private func setDeadline(_ id: UInt) {
        let at = DispatchTime.now() + timeout
        let mustArm = deadlines.withLock { deadlines in
            deadlines.append(id, at: at)
            defer { deadlines.isArmed = true }
            return !deadlines.isArmed
        }
        if mustArm { arm(at) }
    }

    private func arm(_ at: DispatchTime) {
        queue.asyncAfter(deadline: at) { [weak self] in self?.expire() }
    }

    private func expire() {
        let now = DispatchTime.now()
        while true {
            let next = deadlines.withLock { deadlines in
                let next = deadlines.next(isWaiting: pending.isWaiting)
                deadlines.isArmed = next != nil
                return next
            }
            guard let next else { return }
            if next.at > now {
                arm(next.at)
                return
            }
            end(next.id, .deadline)
        }
    }
}

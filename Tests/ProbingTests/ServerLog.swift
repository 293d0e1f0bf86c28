import Synchronization

/// What a scripted server saw; a test waits for it, with no sleeping.
final class ServerLog: Sendable {
    struct Entries: Sendable {
        var messages: [String] = []
        /// The SNI name of each handshake.
        var serverNames: [String?] = []
        var connections = 0
        var closed = 0
    }

    private struct Waiter: Sendable {
        let isReached: @Sendable (Entries) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State: Sendable {
        var entries = Entries()
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())

    var entries: Entries { state.withLock { $0.entries } }

    @discardableResult
    func note<Value: Sendable>(_ change: @Sendable (inout Entries) -> Value) -> Value {
        let (value, ready) = state.withLock { state in
            let value = change(&state.entries)
            let ready = state.waiters.filter { $0.isReached(state.entries) }
            state.waiters.removeAll { $0.isReached(state.entries) }
            return (value, ready)
        }
        for waiter in ready { waiter.continuation.resume() }
        return value
    }

    /// Comes back once the entries are as wanted; a test that waits in vain ends at its time limit.
    func wait(until isReached: @escaping @Sendable (Entries) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isReachedNow = state.withLock { state in
                if isReached(state.entries) { return true }
                state.waiters.append(Waiter(isReached: isReached, continuation: continuation))
                return false
            }
            if isReachedNow { continuation.resume() }
        }
    }
}

import Synchronization

/// Lets a bounded number of lookups through at a time, the others in the order in which they came.
final class LookupGate: Sendable {
    private struct State {
        var free: Int
        var last = 0
        /// Those that wait, by arrival; a cancelled one leaves a gap.
        var queue: [Int] = []
        var head = 0
        var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]
        var cancelled: Set<Int> = []
    }

    private let state: Mutex<State>

    init(limit: Int) {
        state = Mutex(State(free: limit))
    }

    /// How many wait.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Waits for a place; false, and no place, when the task is cancelled.
    func enter() async -> Bool {
        let ticket = state.withLock { state -> Int? in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let ticket else { return true }
        // A cancellation that comes after the place was given leaves its mark.
        defer { state.withLock { _ = $0.cancelled.remove(ticket) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if state.cancelled.remove(ticket) != nil { return false }
                    // A place may have come free between the ticket and here.
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.queue.append(ticket)
                    state.waiting[ticket] = continuation
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let continuation = state.waiting.removeValue(forKey: ticket)
                if continuation == nil { state.cancelled.insert(ticket) }
                return continuation
            }
            continuation?.resume(returning: false)
        }
    }

    /// Gives the place to the one that has waited longest.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            while state.head < state.queue.count {
                let ticket = state.queue[state.head]
                state.head += 1
                if state.head > 1024, state.head * 2 > state.queue.count {
                    state.queue.removeFirst(state.head)
                    state.head = 0
                }
                if let continuation = state.waiting.removeValue(forKey: ticket) { return continuation }
            }
            state.queue.removeAll(keepingCapacity: true)
            state.head = 0
            state.free += 1
            return nil
        }
        next?.resume(returning: true)
    }
}

import CUnbound
import Synchronization

/// Every lookup in flight, each removed exactly once.
///
/// libunbound's callback gets only a number: a late call after a cancellation (`ub_cancel` does not rule it out) finds
/// no entry, and a callback that never comes (`ub_ctx_delete` makes none) leaves nothing that nobody frees.
final class PendingLookups: Sendable {
    static let shared = PendingLookups()

    private enum Entry {
        /// A number was given out, nobody waits yet.
        case reserved
        /// Cancelled before anybody waited.
        case cancelled
        case waiting(CheckedContinuation<LookupEvent, Never>, asyncID: Int32?)
    }

    private struct Table {
        var last: UInt = 0
        var entries: [UInt: Entry] = [:]
    }

    private let table = Mutex(Table())

    /// How many lookups wait.
    var count: Int { table.withLock { $0.entries.count } }

    /// A number for a new lookup, never zero.
    func reserve() -> UInt {
        table.withLock { table in
            table.last += 1
            table.entries[table.last] = .reserved
            return table.last
        }
    }

    /// Lets `continuation` wait under the number; false, and resumed at once, when it was cancelled before.
    func wait(_ id: UInt, _ continuation: CheckedContinuation<LookupEvent, Never>) -> Bool {
        let isWaiting = table.withLock { table in
            guard case .reserved = table.entries[id] else {
                table.entries[id] = nil
                return false
            }
            table.entries[id] = .waiting(continuation, asyncID: nil)
            return true
        }
        if !isWaiting { continuation.resume(returning: .cancelled) }
        return isWaiting
    }

    /// Notes libunbound's own number of the query, for `ub_cancel`.
    func note(_ id: UInt, asyncID: Int32) {
        table.withLock { table in
            guard case .waiting(let continuation, _) = table.entries[id] else { return }
            table.entries[id] = .waiting(continuation, asyncID: asyncID)
        }
    }

    func isWaiting(_ id: UInt) -> Bool {
        table.withLock { $0.entries[id] != nil }
    }

    /// Ends the lookup; returns libunbound's number when the query may still be running there.
    @discardableResult
    func finish(_ id: UInt, _ event: LookupEvent) -> Int32? {
        let (continuation, asyncID) = table.withLock { table -> (CheckedContinuation<LookupEvent, Never>?, Int32?) in
            switch table.entries[id] {
            case .waiting(let continuation, let asyncID):
                table.entries[id] = nil
                return (continuation, asyncID)
            case .reserved:
                table.entries[id] = .cancelled
                return (nil, nil)
            case .cancelled, nil:
                return (nil, nil)
            }
        }
        continuation?.resume(returning: event)
        return asyncID
    }

    /// What libunbound calls with an answer; takes the result over.
    static let receive:
        @convention(c) @Sendable (UnsafeMutableRawPointer?, Int32, UnsafeMutablePointer<ub_result>?) ->
            Void = { argument, code, result in
                defer { ub_resolve_free(result) }
                let id = UInt(bitPattern: argument)
                if code == 0, let result {
                    shared.finish(id, .answer(RawAnswer(copying: result.pointee)))
                } else {
                    shared.finish(id, .library(UnboundLibrary.message(code)))
                }
            }
}

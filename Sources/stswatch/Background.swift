import Foundation
import Glibc
import Synchronization

/// A thread that gives way to the one that draws, and passes that on to every thread it starts.
///
/// A sweep may keep all cores busy: a key must not wait for it. Niceness is a thread's own on Linux and inherited by
/// those it creates, so the engine's threads are made from here.
enum Background {
    private static let niceness: Int32 = 10

    /// Does the work there and waits for it.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) throws -> Value {
        let result = Mutex<Result<Value, any Error>?>(nil)
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            // Zero is the calling thread; where it is refused everything runs as before.
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
            let outcome = Result { try work() }
            result.withLock { $0 = outcome }
            done.signal()
        }
        thread.start()
        done.wait()
        guard let outcome = result.withLock({ $0 }) else {
            throw CommandFailure("the engine could not be started", .unavailable)
        }
        return try outcome.get()
    }
}

import Foundation
import Glibc
import Synchronization

/// A started command whose end can be waited for without blocking a thread of the pool.
final class RunningProcess: Sendable {
    private struct State {
        var isOver = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let process = Process()
    private let state = Mutex(State())

    /// Exit status; only after `ended()`.
    var status: Int32 { process.terminationStatus }

    /// Starts a command on three open files, which are closed here once it has them.
    init(
        _ path: String, _ arguments: [String], in folder: URL? = nil, environment: [String: String]? = nil,
        input: FileHandle, output: FileHandle, complaints: FileHandle
    ) throws {
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment ?? ProcessInfo.processInfo.environment
        process.currentDirectoryURL = folder
        process.standardInput = input
        process.standardOutput = output
        process.standardError = complaints
        process.terminationHandler = { [self] _ in
            let waiters = state.withLock { state in
                state.isOver = true
                defer { state.waiters = [] }
                return state.waiters
            }
            for waiter in waiters { waiter.resume() }
        }
        try Self.withSignalsUnblocked { try process.run() }
        for file in [input, output, complaints] where file !== FileHandle.nullDevice { try file.close() }
    }

    /// Returns when the command has ended; it is killed after this time.
    func ended(within seconds: Double) async {
        let alarm = Task {
            try await Task.sleep(for: .seconds(seconds))
            // Until its end is noted here the pid cannot have been given to another process.
            state.withLock { if !$0.isOver { _ = kill(process.processIdentifier, SIGKILL) } }
        }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.waiters.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
        alarm.cancel()
    }

    /// A pipe whose reading end hears the end of its input as soon as the writing end is closed here or these tests are
    /// gone, however they went: the kernel sees to it.
    static func lifeline() -> Pipe {
        let pipe = Pipe()
        // Another command that is started by chance at this moment must not keep the pipe open.
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        return pipe
    }

    /// The threads of the pool block all signals, and a child would inherit that: it could not be asked to end.
    private static func withSignalsUnblocked(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }
}

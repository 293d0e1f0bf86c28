import Glibc
import Synchronization

/// Ends the wait for a terminal that takes no more output, as when a connection is frozen, once the program has to end.
///
/// `write` on such a terminal waits for ever, and the main thread in it is deaf. A thread of its own sees that a signal
/// to end is not taken, or that the terminal is not given back, for some seconds: then what is written goes nowhere from
/// there on, the wait is interrupted, and the main thread ends in its usual order.
final class StallGuard: Sendable {
    private enum Phase: Sendable {
        case leaving, over
    }

    /// How long a signal to end may wait, and how long giving the terminal back may take; milliseconds.
    private static let patience: Int32 = 2_000

    private let phases: Mailbox<Phase>
    private let signals: Int32
    private let outputs: [Int32]
    private let watched: pthread_t
    /// Another way to the terminal, which waits for nothing, once the usual ones lead nowhere.
    private let spare = Mutex<Int32?>(nil)
    private let thread = Mutex<pthread_t?>(nil)

    /// Watches over the calling thread, until `over`.
    /// - Parameters:
    ///   - signals: a signalfd.
    ///   - outputs: every descriptor through which the thread writes to the terminal.
    init(signals: Int32, outputs: [Int32]) throws(TerminalError) {
        phases = try Mailbox()
        self.signals = signals
        self.outputs = outputs
        watched = pthread_self()
        var action = sigaction()
        // It does nothing but interrupt, and hence must not begin anew what it interrupts.
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGURG, &action, nil)
        var started = pthread_t()
        let status = pthread_create(
            &started, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<StallGuard>.fromOpaque(argument).takeRetainedValue().watch()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        guard status == 0 else { throw .system("pthread_create", status) }
        thread.withLock { $0 = started }
    }

    /// The terminal is given back from here on; that too must not take long.
    func leaving() { phases.post(.leaving) }

    /// Nothing is written to the terminal any more.
    /// - Returns: where the terminal was let go: a descriptor of it, now the caller's, that waits for nothing.
    func over() -> Int32? {
        phases.post(.over)
        if let thread = thread.withLock({ $0 }) { pthread_join(thread, nil) }
        return spare.withLock { $0 }
    }

    private func watch() {
        var isLeaving = false
        while true {
            var ready = [phases.descriptor, signals].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if !isLeaving { poll(&ready, 2, -1) }
            poll(&ready, 1, Self.patience)
            let told = phases.drain()
            if told.contains(.over) { return }
            if told.contains(.leaving) {
                isLeaving = true
            } else if isLeaving || Signals.isAskedToEnd {
                letGo()
            }
        }
    }

    private func letGo() {
        spare.withLock { spare in
            if spare == nil {
                // Opened anew, since whether to wait is a trait of an opening that others share with us.
                spare = open("/proc/self/fd/\(outputs[0])", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
                let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
                for output in outputs { dup2(nowhere, output) }
                close(nowhere)
            }
        }
        pthread_kill(watched, SIGURG)
    }
}

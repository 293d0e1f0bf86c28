import CCurses
import Glibc

/// The signals of the terminal, blocked everywhere and read from a descriptor by the main thread.
public final class Signals {
    /// One that is blocked and read.
    public enum Signal: Int32, CaseIterable, Sendable {
        /// SIGHUP.
        case hangup = 1
        /// SIGINT.
        case interrupt = 2
        /// SIGTERM.
        case terminate = 15
        /// SIGCONT.
        case resume = 18
        /// SIGTSTP.
        case suspend = 20
        /// SIGWINCH.
        case windowChange = 28
    }

    /// A signalfd, readable while a signal waits.
    let descriptor: Int32
    private var previous = sigset_t()

    private static var all: sigset_t { Signals.set(Signal.allCases) }

    static func set(_ signals: [Signal]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal.rawValue) }
        return set
    }

    /// Blocks them in this thread and all it starts; call it first, before any other thread exists.
    public static func block() throws(TerminalError) -> Signals { try Signals() }

    private init() throws(TerminalError) {
        var all = Signals.all
        pthread_sigmask(SIG_BLOCK, &all, &previous)
        descriptor = signalfd(-1, &all, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
        guard descriptor >= 0 else {
            let code = errno
            pthread_sigmask(SIG_SETMASK, &previous, nil)
            throw .system("signalfd", code)
        }
    }

    deinit { close(descriptor) }

    /// The next signal that waits; nil when there is none.
    public func next() -> Signal? {
        var info = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while true {
            let count = read(descriptor, &info, size)
            if count == size {
                if let signal = Signal(rawValue: Int32(truncatingIfNeeded: info.ssi_signo)) { return signal }
            } else if count >= 0 || errno != EINTR {
                return nil
            }
        }
    }

    /// True while a signal to end waits to be read, whichever thread asks.
    static var isAskedToEnd: Bool {
        var waiting = sigset_t()
        sigpending(&waiting)
        return [Signal.terminate, .interrupt].contains { sigismember(&waiting, $0.rawValue) == 1 }
    }

    /// Takes an interrupt that waits.
    /// - Returns: true where a program sent it; false for one that was typed, and where none waits.
    static func takeInterrupt() -> Bool {
        var set = Signals.set([.interrupt])
        var info = siginfo_t()
        var zero = timespec()
        // What the kernel sends for a key has a positive code.
        return sigtimedwait(&set, &info, &zero) > 0 && info.si_code <= 0
    }

    /// Stops the program as an unhandled Ctrl-Z would; returns once it runs again, at once where nobody could start it
    /// again (an orphaned group): the kernel is asked, which then drops the signal.
    static func stopProgram() {
        var ours = sigaction()
        var plain = sigaction()
        plain.__sigaction_handler.sa_handler = SIG_DFL
        sigaction(SIGTSTP, &plain, &ours)
        var suspend = Signals.set([.suspend])
        var mask = sigset_t()
        kill(getpid(), SIGTSTP)
        pthread_sigmask(SIG_UNBLOCK, &suspend, &mask)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        sigaction(SIGTSTP, &ours, nil)
    }

    /// Drops those of `unwanted` that wait for this thread, as after a child that had the terminal.
    static func discard(_ unwanted: [Signal]) {
        var set = Signals.set(unwanted)
        var zero = timespec()
        while sigtimedwait(&set, nil, &zero) > 0 {}
    }

    /// Gives this thread the mask it had before `block`.
    public func unblock() { pthread_sigmask(SIG_SETMASK, &previous, nil) }
}

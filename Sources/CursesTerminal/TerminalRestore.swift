import CCurses
import Glibc
import Synchronization

/// Gives the terminal back on ways out that unwind nothing: a trap, an abort, `exit` somewhere below. All that the
/// handler touches is laid out beforehand, and it makes only calls that are safe in a signal handler.
public enum TerminalRestore {
    private struct Record {
        var descriptor: Int32
        var output: Int32
        var state: termios
        var bytes: UnsafeMutablePointer<UInt8>
        var count: Int
    }

    /// Signals that end the program with a trap, an abort or a core, or only because nobody expects them.
    private static let fatal = [
        SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF,
        SIGXCPU, SIGXFSZ, SIGSYS, SIGIO, SIGPWR, SIGSTKFLT,
    ]

    /// Remembers how to give the terminal back: its state and the bytes to write. Replaces what was remembered.
    static func arm(descriptor: Int32, output: Int32, state: termios, bytes: [UInt8]) {
        installed
        let text = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        text.initialize(from: bytes, count: bytes.count)
        let record = UnsafeMutablePointer<Record>.allocate(capacity: 1)
        record.initialize(
            to: Record(descriptor: descriptor, output: output, state: state, bytes: text, count: bytes.count))
        release(armed.exchange(UInt(bitPattern: record), ordering: .acquiringAndReleasing))
    }

    /// Forgets it: the terminal is given back already.
    static func disarm() {
        release(armed.exchange(0, ordering: .acquiringAndReleasing))
    }

    /// Gives the terminal back at once, if it has not been; safe in a signal handler. The record is not freed.
    public static func restore() {
        let address = armed.exchange(0, ordering: .acquiringAndReleasing)
        guard let record = UnsafeMutablePointer<Record>(bitPattern: address) else { return }
        // Who does not read now would be waited for in vain: what it has not read goes, so that this finds room. A
        // rehearsal has no terminal, and waits for none.
        var ready = pollfd(fd: record.pointee.output, events: Int16(POLLOUT), revents: 0)
        if poll(&ready, 1, record.pointee.output < 0 ? 0 : 500) == 0 { tcflush(record.pointee.output, TCOFLUSH) }
        _ = write(record.pointee.output, record.pointee.bytes, record.pointee.count)
        tcsetattr(record.pointee.descriptor, TCSANOW, &record.pointee.state)
    }

    private static func release(_ address: UInt) {
        guard let record = UnsafeMutablePointer<Record>(bitPattern: address) else { return }
        record.pointee.bytes.deallocate()
        record.deallocate()
    }

    /// Handlers for the fatal signals and for `exit`, set once a process; those before them run after them.
    private static let installed: Void = {
        let earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
        earlier.initialize(repeating: sigaction(), count: 65)
        previous.store(UInt(bitPattern: earlier), ordering: .releasing)
        rehearse()
        for signal in fatal {
            var action = sigaction()
            // Who started us may have wanted one to be ignored.
            sigaction(signal, nil, &action)
            if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
            action.__sigaction_handler.sa_sigaction = { signal, info, _ in TerminalRestore.fail(signal, info) }
            action.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK
            sigaction(signal, &action, earlier + Int(signal))
        }
        useSpareStack()
        atexit { TerminalRestore.restore() }
    }()

    /// What the handler does: gives the terminal back, and ends the program as it would have ended without us.
    private static func fail(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?) {
        restore()
        guard let earlier = UnsafeMutablePointer<sigaction>(bitPattern: previous.load(ordering: .acquiring)) else {
            return
        }
        sigaction(signal, earlier + Int(signal), nil)
        switch signal {
        case SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGFPE:
            // A fault happens again on return, at the right place for a core or a backtrace; what was sent does not.
            if let info, info.pointee.si_code > 0 { return }
            raise(signal)
        // Who types Ctrl-\ wants out now, and no backtrace, which takes half a minute.
        case SIGQUIT: break
        default: raise(signal)
        }
        // Who only tells a backtrace comes back: whoever sent the signal meant the program to end all the same.
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
    }

    /// Goes once through all of it, to no effect: what Swift looks up at the first use of a type is looked up now. In
    /// the handler it would allocate, and wait for ever for the lock of a heap that the fault has interrupted.
    private static func rehearse() {
        let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        let record = UnsafeMutablePointer<Record>.allocate(capacity: 1)
        record.initialize(to: Record(descriptor: -1, output: -1, state: termios(), bytes: bytes, count: 0))
        let kept = armed.exchange(UInt(bitPattern: record), ordering: .acquiringAndReleasing)
        var info = siginfo_t()
        // No signal has this number: nothing is set and nothing raised.
        fail(0, &info)
        armed.store(kept, ordering: .releasing)
        release(UInt(bitPattern: record))
    }

    /// A stack of its own for the handler: the fault may be that this thread's stack is full.
    private static func useSpareStack() {
        var current = stack_t()
        guard sigaltstack(nil, &current) == 0, current.ss_flags & Int32(SS_DISABLE) != 0 else { return }
        let size = 65_536
        var spare = stack_t()
        spare.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        spare.ss_size = size
        sigaltstack(&spare, nil)
    }
}

/// Address of the record that the handler uses; 0 for none. Outside the type, so that it needs no initialiser at run
/// time, which a signal handler could not wait for.
private let armed = Atomic<UInt>(0)
/// Address of the table of the actions that ours replaced, by signal.
private let previous = Atomic<UInt>(0)

public import Glibc

/// A program that was started and is waited for by its own process id.
public struct ChildProcess: Sendable {
    /// How a program ended.
    public enum Outcome: Hashable, Sendable {
        /// It left with this status.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
        /// It could not be started: `errno`.
        case failed(Int32)
        /// It had not ended within its time, and was killed.
        case timedOut
    }

    public let id: pid_t

    /// Where a child's output goes.
    public enum Output: Sendable {
        /// Where ours goes.
        case inherited
        /// Nowhere; what it writes to standard error is kept in this file of ours.
        case discarded(errors: Int32)
    }

    /// Starts a program found by PATH; nothing is blocked, ignored or caught in it, whatever is in us.
    /// - Parameters:
    ///   - arguments: its name and its arguments.
    ///   - input: what it reads on standard input; nil for ours.
    ///   - environment: `NAME=value` entries beside those inherited; LINES and COLUMNS are never passed on.
    ///   - ownGroup: a process group of its own, so that `kill` reaches what it starts in turn.
    /// - Throws: `StartFailure` with `errno`.
    public static func start(
        _ arguments: [String], input: [UInt8]? = nil, environment: [String] = [], output: Output = .inherited,
        ownGroup: Bool = false
    ) throws(StartFailure) -> ChildProcess {
        guard let program = arguments.first, !arguments.contains(where: { $0.utf8.contains(0) }) else {
            throw StartFailure(number: EINVAL)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var source: Int32 = -1
        if let input {
            source = MemoryFile.make(input)
            guard source >= 0 else { throw StartFailure(number: errno) }
            posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
        }
        defer { if source >= 0 { close(source) } }
        if case .discarded(let errors) = output {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        reset(&attributes, ownGroup: ownGroup)
        var child: pid_t = 0
        let status = withCStrings(arguments) { argv in
            withCStrings(inherited() + environment) { envp in
                posix_spawnp(&child, program, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else { throw StartFailure(number: status) }
        return ChildProcess(id: child)
    }

    /// `errno` of a start that failed.
    public struct StartFailure: Error, Hashable {
        public let number: Int32
    }

    /// How a status of waitpid(2) reads; nil while the child has only stopped.
    public static func outcome(ofStatus status: Int32) -> Outcome? {
        if status & 0xff == 0x7f { return nil }
        return status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .signalled(status & 0x7f)
    }

    private static func reset(_ attributes: inout posix_spawnattr_t, ownGroup: Bool) {
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for signal in [
            SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGQUIT, SIGTTIN, SIGTTOU, SIGCHLD, SIGUSR1,
            SIGUSR2,
        ] { sigaddset(&defaults, signal) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var flags = Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        if ownGroup {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= Int16(POSIX_SPAWN_SETPGROUP)
        }
        posix_spawnattr_setflags(&attributes, flags)
    }

    private static func inherited() -> [String] {
        var entries: [String] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(String(cString: entry))
            next += 1
        }
        return entries.filter { !$0.hasPrefix("LINES=") && !$0.hasPrefix("COLUMNS=") }
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

import CCurses
import Glibc

/// A program that has the terminal for a while (a pager) or runs beside it (a hook).
public enum ExternalProgram {
    /// How it ended.
    public enum Outcome: Hashable, Sendable {
        /// It left with this status.
        case exited(Int32)
        /// This signal ended it.
        case signalled(Int32)
        /// It could not be started: `errno`.
        case failed(Int32)
    }

    /// Runs a program found by PATH and waits for it. Call it inside `CursesScreen.suspendFor`.
    /// - Parameters:
    ///   - arguments: its name and its arguments.
    ///   - input: what it reads on standard input; nil for the terminal.
    ///   - environment: `NAME=value` entries beside those inherited; LINES and COLUMNS are never passed on.
    public static func run(
        _ arguments: [String], input: [UInt8]? = nil, environment: [String] = []
    ) -> Outcome {
        guard let program = arguments.first, !arguments.contains(where: { $0.utf8.contains(0) }) else {
            return .failed(EINVAL)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        var source: Int32 = -1
        if let input {
            source = memory(of: input)
            guard source >= 0 else { return .failed(errno) }
            posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
        }
        defer { if source >= 0 { close(source) } }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Signals.resetInChild(&attributes)

        // Ctrl-\ in the pager must not end us.
        var ignore = sigaction()
        ignore.__sigaction_handler.sa_handler = SIG_IGN
        var kept = sigaction()
        sigaction(SIGQUIT, &ignore, &kept)
        defer { sigaction(SIGQUIT, &kept, nil) }

        var child: pid_t = 0
        let status = withCStrings(arguments) { argv in
            withCStrings(inherited() + environment) { envp in
                posix_spawnp(&child, program, &actions, &attributes, argv, envp)
            }
        }
        guard status == 0 else { return .failed(status) }
        return wait(for: child)
    }

    private static func wait(for child: pid_t) -> Outcome {
        var status: Int32 = 0
        while true {
            guard waitpid(child, &status, WUNTRACED) == child else {
                if errno == EINTR { continue }
                return .failed(errno)
            }
            if status & 0xff == 0x7f {
                // Ctrl-Z stopped it: stop too, or the shell would wait for us for ever.
                kill(getpid(), SIGSTOP)
                kill(child, SIGCONT)
            } else if status & 0x7f == 0 {
                return .exited((status >> 8) & 0xff)
            } else {
                return .signalled(status & 0x7f)
            }
        }
    }

    /// A nameless file in memory: unlike a pipe it blocks nobody who reads late or not at all.
    private static func memory(of bytes: [UInt8]) -> Int32 {
        let file = memfd_create("input", UInt32(MFD_CLOEXEC))
        guard file >= 0 else { return -1 }
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + sent }, $0.count - sent) }
            guard count > 0 else {
                if errno == EINTR { continue }
                close(file)
                return -1
            }
            sent += count
        }
        lseek(file, 0, SEEK_SET)
        return file
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

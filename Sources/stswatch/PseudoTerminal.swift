import Cells
import Foundation
import Glibc

/// A child process on a terminal of its own, 140x40.
final class PseudoTerminal {
    private let terminal: Int32
    private let child: pid_t
    private var heard: [UInt8] = []

    // Macros that do not reach Swift: TIOCSPTLCK, TIOCGPTN, POSIX_SPAWN_SETSID.
    private static let unlock: UInt = 0x4004_5431
    private static let numberOf: UInt = 0x8004_5430
    private static let newSession: Int32 = 0x80

    private init(terminal: Int32, child: pid_t) {
        self.terminal = terminal
        self.child = child
    }

    /// Both ends of a terminal: the descriptor of who looks at it, and the path of the terminal itself.
    static func pair(_ extent: Size = Size(width: 140, height: 40)) throws -> (watcher: Int32, path: String) {
        let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, UInt32) = (0, 0)
        guard terminal >= 0, ioctl(terminal, Self.unlock, &lock) == 0, ioctl(terminal, Self.numberOf, &number) == 0
        else {
            throw CommandFailure("no pseudo terminal is to be had: \(String(cString: strerror(errno)))", .unavailable)
        }
        var size = winsize(
            ws_row: UInt16(extent.height), ws_col: UInt16(extent.width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
        return (terminal, "/dev/pts/\(number)")
    }

    /// Starts a program; its first word is its path.
    /// - Parameter variables: of its environment, besides ours.
    static func spawn(_ arguments: [String], _ variables: [String: String] = [:]) throws -> PseudoTerminal {
        let (terminal, path) = try pair()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 0...2 {
            posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDWR, 0)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A session of its own: the first terminal it opens is then its controlling one.
        posix_spawnattr_setflags(&attributes, Int16(Self.newSession | POSIX_SPAWN_SETSIGMASK))
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var environment = ProcessInfo.processInfo.environment
        environment["TERM"] = "xterm-256color"
        environment.merge(variables) { $1 }
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for pointer in words + settings { free(pointer) } }
        var child: pid_t = 0
        let result = posix_spawn(&child, arguments[0], &actions, &attributes, &words, &settings)
        guard result == 0 else {
            close(terminal)
            throw CommandFailure("cannot start \(arguments[0]): \(String(cString: strerror(result)))", .unavailable)
        }
        return PseudoTerminal(terminal: terminal, child: child)
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        heard.removeAll()
        _ = write(terminal, bytes, bytes.count)
    }

    /// Reads until the text was heard since the last key.
    func wait(for text: String, seconds: Double) throws {
        let wanted = Array(text.utf8)
        let end = ContinuousClock.now + .seconds(seconds)
        while !contains(wanted) {
            guard hear(until: end) > 0 else {
                throw CommandFailure("the program did not show '\(text)' within \(Int(seconds)) s", .unavailable)
            }
        }
        heard.removeAll()
    }

    /// Reads until the child was quiet for so many seconds: hardly a byte but the clock's, hardly any work.
    /// - Parameter work: the share of a core that still counts as quiet.
    func settle(quiet: Double, work: Double = 0.1, most: Double) {
        let end = ContinuousClock.now + .seconds(most)
        var isQuiet = false
        while ContinuousClock.now < end, !isQuiet {
            let before = processorSeconds
            isQuiet = count(seconds: quiet) < 100 && processorSeconds - before < quiet * work
        }
    }

    /// How many bytes are heard in so many seconds.
    func count(seconds: Double) -> Int {
        let end = ContinuousClock.now + .seconds(seconds)
        var bytes = 0
        while ContinuousClock.now < end { bytes += hear(until: end) }
        heard.removeAll()
        return bytes
    }

    /// What the child writes and uses while nobody touches it: bytes a second, and per cent of a core.
    func costs(seconds: Double) -> (bytes: Double, processor: Double) {
        let before = processorSeconds
        let bytes = count(seconds: seconds)
        return (Double(bytes) / seconds, (processorSeconds - before) * 100 / seconds)
    }

    /// Processor time of the child so far.
    private var processorSeconds: Double {
        guard let line = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8),
            let end = line.lastIndex(of: ")")
        else { return 0 }
        let fields = line[end...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    func end() {
        kill(child, SIGTERM)
        // The child restores its terminal before it leaves: somebody must read what it writes.
        let limit = ContinuousClock.now + .seconds(3)
        while waitpid(child, nil, WNOHANG) == 0 {
            if ContinuousClock.now > limit { kill(child, SIGKILL) }
            _ = hear(until: ContinuousClock.now + .milliseconds(10))
        }
        close(terminal)
    }

    private func hear(until end: ContinuousClock.Instant) -> Int {
        let left = (end - ContinuousClock.now).components
        let milliseconds = left.seconds * 1_000 + left.attoseconds / 1_000_000_000_000_000
        guard milliseconds >= 0 else { return 0 }
        var polled = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        guard poll(&polled, 1, Int32(clamping: milliseconds + 1)) > 0 else { return 0 }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(terminal, &buffer, buffer.count)
        guard count > 0 else { return 0 }
        heard += buffer[..<count]
        return count
    }

    private func contains(_ wanted: [UInt8]) -> Bool {
        String(decoding: heard, as: UTF8.self).contains(String(decoding: wanted, as: UTF8.self))
    }
}

import CCurses
import Cells
import Glibc

@testable import CursesTerminal

/// A terminal without a window: what the program writes is gathered by a thread, what a user would type is written.
final class PseudoTerminal {
    /// The program's side.
    let slave: Int32
    /// The user's side; -1 once hung up.
    private var master: Int32
    private let reading: Reading
    private var reader = pthread_t()

    /// What the thread shares: the descriptor it reads, where it posts, and what tells it to end.
    private final class Reading: Sendable {
        let descriptor: Int32
        let output: Mailbox<[UInt8]>
        let end: Mailbox<Bool>

        init(descriptor: Int32) throws {
            self.descriptor = descriptor
            output = try Mailbox()
            end = try Mailbox()
        }

        func run() {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                var ready = [descriptor, end.descriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
                guard poll(&ready, 2, -1) > 0 else { continue }
                if ready[1].revents != 0 { return }
                let count = read(descriptor, &buffer, buffer.count)
                if count > 0 { output.post(Array(buffer[..<count])) }
            }
        }
    }

    init(width: Int, height: Int) throws {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        // TIOCSPTLCK and TIOCGPTN, which do not import: what unlockpt and ptsname do.
        var lock: Int32 = 0
        var number: UInt32 = 0
        guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw TerminalError.system("/dev/ptmx", errno)
        }
        path = "/dev/pts/\(number)"
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw TerminalError.system("open", errno) }
        reading = try Reading(descriptor: master)
        resize(width: width, height: height)
        pthread_create(
            &reader, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Reading>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(reading).toOpaque())
    }

    deinit {
        hangUp()
        close(slave)
    }

    /// The name under which another process opens the program's side.
    let path: String

    /// Types text, up to 4 kB.
    func type(_ text: String) {
        let bytes = Array(text.utf8)
        write(master, bytes, bytes.count)
    }

    /// Hangs up: the user's window is closed.
    func hangUp() {
        guard master >= 0 else { return }
        reading.end.post(true)
        pthread_join(reader, nil)
        close(master)
        master = -1
    }

    /// Gives the terminal another size; the kernel tells no one, as no process has it for its own.
    func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
    }

    /// Its line settings, byte for byte.
    var settings: [UInt8] {
        var state = termios()
        tcgetattr(slave, &state)
        return withUnsafeBytes(of: &state) { Array($0) }
    }

    /// What has reached the terminal since it was asked last, `body` run before.
    func written(by body: () throws -> Void) rethrows -> String {
        try body()
        // A mark of our own tells when everything before it has come through.
        let mark = Array("\u{1}<mark>".utf8)
        TerminalOutput.write(mark, to: slave)
        var bytes: [UInt8] = []
        while !bytes.suffix(mark.count).elementsEqual(mark) {
            var ready = pollfd(fd: reading.output.descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 20_000) > 0 else { return "no output in 20 seconds" }
            bytes += reading.output.drain().flatMap { $0 }
        }
        return String(decoding: bytes.dropLast(mark.count), as: UTF8.self)
    }
}

import Cells
import Glibc
import Processes
import Synchronization
import Testing

@testable import CursesTerminal

/// Ways out that unwind nothing, each in a process of its own on a terminal of this one.
@Suite(.timeLimit(.minutes(5))) struct TerminalRestoreTests {
    private func check(_ terminal: PseudoTerminal, settings: [UInt8], written: String) {
        #expect(terminal.settings == settings)
        #expect(written.contains("\u{1b}[?1049h"))
        let end = written.suffix(120)
        #expect(end.contains("\u{1b}[?1049l"))
        #expect(end.contains("\u{1b}[23;0t"))
        #expect(end.contains("\u{1b}[?25h"))
    }

    @Test("a fault in memory")
    func fault() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .signal(SIGSEGV)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            withExtendedLifetime(screen) {
                UnsafeMutablePointer<UInt8>(bitPattern: 64)?.pointee = 1
            }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("an abort")
    func abortion() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .signal(SIGABRT)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            withExtendedLifetime(screen) { abort() }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("Ctrl-\\ ends the program at once, whoever would tell a backtrace first")
    func quitAtOnce() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .signal(SIGQUIT)) { [path = terminal.path as String] in
            var teller = sigaction()
            teller.__sigaction_handler.sa_handler = { _ in _exit(9) }
            sigaction(SIGQUIT, &teller, nil)
            let screen = try openScreen(path)
            _ = withExtendedLifetime(screen) { kill(getpid(), SIGQUIT) }
            while true { pause() }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("an abort after the mouse was turned on")
    func mouse() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        await #expect(processExitsWith: .signal(SIGABRT)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            screen.setMouse(true)
            withExtendedLifetime(screen) { abort() }
        }
        let written = terminal.written {}
        #expect(written.contains("1000h"), "it was on")
        let end = written.suffix(120)
        #expect(end.contains("\u{1b}[?1000l") && end.contains("\u{1b}[?1006l"))
    }

    /// Of those that end a program unasked, whatever they are meant for elsewhere.
    @Test("a signal that nobody expects", arguments: [SIGUSR1, SIGUSR2, SIGALRM, SIGXCPU])
    func unexpected(signal: Int32) async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .signal(signal)) { [path = terminal.path as String, signal] in
            let screen = try openScreen(path)
            _ = withExtendedLifetime(screen) { kill(getpid(), signal) }
            while true { pause() }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("a timer that runs out, which the kernel sends itself")
    func timer() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .signal(SIGALRM)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            _ = withExtendedLifetime(screen) { ualarm(1_000, 0) }
            while true { pause() }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("a fault within malloc, whose lock nobody gives back: the way out must not allocate")
    func locked() async throws {
        // A thread that does nothing else has the lock half of the time.
        for _ in 0..<6 {
            let terminal = try PseudoTerminal(width: 80, height: 24)
            let settings = terminal.settings
            await #expect(processExitsWith: .signal(SIGTRAP)) { [path = terminal.path as String] in
                alarm(15)
                let screen = try openScreen(path)
                var thread = pthread_t()
                pthread_create(
                    &thread, nil,
                    { _ in
                        while true {
                            // Too large to be kept apart for each thread.
                            free(malloc(3_000))
                            turns.add(1, ordering: .relaxed)
                        }
                    }, nil)
                while turns.load(ordering: .relaxed) < 100 { sched_yield() }
                _ = withExtendedLifetime(screen) { pthread_kill(thread, SIGTRAP) }
                while true { pause() }
            }
            check(terminal, settings: settings, written: terminal.written {})
        }
    }

    @Test("exit somewhere below")
    func exiting() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .exitCode(7)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            withExtendedLifetime(screen) { exit(7) }
        }
        check(terminal, settings: settings, written: terminal.written {})
    }

    @Test("once given back it is not given back again")
    func once() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        await #expect(processExitsWith: .signal(SIGABRT)) { [path = terminal.path as String] in
            let screen = try openScreen(path)
            screen.close()
            abort()
        }
        #expect(terminal.written {}.split(separator: "\u{1b}[23;0t", omittingEmptySubsequences: false).count == 2)
    }

    @Test("a pager that stops itself in a group that nobody could start again goes on, and so do we")
    func stoppedPager() async throws {
        await #expect(processExitsWith: .exitCode(3)) {
            setsid()
            let signals = try Signals.block()
            let outcome = withExtendedLifetime(signals) { ExternalProgram.run(["sh", "-c", "kill -STOP $$; exit 3"]) }
            exit(outcome == .exited(3) ? 3 : 4)
        }
    }

    @Test("Ctrl-Z in a group that nobody could start again: the terminal is given back and taken again")
    func suspension() async throws {
        let terminal = try PseudoTerminal(width: 80, height: 24)
        let settings = terminal.settings
        await #expect(processExitsWith: .exitCode(3)) { [path = terminal.path as String] in
            // A session of its own makes the group an orphan, which the kernel does not stop.
            setsid()
            let signals = try Signals.block()
            let screen = try openScreen(path)
            let loop = try TerminalLoop<Int>(screen: screen, mailbox: try Mailbox(), signals: signals)
            pthread_kill(pthread_self(), SIGTSTP)
            let end = loop.run(handle: { $0 == .resumed ? .quit : .proceed }, render: { Canvas($0) })
            screen.close()
            exit(end == .quit ? 3 : 4)
        }
        let written = terminal.written {}
        #expect(terminal.settings == settings)
        #expect(written.split(separator: "\u{1b}[?1049h", omittingEmptySubsequences: false).count == 3)
        #expect(written.split(separator: "\u{1b}[?1049l", omittingEmptySubsequences: false).count == 3)
    }
}

/// How often a thread has asked for memory.
private let turns = Atomic<Int>(0)

/// Opens the terminal of that name and draws on it.
private func openScreen(_ path: String) throws -> CursesScreen {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    let screen = try CursesScreen(input: descriptor, output: descriptor, term: "xterm-256color", locale: "C.UTF-8")
    var canvas = Canvas(screen.size)
    canvas.put("watching", x: 1, y: 1)
    screen.present(canvas)
    return screen
}

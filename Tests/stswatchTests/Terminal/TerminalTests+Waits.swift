import Foundation
import GRDB
import Glibc
import Testing

extension TerminalTests {
    /// Whatever others keep waiting, the screen stands there and whoever wants out gets out.
    @Suite("What others keep waiting")
    struct Waits {
        @Test(
            "a terminal that takes no more output keeps nobody from ending it, and has it all back later",
            arguments: [true, false])
        func stalled(whilePainting: Bool) async throws {
            try await ListPane.open("one.example\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.press("m")
                try await pane.wait(for: "the mouse") { $0.footer.contains("mouse on") }
                let process = try await pane.pid()
                let server = try #require(pid_t(try await pane.server()))
                let terminal = Glibc.open(try await pane.tty(), O_WRONLY | O_NOCTTY | O_NONBLOCK)
                try #require(terminal >= 0)
                defer { close(terminal) }
                // Who draws the terminal reads no more, and what it has not read fills all the room there is.
                try #require(kill(server, SIGSTOP) == 0)
                defer { kill(server, SIGCONT) }
                let filling = [UInt8](repeating: 0, count: 4_096)
                #expect(
                    try await Patience.wait(within: 30) {
                        while write(terminal, filling, filling.count) > 0 {}
                        return errno == EAGAIN
                    })
                if whilePainting {
                    // Taken, it makes everything be painted again.
                    try #require(kill(process, SIGWINCH) == 0)
                    #expect(try await Patience.wait(within: 30) { try !Self.awaits(SIGWINCH, process) })
                }
                try #require(kill(process, SIGTERM) == 0)
                #expect(try await Patience.wait(within: 30) { !TerminalPane.isRunning(process) })
                try #require(kill(server, SIGCONT) == 0)
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
                #expect(try pane.read("state/stswatch/view.toml").contains("mouse = true"))
            }
        }

        /// Whether a signal was sent to a process that has not taken it yet.
        private static func awaits(_ signal: Int32, _ process: pid_t) throws -> Bool {
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("ShdPnd:") })
            let waiting = try #require(line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) })
            return waiting >> UInt64(signal - 1) & 1 == 1
        }

        @Test("who asks it to end while a pager has the terminal need not wait for that", arguments: [SIGTERM, SIGINT])
        func endingWhilePaging(_ signal: Int32) async throws {
            try await ListPane.open("one.example\n", variables: "PAGER='cat >paged; exec sleep 600'") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.press("o")
                #expect(
                    try await Patience.wait(within: 30) { (try? pane.read("paged"))?.contains("one.example") == true })
                try await pane.signal(signal)
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        /// As a program does that has locked the file for itself, or a copy of it in progress.
        private static func holding(_ pane: TerminalPane, _ body: () async throws -> Void) async throws {
            let folder = pane.path("state/stswatch")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: folder + "/history.sqlite", configuration: configuration)
            try await other.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE t (a); BEGIN EXCLUSIVE") }
            try await body()
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        }

        @Test("a history that is held: the domains stand there all the same, Ctrl-C works, and it is told")
        func heldHistory() async throws {
            try await TerminalPane.open(columns: 160) { pane in
                try pane.write("one.example\n", to: "list")
                try await Self.holding(pane) {
                    let arguments = "watch list \(ListPane.deadResolver)"
                    try await pane.launch(arguments)
                    try await pane.wait(for: "the row") { $0.rows.count == 1 && $0.contains("history: opening") }
                    try await pane.press("C-c")
                    #expect(try await pane.left() == 0)
                    try await pane.expectRestored()
                    try await pane.enter("clear; exec stswatch \(arguments)")
                    try await pane.wait(for: "what is wrong") { $0.footer.contains("held by another program") }
                }
            }
        }

        @Test("a list that has become a pipe is not waited for: it is told, and a file in its place is read")
        func listTurnedPipe() async throws {
            try await ListPane.open("one.example\n") { pane in
                try await pane.wait(for: "the row") { $0.rows.count == 1 }
                try FileManager.default.removeItem(atPath: pane.path("list"))
                try #require(mkfifo(pane.path("list"), 0o600) == 0)
                try await pane.wait(for: "the problem") { $0.status.contains("1 list problem: L") }
                try await pane.signal(SIGHUP)
                try await pane.press("L")
                try await pane.wait(for: "the reason") { $0.contains("no regular file") }
                try await pane.press("Escape")
                try FileManager.default.removeItem(atPath: pane.path("list"))
                try pane.write("two.example\n", to: "list")
                try await pane.wait(for: "the new list") {
                    $0.row("two.example") != nil && $0.row("one.example") == nil
                }
            }
        }

        @Test("a list that came through a pipe is not opened again on SIGHUP")
        func listThroughPipe() async throws {
            try await TerminalPane.open { pane in
                try #require(mkfifo(pane.path("pipe"), 0o600) == 0)
                try pane.write("", to: "settings.toml")
                try await pane.enter("(echo one.example >pipe &)")
                try await pane.launch("watch pipe --config settings.toml \(ListPane.deadResolver)")
                try await pane.wait(for: "the row") { $0.rows.count == 1 }
                try await pane.signal(SIGHUP)
                try await pane.press("?")
                try await pane.wait(for: "an answer to a key") { $0.contains("stswatch keys") }
            }
        }
    }
}

import Foundation
import Glibc
import Testing

extension TerminalTests {
    @Suite("Signals and the list file")
    struct SignalsAndList {
        @Test("rows stand there at once, unknown; the list is read again on SIGHUP; what is bad in it is shown")
        func listOnSignal() async throws {
            try await ListPane.open("one.example\naaa.example @customers # first\n") { pane in
                let first = try await pane.wait(for: "a row for each domain") { $0.rows.count == 2 }
                #expect(first.rows.allSatisfy { $0.state == "UNKNOWN" }, "\(first)")

                // As long as before and as old as before: by itself the program cannot see that this file is another.
                let file = pane.path("list")
                var before = stat()
                try #require(stat(file, &before) == 0)
                let text = try pane.read("list").replacingOccurrences(of: "aaa", with: "bbb")
                let descriptor = Glibc.open(file, O_WRONLY)
                try #require(write(descriptor, text, text.utf8.count) == text.utf8.count)
                try #require(futimens(descriptor, [before.st_atim, before.st_mtim]) == 0)
                close(descriptor)
                try await pane.signal(SIGHUP)
                try await pane.wait(for: "the other domain") {
                    $0.row("bbb.example") != nil && $0.row("aaa.example") == nil
                }
            }
        }

        @Test("a list that was written is read again by itself; a bad line and a lost file are told")
        func listByItself() async throws {
            try await ListPane.open("one.example\n") { pane in
                try await pane.wait(for: "the row") { $0.rows.count == 1 }
                try pane.write("one.example\nMünchen.example\nno domain\none.example\n", to: "list")
                let told = try await pane.wait(for: "the new row, and the problems") {
                    $0.row("xn--mnchen-3ya.example") != nil && $0.status.contains("list problems: L")
                }
                #expect(told.rows.count == 2, "\(told)")
                try await pane.press("L")
                let remarks = try await pane.wait(for: "the remarks") { $0.contains("Remarks") }
                #expect(remarks.contains("line 3:") && remarks.contains("line 4: one.example:"), "\(remarks)")
                try await pane.press("Escape")
                try FileManager.default.removeItem(atPath: pane.path("list"))
                let lost = try await pane.wait(for: "the loss") { $0.status.contains("1 list problem: L") }
                #expect(lost.rows.count == 2, "what was watched is watched still\n\(lost)")
            }
        }

        @Test("what nobody expects, and Ctrl-\\, give the terminal back", arguments: [SIGQUIT, SIGUSR1, SIGALRM])
        func unexpected(_ signal: Int32) async throws {
            try await ListPane.open("one.example\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.press("m")
                try await pane.wait(for: "the mouse") { $0.footer.contains("mouse on") }
                try await pane.signal(signal)
                #expect(try await pane.left() == 128 + signal)
                try await pane.expectRestored()
            }
        }

        @Test(
            "SIGTERM, SIGINT and Ctrl-C end it, the terminal given back", arguments: [SIGTERM, SIGINT, nil] as [Int32?])
        func ending(_ signal: Int32?) async throws {
            try await ListPane.open("one.example\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                #expect(try await pane.isFullScreen())
                if let signal { try await pane.signal(signal) } else { try await pane.press("C-c") }
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
                #expect(try pane.read("complaint").isEmpty)
            }
        }

        @Test(
            "a trap, an abort or a fault that is sent ends it, the terminal given back, also where a backtrace is told",
            arguments: [(SIGTRAP, false), (SIGABRT, false), (SIGSEGV, false), (SIGQUIT, true)])
        func failing(_ signal: Int32, _ isTold: Bool) async throws {
            let variable = "SWIFT_BACKTRACE=enable=\(isTold ? "yes" : "no"),interactive=no,color=no"
            try await ListPane.open("one.example\n", variables: variable) { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.signal(signal)
                #expect(try await pane.left() == 128 + signal)
                try await pane.expectRestored(isOtherScreen: !isTold)
            }
        }

        @Test("stopped by Ctrl-Z the terminal is the shell's, and fg brings the screen back whole")
        func suspending() async throws {
            try await LabPane.open(interval: "10m") { lab in
                let pane = lab.pane
                let before = try await lab.filled()
                for _ in 0..<2 {
                    try await pane.press("C-z")
                    // 128 and the number of SIGTSTP: to the shell the command is over for now.
                    #expect(try await pane.left() == 148)
                    try await pane.expectRestored()
                    try await resume(pane)
                    let after = try await pane.wait(for: "the table") { $0.rows.count == before.rows.count }
                    // The one that answers late may have come to its verdict meanwhile, and pushed another out of sight.
                    let others = Set(after.rows.map(\.domain)).symmetricDifference(before.rows.map(\.domain))
                    #expect(others.count <= 2, "\(after)")
                    #expect(after.banner.contains("BOUNCING") && after.footer.contains("? help"), "\(after)")
                    #expect(try await pane.isFullScreen())
                    try await pane.press("G")
                    try await pane.wait(for: "keys to work") { $0.rows.last?.isUnderCursor == true }
                    try await pane.press("g")
                    try await pane.wait(for: "the top") { $0.rows.first?.isUnderCursor == true }
                }
                // A size that changes meanwhile is not lost.
                try await pane.press("C-z")
                #expect(try await pane.left() == 148)
                try await pane.resize(140, 40)
                try await resume(pane)
                try await pane.wait(for: "the wide table") { $0.contains("MAXAGE") && $0.footer.contains("? help") }
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        /// Takes the stopped program up again on a screen that shows none of the past.
        private func resume(_ pane: TerminalPane) async throws {
            try await pane.enter("clear")
            try await pane.wait(for: "an empty screen") { $0.lines.dropFirst().allSatisfy(\.isEmpty) }
            // For `expectRestored`, which looks for the line that started it.
            try await pane.enter("# ready> . ./go")
            try await pane.enter(#"fg; echo "left $?"; stty -g >after"#)
        }

        enum Loss: String, CaseIterable {
            /// The window is closed.
            case closed
            /// What drew the terminal dies without a word.
            case killed
            /// The same while a pager has the terminal.
            case whilePaging
            /// The same with a pager that does not care.
            case whilePagingUnmoved
        }

        @Test("when the terminal is lost nothing of its session is left", arguments: Loss.allCases)
        func losing(_ loss: Loss) async throws {
            // A pager that waits for its reader.
            let pager =
                loss == .whilePagingUnmoved ? #"trap "" HUP; cat >paged; exec sleep 600"# : "cat >paged; sleep 600"
            try await ListPane.open("one.example\n", variables: "PAGER='\(pager)'") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                if [.whilePaging, .whilePagingUnmoved].contains(loss) {
                    try await pane.press("o")
                    #expect(
                        try await Patience.wait(within: 30) {
                            (try? pane.read("paged"))?.contains("one.example") == true
                        })
                }
                let process = try await pane.pid()
                #expect(TerminalPane.isRunning(process))
                let session = getsid(process)
                // The shell and the program, and the pager's own shell with what it waits in.
                let members = [.whilePaging: 4, .whilePagingUnmoved: 3][loss] ?? 2
                #expect(
                    try await Patience.wait(within: 30) { TerminalPane.running(in: session).count == members },
                    "\(TerminalPane.running(in: session))")
                if loss == .closed {
                    try await pane.tmux(["kill-server"])
                } else {
                    let server = try #require(pid_t(try await pane.server()))
                    try #require(kill(server, SIGKILL) == 0)
                }
                #expect(
                    try await Patience.wait(within: 30) { TerminalPane.running(in: session).isEmpty },
                    "left: \(TerminalPane.running(in: session))")
            }
        }
    }
}

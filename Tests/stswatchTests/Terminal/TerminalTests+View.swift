import Foundation
import Glibc
import Testing

extension TerminalTests {
    /// How the screen is arranged outlives the program, whichever way that ends.
    @Suite("The view that is kept")
    struct View {
        private static let file = "state/stswatch/view.toml"

        /// The monitor over two domains, sorted by name and turned round.
        private func arrange(_ pane: TerminalPane) async throws {
            try await pane.wait(for: "the table") { $0.rows.count == 2 && $0.footer.contains("? help") }
            try await pane.press("s")
            try await pane.wait(for: "the menu") { $0.contains("Sort by") }
            try await pane.press("d", "I")
            try await pane.wait(for: "the order turned round") { $0.rows.map(\.domain) == ["b.example", "a.example"] }
        }

        private func start(_ pane: TerminalPane, _ options: String = "") async throws {
            try await pane.enter("clear")
            try await pane.wait(for: "an empty screen") { $0.lines.dropFirst().allSatisfy(\.isEmpty) }
            try await pane.launch("watch list \(ListPane.deadResolver) --interval 2s \(options)")
        }

        @Test("it is as it was after q, SIGTERM and SIGINT; nothing is written where nothing changed")
        func kept() async throws {
            try await ListPane.open("a.example\nb.example\n") { pane in
                try await arrange(pane)
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                let text = try pane.read(Self.file)
                #expect(text.contains("sort = \"domain\"") && text.contains("inverted = true"), "\(text)")
                let attributes = try FileManager.default.attributesOfItem(atPath: pane.path(Self.file))
                #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
                let written = attributes[.systemFileNumber] as? NSNumber

                try await start(pane)
                try await pane.wait(for: "the order that was left") {
                    $0.status.contains("sort:domain") && $0.rows.map(\.domain) == ["b.example", "a.example"]
                }
                try await pane.signal(SIGTERM)
                #expect(try await pane.left() == 0)
                let after = try FileManager.default.attributesOfItem(atPath: pane.path(Self.file))
                #expect(after[.systemFileNumber] as? NSNumber == written, "written again for nothing")

                try await start(pane)
                try await pane.wait(for: "the table") { $0.rows.count == 2 && $0.status.contains("sort:domain") }
                try await pane.press("I")
                try await pane.wait(for: "the order by name") { $0.rows.map(\.domain) == ["a.example", "b.example"] }
                try await pane.signal(SIGINT)
                #expect(try await pane.left() == 0)
                #expect(!(try pane.read(Self.file)).contains("inverted"))
                try await pane.expectRestored(isOtherScreen: false)
            }
        }

        @Test("SIGHUP keeps it while the terminal is there, and so does the loss of the terminal")
        func hangup() async throws {
            try await ListPane.open("a.example\nb.example\n") { pane in
                try await arrange(pane)
                try await pane.signal(SIGHUP)
                let came = try await Patience.wait(within: 30) {
                    (try? pane.read(Self.file))?.contains("inverted = true") == true
                }
                #expect(came)
                try await pane.press("I")
                try await pane.wait(for: "the order by name") { $0.rows.map(\.domain) == ["a.example", "b.example"] }
                let process = try await pane.pid()
                let kept = try Data(contentsOf: URL(fileURLWithPath: pane.path(Self.file)))
                try await pane.tmux(["kill-pane"])
                #expect(try await Patience.wait(within: 30) { !TerminalPane.isRunning(process) })
                let after = try Data(contentsOf: URL(fileURLWithPath: pane.path(Self.file)))
                #expect(after != kept && !String(decoding: after, as: UTF8.self).contains("inverted"))
            }
        }

        @Test("a theme that was chosen comes back, and one that is asked for counts more")
        func theme() async throws {
            try await ListPane.open("a.example\nb.example\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 2 && $0.footer.contains("? help") }
                try await pane.press(":")
                try await pane.type("theme mono")
                try await pane.press("Enter")
                try await pane.wait(for: "the keys") { $0.footer.contains("? help") }
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                #expect(try pane.read(Self.file).contains("theme = \"mono\""))
                for (options, isColoured) in [("", false), ("--theme dark", true)] {
                    try await start(pane, options)
                    try await pane.wait(for: "the table") { $0.rows.count == 2 && $0.footer.contains("? help") }
                    let numbers = try await pane.styles().flatMap { $0.split(separator: ";") }.compactMap { Int($0) }
                    #expect(numbers.contains { (30...38).contains($0) } == isColoured, "\(options) \(numbers)")
                    try await pane.press("q")
                    #expect(try await pane.left() == 0)
                    #expect(try pane.read(Self.file).contains("theme = \"mono\""))
                }
            }
        }

        @Test("a file that is damaged is told once, left alone, and stops nothing")
        func damaged() async throws {
            try await TerminalPane.open { pane in
                try pane.write("a.example\nb.example\n", to: "list")
                try FileManager.default.createDirectory(
                    atPath: pane.path("state/stswatch"), withIntermediateDirectories: true)
                try pane.write("sort = \"colour\"\n", to: Self.file)
                try await pane.launch("watch list \(ListPane.deadResolver) --interval 2s")
                try await pane.wait(for: "the complaint") { $0.rows.count == 2 && $0.contains("view.toml:1:1: 'sort'") }
                try await arrange(pane)
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                #expect(try pane.read(Self.file) == "sort = \"colour\"\n")
                #expect(try pane.read("complaint").isEmpty)
            }
        }
    }
}

import Foundation
import Testing

extension TerminalTests {
    /// One row a key: what is pressed, and what must be seen then. The keys come from the program's own settings
    /// template, so an action without a row fails.
    @Suite("Every key of the table")
    struct Keys {
        /// Presses one of the action's keys and waits for what it does.
        private struct Row: Sendable {
            let action: String
            /// Another than the first key, as the settings write it.
            var key: String?
            /// Keys in front, for a screen on which it means something; and behind, to come back.
            var before: [String] = []
            var after: [String] = []
            /// Whether it did what it should, by the screen before the key and now.
            let isDone: @Sendable (TerminalScreen, TerminalScreen) -> Bool
        }

        /// How each action's keys are written in the settings: those of `stswatch config --default`.
        private static func standardKeys() async throws -> [String: [String]] {
            let run = try await Program.run(["config", "--default"])
            let table = try #require(run.text.components(separatedBy: "[keys]\n").last)
            var keys: [String: [String]] = [:]
            for line in table.split(separator: "\n") {
                let parts = line.dropFirst(2).components(separatedBy: " = ")
                guard parts.count == 2, let list = try? JSONDecoder().decode([String].self, from: Data(parts[1].utf8))
                else { continue }
                keys[parts[0]] = list
            }
            return keys
        }

        /// What tmux calls a key of the settings.
        private static func tmuxName(_ key: String) -> String {
            switch key {
            case "page-down": "PageDown"
            case "page-up": "PageUp"
            case "shift-tab": "BTab"
            case _ where key.hasPrefix("ctrl-"): "C-" + key.dropFirst(5)
            case _ where key.count > 1: key.capitalized
            default: key
            }
        }

        private static func place(_ screen: TerminalScreen) -> Int? { screen.rows.firstIndex(where: \.isUnderCursor) }

        private static func moved(by step: ClosedRange<Int>) -> @Sendable (TerminalScreen, TerminalScreen) -> Bool {
            { before, now in
                guard let here = place(before), let there = place(now) else { return false }
                return before.rows[here].domain != now.rows[there].domain && step.contains(there - here)
            }
        }

        private static func shows(_ text: String) -> @Sendable (TerminalScreen, TerminalScreen) -> Bool {
            { $1.contains(text) }
        }

        private static let moves: [Row] = [
            Row(action: "move-down", isDone: moved(by: 1...1)), Row(action: "move-up", isDone: moved(by: -1 ... -1)),
            Row(action: "move-down", key: "down", isDone: moved(by: 1...1)),
            Row(action: "move-up", key: "up", isDone: moved(by: -1 ... -1)),
            Row(action: "half-page-down", isDone: moved(by: 2...12)),
            Row(action: "half-page-up", isDone: moved(by: -12 ... -2)),
            Row(action: "page-down", isDone: { $1.current?.domain != $0.current?.domain }),
            Row(action: "page-up", isDone: { $1.current?.domain != $0.current?.domain }),
            Row(
                action: "move-bottom",
                isDone: { $1.current == $1.rows.last && $1.rows.last?.domain != $0.rows.last?.domain }),
            Row(action: "move-top", isDone: { $1.current == $1.rows.first && $1.rows.first?.state == "BOUNCE" }),
            Row(action: "move-bottom", key: "end", isDone: { $1.current == $1.rows.last && place($0) == 0 }),
            Row(action: "move-top", key: "home", isDone: { $1.current == $1.rows.first }),
            Row(action: "next-problem", isDone: moved(by: 1...1)),
            Row(action: "previous-problem", isDone: moved(by: -1 ... -1)),
            Row(action: "pan-right", isDone: { $1.rows.map(\.rest) != $0.rows.map(\.rest) }),
            Row(action: "pan-left", isDone: { $1.rows.map(\.rest) != $0.rows.map(\.rest) }),
            // Cursor and mark part: the next row has the one, this row the other.
            Row(
                action: "mark", after: ["escape", "g"],
                isDone: { $1.rows.first?.isMarked == true && place($1) == 1 && $1.status.contains("+1 marked") }),
            Row(
                action: "other-pane",
                isDone: { _, now in
                    now.rows.allSatisfy { !$0.isUnderCursor } || now.changes.contains { $0.hasPrefix(">") }
                }),
            Row(action: "other-pane", key: "shift-tab", isDone: { $1.current != nil }),
        ]

        private static let table: [Row] = [
            Row(action: "filter", after: ["escape"], isDone: { $1.footer.hasPrefix("/") }),
            Row(action: "problems-only", isDone: { _, now in now.status.contains("problems only") }),
            Row(action: "problems-only", isDone: { !$1.status.contains("problems only") }),
            Row(action: "sort", after: ["d"], isDone: shows("Sort by")),
            Row(action: "invert", isDone: { $1.status.contains("sort:domain") && isSorted($1.rows.reversed()) }),
            Row(action: "invert", isDone: { isSorted($1.rows) }),
            Row(action: "sort-next", isDone: { $1.status.contains("sort:policy") }),
            Row(action: "sort-previous", isDone: { $1.status.contains("sort:domain") }),
            Row(action: "sort-previous", isDone: { $1.status.contains("sort:severity") }),
            Row(action: "group", after: ["t"], isDone: shows("by provider (MX hosts)")),
            Row(action: "back", isDone: { $1.rows.count > 5 && !$1.contains("no tag") }),
            Row(
                action: "columns", after: ["space", "escape"],
                isDone: { $0.contains(" POLICY") && $1.contains("Columns, as far as they fit") }),
            Row(action: "columns", after: ["space", "escape"], isDone: { _, now in now.contains("[ ] policy") }),
            Row(action: "mute", after: ["1"], isDone: { $1.contains("Mute ") && $1.contains("30 minutes") }),
            Row(
                action: "mute", before: [], after: ["o"],
                isDone: { $0.footer.contains("muted until") && $1.contains("Mute ") }),
            Row(action: "wall", after: ["W"], isDone: { $1.rows.isEmpty && $1.footer.contains("Esc") }),
            Row(action: "acknowledge", before: ["g"], isDone: { stars($1) == 1 }),
            Row(action: "acknowledge-all", isDone: { stars($1) == 0 && $1.footer.contains("acknowledged") }),
        ]

        private static func isSorted(_ rows: [TerminalScreen.Row]) -> Bool {
            rows.count > 5 && rows.map(\.domain) == rows.map(\.domain).sorted()
        }

        private static func stars(_ screen: TerminalScreen) -> Int { screen.rows.count { $0.mark == "*" } }

        private static let domain: [Row] = [
            Row(action: "open", isDone: shows("[1 Summary]")),
            Row(action: "next-tab", isDone: shows("[2 Policy]")),
            Row(action: "previous-tab", isDone: shows("[1 Summary]")),
            Row(action: "next-domain", isDone: { $1.banner != $0.banner && $1.contains("[1 Summary]") }),
            Row(action: "previous-domain", isDone: { $1.banner != $0.banner && $1.contains("[1 Summary]") }),
            Row(action: "quit-view", isDone: { $1.rows.count > 5 }),
            Row(action: "recheck", isDone: { $1.contains("looking at ") && !$1.contains(" domains now") }),
            Row(action: "recheck-all", isDone: shows("looking at 37 domains now")),
            Row(action: "copy", after: ["d"], isDone: shows("command to look again")),
            Row(
                action: "save",
                isDone: { $0.footer.contains("copied: ") && $1.footer.contains("saved as ~/stswatch-overview-") }),
            Row(action: "plan", after: ["escape"], isDone: shows("Nothing is planned")),
        ]

        private static let anywhere: [Row] = [
            Row(action: "help", after: ["escape"], isDone: shows("stswatch keys")),
            Row(action: "help", key: "f1", after: ["escape"], isDone: shows("stswatch keys")),
            Row(action: "command", after: ["escape"], isDone: { $1.footer.hasPrefix(":") }),
            Row(action: "pause", isDone: { $1.banner.contains("PAUSED") }),
            Row(action: "pause", isDone: { !$1.banner.contains("PAUSED") }),
            Row(action: "remarks", isDone: shows("no remarks: list and resolver are fine")),
            Row(action: "mouse", isDone: shows("mouse on")), Row(action: "mouse", isDone: shows("mouse off")),
            Row(action: "themes", after: ["escape"], isDone: { $1.contains("Theme") && $1.contains("solarized") }),
        ]

        /// Those whose effect is looked for elsewhere than in the rows: here below, or in the tests of signals.
        private static let others: Set = ["pager", "redraw", "suspend", "quit"]

        @Test("what is pasted into a prompt is text up to the line's end, and no key of it does anything")
        func paste() async throws {
            try await ListPane.open("one.example\ntwo.example\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 2 }
                try await pane.press("/")
                try await pane.wait(for: "the prompt") { $0.footer.hasPrefix("/") }
                try await pane.tmux(["set-buffer", "two\nAQ\u{1b}[31mqq"])
                try await pane.tmux(["paste-buffer", "-p"])
                try await pane.wait(for: "the text") { $0.footer.hasPrefix("/two") && $0.rows.count == 1 }
                try await pane.press("Enter")
                let filtered = try await pane.wait(for: "the filter") { $0.status.contains("filter:two") }
                #expect(filtered.rows.map(\.domain) == ["two.example"], "\(filtered)")
                #expect(TerminalPane.isRunning(try await pane.pid()))
                try await pane.press("Escape")
                try await pane.wait(for: "all rows") { $0.rows.count == 2 }
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        @Test(":add takes a line of a list, and answers what came of it")
        func adding() async throws {
            try await ListPane.open("one.example\n", rows: 24) { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                for (typed, answer, count) in [
                    ("add two.example @hand", "two.example is watched until the end of this run", 2),
                    ("add one.example", "one.example is watched already", 2), ("add a..b", "a..b: ", 2),
                ] {
                    try await pane.press(":")
                    try await pane.type(typed)
                    try await pane.press("Enter")
                    try await pane.wait(for: answer) { $0.footer.contains(answer) && $0.rows.count == count }
                }
                try await pane.press("/")
                try await pane.type("tag:hand")
                try await pane.press("Enter")
                try await pane.wait(for: "the tag") { $0.rows.map(\.domain) == ["two.example"] }
                try await pane.press("q")
                #expect(try await pane.left() == 0)
            }
        }

        @Test("each action has a row, and each row's key does what the help says of it")
        func everyKey() async throws {
            let keys = try await Self.standardKeys()
            #expect(keys.count > 50, "\(keys)")
            let tabs = keys.keys.filter { $0.hasPrefix("tab-") }.sorted().map { action in
                Row(action: action, after: ["escape"], isDone: Self.shows("[\(keys[action]?.first ?? "no key") "))
            }
            let rows = Self.moves + Self.table + Self.domain + tabs + Self.anywhere
            #expect(Set(keys.keys).subtracting(rows.map(\.action)).subtracting(Self.others).isEmpty, "no row")

            try await LabPane.open(interval: "10m", variables: "PAGER='cat >paged'") { lab in
                let pane = lab.pane
                try await lab.filled()
                // Two changes, so that there is something to acknowledge and a pane of changes to go to.
                try await lab.order("apply strip-starttls mx.relay-house.example")
                _ = try await lab.recheckAll { Self.stars($0) == 2 }
                for row in rows {
                    let key = try #require(row.key ?? keys[row.action]?.first, "\(row.action)")
                    #expect(keys[row.action]?.contains(key) == true, "\(row.action) has no key \(key)")
                    for name in row.before { try await pane.press(Self.tmuxName(name)) }
                    let before = try await pane.settled()
                    try await pane.press(Self.tmuxName(key))
                    try await pane.wait(for: "what \(key) does: \(row.action)") { row.isDone(before, $0) }
                    for name in row.after {
                        try await pane.press(Self.tmuxName(name))
                        // With a key right behind it, Escape would be the beginning of another; and what comes next
                        // begins on the screen that is left.
                        guard name == "escape" || name == row.after.last else { continue }
                        try await pane.wait(for: "the end of \(row.action)") {
                            // A menu may go on to say something else before it goes.
                            !row.isDone(before, $0) && !$0.contains("+- ")
                        }
                    }
                }
                try await pane.wait(for: "the table") { $0.rows.count > 5 && $0.footer.contains("? help") }

                try await pane.press("o")
                #expect(try await Patience.wait(within: 60) { (try? pane.read("paged"))?.isEmpty == false })
                try await pane.wait(for: "the table") { $0.rows.count > 5 }
                try await redraw(pane)
                try await pane.press("Q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        /// Somebody else writes on the terminal, and Ctrl-L brings back what stood there.
        private func redraw(_ pane: TerminalPane) async throws {
            let before = try await pane.settled()
            let terminal = try #require(FileHandle(forWritingAtPath: try await pane.tty()))
            terminal.write(Data("\u{1b}7\u{1b}[6;20HWALL: the disk is full\u{1b}8".utf8))
            try await pane.wait(for: "the stranger's words") { $0.contains("WALL: the disk is full") }
            try await pane.press("C-l")
            try await pane.wait(for: "the screen whole again") { $0.lines.dropFirst(2) == before.lines.dropFirst(2) }
        }
    }
}

import Testing

extension TerminalTests {
    @Suite("Kinds of terminal")
    struct Kinds {
        /// Proves that something on the terminal has a colour, or nothing: parameters 30 to 38, 40 to 48 and 90 to 107.
        private func expect(
            _ pane: TerminalPane, coloured: Bool, _ location: SourceLocation = #_sourceLocation
        ) async throws {
            let numbers = try await pane.styles().flatMap { $0.split(separator: ";") }.compactMap { Int($0) }
            let isColoured = numbers.contains { number in
                (30...38).contains(number) || (40...48).contains(number) || (90...107).contains(number)
            }
            #expect(isColoured == coloured, "\(numbers)", sourceLocation: location)
        }

        /// Everything in colour that the monitor has, by what it is started with.
        private func lab(
            _ variables: String = "", options: String = "", coloured: Bool,
            _ location: SourceLocation = #_sourceLocation
        ) async throws {
            try await LabPane.open(interval: "10m", options: options, variables: variables) { lab in
                try await lab.pane.wait(for: "rows of several states") { $0.count("X") > 0 && $0.count("~") > 0 }
                try await expect(lab.pane, coloured: coloured, location)
                try await lab.pane.press("Enter")
                try await lab.pane.wait(for: "the detail") { $0.contains("[1 Summary]") }
                try await expect(lab.pane, coloured: coloured, location)
            }
        }

        @Test("no colour where none is wanted or none is there", arguments: ["NO_COLOR=1", "TERM=vt100", ""])
        func noColour(_ variable: String) async throws {
            try await lab(variable, options: variable.isEmpty ? "--mono" : "", coloured: false)
        }

        @Test("an empty NO_COLOR is none, and a theme that is asked for by name counts more")
        func colour() async throws {
            try await lab("NO_COLOR=", coloured: true)
            try await lab("NO_COLOR=1", options: "--theme dark", coloured: true)
            // So a theme that the settings ask for.
            try await ListPane.open("one.example\n", variables: "NO_COLOR=1", settings: "theme = \"dark\"\n") { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await expect(pane, coloured: true)
            }
        }

        /// Opens a monitor over a list, does something there, and leaves.
        private func watch(
            _ list: String, environment: [String: String], isOtherScreen: Bool = true,
            _ body: (TerminalPane) async throws -> Void
        ) async throws {
            try await ListPane.open(list, environment: environment) { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 && $0.footer.contains("? help") }
                try await body(pane)
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored(isOtherScreen: isOtherScreen)
            }
        }

        @Test("large frames are bracketed, unless the settings say not to", arguments: [true, false])
        func synchronizedOutput(_ isOn: Bool) async throws {
            let settings = isOn ? "" : "synchronized-output = false\n"
            try await ListPane.open("one.example\n", settings: settings) { pane in
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.tmux(["pipe-pane", "cat >\(pane.path("raw"))"])
                try await pane.press("C-l")
                // The bracket comes before what it holds.
                var raw = ""
                let came = try await Patience.wait(within: 30) {
                    raw = (try? pane.read("raw")) ?? ""
                    return raw.contains("one.example")
                }
                #expect(came, "\(raw.count) bytes")
                #expect(raw.contains("\u{1b}[?2026h") == isOn)
                try await pane.press("q")
                #expect(try await pane.left() == 0)
            }
        }

        @Test("any known terminal will do", arguments: ["vt100", "linux", "xterm", "xterm-256color", "screen", "tmux"])
        func terminals(_ name: String) async throws {
            // The console and the real terminal have one screen only.
            let isOtherScreen = !["vt100", "linux"].contains(name)
            try await watch("one.example\n", environment: ["TERM": name], isOtherScreen: isOtherScreen) { pane in
                try await pane.press("Enter")
                try await pane.wait(for: "the detail") { $0.contains("[1 Summary]") }
                try await pane.press("Escape")
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
            }
        }

        @Test(
            "names of other scripts are written where the locale can, and never break a line",
            arguments: ["C", "C.UTF-8"])
        func locales(_ name: String) async throws {
            try await watch("münchen.example\n", environment: ["LANG": name]) { pane in
                try await pane.press("Enter")
                let detail = try await pane.wait(for: "the detail") { $0.contains("[1 Summary]") }
                let shown =
                    name == "C" ? "xn--mnchen-3ya.example  m?nchen.example" : "xn--mnchen-3ya.example  münchen.example"
                #expect(detail.banner.contains(shown), "\(detail)")
                try await pane.press("Escape")
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
            }
        }

        @Test("a theme that is none does not keep the monitor from starting, and is told")
        func badTheme() async throws {
            try await TerminalPane.open { pane in
                try pane.write("one.example\n", to: "list")
                try pane.write("name = \"mine\"\n[roles]\nnonsense = { fg = \"red\" }\n", to: "mine.toml")
                for (theme, words) in [("nowhere", "nowhere"), ("./mine.toml", "mine.toml:3:1")] {
                    try await pane.launch("watch list \(ListPane.deadResolver) --theme \(theme)")
                    try await pane.wait(for: "the theme's flaw") { $0.rows.count == 1 && $0.contains(words) }
                    try await pane.press("q")
                    #expect(try await pane.left() == 0)
                    try await pane.enter("clear")
                    try await pane.wait(for: "an empty screen") { !$0.contains("left 0") }
                }
            }
        }
    }
}

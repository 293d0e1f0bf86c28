import Foundation
import Testing

extension TerminalTests {
    /// Every key of the table does what the help says of it.
    @Suite("Keys of the overview")
    struct Overview {
        private static let clinics = ["alder-clinic.example", "birch-clinic.example"]

        @Test("filter and problems only hide rows, and Esc brings them back")
        func filtering() async throws {
            try await LabPane.open(rows: 56, interval: "10m") { lab in
                let pane = lab.pane
                try await lab.filled()

                try await pane.press("!")
                let problems = try await pane.wait(for: "the problems") { $0.status.contains("problems only") }
                #expect(problems.rows.allSatisfy { $0.isProblem }, "\(problems)")
                #expect(problems.status.contains("37 domains, \(problems.rows.count) shown"), "\(problems)")
                try await pane.press("!")
                try await pane.wait(for: "all rows") { $0.rows.count == 37 && !$0.status.contains("problems only") }

                try await pane.press("/")
                try await pane.type("clinic")
                let typed = try await pane.wait(for: "two rows while typing") {
                    $0.rows.map(\.domain).sorted() == Self.clinics
                }
                #expect(typed.footer.hasPrefix("/clinic") && typed.footer.contains("2 of 37"), "\(typed)")
                try await pane.press("Enter")
                try await pane.wait(for: "the keys again") { $0.footer.contains("help") }
                #expect(try await pane.screen().status.contains("filter:clinic"))
                try await pane.press("Escape")
                try await pane.wait(for: "all rows") { $0.rows.count == 37 && $0.status.contains("filter:-") }

                try await pane.press("/")
                try await pane.type("state:bounce !quay")
                let bouncing = try await pane.wait(for: "what bounces, less one") { screen in
                    screen.rows.count == screen.count("X") - 1
                }
                #expect(bouncing.rows.allSatisfy { $0.state == "BOUNCE" && !$0.domain.contains("quay") }, "\(bouncing)")
                try await pane.press("Escape")
                try await pane.wait(for: "the filter from before") { $0.rows.count == 37 }

                try await pane.press("/")
                try await pane.type("zzz")
                try await pane.wait(for: "a sentence about nothing") { $0.contains("matches 0 of 37") }
                try await pane.press("Escape")
                try await pane.wait(for: "all rows") { $0.rows.count == 37 }
            }
        }

        @Test("sort, moves, help, commands, pager and theme")
        func arranging() async throws {
            try await LabPane.open(rows: 56, interval: "10m", variables: "PAGER='cat >paged'") { lab in
                let pane = lab.pane
                let filled = try await lab.filled()
                try await sort(pane)
                try await move(pane, filled.rows)

                try await pane.press("?")
                try await pane.wait(for: "the help") { $0.banner.contains("stswatch keys") && $0.contains("sort by..") }
                try await pane.type("pau")
                try await pane.wait(for: "what was searched for") { $0.contains("pause") && !$0.contains("sort by..") }
                try await pane.press("Escape")
                try await pane.wait(for: "the table") { $0.rows.count == 37 }

                try await command("filter clinic", pane) { $0.rows.map(\.domain).sorted() == Self.clinics }
                try await command("filter", pane) { $0.rows.count == 37 }
                try await command("add Bücher.example", pane) { $0.row("xn--bcher-kva.example") != nil }
                try await command("remove BÜCHER.example", pane) { $0.contains("Stop watching xn--bcher") }
                try await pane.press("y")
                try await pane.wait(for: "the row to go") {
                    $0.row("xn--bcher-kva.example") == nil && $0.rows.count == 37
                }
                try await command("nonsense", pane) { $0.contains("no command 'nonsense'") }

                try await pane.press("o")
                // The table is there before the pager has begun, too.
                try await pane.wait(for: "the pager, and the table again") { screen in
                    screen.rows.count == 37 && (try? pane.read("paged"))?.isEmpty == false
                }
                #expect(try pane.read("paged").contains("BOUNCE  old-mill.example"))

                let before = try await pane.styles()
                try await command("theme light", pane) { $0.rows.count == 37 }
                #expect(try await Patience.wait(within: 30) { try await pane.styles() != before })
                try await command("theme none", pane) { $0.contains("no theme 'none'") }

                try await pane.press("Q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        private func sort(_ pane: TerminalPane) async throws {
            try await pane.press("s")
            try await pane.wait(for: "the menu") { $0.contains("Sort by") }
            try await pane.press("d")
            let ascending = try await pane.wait(for: "the order by name") {
                $0.status.contains("sort:domain") && $0.rows.first?.domain == "alder-clinic.example"
            }
            let names = ascending.rows.map(\.domain)
            #expect(names == names.sorted(), "\(ascending)")
            try await pane.press("I")
            try await pane.wait(for: "the order turned round") { $0.rows.map(\.domain) == names.reversed() }
            try await pane.press("I")
            try await pane.press(">")
            try await pane.wait(for: "the next column") { $0.status.contains("sort:policy") }
            try await pane.press("<")
            try await pane.wait(for: "the column before") { $0.status.contains("sort:domain") }
            try await pane.press("s", "s")
            try await pane.wait(for: "the worst on top") {
                $0.status.contains("sort:severity") && $0.rows.first?.state == "BOUNCE"
            }
        }

        private func move(_ pane: TerminalPane, _ rows: [TerminalScreen.Row]) async throws {
            for (key, place) in [("G", 36), ("g", 0), ("j", 1), ("k", 0), ("C-d", nil), ("Home", 0), ("End", 36)] {
                try await pane.press(key)
                try await pane.wait(for: "the cursor after \(key)") { screen in
                    let here = screen.rows.firstIndex(where: \.isUnderCursor)
                    return place.map { $0 == here } ?? (here ?? 0 > 5)
                }
            }
            // From the last row the next problem is the first of all.
            try await pane.press("n")
            try await pane.wait(for: "the next problem") { $0.rows.firstIndex(where: \.isUnderCursor) == 0 }
            try await pane.press("N")
            let last = try await pane.wait(for: "the last problem") { $0.current.map { $0 != rows[0] } ?? false }
            let problems = last.rows.filter(\.isProblem)
            #expect(last.current?.domain == problems.last?.domain, "\(last)")
        }

        private func command(
            _ line: String, _ pane: TerminalPane, _ isDone: (TerminalScreen) -> Bool
        ) async throws {
            try await pane.press(":")
            try await pane.type(line)
            try await pane.wait(for: "the typed command") { $0.footer.hasPrefix(":\(line)") }
            try await pane.press("Enter")
            try await pane.wait(for: "what :\(line) does", until: isDone)
        }

        @Test("the verdicts in sight go to a file, as check prints them, and never over one")
        func exporting() async throws {
            try await LabPane.open(interval: "10m") { lab in
                let pane = lab.pane
                try await lab.filled()
                try await pane.press("/")
                try await pane.type("clinic")
                try await pane.press("Enter")
                try await pane.wait(for: "the two clinics") { $0.rows.count == 2 }
                for name in ["board.json", "board-2.json"] {
                    try await command("export board", pane) { $0.contains("saved as ~/\(name)") }
                    struct Document: Decodable {
                        struct Domain: Decodable {
                            let domain: String
                            let state: String
                        }
                        let schema: Int
                        let domains: [Domain]
                    }
                    let text = try pane.read(name)
                    let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
                    #expect(document.schema == 1)
                    #expect(Set(document.domains.map(\.domain)) == Set(Self.clinics))
                }
            }
        }

        @Test("pause holds the screen, recheck looks at the cursor's domain or at the marked ones")
        func pausing() async throws {
            // What is well is not looked at by itself within the life of this test: what turns was asked for.
            try await LabPane.open(rows: 56, interval: "10m") { lab in
                let pane = lab.pane
                // A first verdict that comes while the screen is held is a bounce that waits, too.
                try await lab.filled(toTheLast: true)
                try await lab.moveCursor(to: Self.clinics[0])
                try await pane.press("p")
                // On a busy machine something may have turned before: it stays, nothing is added to it.
                let before = try await pane.wait(for: "the pause") { $0.banner.contains("PAUSED") }
                try await lab.order("apply strip-starttls mx.relay-house.example")
                let paused = try await lab.recheck { $0.banner.contains("2 changes waiting, 2 BOUNCE") }
                #expect(Self.clinics.allSatisfy { paused.row($0)?.state == "OK" }, "\(paused)")
                #expect(paused.changes == before.changes, "\(paused)")
                try await pane.press("p")
                try await pane.wait(for: "both to bounce") { screen in
                    Self.clinics.allSatisfy { screen.row($0)?.state == "BOUNCE" && screen.row($0)?.mark == "*" }
                }
                try await pane.press("A")
                try await pane.wait(for: "no marks") { screen in screen.rows.allSatisfy { $0.mark == " " } }

                try await lab.order("repair strip-starttls mx.relay-house.example")
                try await lab.moveCursor(to: Self.clinics[1])
                try await pane.press("Space")
                try await pane.wait(for: "the mark") {
                    $0.row(Self.clinics[1])?.mark == "+" && $0.status.contains("+1 marked")
                }
                // What has just begun to bounce stands at the top: the cursor goes to the other end.
                try await pane.press("G")
                let looking = try await lab.recheck { screen in
                    Self.clinics.allSatisfy { screen.row($0)?.state == "OK" }
                }
                #expect(looking.current?.domain != Self.clinics[1], "\(looking)")
            }
        }
    }
}

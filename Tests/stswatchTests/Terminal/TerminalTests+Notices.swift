import Foundation
import Testing

extension TerminalTests {
    @Suite("Being told")
    struct Notices {
        private static let victims = ["alder-clinic.example", "birch-clinic.example"]

        /// What the hook was given: each call's object.
        private struct Call: Decodable {
            struct Entry: Decodable {
                let domain: String
                let stateBefore: String
                let stateAfter: String
                let code: String?
                let impact: String
                let fix: String?
            }

            let schema: Int
            let lost: Int
            let changes: [Entry]
        }

        private func calls(_ pane: TerminalPane) throws -> [Call] {
            let text = (try? pane.read("calls")) ?? ""
            return try text.split(separator: "\n").map {
                try JSONDecoder().decode(Call.self, from: Data($0.utf8))
            }
        }

        @Test("a change is given to the program and appended to the log, and so is its end; a failing program is told")
        func hookAndLog() async throws {
            try await LabPane.open(rows: 56, interval: "10m", options: "--on-change ./hook --log changes") { lab in
                try await lab.filled()
                #expect(try calls(lab.pane).isEmpty, "what is bad from the start is no change")
                try await turn(lab, "apply", "BOUNCE", [("ok", "bouncing")])
                try await turn(lab, "repair", "OK", [("ok", "bouncing"), ("bouncing", "ok")])

                let log = try lab.pane.read("changes").split(separator: "\n").filter { line in
                    Self.victims.contains { line.contains(" \($0) ") }
                }
                #expect(log.count == 4, "\(log)")
                for victim in Self.victims {
                    for turn in ["OK -> BOUNCE starttls-", "BOUNCE -> OK"] {
                        let line = log.first { $0.contains(" \(victim) \(turn)") }
                        let stamp = line?.prefix { $0 != " " } ?? ""
                        #expect(stamp.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil, "\(log)")
                    }
                }

                // Gone, the program cannot be run: the screen says so, and the monitor goes on.
                try FileManager.default.removeItem(atPath: lab.pane.path("hook"))
                try await lab.order("apply strip-starttls mx.relay-house.example")
                try await lab.pane.press("r")
                try await lab.pane.wait(for: "the hook's failure") { $0.contains("hook") }
                try await lab.pane.press("q")
                #expect(try await lab.pane.left() == 0)
                try await lab.pane.expectRestored()
            }
        }

        /// Lets something happen, and waits until both domains show it and the program was given it.
        private func turn(_ lab: LabPane, _ what: String, _ state: String, _ turns: [(String, String)]) async throws {
            try await lab.order("\(what) strip-starttls mx.relay-house.example")
            try await lab.moveCursor(to: Self.victims[0])
            _ = try await lab.recheck { screen in Self.victims.allSatisfy { screen.row($0)?.state == state } }
            var entries: [Call.Entry] = []
            let came = try await Patience.wait(within: 60) {
                entries = try calls(lab.pane).flatMap(\.changes)
                return entries.count == 2 * turns.count
            }
            #expect(came, "\(entries)")
            for victim in Self.victims {
                let found = entries.filter { $0.domain == victim }.map { [$0.stateBefore, $0.stateAfter] }
                #expect(found == turns.map { [$0.0, $0.1] }, "\(entries)")
            }
            let all = try calls(lab.pane)
            #expect(all.allSatisfy { $0.schema == 1 && $0.lost == 0 })
            #expect(all.first?.changes.first?.fix?.contains("STARTTLS") == true, "\(all)")
        }
    }
}

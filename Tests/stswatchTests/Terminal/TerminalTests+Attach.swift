import Foundation
import Testing

extension TerminalTests {
    /// A monitor that runs on while nobody looks, in a session that is come back to.
    @Suite("Detach and attach")
    struct Attach {
        private static let victims = ["alder-clinic.example", "birch-clinic.example"]

        @Test("what turned meanwhile is there after attaching at another size, the screen is whole, the keys work")
        func comingBack() async throws {
            try await LabPane.open(rows: 56, interval: "6s") { lab in
                let pane = lab.pane
                // Else it takes a line of each client.
                try await pane.tmux(["set-option", "-g", "status", "off"])
                let filled = try await lab.filled()
                try await TerminalPane.open(columns: 80, rows: 56) { seat in
                    try await attach(seat, to: pane)
                    try await seat.wait(for: "the table") {
                        $0.rows.map(\.domain).sorted() == filled.rows.map(\.domain).sorted()
                    }
                    try await detach(seat)
                    #expect(TerminalPane.isRunning(try await pane.pid()))

                    // Nobody looks while both begin to bounce.
                    try await lab.order("apply strip-starttls mx.relay-house.example")
                    let turned = try await pane.wait(for: "both to bounce") { Self.haveTurned($0) }
                    #expect(try await pane.tmux(["list-clients"]).isEmpty)

                    try await seat.resize(140, 40)
                    try await attach(seat, to: pane)
                    let wide = try await seat.wait(for: "the wide table") {
                        $0.lines.count == 40 && $0.contains("MAXAGE") && $0.footer.contains("? help")
                            && Self.haveTurned($0)
                    }
                    // What answers nobody may turn late beside them.
                    for victim in Self.victims {
                        #expect(
                            wide.changes.contains {
                                $0.hasPrefix(" *") && $0.contains(victim) && $0.contains("OK -> BOUNCE")
                            }, "\(wide)")
                    }
                    #expect(wide.count("X") >= turned.count("X"), "\(wide)")
                    try await isWhole(seat, pane)

                    // It draws on, and takes keys.
                    try await seat.wait(for: "the clock to go on") { $0.banner != wide.banner }
                    let second = try #require(wide.rows.dropFirst().first?.domain, "\(wide)")
                    try await seat.press("g", "j")
                    try await seat.wait(for: "the second row") { $0.rows.dropFirst().first?.isUnderCursor == true }
                    try await seat.press("Enter")
                    try await seat.wait(for: "its detail") { $0.banner.contains(second) && $0.contains("VERDICT") }
                    try await isWhole(seat, pane)

                    // Once more, smaller, with the detail open.
                    try await detach(seat)
                    try await seat.resize(40, 10)
                    try await attach(seat, to: pane)
                    try await seat.wait(for: "the narrow detail") {
                        $0.lines.count == 10 && $0.contains("[1 Sum]") && $0.footer.contains("Esc back")
                    }
                    try await isWhole(seat, pane)
                    // A key at once behind Escape would be one with Alt.
                    try await seat.press("Escape")
                    try await seat.wait(for: "the narrow table") { !$0.contains("[1 Sum]") }
                    try await seat.press("q")
                    #expect(try await pane.left() == 0)
                    #expect(try pane.read("complaint").isEmpty)
                }
            }
        }

        private static func haveTurned(_ screen: TerminalScreen) -> Bool {
            victims.allSatisfy { screen.row($0)?.state == "BOUNCE" }
        }

        /// Sits down before the program, at a terminal of its own.
        private func attach(_ seat: TerminalPane, to pane: TerminalPane) async throws {
            try await seat.enter("clear; tmux -u -S \(pane.path("tmux")) attach; echo \"gone $?\"")
            try await seat.wait(for: "a client's screen") { $0.lines.first?.contains("ready>") != true }
        }

        private func detach(_ seat: TerminalPane) async throws {
            try await seat.press("C-b", "d")
            try await seat.wait(for: "the shell") { $0.lines.contains("gone 0") }
        }

        /// Nothing is shown but what the program has drawn: no cell is left of what was there before.
        private func isWhole(_ seat: TerminalPane, _ pane: TerminalPane) async throws {
            var shown = try await seat.screen()
            var drawn = shown
            let isSo = try await Patience.wait(within: 30) {
                shown = try await seat.screen()
                drawn = try await pane.screen()
                return shown.lines == drawn.lines
            }
            #expect(isSo, "\(shown)\n\(drawn)")
        }
    }
}

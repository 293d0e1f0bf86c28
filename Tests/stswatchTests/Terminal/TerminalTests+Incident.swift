import Foundation
import Testing

extension TerminalTests {
    /// The main job: a change that would cause bounces stands out, is understood, and is acknowledged.
    @Suite("An incident")
    struct Incident {
        private static let shared = "mx.relay-house.example"
        private static let victims = ["alder-clinic.example", "birch-clinic.example"]
        private static let interval = 6

        @Test("fills the table, turns what shares the MX host within two polls, is told, acknowledged and repaired")
        func fromBeginningToEnd() async throws {
            // Tall enough for every domain of the lab.
            try await LabPane.open(rows: 56, interval: "\(Self.interval)s") { lab in
                let pane = lab.pane
                let filled = try await lab.filled()
                let severity = ["BOUNCE", "RISK", "WARN", "UNKNOWN", "OK", "NONE"]
                // What has not been looked at yet stands below all.
                let order = filled.rows.map {
                    $0.rest.contains("not looked at yet") ? 98 : severity.firstIndex(of: $0.state) ?? 99
                }
                #expect(filled.rows.count == 37, "\(filled)")
                #expect(order == order.sorted(), "the worst stand on top\n\(filled)")
                #expect(filled.rows.first?.state == "BOUNCE")
                for victim in Self.victims { #expect(filled.row(victim)?.state == "OK", "\(filled)") }
                #expect(filled.changes.isEmpty, "what is bad from the start is no change\n\(filled)")

                try await lab.order("apply strip-starttls \(Self.shared)")
                let start = ContinuousClock.now
                let turned = try await pane.wait(for: "both to bounce") { screen in
                    Self.victims.allSatisfy { screen.row($0)?.state == "BOUNCE" }
                }
                // A busy machine is late with everything: the figure is printed, the wait is patient.
                print("both bounced \(ContinuousClock.now - start) after the incident; polled every \(Self.interval) s")
                for victim in Self.victims {
                    #expect(turned.row(victim)?.mark == "*", "\(turned)")
                    #expect(turned.row(victim)?.rest.contains("no STARTTLS") == true)
                    #expect(
                        turned.changes.contains {
                            $0.hasPrefix(" *") && $0.contains(victim) && $0.contains("OK -> BOUNCE")
                        },
                        "\(turned)")
                }
                #expect(turned.contains("Changes: 2 unacked"), "\(turned)")
                #expect(turned.count("X") == turned.rows.count { $0.state == "BOUNCE" }, "\(turned)")
                #expect(turned.count("X") >= filled.count("X") + 2, "\(turned)")
                #expect(try await pane.title().contains("X\(turned.count("X"))"))

                try await explain(lab)
                try await acknowledge(lab)

                try await lab.order("repair strip-starttls \(Self.shared)")
                let repaired = try await pane.wait(for: "both in order again") { screen in
                    Self.victims.allSatisfy { screen.row($0)?.state == "OK" }
                }
                #expect(repaired.changes.count { $0.contains("BOUNCE -> OK") } == 2, "\(repaired)")
                #expect(repaired.count("X") == repaired.rows.count { $0.state == "BOUNCE" }, "\(repaired)")

                try await pane.press("q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
                #expect(try pane.read("complaint").isEmpty)
            }
        }

        /// Enter tells why and what to do, Esc goes back to the same row.
        private func explain(_ lab: LabPane) async throws {
            try await lab.moveCursor(to: Self.victims[0])
            try await lab.pane.press("Enter")
            let detail = try await lab.pane.wait(for: "the Summary") { $0.contains("[1 Summary]") }
            let text = detail.lines.joined(separator: "\n")
            #expect(detail.banner.contains(Self.victims[0]) && detail.banner.contains("BOUNCE"), "\(detail)")
            #expect(text.contains("WHY") && text.contains("no STARTTLS any more"), "\(detail)")
            #expect(text.contains("FIX") && text.contains("Turn STARTTLS on again at \(Self.shared)"), "\(detail)")
            try await lab.pane.press("Escape")
            try await lab.pane.wait(for: "the table") { $0.current?.domain == Self.victims[0] }
        }

        /// `a` takes the mark of one domain, `A` all.
        private func acknowledge(_ lab: LabPane) async throws {
            try await lab.pane.press("a")
            let one = try await lab.pane.wait(for: "one mark to go") { $0.row(Self.victims[0])?.mark == " " }
            #expect(one.row(Self.victims[1])?.mark == "*", "\(one)")
            #expect(one.contains("Changes: 1 unacked"), "\(one)")
            #expect(one.row(Self.victims[0])?.state == "BOUNCE", "acknowledging changes no state\n\(one)")
            try await lab.pane.press("A")
            try await lab.pane.wait(for: "all marks to go") { screen in
                screen.rows.allSatisfy { $0.mark == " " } && !screen.contains("unacked")
            }
        }
    }
}

import Testing

extension TerminalTests {
    @Suite("The plan screen")
    struct Plan {
        @Test("a new host is looked at for real, and the order of steps is told")
        func newHost() async throws {
            try await LabPane.open(rows: 40, interval: "10m") { lab in
                let pane = lab.pane
                try await lab.showBridge()
                try await pane.press("w")
                try await pane.wait(for: "the form") { $0.contains("Nothing is planned") }
                try await pane.press("j", "j", "Enter")
                try await pane.wait(for: "the prompt") { $0.footer.contains("preference:host") }
                try await pane.type("5:mx.relay-house.example")
                try await pane.press("Enter")
                let judged = try await pane.wait(for: "the verdict") { $0.contains("Judged ") }
                #expect(judged.contains("mx.relay-house.example") && judged.contains("ORDER"), "\(judged)")
                #expect(judged.contains("matches no line of the policy"), "\(judged)")
                try await pane.press("j", "j", "Enter")
                try await pane.type("no-such-file")
                try await pane.press("Enter")
                try await pane.wait(for: "the complaint") { $0.contains("no-such-file: there is no such file") }
                try await pane.press("q", "q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        @Test("TLSA records for a host that is no MX are told as the command line does")
        func strangeRecords() async throws {
            try await LabPane.open(rows: 40, interval: "10m") { lab in
                let pane = lab.pane
                try await lab.showBridge()
                try await pane.press("w")
                try await pane.wait(for: "the form") { $0.contains("Nothing is planned") }
                try await pane.press("G", "k", "Enter")
                try await pane.wait(for: "the prompt") { $0.footer.contains("host=3 1 1 hex") }
                try await pane.type("mx.other.example=3 1 1 aabb")
                try await pane.press("Enter")
                try await pane.wait(for: "the complaint") { $0.contains("mx.other.example is no MX host") }
                try await pane.press("q", "q")
                #expect(try await pane.left() == 0)
            }
        }

        @Test("a monitor that looks on says where to plan instead")
        func lookingOn() async throws {
            try await ListPane.open("one.example\n") { first in
                try await first.wait(for: "the table") { $0.rows.count == 1 }
                try await ListPane.open("one.example\n", options: "--state-dir \(first.path("state/stswatch"))") {
                    pane in
                    try await pane.wait(for: "the remark") { $0.rows.count == 1 && $0.status.contains("LOOKING ON") }
                    try await pane.press("w")
                    try await pane.wait(for: "the form") { $0.contains("Nothing is planned") }
                    try await pane.press("Enter")
                    try await pane.wait(for: "the prompt") { $0.footer.contains("preference:host") }
                    try await pane.type("5:mx.other.example")
                    try await pane.press("Enter")
                    try await pane.wait(for: "the way out") {
                        $0.contains("another monitor polls") && $0.contains("stswatch plan one.example --mx")
                    }
                    try await pane.press("q", "q")
                    #expect(try await pane.left() == 0)
                }
            }
        }
    }
}

import Testing

extension TerminalTests {
    @Suite("The plan screen")
    struct Plan {
        @Test("a new host is looked at for real, and the order of steps is told")
        func newHost() async throws {
            try await Self.open { pane in
                try await pane.press("j", "j", "Enter")
                try await pane.wait(for: "the prompt") { $0.footer.contains("preference:host") }
                try await pane.type("5:mx.relay-house.example")
                try await pane.press("Enter")
                let judged = try await pane.wait(for: "the verdict") { $0.contains("Judged ") }
                #expect(judged.contains("mx.relay-house.example") && judged.contains("ORDER"), "\(judged)")
                try await pane.press("PageDown")
                try await pane.wait(for: "what is newly wrong") { $0.contains("matches no line of the policy") }
                try await Self.walk(pane, to: "serve a file")
                try await pane.press("Enter")
                try await pane.type("no-such-file")
                try await pane.press("Enter")
                try await pane.wait(for: "the complaint") { $0.contains("no-such-file: there is no such file") }
                try await pane.press("q", "q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }

        /// The form for a domain of the lab.
        private static func open(_ work: @Sendable (TerminalPane) async throws -> Void) async throws {
            try await LabPane.open(rows: 40, interval: "10m") { lab in
                try await lab.showBridge()
                try await lab.pane.press("w")
                try await lab.pane.wait(for: "the form") { $0.contains("Nothing is planned") }
                try await work(lab.pane)
            }
        }

        /// Puts the cursor of the form on the line with these words, from above.
        private static func walk(_ pane: TerminalPane, to words: String) async throws {
            try await pane.press("g")
            for _ in 0..<40 {
                let here = try await pane.wait(for: "the cursor") { $0.lines.contains { $0.hasPrefix(">") } }
                guard let line = here.lines.first(where: { $0.hasPrefix(">") }), !line.contains(words) else { return }
                try await pane.press("j")
                try await pane.wait(for: "the next line") { $0.lines.first { $0.hasPrefix(">") } != line }
            }
        }

        @Test("the policy is planned line by line, a certificate by its dates")
        func lines() async throws {
            try await Self.open { pane in
                try await Self.walk(pane, to: "mode: enforce")
                try await pane.press("Enter")
                try await pane.wait(for: "the verdict") { $0.contains("was enforce") && $0.contains("Judged ") }
                try await Self.walk(pane, to: "ends ")
                try await pane.press("Enter")
                try await pane.wait(for: "the prompt") { $0.footer.contains("=20") }
                try await pane.press("C-u")
                try await pane.type("2020-01-01")
                try await pane.press("Enter")
                try await pane.wait(for: "the expired certificate") {
                    $0.contains("Judged ") && $0.contains("Do not install that certificate")
                }
                try await pane.press("q", "q")
                #expect(try await pane.left() == 0)
            }
        }

        @Test("TLSA records for a host that is no MX are told as the command line does")
        func strangeRecords() async throws {
            try await Self.open { pane in
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

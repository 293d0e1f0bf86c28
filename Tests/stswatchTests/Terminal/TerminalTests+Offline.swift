import Foundation
import Testing

extension TerminalTests {
    @Suite("Without a network")
    struct Offline {
        @Test("while the resolver is dead nothing turns to BOUNCE, and the header says so")
        func deadResolver() async throws {
            try await ListPane.open((1...12).map { "no\($0).example\n" }.joined()) { pane in
                // The rate tells that looks were finished, all of them without an answer.
                let offline = try await pane.wait(for: "looks that came to nothing") {
                    $0.banner.contains("!! OFFLINE") && $0.status.contains("/s")
                }
                #expect(offline.banner.contains("No answer from 127.0.0.1@9"), "\(offline)")
                let status = "States are NOT changed while offline; tried again, r = now"
                #expect(offline.status.contains(status), "\(offline)")
                #expect(offline.rows.count == 12 && offline.rows.allSatisfy { $0.state == "UNKNOWN" }, "\(offline)")
                #expect(offline.changes.isEmpty, "\(offline)")
                try await pane.press("q")
                #expect(try await pane.left() == 0, "nothing is in the way of leaving while lookups wait")
                try await pane.expectRestored()
            }
        }

        @Test(
            "what was in order stays in order when everything is cut off, however often one looks",
            .enabled(if: TestbedRunning.isPossible, "the servers are not installed (bash .ci/install --tests)"))
        func cutOff() async throws {
            let domains = TestbedDomain.all.filter { ["healthy", "exim", "tlsamatch"].contains($0.label) }
            let bed = try await Testbed.start(domains)
            do {
                try await watch(domains, in: bed)
            } catch {
                await bed.stop()
                throw error
            }
        }

        private func watch(_ domains: [TestbedDomain], in bed: Testbed) async throws {
            try await TerminalPane.open(columns: 140, rows: 40) { pane in
                try pane.write(domains.map { $0.name + "\n" }.joined(), to: "list")
                let options = CheckRun.options(in: bed) + ["--interval", "2s", "--timeout", "2s"]
                try await pane.launch("watch list " + options.joined(separator: " "))
                let before = try await pane.wait(for: "all in order") { screen in
                    screen.rows.count == 3 && screen.rows.allSatisfy { $0.state == "OK" }
                }
                await bed.stop()
                try await pane.wait(for: "the header to say so") { $0.banner.contains("!! OFFLINE") }
                // Each look at a host is refused at once; three in a row would be believed were the network sound.
                for _ in 0..<8 {
                    try await pane.press("R")
                    try await pane.wait(for: "the answer to R") { $0.contains("looking at 3 domains now") }
                    try await pane.press("n")
                    try await pane.wait(for: "the next answer") { $0.contains("no problems anywhere") }
                }
                let after = try await pane.screen()
                #expect(after.rows.map(\.domain) == before.rows.map(\.domain), "\(after)")
                #expect(after.rows.allSatisfy { $0.state == "OK" }, "\(after)")
                #expect(after.changes.isEmpty, "\(after)")
            }
        }
    }
}

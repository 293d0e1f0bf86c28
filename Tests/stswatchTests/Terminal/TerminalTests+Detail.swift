import Testing

extension TerminalTests {
    @Suite("Keys of the detail")
    struct Detail {
        @Test("tabs by number and by bracket, the next domain, the pager, and back")
        func walking() async throws {
            try await LabPane.open(rows: 30, interval: "10m", variables: "PAGER='cat >paged'") { lab in
                let pane = lab.pane
                try await lab.showBridge()
                try await pane.press("Enter")
                try await pane.wait(for: "the Summary") {
                    $0.contains("[1 Summary]") && $0.banner.contains("half-bridge.example")
                }
                try await pane.press("2")
                try await pane.wait(for: "the policy") {
                    $0.contains("[2 Policy]") && $0.contains("mode: enforce") && $0.contains("mx2.half-bridge.example")
                }
                try await pane.press("3")
                let hosts = try await pane.wait(for: "the hosts, and the dialogue with the first") {
                    $0.contains("[3 MX hosts]") && $0.contains("mx1.half-bridge.example") && $0.contains("< 220 mx1")
                }
                #expect(!hosts.contains("< 220 mx2"), "\(hosts)")
                // The second host stands two lines below the first: its address is between.
                try await pane.press("j", "j")
                try await pane.wait(for: "the other host's dialogue") { $0.contains("mx2.half-bridge.example 127.") }
                try await pane.press("4")
                try await pane.wait(for: "the certificates") {
                    $0.contains("[4 Certs]") && $0.contains("CN=mx1.half-bridge.example")
                }
                try await pane.press("5")
                try await pane.wait(for: "the history of this run") {
                    $0.contains("[5 History]") && $0.contains("Nothing is kept beyond this run")
                        && $0.contains("first seen: enforce")
                }
                try await pane.press("6")
                let trace = try await pane.wait(for: "the trace") {
                    $0.contains("[6 Trace]") && $0.contains("[mta-sts]") && $0.contains("STARTTLS")
                }
                #expect(trace.contains("TXT _mta-sts"), "\(trace)")
                try await pane.press("l", "l")
                try await pane.wait(for: "the steps of a sender that enforces nothing") {
                    $0.contains("[plain]") && $0.contains("delivered, without proof")
                }
                try await pane.press("1")
                try await pane.wait(for: "the Summary") { $0.contains("[1 Summary]") }
                try await pane.press("]")
                try await pane.wait(for: "the next tab") { $0.contains("[2 Policy]") }
                try await pane.press("[")
                try await pane.wait(for: "the tab before") { $0.contains("[1 Summary]") }

                try await pane.press("o")
                try await pane.wait(for: "the pager, and the detail again") { screen in
                    screen.contains("[1 Summary]") && (try? pane.read("paged"))?.isEmpty == false
                }
                #expect(try pane.read("paged").contains("Turn STARTTLS on again at mx2.half-bridge.example"))

                try await pane.press("S")
                let saved = try await pane.wait(for: "the file's name") { $0.footer.contains("saved as ") }
                let path = try #require(saved.footer.split(separator: " ").last, "\(saved)")
                #expect(path.hasPrefix("~/"), "\(saved)")
                let file = String(path.dropFirst(2))
                #expect(try pane.read(file).contains("Turn STARTTLS on again at mx2.half-bridge.example"))

                // q closes the view; Esc then takes the filter away and goes no further.
                try await pane.press("q")
                try await pane.wait(for: "the table") { $0.rows.count == 1 }
                try await pane.press("Escape")
                let table = try await pane.wait(for: "all rows") { screen in
                    // A frame may be caught half drawn: the neighbours must be there too.
                    guard let here = screen.rows.firstIndex(where: { $0.domain == "half-bridge.example" }) else {
                        return false
                    }
                    return here > 0 && here < screen.rows.count - 1
                }
                try await pane.press("Escape")

                let domains = table.rows.map(\.domain)
                let here = try #require(domains.firstIndex(of: "half-bridge.example"), "\(table)")
                try await pane.press("Enter")
                try await pane.wait(for: "the detail") { $0.banner.contains(domains[here]) }
                try await pane.press("J")
                try await pane.wait(for: "the next domain") { $0.banner.contains(domains[here + 1]) }
                try await pane.press("K", "K")
                try await pane.wait(for: "the domain before") { $0.banner.contains(domains[here - 1]) }
                try await pane.press("q", "q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }
    }
}

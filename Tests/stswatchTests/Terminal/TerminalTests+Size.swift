import Testing

extension TerminalTests {
    @Suite("Size")
    struct Size {
        @Test("any size, on every screen: it fits, it lives, and back at 80x24 all is as it was")
        func resizing() async throws {
            try await LabPane.open(interval: "10m") { lab in
                let pane = lab.pane
                try await lab.filled()
                // Rows that come late would be a difference of their own.
                let before = try await pane.wait(for: "the last state") {
                    $0.count("?") == 0 && $0.status.contains("LIVE")
                }

                let top = try #require(before.current?.domain, "\(before)")

                try await pane.resize(140, 40)
                let wide = try await pane.wait(for: "the wide columns") { $0.contains("MAXAGE") && $0.rows.count > 20 }
                #expect(wide.rows.map(\.domain).starts(with: before.rows.map(\.domain)), "\(wide)")
                #expect(wide.footer.contains("? help") && wide.contains("-+- \(top) ---"), "\(wide)")

                try await pane.resize(40, 10)
                let narrow = try await pane.wait(for: "the narrow table") {
                    $0.lines.count == 10 && $0.banner.hasPrefix(" X14") && !$0.contains("MAXAGE")
                }
                #expect(narrow.contains(">X \(top)"), "\(narrow)")

                try await pane.resize(20, 4)
                try await pane.wait(for: "the counts alone") {
                    $0.lines.filter { !$0.isEmpty }.map { $0.split(separator: " ") } == [["X14", "!2", "~8"]]
                }
                try await pane.resize(1, 1)
                try await pane.wait(for: "the worst alone") { $0.lines == ["X"] }

                try await pane.resize(80, 24)
                let after = try await pane.wait(for: "the table again") {
                    $0.rows.map(\.domain) == before.rows.map(\.domain)
                }
                // The first line has the clock, the second the rate of looks.
                #expect(after.lines.dropFirst(2) == before.lines.dropFirst(2), "\(after)\n\(before)")

                // The detail, a menu, the help and a prompt are open while the window changes.
                for (keys, what) in [("Enter", "VERDICT"), ("T", "Theme"), ("?", "stswatch keys"), ("/", "/")] {
                    try await pane.press(keys)
                    try await pane.wait(for: what) { $0.contains(what) }
                    for (columns, rows) in [(140, 40), (40, 10), (20, 4), (1, 1), (80, 24)] {
                        try await pane.resize(columns, rows)
                        try await pane.wait(for: "\(what) at \(columns)x\(rows)") {
                            $0.lines.count == rows && !$0.lines.allSatisfy(\.isEmpty)
                        }
                    }
                    try await pane.wait(for: "\(what) again") { $0.contains(what) }
                    try await pane.press("Escape")
                    try await pane.wait(for: "the table after \(what)") {
                        $0.rows == before.rows && $0.footer.contains("? help")
                    }
                }
                try await pane.press("q")
                #expect(try await pane.left() == 0)
                try await pane.expectRestored()
            }
        }
    }
}

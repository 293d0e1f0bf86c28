import Foundation
import FoundationXML
import Testing

/// `stswatch snapshot`: a frame without a terminal.
@Suite struct SnapshotCommandTests {
    /// A list, and a resolver that nobody answers.
    private func snapshot(_ options: String, environment: [String: String] = [:]) async throws -> Tool {
        let folder = try Tool.temporaryFolder("stswatch-snapshot")
        defer { try? FileManager.default.removeItem(at: folder) }
        try "one.example @a\nm\u{fc}nchen.example\n".write(
            to: folder.appendingPathComponent("list"), atomically: false, encoding: .utf8)
        let words = options.split(separator: " ").map(String.init)
        return try await Tool.run(
            try Program.path(), ["snapshot", "--resolver", "127.0.0.1@9", "--timeout", "1s"] + words, in: folder,
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"].merging(environment) { $1 }, seconds: 90)
    }

    @Test("text has the size that was asked for, and no look is needed to see that nothing is known")
    func text() async throws {
        let run = try await snapshot("list --size 80x16")
        #expect(run.status == 0, "\(run.complaint)")
        let screen = TerminalScreen(run.text)
        #expect(screen.lines.count == 16 && screen.lines.allSatisfy { $0.count <= 80 }, "\(screen)")
        #expect(screen.rows.map(\.domain) == ["one.example", "xn--mnchen-3ya.example"], "\(screen)")
        #expect(screen.rows.allSatisfy { $0.state == "UNKNOWN" }, "\(screen)")
    }

    @Test("the filter hides, the domain is opened under its tab, and what is planned is asked for")
    func screens() async throws {
        let filtered = TerminalScreen(try await snapshot("list --filter tag:a --size 80x24").text)
        #expect(filtered.rows.map(\.domain) == ["one.example"], "\(filtered)")
        let detail = TerminalScreen(try await snapshot("list --domain one.example --tab policy --size 80x24").text)
        #expect(detail.contains("[2 Policy]") && detail.banner.contains("one.example"), "\(detail)")
        let history = TerminalScreen(try await snapshot("list --domain one.example --tab history --size 80x24").text)
        #expect(history.contains("Nothing is kept beyond this run") && !history.contains("Reading"), "\(history)")
        let plan = TerminalScreen(try await snapshot("--domain one.example --plan --size 80x24").text)
        #expect(plan.contains("Nothing is planned") && plan.banner.contains("PLAN"), "\(plan)")
    }

    @Test("colours are those of the tier, and none where none are wanted")
    func colours() async throws {
        let coloured = try await snapshot("list --format ansi --theme dark --colors truecolor --size 80x24")
        #expect(coloured.text.contains(";38;2;"))
        let plain = try await snapshot("list --format ansi --size 80x24", environment: ["NO_COLOR": "1"])
        // Who asks for a theme asks for its colours.
        let themed = try await snapshot(
            "list --format ansi --theme dark --size 80x24", environment: ["NO_COLOR": "1"])
        #expect(themed.text.contains(/\u{1b}\[[0-9;]*[34]8;/))
        #expect(plain.text.contains("\u{1b}[0;1") && !plain.text.contains(/\u{1b}\[[0-9;]*[34][0-9]/))
        let text = try await snapshot("list --size 80x24").text
        #expect(
            plain.text.replacing(/\u{1b}\[[0-9;]*m/, with: "").split(separator: "\n").count
                == text.split(separator: "\n").count)
    }

    @Test("a picture of the demo is XML that holds the domains, and shows the incident that was asked for")
    func picture() async throws {
        let run = try await Program.run([
            "snapshot", "--demo", "--format", "svg", "--size", "120x60", "--at", "2026-11-24T12:00:00Z",
            "--incident", "apply strip-starttls mx.relay-house.example",
        ])
        #expect(run.status == 0, "\(run.complaint)")
        #expect(XMLParser(data: run.output).parse())
        for text in ["alder-clinic.example", "birch-clinic.example", "24 Nov  12:00:00Z", "2 unacked"] {
            #expect(run.text.contains(text), "\(text)")
        }
    }
}

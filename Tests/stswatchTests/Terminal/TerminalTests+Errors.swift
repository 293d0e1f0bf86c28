import Foundation
import Testing

extension TerminalTests {
    /// What cannot be done is one sentence that names the thing and the remedy, with a documented exit status.
    @Suite("Errors")
    struct Errors {
        /// One bad start: the arguments, the status, and words of the sentence. `LIST`, `EMPTY` and so on are files.
        struct Case: Sendable, CustomTestStringConvertible {
            let arguments: [String]
            let status: Int32
            let words: [String]

            init(_ arguments: String, _ status: Int32, _ words: String...) {
                self.arguments = arguments.split(separator: " ").map(String.init)
                self.status = status
                self.words = words
            }

            var testDescription: String { arguments.joined(separator: " ") }
        }

        static let cases = [
            Case("LIST", 64, "not a terminal", "`stswatch check`"),
            Case("MISSING", 66, "there is no list", "MISSING", "write one domain a line"),
            Case("EMPTY", 66, "EMPTY", "names no domain", "write one domain a line"),
            Case("check --list MISSING", 66, "MISSING", "write one domain a line"),
            Case("FOLDER", 66, "FOLDER", "is a directory"),
            Case("--nonsense LIST", 64, "--nonsense", "stswatch watch --help"),
            Case("check --nonsense a.example", 64, "--nonsense", "stswatch check --help"),
            Case("demo --more many", 64, "many", "--more", "stswatch demo --help"),
            Case("check --smtp-port 99999 a.example", 64, "99999", "--smtp-port"),
            Case("check", 64, "nothing to check", "--list FILE"),
            Case("check a..b", 64, "a..b"),
            Case("check --resolver nowhere a.example", 64, "--resolver nowhere", "192.0.2.53"),
            Case("check --resolver 127.0.0.1@x a.example", 64, "127.0.0.1@x"),
            Case("check --timeout never a.example", 64, "--timeout never", "30s"),
            Case("check --helo a_b a.example", 64, "--helo a_b", "host name"),
            Case("LIST --ca-file MISSING", 66, "CA file", "MISSING", "PEM"),
            Case("check --ca-file LIST a.example", 66, "CA file", "LIST", "PEM"),
            Case("check --trust-anchor MISSING a.example", 66, "MISSING", "DS or DNSKEY"),
            Case("LIST --config MISSING", 78, "MISSING"),
            Case("LIST --config BAD", 78, "BAD:2:1", "nonsense", "interval"),
            Case("check --config RESOLVER a.example", 78, "RESOLVER:1:", "nowhere"),
            Case("lint MISSING", 66, "MISSING"),
            Case("snapshot", 64, "LIST, --domain or --demo", "stswatch snapshot --help"),
            Case("snapshot MISSING", 66, "there is no list", "MISSING"),
            Case("snapshot LIST --size 140", 64, "--size 140", "140x40"),
            Case("snapshot LIST --size 0x40", 64, "--size 0x40", "1 to 1000"),
            Case("snapshot LIST --theme nowhere", 64, "nowhere", "no such theme"),
            Case("snapshot LIST --theme ./THEME", 78, "THEME:2:1", "no such key 'fly'"),
            Case("snapshot LIST --format png", 64, "png", "svg"),
            Case("snapshot LIST --format ansi --colors many", 64, "--colors many", "truecolor"),
            Case("snapshot LIST --filter colour:red", 64, "--filter", "no field 'colour'", "state"),
            Case("snapshot LIST --tab hosts", 64, "--tab", "--domain"),
            Case("snapshot LIST --domain other.example", 64, "other.example", "not on the list"),
            Case("snapshot LIST --domain one.example --remove-sts", 64, "--plan"),
            Case("snapshot LIST --at noon", 64, "--at noon", "2026-11-24T12:00:00Z"),
            Case("snapshot LIST --state-dir NOWHERE", 66, "there is no history", "NOWHERE"),
            Case("snapshot --demo --incident flood", 64, "--incident", "apply INCIDENT NAME"),
        ]

        @Test("each bad start is told in one sentence", arguments: cases)
        func badStart(_ bad: Case) async throws {
            let folder = try Tool.temporaryFolder("stswatch-errors")
            defer { try? FileManager.default.removeItem(at: folder) }
            for (name, text) in [
                ("LIST", "one.example\n"), ("EMPTY", "# nothing\n\n"), ("BAD", "interval = \"5m\"\nnonsense = 1\n"),
                ("THEME", "name = \"mine\"\nfly = 1\n"), ("RESOLVER", "resolver = [\"nowhere\"]\n"),
            ] {
                try text.write(to: folder.appendingPathComponent(name), atomically: false, encoding: .utf8)
            }
            try FileManager.default.createDirectory(
                at: folder.appendingPathComponent("FOLDER"), withIntermediateDirectories: true)
            let environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "TERM": "xterm"]
            let run = try await Tool.run(
                try Program.path(), bad.arguments, in: folder, environment: environment, seconds: 60)

            #expect(run.status == bad.status, "\(run.complaint)")
            #expect(run.text.isEmpty, "\(run.text)")
            #expect(
                run.complaint.hasSuffix("\n") && run.complaint.split(separator: "\n").count == 1, "\(run.complaint)")
            #expect(run.complaint.hasPrefix("stswatch"), "\(run.complaint)")
            for word in bad.words { #expect(run.complaint.contains(word), "\(run.complaint)") }
        }

        @Test("a list that may not be read, where that is so", .enabled(if: getuid() != 0, "root reads everything"))
        func unreadable() async throws {
            let folder = try Tool.temporaryFolder("stswatch-errors")
            defer { try? FileManager.default.removeItem(at: folder) }
            let list = folder.appendingPathComponent("LIST")
            try "one.example\n".write(to: list, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: list.path)
            let run = try await Program.run([list.path])
            #expect(run.status == 66 && run.complaint.contains("Permission denied"), "\(run.complaint)")
        }

        @Test(
            "a terminal that cannot be drawn on is named, and left alone",
            arguments: [
                ("TERM=unknown-thing", "terminal type 'unknown-thing' is unknown here"),
                ("TERM=dumb", "terminal type 'dumb' cannot place the cursor"), ("TERM=", "TERM is not set"),
                ("-u TERM", "TERM is not set"),
            ])
        func badTerminal(_ variable: String, _ words: String) async throws {
            try await TerminalPane.open { pane in
                try pane.write("one.example\n", to: "list")
                try await pane.launch("list", variables: variable)
                #expect(try await pane.left() == 64)
                let complaint = try pane.read("complaint")
                #expect(
                    complaint.hasPrefix("stswatch: \(words)") && complaint.contains("`stswatch check`"), "\(complaint)")
                #expect(complaint.split(separator: "\n").count == 1)
                try await pane.expectRestored()
            }
        }
    }
}

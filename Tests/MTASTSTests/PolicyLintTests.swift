import FoundationEssentials
import Testing

@testable import MTASTS

@Suite struct PolicyLintTests {
    private func host(_ text: String) throws -> DomainName { try #require(DomainName(text)) }

    private func json(_ report: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    @Test func theJSONOfAValidPolicyHasTheKeysOfTheContract() throws {
        let report = PolicyLint.lint(Array("version: STSv1\nmode: enforce\nmx: *.a.test\nmax_age: 604800\n".utf8))
        #expect(
            try json(report)
                == #"{"errors":[],"findings":[],"maxAge":604800,"mode":"enforce","mx":["*.a.test"],"status":"valid"}"#)
    }

    @Test func theJSONOfAnInvalidPolicyGivesWhatStoodThere() throws {
        let report = PolicyLint.lint(Array("version: STSv1\nmode: on\\\nmax_age: 7 d\nmx: a_b.\u{e9}\n".utf8))
        let text = try json(report)
        #expect(text.contains(#""mode":"on\\\\""#))
        #expect(text.contains(#""maxAge":"7 d""#))
        #expect(text.contains(#""mx":["a_b.\\xc3\\xa9"]"#))
        #expect(text.contains(#"{"column":11,"expected":"1 to 10 digits and nothing else","found":" d","line":3}"#))
        #expect(text.hasSuffix(#""status":"invalid"}"#))
        let again = try JSONDecoder().decode(PolicyLintReport.self, from: Data(text.utf8))
        #expect(again == report)
    }

    @Test func nothingToReadIsNull() throws {
        let text = try json(PolicyLint.lint([]))
        #expect(text.contains(#""maxAge":null,"mode":null,"mx":[]"#))
    }

    @Test func tellsWhichHostsAreCoveredByWhichLine() throws {
        let bytes = Array(
            "version: STSv1\nmode: enforce\nmx: mx1.a.test\nmx: *.a.test\nmx: other.test\nmax_age: 604800\n".utf8)
        let report = PolicyLint.lint(
            bytes, mxHosts: [try host("MX1.a.test."), try host("x.y.a.test"), try host("b.a.test")])
        #expect(report.hosts.map(\.lines) == [[3, 4], [], [4]])
        #expect(report.hosts.map(\.isCovered) == [true, false, true])
        #expect(report.findings.map(\.code) == [.mxUnlisted, .mxUnused])
        #expect(report.findings.map(\.line) == [nil, 5])
        #expect(report.findings.first?.severity == .high)
    }

    @Test(arguments: [("enforce", LintRemark.Severity.critical), ("testing", .warning), ("none", .info)])
    func whenNoHostIsCoveredTheSeverityFollowsTheMode(mode: String, severity: LintRemark.Severity) throws {
        let bytes = Array("version: STSv1\nmode: \(mode)\nmx: a.test\nmax_age: 604800\n".utf8)
        let report = PolicyLint.lint(bytes, mxHosts: [try host("b.test"), try host("c.test")])
        #expect(report.findings.first { $0.code == .mxNoneListed }?.severity == severity)
    }

    @Test func namesTheSendersThatSplit() throws {
        let report = PolicyLint.lint(Array("version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 604800\n\n".utf8))
        let finding = try #require(report.findings.first { $0.code == .ambiguous })
        #expect(finding.text.contains("chasquid (mode enforce)"))
        #expect(finding.text.contains("rejected by mox, go-mtasts"))
    }

    @Test func theTextPutsACaretUnderTheByte() {
        let bytes = Array("version: STSv1\nmode: enforce\nmx: a_b.test\nmax_age: 604800\n".utf8)
        let text = PolicyLint.lint(bytes).text(name: "p\u{1b}.txt", source: bytes)
        #expect(text.hasPrefix("p\\x1b.txt: invalid\n"))
        #expect(text.contains("  line 3, column 6: expected a letter"))
        #expect(text.contains("    mx: a_b.test\n         ^\n"))
        #expect(text.contains("  max_age  604800 (7 days)\n"))
    }

    @Test func theTextIsPrintableWhateverTheFileHolds() {
        for byte in UInt8.min...UInt8.max {
            let bytes = Array("version: STSv1\nmode: ".utf8) + [byte, byte] + Array("\nmx: a".utf8) + [byte]
            let text = PolicyLint.lint(bytes).text(name: "-", source: bytes)
            #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
        }
    }

    @Test func theTextListsHosts() throws {
        let bytes = Array("version: STSv1\nmode: enforce\nmx: *.a.test\nmax_age: 604800\n".utf8)
        let text = PolicyLint.lint(bytes, mxHosts: [try host("mx.a.test"), try host("a.test")])
            .text(name: "-", source: bytes)
        #expect(text.contains("  mx.a.test covered by *.a.test (line 3)\n"))
        #expect(text.contains("  a.test    NOT covered\n"))
    }
}

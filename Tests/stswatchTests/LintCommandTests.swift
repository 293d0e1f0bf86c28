import ArgumentParser
import FoundationEssentials
import MTASTS
import Testing

@testable import stswatch

@Suite(.timeLimit(.minutes(5))) struct LintCommandTests {
    private func parse(_ arguments: String...) throws -> LintCommand { try LintCommand.parse(arguments) }

    /// Runs over a file of this content.
    private func judge(_ content: String, _ arguments: String...) throws -> LintOutput {
        let file = FileManager.default.temporaryDirectory.appending(path: "stswatch-lint-\(UUID().uuidString).txt")
        try Data(content.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try LintCommand.parse([file.path(percentEncoded: false)] + arguments).judge()
    }

    private static let good = "version: STSv1\nmode: enforce\nmx: *.a.test\nmax_age: 604800\n"

    @Test func printsTheContractForAValidFile() throws {
        let output = try judge(Self.good, "--json")
        #expect(output.isValid)
        #expect(
            try output.json()
                == #"{"errors":[],"findings":[],"maxAge":604800,"mode":"enforce","mx":["*.a.test"],"status":"valid"}"#
                + "\n")
    }

    @Test func tellsWhichHostsAreCovered() throws {
        let output = try judge(Self.good, "--mx", "MX.a.test.", "--mx", "b.test")
        #expect(output.policy?.hosts.map(\.isCovered) == [true, false])
        #expect(output.text().contains("NOT covered"))
        #expect(try output.json().contains(#""hosts":[{"host":"mx.a.test","lines":[3],"patterns":["*.a.test"]}"#))
    }

    @Test func judgesRecordsAlone() throws {
        let output = try parse("--record", "v=STSv1; id=a-b").judge()
        #expect(!output.isValid)
        #expect(output.policy == nil)
        #expect(try output.json().contains(#""kind":"mta-sts","status":"invalid""#))
        #expect(try parse("--record", "v=STSv1; id=a", "--record", "v=STSv1; id=b").judge().record?.status == .multiple)
        // A text that looks like an option is still the record's.
        #expect(try parse("--record", "--mx").judge().record?.status == .missing)
    }

    @Test func aRecordBesideAFileStandsInItsReport() throws {
        let output = try judge(Self.good, "--record", "v=STSv1 ; id=a")
        #expect(output.isValid)
        let json = try output.json()
        #expect(json.contains(#""record":{"errors":[],"findings":[{"code":"record-lenient""#))
        #expect(json.hasSuffix(#""status":"valid"}"# + "\n"))
        #expect(!(try judge(Self.good, "--record", "v=STSv1;")).isValid)
    }

    @Test func aFileOverTheLimitOfThePolicyIsInvalidNotUnreadable() throws {
        let output = try judge(Self.good + String(repeating: "x: y\n", count: 20_000))
        #expect(!output.isValid)
        #expect(output.policy?.errors.count == 1)
    }

    @Test(arguments: [
        [], ["--mx", "a.test"], ["f", "--mx", "not a host"], ["f", "g"], ["--nope"], ["f", "--record"],
        ["--record", "v=STSv1; id=a", "--mx", "a.test"],
    ])
    func wrongUsageExitsWith64(arguments: [String]) throws {
        do {
            _ = try LintCommand.parse(arguments)
            Issue.record("parsed")
        } catch {
            #expect(LintCommand.exitCode(for: error).rawValue == 64)
        }
    }

    @Test func anUnreadableFileExitsWith66() throws {
        for path in ["/nonexistent/policy", "/"] {
            do {
                try LintCommand.parse([path]).run()
                Issue.record("read \(path)")
            } catch {
                #expect(LintCommand.exitCode(for: error).rawValue == 66)
            }
        }
    }
}

import ArgumentParser
import FoundationEssentials
import Testing

@testable import stswatch

@Suite(.timeLimit(.minutes(5))) struct ExplainCommandTests {
    private func output(_ arguments: String...) throws -> String { try ExplainCommand.parse(arguments).output() }

    @Test func explainsOneCode() throws {
        let text = try output("certificate-expired")
        #expect(text.hasPrefix("certificate-expired\n  MEANS     "))
        #expect(text.contains("  RULE      RFC 8461 4.2\n"))
        #expect(try output("Certificate-Expired") == text)
        #expect(try output("certificate-expired", "mx-null").contains("\n\nmx-null\n"))
    }

    @Test func explainsAllOfThem() throws {
        let page = try output("--all")
        #expect(page.hasPrefix("MX lookup\n=========\n\nmx-implicit\n"))
        #expect(page.contains("\nnetwork-suspect\n"))
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 79 })
    }

    @Test func printsJSON() throws {
        let text = try output("mx-null", "--json")
        #expect(text.hasPrefix(#"{"findings":[{"code":"mx-null","fix":""#))
        #expect(text.hasSuffix(#""schema":1}"# + "\n"))
        #expect(try output("--all", "--json").contains(#""code":"dane-partial""#))
    }

    @Test func anUnknownCodeIsOneSentenceWithWhatIsNear() throws {
        let failure = try #require(throws: CommandFailure.self) { try output("mx-unlistd") }
        #expect(failure.status == .usage)
        #expect(failure.sentence.hasPrefix("there is no finding 'mx-unlistd'; did you mean mx-unlisted"))
        let far = try #require(throws: CommandFailure.self) { try output("\u{1b}[2Jqqqqqqqqqqqqqqqq") }
        #expect(far.sentence.hasSuffix("; stswatch explain --all tells all of them"))
        #expect(!far.sentence.contains("\u{1b}"))
    }

    @Test(arguments: [[], ["--all", "mx-null"], ["--nope"]])
    func wrongUsageExitsWith64(arguments: [String]) throws {
        do {
            _ = try ExplainCommand.parse(arguments)
            Issue.record("parsed")
        } catch {
            #expect(ExplainCommand.exitCode(for: error).rawValue == 64)
        }
    }
}

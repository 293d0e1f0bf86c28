import ArgumentParser
import Testing

@testable import stswatch

@Suite(.timeLimit(.minutes(5))) struct TraceCommandTests {
    @Test(arguments: [
        [], ["--sender", "cached", "example.com"], ["--sender", "mail", "example.com"], ["a.b", "c.d"],
    ])
    func wrongUsageExitsWith64(arguments: [String]) throws {
        do {
            _ = try TraceCommand.parse(arguments)
            Issue.record("parsed")
        } catch {
            #expect(TraceCommand.exitCode(for: error).rawValue == 64)
        }
    }

    @Test func whatIsHeldIsKnownFromAHistory() throws {
        for option in [["--remember"], ["--state-dir", "/nowhere"]] {
            _ = try TraceCommand.parse(["--sender", "cached", "example.com"] + option)
        }
    }

    @Test func aDomainThatIsNoneIsOneSentence() throws {
        let command = try TraceCommand.parse(["not a domain"])
        let failure = try #require(throws: CommandFailure.self) { try command.run() }
        #expect(failure.status == .usage)
    }
}

import ArgumentParser
import Foundation
import Testing

@testable import stswatch

/// `stswatch config --check` tells what a start would.
@Suite(.timeLimit(.minutes(5))) struct ConfigCommandTests {
    private func check(_ text: String) throws {
        let folder = try Tool.temporaryFolder("stswatch-config")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("config.toml")
        try text.write(to: file, atomically: false, encoding: .utf8)
        try ConfigCommand.parse(["--check", file.path]).run()
    }

    @Test func aThemeThatIsNotThereIsAProblem() throws {
        let error = try #require(throws: CommandFailure.self) { try check("theme = \"nosuch\"\n") }
        #expect(error.sentence.contains("config.toml: ") && error.sentence.contains("nosuch"))
        #expect(error.status == .badSettings)
        try check("theme = \"auto\"\n")
        try check("")
    }
}

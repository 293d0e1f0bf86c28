import Testing

@testable import MailLab

struct LabCommandTests {
    @Test func `every command is read back from its own line`() throws {
        var commands = [LabCommand.reset]
        for incident in LabIncident.allCases {
            commands += [.apply(incident, "a.test"), .repair(incident, "mx1.a.test")]
        }
        for command in commands {
            #expect(try LabCommand(line: command.description) == command)
            #expect(try LabCommand(line: "  \(command)\r\n") == command)
        }
    }

    @Test(arguments: ["", "reset now", "apply", "apply strip-starttls", "undo strip-starttls a.test", "RESET"])
    func `anything else is refused`(line: String) {
        #expect(throws: LabError.self) { try LabCommand(line: line) }
    }

    @Test func `an unknown incident is told with those that are known`() {
        let error = #expect(throws: LabError.self) { try LabCommand(line: "apply flood a.test") }
        #expect(error?.description.contains("flood") == true)
        #expect(error?.description.contains("strip-starttls") == true)
    }
}

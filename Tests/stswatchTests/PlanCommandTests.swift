import ArgumentParser
import Deliverability
import MTASTS
import Testing

@testable import stswatch

/// What `stswatch plan` takes, and what it says of the rest before it looks at anything.
@Suite struct PlanCommandTests {
    private func change(_ arguments: String...) throws -> PlannedChange {
        try PlanCommand.parse(["a.example"] + arguments).options.change()
    }

    @Test("Single lines of the policy are taken")
    func lines() throws {
        let edit = try change(
            "--mode", "testing", "--max-age", "86400", "--policy-mx", "*.relay.example", "--remove-policy-mx",
            "mx1.a.example"
        ).policyEdit
        #expect(edit.mode == .testing && edit.maxAge == 86_400)
        #expect(edit.addedMX.map(\.text) == ["*.relay.example"] && edit.removedMX.map(\.text) == ["mx1.a.example"])
    }

    @Test(
        "What cannot be meant is refused with the option and what it takes",
        arguments: [
            (["--mode", "enforced"], "--mode enforced: there are enforce, testing and none"),
            (["--max-age", "31557601"], "--max-age 31557601: 0 to 31557600 seconds"),
            (["--policy-mx", "*mx.example"], "--policy-mx *mx.example: write a host name"),
            (["--remove-policy-mx", "a b"], "--remove-policy-mx a b: write a host name"),
            (["--mode", "none", "--remove-sts"], "single lines of the policy do not go with"),
        ])
    func refused(_ arguments: [String], _ words: String) throws {
        let failure = #expect(throws: CommandFailure.self) {
            try PlanCommand.parse(["a.example"] + arguments).options.change()
        }
        #expect(failure?.sentence.contains(words) == true, "\(failure?.sentence ?? "")")
    }

    @Test(
        "Dates stand for the certificate of today; a day that does not exist is no file",
        arguments: ["", "mx1.a.example="])
    func dates(_ host: String) throws {
        let planned = try PlanInput.certificate(host + "2027-02-01")
        guard case .dates(let dates) = planned.source else {
            Issue.record("the date was taken for a file")
            return
        }
        #expect(Stamp.text(dates.notAfter) == "2027-02-01T00:00:00Z")
        #expect(planned.host?.text == (host.isEmpty ? nil : "mx1.a.example"))
        let failure = #expect(throws: CommandFailure.self) { try PlanInput.certificate(host + "2027-02-31") }
        #expect(failure?.sentence.contains("write when it ends") == true)
    }
}

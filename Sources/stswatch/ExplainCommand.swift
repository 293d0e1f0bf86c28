import ArgumentParser
import Deliverability
import FoundationEssentials
import MTASTS
import Report

/// `stswatch explain`: what a finding code means, whom it hurts and how to fix it, without the network.
///
/// Exit status: 0, or 64 for wrong usage and a code that there is not.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what a finding means, whom it hurts and how to fix it.",
        discussion: "The codes are those of check --json and of the monitor, such as certificate-expired.")

    @Argument(help: "The finding's code; several may be named.")
    var codes: [String] = []
    @Flag(help: "Tell all of them, as one page.")
    var all = false
    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard all == codes.isEmpty else { throw ValidationError("Name a finding's code, or give --all.") }
    }

    func run() throws { print(try output(), terminator: "") }

    /// What is printed.
    func output() throws -> String {
        let named = all ? FindingExplanation.all : try codes.map(Self.explanation)
        if json { return try JSONText.document(Document(findings: named.map { ExplanationReport($0) })) }
        return all ? ExplanationReport.page : named.map { ExplanationReport($0).text }.joined(separator: "\n")
    }

    private static func explanation(_ text: String) throws -> FindingExplanation {
        if let code = FindingCode(rawValue: text.lowercased()), let found = FindingExplanation.of(code) { return found }
        let near = FindingCode.near(text).map(\.rawValue).joined(separator: ", ")
        let hint = near.isEmpty ? "stswatch explain --all tells all of them" : "did you mean \(near)?"
        throw CommandFailure("there is no finding '\(VisibleText.escape(text.utf8, limit: 64))'; \(hint)", .usage)
    }

    private struct Document: Encodable {
        let schema = 1
        let findings: [ExplanationReport]
    }
}

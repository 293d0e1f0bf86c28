import Deliverability
import Foundation
import Testing

@testable import Report

@Suite struct ExplanationReportTests {
    @Test(arguments: FindingCode.allCases) func aPageFits80Columns(_ code: FindingCode) throws {
        let text = ExplanationReport(try #require(FindingExplanation.of(code))).text
        let lines = text.split(separator: "\n")
        #expect(lines.first.map(String.init) == code.rawValue)
        #expect(lines.allSatisfy { $0.count <= 79 && $0.last != " " })
        for label in ["  MEANS", "  HURTS", "  SEVERITY", "  FIX"] {
            #expect(lines.filter { $0.hasPrefix(label) }.count == 1)
        }
    }

    @Test func tellsTheSeverityInWords() throws {
        func severity(_ code: FindingCode) throws -> String {
            let text = ExplanationReport(try #require(FindingExplanation.of(code))).text
            let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" }).joined(separator: " ")
            let start = try #require(words.range(of: "SEVERITY "))
            return String(words[start.upperBound...])
        }
        #expect(try severity(.mxNull).hasPrefix("critical or info, in every mode "))
        #expect(
            try severity(.mxNoneListed)
                .hasPrefix("critical in mode enforce, warning in mode testing, info where nobody enforces REPORTED"))
        #expect(
            try severity(.certificateExpired)
                .contains("info where nobody enforces; critical in any mode where DANE senders refuse"))
        #expect(
            try severity(.policyTesting).hasPrefix("does not come in mode enforce, warning or info in mode testing"))
    }

    @Test func thePageHoldsEveryCode() {
        let lines = Set(ExplanationReport.page.split(separator: "\n").map(String.init))
        for code in FindingCode.allCases { #expect(lines.contains(code.rawValue)) }
        for family in FindingExplanation.families { #expect(lines.contains(family.name)) }
    }

    @Test func keepsTheKeys() throws {
        for explanation in FindingExplanation.all {
            let data = try JSONEncoder().encode(ExplanationReport(explanation))
            let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            #expect(
                Set(object.keys) == ["code", "meaning", "senders", "when", "severity", "tlsrpt", "rfc", "fix"])
            let severity = try #require(object["severity"] as? [String: Any])
            #expect(Set(severity.keys) == ["enforce", "testing", "unenforced", "keepsForDANE"])
        }
    }

    @Test func wrapsBetweenWordsAndCutsWhatIsLonger() {
        #expect(WrappedText.lines("one two three", width: 7) == ["one two", "three"])
        #expect(WrappedText.lines("abcdefghij k", width: 4) == ["abcd", "efgh", "ij k"])
        #expect(WrappedText.lines("", width: 4) == [""])
    }
}

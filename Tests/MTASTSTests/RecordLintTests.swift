import FoundationEssentials
import Testing

@testable import MTASTS

@Suite struct RecordLintTests {
    private func lint(_ records: String...) -> RecordLintReport {
        RecordLint.lint(records.map { Array($0.utf8) })
    }

    @Test func aValidRecordGivesItsID() throws {
        let report = lint("v=STSv1; id=20260101; x=y")
        #expect(report.isValid)
        #expect(report.id == "20260101")
        #expect(report.findings.map(\.code) == [.recordExtension])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let json = String(decoding: try encoder.encode(lint("v=STSv1; id=a")), as: UTF8.self)
        #expect(json == #"{"errors":[],"findings":[],"id":"a","kind":"mta-sts","status":"valid"}"#)
    }

    @Test func aLenientRecordIsValidWithAFinding() {
        let report = lint("v=STSv1 ; id=a", "unrelated")
        #expect(report.isValid)
        #expect(report.findings.map(\.code) == [.recordLenient, .recordIgnored])
    }

    @Test(arguments: [
        ("V=STSv1; id=a", 1), ("v=STSv2; id=a", 7), ("v=STSv1", 8), ("v=STSv1 id=a", 8), ("", 1), (" v=STSv1;", 1),
    ])
    func whatIsNoRecordTellsWhereItLeavesTheBeginning(text: String, column: Int) {
        let report = lint(text)
        #expect(report.status == .missing)
        #expect(report.errors.map(\.column) == [column])
    }

    @Test func severalAndInvalidRecordsAreToldApart() {
        #expect(lint("v=STSv1; id=a", "v=STSv1; id=b").status == .multiple)
        #expect(lint("v=STSv1; id=a-b").status == .invalid)
        #expect(lint("v=STSv1; id=a-b").errors.map(\.column) == [14])
    }

    @Test func tlsrptRecordsAreJudgedAsSuch() {
        let report = lint("v=TLSRPTv1; rua=mailto:a@b.test")
        #expect(report.kind == .tlsrpt)
        #expect(report.rua == ["mailto:a@b.test"])
        #expect(lint("v=tlsrptv1; rua=mailto:a@b.test").status == .missing)
        #expect(lint("v=TLSRPTv1; rua=b.test").status == .invalid)
    }

    @Test func aReportListsAHundredFindingsAtMost() {
        let others = (0..<200).map { "other \($0)" }
        let fields = (0..<200).map { "; x\($0)=1" }.joined()
        for records in [
            ["v=STSv1; id=a" + fields], ["v=STSv1; id=a"] + others, ["v=STSv1; id=-"] + others,
            ["v=STSv1; id=a", "v=STSv1; id=b"] + others, ["v=TLSRPTv1; rua=mailto:a@b.test"] + others,
            ["v=TLSRPTv1;"] + others,
        ] {
            #expect(RecordLint.lint(records.map { Array($0.utf8) }).findings.count == 100)
        }
    }

    @Test func theTextIsPrintable() {
        let text = lint("v=STSv1; id=\u{1b}[2J\u{202e}").text
        #expect(text.contains("column 13"))
        #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    }
}

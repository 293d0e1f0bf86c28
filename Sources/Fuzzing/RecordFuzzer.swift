import MTASTS

/// The TXT records at `_mta-sts`; a line feed in the input begins another record.
enum RecordFuzzer {
    static func run(_ input: [UInt8]) {
        let records = input.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
        for records in [[input], records] {
            judge(STSRecordParser.parse(records: records), records)
            demandReport(RecordLint.lint(records))
        }
    }

    private static func judge(_ result: STSRecordResult, _ records: [[UInt8]]) {
        switch result {
        case .missing: break
        case .multiple(let raws):
            demand(raws.count > 1 && raws.allSatisfy(records.contains), "several means several of those given")
        case .invalid(let errors, let raw):
            demand(records.contains(raw), "the raw record is one of those given")
            demand(!errors.isEmpty, "an invalid record has an error")
            demandPlaces(errors, lengths: [raw.count])
        case .valid(let record, _, let raw):
            demand(records.contains(raw), "the raw record is one of those given")
            let fields = record.extensions.map { "; \($0.name)=\($0.value)" }.joined()
            let text = Array("v=STSv1; id=\(record.id)\(fields)".utf8)
            demand(
                STSRecordParser.parse(records: [text]) == .valid(record, lenient: false, raw: text),
                "a record that was read reads the same when it is written anew")
        }
    }

    static func demandReport(_ report: RecordLintReport) {
        demandPrintable(report.text, lines: true, "the report")
        demandRemarks(report.findings, lines: 1)
        demand(report.isValid == report.errors.isEmpty, "a report is valid where it has no error")
    }
}

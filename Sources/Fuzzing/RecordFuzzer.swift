import MTASTS

/// The TXT records at `_mta-sts`; a line feed in the input begins another record.
enum RecordFuzzer {
    static func run(_ input: [UInt8]) {
        judge(input) { records in
            switch STSRecordParser.parse(records: records) {
            case .missing: return .missing
            case .multiple(let raws): return .multiple(raws)
            case .invalid(let errors, let raw): return .invalid(errors, raw)
            case .valid(let record, _, let raw):
                let fields = record.extensions.map { "; \($0.name)=\($0.value)" }.joined()
                let text = Array("v=STSv1; id=\(record.id)\(fields)".utf8)
                let again = STSRecordParser.parse(records: [text])
                return .valid(raw, standsAnew: again == .valid(record, lenient: false, raw: text))
            }
        }
    }

    /// What a parser of records made of them.
    enum Result {
        case missing
        case multiple([[UInt8]])
        case invalid([SyntaxError], [UInt8])
        /// - Parameter standsAnew: whether what was read reads the same when it is written anew.
        case valid([UInt8], standsAnew: Bool)
    }

    /// Judges the input as one record, and as one a line.
    static func judge(_ input: [UInt8], _ parse: ([[UInt8]]) -> Result) {
        let records = input.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
        for records in [[input], records] {
            switch parse(records) {
            case .missing: break
            case .multiple(let raws):
                demand(raws.count > 1 && raws.allSatisfy(records.contains), "several means several of those given")
            case .invalid(let errors, let raw):
                demand(records.contains(raw), "the raw record is one of those given")
                demand(!errors.isEmpty, "an invalid record has an error")
                demandPlaces(errors, lengths: [raw.count])
            case .valid(let raw, let standsAnew):
                demand(records.contains(raw), "the raw record is one of those given")
                demand(standsAnew, "a record that was read reads the same when it is written anew")
            }
            let report = RecordLint.lint(records)
            demandPrintable(report.text, lines: true, "the report")
            demandRemarks(report.findings, lines: 1)
            demand(report.isValid == report.errors.isEmpty, "a report is valid where it has no error")
        }
    }
}

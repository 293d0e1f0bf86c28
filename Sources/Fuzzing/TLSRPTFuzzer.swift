import MTASTS

/// The TXT records at `_smtp._tls`; a line feed in the input begins another record.
enum TLSRPTFuzzer {
    static func run(_ input: [UInt8]) {
        let records = input.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
        for records in [[input], records] {
            judge(TLSRPTParser.parse(records: records), records)
            RecordFuzzer.demandReport(RecordLint.lint(records))
        }
    }

    private static func judge(_ result: TLSRPTResult, _ records: [[UInt8]]) {
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
            demand(!record.rua.isEmpty, "a valid record names an address")
            let text = Array("v=TLSRPTv1; rua=\(record.rua.joined(separator: ","))".utf8)
            demand(
                TLSRPTParser.parse(records: [text]) == .valid(record, lenient: false, raw: text),
                "a record that was read reads the same when it is written anew")
        }
    }
}

import MTASTS

/// The TXT records at `_smtp._tls`; a line feed in the input begins another record.
enum TLSRPTFuzzer {
    static func run(_ input: [UInt8]) {
        RecordFuzzer.judge(input) { records in
            switch TLSRPTParser.parse(records: records) {
            case .missing: return .missing
            case .multiple(let raws): return .multiple(raws)
            case .invalid(let errors, let raw): return .invalid(errors, raw)
            case .valid(let record, _, let raw):
                demand(!record.rua.isEmpty, "a valid record names an address")
                let text = Array("v=TLSRPTv1; rua=\(record.rua.joined(separator: ","))".utf8)
                let again = TLSRPTParser.parse(records: [text])
                return .valid(raw, standsAnew: again == .valid(record, lenient: false, raw: text))
            }
        }
    }
}

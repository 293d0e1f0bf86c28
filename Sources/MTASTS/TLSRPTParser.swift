/// Reads the TXT records at `_smtp._tls` (RFC 8460 3).
public enum TLSRPTParser {
    /// Sorts out the one TLSRPT record and reads it.
    /// - Parameter records: every TXT record at the name, each with its strings joined without a space.
    public static func parse(records: [[UInt8]]) -> TLSRPTResult {
        switch VersionedRecord.select(from: records, version: "v=TLSRPTv1") {
        case .none: return .missing
        case .several(let raws): return .multiple(raws)
        case .one(let record, let lenient):
            var (fields, errors) = record.fields(looseValues: ["rua"])
            guard let rua = fields.first(where: { $0.name.spells("rua") }) else {
                errors.append(
                    SyntaxError(
                        column: record.bytes.count + 1, end: "no rua",
                        expected: "`rua=` and a `mailto:` or `https:` URI"))
                return .invalid(errors, raw: record.bytes)
            }
            var uris: [String] = []
            var unsupported: SyntaxError?
            for uri in rua.value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            where !rua.value.isEmpty {
                switch ReportURI.read(uri, isLast: uri.endIndex == record.bytes.endIndex) {
                case .supported(let text): uris.append(text)
                case .unsupported(let error): unsupported = unsupported ?? error
                case .malformed(let error): errors.append(error)
                }
            }
            // A URI of another scheme is one a sender may skip; it spoils the record only where nothing else is left.
            if uris.isEmpty, errors.isEmpty, let unsupported { errors.append(unsupported) }
            guard errors.isEmpty else {
                return .invalid(errors.sorted { $0.column < $1.column }, raw: record.bytes)
            }
            return .valid(TLSRPTRecord(rua: uris), lenient: lenient, raw: record.bytes)
        }
    }
}

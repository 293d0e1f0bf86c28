/// Reads the TXT records at `_mta-sts` (RFC 8461 3.1).
public enum STSRecordParser {
    /// Sorts out the one MTA-STS record and reads it.
    /// - Parameter records: every TXT record at the name, each with its strings joined without a space.
    public static func parse(records: [[UInt8]]) -> STSRecordResult {
        switch VersionedRecord.select(from: records, version: "v=STSv1") {
        case .none: return .missing
        case .several(let raws): return .multiple(raws)
        case .one(let record, let lenient):
            let (fields, found) = record.fields()
            var errors = found
            guard let id = fields.first(where: { $0.name.spells("id") }) else {
                errors.append(
                    SyntaxError(
                        column: record.bytes.count + 1, end: "no id", expected: "`id=` and 1 to 32 letters or digits"))
                return .invalid(errors, raw: record.bytes)
            }
            if let error = Self.error(inID: id) {
                let place = errors.firstIndex { $0.column > error.column } ?? errors.endIndex
                errors.insert(error, at: place)
            }
            guard errors.isEmpty else { return .invalid(errors, raw: record.bytes) }
            let extensions = fields.filter { !$0.name.spells("id") }.map {
                STSRecord.Extension(
                    name: String(decoding: $0.name, as: UTF8.self), value: String(decoding: $0.value, as: UTF8.self))
            }
            return .valid(
                STSRecord(id: String(decoding: id.value, as: UTF8.self), extensions: extensions), lenient: lenient,
                raw: record.bytes)
        }
    }

    private static func error(inID id: VersionedRecord.Field) -> SyntaxError? {
        // An empty value is an error of every field and told already.
        if id.value.isEmpty { return nil }
        if let wrong = id.value.firstIndex(where: { !$0.isAlphanumeric }) {
            return SyntaxError(
                column: id.column(of: wrong), found: id.value[wrong...], expected: "a letter or digit in the id")
        }
        guard id.value.count > 32 else { return nil }
        let beyond = id.value.startIndex + 32
        return SyntaxError(
            column: id.column(of: beyond), found: id.value[beyond...],
            expected: "at most 32 letters or digits in the id")
    }
}

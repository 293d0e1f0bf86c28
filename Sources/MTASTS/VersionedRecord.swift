/// A TXT record of the form `v=...; name=value; ...`, the grammar that RFC 8461 3.1 and RFC 8460 3 share.
struct VersionedRecord {
    let bytes: [UInt8]
    /// Bytes before the first `;`.
    let versionLength: Int

    /// One `name=value`; both slices index into the record.
    struct Field {
        let name: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>

        func column(of index: Int) -> Int { index + 1 }
    }

    /// The record among all TXT records at the name.
    enum Selection {
        case none
        case one(VersionedRecord, lenient: Bool)
        case several([[UInt8]])
    }

    /// Discards what is no record of this version; a blank before the `;` makes a lenient one.
    static func select(from records: [[UInt8]], version: StaticString) -> Selection {
        var strict: [VersionedRecord] = []
        var loose: [VersionedRecord] = []
        for bytes in records where bytes.begins(with: version) {
            let rest = bytes[version.utf8CodeUnitCount...]
            let afterBlanks = rest.drop { $0.isBlank }
            guard afterBlanks.first == UInt8(ascii: ";") else { continue }
            let record = VersionedRecord(bytes: bytes, versionLength: afterBlanks.startIndex)
            if rest.startIndex == afterBlanks.startIndex { strict.append(record) } else { loose.append(record) }
        }
        if strict.count > 1 { return .several(strict.map(\.bytes)) }
        if let record = strict.first { return .one(record, lenient: !loose.isEmpty) }
        if loose.count > 1 { return .several(loose.map(\.bytes)) }
        return loose.first.map { .one($0, lenient: true) } ?? .none
    }

    /// The fields in order, also those with a flaw in the value, and where the text leaves the grammar.
    /// - Parameter looseValues: names whose value has a grammar of its own, which the caller judges.
    func fields(looseValues: [StaticString] = []) -> (fields: [Field], errors: [SyntaxError]) {
        var fields: [Field] = []
        var errors: [SyntaxError] = []
        // The byte after the first `;` up to the end, in pieces; an empty last piece is the final delimiter.
        let pieces = bytes[(versionLength + 1)...].split(
            separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        for (number, piece) in pieces.enumerated() {
            let isLast = number == pieces.count - 1
            let start = piece.drop { $0.isBlank }
            let text = isLast ? start : start.droppingTrailingBlanks
            if text.isEmpty {
                // One final `;` is the grammar's; a record of nothing but its version lacks a field, told as such.
                if isLast { continue }
                errors.append(
                    SyntaxError(
                        column: start.endIndex + 1, found: bytes[start.endIndex...], expected: "a field between two `;`"
                    ))
                continue
            }
            switch Self.field(text, looseValues: looseValues) {
            case .success(let field): fields.append(field)
            case .failure(let flaw):
                errors.append(flaw.error)
                if let field = flaw.field { fields.append(field) }
            }
        }
        return (fields, errors)
    }

    private struct Flaw: Error {
        let error: SyntaxError
        /// What could be read all the same.
        let field: Field?
    }

    private static func field(_ text: ArraySlice<UInt8>, looseValues: [StaticString]) -> Result<Field, Flaw> {
        func flaw(at index: Int, _ expected: String, field: Field? = nil) -> Result<Field, Flaw> {
            let error =
                index < text.endIndex
                ? SyntaxError(column: index + 1, found: text[index...], expected: expected)
                : SyntaxError(column: index + 1, end: "end of field", expected: expected)
            return .failure(Flaw(error: error, field: field))
        }
        let name = text.prefix { $0.isNameByte }
        guard let first = name.first, first.isAlphanumeric else {
            return flaw(at: text.startIndex, "a field name that begins with a letter or digit")
        }
        guard name.count <= 32 else {
            return flaw(at: name.startIndex + 32, "a field name of at most 32 bytes")
        }
        guard name.endIndex < text.endIndex, text[name.endIndex] == UInt8(ascii: "=") else {
            return flaw(at: name.endIndex, "`=` after the field name")
        }
        let field = Field(name: name, value: text[(name.endIndex + 1)...])
        if field.value.isEmpty { return flaw(at: field.value.startIndex, "a value", field: field) }
        if looseValues.contains(where: { name.spells($0) }) { return .success(field) }
        let wrong = field.value.firstIndex { !(0x21...0x7e).contains($0) || $0 == UInt8(ascii: "=") }
        guard let wrong else { return .success(field) }
        let kept = Field(name: name, value: field.value[..<wrong])
        return flaw(at: wrong, complaint(about: text[wrong...]), field: kept)
    }

    private static func complaint(about rest: ArraySlice<UInt8>) -> String {
        if rest.allSatisfy(\.isBlank) { return "no blank at the end of the record" }
        if rest.first?.isBlank == true { return "`;` before the next field" }
        return "visible ASCII without `=` and `;` in the value"
    }
}

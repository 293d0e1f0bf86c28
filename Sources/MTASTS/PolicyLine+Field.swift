extension PolicyLine {
    /// A line that has the form `key: value`.
    struct Field {
        let key: ArraySlice<UInt8>
        /// Blanks after the colon.
        let gap: ArraySlice<UInt8>
        /// Without blanks around it; may be empty.
        let value: ArraySlice<UInt8>
    }

    /// Reads the line up to its value (RFC 8461 3.2); the value itself is judged by its key.
    func field() -> Result<Field, SyntaxError> {
        guard let first = content.first else {
            return .failure(
                SyntaxError(line: number, column: 1, end: "empty line", expected: "a key: blank lines are not allowed"))
        }
        if first.isBlank {
            let isBlankLine = content.allSatisfy(\.isBlank)
            return failure(
                at: content.startIndex,
                isBlankLine ? "a key: blank lines are not allowed" : "a key at the start of the line, no white space")
        }
        guard first.isAlphanumeric else { return failure(at: content.startIndex, Self.complaint(about: first)) }
        let key = content.prefix { $0.isNameByte }
        if key.count > 32 { return failure(at: key.startIndex + 32, "a key of at most 32 bytes") }
        let rest = content[key.endIndex...]
        guard rest.first == UInt8(ascii: ":") else {
            let isSpaced = rest.drop { $0.isBlank }.first == UInt8(ascii: ":")
            return failure(
                at: key.endIndex, isSpaced ? "`:` directly after the key, no white space" : "`:` after the key")
        }
        let gap = rest.dropFirst().prefix { $0.isBlank }
        return .success(Field(key: key, gap: gap, value: content[gap.endIndex...].droppingTrailingBlanks))
    }

    /// An error at a byte of the line, or at its end.
    func error(at index: Int, _ expected: String) -> SyntaxError {
        index < content.endIndex
            ? SyntaxError(
                line: number, column: column(of: index), found: content[index...].droppingTrailingBlanksUnlessAll,
                expected: expected)
            : SyntaxError(line: number, column: column(of: index), end: "end of line", expected: expected)
    }

    private func failure(at index: Int, _ expected: String) -> Result<Field, SyntaxError> {
        .failure(error(at: index, expected))
    }

    private static func complaint(about first: UInt8) -> String {
        switch first {
        case UInt8(ascii: "#"): "a key: comments are not allowed"
        case UInt8(ascii: "-"): "a key: this is not YAML; one `mx:` line for each host"
        case UInt8(ascii: "<"): "a key: this is not HTML"
        default: "a key that begins with a letter or digit"
        }
    }
}

extension ArraySlice<UInt8> {
    /// Without blanks at the end, but never empty by that: a run of blanks is itself what was found.
    fileprivate var droppingTrailingBlanksUnlessAll: ArraySlice<UInt8> {
        let short = droppingTrailingBlanks
        return short.isEmpty ? self : short
    }
}

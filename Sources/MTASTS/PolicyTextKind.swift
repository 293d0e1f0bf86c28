/// Files that are no line-by-line text at all: they get one clear error instead of one for each line.
enum PolicyTextKind {
    /// The error that stands for the whole file; nil for what can be read line by line.
    static func refusal(of bytes: [UInt8]) -> SyntaxError? {
        if bytes.isEmpty {
            return SyntaxError(column: 1, end: "empty file", expected: "`version: STSv1`")
        }
        if bytes.count > STSPolicyParser.greatestSize {
            return SyntaxError(
                column: 1, end: "\(bytes.count) bytes",
                expected: "at most \(STSPolicyParser.greatestSize) bytes (RFC 8461 3.3)")
        }
        if let name = utf16Name(of: bytes) {
            return SyntaxError(
                column: 1, found: bytes.prefix(4), expected: "ASCII or UTF-8 text: the file is \(name)")
        }
        let start = bytes.drop { $0.isBlank || $0 == 0x0a || $0 == 0x0d }.prefix(9).map(\.lowercased)
        if start.begins(with: "<!doctype") || start.begins(with: "<html") {
            return SyntaxError(
                column: 1, found: bytes.prefix { $0 != 0x0a && $0 != 0x0d }, expected: "a policy: this is an HTML page")
        }
        if !bytes.contains(0x0a), let cr = bytes.firstIndex(of: 0x0d), cr < bytes.count - 1 {
            return SyntaxError(
                column: cr + 1, found: [0x0d], expected: "LF or CRLF at the end of each line, not CR alone")
        }
        return nil
    }

    private static func utf16Name(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xff, 0xfe, 0, 0]) { return "UTF-32LE" }
        if bytes.starts(with: [0, 0, 0xfe, 0xff]) { return "UTF-32BE" }
        if bytes.starts(with: [0xff, 0xfe]) { return "UTF-16LE" }
        if bytes.starts(with: [0xfe, 0xff]) { return "UTF-16BE" }
        // Without a mark: every other byte of the start is NUL.
        let start = bytes.prefix(8)
        guard start.count >= 4 else { return nil }
        let zeros = start.enumerated().filter { $0.element == 0 }.map(\.offset)
        guard zeros.count == start.count / 2 else { return nil }
        if zeros.allSatisfy({ $0 % 2 == 1 }) { return "UTF-16LE" }
        return zeros.allSatisfy { $0 % 2 == 0 } ? "UTF-16BE" : nil
    }
}

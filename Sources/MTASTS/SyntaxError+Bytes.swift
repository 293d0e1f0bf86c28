extension SyntaxError {
    /// The most characters of `found`.
    static let longestFound = 64

    /// An error with what stood there made visible.
    init(line: Int = 1, column: Int, found bytes: some Sequence<UInt8>, expected: String) {
        self.init(
            line: line, column: column, found: VisibleText.escape(bytes, limit: Self.longestFound),
            expected: expected)
    }

    /// An error at the end of the text or of a line.
    init(line: Int = 1, column: Int, end: String, expected: String) {
        self.init(line: line, column: column, found: end, expected: expected)
    }
}

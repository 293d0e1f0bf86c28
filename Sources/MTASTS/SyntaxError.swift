/// Where a text leaves its grammar: what stood there and what was expected.
public struct SyntaxError: Hashable, Sendable, Codable, Error {
    /// The line, from 1; always 1 for a TXT record.
    public let line: Int
    /// The byte in the line, from 1.
    public let column: Int
    /// What stood there, control and non-ASCII bytes as visible escapes; at most 64 characters.
    public let found: String
    /// What the grammar asks for there.
    public let expected: String

    public init(line: Int, column: Int, found: String, expected: String) {
        self.line = line
        self.column = column
        self.found = found
        self.expected = expected
    }
}

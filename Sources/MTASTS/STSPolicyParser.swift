/// Reads a policy file to the letter of RFC 8461 3.2, and tells how known senders read it.
public enum STSPolicyParser {
    /// The most bytes a policy may have (suggested by RFC 8461 3.3).
    public static let greatestSize = 65_536
    /// The most errors that one result lists.
    public static let mostErrors = 100

    /// Reads a policy body as it was served.
    public static func parse(_ bytes: [UInt8]) -> STSPolicyResult {
        let strict = readStrictly(bytes)
        return STSPolicyResult(
            policy: strict.policy,
            errors: Array(strict.errors.prefix(mostErrors)),
            furtherErrors: max(0, strict.errors.count - mostErrors),
            fields: strict.fields,
            remarks: strict.remarks.inOrder,
            disagreements: KnownSender.disagreements(over: bytes, strict: strict))
    }

    static func readStrictly(_ bytes: [UInt8]) -> PolicyReader {
        var reader = PolicyReader()
        if let refusal = PolicyTextKind.refusal(of: bytes) {
            reader.refuse(refusal)
            return reader
        }
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let hasMark = bytes.starts(with: mark)
        if hasMark { reader.refuse(SyntaxError(column: 1, found: mark, expected: "no byte order mark")) }
        let lines = PolicyLine.split(bytes, skip: hasMark ? mark.count : 0)
        for line in lines { reader.read(line) }
        reader.finish(lines: lines)
        return reader
    }
}

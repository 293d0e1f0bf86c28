import MTASTS

/// One complete SMTP reply as it came (RFC 5321 4.2).
struct SMTPReply: Hashable, Sendable {
    /// What was tolerated in a reply and is worth telling.
    enum Oddity: Hashable, Sendable {
        /// A line ended in LF without CR.
        case bareLF
        /// A byte over 127, kept as it came.
        case eightBit
        /// The lines carry different codes; the last one's counts.
        case codesDiffer
    }

    /// 200 to 599.
    let code: Int
    /// The lines as sent, with their codes, without their line ends; 1 to 100.
    let lines: [[UInt8]]
    let oddities: Set<Oddity>

    /// The lines without code and separator.
    var texts: [ArraySlice<UInt8>] { lines.map { $0.dropFirst(4) } }

    /// The text of all lines joined by a space, escaped and bounded.
    var text: String { VisibleText.escape(texts.joined(separator: [UInt8(ascii: " ")]), limit: Limits.quotedText) }

    var isSuccess: Bool { code < 300 }
    var isFailure: Bool { code >= 400 }
    var isPermanentFailure: Bool { code >= 500 }

    /// The code at the start of a line, when the line is one of a reply: three digits from 200 to 599, then nothing,
    /// a space, or a hyphen where another line follows.
    static func code(of line: some Collection<UInt8>) -> (code: Int, isLast: Bool)? {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        let code = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        guard (200...599).contains(code) else { return nil }
        switch line.dropFirst(3).first {
        case nil, UInt8(ascii: " "): return (code, true)
        case UInt8(ascii: "-"): return (code, false)
        default: return nil
        }
    }
}

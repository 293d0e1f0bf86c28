import MTASTS

/// What the answer to EHLO offers (RFC 5321 4.1.1.1, RFC 3207 4), and what a device in between painted over.
struct EHLOAnswer: Hashable, Sendable {
    let offersSTARTTLS: Bool
    /// The first painted-over line, escaped; nil when there is none.
    let maskedLine: String?

    init(_ reply: SMTPReply) {
        var offers = false
        var masked: String?
        for (index, text) in reply.texts.enumerated() {
            // The first line is the server's name and greeting, never a keyword.
            let keyword = index == 0 ? [] : Self.keyword(of: text)
            if keyword == Array("STARTTLS".utf8) { offers = true }
            if masked == nil, Self.isMaskedKeyword(keyword) || Self.isMaskedText(text) {
                masked = VisibleText.escape(reply.lines[index], limit: Limits.quotedText)
            }
        }
        offersSTARTTLS = offers
        maskedLine = masked
    }

    /// True for text such as `****2***0**`: some firewalls blank all but a few digits of banners and replies.
    static func isMaskedText(_ text: some Collection<UInt8>) -> Bool {
        var stars = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "*"): stars += 1
            case UInt8(ascii: " "), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            default: return false
            }
        }
        return stars >= 4
    }

    /// The first word in upper case.
    private static func keyword(of text: ArraySlice<UInt8>) -> [UInt8] {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        return text.drop(while: isBlank).prefix { !isBlank($0) }
            .map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 & 0xdf : $0 }
    }

    /// True for `XXXXXXXA` and its kin: X's in place of the keyword, then at most one other letter.
    private static func isMaskedKeyword(_ keyword: [UInt8]) -> Bool {
        guard keyword.count >= 4, let last = keyword.last else { return false }
        return keyword.dropLast().allSatisfy { $0 == UInt8(ascii: "X") }
            && (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(last)
    }
}

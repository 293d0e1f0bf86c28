/// Stands between the socket and TLS after the 220: plain SMTP replies are taken out, TLS goes through (RFC 3207 6,
/// the CVE-2011-0411 class).
///
/// What is not a reply is none of its business: it goes to TLS, which fails on it. A reply split over two reads must
/// be judged as one sent at once, so undecided bytes are held, at most four of them.
struct InjectionFilter: Sendable {
    /// What was read so far as plain text, at most `Limits.injectedBytes`.
    private(set) var injected: [UInt8] = []
    /// The first complete line that refuses (4xx or 5xx): no TLS is to be expected after it.
    private(set) var refusal: [UInt8]?
    /// More plain text than any mistake explains.
    private(set) var isFlooded = false

    private var line: [UInt8] = []
    private var isInsideLine = false
    private var isOpen = false

    /// Takes the bytes that were already there when the 220 was read: whatever they are, they are plain text.
    init(leftover: [UInt8]) {
        for byte in leftover.prefix(Limits.injectedBytes) {
            isInsideLine = true
            take(byte)
        }
        isFlooded = leftover.count > Limits.injectedBytes
    }

    /// True once TLS bytes were seen: nothing needs to be looked at any more.
    var isDone: Bool { isOpen }

    /// Takes what was read; returns what is for TLS.
    mutating func pass(_ bytes: some Collection<UInt8>) -> [UInt8] {
        if isOpen { return Array(bytes) }
        for (offset, byte) in bytes.enumerated() {
            guard !isFlooded, refusal == nil else { return [] }
            if isInsideLine {
                take(byte)
                continue
            }
            line.append(byte)
            guard !Self.isReplyBeginning(line) else {
                if line.count == 4 { beginLine() }
                continue
            }
            isOpen = true
            defer { line = [] }
            return line + bytes.dropFirst(offset + 1)
        }
        return []
    }

    private mutating func beginLine() {
        isInsideLine = true
        let beginning = line
        line = []
        for byte in beginning { take(byte) }
    }

    private mutating func take(_ byte: UInt8) {
        keep(byte)
        if byte == UInt8(ascii: "\n") { endLine() } else { line.append(byte) }
    }

    private mutating func keep(_ byte: UInt8) {
        if injected.count < Limits.injectedBytes { injected.append(byte) } else { isFlooded = true }
    }

    private mutating func endLine() {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        if refusal == nil, let (code, _) = SMTPReply.code(of: line), code >= 400 { refusal = line }
        line = []
        isInsideLine = false
    }

    /// True while the bytes, at most four, may be the beginning of an SMTP reply; a TLS record begins with no digit.
    private static func isReplyBeginning(_ bytes: [UInt8]) -> Bool {
        guard bytes.prefix(3).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
        guard bytes.count == 4 else { return true }
        return [" ", "-", "\r", "\n"].contains { UInt8(ascii: $0) == bytes[3] }
    }
}

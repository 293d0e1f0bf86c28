/// Cuts bytes into SMTP replies (RFC 5321 4.2.1), whatever pieces they come in; nothing in it grows without bound.
struct SMTPReplyDecoder: Sendable {
    enum Event: Hashable, Sendable {
        case reply(SMTPReply)
        /// The last of these lines is not a line of a reply; those before it began one.
        case malformed(lines: [[UInt8]])
        /// A limit was broken, in words; nothing comes after it.
        case limit(String)
    }

    private var buffer: [UInt8] = []
    /// Where the next line begins.
    private var start = 0
    /// Everything before it is known to hold no line end.
    private var scanned = 0
    private var lines: [[UInt8]] = []
    private var oddities: Set<SMTPReply.Oddity> = []
    private var code: Int?
    private var received = 0
    private var isBroken = false

    init() {}

    /// Takes what was read; bytes past the limit of the connection are dropped.
    mutating func append(_ bytes: some Collection<UInt8>) {
        guard !isBroken else { return }
        buffer.append(contentsOf: bytes.prefix(Limits.connectionBytes - received))
        received += min(bytes.count, Limits.connectionBytes + 1 - received)
    }

    /// The next event; nil when more bytes are needed.
    mutating func next() -> Event? {
        guard !isBroken else { return nil }
        while let line = nextLine() {
            lines.append(line)
            guard let (found, isLast) = SMTPReply.code(of: line) else {
                defer { forgetReply() }
                return .malformed(lines: lines)
            }
            if let code, code != found { oddities.insert(.codesDiffer) }
            code = found
            if isLast {
                defer { forgetReply() }
                return .reply(SMTPReply(code: found, lines: lines, oddities: oddities))
            }
            if lines.count == Limits.replyLines { return fail("more than \(Limits.replyLines) lines in one reply") }
        }
        if buffer.count - start > Limits.replyLine { return fail("a line of more than \(Limits.replyLine) bytes") }
        if received > Limits.connectionBytes { return fail("more than \(Limits.connectionBytes) bytes") }
        return nil
    }

    /// Takes out what no event has told: the lines of an unfinished reply and the rest of the bytes.
    mutating func drain() -> (lines: [[UInt8]], rest: [UInt8]) {
        defer {
            forgetReply()
            buffer = []
            start = 0
            scanned = 0
        }
        return (lines, Array(buffer[start...]))
    }

    private mutating func nextLine() -> [UInt8]? {
        guard let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")), end - start <= Limits.replyLine else {
            scanned = buffer.count
            if start > 0 {
                buffer.removeFirst(start)
                scanned -= start
                start = 0
            }
            return nil
        }
        var line = Array(buffer[start..<end])
        if line.last == UInt8(ascii: "\r") { line.removeLast() } else { oddities.insert(.bareLF) }
        if line.contains(where: { $0 > 127 }) { oddities.insert(.eightBit) }
        start = end + 1
        scanned = start
        return line
    }

    private mutating func forgetReply() {
        lines = []
        oddities = []
        code = nil
    }

    private mutating func fail(_ reason: String) -> Event {
        isBroken = true
        return .limit(reason)
    }
}

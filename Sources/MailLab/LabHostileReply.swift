/// How a policy host of the lab answers that means no good, or does not know better.
public enum LabHostileReply: String, Hashable, Sendable, CaseIterable {
    /// 301 to a place whose name is `LabHostileText`.
    case redirect
    /// One header after another.
    case endlessHeaders = "endless-headers"
    /// One header without an end.
    case endlessHeader = "endless-header"
    /// One interim response (1xx) after another.
    case endlessInterim = "endless-interim"
    /// A body without length and without end.
    case endlessBody = "endless-body"
    /// Chunks without end.
    case endlessChunks = "endless-chunks"
    /// A chunk of more bytes than there are in the world.
    case hugeChunk = "huge-chunk"
    /// A body of 64 KiB, byte by byte.
    case slowDrip = "slow-drip"
    /// A good policy in chunks of a byte: odd, and allowed (RFC 9112 7.1).
    case chunked
    /// The length is larger than the body.
    case lengthTooLarge = "length-too-large"
    /// The length is smaller than the body, and ends in the middle of a line.
    case lengthTooSmall = "length-too-small"
    /// Two lengths that differ (RFC 9112 6.3).
    case twoLengths = "two-lengths"
    case compressed
    /// Closed in the middle of the headers.
    case cutHeaders = "cut-headers"
    /// Closed in the middle of the body.
    case cutBody = "cut-body"
    /// `LabHostileText` as the Content-Type, as far as HTTP allows.
    case hostileType = "hostile-type"
    /// `LabHostileText` with its controls in a header, which HTTP does not allow.
    case hostileHeader = "hostile-header"
    /// `LabHostileText` in the policy.
    case hostileBody = "hostile-body"
    /// Not HTTP at all.
    case noHTTP = "no-http"

    /// The answer.
    /// - Parameter policy: a good policy file, where one is a part of it.
    public func reply(_ policy: [UInt8]) -> LabPolicyReply {
        LabPolicyReply(raw: raw(policy))
    }

    private func raw(_ policy: [UInt8]) -> LabRawAnswer {
        func response(_ headers: String, _ body: [UInt8] = []) -> [UInt8] {
            Array("HTTP/1.1 200 OK\r\n\(headers)\r\n".utf8) + body
        }
        let type = "Content-Type: text/plain\r\n"
        let many = Array(repeatElement("X-Pad: no end\r\n", count: 100).joined().utf8)
        switch self {
        case .redirect:
            let head = "HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: https://"
            return LabRawAnswer(Array(head.utf8) + LabHostileText.fieldBytes + Array("\r\n\r\n".utf8))
        case .endlessHeaders: return LabRawAnswer(Array("HTTP/1.1 200 OK\r\n".utf8), repeating: many)
        case .endlessHeader:
            return LabRawAnswer(
                Array("HTTP/1.1 200 OK\r\nX-Pad: ".utf8), repeating: [UInt8](repeating: 0x41, count: 4_096))
        case .endlessInterim:
            let interim = repeatElement("HTTP/1.1 100 Continue\r\n\r\n", count: 100).joined()
            return LabRawAnswer([], repeating: Array(interim.utf8))
        case .endlessBody: return LabRawAnswer(response(type), repeating: many)
        case .endlessChunks:
            let chunks = repeatElement("5\r\nhello\r\n", count: 400).joined()
            return LabRawAnswer(response(type + "Transfer-Encoding: chunked\r\n"), repeating: Array(chunks.utf8))
        case .hugeChunk:
            return LabRawAnswer(
                response(type + "Transfer-Encoding: chunked\r\n", Array("7fffffffffffffff\r\n".utf8)), repeating: many)
        case .slowDrip:
            return LabRawAnswer(
                response(type + "Content-Length: 65536\r\n"), repeating: Array("a".utf8), pauseMilliseconds: 20)
        case .chunked:
            let chunks = policy.flatMap { Array("1\r\n".utf8) + [$0] + Array("\r\n".utf8) } + Array("0\r\n\r\n".utf8)
            return LabRawAnswer(response(type + "Transfer-Encoding: chunked\r\n", chunks))
        case .lengthTooLarge:
            return LabRawAnswer(response(type + "Content-Length: \(policy.count + 100)\r\n", policy))
        case .lengthTooSmall:
            return LabRawAnswer(response(type + "Content-Length: \(policy.count - 9)\r\n", policy))
        case .twoLengths:
            let lengths = "Content-Length: \(policy.count)\r\nContent-Length: 5\r\n"
            return LabRawAnswer(response(type + lengths, policy))
        case .compressed:
            let headers = type + "Content-Encoding: gzip\r\nContent-Length: 4\r\n"
            return LabRawAnswer(response(headers, [0x1f, 0x8b, 8, 0]))
        case .cutHeaders: return LabRawAnswer(Array("HTTP/1.1 200 OK\r\nContent-Ty".utf8))
        case .cutBody:
            let half = Array(policy.prefix(policy.count / 2))
            return LabRawAnswer(response(type + "Content-Length: \(policy.count)\r\n", half))
        case .hostileType:
            let head = Array("HTTP/1.1 200 OK\r\nContent-Length: \(policy.count)\r\nContent-Type: ".utf8)
            return LabRawAnswer(head + LabHostileText.fieldBytes + Array("\r\n\r\n".utf8) + policy)
        case .hostileHeader:
            let head = Array("HTTP/1.1 200 OK\r\nX-Evil: ".utf8) + LabHostileText.bytes
            return LabRawAnswer(head + Array("\r\nContent-Length: \(policy.count)\r\n\r\n".utf8) + policy)
        case .hostileBody:
            let body = policy + LabHostileText.bytes + Array("\r\nmode: ".utf8) + LabHostileText.bytes
            return LabRawAnswer(response(type + "Content-Length: \(body.count)\r\n", body))
        case .noHTTP: return LabRawAnswer(Array("220 ".utf8) + LabHostileText.bytes + Array("\r\n".utf8))
        }
    }
}

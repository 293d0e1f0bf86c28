/// What a policy host of the lab answers to a request for its policy file.
public struct LabPolicyReply: Hashable, Sendable {
    /// What becomes of the request.
    public enum Fate: String, Hashable, Sendable, CaseIterable {
        case answered
        /// The connection is closed without an answer.
        case dropped
        /// The connection stays open without an answer.
        case stalled
        /// The headers promise the body, half of it comes, then the connection is closed.
        case cutOff = "cut-off"
    }

    public var status: Int
    /// The Content-Type header; nil sends none.
    public var contentType: String?
    public var body: [UInt8]
    /// The Location header; nil sends none.
    public var location: String?
    /// Milliseconds from the request to the answer.
    public var delayMilliseconds: Int
    public var fate: Fate
    /// These bytes in place of everything above but the delay; nil for an answer in good form.
    public var raw: LabRawAnswer?

    public init(
        status: Int = 200, contentType: String? = "text/plain", body: [UInt8] = [], location: String? = nil,
        delayMilliseconds: Int = 0, fate: Fate = .answered, raw: LabRawAnswer? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.location = location
        self.delayMilliseconds = delayMilliseconds
        self.fate = fate
        self.raw = raw
    }

    /// The text as it is, 200 and `text/plain`.
    public static func text(_ text: String) -> LabPolicyReply {
        LabPolicyReply(body: Array(text.utf8))
    }

    /// A policy file in good order (RFC 8461 3.2).
    /// - Parameters:
    ///   - mode: `enforce`, `testing` or `none`.
    ///   - maxAge: seconds.
    public static func policy(_ mode: String, mx: [String], maxAge: Int = 604_800) -> LabPolicyReply {
        let lines = ["version: STSv1", "mode: \(mode)"] + mx.map { "mx: \($0)" } + ["max_age: \(maxAge)"]
        return .text(lines.map { $0 + "\r\n" }.joined())
    }

    public static let notFound = LabPolicyReply(status: 404, body: Array("Not here.\n".utf8))

    /// A 301 that a fetcher must not follow (RFC 8461 3.3).
    public static func redirect(to location: String) -> LabPolicyReply {
        LabPolicyReply(status: 301, location: location)
    }
}

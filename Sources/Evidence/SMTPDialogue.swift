/// What was said on one connection, raw bytes kept, in order.
public struct SMTPDialogue: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable {
        public enum Speaker: String, Hashable, Sendable, Codable {
            case server, client
        }

        public let speaker: Speaker
        /// Without its line end; at most 1,000 bytes.
        public let bytes: [UInt8]

        public init(_ speaker: Speaker, bytes: [UInt8]) {
            self.speaker = speaker
            self.bytes = bytes
        }
    }

    /// At most 200 lines.
    public var lines: [Line]

    public init(lines: [Line] = []) {
        self.lines = lines
    }
}

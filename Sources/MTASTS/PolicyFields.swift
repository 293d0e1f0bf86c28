/// What stands behind the keys of a policy file, readable or not; the first of each counts, all of `mx`.
public struct PolicyFields: Hashable, Sendable {
    /// A value as it stood, without blanks around it.
    public struct Value: Hashable, Sendable {
        /// From 1.
        public let line: Int
        /// The value's first byte in the line, from 1.
        public let column: Int
        public let bytes: [UInt8]

        public init(line: Int, column: Int, bytes: [UInt8]) {
            self.line = line
            self.column = column
            self.bytes = bytes
        }

        /// The value made visible.
        public var text: String { VisibleText.escape(bytes) }
    }

    public internal(set) var version: Value?
    public internal(set) var mode: Value?
    public internal(set) var maxAge: Value?
    /// Every mx value that is not empty, in the order of the file.
    public internal(set) var mx: [Value] = []

    public init() {}
}

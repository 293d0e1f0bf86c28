/// Bytes in place of a well-formed HTTP response.
public struct LabRawAnswer: Hashable, Sendable {
    /// Sent once.
    public var head: [UInt8]
    /// Sent again and again after it; empty to close the connection instead.
    public var repeated: [UInt8]
    /// Between two repetitions; 1 is as fast as it gets.
    public var pauseMilliseconds: Int

    public init(_ head: [UInt8], repeating repeated: [UInt8] = [], pauseMilliseconds: Int = 1) {
        self.head = head
        self.repeated = repeated
        self.pauseMilliseconds = pauseMilliseconds
    }
}

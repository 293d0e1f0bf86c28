/// How one known sender reads a policy file on which senders split.
public struct ParserDisagreement: Hashable, Sendable, Codable {
    /// The sender's name, such as `chasquid`.
    public let sender: String
    /// True when it puts the file to use.
    public let accepts: Bool
    /// What it reads; nil when it rejects the file.
    ///
    /// A pattern that can match no MX host there is left out, so `mx` may be empty also in mode enforce: that sender
    /// refuses every host. A max_age over the limit is capped.
    public let reading: STSPolicy?
    /// True when accepting, or the reading, differs from the letter of the RFC.
    public let differs: Bool

    public init(sender: String, accepts: Bool, reading: STSPolicy?, differs: Bool) {
        self.sender = sender
        self.accepts = accepts
        self.reading = reading
        self.differs = differs
    }
}

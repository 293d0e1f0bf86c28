/// One TXT record: its character strings joined without a space, as RFC 8461 3.1 and RFC 8460 3 ask.
public struct TXTRecord: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// - Parameter strings: the character strings of the record in their order (RFC 1035 3.3.14).
    public init(strings: [[UInt8]]) {
        bytes = strings.flatMap { $0 }
    }

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }
}

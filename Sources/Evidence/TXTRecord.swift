/// One TXT record: its character strings joined without a space, as RFC 8461 3.1 and RFC 8460 3 ask.
public struct TXTRecord: Hashable, Sendable {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }
}

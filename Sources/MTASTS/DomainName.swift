/// A DNS name as A-labels: lower case ASCII, no trailing dot, 1 to 253 bytes, labels of 1 to 63 bytes (RFC 1035 2.3.4).
///
/// Comparison is by the normalised text, so two spellings of one name are equal. U-labels are not accepted here:
/// converting them is the business of the edge that read them.
public struct DomainName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The normalised text, never empty.
    public let text: String

    /// Reads a name; nil when a label is empty, too long, or holds a byte that is not a letter, digit, `-` or `_`.
    public init?(_ input: some StringProtocol) {
        self.init(bytes: input.utf8)
    }

    /// Reads a name from bytes; the same rules.
    public init?(bytes input: some Sequence<UInt8>) {
        var bytes = Array(input)
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        guard (1...253).contains(bytes.count) else { return nil }
        var labelLength = 0
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "."):
                guard (1...63).contains(labelLength) else { return nil }
                labelLength = 0
                continue
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                bytes[index] |= 0x20
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                break
            default:
                return nil
            }
            labelLength += 1
        }
        guard (1...63).contains(labelLength) else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private init(normalised: String) {
        text = normalised
    }

    /// The labels from left to right.
    public var labels: [Substring] { text.split(separator: ".") }

    /// The name without its left-most label; nil for a single label.
    public var parent: DomainName? {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        return DomainName(normalised: String(text[text.utf8.index(after: dot)...]))
    }

    /// The name with labels put in front, such as `_mta-sts` or `_25._tcp`; nil when it grows past 253 bytes.
    public func prefixed(_ labels: String) -> DomainName? {
        DomainName(labels + "." + text)
    }

    /// True for a host name: every label is letters, digits and inner hyphens (RFC 5321 2.3.5 Domain).
    public var isHostName: Bool {
        // Byte by byte: whole lists pass by here before anything is on the screen.
        let (dot, hyphen) = (UInt8(ascii: "."), UInt8(ascii: "-"))
        var before = dot
        for byte in text.utf8 {
            guard byte != UInt8(ascii: "_"), byte != hyphen || before != dot, byte != dot || before != hyphen else {
                return false
            }
            before = byte
        }
        return before != hyphen
    }

    /// True when this name equals `other` or lies below it.
    public func isAtOrBelow(_ other: DomainName) -> Bool {
        text == other.text || text.hasSuffix("." + other.text)
    }

    public var description: String { text }

    public static func < (left: DomainName, right: DomainName) -> Bool { left.text < right.text }
}

extension DomainName: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let name = DomainName(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a domain name: \(text)")
        }
        self = name
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

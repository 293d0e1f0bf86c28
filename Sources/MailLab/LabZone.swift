/// A DNS zone of the lab: what a resolver serves as a local zone, and nothing else exists below its name.
public struct LabZone: Hashable, Sendable {
    /// Without the final dot.
    public let name: String
    /// Zone file lines, owners in full: `mx1.harbour.example. 60 IN A 127.77.1.1`.
    public let records: [String]

    public init(name: String, records: [String]) {
        self.name = name
        self.records = records
    }

    /// Quotes a TXT value as character strings of at most 255 bytes (RFC 1035 5.1).
    static func quoted(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let starts = bytes.isEmpty ? [0] : Array(stride(from: 0, to: bytes.count, by: 255))
        return starts.map { start in
            "\"" + bytes[start..<min(start + 255, bytes.count)].map(escaped).joined() + "\""
        }.joined(separator: " ")
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case 0x20...0x7e: return String(UnicodeScalar(byte))
        default:
            let digits = String(byte)
            return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
    }
}

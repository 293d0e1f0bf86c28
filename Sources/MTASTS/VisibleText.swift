/// Bytes of strangers as printable ASCII, so that nothing in them can act on a terminal or hide in a log.
public enum VisibleText {
    /// Printable ASCII as it is, a backslash doubled, every other byte as `\xNN`.
    /// - Parameter limit: the most characters returned; what is cut off is shown as `...` within the limit.
    public static func escape(_ bytes: some Sequence<UInt8>, limit: Int = .max) -> String {
        var shown: [UInt8] = []
        // The length up to which dots still fit behind what is kept.
        var kept = 0
        for byte in bytes {
            append(byte, to: &shown)
            if shown.count > limit {
                return String(decoding: shown[..<min(kept, limit)], as: UTF8.self) + (limit >= 3 ? "..." : "")
            }
            if shown.count + 3 <= limit { kept = shown.count }
        }
        return String(decoding: shown, as: UTF8.self)
    }

    private static func append(_ byte: UInt8, to shown: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\\"):
            shown += [byte, byte]
        case 0x20...0x7e:
            shown.append(byte)
        default:
            shown += [UInt8(ascii: "\\"), UInt8(ascii: "x"), digit(byte >> 4), digit(byte & 15)]
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension VisibleText {
    /// Text that may hold parts escaped before: only what is not printable ASCII becomes an escape, byte by byte.
    public static func printable(_ text: String, limit: Int = 1_000) -> String {
        if text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
        return printable(text.utf8, limit: limit)
    }

    /// Bytes of which a backslash is an honest part, such as a distinguished name; at most `limit` characters.
    public static func printable(_ bytes: some Sequence<UInt8>, limit: Int) -> String {
        var shown: [UInt8] = []
        for byte in bytes {
            if (0x20...0x7e).contains(byte) { shown.append(byte) } else { append(byte, to: &shown) }
            guard shown.count > limit else { continue }
            return String(decoding: shown.prefix(max(0, limit - 3)), as: UTF8.self) + (limit >= 3 ? "..." : "")
        }
        return String(decoding: shown, as: UTF8.self)
    }
}

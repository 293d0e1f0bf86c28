/// One URI of a `rua` list (RFC 8460 3: `,`, `!` and `;` must be percent-encoded in it).
enum ReportURI {
    case supported(String)
    /// A well-formed URI of another scheme.
    case unsupported(SyntaxError)
    case malformed(SyntaxError)

    /// Reads one element; its indices are those of the record.
    /// - Parameter isLast: true at the end of the record, where the grammar allows no blank.
    static func read(_ element: ArraySlice<UInt8>, isLast: Bool) -> ReportURI {
        let start = element.drop { $0.isBlank }
        let uri = isLast ? start : start.droppingTrailingBlanks
        func malformed(_ index: Int, _ expected: String) -> ReportURI {
            index < uri.endIndex
                ? .malformed(SyntaxError(column: index + 1, found: uri[index...], expected: expected))
                : .malformed(SyntaxError(column: index + 1, end: "end of URI", expected: expected))
        }
        if uri.isEmpty { return malformed(uri.startIndex, "a `mailto:` or `https:` URI") }
        for index in uri.indices {
            if let expected = complaint(about: uri, at: index) { return malformed(index, expected) }
        }
        guard let colon = uri.firstIndex(of: UInt8(ascii: ":")), colon > uri.startIndex else {
            return malformed(uri.startIndex, "`mailto:` or `https:` before the address")
        }
        let rest = uri[(colon + 1)...]
        switch String(decoding: uri[..<colon].map(\.lowercased), as: UTF8.self) {
        case "mailto":
            let address = rest.prefix { $0 != UInt8(ascii: "?") }
            guard let at = address.lastIndex(of: UInt8(ascii: "@")), at > address.startIndex,
                DomainName(bytes: address[(at + 1)...]) != nil
            else { return malformed(rest.startIndex, "an address such as `tlsrpt@example.com`") }
        case "https":
            let host = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            guard rest.begins(with: "//"), !host.isEmpty else {
                return malformed(rest.startIndex, "`//` and a host name")
            }
        default:
            return .unsupported(
                SyntaxError(column: uri.startIndex + 1, found: uri, expected: "a `mailto:` or `https:` URI"))
        }
        return .supported(String(decoding: uri, as: UTF8.self))
    }

    private static func complaint(about uri: ArraySlice<UInt8>, at index: Int) -> String? {
        switch uri[index] {
        case UInt8(ascii: "!"): return "`%21` for an exclamation mark"
        case UInt8(ascii: "%"):
            let digits = uri[(index + 1)...].prefix(2)
            let isHex = digits.count == 2 && digits.allSatisfy { $0.isDigit || (0x61...0x66).contains($0 | 0x20) }
            return isHex ? nil : "two hexadecimal digits after `%`"
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "^"),
            UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
            return "a character that a URI may hold, or its percent-encoded form"
        case 0x21...0x7e: return nil
        case 0x20, 0x09: return "`,` before the next URI or `;` before the next field"
        default: return "visible ASCII in the URI"
        }
    }
}

import MTASTS

/// Hosts of a domain whose name stands on the screen already.
enum OwnNames {
    /// `mx1` in the place of `mx1.example.com`, wherever it stands in the text.
    static func shortened(_ text: String, of domain: DomainName) -> String {
        let suffix = Array(".\(domain)".utf8)
        var rest = Array(text.utf8)[...]
        var kept: [UInt8] = []
        while let start = Bytes.first(of: suffix, in: Array(rest)) {
            let end = rest.startIndex + start + suffix.count
            let goesOn = end < rest.endIndex && isNameByte(rest[end])
            kept += rest[..<(goesOn ? end : end - suffix.count)]
            rest = rest[end...]
        }
        return String(decoding: kept + rest, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}

import Glibc
import MTASTS

/// DNSSEC trust anchors: the root's, and those of files with DS and DNSKEY records in zone file form.
enum TrustAnchors {
    /// The root's keys (KSK-2017 and KSK-2024), as IANA publishes them.
    static let root = [
        ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D",
        ". IN DS 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16",
    ]
    private static let sizeLimit = 1 << 20
    private static let countLimit = 200

    /// One record on one line, and where it was read.
    struct Anchor: Hashable, Sendable {
        let text: String
        let line: Int
    }

    /// Reads files, and has libunbound try each record; an error names the file and, where there is one, the line.
    static func read(_ paths: [String]) throws(ResolverSetupError) -> [String] {
        var anchors: [String] = []
        for path in paths {
            guard let bytes = contents(path) else {
                let reason = String(cString: strerror(errno))
                throw ResolverSetupError(
                    "The trust anchor file \(path) cannot be read (\(reason)): give a file with DS or DNSKEY records.")
            }
            let found = parse(bytes)
            guard !found.isEmpty, found.count <= countLimit else {
                let defect = found.isEmpty ? "holds no record" : "holds more than \(countLimit) records"
                throw ResolverSetupError(
                    "The trust anchor file \(path) \(defect): give the zone's DS or DNSKEY records.")
            }
            for anchor in found {
                guard isUsable(anchor.text) else {
                    throw ResolverSetupError(
                        "The trust anchor file \(path) is broken in line \(anchor.line): write a DS or DNSKEY record "
                            + "as `dig` prints it.")
                }
                anchors.append(anchor.text)
            }
        }
        return anchors
    }

    private static func isUsable(_ text: String) -> Bool {
        guard owner(text) != nil, hasReadableData(text) else { return false }
        // No server is asked: the context is made, reads the anchor, and goes.
        return (try? ContextBlueprint(upstream: .roots, anchors: [text]).build()) != nil
    }

    /// libunbound takes a key with stray characters for a shorter key, and finds out when nothing validates.
    private static func hasReadableData(_ text: String) -> Bool {
        let words = text.split(separator: " ")
        guard let type = words.firstIndex(where: { ["DS", "DNSKEY"].contains($0.uppercased()) }),
            words.count >= type + 5, words[(type + 1)...(type + 3)].allSatisfy({ UInt16($0) != nil })
        else { return false }
        let data = words[(type + 4)...].joined()
        if words[type].uppercased() == "DS" { return data.utf8.count % 2 == 0 && data.allSatisfy(\.isHexDigit) }
        let key = data.prefix { $0 != "=" }
        let isBase64 = key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+" || $0 == "/") }
        return data.utf8.count % 4 == 0 && data.dropFirst(key.count).allSatisfy { $0 == "=" } && isBase64
    }

    private static func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while bytes.count <= sizeLimit {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
        errno = EFBIG
        return nil
    }

    /// Splits zone file text into records: comments taken away, parentheses joined.
    static func parse(_ bytes: [UInt8]) -> [Anchor] {
        var anchors: [Anchor] = []
        var words: [String] = []
        var start = 0
        var depth = 0
        for (number, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        {
            if words.isEmpty { start = number + 1 }
            for byte in line.prefix(while: { $0 != UInt8(ascii: ";") }) {
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
            }
            let code = line.prefix { $0 != UInt8(ascii: ";") }
            let isSpace = { (byte: UInt8) in byte <= 0x20 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") }
            words += code.split(whereSeparator: isSpace).map { String(decoding: $0, as: UTF8.self) }
            if depth <= 0, !words.isEmpty {
                anchors.append(Anchor(text: words.joined(separator: " "), line: start))
                words = []
            }
        }
        if !words.isEmpty { anchors.append(Anchor(text: words.joined(separator: " "), line: start)) }
        return anchors
    }

    /// The name an anchor is for, `.` for the root; nil when it has none.
    static func owner(_ text: String) -> String? {
        guard let word = text.split(separator: " ").first else { return nil }
        return word == "." ? "." : DomainName(word)?.text
    }
}

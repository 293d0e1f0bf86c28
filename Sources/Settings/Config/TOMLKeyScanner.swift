/// Finds where each key of a TOML text stands.
///
/// The parser tells positions of its own errors only; this tells the place of a key whose value is wrong by our rules.
/// It goes before the parser, over any text, because there are flaws on which the parser does not fail but stops the
/// process; for the rest it need not judge, only never run away.
struct TOMLKeyScanner {
    /// Where the key at each path was first written, from the outside in; array elements count from 0.
    private(set) var positions: [[String]: TOMLPosition] = [:]
    /// The first flaw that the parser must not be shown, and what is wrong there.
    private(set) var flaw: (position: TOMLPosition, reason: String)?

    /// The most names in a key with its tables, and the most lists in one another. No setting comes near, and what is
    /// ever deeper takes ever longer, here and in the parser.
    static let greatestDepth = 32

    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var column = 1
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            index = 3
        }
        scan()
    }

    private var here: TOMLPosition { TOMLPosition(line: line, column: column) }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func scan() {
        var table: [String] = []
        while true {
            skipSpace(acrossLines: true)
            guard let next = byte else { return }
            let before = index
            if next == UInt8(ascii: "[") {
                advance()
                if byte == UInt8(ascii: "[") { advance() }
                skipSpace(acrossLines: false)
                judgeTableName()
                table = keys(under: [])
                while byte == UInt8(ascii: "]") { advance() }
            } else {
                pair(under: table)
            }
            // Never stand still, whatever stands here.
            if index == before { advance() }
        }
    }

    /// What begins a table's name must be able to.
    private mutating func judgeTableName() {
        guard flaw == nil, let next = byte, !Self.isBareKeyByte(next), !"\"']".utf8.contains(next) else { return }
        flaw = (here, "the name of a table is letters, digits, hyphens and underscores, or stands in quotes")
    }

    /// Numbers are whole and decimal: no setting is another number, or a date, and the parser does not survive all that
    /// begin like one.
    private mutating func judgeNumber(_ text: ArraySlice<UInt8>, at place: TOMLPosition) {
        guard flaw == nil, let first = text.first, "+-".utf8.contains(first) || (0x30...0x39).contains(first) else {
            return
        }
        let digits = "+-".utf8.contains(first) ? text.dropFirst() : text
        let isWhole =
            (digits.first.map { (0x30...0x39).contains($0) } ?? false)
            && digits.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
        if !isWhole { flaw = (place, "a number is whole and written in digits; anything else stands in quotes") }
    }

    /// `a.b = value`
    private mutating func pair(under table: [String]) {
        let path = keys(under: table)
        skipSpace(acrossLines: false)
        guard byte == UInt8(ascii: "=") else { return }
        advance()
        value(at: path)
    }

    private mutating func keys(under table: [String]) -> [String] {
        var path = table
        while true {
            skipSpace(acrossLines: false)
            let place = here
            guard let name = key() else { return path }
            guard path.count < Self.greatestDepth else {
                tooDeep(place)
                return path
            }
            path.append(name)
            if positions[path] == nil { positions[path] = place }
            skipSpace(acrossLines: false)
            guard byte == UInt8(ascii: ".") else { return path }
            advance()
        }
    }

    private mutating func key() -> String? {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return string() }
        let start = index
        while let next = byte, Self.isBareKeyByte(next) { advance() }
        return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
    }

    private mutating func value(at path: [String]) {
        skipSpace(acrossLines: false)
        guard depth < Self.greatestDepth else { return tooDeep(here) }
        depth += 1
        defer { depth -= 1 }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            _ = string()
        case UInt8(ascii: "{"):
            advance()
            elements(until: UInt8(ascii: "}")) { scanner, _ in scanner.pair(under: path) }
        case UInt8(ascii: "["):
            advance()
            elements(until: UInt8(ascii: "]")) { scanner, number in
                if scanner.flaw == nil, scanner.byte == UInt8(ascii: "}") {
                    scanner.flaw = (scanner.here, "a value or the closing ] of the list")
                }
                let element = path + [String(number)]
                scanner.positions[element] = scanner.positions[element] ?? scanner.here
                scanner.value(at: element)
            }
        default:
            let (start, place) = (index, here)
            while let next = byte, !",]}\r\n#".utf8.contains(next) { advance() }
            let end = bytes[start..<index].lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? start
            judgeNumber(bytes[start..<end], at: place)
        }
    }

    /// Looks no further: the parser is not shown the text.
    private mutating func tooDeep(_ place: TOMLPosition) {
        if flaw == nil { flaw = (place, "more than \(Self.greatestDepth) levels deep") }
        index = bytes.count
    }

    private mutating func elements(until end: UInt8, _ read: (inout TOMLKeyScanner, Int) -> Void) {
        var number = 0
        while true {
            skipSpace(acrossLines: true)
            guard let next = byte else { return }
            if next == end { return advance() }
            if next == UInt8(ascii: ",") {
                number += 1
                advance()
                continue
            }
            let before = index
            read(&self, number)
            if index == before { advance() }
        }
    }

    /// Reads a string of any of the four kinds; escapes other than of quotes stay as they are.
    private mutating func string() -> String {
        guard let quote = byte else { return "" }
        let isLong = bytes[index...].starts(with: [quote, quote, quote])
        let length = isLong ? 3 : 1
        for _ in 0..<length { advance() }
        var content: [UInt8] = []
        while let next = byte {
            if next == quote, !isLong || bytes[index...].starts(with: [quote, quote, quote]) { break }
            if next == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                advance()
                if let escaped = byte, escaped != quote, escaped != next { content.append(next) }
            }
            if let kept = byte { content.append(kept) }
            advance()
        }
        for _ in 0..<length where byte == quote { advance() }
        // A long string may end with up to two quotes of its own.
        while isLong, byte == quote { advance() }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func skipSpace(acrossLines: Bool) {
        while let next = byte {
            switch next {
            case 0x20, 0x09: advance()
            case 0x0a, 0x0d:
                guard acrossLines else { return }
                advance()
            case UInt8(ascii: "#"):
                guard acrossLines else { return }
                while let part = byte, part != 0x0a {
                    _ = part
                    advance()
                }
            default: return
            }
        }
    }

    private mutating func advance() {
        guard index < bytes.count else { return }
        if bytes[index] == 0x0a {
            line += 1
            column = 1
        } else if index + 1 == bytes.count || bytes[index + 1] & 0xc0 != 0x80 {
            // A character ends where the next byte does not continue it.
            column += 1
        }
        index += 1
    }

    private static func isBareKeyByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}

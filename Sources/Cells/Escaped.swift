/// Text of strangers made safe for terminals, logs and reports: what could act or hide is spelled out.
public enum Escaped {
    /// The text with controls, bidi, format, private and unassigned characters as `\n`, `\x1b`, `\u{202e}`.
    public static func text(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
        return Glyphs(text).reduce(into: "") { $0 += $1.text }
    }

    /// Bytes as text: valid UTF-8 as in `text(_: String)`, every other byte as `\xNN`.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        var shown = ""
        var pending: [UInt8] = []
        func flush() {
            guard !pending.isEmpty else { return }
            shown += text(String(decoding: pending, as: UTF8.self))
            pending.removeAll(keepingCapacity: true)
        }
        let all = Array(bytes)
        var index = 0
        while index < all.count {
            let length = sequenceLength(all, at: index)
            if length == 0 {
                flush()
                shown += ScalarClass.escape(all[index])
                index += 1
            } else {
                pending += all[index..<index + length]
                index += length
            }
        }
        flush()
        return shown
    }

    /// Bytes of the well-formed UTF-8 sequence at `index` (RFC 3629 section 4); 0 where there is none.
    private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
        let lead = bytes[index]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0x00...0x7f: return 1
        case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: (length, second) = (3, 0x80...0xbf)
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where bytes[index + offset] & 0xc0 != 0x80 { return 0 }
        return length
    }
}

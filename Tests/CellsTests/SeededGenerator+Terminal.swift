import TestSupport

extension SeededGenerator {
    /// Text of up to `length` scalars from every corner that terminals trip over.
    mutating func text(_ length: Int) -> String {
        let corners: [Unicode.Scalar] = [
            "a", "Z", " ", "~", "\u{0}", "\u{1b}", "\n", "\r", "\t", "\u{7f}", "\u{85}", "\u{9b}", "é", "\u{301}",
            "\u{489}", "\u{200b}", "\u{200d}", "\u{202e}", "\u{2066}", "\u{2028}", "\u{feff}", "世", "界", "한", "ｱ",
            "Ａ", "\u{1100}", "\u{1161}", "😀", "🇩", "🏽", "\u{fe0f}", "\u{e000}", "\u{10ffff}", "\u{378}", "\u{3000}",
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0...length, using: &self) {
            text.unicodeScalars.append(corners.randomElement(using: &self) ?? "a")
        }
        return text
    }

    /// A coordinate: mostly near a canvas of that extent, now and then at the end of the world.
    mutating func coordinate(_ extent: Int) -> Int {
        switch Int.random(in: 0..<20, using: &self) {
        case 0: Int.min
        case 1: Int.max
        case 2: Int.random(in: -5000...5000, using: &self)
        default: Int.random(in: -6...extent + 6, using: &self)
        }
    }
}

import TestSupport
import Testing

@testable import Cells

@Suite struct TextWidthTests {
    @Test(
        "columns of text",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("a\u{301}\u{302}\u{303}\u{304}", 1), ("世界", 4),
            ("한국", 4), ("\u{1112}\u{1161}\u{11ab}", 2), ("ｱ", 1), ("Ａ", 2), ("😀", 2), ("●▲█", 3), ("\u{3000}", 2),
            ("🇩🇪", 2), ("münchen", 7), ("a\tb", 4), ("\u{1b}[31m", 8), ("\u{202e}", 8), ("a\u{1161}", 9),
        ])
    func columns(text: String, expected: Int) {
        #expect(TextWidth.columns(of: text) == expected)
    }

    @Test("the ends of the wide ranges and their neighbours")
    func wideTable() {
        let wide: [UInt32] = [0x1100, 0x115e, 0x2e80, 0x303e, 0x3041, 0x4e00, 0x9fff, 0xac00, 0xd7a3, 0xff01, 0x1f600]
        for value in wide {
            #expect(Unicode.Scalar(value).map(ScalarClass.init) == .base(width: 2), "U+\(String(value, radix: 16))")
        }
        let narrow: [UInt32] = [0x10ff, 0x303f, 0x2e7f, 0x4dc0, 0xff61, 0xff66, 0xffe8, 0x2603, 0x1f321]
        for value in narrow {
            #expect(Unicode.Scalar(value).map(ScalarClass.init) != .base(width: 2), "U+\(String(value, radix: 16))")
        }
    }

    @Test("no scalar at all is both wide and joined, and every C0, C1 and bidi control is hostile")
    func everyScalar() {
        for value in UInt32(0)...0x10ffff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let kind = ScalarClass(scalar)
            if value < 0x20 || (0x7f...0x9f).contains(value) || scalar.properties.isBidiControl {
                #expect(kind == .hostile)
            }
            if case .base(let width) = kind { #expect(width == 1 || width == 2) }
        }
    }

    @Test("truncation keeps to the columns and marks what is lost")
    func truncation() {
        #expect(TextWidth.truncated("lucerne-publishing.example", to: 25) == "lucerne-publishing.exam..")
        #expect(TextWidth.truncated("short", to: 5) == "short")
        #expect(TextWidth.truncated("世界世界", to: 5, mark: "..") == "世..")
        #expect(TextWidth.truncated("abc", to: 1, mark: "..") == "a")
        #expect(TextWidth.truncated("abc", to: 0) == "")
        #expect(TextWidth.truncated("世", to: 1, mark: "") == "")
    }

    @Test("fitted text takes exactly the columns, whatever the text")
    func fittedIsExact() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let text = random.text(12)
            let columns = Int.random(in: 0...20, using: &random)
            for alignment in [Alignment.leading, .center, .trailing] {
                let fitted = TextWidth.fitted(text, to: columns, alignment: alignment)
                #expect(TextWidth.columns(of: fitted) == columns)
            }
        }
        #expect(TextWidth.fitted("ab", to: 5, alignment: .trailing) == "   ab")
        #expect(TextWidth.fitted("ab", to: 5, alignment: .center) == " ab  ")
    }

    @Test("wrapping breaks at spaces, cuts long words, loses no letter")
    func wrapping() {
        #expect(TextWidth.wrapped("the policy is mode enforce", to: 10) == ["the policy", "is mode", "enforce"])
        #expect(TextWidth.wrapped("abcdefghij xy", to: 4) == ["abcd", "efgh", "ij", "xy"])
        #expect(TextWidth.wrapped("", to: 4) == [""])
        #expect(TextWidth.wrapped("x", to: 0) == [])
        #expect(TextWidth.wrapped("世界", to: 1) == ["世", "界"])
        var random = SeededGenerator(seed: 9)
        for _ in 0..<500 {
            let text = random.text(30)
            let columns = Int.random(in: 2...12, using: &random)
            let lines = TextWidth.wrapped(text, to: columns)
            #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= columns })
            let letters = Escaped.text(text).unicodeScalars.filter { $0 != " " }
            #expect(Array(lines.joined().unicodeScalars.filter { $0 != " " }) == Array(letters))
        }
    }
}

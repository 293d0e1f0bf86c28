import Cells
import TestSupport
import Testing

@Suite struct EscapedTests {
    @Test(
        "what acts or hides is spelled out",
        arguments: [
            ("plain", "plain"), ("\u{1b}[2J", #"\x1b[2J"#), ("a\r\nb", #"a\r\nb"#), ("\t\0\u{7f}", #"\t\x00\x7f"#),
            ("\u{9b}31m", #"\u{9b}31m"#), ("\u{202e}elpmaxe", #"\u{202e}elpmaxe"#), ("a\u{2066}b", #"a\u{2066}b"#),
            ("\u{200e}\u{200f}\u{61c}", #"\u{200e}\u{200f}\u{61c}"#), ("a\u{200b}b", #"a\u{200b}b"#),
            ("a\u{200d}b\u{feff}", #"a\u{200d}b\u{feff}"#), ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
            ("\u{ad}", #"\u{ad}"#), ("\u{3164}", #"\u{3164}"#), ("\u{e000}", #"\u{e000}"#), ("münchen", "münchen"),
            ("日本", "日本"), ("\u{301}a", #"\u{301}a"#), ("e\u{301}", "e\u{301}"), ("\u{e0041}", #"\u{e0041}"#),
            ("e\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}\\u{301}"),
        ])
    func strings(raw: String, shown: String) {
        #expect(Escaped.text(raw) == shown)
    }

    @Test(
        "bytes that are no UTF-8 are spelled out one by one",
        arguments: [
            ([0x41, 0xff, 0x42], #"A\xffB"#), ([0xc3, 0xa9], "é"), ([0xc3], #"\xc3"#), ([0xc0, 0x80], #"\xc0\x80"#),
            ([0xe0, 0x80, 0x80], #"\xe0\x80\x80"#), ([0xed, 0xa0, 0x80], #"\xed\xa0\x80"#),
            ([0xf4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#), ([0xf0, 0x9f, 0x98, 0x80], "😀"),
            ([0xf0, 0x9f, 0x98], #"\xf0\x9f\x98"#), ([0x1b, 0x5b], #"\x1b["#), ([0xe2, 0x80, 0xae], #"\u{202e}"#),
            ([0x0d, 0x0a], #"\r\n"#), ([], ""), ([0x85], #"\x85"#), ([0xc2, 0x85], #"\u{85}"#),
        ] as [([UInt8], String)])
    func bytes(raw: [UInt8], shown: String) {
        #expect(Escaped.text(raw) == shown)
    }

    @Test("no random bytes leave a control in the text, and escaping twice changes nothing")
    func fuzz() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<3000 {
            let count = Int.random(in: 0...24, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            for shown in [Escaped.text(bytes), Escaped.text(random.text(12))] {
                #expect(shown.unicodeScalars.allSatisfy { !isHostile($0) })
                #expect(Escaped.text(shown) == shown)
            }
        }
    }

    private func isHostile(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) || scalar.properties.isBidiControl
            || scalar.properties.isDefaultIgnorableCodePoint || [0x2028, 0x2029].contains(scalar.value)
    }
}

import Testing

@testable import MTASTS

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain text ~", "plain text ~"),
        ("a\tb\u{1b}[31m", #"a\x09b\x1b[31m"#),
        ("back\\slash", #"back\\slash"#),
        ("\u{202e}evil", #"\xe2\x80\xaeevil"#),
        ("\u{7f}\u{85}", #"\x7f\xc2\x85"#),
        ("", ""),
    ])
    func escapesWhatCouldAct(input: String, shown: String) {
        #expect(VisibleText.escape(input.utf8) == shown)
    }

    @Test func everyByteComesOutPrintable() {
        for byte in UInt8.min...UInt8.max {
            let shown = VisibleText.escape([byte])
            #expect(!shown.isEmpty)
            #expect(shown.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        }
    }

    @Test func aLimitHoldsAndNeverCutsAnEscape() {
        let bytes = [UInt8](repeating: 0x1b, count: 100)
        for limit in 0...40 {
            let shown = VisibleText.escape(bytes, limit: limit)
            #expect(shown.utf8.count <= limit)
            let body = limit >= 3 ? String(shown.dropLast(3)) : shown
            #expect(body.utf8.count % 4 == 0, "limit \(limit): \(shown)")
        }
        #expect(VisibleText.escape("abcdef".utf8, limit: 6) == "abcdef")
        #expect(VisibleText.escape("abcdefg".utf8, limit: 6) == "abc...")
    }
}

@Suite struct PrintableTextTests {
    @Test func whatIsPrintableStaysAndIsNotEscapedTwice() {
        let once = VisibleText.printable("a\u{1b}[31m\\x00 \u{202e}")
        #expect(once == "a\\x1b[31m\\x00 \\xe2\\x80\\xae")
        #expect(VisibleText.printable(once) == once)
    }

    @Test func theLimitHolds() {
        let long = VisibleText.printable([UInt8](repeating: 0, count: 1_000), limit: 20)
        #expect(long.utf8.count == 20 && long.hasSuffix("..."))
        #expect(VisibleText.printable("abc", limit: 3) == "abc")
        #expect(VisibleText.printable("abcd", limit: 2) == "")
    }
}

import CCurses
import Cells
import Testing

@testable import CursesTerminal

@Suite struct KeyDecoderTests {
    private func keys(_ codes: [Int32], isUTF8: Bool = true) -> [Key] {
        var decoder = KeyDecoder(isUTF8: isUTF8)
        return codes.flatMap { decoder.decode($0) } + decoder.idle()
    }

    private func keys(_ text: String) -> [Key] { keys(text.utf8.map { Int32($0) }) }

    @Test("every byte of ASCII is the key its name says")
    func ascii() {
        for byte in Int32(0x20)...0x7e {
            #expect(keys([byte]) == [.character(Character(Unicode.Scalar(UInt8(byte))))])
        }
        for byte in UInt8(1)...26 {
            let letter = Character(Unicode.Scalar(byte + 0x60))
            #expect(keys([Int32(byte)]) == [Key.control(letter)])
        }
        #expect(keys([0]) == [.ctrl("@")])
        #expect(keys([0x1c]) == [.ctrl("\\")])
        #expect(keys([0x1f]) == [.ctrl("_")])
        #expect(keys([0x7f]) == [.backspace])
    }

    @Test(
        "escape alone, Alt, and sequences that nobody knows",
        arguments: [
            ("\u{1b}", [.escape]), ("\u{1b}\u{1b}", [.escape, .escape]), ("\u{1b}a", [.alt("a")]),
            ("\u{1b}[", [.alt("[")]), ("\u{1b}O", [.alt("O")]), ("\u{1b}[1;5Cq", [.character("q")]),
            ("\u{1b}[200;300;400Rq", [.character("q")]), ("\u{1b}Oxq", [.character("q")]),
            ("\u{1b}]11;rgb:0/0/0\u{7}q", [.character("q")]), ("\u{1b}]11;x\u{1b}\\q", [.character("q")]),
            ("\u{1b}\r", [.escape, .enter]), ("\u{1b}é", [.escape, .character("é")]), ("\u{1b}[\rq", [.character("q")]),
        ] as [(String, [Key])])
    func escapes(text: String, expected: [Key]) {
        #expect(keys(text) == expected)
    }

    @Test("a sequence without an end swallows no more than its limit")
    func endless() {
        #expect(keys("\u{1b}[" + String(repeating: "0", count: 600) + "q").last == .character("q"))
        #expect(keys("\u{1b}]" + String(repeating: "0", count: 600) + "q").last == .character("q"))
    }

    @Test("UTF-8 over several reads; what is none, or hidden, is dropped")
    func utf8() {
        var decoder = KeyDecoder(isUTF8: true)
        #expect(decoder.decode(0xe4) == [])
        #expect(decoder.idle() == [])
        #expect(decoder.decode(0xb8) == [])
        #expect(decoder.decode(0x96) == [.character("世")])
        #expect(keys([0xff, 0x61]) == [.character("a")])
        #expect(keys([0xc3, 0x61]) == [.character("a")])
        #expect(keys([0xed, 0xa0, 0x80, 0x61]) == [.character("a")])
        #expect(keys("\u{202e}\u{9b}a") == [.character("a")])
        #expect(keys([0xe9, 0x61], isUTF8: false) == [.character("a")])
    }

    @Test("codes of ncurses; unknown ones and resize are nothing")
    func codes() {
        #expect(keys([KEY_UP, KEY_NPAGE, KEY_F0 + 12, KEY_BTAB]) == [.up, .pageDown, .function(12), .backtab])
        #expect(keys([KEY_RESIZE, 0x7fff, -1, KEY_F0]) == [])
        #expect(keys([0x1b, KEY_UP]) == [.escape, .up])
    }

    @Test("a paste is one key whatever is in it, comes in pieces, and can be given up")
    func paste() {
        let begin = KeyDecoder.pasteBegin
        let end = KeyDecoder.pasteEnd
        let text = "q\n\u{1b}[A世".utf8.map { Int32($0) }
        #expect(keys([begin] + text + [KEY_UP, end, 0x71]) == [.paste("q\n[A世"), .character("q")])
        #expect(keys([begin, end]) == [])
        var decoder = KeyDecoder(isUTF8: true)
        #expect(decoder.decode(begin) == [])
        #expect(decoder.decode(0x61) == [])
        #expect(decoder.idle() == [.paste("a")])
        #expect(decoder.idle() == [])
        decoder.endPaste()
        #expect(decoder.decode(0x62) == [.character("b")])
        let long = keys([begin] + Array(repeating: 0x61, count: KeyDecoder.pasteLimit + 5) + [end, 0x71])
        #expect(long == [.paste(String(repeating: "a", count: KeyDecoder.pasteLimit)), .character("q")])
    }

    @Test("the end of a paste is known wherever it is torn, and what only begins like it is text")
    func tornEnd() {
        let end = "\u{1b}[201~".utf8.map { Int32($0) }
        for place in 0...end.count {
            for further in place...end.count {
                var decoder = KeyDecoder(isUTF8: true)
                var keys = decoder.decode(KeyDecoder.pasteBegin) + decoder.decode(0x61)
                for part in [end[..<place], end[place..<further], end[further...]] {
                    keys += part.flatMap { decoder.decode($0) } + decoder.idle()
                }
                keys += decoder.decode(0x71)
                #expect(keys == [.paste("a"), .character("q")], "torn at \(place) and \(further)")
            }
        }
        let begin = KeyDecoder.pasteBegin
        let like = "a\u{1b}[20\u{1b}\u{1b}[201x".utf8.map { Int32($0) }
        #expect(keys([begin] + like + end + [0x71]) == [.paste("a[20[201x"), .character("q")])
    }

    @Test("an escape gets out of a paste that has no end, and so does a pause")
    func openPaste() {
        func opened() -> KeyDecoder {
            var decoder = KeyDecoder(isUTF8: true)
            _ = decoder.decode(KeyDecoder.pasteBegin) + decoder.decode(0x61) + decoder.idle()
            return decoder
        }
        for (typed, expected) in [
            ("\u{1b}", [.escape]), ("q", [.character("q")]), ("\r", [.enter]),
            ("[x", [.character("["), .character("x")]),
        ] as [(String, [Key])] {
            var decoder = opened()
            #expect(decoder.decode(0x1b) + decoder.idle() == [])
            let keys = typed.utf8.flatMap { decoder.decode(Int32($0)) } + decoder.idle()
            #expect(keys == expected, "\(typed.debugDescription)")
        }
        var decoder = opened()
        #expect(decoder.decode(0x62) == [])
        #expect(decoder.pause() == [.paste("b")])
        #expect(decoder.decode(0x71) == [.character("q")])
    }
}

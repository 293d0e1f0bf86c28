import Cells
import Testing

@Suite struct KeyTests {
    static let bindable: [Key] =
        [
            .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .enter, .escape, .tab, .backtab, .backspace,
            .delete, .insert,
        ] + (0x20...0x7e).map { .character(Character(Unicode.Scalar(UInt8($0)))) } + (1...63).map(Key.function)
        + (0x21...0x7e).map { .alt(Character(Unicode.Scalar(UInt8($0)))) }
        + "abcdefgklnopqrstuvwxyz@\\]^_".map(Key.ctrl) + [.character("é"), .character("世")]

    @Test("every bindable key is read back from its name, and no two share a name")
    func roundTrip() {
        for key in KeyTests.bindable {
            #expect(Key.parse(key.description) == key)
            #expect(!key.label.isEmpty && key.label != "?" || key == .character("?"))
        }
        #expect(Set(KeyTests.bindable.map(\.description)).count == KeyTests.bindable.count)
    }

    @Test(
        "names and aliases",
        arguments: [
            ("ctrl-d", .ctrl("d")), ("Ctrl-D", .ctrl("d")), ("ctrl-i", .tab), ("ctrl-m", .enter),
            ("ctrl-h", .backspace),
            ("ctrl-[", .escape), ("esc", .escape), ("PgDn", .pageDown), ("alt-X", .alt("X")), ("F12", .function(12)),
            ("space", .character(" ")), (" ", .character(" ")), ("-", .character("-")), ("G", .character("G")),
            ("backtab", .backtab), ("f", .character("f")),
        ] as [(String, Key)])
    func parse(text: String, key: Key) {
        #expect(Key.parse(text) == key)
    }

    @Test(
        "what is no key",
        arguments: [
            "", "ctrl-", "ctrl-1", "ctrl-ab", "alt-", "f0", "f64", "f01", "f-1", "f+1", "\u{1b}", "\u{202e}", "\u{301}",
            "paste", "mouse", "ab", "ctrl-ctrl-a", "\n", "\u{9b}",
        ])
    func refused(text: String) {
        #expect(Key.parse(text) == nil)
    }

    @Test("labels for the footer")
    func labels() {
        #expect(Key.ctrl("d").label == "^D")
        #expect(Key.pageDown.label == "PgDn")
        #expect(Key.function(1).label == "F1")
        #expect(Key.character("q").label == "q")
        #expect(Key.character(" ").label == "Space")
    }
}

import Cells
import Testing

@testable import CursesTerminal

@Suite struct TerminalFeaturesTests {
    @Test(
        "the tier is what the description says, truecolor only with RGB",
        arguments: [
            (0, false, .mono), (2, false, .mono), (8, false, .sixteen), (16, false, .sixteen), (88, false, .sixteen),
            (256, false, .palette256), (0x100_0000, true, .truecolor), (0x100_0000, false, .palette256),
            (256, true, .palette256),
        ] as [(Int, Bool, ColorTier)])
    func tiers(colors: Int, hasRGB: Bool, tier: ColorTier) {
        let features = TerminalFeatures(name: "x", colors: colors, pairs: 64, hasRGB: hasRGB, hasXT: false)
        #expect(features.tier == tier)
    }

    @Test("titles and the like only where they are known or swallowed")
    func families() {
        func speaks(_ name: String, hasXT: Bool = false) -> Bool {
            TerminalFeatures(name: name, colors: 8, pairs: 64, hasRGB: false, hasXT: hasXT).speaksXterm
        }
        for name in ["xterm", "xterm-256color", "tmux-256color", "screen", "st", "st-256color", "foot"] {
            #expect(speaks(name))
        }
        for name in ["linux", "vt100", "vt220", "ansi", "cons25", "sun", "stv52"] { #expect(!speaks(name)) }
        #expect(speaks("something-new", hasXT: true))
    }

    @Test("padding marks are dropped, a lone dollar is kept")
    func padding() {
        func stripped(_ text: String) -> String {
            String(decoding: Terminfo.withoutPadding(Array(text.utf8)), as: UTF8.self)
        }
        #expect(stripped("\u{1b}[H$<5/>\u{1b}[J$<50>") == "\u{1b}[H\u{1b}[J")
        #expect(stripped("a$b$<c") == "a$b$<c")
    }
}

import Cells
import Testing

@Suite struct ColorTests {
    @Test("hex in, hex out")
    func hex() {
        #expect(RGB(hex: "#e06c75")?.hex == "#e06c75")
        #expect(RGB(hex: "#0aF")?.hex == "#00aaff")
        #expect(RGB(0x00_00_01).hex == "#000001")
        for bad in ["", "#", "e06c75", "#e06c7", "#e06c755", "#gggggg", "#é6c75", "#12345 "] {
            #expect(RGB(hex: bad) == nil)
        }
    }

    @Test("nearest of the palette: exact members find themselves, never one of the 16 that users repaint")
    func nearest() {
        for index in UInt8(16)...255 {
            let found = Palette.nearest256(to: Palette.rgb(index))
            #expect(Palette.rgb(found) == Palette.rgb(index))
            #expect(found >= 16)
        }
        for index in UInt8(0)...15 { #expect(Palette.nearest16(to: Palette.rgb(index)) == index) }
        #expect(Palette.nearest256(to: RGB(0xe06c75)) == 168)
        #expect(Palette.nearest16(to: RGB(0xff1010)) == 9)
        #expect([1, 9].contains(Palette.nearest16(to: RGB(0xe06c75))), "a soft red is no grey")
        #expect(Palette.nearest16(to: RGB(0x858585)) == 8)
    }

    @Test("each tier asks the terminal for what it can show")
    func tiers() throws {
        let rgb = try #require(RGB(hex: "#e06c75"))
        let plain = Color(rgb)
        #expect(plain.resolved(in: .truecolor) == .direct(rgb))
        #expect(plain.resolved(in: .palette256) == .indexed(168))
        #expect(plain.resolved(in: .sixteen) == .indexed(Palette.nearest16(to: rgb)))
        #expect(plain.resolved(in: .mono) == .terminalDefault)
        let chosen = Color(rgb, c256: 203, c16: 9)
        #expect(chosen.resolved(in: .palette256) == .indexed(203))
        #expect(chosen.resolved(in: .sixteen) == .indexed(9))
        for tier in ColorTier.allCases {
            #expect(Color.terminalDefault.resolved(in: tier) == .terminalDefault)
            #expect(Color.ansi(12).resolved(in: tier) == (tier == .mono ? .terminalDefault : .indexed(12)))
        }
    }

    @Test("contrast by WCAG 2")
    func contrast() {
        #expect(abs(RGB(0x000000).contrast(with: RGB(0xffffff)) - 21) < 0.001)
        #expect(abs(RGB(0x777777).contrast(with: RGB(0xffffff)) - 4.48) < 0.01)
        #expect(RGB(0x123456).contrast(with: RGB(0x123456)) == 1)
    }

    @Test("names of tiers, attributes and the 16")
    func names() {
        for tier in ColorTier.allCases { #expect(ColorTier(name: tier.name) == tier) }
        #expect(ColorTier(name: "88") == nil)
        #expect(Attributes(name: "reverse") == .reverse)
        #expect(Attributes(name: "blink") == nil)
        #expect(Palette.index16(named: "light-red") == 9)
        #expect(Palette.index16(named: "pink") == nil)
    }

    @Test("a style upon another")
    func layered() {
        let base = Style(foreground: .ansi(1), background: .ansi(2), attributes: .bold)
        let cursor = Style(background: .ansi(4), attributes: .reverse)
        let result = cursor.layered(over: base)
        #expect(result == Style(foreground: .ansi(1), background: .ansi(4), attributes: [.bold, .reverse]))
    }
}

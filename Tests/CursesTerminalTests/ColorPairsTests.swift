import Cells
import Testing

@testable import CursesTerminal

extension CursesTests {
    @Suite struct ColorPairsTests {
        @Test("colours by tier: none in mono, bold for the bright half of 8, the palette in 256, RGB where it is known")
        func tiers() throws {
            let terminal = try PseudoTerminal(width: 20, height: 3)
            let cases: [(String, ColorTier?, ColorTier, String)] = [
                ("xterm-256color", nil, .palette256, "38;5;168m"), ("xterm-256color", .sixteen, .sixteen, "[91m"),
                ("xterm", nil, .sixteen, "[31m"), ("xterm-direct", nil, .truecolor, "38:2::224:108:117m"),
                ("xterm-256color", .truecolor, .palette256, "38;5;168m"),
            ]
            let style = Style(foreground: Color(RGB(0xe06c75), c16: 9))
            for (term, wanted, tier, sequence) in cases {
                let screen = try CursesTests.screen(on: terminal, term: term, tier: wanted)
                #expect(screen.tier == tier)
                var canvas = Canvas(screen.size)
                canvas.put("red", x: 1, y: 1, style: style)
                let shown = terminal.written { screen.present(canvas) }
                #expect(shown.contains(sequence), "\(term): \(shown.debugDescription)")
                if term == "xterm" { #expect(shown.contains(";1m")) }
                screen.close()
            }
            let mono = try CursesTests.screen(on: terminal, tier: .mono)
            defer { mono.close() }
            var canvas = Canvas(mono.size)
            canvas.put("red", x: 1, y: 1, style: style)
            let shown = terminal.written { mono.present(canvas) }
            #expect(!shown.contains("[31m") && !shown.contains("[91m") && !shown.contains("38;"))
        }

        @Test("more colours than there are pairs: the newest canvas still gets its own")
        func pairsRunOut() throws {
            let terminal = try PseudoTerminal(width: 20, height: 3)
            let screen = try CursesTests.screen(on: terminal, term: "xterm")
            defer { screen.close() }
            for foreground in UInt8(0)..<8 {
                for background in UInt8(0)..<8 {
                    var canvas = Canvas(screen.size)
                    canvas.put(
                        "x", x: 1, y: 1, style: Style(foreground: .ansi(foreground), background: .ansi(background)))
                    let shown = terminal.written { screen.present(canvas) }
                    #expect(shown.contains("3\(foreground)") && shown.contains("4\(background)"))
                }
            }
        }
    }
}

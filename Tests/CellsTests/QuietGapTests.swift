import Cells
import TestSupport
import Testing

@Suite("Quiet gaps") struct QuietGapTests {
    private static let red = Style(foreground: .ansi(1), attributes: .bold)
    private static let faint = Style(attributes: .dim)

    /// Two words with a gap of so many cells between them.
    private func words(_ gap: Int, first: Style = red, between: Style = .plain, second: Style = faint) -> Canvas {
        var canvas = Canvas(width: 20, height: 2)
        canvas.put("ab", x: 1, y: 1, style: first)
        canvas.put(String(repeating: " ", count: gap), x: 3, y: 1, style: between)
        canvas.put("cd", x: 3 + gap, y: 1, style: second)
        return canvas
    }

    private func gap(_ canvas: Canvas, _ count: Int) -> [Style] { (3..<3 + count).compactMap { canvas[$0, 1]?.style } }

    @Test func `a short gap takes the look of the word before it, a long one keeps its own`() {
        for count in 1...4 {
            #expect(gap(words(count).withQuietGaps, count) == Array(repeating: Self.red, count: count))
        }
        #expect(words(5).withQuietGaps == words(5))
        var alone = Canvas(width: 4, height: 1)
        alone.put("ab", x: 0, y: 0, style: Self.red)
        #expect(alone.withQuietGaps == alone, "what ends the row is cleared at once")
    }

    @Test func `a gap that is seen stays as it is`() {
        let marks: [Attributes] = [.reverse, .underline]
        for mark in marks {
            let marked = Style(foreground: .ansi(1), attributes: mark)
            #expect(words(2, first: marked).withQuietGaps == words(2, first: marked))
            #expect(words(2, between: marked).withQuietGaps == words(2, between: marked))
        }
        let blue = Style(background: .ansi(4))
        #expect(words(2, first: blue).withQuietGaps == words(2, first: blue))
        #expect(words(2, between: blue).withQuietGaps == words(2, between: blue))
        let both = words(2, first: blue, between: Style(foreground: .ansi(2), background: .ansi(4)))
        #expect(gap(both.withQuietGaps, 2) == [blue, blue])
    }

    @Test(arguments: [3, 8, 21]) func `no canvas looks other than it did`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let styles = [
            .plain, Self.red, Self.faint, Style(background: .ansi(4)), Style(attributes: .reverse),
            Style(foreground: .ansi(2), attributes: [.underline, .bold]), Style(attributes: .italic),
        ]
        var changed = 0
        for _ in 0..<200 {
            var canvas = Canvas(width: 40, height: 4)
            for _ in 0..<30 {
                let style = styles.randomElement(using: &random) ?? .plain
                let (x, y) = (random.coordinate(40), random.coordinate(4))
                canvas.put(random.text(6) + " " + random.text(3), x: x, y: y, style: style)
            }
            let quiet = canvas.withQuietGaps
            #expect(quiet.size == canvas.size && quiet.lines == canvas.lines && quiet.roleDump == canvas.roleDump)
            for y in 0..<canvas.height {
                for (old, new) in zip(canvas.row(y), quiet.row(y)) where old != new {
                    changed += 1
                    let marks: Attributes = [.reverse, .underline]
                    #expect(old.text == " " && new.text == " " && old.style.background == new.style.background)
                    #expect(old.style.attributes.isDisjoint(with: marks))
                    #expect(new.style.attributes.isDisjoint(with: marks))
                }
            }
        }
        #expect(changed > 50)
    }
}

import Cells
import TestSupport
import Testing

@Suite struct CanvasDiffTests {
    /// What a terminal that shows `old` shows after the runs are written.
    private func applied(_ diff: CanvasDiff, to old: Canvas) -> Canvas {
        var shown = old
        for run in diff.runs {
            var x = run.x
            for cell in run.cells where !cell.isContinuation {
                shown.put(cell.text, x: x, y: run.y, style: cell.style)
                x += cell.width
            }
        }
        return shown
    }

    @Test("equal canvases have no difference")
    func none() {
        var canvas = Canvas(width: 10, height: 3)
        canvas.put("世界", x: 1, y: 1)
        #expect(CanvasDiff(from: canvas, to: canvas).isEmpty)
        #expect(CanvasDiff(from: Canvas(.zero), to: Canvas(.zero)).isEmpty)
    }

    @Test("one changed cell is one run of one cell")
    func one() {
        var old = Canvas(width: 80, height: 24)
        old.put("OK", x: 10, y: 5)
        var new = old
        new.put("N", x: 11, y: 5)
        let diff = CanvasDiff(from: old, to: new)
        #expect(diff.runs.map(\.x) == [11])
        #expect(diff.runs.map(\.y) == [5])
        #expect(diff.count == 1)
    }

    @Test("a wide character is redrawn whole")
    func wide() {
        var old = Canvas(width: 6, height: 1)
        old.put("世界", x: 0, y: 0)
        var new = old
        new.put("国", x: 2, y: 0)
        let diff = CanvasDiff(from: old, to: new)
        #expect(diff.runs.count == 1)
        #expect(diff.runs.first?.x == 2)
        #expect(diff.count == 2)
    }

    @Test("another size, or no old canvas, redraws everything")
    func everything() {
        let new = Canvas(width: 4, height: 3)
        #expect(CanvasDiff(from: nil, to: new).count == 12)
        #expect(CanvasDiff(from: Canvas(width: 4, height: 2), to: new).count == 12)
    }

    @Test("applying the difference gives the target", arguments: UInt64(0)..<8)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var old = Canvas(width: 23, height: 6)
        let styles = [Style.plain, Style(attributes: .bold), Style(foreground: .ansi(1), background: .ansi(4))]
        for _ in 0..<300 {
            var new = old
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                new.put(
                    random.text(8), x: Int.random(in: -4...25, using: &random),
                    y: Int.random(in: 0...5, using: &random), style: styles.randomElement(using: &random) ?? .plain)
            }
            let diff = CanvasDiff(from: old, to: new)
            #expect(applied(diff, to: old) == new)
            #expect(diff.isEmpty == (old == new))
            #expect(diff.runs.allSatisfy { $0.cells.first?.isContinuation == false && $0.cells.last?.width != 2 })
            old = new
        }
    }
}

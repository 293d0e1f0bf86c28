import Cells
import Deliverability
import MTASTS
import Testing

@testable import Dashboard

/// What holds on every screen, whatever is on it.
enum ScreenCheck {
    private static let roles = Set(Role.allNames)

    /// What is wrong with a canvas; empty where nothing is.
    static func problems(_ canvas: Canvas, _ size: Size) -> [String] {
        guard canvas.size == size else { return ["the canvas is \(canvas.size), not \(size)"] }
        var found: [String] = []
        for y in 0..<size.height {
            var columns = 0
            for (x, cell) in canvas.row(y).enumerated() {
                columns += cell.width
                if cell.isContinuation, x == 0 || canvas[x - 1, y]?.width != 2 {
                    found.append("half a glyph at \(x),\(y)")
                }
                for scalar in cell.text.unicodeScalars where !isPrintable(scalar) {
                    found.append("U+\(String(scalar.value, radix: 16)) at \(x),\(y)")
                }
                guard cell.text != " ", !cell.isContinuation else { continue }
                if canvas.role(x: x, y: y).map(roles.contains) != true { found.append("no role at \(x),\(y)") }
            }
            if columns != size.width { found.append("row \(y) has \(columns) columns") }
        }
        if let cursor = canvas.cursor, !canvas.bounds.contains(cursor) { found.append("the cursor is at \(cursor)") }
        return found
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7f...0x9f, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: false
        default: true
        }
    }
}

@Suite("Every view over every kind of data") struct MatrixTests {
    @Test("Printable, of the right width, in roles, with cursor, glyph and word", arguments: Matrix.View.allCases)
    func holds(_ kind: Matrix.View) {
        for content in Matrix.Content.allCases {
            for size in Matrix.sizes {
                let model = Matrix.model(kind, content, size)
                let canvas = view(model, size: size)
                let name = "\(kind.rawValue) \(content) \(size.width)x\(size.height)"
                let problems = ScreenCheck.problems(canvas, size)
                #expect(problems.isEmpty, "\(name): \(problems.prefix(5))")
                let lines = canvas.lines
                if kind.isTyping, model.prompt != nil { #expect(canvas.cursor != nil, "\(name)") }
                if kind == .overview { states(model, size, lines, name) }
                if kind.isDetail, let row = model.detailRow {
                    let wanted = size.width < 60 ? "\(row.state.glyph)" : "\(row.state.glyph) \(row.state.word)"
                    #expect(lines[0].contains(wanted), "\(name): \(lines[0])")
                }
            }
        }
    }

    /// Each row that is seen tells its state by glyph and, where there is room, by word; one has the cursor.
    private func states(_ model: Model, _ size: Size, _ lines: [String], _ name: String) {
        let frame = OverviewFrame(model, size: size)
        guard model.fleet.shown > 0 else { return }
        #expect(lines.count { $0.hasPrefix(">") } == 1, "\(name)")
        for line in 0..<min(frame.table.height, model.fleet.shown) {
            guard let row = model.fleet.row(at: model.top + line) else { continue }
            let text = lines[frame.table.y + line]
            let wanted = size.width < 60 ? "\(row.state.glyph) " : "\(row.state.glyph) \(row.state.word)"
            #expect(text.dropFirst(size.width < 60 ? 1 : 2).hasPrefix(wanted), "\(name): \(text)")
        }
    }

    @Test("The check finds what it looks for")
    func check() {
        let size = Size(width: 4, height: 1)
        #expect(ScreenCheck.problems(Canvas(size), Size(width: 5, height: 1)) != [])
        var canvas = Canvas(size)
        canvas.put("a", x: 0, y: 0)
        #expect(ScreenCheck.problems(canvas, size) == ["no role at 0,0"])
        canvas.put("b", x: 0, y: 0, role: "text")
        #expect(ScreenCheck.problems(canvas, size) == [])
        canvas.cursor = Point(x: 4, y: 0)
        #expect(ScreenCheck.problems(canvas, size).count == 1)
    }
}

import Cells
import TestSupport
import Testing

@Suite struct CanvasTests {
    @Test("text is clipped at every edge and at a clip rectangle")
    func clipping() {
        var canvas = Canvas(width: 5, height: 3)
        canvas.put("abcdefg", x: -2, y: 0)
        canvas.put("abcdefg", x: 2, y: 1)
        canvas.put("above", x: 0, y: -1)
        canvas.put("below", x: 0, y: 3)
        canvas.put("abcdefg", x: -1, y: 2, clip: Rect(x: 1, y: 0, width: 2, height: 9))
        #expect(canvas.lines == ["cdefg", "  abc", " cd"])
    }

    @Test("put tells the columns of the whole text, clipped or not")
    func returnedColumns() {
        var canvas = Canvas(width: 4, height: 1)
        #expect(canvas.put("abcdefgh", x: 0, y: 0) == 8)
        #expect(canvas.put("ab", x: 0, y: 0) == 2)
        #expect(canvas.put("世\u{1b}", x: 1, y: 9) == 6)
    }

    @Test("a wide character cut by an edge leaves a space in its style")
    func wideAtEdges() {
        let style = Style(attributes: .reverse)
        var canvas = Canvas(width: 4, height: 2)
        canvas.put("世界世", x: -1, y: 0, style: style)
        #expect(canvas[0, 0]?.text == " ")
        #expect(canvas[0, 0]?.style == style)
        #expect(canvas[1, 0]?.text == "界")
        #expect(canvas[2, 0]?.isContinuation == true)
        #expect(canvas[3, 0]?.text == " ")
        #expect(canvas.lines[0] == " 界")
    }

    @Test("overwriting one half of a wide character blanks the other")
    func wideOverwritten() {
        var canvas = Canvas(width: 4, height: 1)
        canvas.put("世界", x: 0, y: 0)
        canvas.put("x", x: 1, y: 0)
        #expect(canvas.lines == [" x界"])
        canvas.put("y", x: 2, y: 0)
        #expect(canvas.lines == [" xy"])
        canvas.put("世", x: 1, y: 0)
        #expect(canvas.lines == [" 世"])
    }

    @Test("combining marks join their base; controls are spelled out in cells of their own")
    func combiningAndControls() {
        var canvas = Canvas(width: 8, height: 2)
        canvas.put("e\u{301}x", x: 0, y: 0)
        #expect(canvas[0, 0]?.text == "e\u{301}")
        #expect(canvas[1, 0]?.text == "x")
        canvas.put("a\u{1b}b", x: 0, y: 1)
        #expect(canvas.lines[1] == #"a\x1bb"#)
        canvas.put("\u{301}", x: 1, y: 0)
        #expect(canvas[0, 0]?.text == "e\u{301}", "a mark never joins what was put before")
    }

    @Test("a text of its own width: truncated, filled, aligned")
    func fittedPut() {
        var canvas = Canvas(width: 8, height: 2)
        canvas.fill(canvas.bounds, with: "#")
        canvas.put("abcdefgh", x: 0, y: 0, width: 4)
        canvas.put("ab", x: 1, y: 1, width: 4, alignment: .trailing)
        #expect(canvas.lines == ["ab..####", "#  ab###"])
    }

    @Test("fill, lines, restyle and roles")
    func rolesAndRestyle() {
        var canvas = Canvas(width: 4, height: 3)
        canvas.hline(x: 0, y: 1, width: 99, role: "border")
        canvas.vline(x: 1, y: -5, height: 99, role: "title")
        canvas.put("世", x: 2, y: 0, role: "text")
        canvas.restyle(Rect(x: 3, y: 0, width: 9, height: 1), role: "row.cursor") { style in
            Style(attributes: .reverse).layered(over: style)
        }
        #expect(canvas.lines == [" |世", "-|--", " |"])
        #expect(canvas[2, 0]?.style.attributes == .reverse, "both halves look the same")
        #expect(canvas.role(x: 2, y: 0) == "row.cursor")
        #expect(canvas.role(x: 9, y: 0) == nil)
        #expect(canvas.roleDump == ".abb\ncacc\n.a..\na title\nb row.cursor\nc border\n")
    }

    @Test("fill with anything but one column of text is a blank")
    func fillOdd() {
        var canvas = Canvas(width: 2, height: 1)
        for character in ["世", "\u{1b}", "\u{301}", "\r\n"] as [Character] {
            canvas.put("xx", x: 0, y: 0)
            canvas.fill(canvas.bounds, with: character)
            #expect(canvas.lines == [""])
        }
    }

    @Test("a canvas is drawn on another with its roles, cut halves blank, and its cursor")
    func drawing() {
        var small = Canvas(width: 4, height: 1)
        small.put("世界", x: 0, y: 0, role: "title")
        small.cursor = Point(x: 1, y: 0)
        var canvas = Canvas(width: 5, height: 2)
        canvas.put("..", x: 0, y: 0, role: "text")
        canvas.draw(small, at: Point(x: -1, y: 0))
        #expect(canvas.lines[0] == " 界")
        #expect(canvas.role(x: 1, y: 0) == "title")
        canvas.draw(small, at: Point(x: 2, y: 1))
        #expect(canvas.lines[1] == "  世")
        #expect(canvas.cursor == Point(x: 3, y: 1))
        canvas.draw(small, at: Point(x: .max, y: .min))
    }

    @Test("roles do not count for equality, the cursor does")
    func equality() {
        var left = Canvas(width: 2, height: 1, role: "a")
        let right = Canvas(width: 2, height: 1, role: "b")
        #expect(left == right)
        left.cursor = .zero
        #expect(left != right)
    }

    @Test("no coordinate, text or size traps, and every row keeps its columns", arguments: UInt64(0)..<6)
    func fuzz(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for size in [(0, 0), (1, 1), (2, 1), (0, 5), (5, 0), (7, 3), (40, 10)] {
            var canvas = Canvas(width: size.0, height: size.1)
            for _ in 0..<400 {
                let x = random.coordinate(size.0)
                let y = random.coordinate(size.1)
                let rect = Rect(
                    x: random.coordinate(size.0), y: random.coordinate(size.1), width: random.coordinate(size.0),
                    height: random.coordinate(size.1))
                switch Int.random(in: 0..<6, using: &random) {
                case 0: canvas.put(random.text(10), x: x, y: y, role: random.text(1))
                case 1: canvas.put(random.text(10), x: x, y: y, clip: rect)
                case 2: canvas.put(random.text(10), x: x, y: y, width: random.coordinate(size.0))
                case 3: canvas.fill(rect, with: random.text(2).first ?? "x")
                case 4: canvas.restyle(rect) { $0.layered(over: Style(attributes: .bold)) }
                default:
                    var other = Canvas(width: 3, height: 2)
                    other.put(random.text(5), x: -1, y: 0)
                    canvas.draw(other, at: Point(x: x, y: y))
                }
            }
            for y in 0..<canvas.height {
                let row = Array(canvas.row(y))
                #expect(row.reduce(0) { $0 + $1.width } == canvas.width)
                for (x, cell) in row.enumerated() {
                    #expect(TextWidth.columns(of: cell.text) == cell.width)
                    let hasHalf = x + 1 < row.count && row[x + 1].isContinuation && row[x + 1].style == cell.style
                    #expect(cell.width != 2 || hasHalf)
                    #expect(cell.width != 0 || (x > 0 && row[x - 1].width == 2))
                }
            }
            #expect(canvas.lines.count == size.1)
            #expect(!canvas.dump.utf8.contains(0x1b))
        }
    }
}

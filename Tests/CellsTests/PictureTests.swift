import Cells
import Foundation
import FoundationXML
import TestSupport
import Testing

/// A canvas as text with colours and as a picture.
@Suite struct PictureTests {
    private static let red = Style(foreground: Color(RGB(0xe06c75), c256: 168, c16: 9), attributes: .bold)

    @Test("each tier gets its own parameters, and each row ends in the terminal's own look")
    func parameters() {
        var canvas = Canvas(width: 6, height: 2)
        canvas.put("ab", x: 0, y: 0, style: Self.red)
        canvas.put("cd", x: 2, y: 0, style: Style(background: .ansi(12)))
        canvas.put("x", x: 0, y: 1)
        #expect(
            canvas.ansi(.truecolor) == "\u{1b}[0;1;38;2;224;108;117mab\u{1b}[0;104mcd\u{1b}[0m\nx\n")
        #expect(canvas.ansi(.palette256) == "\u{1b}[0;1;38;5;168mab\u{1b}[0;104mcd\u{1b}[0m\nx\n")
        #expect(canvas.ansi(.sixteen) == "\u{1b}[0;1;91mab\u{1b}[0;104mcd\u{1b}[0m\nx\n")
        #expect(canvas.ansi(.mono) == "\u{1b}[0;1mab\u{1b}[0mcd\nx\n")
    }

    @Test("blanks are kept where they can be seen: reversed, underlined or coloured")
    func blanks() {
        for (style, code) in [
            (Style(attributes: .reverse), "7"), (Style(attributes: .underline), "4"),
            (Style(attributes: [.dim, .italic]), nil), (Style(background: .ansi(1)), "41"),
        ] {
            let canvas = Canvas(width: 2, height: 1, style: style)
            #expect(canvas.ansi(.sixteen) == (code.map { "\u{1b}[0;\($0)m  \u{1b}[0m\n" } ?? "\n"))
        }
    }

    @Test("a picture has a rectangle for each background and a span for each look, at the place of its cells")
    func picture() throws {
        var canvas = Canvas(width: 20, height: 2)
        canvas.put("one two", x: 0, y: 0, role: "text")
        canvas.put("far", x: 12, y: 0, role: "text")
        canvas.put("bad", x: 3, y: 1, style: Self.red, role: "severity.bouncing")
        canvas.put("bar", x: 6, y: 1, style: Style(attributes: .reverse), role: "row.cursor")
        let picture = try Picture(canvas.svg(ink: RGB(0xd0d0d0), paper: RGB(0x101010), title: "a <b>"))
        #expect(picture.title == "a <b>")
        #expect(picture.spans.map(\.text) == ["one two", "far", "bad", "bar"])
        #expect(picture.spans.map(\.attributes["x"]) == ["10", "110.8", "35.2", "60.4"])
        #expect(picture.spans.map(\.attributes["fill"]) == [nil, nil, "#e06c75", "#101010"])
        #expect(picture.spans.map(\.attributes["font-weight"]) == [nil, nil, "bold", nil])
        #expect(picture.rectangles.map(\.["fill"]) == ["#101010", "#d0d0d0"])
        #expect(picture.rectangles.last?["width"] == "25.2")
    }

    @Test("one look in two roles is two spans; underlined blanks stay; what is dim lies between ink and paper")
    func looks() throws {
        var canvas = Canvas(width: 12, height: 1)
        canvas.put("a", x: 0, y: 0, role: "key")
        canvas.put("b", x: 1, y: 0, role: "key.label")
        canvas.put("h   ", x: 3, y: 0, style: Style(attributes: .underline), role: "head")
        canvas.put("d", x: 8, y: 0, style: Style(attributes: .dim))
        let picture = try Picture(canvas.svg(ink: RGB(0xffffff), paper: RGB(0x000000), title: ""))
        #expect(picture.spans.map(\.text) == ["a", "b", "h   ", "d"])
        #expect(picture.spans[2].attributes["text-decoration"] == "underline")
        #expect(picture.spans[3].attributes["fill"] == "#aaaaaa")
    }

    @Test("hostile text is XML all the same, and none of it is lost", arguments: 0..<20)
    func hostile(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pool = Array("<>&\"'ab]世界\u{1b}\u{202e}\u{7}é!-\u{0}".unicodeScalars) + ["\u{301}", "\u{ffff}", "\u{ffff}"]
        var canvas = Canvas(width: 40, height: 6)
        for y in 0..<6 {
            let scalars = (0..<40).compactMap { _ in pool.randomElement(using: &generator) }
            canvas.put(String(String.UnicodeScalarView(scalars)), x: 0, y: y, style: y % 2 == 0 ? .plain : Self.red)
        }
        let picture = try Picture(canvas.svg(ink: RGB(0xd0d0d0), paper: RGB(0x101010), title: "]]><script>"))
        #expect(picture.names == ["svg", "title", "rect", "g", "text", "tspan"])
        #expect(picture.spans.map(\.text).joined() == canvas.lines.joined())
    }
}

/// What an XML parser finds in a picture.
private final class Picture: NSObject, XMLParserDelegate {
    struct Span {
        var text = ""
        let attributes: [String: String]
    }

    private(set) var names: Set<String> = []
    private(set) var spans: [Span] = []
    private(set) var rectangles: [[String: String]] = []
    private(set) var title = ""
    private var element = ""

    init(_ document: String) throws {
        super.init()
        let parser = XMLParser(data: Data(document.utf8))
        parser.delegate = self
        try #require(parser.parse(), "\(String(describing: parser.parserError)) in \(document)")
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.insert(name)
        element = name
        if name == "tspan" { spans.append(Span(attributes: attributes)) }
        if name == "rect" { rectangles.append(attributes) }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if element == "title" { title += text }
        if element == "tspan" { spans[spans.count - 1].text += text }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        element = ""
    }
}

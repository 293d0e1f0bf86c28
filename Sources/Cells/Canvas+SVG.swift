extension Canvas {
    /// The picture of a terminal that shows this canvas: an SVG 1.1 document with real text in truecolor, without
    /// scripts, styles or anything from elsewhere.
    /// - Parameters:
    ///   - ink: what the terminal's own foreground is drawn in.
    ///   - paper: what the terminal's own background is drawn in, and what stands around the cells.
    ///   - title: what a reader that sees no pictures is told.
    public func svg(ink: RGB, paper: RGB, title: String) -> String {
        SVGPicture(canvas: self, ink: ink, paper: paper).document(title: title)
    }
}

/// Measures are tenths of a pixel in whole numbers: the same on every machine, without a rounding of its own.
private struct SVGPicture {
    let canvas: Canvas
    let ink: RGB
    let paper: RGB

    /// The advance of usual monospaced fonts is six tenths of their size.
    private static let cellWidth = 84
    private static let cellHeight = 170
    private static let baseline = 128
    private static let margin = 100

    private struct Look: Equatable {
        var foreground: RGB
        var background: RGB
        var attributes: Attributes
    }

    private static func pixels(_ tenths: Int) -> String {
        tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }

    private func x(_ column: Int) -> String { Self.pixels(Self.margin + column * Self.cellWidth) }
    private func y(_ row: Int, _ below: Int = 0) -> String {
        Self.pixels(Self.margin + row * Self.cellHeight + below)
    }

    func document(title: String) -> String {
        let width = Self.pixels(2 * Self.margin + canvas.width * Self.cellWidth)
        let height = Self.pixels(2 * Self.margin + canvas.height * Self.cellHeight)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" \
            role="img">
            <title>\(Self.escaped(title))</title>
            <rect width="\(width)" height="\(height)" rx="6" fill="\(paper.hex)"/>

            """
        for row in 0..<canvas.height { text += backgrounds(row) }
        text += """
            <g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" \
            fill="\(ink.hex)">

            """
        for row in 0..<canvas.height { text += line(row) }
        return text + "</g>\n</svg>\n"
    }

    /// How a cell looks, what is reversed turned round and what is dim nearer to its background.
    private func look(_ column: Int, _ row: Int) -> Look {
        let style = canvas[column, row]?.style ?? .plain
        var look = Look(
            foreground: Self.rgb(style.foreground) ?? ink, background: Self.rgb(style.background) ?? paper,
            attributes: style.attributes)
        // The cursor of a terminal is the cell turned round.
        if look.attributes.contains(.reverse) != (canvas.cursor == Point(x: column, y: row)) {
            swap(&look.foreground, &look.background)
        }
        if look.attributes.contains(.dim) { look.foreground = Self.mixed(look.foreground, look.background) }
        look.attributes.subtract([.reverse, .dim])
        return look
    }

    private static func rgb(_ color: Color) -> RGB? {
        switch color.resolved(in: .truecolor) {
        case .terminalDefault: nil
        case .indexed(let index): Palette.rgb(index)
        case .direct(let rgb): rgb
        }
    }

    private static func mixed(_ ink: RGB, _ paper: RGB) -> RGB {
        func channel(_ of: UInt8, _ over: UInt8) -> UInt8 { UInt8((Int(of) * 2 + Int(over)) / 3) }
        return RGB(
            red: channel(ink.red, paper.red), green: channel(ink.green, paper.green),
            blue: channel(ink.blue, paper.blue))
    }

    /// Columns side by side that are the same in some way, as half-open ranges.
    private func runs(_ row: Int, by isSame: (Int, Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for column in 0..<canvas.width {
            if let last = runs.last, isSame(last.lowerBound, column) {
                runs[runs.count - 1] = last.lowerBound..<column + 1
            } else {
                runs.append(column..<column + 1)
            }
        }
        return runs
    }

    private func backgrounds(_ row: Int) -> String {
        runs(row) { look($0, row).background == look($1, row).background }.reduce(into: "") { text, run in
            let color = look(run.lowerBound, row).background
            guard color != paper else { return }
            text +=
                "<rect x=\"\(x(run.lowerBound))\" y=\"\(y(row))\" width=\"\(Self.pixels(run.count * Self.cellWidth))\" "
                + "height=\"\(Self.pixels(Self.cellHeight))\" fill=\"\(color.hex)\"/>\n"
        }
    }

    /// A row's text, a `tspan` for each stretch of one role and look; broken where blanks stand, so that columns keep
    /// their places in every font.
    private func line(_ row: Int) -> String {
        var spans = ""
        for run in runs(row, by: { isSameRole($0, $1, row) }) {
            let look = look(run.lowerBound, row)
            for words in words(row, run, keepsBlanks: look.attributes.contains(.underline)) {
                spans += "<tspan x=\"\(x(words.start))\" textLength=\"\(Self.pixels(words.columns * Self.cellWidth))\""
                if look.foreground != ink { spans += " fill=\"\(look.foreground.hex)\"" }
                if look.attributes.contains(.bold) { spans += " font-weight=\"bold\"" }
                if look.attributes.contains(.italic) { spans += " font-style=\"italic\"" }
                if look.attributes.contains(.underline) { spans += " text-decoration=\"underline\"" }
                spans += ">\(Self.escaped(words.text))</tspan>"
            }
        }
        return spans.isEmpty ? "" : "<text y=\"\(y(row, Self.baseline))\" xml:space=\"preserve\">\(spans)</text>\n"
    }

    private func isSameRole(_ left: Int, _ right: Int, _ row: Int) -> Bool {
        look(left, row) == look(right, row) && canvas.role(x: left, y: row) == canvas.role(x: right, y: row)
    }

    private struct Words {
        var text = ""
        let start: Int
        var columns = 0
        /// Blanks that count only where something follows.
        var blanks = 0
    }

    /// The text of a run in pieces that two blanks or a wide character part.
    private func words(_ row: Int, _ run: Range<Int>, keepsBlanks: Bool) -> [Words] {
        var pieces: [Words] = []
        var isOpen = false
        for column in run {
            guard let cell = canvas[column, row], !cell.isContinuation else { continue }
            if cell.text == " ", !keepsBlanks {
                if isOpen { pieces[pieces.count - 1].blanks += 1 }
                if isOpen, pieces[pieces.count - 1].blanks > 1 { isOpen = false }
                continue
            }
            if !isOpen || cell.width > 1 { pieces.append(Words(start: column)) }
            let last = pieces.count - 1
            pieces[last].text += String(repeating: " ", count: pieces[last].blanks) + cell.text
            pieces[last].columns += pieces[last].blanks + cell.width
            pieces[last].blanks = 0
            isOpen = cell.width == 1
        }
        return pieces
    }

    /// Text of XML, scalar by scalar: a mark behind a `<` must not hide it. What XML cannot hold becomes a question mark.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar.value {
            case 0x26: escaped += "&amp;"
            case 0x3c: escaped += "&lt;"
            case 0x3e: escaped += "&gt;"
            case 0x22: escaped += "&quot;"
            case 0..<0x20, 0xfffe, 0xffff: escaped += "?"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}

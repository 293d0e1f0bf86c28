extension Canvas {
    /// Puts text at a position, inside `clip` and the canvas; the first column may lie left of both.
    /// - Returns: the columns the whole text takes, clipped or not.
    @discardableResult
    public mutating func put(
        _ text: String, x: Int, y: Int, style: Style = .plain, role: String = "", clip: Rect? = nil
    ) -> Int {
        let area = clip.map { $0.intersection(bounds) } ?? bounds
        let start = Rect.bounded(x)
        guard y >= area.y, y < area.maxY, !area.isEmpty, start < area.maxX else { return TextWidth.columns(of: text) }
        let name = index(of: role)
        var column = start
        for glyph in Glyphs(text) {
            set(glyph, x: column, y: y, style: style, role: name, area: area)
            // A hostile length must not overflow, and nothing right of the area is drawn.
            column += glyph.width
            if column >= area.maxX { return TextWidth.columns(of: text) }
        }
        return column - start
    }

    /// Puts text into exactly `width` columns: truncated with `mark`, or filled with styled blanks.
    public mutating func put(
        _ text: String, x: Int, y: Int, width: Int, alignment: Alignment = .leading, mark: String = TextWidth.cutMark,
        style: Style = .plain, role: String = "", clip: Rect? = nil
    ) {
        let columns = min(width, Size.limit)
        put(
            TextWidth.fitted(text, to: columns, alignment: alignment, mark: mark), x: x, y: y, style: style,
            role: role, clip: clip)
    }

    /// Fills a rectangle with one character of one column; anything else counts as a space.
    public mutating func fill(
        _ rect: Rect, with character: Character = " ", style: Style = .plain, role: String = ""
    ) {
        let area = rect.intersection(bounds)
        var glyphs = Glyphs(String(character))
        var glyph = Glyphs.Glyph.space
        if let first = glyphs.next(), first.width == 1, glyphs.next() == nil { glyph = first }
        let name = index(of: role)
        for y in area.y..<max(area.y, area.maxY) {
            for x in area.x..<max(area.x, area.maxX) {
                set(glyph, x: x, y: y, style: style, role: name, area: area)
            }
        }
    }

    /// A horizontal line of one-column characters, `-` as a rule.
    public mutating func hline(
        x: Int, y: Int, width: Int, character: Character = "-", style: Style = .plain, role: String = ""
    ) {
        fill(Rect(x: x, y: y, width: width, height: 1), with: character, style: style, role: role)
    }

    /// A vertical line of one-column characters, `|` as a rule.
    public mutating func vline(
        x: Int, y: Int, height: Int, character: Character = "|", style: Style = .plain, role: String = ""
    ) {
        fill(Rect(x: x, y: y, width: 1, height: height), with: character, style: style, role: role)
    }

    /// Changes the style of what is drawn already, as for the row under the cursor; a new role replaces the old one.
    public mutating func restyle(_ rect: Rect, role: String? = nil, _ change: (Style) -> Style) {
        let area = rect.intersection(bounds)
        let name = role.map { index(of: $0) }
        for y in area.y..<max(area.y, area.maxY) {
            var columns = area.x..<max(area.x, area.maxX)
            guard !columns.isEmpty else { continue }
            // Both halves of a wide character always look the same.
            if self[columns.lowerBound, y]?.isContinuation == true {
                columns = columns.lowerBound - 1..<columns.upperBound
            }
            if self[columns.upperBound, y]?.isContinuation == true {
                columns = columns.lowerBound..<columns.upperBound + 1
            }
            for x in columns {
                let position = y * width + x
                cells[position].style = change(cells[position].style)
                if let name { roles[position] = name }
            }
        }
    }

    /// Copies another canvas to a position, over what is there, and takes its cursor if it has one.
    public mutating func draw(_ other: Canvas, at origin: Point) {
        let x = Rect.bounded(origin.x)
        let y = Rect.bounded(origin.y)
        let area = Rect(x: x, y: y, width: other.width, height: other.height).intersection(bounds)
        let names = other.roleNames.map { index(of: $0) }
        for row in area.y..<max(area.y, area.maxY) {
            for column in area.x..<max(area.x, area.maxX) {
                let source = (row - y) * other.width + column - x
                let cell = other.cells[source]
                let role = names[Int(other.roles[source])]
                if cell.isContinuation {
                    // Its left half was drawn just now, unless that is clipped.
                    if column == area.x {
                        set(.space, x: column, y: row, style: cell.style, role: role, area: area)
                    }
                } else {
                    let glyph = Glyphs.Glyph(text: cell.text, width: cell.width)
                    set(glyph, x: column, y: row, style: cell.style, role: role, area: area)
                }
            }
        }
        if let cursor = other.cursor { self.cursor = Point(x: x + cursor.x, y: y + cursor.y) }
    }

    /// Writes one glyph; a wide one of which a half is clipped leaves a space, and halves that lose their other half
    /// become spaces.
    private mutating func set(_ glyph: Glyphs.Glyph, x: Int, y: Int, style: Style, role: UInt16, area: Rect) {
        let visible = max(x, area.x)..<max(x, area.x, min(x + glyph.width, area.maxX))
        guard !visible.isEmpty else { return }
        let whole = visible.count == glyph.width
        let first = y * width + visible.lowerBound
        let last = first + visible.count - 1
        if cells[first].isContinuation { cells[first - 1] = .blank(cells[first - 1].style) }
        if cells[last].width == 2 { cells[last + 1] = .blank(cells[last + 1].style) }
        for position in first...last {
            cells[position] = .blank(style)
            roles[position] = role
        }
        guard whole else { return }
        cells[first] = Cell(text: glyph.text, width: glyph.width, style: style)
        if glyph.width == 2 { cells[last] = .continuation(style) }
    }
}

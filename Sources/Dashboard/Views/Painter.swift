import Cells
import FoundationEssentials

/// A canvas with a theme: regions name roles, not looks.
struct Painter {
    private(set) var canvas: Canvas
    let theme: Theme
    private let base: Style

    init(size: Size, theme: Theme) {
        self.theme = theme
        base = theme.style(.text).layered(over: theme.style(.background))
        canvas = Canvas(size, style: base)
    }

    func style(_ role: Role) -> Style { theme.style(role).layered(over: base) }

    /// Text at a position, cut at the edge of `area`.
    /// - Returns: the columns it takes.
    @discardableResult
    mutating func put(_ text: String, _ role: Role = .text, x: Int, y: Int, in area: Rect) -> Int {
        canvas.put(text, x: x, y: y, style: style(role), role: role.rawValue, clip: area)
    }

    /// Text in exactly `width` columns.
    mutating func put(
        _ text: String, _ role: Role = .text, x: Int, y: Int, width: Int, alignment: Alignment = .leading, in area: Rect
    ) {
        canvas.put(
            text, x: x, y: y, width: width, alignment: alignment, style: style(role), role: role.rawValue, clip: area)
    }

    /// A line of pieces in the first row of `area`, shifted `pan` columns to the left; what does not fit is marked.
    mutating func put(_ line: StyledLine, in area: Rect, pan: Int = 0) {
        guard !area.isEmpty else { return }
        var x = area.x - pan
        for piece in line.pieces { x += put(piece.text, piece.role, x: x, y: area.y, in: area) }
        if x > area.maxX {
            let mark = TextWidth.cutMark
            put(mark, .textDim, x: max(area.x, area.maxX - TextWidth.columns(of: mark)), y: area.y, in: area)
        }
        if pan > 0, area.width > 1, !line.pieces.isEmpty { put("<", .textDim, x: area.x, y: area.y, in: area) }
    }

    /// Fills an area with blanks.
    mutating func fill(_ area: Rect, _ role: Role) {
        canvas.fill(area, style: style(role), role: role.rawValue)
    }

    /// A rule across an area's first row, with `words` and a title in it and, where the words leave room, which of
    /// `count` lines are seen from `top` on, as ` 1-20 of 27 `.
    mutating func rule(
        _ title: String, in area: Rect, isFocused: Bool = false, words: StyledLine = .empty, top: Int = 0,
        seen: Int = 0, of count: Int = 0
    ) {
        let role: Role = isFocused ? .borderFocus : .border
        let row = area.row(0)
        canvas.hline(x: row.x, y: row.y, width: row.width, style: style(role), role: role.rawValue)
        var told = StyledLine.empty
        if let first = words.pieces.first, let last = words.pieces.last {
            told = StyledLine(" ", first.role).adding(words).adding(" ", last.role)
        }
        put(told, in: Rect(x: row.x + 2, y: row.y, width: min(told.width, row.width - 2), height: row.height))
        var room = row.width - 4 - told.width
        let place = " \(top + 1)-\(min(count, top + seen)) of \(count) "
        if seen < count, place.utf8.count <= room {
            put(place, .textDim, x: row.maxX - place.utf8.count - 2, y: row.y, in: row)
            room -= place.utf8.count
        }
        if !title.isEmpty {
            let shown = TextWidth.truncated(" " + title + " ", to: max(0, room))
            put(shown, .title, x: row.x + 2 + told.width, y: row.y, in: row)
        }
    }

    mutating func vline(x: Int, y: Int, height: Int) {
        canvas.vline(x: x, y: y, height: height, style: style(.border), role: Role.border.rawValue)
    }

    /// Lays a role over what is drawn already, as for the row under the cursor.
    mutating func overlay(_ area: Rect, _ role: Role) {
        let look = theme.style(role)
        canvas.restyle(area) { look.layered(over: $0) }
    }

    /// Shows the terminal's cursor.
    mutating func showCursor(x: Int, y: Int) {
        canvas.cursor = canvas.bounds.contains(Point(x: x, y: y)) ? Point(x: x, y: y) : nil
    }
}

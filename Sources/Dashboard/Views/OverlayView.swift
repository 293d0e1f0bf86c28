//           +-- Sort by -----------+
//           | s  severity          |
//           | d  domain            |
//           +----------------------+

import Cells
import Deliverability

/// What lies over the screen: the help over all of it, menus and questions in a box.
enum OverlayView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        switch model.overlay {
        case nil: return
        case .help(let query, let scroll): HelpView.draw(model, query: query, scroll: scroll, &painter, in: area)
        case .menu(let menu): draw(menu, model, &painter, in: area)
        case .question(let question): draw(question, &painter, in: area)
        case .reader(let title, let lines, let scroll):
            let parts = lines.flatMap { TextWidth.wrapped($0, to: max(1, area.width - 6)) }
            let inner = box(title, width: area.width - 4, height: parts.count, &painter, in: area)
            let top = min(max(0, scroll), max(0, parts.count - inner.height))
            for row in 0..<inner.height {
                guard parts.indices.contains(top + row) else { break }
                painter.put(StyledLine(parts[top + row]), in: inner.row(row))
            }
            tellMore(top, of: parts.count, below: inner, &painter, in: area)
        }
    }

    private static func draw(_ menu: Menu, _ model: Model, _ painter: inout Painter, in area: Rect) {
        let labels = menu.items.map { label($0, menu, model, width: area.width) }
        let widest = labels.map { TextWidth.columns(of: $0) }.max() ?? 0
        let inner = box(
            menu.title, width: max(widest + 6, menu.title.utf8.count + 8), height: menu.items.count, &painter, in: area)
        let top = Model.scrolled(0, to: menu.selection, of: menu.items.count, height: inner.height)
        for row in 0..<inner.height {
            guard menu.items.indices.contains(top + row) else { break }
            let item = menu.items[top + row]
            var line = StyledLine()
            line.add(item.key.map { String($0) } ?? "", .key, columns: 3)
            line.add(labels[top + row])
            painter.put(line, in: inner.row(row))
            guard top + row == menu.selection else { continue }
            let place = inner.row(row)
            painter.put(">", .key, x: place.x - 1, y: place.y, in: area)
            painter.overlay(place, .rowCursor)
        }
        tellMore(top, of: menu.items.count, below: inner, &painter, in: area)
    }

    /// Of a column that is wanted and not seen it is told why.
    private static func label(_ item: Menu.Item, _ menu: Menu, _ model: Model, width: Int) -> String {
        guard menu.kind == .columns, let column = OverviewColumn(rawValue: item.value) else { return item.label }
        let hasRoom =
            width < ScreenClass.narrow ? column == .certificate : model.columns(width: width)[column] != nil
        return hasRoom || model.hiddenColumns.contains(column) ? item.label : item.label + " (no room here)"
    }

    private static func draw(_ question: Question, _ painter: inout Painter, in area: Rect) {
        let parts = TextWidth.wrapped(question.text, to: max(1, min(60, area.width - 6)))
        let widest = parts.map { TextWidth.columns(of: $0) }.max() ?? 0
        let inner = box("", width: max(widest, 16), height: parts.count + 1, &painter, in: area)
        for (row, part) in parts.enumerated() { painter.put(StyledLine(part, .textStrong), in: inner.row(row)) }
        let answer = StyledLine("y", .key).adding(" yes   ", .keyLabel).adding("n", .key).adding(" no", .keyLabel)
        painter.put(answer, in: inner.row(min(parts.count, inner.height - 1)))
    }

    /// Tells in the lower border which lines are seen, where there are more.
    private static func tellMore(_ top: Int, of count: Int, below inner: Rect, _ painter: inout Painter, in area: Rect)
    {
        guard inner.height < count, inner.maxY < area.maxY else { return }
        let border = Rect(x: inner.x - 1, y: inner.maxY, width: inner.width + 2, height: 1)
        painter.rule("", in: border, isFocused: true, top: top, seen: inner.height, of: count)
    }

    /// A bordered box in the middle.
    /// - Returns: the area inside of it.
    private static func box(
        _ title: String, width: Int, height: Int, _ painter: inout Painter, in area: Rect
    ) -> Rect {
        let outer = area.centered(Size(width: width + 4, height: height + 2))
        painter.fill(outer, .text)
        guard outer.height >= 3, outer.width >= 5 else { return outer }
        painter.rule(title, in: outer, isFocused: true)
        painter.rule("", in: outer.row(outer.height - 1), isFocused: true)
        for x in [outer.x, outer.maxX - 1] {
            painter.vline(x: x, y: outer.y + 1, height: outer.height - 2)
            for y in [outer.y, outer.maxY - 1] { painter.put("+", .borderFocus, x: x, y: y, in: outer) }
        }
        return outer.inset(dx: 2, dy: 1)
    }
}

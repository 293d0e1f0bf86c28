//   Enter open  / filter  ! problems  s sort  a ack  p pause  ? help  q quit
//   /state:bouncing_                                      3 of 10000   Esc back
//   acknowledged

import Cells
import Deliverability

/// The last line: what is typed, what was just said, or the keys that matter here.
enum FooterView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        if let prompt = model.prompt { return draw(prompt, model, &painter, in: area) }
        if let notice = model.notice { return draw(notice, &painter, in: area) }
        if area.width < ScreenClass.narrow, model.detail == nil, !model.isWall, !model.isPlanning {
            return painter.put(why(model), in: area, pan: min(model.pan, model.mostPan))
        }
        let place: ActionInfo.Place =
            model.isWall ? .wall : model.isPlanning ? .plan : model.detail == nil ? .overview : .detail
        let line = keys(model.keymap, at: place, width: area.width)
        painter.put(line, in: area)
    }

    /// The most lines that a notice takes of what stands above the footer.
    private static let noticeLines = 3

    /// What was just said, whole: such as where something was saved.
    private static func draw(_ notice: Model.Notice, _ painter: inout Painter, in area: Rect) {
        let role: Role = notice.isError ? .messageError : .messageInfo
        let line = StyledLine(" " + notice.text, role)
        let parts =
            line.width <= area.width
            ? [notice.text] : TextWidth.wrapped(notice.text, to: max(1, area.width - 2))
        let rows = min(parts.count, noticeLines, area.y + 1)
        for (row, part) in parts.prefix(rows).enumerated() {
            let place = Rect(x: area.x, y: area.maxY - rows + row, width: area.width, height: 1)
            if rows > 1 { painter.fill(place, .text) }
            painter.put(StyledLine(" " + part + (row == rows - 1 && rows < parts.count ? " .." : ""), role), in: place)
        }
    }

    private static func draw(_ prompt: Prompt, _ model: Model, _ painter: inout Painter, in area: Rect) {
        painter.fill(area, .input)
        let text = prompt.input.text
        let hint = hint(prompt, model)
        let mark = min(TextWidth.columns(of: prompt.mark), max(1, area.width / 2))
        // Of a hint its beginning tells most; what is wrong is told whatever was typed.
        let wanted = hint.map { TextWidth.columns(of: $0.text) } ?? 0
        let half = min(wanted, (area.width - mark) / 2)
        let kept = hint?.role == .messageError && half >= min(8, wanted) ? half + 3 : 0
        // What is typed last stays in sight.
        let room = max(1, area.width - mark - 2 - kept)
        let pan = max(0, prompt.input.caretColumn - room)
        painter.put(prompt.mark, .key, x: area.x, y: area.y, width: mark, in: area)
        let inner = Rect(x: area.x + mark, y: area.y, width: max(0, area.width - mark - kept), height: 1)
        painter.put(text, .input, x: inner.x - pan, y: inner.y, in: inner)
        painter.showCursor(x: inner.x + prompt.input.caretColumn - pan, y: area.y)
        guard let hint else { return }
        let free = max(kept - 3, area.width - mark - TextWidth.columns(of: text) - 3)
        guard free >= min(8, wanted) else { return }
        // That Esc takes back what was typed is told where there is room for all of it.
        let whole = hint.text + (prompt.kind.isFilter && prompt.choices.isEmpty ? "   Esc back" : "")
        let shown = TextWidth.columns(of: whole) <= free ? whole : TextWidth.truncated(hint.text, to: free)
        painter.put(shown, hint.role, x: area.maxX - TextWidth.columns(of: shown) - 1, y: area.y, in: area)
    }

    /// What is told beside the line that is typed: what is wrong with it, how it may go on, what it finds.
    private static func hint(_ prompt: Prompt, _ model: Model) -> (text: String, role: Role)? {
        if !prompt.choices.isEmpty { return (prompt.choices.joined(separator: " "), .textDim) }
        switch prompt.kind {
        case .command: return nil
        case .plan:
            guard let notice = model.notice, notice.isError else { return nil }
            return (notice.text, .messageError)
        case .filter:
            if let remark = model.fleet.arrangement.filter.remarks.first { return (remark, .messageError) }
            return ("\(model.fleet.shown) of \(model.fleet.rows.count)", .textDim)
        }
    }

    /// On a small screen the reason is worth more than the keys; that rows are hidden is told nowhere else there.
    static func why(_ model: Model) -> StyledLine {
        var line = StyledLine(" ")
        let (shown, all) = (model.fleet.shown, model.fleet.rows.count)
        if shown < all { line.add("\(shown) of \(all)  ", .inputMatch) }
        guard let row = model.focusedRow, row.isProblem else {
            return line.adding("\(model.label(of: .help)) help  \(model.label(of: .quitView)) quit", .textDim)
        }
        return line.adding(row.told(row.noted(now: model.clock, screenWidth: 80)), Role.severity(row.state))
    }

    /// The keys of the live map, the least important left out where width lacks.
    static func keys(_ keymap: Keymap, at place: ActionInfo.Place, width: Int) -> StyledLine {
        struct Item {
            var keys: [String]
            let label: String
            let rank: Int
            var width: Int { keys.joined(separator: "/").utf8.count + 1 + label.utf8.count + 2 }
        }
        var items: [Item] = []
        for info in ActionInfo.all {
            guard let footer = info.footer, footer.places.contains(place),
                let key = keymap.keys(for: info.action).first
            else { continue }
            let label = place == .plan && info.action == .open ? "change" : footer.label
            if items.last?.label == label {
                items[items.count - 1].keys.append(key.label)
            } else {
                items.append(Item(keys: [key.label], label: label, rank: footer.rank))
            }
        }
        while items.reduce(1, { $0 + $1.width }) - 2 > width, items.count > 1 {
            guard let least = items.indices.min(by: { items[$0].rank < items[$1].rank }) else { break }
            items.remove(at: least)
        }
        var line = StyledLine(" ")
        for item in items {
            line.add(item.keys.joined(separator: "/"), .key)
            line.add(" " + item.label + "  ", .keyLabel)
        }
        return line
    }
}

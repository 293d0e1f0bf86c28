//  -- Changes: 3 unacked ---------------------------+-- acme-payments.example ---
//  >*14:31:50 northwind.example   OK -> BOUNCE  ... | X BOUNCE for 1h51m
//    13:58:41 fabrikam.example  WARN -> OK   after 4m | ...

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// The changes, newest first, and beside them, on a wide screen, the domain under the cursor.
enum LowerPanesView {
    static func draw(_ model: Model, _ painter: inout Painter, _ frame: OverviewFrame) {
        guard !frame.divider.isEmpty else { return }
        let unseen = model.log.markedCount
        let title = unseen > 0 ? "Changes: \(unseen) unacked" : "Changes"
        let isSplit = !frame.side.isEmpty
        let left = Rect(x: frame.divider.x, y: frame.divider.y, width: frame.changes.width, height: 1)
        painter.rule(title, in: isSplit ? left : frame.divider, isFocused: model.pane == .changes)
        drawChanges(model, isFocused: model.pane == .changes, &painter, in: frame.changes)
        guard isSplit else { return }
        let right = Rect(x: frame.side.x, y: frame.divider.y, width: frame.side.width, height: 1)
        painter.rule(model.focusedRow?.domain.text ?? "", in: right)
        painter.put("+", .border, x: right.x, y: right.y, in: right)
        painter.vline(x: frame.side.x, y: frame.side.y, height: frame.side.height)
        let inner = Rect(
            x: frame.side.x + 2, y: frame.side.y, width: frame.side.width - 3, height: frame.side.height)
        SideView.draw(model, &painter, in: inner)
    }

    /// The newest changes from the top, or those around the cursor.
    static func drawChanges(_ model: Model, isFocused: Bool, _ painter: inout Painter, in area: Rect) {
        guard model.log.count > 0 else {
            let words = "No changes since the start. What turns stands here until it is acknowledged."
            for (row, part) in TextWidth.wrapped(words, to: max(1, area.width - 2)).enumerated() {
                painter.put(part, .textDim, x: area.x + 1, y: area.y + row, in: area)
            }
            return
        }
        let selected = model.selectedChangePlace
        let top = Model.scrolled(
            model.changeTop, to: isFocused ? selected ?? 0 : model.changeTop, of: model.log.count, height: area.height)
        let today = Moment(model.clock)
        for line in 0..<area.height {
            guard let change = model.log.change(at: top + line) else { break }
            let row = area.row(line)
            let isSelected = top + line == selected
            drawChange(change, model, today: today, hasCursor: isFocused && isSelected, &painter, in: row)
            // Nobody who has not been here has left a cursor.
            if isSelected, isFocused || model.changeCursor != nil {
                painter.overlay(row, isFocused ? .rowCursor : .rowCursorBlur)
            }
        }
    }

    private static func drawChange(
        _ change: Change, _ model: Model, today: Moment, hasCursor: Bool, _ painter: inout Painter, in area: Rect
    ) {
        let role = Role.change(change)
        let moment = Moment(change.at)
        let isToday = (moment.year, moment.month, moment.day) == (today.year, today.month, today.day)
        var line = StyledLine(hasCursor ? ">" : " ", .textStrong)
        line.add(ChangeLog.isMarked(change) ? "*" : " ", role)
        line.add(isToday ? moment.bareClock : moment.dayAndMonth, role, columns: 9)
        guard area.width >= ScreenClass.narrow else {
            // What it has become is worth more than what it was.
            line.add("\(change.stateAfter.glyph) ", Role.severity(change.stateAfter))
            line.add(change.domain.text, role)
            return painter.put(line, in: area)
        }
        line.add(change.domain.text, role, columns: area.width >= 84 ? 28 : area.width >= 70 ? 24 : 18)
        line.add(change.stateBefore.word, .textDim, columns: 8, alignment: .trailing)
        line.add(" -> ", .textDim)
        line.add(change.stateAfter.word, Role.severity(change.stateAfter), columns: 8)
        line.add(Words.change(change, onset: model.log.onset(of: change)), role)
        painter.put(line, in: area)
    }
}

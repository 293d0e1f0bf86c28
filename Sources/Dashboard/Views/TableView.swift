//    STATE v   DOMAIN                    POLICY  TLS  CERT WHY
//  >*X BOUNCE  acme-payments.example     enforce 0/2   -2h mx1,mx2 cert expired
//   +! RISK    xn--mnchen-3ya.example    enforce 2/2    5d cert expires Sun 22:00
//
//  >X acme-payments.example    -2h                                      compact

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// The table of domains; draws no more rows than are seen.
enum TableView {
    static func draw(_ model: Model, _ painter: inout Painter, head: Rect, body: Rect) {
        guard !body.isEmpty else { return }
        let isCompact = body.width < ScreenClass.narrow
        let columns = OverviewColumn.placed(
            width: body.width, names: model.fleet.longestName, hosts: model.fleet.mostHosts,
            hidden: model.hiddenColumns, sorted: model.fleet.arrangement.column)
        drawHead(model, columns, &painter, in: head)
        guard model.fleet.shown > 0 else { return EmptyView.draw(model, &painter, in: body) }
        let selected = model.selectedPosition
        let top = Model.scrolled(model.top, to: selected ?? 0, of: model.fleet.shown, height: body.height)
        for line in 0..<body.height {
            guard let row = model.fleet.row(at: top + line) else { break }
            let area = body.row(line)
            let isSelected = top + line == selected
            if isCompact {
                drawCompact(row, model, isSelected: isSelected, &painter, in: area)
            } else {
                RowView(row: row, model: model, isSelected: isSelected).draw(columns, &painter, in: area)
            }
            if row.isMarked { painter.overlay(area, .rowMarked) }
            if isSelected { painter.overlay(area, model.pane == .table ? .rowCursor : .rowCursorBlur) }
        }
    }

    private static func drawHead(
        _ model: Model, _ columns: Table<OverviewColumn>, _ painter: inout Painter, in area: Rect
    ) {
        guard !area.isEmpty else { return }
        painter.fill(area, .head)
        let arrangement = model.fleet.arrangement
        let arrow = arrangement.isInverted ? "^" : "v"
        let bySeverity = arrangement.column == .severity
        painter.put(
            bySeverity ? "STATE \(arrow)" : "STATE", bySeverity ? .headSort : .head, x: area.x + 2, y: area.y, in: area)
        let isWide = columns[.webCertificate] != nil
        for column in columns.columns {
            let isSorted = column.id.sort == arrangement.column
            let title = column.id.title(isWide: isWide, isNarrow: area.width < 80)
            let marked = isSorted && title.utf8.count + 1 < column.width ? "\(title) \(arrow)" : title
            painter.put(
                marked, isSorted ? .headSort : .head, x: area.x + OverviewColumn.prefix + column.x, y: area.y,
                width: column.width, alignment: column.alignment, in: area)
        }
    }

    private static func drawCompact(
        _ row: Row, _ model: Model, isSelected: Bool, _ painter: inout Painter, in area: Rect
    ) {
        let isUnseen = model.log.marked[row.domain] != nil
        let flag = isSelected && model.pane == .table ? ">" : isUnseen ? "*" : row.isMarked ? "+" : " "
        painter.put(flag, isUnseen ? .changeUnacknowledged : .textStrong, x: area.x, y: area.y, in: area)
        let role = Role.severity(row.state)
        painter.put(String(row.state.glyph), role, x: area.x + 1, y: area.y, in: area)
        let end = RowView.left(row.facts.mxExpires, model.clock)
        let room = max(0, area.width - 9)
        painter.put(
            row.domain.text, row.state == .bouncing ? role : .text, x: area.x + 3, y: area.y, width: room, in: area)
        painter.put(
            end.text, end.role, x: area.maxX - 6, y: area.y, width: 5, alignment: .trailing, in: area)
    }
}

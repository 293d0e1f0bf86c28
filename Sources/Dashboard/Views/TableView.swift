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
        let columns = model.columns(width: body.width)
        drawHead(model, columns, &painter, in: head)
        guard model.fleet.shown > 0 else { return EmptyView.draw(model, &painter, in: body) }
        let selected = model.selectedPosition
        let top = Model.scrolled(model.top, to: selected ?? 0, of: model.fleet.shown, height: body.height)
        let pan = model.pan == 0 ? 0 : min(model.pan, model.mostPan)
        for line in 0..<body.height {
            guard let row = model.fleet.row(at: top + line) else { break }
            let area = body.row(line)
            let isSelected = top + line == selected
            if isCompact {
                drawCompact(row, model, isSelected: isSelected, &painter, in: area)
            } else {
                RowView(row: row, model: model, isSelected: isSelected).draw(columns, pan: pan, &painter, in: area)
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
        let bySeverity = model.fleet.arrangement.column == .severity
        painter.put(stateTitle(model), bySeverity ? .headSort : .head, x: area.x + 2, y: area.y, in: area)
        for column in columns.columns {
            let isSorted = column.id.sort == model.fleet.arrangement.column
            painter.put(
                title(of: column, model, columns, isNarrow: area.width < 80), isSorted ? .headSort : .head,
                x: area.x + OverviewColumn.prefix + column.x, y: area.y,
                width: column.width, alignment: column.alignment, in: area)
        }
    }

    /// The arrow of the order: down where it is the column's own.
    private static func arrow(_ model: Model) -> String { model.fleet.arrangement.isInverted ? " ^" : " v" }

    /// What stands over the state.
    static func stateTitle(_ model: Model) -> String {
        "STATE" + (model.fleet.arrangement.column == .severity ? arrow(model) : "")
    }

    /// What stands over a column.
    static func title(
        of column: Table<OverviewColumn>.Placed, _ model: Model, _ columns: Table<OverviewColumn>, isNarrow: Bool
    ) -> String {
        let isSorted = column.id.sort == model.fleet.arrangement.column
        let title = column.id.title(
            width: column.width - (isSorted ? 2 : 0), isWide: columns[.webCertificate] != nil, isNarrow: isNarrow)
        return isSorted && title.utf8.count + 2 <= column.width ? title + arrow(model) : title
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

extension Model {
    /// The columns of the overview on a screen of that width.
    func columns(width: Int) -> Table<OverviewColumn> {
        OverviewColumn.placed(
            width: width, names: fleet.longestName, hosts: fleet.mostHosts, hidden: hiddenColumns,
            sorted: fleet.arrangement.column)
    }

    /// By how many columns the reasons on the overview can be shifted until the end of the longest is seen.
    var mostPan: Int {
        guard size.width >= ScreenClass.narrow else {
            return max(0, FooterView.why(self).width - size.width)
        }
        guard !showsGroups, let width = columns(width: size.width)[.why]?.width else { return 0 }
        let height = OverviewFrame(self, size: size).table.height
        let top = Model.scrolled(top, to: selectedPosition ?? 0, of: fleet.shown, height: height)
        let texts = (top..<top + height).lazy.compactMap { self.fleet.row(at: $0) }
            .map { RowView(row: $0, model: self, isSelected: false).why(screenWidth: self.size.width).text }
        return max(0, (texts.map { TextWidth.columns(of: $0) }.max() ?? 0) - width)
    }
}

//    STATE v   GROUP                       DOMAINS    X    !    ~    ?    .    -  FIRST
//  >*X BOUNCE  @customers                       41    2    1    .    .   38    .  acme-payments.example: mx1 ...

import Cells
import Deliverability
import MTASTS

/// The table of groups: the worst state, how many are in each, and where to look first.
enum GroupView {
    private static let states: [DomainState] = [.bouncing, .risk, .warning, .unknown, .ok, .unprotected]

    static func draw(_ model: Model, _ painter: inout Painter, head: Rect, body: Rect) {
        guard !body.isEmpty else { return }
        drawHead(model, &painter, in: head)
        guard !model.groups.isEmpty else { return EmptyView.draw(model, &painter, in: body) }
        let selected = model.selectedGroupPlace ?? 0
        let top = Model.scrolled(model.groupTop, to: selected, of: model.groups.count, height: body.height)
        for line in 0..<body.height {
            guard model.groups.indices.contains(top + line) else { break }
            let area = body.row(line)
            let isSelected = top + line == selected
            painter.put(self.line(model.groups[top + line], model, isSelected: isSelected, width: area.width), in: area)
            if isSelected { painter.overlay(area, model.pane == .table ? .rowCursor : .rowCursorBlur) }
        }
    }

    private static func drawHead(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        painter.fill(area, .head)
        var text = TextWidth.fitted("  STATE v", to: OverviewColumn.prefix)
        text += TextWidth.fitted(model.grouping == .tag ? "TAG" : "PROVIDER", to: nameWidth(area.width)) + " DOMAINS"
        for state in states { text += TextWidth.fitted(String(state.glyph), to: countWidth, alignment: .trailing) }
        painter.put(
            TextWidth.truncated(text + (area.width < wordy ? "" : "  FIRST"), to: area.width), .head, x: area.x,
            y: area.y, in: area)
    }

    private static let countWidth = 5

    /// From so many columns on there is room for words about the worst domain.
    private static let wordy = 110

    private static func nameWidth(_ width: Int) -> Int { width < 80 ? max(8, width - 52) : 28 }

    private static func line(_ group: GroupLine, _ model: Model, isSelected: Bool, width: Int) -> StyledLine {
        let worst = group.worst
        var line = StyledLine()
        line.add(isSelected && model.pane == .table ? ">" : " ", .textStrong)
        line.add(group.unseen > 0 ? "*" : " ", .changeUnacknowledged)
        guard width >= ScreenClass.narrow else {
            line.add("\(worst.glyph) ", Role.severity(worst))
            line.add(group.key.label, worst == .bouncing ? .severityBouncing : .text, columns: max(4, width - 18))
            let count = worst == .ok || worst == .unprotected ? "" : "\(group.count(worst)) of "
            line.add(TextWidth.fitted("\(count)\(group.total)", to: 13, alignment: .trailing), Role.severity(worst))
            return line
        }
        line.add("\(worst.glyph) \(worst.word)", Role.severity(worst))
        line.pad(to: OverviewColumn.prefix)
        line.add(group.key.label, worst == .bouncing ? .textStrong : .text, columns: nameWidth(width))
        line.add(String(group.total), .text, columns: 8, alignment: .trailing)
        for state in states {
            let count = group.count(state)
            line.add(
                count == 0 ? "." : String(count), count == 0 ? .textDim : Role.severity(state), columns: countWidth,
                alignment: .trailing)
        }
        guard width >= wordy, let row = model.fleet.row(of: group.first), row.isProblem else { return line }
        line.add("  \(row.domain): \(row.told(row.noted))", worst <= .risk ? Role.severity(worst) : .text)
        return line
    }
}

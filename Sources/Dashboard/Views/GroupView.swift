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
        let columns = Columns(model, width: body.width)
        let selected = model.selectedGroupPlace ?? 0
        let top = Model.scrolled(model.groupTop, to: selected, of: model.groups.count, height: body.height)
        for line in 0..<body.height {
            guard model.groups.indices.contains(top + line) else { break }
            let area = body.row(line)
            let isSelected = top + line == selected
            painter.put(
                self.line(model.groups[top + line], model, columns, isSelected: isSelected, width: area.width), in: area
            )
            if isSelected { painter.overlay(area, model.pane == .table ? .rowCursor : .rowCursorBlur) }
        }
    }

    private static func drawHead(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        painter.fill(area, .head)
        painter.put(
            TextWidth.truncated(head(model, width: area.width), to: area.width), .head, x: area.x, y: area.y, in: area)
    }

    /// What stands over the table on a screen of that width.
    static func head(_ model: Model, width: Int) -> String {
        let columns = Columns(model, width: width)
        var text = TextWidth.fitted("  STATE v", to: OverviewColumn.prefix)
        text += TextWidth.fitted(model.grouping == .tag ? "TAG" : "PROVIDER", to: columns.name)
        text += TextWidth.fitted("DOMAINS", to: columns.total, alignment: .trailing)
        for (state, count) in zip(states, columns.counts) {
            text += TextWidth.fitted(String(state.glyph), to: count, alignment: .trailing)
        }
        return text + (width < wordy ? "" : "  FIRST")
    }

    /// From so many columns on there is room for words about the worst domain.
    private static let wordy = 110

    /// The widths of the columns, with the room between them. A number has the room of the greatest that it can be.
    private struct Columns {
        let name: Int
        let total: Int
        let counts: [Int]

        init(_ model: Model, width: Int) {
            let isNarrow = width < 80
            func digits(_ number: Int) -> Int { String(number).utf8.count }
            total = max("DOMAINS".utf8.count, digits(model.fleet.rows.count)) + 1
            counts = states.map { state in
                isNarrow ? digits(model.fleet.count(state)) + 1 : max(3, digits(model.fleet.count(state))) + 2
            }
            let longest = model.groups.map { $0.key.name.utf8.count + 1 }.max() ?? 0
            let room = width - OverviewColumn.prefix - total - counts.reduce(0, +)
            name = max(8, min(room, isNarrow ? room : max(28, min(longest, width < wordy ? room : 40))))
        }
    }

    /// All groups as lines of text, for a file.
    static func text(_ model: Model, width: Int) -> [String] {
        let columns = Columns(model, width: width)
        return [head(model, width: width)]
            + model.groups.map { line($0, model, columns, isSelected: false, width: width).plain }
    }

    private static func line(
        _ group: GroupLine, _ model: Model, _ columns: Columns, isSelected: Bool, width: Int
    ) -> StyledLine {
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
        line.add(group.key.label, worst == .bouncing ? .textStrong : .text, columns: columns.name)
        line.add(String(group.total), .text, columns: columns.total, alignment: .trailing)
        for (state, width) in zip(states, columns.counts) {
            let count = group.count(state)
            line.add(
                count == 0 ? "." : String(count), count == 0 ? .textDim : Role.severity(state), columns: width,
                alignment: .trailing)
        }
        guard width >= wordy, let row = model.fleet.row(of: group.first), row.isProblem else { return line }
        line.add(
            "  \(row.domain): \(row.told(row.noted(now: model.clock, screenWidth: width)))",
            worst <= .risk ? Role.severity(worst) : .text)
        return line
    }
}

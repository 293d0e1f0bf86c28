//   acme-payments.example                             X BOUNCE for 1h51m   enforce
//   [1 Summary] 2 Policy  3 MX hosts  4 Certs  5 History  6 Trace            X3 !5
//  -------------------------------------------------------------------------------
//   the tab ...
//
//   Esc back  ]/[ tab  J/K next domain  r recheck  y copy  ? help

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// One domain in full.
enum DetailView {
    /// What the open tab shows in `width` columns; nil where no detail is open.
    ///
    /// - Parameter height: lines that are seen at once; nil where all are.
    static func content(_ model: Model, width: Int, height: Int? = nil) -> DetailContent? {
        guard let detail = model.detail, let row = model.detailRow else { return nil }
        let subject = Subject(row, model)
        switch detail.tab {
        case .summary: return SummaryTab.content(subject, width: width, height: height)
        case .policy: return PolicyTab(subject, width: width).content
        case .hosts: return HostsTab(subject, width: width, selection: detail.selection).content
        case .certificates: return CertificatesTab(subject, width: width, selection: detail.selection).content
        case .history:
            let board = model.history?.domain == row.domain ? model.history : nil
            let known = model.log.changes(of: row.domain, limit: HistoryTimeline.limit)
            let again = model.label(of: .recheck)
            return HistoryTab(subject, board: board, known: known, width: width, height: height, again: again).content
        case .trace:
            let keys = "\(model.label(of: .panLeft))/\(model.label(of: .panRight))"
            return TraceTab(subject, width: width, chosen: detail.sender, keys: keys).content
        }
    }

    static func draw(_ model: Model, _ painter: inout Painter, size: Size) {
        guard let detail = model.detail, let row = model.detailRow else { return }
        let height = DetailFrame(size, content: DetailContent(), hasFix: hasFix(model)).upper.height
        let content = content(model, width: size.width, height: height) ?? DetailContent()
        let frame = DetailFrame(size, content: content, hasFix: hasFix(model))
        // The words that the tabs leave no room for stand in the rule, on a low screen at the end of the head.
        let isTold = drawTabs(detail.tab, model, &painter, in: frame.tabs)
        let words = isTold ? .empty : BannerView.words(model, columns: size.width - 6)
        drawBody(content, detail, model, &painter, frame, words: words)
        drawHead(row, model, &painter, in: head(of: frame, beside: words, model, &painter))
        FixView.draw(model, &painter, in: frame.fix)
        FooterView.draw(model, &painter, in: frame.footer)
    }

    /// What is left of the head: at its end stand the words that have no rule to stand in.
    static func head(
        of frame: DetailFrame, beside words: StyledLine, _ model: Model, _ painter: inout Painter
    ) -> Rect {
        guard frame.rule.isEmpty, !words.pieces.isEmpty else { return frame.head }
        // The state and the name have at least half of it.
        let words = BannerView.words(model, columns: frame.head.width / 2 - 2)
        let parts = frame.head.columns(.flex(1), .fixed(words.width + 1))
        painter.put(words, in: parts[1])
        return parts[0]
    }

    /// Both parts of what is shown, and which lines of it are seen.
    ///
    /// - Parameter words: what stands in the rule.
    static func drawBody(
        _ content: DetailContent, _ detail: Detail, _ model: Model, _ painter: inout Painter, _ frame: DetailFrame,
        words: StyledLine = .empty
    ) {
        let upper = upper(content, detail, in: frame.upper)
        painter.rule(
            "", in: frame.rule, words: words, top: upper.top, seen: frame.upper.height - upper.heads,
            of: content.upper.count - upper.heads)
        drawUpper(content, detail, model, &painter, in: frame.upper)
        if !frame.divider.isEmpty {
            let top = min(detail.scroll, max(0, content.lower.count - frame.lower.height))
            painter.rule(
                content.divider, in: frame.divider, isFocused: detail.isBelow, top: top, seen: frame.lower.height,
                of: content.lower.count)
            draw(content.lower, from: top, pan: model.pan, &painter, in: frame.lower)
        }
    }

    /// The Summary tells the fix itself.
    static func hasFix(_ model: Model) -> Bool {
        model.detail?.tab != .summary && model.detailRow?.isProblem == true
    }

    private static func drawHead(_ row: Row, _ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        let role = Role.severity(row.state)
        let mark = StyledLine(model.log.marked[row.domain] == nil ? " " : "*", .changeUnacknowledged)
        var name = mark.adding(row.domain.text, row.state == .bouncing ? role : .title)
        // On a narrow screen the name is worth more than since when it is so, and than the word for it.
        let brief = StyledLine("\(row.state.glyph) \(row.state.word)", role)
        let full = Subject(row, model).stateLine
        let isNarrow = isNarrow(area.width)
        let state = isNarrow && name.width + full.width + 2 > area.width ? brief : full
        let stateWidth = state.width + 1
        let room = area.width - stateWidth - 1
        guard isNarrow ? name.width <= room : room >= 12 else {
            return painter.put(
                StyledLine(String(row.state.glyph), role).adding(mark).adding(row.domain.text, .title), in: area)
        }
        func add(_ text: String, _ role: Role) {
            if !isNarrow || name.width + TextWidth.columns(of: text) <= room { name.add(text, role) }
        }
        if let display = row.watched.displayName, display != row.domain.text { add("  \(display)", .text) }
        if !row.watched.tags.isEmpty {
            add("  " + row.watched.tags.map { "@" + $0 }.joined(separator: " "), .textDim)
        }
        painter.put(name, in: Rect(x: area.x, y: area.y, width: room, height: 1))
        painter.put(state, in: Rect(x: area.maxX - stateWidth, y: area.y, width: stateWidth, height: 1))
    }

    private static func isNarrow(_ width: Int) -> Bool { width < ScreenClass.narrow }

    /// - Returns: whether the words of the banner stand beside the tabs, where there are any.
    private static func drawTabs(
        _ open: Detail.Tab, _ model: Model, _ painter: inout Painter, in area: Rect
    ) -> Bool {
        guard !area.isEmpty else { return false }
        // Where columns lack, the brackets stand in the blanks between.
        let isNarrow = isNarrow(area.width)
        let brief = Detail.Tab.allCases.reduce(1) { $0 + $1.briefName.utf8.count + 4 }
        var line = StyledLine(isNarrow && open == .summary ? "" : " ")
        for tab in Detail.Tab.allCases {
            let isShort = isNarrow || brief > area.width
            let name = isShort ? tab.shortName : area.width < 100 ? tab.briefName : tab.name
            let text = "\(tab.number) \(name)"
            if tab == open {
                line.add("[\(text)]", .tabActive)
            } else if isNarrow {
                line.add(tab.stepped(by: 1) == open ? text : text + " ", .tab)
            } else {
                line.add(" \(text) ", .tab)
            }
        }
        painter.put(line, in: area)
        // Whoever reads about one domain still sees what happens to the others.
        let room = area.width - line.width - 2
        let words = BannerView.words(model)
        let isTold = words.width <= room
        var right = isTold ? words : .empty
        let role: Role =
            isTold && model.network.isSuspect
            ? .messageError : model.fleet.count(.bouncing) > 0 ? .severityBouncing : .severityRisk
        for count in CountsView.words(of: model.fleet, states: [.bouncing, .risk]) {
            let longer = right.adding(right.pieces.isEmpty ? count : " " + count, role)
            guard longer.width < room else { break }
            right = longer
        }
        painter.put(right, in: area.columns(.flex(1), .fixed(right.width + 1))[1])
        return isTold
    }

    private static func drawUpper(
        _ content: DetailContent, _ detail: Detail, _ model: Model, _ painter: inout Painter, in area: Rect
    ) {
        let (heads, top, selected) = upper(content, detail, in: area)
        draw(Array(content.upper.prefix(heads)), from: 0, pan: model.pan, &painter, in: area)
        let body = Rect(x: area.x, y: area.y + heads, width: area.width, height: area.height - heads)
        draw(Array(content.upper.dropFirst(heads)), from: top, pan: model.pan, &painter, in: body)
        guard let selected else { return }
        let row = body.row(selected - top)
        // A colour alone may be hard to see; the first column is left free for this.
        painter.put(">", .key, x: row.x, y: row.y, in: row)
        painter.overlay(row, detail.isBelow ? .rowCursorBlur : .rowCursor)
    }

    /// Of the upper part: the lines that stay, the first of the others that is seen, and which of those is selected.
    private static func upper(
        _ content: DetailContent, _ detail: Detail, in area: Rect
    ) -> (heads: Int, top: Int, selected: Int?) {
        guard let last = content.entries.indices.last else {
            return (min(content.heads, area.height), min(detail.scroll, max(0, content.upper.count - area.height)), nil)
        }
        let heads = min(content.heads, max(0, area.height - 1))
        let selected = content.entries[min(detail.selection, last)] - heads
        let height = area.height - heads
        let top = Model.scrolled(
            selected - height / 2, to: selected, of: content.upper.count - heads, height: height)
        return (heads, top, selected)
    }

    private static func draw(
        _ lines: [StyledLine], from top: Int, pan: Int, _ painter: inout Painter, in area: Rect
    ) {
        for offset in 0..<area.height {
            guard lines.indices.contains(top + offset) else { break }
            painter.put(lines[top + offset], in: area.row(offset), pan: pan)
        }
    }
}

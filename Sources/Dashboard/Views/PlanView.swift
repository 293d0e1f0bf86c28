//   acme-payments.example                                    PLAN   now X BOUNCE
//   judged 14:32:10Z: nobody would refuse who takes mail now
//  -------------------------------------------------------------------------------
//   MX       10  mx1.acme-payments.example                                   goes
//            30  mx3.acme-payments.example                                    new
//                add a host: PREFERENCE:HOST
//   POLICY       as served now
//   ...
//  -- If it is made at once: ! RISK mx3: not in the policy -------------------------
//   WHO      mta-sts             delivers -> REFUSED from then on: ...
//
//   ORDER     1  Publish ...

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// The plan screen: a form above, who would refuse and the safe order below.
enum PlanView {
    static func frame(_ model: Model, _ size: Size) -> DetailFrame {
        DetailFrame(size, content: content(model, width: size.width))
    }

    static func content(_ model: Model, width: Int) -> DetailContent {
        guard let board = model.plan else { return DetailContent() }
        let ground = PlanGround(model.planRow?.status)
        let lines = board.lines(ground)
        let form = PlanForm(request: board.request, ground: ground, now: model.clock, width: width)
        var content = DetailContent()
        for (number, line) in lines.enumerated() {
            content.upper.append(form.line(line, after: number == 0 ? nil : lines[number - 1]))
        }
        content.entries = Array(lines.indices)
        switch board.standing {
        case .idle:
            content.divider = "Consequences"
            content.lower = idle(model, width: width)
        case .running:
            content.divider = "Consequences"
            let what = board.request.addedMX.compactMap(\.host?.text)
            let look =
                what.isEmpty
                ? "" : "Looking at \(what.joined(separator: ", ")): where nobody answers this takes a while. "
            content.lower = TextWidth.wrapped(look + "Judging the change ...", to: max(8, width - 2))
                .map { StyledLine(" " + $0, .messageInfo) }
        case .failed(let reason):
            content.divider = "Not judged"
            content.lower = TextWidth.wrapped(reason, to: max(8, width - 2)).map { StyledLine(" " + $0, .messageError) }
        case .judged(let plan, _):
            let state = plan.after.state
            let when = width < ScreenClass.narrow ? "At once" : "If it is made at once"
            content.divider = "\(when): \(state.glyph) \(state.word) \(plan.after.why)"
            content.lower = PlanText(plan, now: model.clock, width: width).lines
        }
        return content
    }

    static func draw(_ model: Model, _ painter: inout Painter, size: Size) {
        guard let board = model.plan, let row = model.planRow else { return }
        let content = content(model, width: size.width)
        let frame = DetailFrame(size, content: content)
        let words = BannerView.words(model, columns: size.width - 6)
        drawHead(row, model, &painter, in: DetailView.head(of: frame, beside: words, model, &painter))
        painter.put(standing(board, isNarrow: size.width < ScreenClass.narrow), in: frame.tabs)
        // Drawn as a tab with a table: the form is the table.
        var shown = Detail(domain: row.domain, tab: .hosts)
        shown.selection = board.selection
        shown.scroll = board.scroll
        DetailView.drawBody(content, shown, model, &painter, frame, words: words)
        FooterView.draw(model, &painter, in: frame.footer)
    }

    private static func drawHead(_ row: Row, _ model: Model, _ painter: inout Painter, in area: Rect) {
        let state = StyledLine("PLAN   now ", .title)
            .adding("\(row.state.glyph) \(row.state.word)", Role.severity(row.state))
        let name = StyledLine(" " + row.domain.text, .title)
        let room = area.width - state.width - 2
        guard room >= 12 else { return painter.put(name, in: area) }
        painter.put(name, in: Rect(x: area.x, y: area.y, width: room, height: 1))
        painter.put(
            state, in: Rect(x: area.maxX - state.width - 1, y: area.y, width: state.width, height: 1))
    }

    private static func standing(_ board: PlanBoard, isNarrow: Bool) -> StyledLine {
        switch board.standing {
        case .idle:
            let words = isNarrow ? " Nothing is planned." : " Nothing is planned; nothing here touches DNS or a server."
            return StyledLine(words, .textDim)
        case .running: return StyledLine(" Judging ...", .messageInfo)
        case .failed: return StyledLine(" Not judged: see below.", .messageError)
        case .judged(let plan, let moment):
            let line = isNarrow ? StyledLine(" ") : StyledLine(" Judged \(Moment(moment).clock): ", .textDim)
            if plan.harmsSomebody {
                let way = isNarrow ? "see ORDER" : "the order below does not"
                return line.adding("at once it HURTS; \(way)", .severityBouncing)
            }
            // A class that was refused in part stays so while one more host refuses it.
            let isWorse = plan.newFindings.contains { $0.severity < .info }
            return isWorse
                ? line.adding("no class fares worse, but see NEW", .severityWarning)
                : line.adding("nobody would refuse who takes mail now", .severityOK)
        }
    }

    private static func idle(_ model: Model, width: Int) -> [StyledLine] {
        let text =
            "\(model.label(of: .open)) on a line changes it: a host goes or stays, a file or an id is asked for. "
            + "Then it is told here who would refuse, from when until when, and in which order the change hurts nobody."
        return TextWidth.wrapped(text, to: max(8, width - 2)).map { StyledLine(" " + $0, .textDim) }
    }
}

//   X 3 BOUNCING   ! 5 RISK   ~ 41 WARN   ? 7   . 8730 OK              14:32:07Z
//
//   ######              ######              ##  ##  ##
//       ##              ##                  ##  ##  ##
//   ######              ######              ######  ##
//       ##                  ##                  ##  ##
//   ######              ######                  ##  ##
//   X BOUNCING          ! RISK              ~ WARN
//  -- Changes: 2 unacked --------------------------------------------------------
//    14:31:50 northwind.example  OK -> BOUNCE  STARTTLS gone from mx1

import Cells
import Deliverability
import FoundationEssentials

/// The counts as large as the window allows, the newest changes under them: for a screen on a wall.
enum WallView {
    /// Lines of changes that the digits leave at least.
    private static let leastChanges = 3

    private struct Scale {
        let across: Int
        let down: Int

        static let all =
            [Scale(across: 6, down: 3), Scale(across: 4, down: 2), Scale(across: 2, down: 1)]
            + [Scale(across: 1, down: 1)]
    }

    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        let parts = area.rows(.fixed(1), .flex(1), .fixed(area.height >= 6 ? 1 : 0))
        BannerView.draw(model, &painter, in: parts[0])
        FooterView.draw(model, &painter, in: parts[2])
        let body = parts[1]
        let states: [DomainState] =
            area.width < 100
            ? [.bouncing, .risk, .warning]
            : [
                .bouncing, .risk, .warning, .unknown,
            ]
        let cell = area.width / states.count
        let height = digits(states, model.fleet, cell: cell, height: body.height).map { scale in
            draw(states, model, scale, cell: cell, &painter, in: body)
        }
        let used = height ?? 0
        let rest = Rect(x: body.x, y: body.y + used, width: body.width, height: body.height - used)
        guard rest.height >= 2 else { return }
        let unseen = model.log.markedCount
        painter.rule(unseen > 0 ? "Changes: \(unseen) unacked" : "Changes", in: rest)
        LowerPanesView.drawChanges(
            model, isFocused: false,
            &painter, in: Rect(x: rest.x, y: rest.y + 1, width: rest.width, height: rest.height - 1))
    }

    /// The largest scale at which every number fits its place; nil where none does. The places are as wide as the
    /// list could ever need, up to hundreds: nothing changes its size when a number grows.
    private static func digits(_ states: [DomainState], _ fleet: Fleet, cell: Int, height: Int) -> Scale? {
        let usual = min(3, String(fleet.rows.count).utf8.count)
        let most = states.map { String(fleet.count($0)).utf8.count }.max() ?? 1
        return Scale.all.first { scale in
            BlockDigits.width(digits: max(usual, most), across: scale.across) + 2 <= cell
                && BlockDigits.rows * scale.down + 3 + leastChanges + 1 <= height
        }
    }

    /// - Returns: the rows that were used.
    private static func draw(
        _ states: [DomainState], _ model: Model, _ scale: Scale, cell: Int, _ painter: inout Painter, in area: Rect
    ) -> Int {
        let height = BlockDigits.rows * scale.down
        for (place, state) in states.enumerated() {
            let count = model.fleet.count(state)
            // What is not there must not shout.
            let role: Role = count > 0 ? .severity(state) : .textDim
            let x = area.x + place * cell + 1
            for (row, line) in BlockDigits.lines(count, across: scale.across, down: scale.down).enumerated() {
                painter.put(line, role, x: x, y: area.y + 1 + row, in: area)
            }
            let word = state == .bouncing ? "BOUNCING" : state.word
            painter.put("\(state.glyph) \(word)", role, x: x, y: area.y + 1 + height, in: area)
        }
        return height + 3
    }
}

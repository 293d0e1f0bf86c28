//   X 3 BOUNCING   ! 5 RISK   ~ 41 WARN   ? 7   . 8730 OK   - 1214 NONE   14:32:07Z
//   !! OFFLINE 3m: no DNS. Last results shown.                             X3 !5 ~41
//   || PAUSED 2m: 4 changes waiting, 1 BOUNCE   p resume                  X3 !5 ~41

import Cells
import Deliverability
import FoundationEssentials

/// The first line: one block in the colour of the worst that is going on, to be read from across the room.
enum BannerView {
    static func role(_ model: Model) -> Role {
        if model.network.isSuspect { return .barOffline }
        if model.pause != nil { return .barPaused }
        if model.fleet.count(.bouncing) > 0 { return .barBouncing }
        return model.fleet.count(.risk) > 0 ? .barRisk : .barClear
    }

    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        let role = role(model)
        painter.fill(area, role)
        let isCompact = area.width < 60
        let right: String
        let left: String
        if let special = special(model, isCompact: isCompact) {
            left = special
            right = CountsView.words(of: model.fleet).joined(separator: " ")
        } else {
            right = clock(model, width: area.width)
            left = counts(model.fleet, columns: area.width - right.utf8.count - 4)
        }
        let rightWidth = TextWidth.columns(of: right)
        let showsRight = rightWidth + 12 <= area.width
        let room = area.width - 2 - (showsRight ? rightWidth + 2 : 0)
        painter.put(TextWidth.truncated(left, to: room), role, x: area.x + 1, y: area.y, in: area)
        if showsRight { painter.put(right, role, x: area.maxX - rightWidth - 1, y: area.y, in: area) }
    }

    /// What stands in place of the counts while the screen does not show what is.
    private static func special(_ model: Model, isCompact: Bool) -> String? {
        if case .suspect(let reason, let since) = model.network {
            let age = Lapse.age(since: since, now: model.clock)
            // The reason may be a sentence of its own.
            let words = reason.hasSuffix(".") ? reason.dropLast() : reason[...]
            return isCompact
                ? "!! OFFLINE \(age)" : "!! OFFLINE \(age): \(words). Last results shown."
        }
        guard let pause = model.pause else { return nil }
        let age = Lapse.age(since: pause.since, now: model.clock)
        guard !isCompact else { return "|| PAUSED \(age) +\(pause.changes.count)" }
        let bounces = pause.changes.values.count { $0.stateAfter == .bouncing }
        let what = pause.changes.count == 1 ? "1 change" : "\(pause.changes.count) changes"
        let worst = bounces > 0 ? ", \(bounces) BOUNCE" : ""
        return "|| PAUSED \(age): \(what) waiting\(worst)   \(model.label(of: .pause)) resume"
    }

    private static func clock(_ model: Model, width: Int) -> String {
        let moment = Moment(model.clock)
        if case .clockSuspect(let minutes, _) = model.network, width >= 60 {
            return "CLOCK \(abs(minutes))m \(minutes > 0 ? "SLOW" : "FAST")?  \(moment.clock)"
        }
        if width < 60 { return moment.time }
        return width < 110 ? moment.clock : "\(moment.weekdayAndDay)  \(moment.clock)"
    }

    /// The counts in the longest form that fits.
    private static func counts(_ fleet: Fleet, columns: Int) -> String {
        let states = [DomainState.bouncing, .risk, .warning, .unknown, .ok, .unprotected]
            .filter { fleet.count($0) > 0 }
        guard !states.isEmpty else { return "stswatch" }
        func word(_ state: DomainState) -> String { state == .bouncing ? "BOUNCING" : state.word }
        let long = states.map { "\($0.glyph) \(fleet.count($0)) \(word($0))" }
        let middle = zip(states, long).map { $0 == .unknown ? "? \(fleet.count($0))" : $1 }
        let short = states.map { "\($0.glyph)\(fleet.count($0))" }
        let forms = [
            long.joined(separator: "     "), middle.joined(separator: "   "), middle.joined(separator: "  "),
            short.joined(separator: "  "),
        ]
        return forms.first { $0.utf8.count <= columns } ?? short.joined(separator: " ")
    }
}

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

    /// Why the screen may not show what is, where there is no banner: the graver first, and the lesser where it fits
    /// in `columns` too. Empty while the screen does show it.
    static func words(_ model: Model, columns: Int = .max) -> StyledLine {
        var words = StyledLine()
        if model.network.isSuspect { words.add("!! OFFLINE", .messageError) }
        guard model.pause != nil else { return words }
        let both = words.adding(words.pieces.isEmpty ? "" : " ").adding("|| PAUSED", .messageInfo)
        return both.width <= columns || words.pieces.isEmpty ? both : words
    }

    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty else { return }
        let role = role(model)
        painter.fill(area, role)
        let isCompact = area.width < ScreenClass.narrow
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
            // Who comes back online and still sees nothing move must know why.
            let paused = model.pause == nil ? "" : " || PAUSED"
            let offline = "!! OFFLINE \(Lapse.age(since: since, now: model.clock))\(paused)"
            // The reason may be a sentence of its own, with a remedy, for which the remarks have room.
            let brief = reason.firstRange(of: ": check ").map { reason[..<$0.lowerBound] } ?? reason[...]
            let words = brief.hasSuffix(".") ? brief.dropLast() : brief
            let isAnyKnown = model.fleet.unchecked < model.fleet.rows.count
            return isCompact ? offline : "\(offline)\(isAnyKnown ? ", last results shown" : ""): \(words)"
        }
        guard let pause = model.pause else { return nil }
        let age = Lapse.age(since: pause.since, now: model.clock)
        let waiting = pause.waiting(beside: model.log)
        guard !isCompact else { return "|| PAUSED \(age) +\(waiting)" }
        let bounces = pause.bounces(beside: model.fleet)
        let what = waiting == 1 ? "1 change" : "\(waiting) changes"
        let worst = bounces > 0 ? ", \(bounces) BOUNCE" : ""
        return "|| PAUSED \(age): \(what) waiting\(worst)   \(model.label(of: .pause)) resume"
    }

    private static func clock(_ model: Model, width: Int) -> String {
        let moment = Moment(model.clock)
        if case .clockSuspect(let minutes, _) = model.network, width >= ScreenClass.narrow {
            return "CLOCK \(abs(minutes))m \(minutes > 0 ? "SLOW" : "FAST")?  \(moment.clock)"
        }
        if width < ScreenClass.narrow { return moment.time }
        return width < 110 ? moment.clock : "\(moment.weekdayAndDay)  \(moment.clock)"
    }

    /// One form of the counts, from the widest to the narrowest.
    private struct Form {
        let gap: Int
        let hasWords: Bool
        var isLong = false
        /// Of the words only the one that must not be missed.
        var hasAlarm = false
        var states = allStates

        static let all = [
            Form(gap: 5, hasWords: true, isLong: true), Form(gap: 3, hasWords: true), Form(gap: 2, hasWords: true),
            Form(gap: 1, hasWords: true), Form(gap: 2, hasWords: false, hasAlarm: true),
            Form(gap: 2, hasWords: false), Form(gap: 1, hasWords: false),
            Form(gap: 1, hasWords: false, states: [.bouncing, .risk, .warning, .unknown]),
        ]

        func text(_ state: DomainState, _ count: Int) -> String {
            guard hasWords || (hasAlarm && state == .bouncing) else { return "\(state.glyph)\(count)" }
            if state == .unknown, !isLong { return "\(state.glyph) \(count)" }
            return "\(state.glyph) \(count) \(state == .bouncing ? "BOUNCING" : state.word)"
        }
    }

    private static let allStates: [DomainState] = [.bouncing, .risk, .warning, .unknown, .ok, .unprotected]

    /// The counts, each in a place that does not move when a number grows: as on a board of lamps, the place of a
    /// state without domains stays dark. The longest form whose places fit.
    private static func counts(_ fleet: Fleet, columns: Int) -> String {
        guard !fleet.rows.isEmpty else { return "stswatch" }
        let places = Form.all.map { form in form.states.map { place($0, form, fleet) } }
        let fitting = zip(Form.all, places).first { form, places in
            places.reduce(0, +) + form.gap * (places.count - 1) <= columns
        }
        guard let (form, widths) = fitting ?? zip(Form.all, places).suffix(1).last else { return "" }
        return zip(form.states, widths).map { state, width in
            let count = fleet.count(state)
            return TextWidth.fitted(count > 0 ? form.text(state, count) : "", to: width)
        }.joined(separator: String(repeating: " ", count: form.gap))
    }

    /// The columns that a state needs at the worst: problems are seldom more than hundreds.
    private static func place(_ state: DomainState, _ form: Form, _ fleet: Fleet) -> Int {
        let digits = String(fleet.rows.count).utf8.count
        let few = max(min(digits, 3), String(fleet.count(state)).utf8.count)
        let most = state < .unknown ? few : state == .unknown ? max(few, fleet.unchecked > 0 ? digits : 0) : digits
        return form.text(state, 0).utf8.count - 1 + most
    }
}

//  X3 !5 ~41

import Cells
import Deliverability

/// The counts alone, for a window of any size down to one cell, and above them why they may be old.
enum CountsView {
    /// `X3`, `!5` and so on, worst first, without the states that have no domain.
    static func words(of fleet: Fleet, states: [DomainState] = [.bouncing, .risk, .warning, .unknown]) -> [String] {
        states.filter { fleet.count($0) > 0 }.map { "\($0.glyph)\(fleet.count($0))" }
    }

    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        painter.fill(area, BannerView.role(model))
        guard !area.isEmpty else { return }
        var x = area.x
        for state in [DomainState.bouncing, .risk, .warning, .unknown, .ok, .unprotected] {
            let count = model.fleet.count(state)
            // What is fine is only told where nothing else is.
            guard count > 0, state > .unknown ? x == area.x : true else { continue }
            let word = "\(state.glyph)\(count)"
            let width = TextWidth.columns(of: word)
            if x > area.x, x + 1 + width > area.maxX { break }
            if x > area.x { x += 1 }
            let fits = x + width <= area.maxX
            x += painter.put(
                fits ? word : String(state.glyph), BannerView.role(model), x: x, y: area.y + area.height / 2, in: area)
        }
        if x == area.x { painter.put("-", BannerView.role(model), x: x, y: area.y, in: area) }
        let words = BannerView.words(model, columns: area.width)
        if area.height >= 3, words.width <= area.width {
            let text = words.pieces.map(\.text).joined()
            painter.put(text, BannerView.role(model), x: area.x, y: area.y + area.height / 2 - 1, in: area)
        }
    }
}

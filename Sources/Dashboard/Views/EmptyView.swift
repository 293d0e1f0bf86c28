//  No domains yet.  Add some:  :add example.com   or   stswatch list.txt
//
//  Filter 'state:bouncing' matches 0 of 10000.  Nothing is bouncing.  Esc clears

import Cells
import Deliverability

/// What stands in the table while it has no rows: why, and what to do.
enum EmptyView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        var y = area.y + (area.height > 4 ? 1 : 0)
        for (text, role) in lines(model) {
            for part in TextWidth.wrapped(text, to: max(1, area.width - 2)) {
                painter.put(part, role, x: area.x + 1, y: y, in: area)
                y += 1
            }
        }
    }

    private static func lines(_ model: Model) -> [(String, Role)] {
        guard model.hasList else { return [("Reading the list...", .textDim)] }
        let total = model.fleet.rows.count
        guard total > 0 else {
            let add = model.label(of: .command)
            var lines: [(String, Role)] = [
                ("No domains yet.  Add some:  \(add)add example.com   or   stswatch list.txt", .textStrong),
                ("What is added so is watched until the end of this run; a list keeps it.", .text),
                ("A list has one domain a line; # begins a comment, @tags may follow the name.", .text),
            ]
            if model.lacksSettings {
                lines.append(("No settings file, defaults in use: stswatch config --default", .textDim))
            }
            lines.append(
                ("\(model.label(of: .help)) help   \(model.label(of: .quitView)) quit", .textDim))
            if !model.listProblems.isEmpty {
                lines.append(("", .text))
                lines += model.listProblems.prefix(5).map { ("list: " + $0, Role.messageError) }
            }
            return lines
        }
        let arrangement = model.fleet.arrangement
        let what =
            switch (arrangement.filter.isEmpty, arrangement.problemsOnly) {
            case (false, true): "Filter '\(arrangement.filter.text)' with problems only"
            case (false, false): "Filter '\(arrangement.filter.text)'"
            default: "Problems only"
            }
        let bouncing = model.fleet.count(.bouncing)
        let state = bouncing == 0 ? "Nothing is bouncing." : "\(bouncing) bouncing, hidden by it."
        let clear = model.label(of: .back)
        let verb = arrangement.filter.isEmpty ? "shows" : "matches"
        return [("\(what) \(verb) 0 of \(total).  \(state)  \(clear) clears", bouncing == 0 ? .text : .messageError)]
    }
}

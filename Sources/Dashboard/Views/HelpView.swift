//   stswatch keys                                  type to search; Esc closes
//   MOVE               TABLE                 DOMAIN                ANYWHERE
//   j k Up Dn  row     /     filter          Enter  open           ? F1  help
//   ...
//   STATE  X BOUNCE  ! RISK  ~ WARN  ? UNKNOWN  . OK  - NONE     * unacked change

import Cells
import Deliverability

/// The keys, made from the live map.
enum HelpView {
    private struct Entry {
        /// By action.
        var keys: [[String]]
        let text: String

        /// All keys where they fit in nine columns, else the first of each action, or `1-6` of a run.
        var shown: String {
            let all = keys.flatMap { $0 }.joined(separator: " ")
            guard TextWidth.columns(of: all) > 9 else { return all }
            let first = keys.compactMap(\.first)
            let codes = first.compactMap { $0.utf8.count == 1 ? $0.utf8.first.map(Int.init) : nil }
            let isRun = codes.count == first.count && zip(codes, codes.dropFirst()).allSatisfy { $1 == $0 + 1 }
            guard isRun, first.count > 2 else { return first.joined(separator: " ") }
            return "\(first[0])-\(first[first.count - 1])"
        }
        var keyColumns: Int { TextWidth.columns(of: shown) }
    }

    static func draw(_ model: Model, query: LineInput, scroll: Int, _ painter: inout Painter, in area: Rect) {
        let lines = lines(model, query: query.text, width: area.width)
        painter.fill(area, .text)
        let top = area.row(0)
        painter.fill(top, .title)
        painter.put(
            query.isEmpty ? "stswatch keys" : "keys: \(query.text)", .title, x: top.x + 1, y: top.y, in: top)
        let legend = area.height >= 8 ? legend(width: area.width) : []
        let body = Rect(
            x: area.x, y: area.y + 1, width: area.width, height: area.height - 1 - legend.count)
        let start = min(max(0, scroll), max(0, lines.count - body.height))
        let place =
            lines.count > body.height
            ? "\(start + 1)-\(min(lines.count, start + body.height)) of \(lines.count)" : ""
        let hints = [area.width >= 50 ? "type to search; Esc closes" : "", place].filter { !$0.isEmpty }
        let hint = hints.joined(separator: "  ")
        painter.put(hint, .title, x: top.maxX - hint.utf8.count - 1, y: top.y, in: top)
        for row in 0..<body.height {
            guard lines.indices.contains(start + row) else { break }
            painter.put(lines[start + row], in: body.row(row))
        }
        for (row, line) in legend.enumerated() { painter.put(line, in: area.row(body.height + 1 + row)) }
    }

    /// The help in as many columns as fit beside one another.
    static func lines(_ model: Model, query: String, width: Int) -> [StyledLine] {
        let needle = query.lowercased()
        let sections = ActionInfo.Section.allCases.map { section in
            (name: section.rawValue, entries: entries(section, model.keymap, needle))
        }.filter { !$0.entries.isEmpty }
        guard !sections.isEmpty else { return [StyledLine(" no key for '\(query)'", .textDim)] }
        var lines: [StyledLine] = []
        var rest = sections[...]
        while !rest.isEmpty {
            // As many side by side as fit, at least one.
            var across = 0
            var used = 1
            for section in rest {
                let columns = columns(section.entries)
                if across > 0, used + columns > width { break }
                used += columns + 2
                across += 1
            }
            if !lines.isEmpty { lines.append(.empty) }
            lines += side(by: rest.prefix(across).map { ($0.name, $0.entries) })
            rest = rest.dropFirst(across)
        }
        return lines
    }

    /// Columns that keys and texts of a section take.
    private static func columns(_ entries: [Entry]) -> Int {
        let keys = entries.map(\.keyColumns).max() ?? 0
        return entries.map { keys + 1 + $0.text.utf8.count }.max() ?? 0
    }

    private static func side(by group: [(name: String, entries: [Entry])]) -> [StyledLine] {
        let height = group.map(\.entries.count).max() ?? 0
        return (-1..<height).map { row in
            var line = StyledLine(" ")
            var start = 1
            for section in group {
                line.pad(to: start)
                let keys = section.entries.map(\.keyColumns).max() ?? 0
                start += max(section.name.utf8.count, columns(section.entries)) + 2
                if row < 0 { line.add(section.name, .helpSection) }
                guard section.entries.indices.contains(row) else { continue }
                line.add(section.entries[row].shown, .helpKey, columns: keys + 1)
                line.add(section.entries[row].text, .text)
            }
            return line
        }
    }

    private static func entries(_ section: ActionInfo.Section, _ keymap: Keymap, _ needle: String) -> [Entry] {
        var entries: [Entry] = []
        for info in ActionInfo.all where info.section == section {
            let keys = keymap.keys(for: info.action).map(\.label)
            guard !keys.isEmpty else { continue }
            if let same = entries.firstIndex(where: { $0.text == info.help }) {
                entries[same].keys.append(keys)
            } else {
                entries.append(Entry(keys: [keys], text: info.help))
            }
        }
        guard !needle.isEmpty else { return entries }
        return entries.filter { entry in
            entry.text.lowercased().contains(needle) || entry.keys.joined().contains { $0.lowercased() == needle }
        }
    }

    /// What the glyphs mean, in as many lines as the states take.
    private static func legend(width: Int) -> [StyledLine] {
        let states = [DomainState.bouncing, .risk, .warning, .unknown, .ok, .unprotected]
        let unseen = "* unacked"
        var lines: [StyledLine] = []
        var line = StyledLine(" STATE", .helpSection)
        func fits(_ text: String) -> Bool { line.width + 2 + text.utf8.count <= width }
        for state in states {
            let text = "\(state.glyph) \(state.word)"
            if !fits(text) {
                lines.append(line)
                line = StyledLine("      ")
            }
            line.add("  ")
            line.add(text, Role.severity(state))
        }
        if fits(unseen) { line.add("  " + unseen, .textDim) }
        return lines + [line]
    }
}

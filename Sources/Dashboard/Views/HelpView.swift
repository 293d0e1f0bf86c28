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
        var keys: [String]
        let text: String
    }

    static func draw(_ model: Model, query: LineInput, scroll: Int, _ painter: inout Painter, in area: Rect) {
        let lines = lines(model, query: query.text, width: area.width)
        painter.fill(area, .text)
        let top = area.row(0)
        let hint = "type to search; Esc closes"
        painter.fill(top, .title)
        painter.put(
            query.isEmpty ? "stswatch keys" : "keys: \(query.text)", .title, x: top.x + 1, y: top.y, in: top)
        if area.width >= 50 { painter.put(hint, .title, x: top.maxX - hint.utf8.count - 1, y: top.y, in: top) }
        let hasLegend = area.height >= 8
        let body = Rect(
            x: area.x, y: area.y + 1, width: area.width, height: area.height - 1 - (hasLegend ? 1 : 0))
        let start = min(max(0, scroll), max(0, lines.count - body.height))
        for row in 0..<body.height {
            guard lines.indices.contains(start + row) else { break }
            painter.put(lines[start + row], in: body.row(row))
        }
        if hasLegend { painter.put(legend, in: area.row(area.height - 1)) }
    }

    /// The help in as many columns as fit beside one another.
    static func lines(_ model: Model, query: String, width: Int) -> [StyledLine] {
        let needle = query.lowercased()
        let sections = ActionInfo.Section.allCases.map { section in
            (name: section.rawValue, entries: entries(section, model.keymap, needle))
        }.filter { !$0.entries.isEmpty }
        guard !sections.isEmpty else { return [StyledLine(" no key for '\(query)'", .textDim)] }
        let across = max(1, min(sections.count, width / 26))
        let columns = max(1, width / across)
        var lines: [StyledLine] = []
        for start in stride(from: 0, to: sections.count, by: across) {
            if start > 0 { lines.append(.empty) }
            let group = sections[start..<min(sections.count, start + across)]
            let height = group.map(\.entries.count).max() ?? 0
            for row in -1..<height {
                var line = StyledLine(" ")
                for (place, section) in group.enumerated() {
                    line.pad(to: place * columns + 1)
                    if row < 0 { line.add(section.name, .helpSection) }
                    guard section.entries.indices.contains(row) else { continue }
                    let entry = section.entries[row]
                    line.add(TextWidth.truncated(entry.keys.joined(separator: " "), to: 10), .helpKey, columns: 11)
                    line.add(TextWidth.truncated(entry.text, to: max(1, columns - 13)), .text)
                }
                lines.append(line)
            }
        }
        return lines
    }

    private static func entries(_ section: ActionInfo.Section, _ keymap: Keymap, _ needle: String) -> [Entry] {
        var entries: [Entry] = []
        for info in ActionInfo.all where info.section == section {
            let keys = keymap.keys(for: info.action).map(\.label)
            guard !keys.isEmpty else { continue }
            if let same = entries.firstIndex(where: { $0.text == info.help }) {
                entries[same].keys += keys
            } else {
                entries.append(Entry(keys: keys, text: info.help))
            }
        }
        guard !needle.isEmpty else { return entries }
        return entries.filter { entry in
            entry.text.lowercased().contains(needle) || entry.keys.contains { $0.lowercased() == needle }
        }
    }

    private static var legend: StyledLine {
        var line = StyledLine(" STATE", .helpSection)
        for state in [DomainState.bouncing, .risk, .warning, .unknown, .ok, .unprotected] {
            line.add("  \(state.glyph) \(state.word)", Role.severity(state))
        }
        line.add("     * unacked change  + marked", .textDim)
        return line
    }
}

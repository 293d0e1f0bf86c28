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
        /// True for what is typed or read, and no key: any part of it is found.
        var isText = false

        init(_ keys: [[String]], _ text: String) {
            self.keys = keys
            self.text = text
        }

        /// Something to be typed or read.
        init(_ word: String, _ text: String) {
            self.init([[word]], text)
            isText = true
        }

        func holds(_ needle: String) -> Bool {
            text.lowercased().contains(needle)
                || keys.joined().contains { isText ? $0.lowercased().contains(needle) : $0.lowercased() == needle }
        }

        /// All keys where they fit in nine columns, else the first of each action, or `1-6` of a run.
        var shown: String {
            let all = keys.flatMap { $0 }.joined(separator: " ")
            guard !isText, TextWidth.columns(of: all) > 9 else { return all }
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
        let keys = ActionInfo.Section.allCases.map { (name: $0.rawValue, entries: entries($0, model.keymap)) }
        let sections = (keys + texts).map { section in
            (name: section.name, entries: section.entries.filter { needle.isEmpty || $0.holds(needle) })
        }.filter { !$0.entries.isEmpty }
        guard !sections.isEmpty else { return [StyledLine(" nothing found for '\(query)'", .textDim)] }
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

    /// What is typed after the keys of the filter and of the command line, and what the signs in front of a row say.
    private static let texts: [(name: String, entries: [Entry])] = [
        (
            "FILTER",
            FilterReader.fieldHelp.map { Entry($0.example, $0.text) } + [
                Entry("word", "in name or reason"), Entry("!word", "the opposite of any"),
            ]
        ),
        (
            "COMMANDS",
            Model.commandHelp.map { Entry(":\($0.name) \($0.argument)".trimmed, $0.text) }
        ),
        (
            "SIGNS",
            [
                Entry(">", "cursor"), Entry("*", "a change nobody has acknowledged"), Entry("+", "marked"),
                Entry("M15:32", "muted until then: nothing rings"), Entry("F6/h F6", "flapping: turns in an hour"),
                Entry("was", "seen by an earlier run"),
            ]
        ),
    ]

    private static func entries(_ section: ActionInfo.Section, _ keymap: Keymap) -> [Entry] {
        var entries: [Entry] = []
        for info in ActionInfo.all where info.section == section {
            let keys = keymap.keys(for: info.action).map(\.label)
            guard !keys.isEmpty else { continue }
            if let same = entries.firstIndex(where: { $0.text == info.help }) {
                entries[same].keys.append(keys)
            } else {
                entries.append(Entry([keys], info.help))
            }
        }
        return entries
    }

    /// What the glyphs mean, in as many lines as the states take.
    private static func legend(width: Int) -> [StyledLine] {
        let states = [DomainState.bouncing, .risk, .warning, .unknown, .ok, .unprotected]
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
        for sign in ["* unacked", "+ marked", "> cursor"] where fits(sign) { line.add("  " + sign, .textDim) }
        return lines + [line]
    }
}

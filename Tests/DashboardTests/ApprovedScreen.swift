import Cells
import FoundationEssentials

@testable import Dashboard

/// A screen as the approved files hold it: a heading, the text row by row, where the cursor stands, and the roles.
///
/// A row of roles reads `4-5 row.cursor: 1 text.strong 1 - 8 severity.risk`: so many columns of each role from the
/// left, `-` for none, up to the last that has one; rows that are equal are told once. Where a role lies over all that a
/// row shows it stands in front, where it lies over a part `severity.risk+input.match`. A screen that is the overview's or
/// the summary's of the same data and size, to the letter, has a line that says so in place of all this.
struct ApprovedScreen: Equatable {
    /// The data and the size, such as `normal 80x24`.
    let name: String
    /// The rows, each behind a bar, without the blanks at its end; nothing raw.
    let text: [String]
    let roles: [String]

    static let mark = "=== "

    init(name: String, text: [String], roles: [String]) {
        self.name = name
        self.text = text
        self.roles = roles
    }

    /// Draws the model.
    init(_ name: String, _ model: Model, _ size: Size) {
        var model = model
        model.theme = ApprovedScreen.probe
        self.init(name: name, view(model, size: size))
    }

    /// - Parameter canvas: drawn in the theme `probe`.
    init(name: String, _ canvas: Canvas) {
        self.name = name
        text = canvas.lines.map { "|" + $0 } + (canvas.cursor.map { ["cursor \($0.x),\($0.y)"] } ?? [])
        var rows: [(what: String, rows: [Int])] = []
        for y in 0..<canvas.height {
            let what = ApprovedScreen.roles(canvas, y)
            if let same = rows.firstIndex(where: { $0.what == what }) {
                rows[same].rows.append(y + 1)
            } else {
                rows.append((what, [y + 1]))
            }
        }
        roles = rows.filter { !$0.what.isEmpty }.map { ApprovedScreen.ranges($0.rows) + " " + $0.what }
    }

    /// `2,4-6`.
    private static func ranges(_ rows: [Int]) -> String {
        var ranges: [ClosedRange<Int>] = []
        for row in rows {
            if let last = ranges.last, last.upperBound == row - 1 {
                ranges[ranges.count - 1] = last.lowerBound...row
            } else {
                ranges.append(row...row)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }

    /// The screen, or that it is the same as one of these, by the names of their views.
    func told(beside others: [(view: String, screen: ApprovedScreen)]) -> ApprovedScreen {
        guard let same = others.first(where: { $0.screen == self }) else { return self }
        return ApprovedScreen(name: name, text: [], roles: ["as " + same.view])
    }

    var lines: [String] { [ApprovedScreen.mark + name] + text + roles }

    /// The screens of a file, in its order; what stands before the first heading does not count.
    static func all(in file: String) -> [ApprovedScreen] {
        var parts: [[String]] = []
        for line in file.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) {
            if line.hasPrefix(mark) { parts.append([]) }
            if !parts.isEmpty { parts[parts.count - 1].append(line) }
        }
        return parts.map { lines in
            let body = lines.dropFirst()
            let isText = { (line: String) in line.hasPrefix("|") || line.hasPrefix("cursor ") }
            return ApprovedScreen(
                name: String(lines[0].dropFirst(mark.count)), text: body.filter(isText),
                roles: body.filter { !isText($0) })
        }
    }

    private static func roles(_ canvas: Canvas, _ y: Int) -> String {
        var runs: [(role: String, over: String?, columns: Int)] = []
        for x in 0..<canvas.width {
            let role = canvas.role(x: x, y: y) ?? ""
            let look = canvas[x, y].flatMap { names[$0.style.background] } ?? ""
            let over = look == (role.isEmpty ? Role.text.rawValue : role) ? nil : look
            if let last = runs.last, last.role == role, last.over == over {
                runs[runs.count - 1].columns += 1
            } else {
                runs.append((role, over, 1))
            }
        }
        var front = ""
        if let over = runs.lazy.compactMap(\.over).first, runs.allSatisfy({ $0.over == over || $0.role == over }) {
            front = over + ": "
            runs = runs.map { ($0.role, nil, $0.columns) }
        }
        while let last = runs.last, last.role.isEmpty, last.over == nil { runs.removeLast() }
        let words = runs.map { run in
            "\(run.columns) \(run.role.isEmpty ? "-" : run.role)\(run.over.map { "+" + $0 } ?? "")"
        }
        return (front + words.joined(separator: " ")).trimmed
    }

    /// A theme in which each role has a background of its own: what lies over a row can be told from what is below.
    static let probe = Theme(
        builtIn: ThemeSource(
            name: Theme.auto.name, variant: .dark,
            roles: Dictionary(
                uniqueKeysWithValues: Role.allCases.enumerated().map { number, role in
                    (role.rawValue, ThemeSource.RoleLook(bg: color(number).hex))
                })))

    private static func color(_ number: Int) -> RGB { RGB(red: 1, green: 1, blue: UInt8(number)) }

    private static let names = Dictionary(
        uniqueKeysWithValues: Role.allCases.enumerated().map { number, role in (Color(color(number)), role.rawValue) })
}

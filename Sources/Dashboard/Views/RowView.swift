import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// One row of the table, column by column.
struct RowView {
    let row: Row
    let model: Model
    let isSelected: Bool

    private var facts: RowFacts { row.facts }

    private var isUnseen: Bool { model.log.marked[row.domain] != nil }
    private var lead: String { isSelected && model.pane == .table ? ">" : isUnseen && row.isMarked ? "+" : " " }
    private var flag: String { isUnseen ? "*" : row.isMarked ? "+" : " " }
    private var state: String { "\(row.state.glyph) \(row.state.word)" }

    func draw(_ columns: Table<OverviewColumn>, pan: Int, _ painter: inout Painter, in area: Rect) {
        painter.put(lead, .textStrong, x: area.x, y: area.y, in: area)
        painter.put(flag, isUnseen ? .changeUnacknowledged : .rowMarked, x: area.x + 1, y: area.y, in: area)
        painter.put(state, Role.severity(row.state), x: area.x + 2, y: area.y, in: area)
        for column in columns.columns {
            let x = area.x + OverviewColumn.prefix + column.x
            let cell = cell(column.id, width: column.width, screenWidth: area.width)
            let pan = column.id == .why ? pan : 0
            let clip = Rect(x: x, y: area.y, width: column.width, height: 1).intersection(area)
            if pan > 0 {
                painter.put(StyledLine(cell.text, cell.role), in: clip, pan: pan)
            } else {
                painter.put(
                    cell.text, cell.role, x: x, y: area.y, width: column.width, alignment: column.alignment, in: area)
            }
            if column.id == .domain { highlight(x: x, width: column.width, y: area.y, &painter) }
        }
    }

    /// The row as a line of text, for a file: name and reason whole, the names in so many columns.
    func text(_ columns: Table<OverviewColumn>, names: Int, screenWidth: Int) -> String {
        let cells = columns.columns.map { column in
            let text = cell(column.id, width: column.width, screenWidth: screenWidth).text
            guard column.id != .why else { return Escaped.text(text) }
            let width = column.id == .domain ? names : column.width
            return TextWidth.fitted(text, to: width, alignment: column.alignment)
        }
        return TextWidth.fitted(lead + flag + state, to: OverviewColumn.prefix) + cells.joined(separator: " ")
    }

    private func cell(_ column: OverviewColumn, width: Int, screenWidth: Int) -> (text: String, role: Role) {
        let now = model.clock
        switch column {
        case .domain: return (row.domain.text, row.state == .bouncing ? .textStrong : .text)
        case .policy: return policy(isNarrow: screenWidth < 80)
        case .tls: return tls(width: width)
        case .version:
            guard facts.tlsVersion.first?.isNumber == true else { return (facts.tlsVersion, .textDim) }
            return (facts.tlsVersion, facts.tlsVersion < "1.2" ? .severityRisk : .text)
        case .certificate: return RowView.left(facts.mxExpires, now, missing: facts.isChecked ? "-" : "?")
        case .webCertificate: return RowView.left(facts.webExpires, now, missing: facts.isChecked ? "-" : "?")
        case .idAge:
            let missing = facts.isChecked ? "-" : "?"
            return (facts.idSince.map { Lapse.age(since: $0, isOlder: facts.isIDOlder, now: now) } ?? missing, .text)
        case .maxAge: return (facts.maxAge.map(Lapse.whole) ?? (facts.isChecked ? "-" : "?"), .text)
        case .bounces:
            if facts.isRefused { return ("now", .severityBouncing) }
            guard let end = facts.nearBounce(now: now) else { return (facts.isChecked ? "-" : "?", .textDim) }
            // Passed, and not seen to be refused: the next look tells.
            guard end > now else { return ("due", Role.severity(row.state)) }
            return (Lapse.countdown(to: end, now: now), Role.severity(row.state))
        case .strip: return (strip, .text)
        case .age:
            let age = facts.checkedAt.map { Lapse.age(since: $0, now: now) } ?? ""
            return (age, model.network.isSuspect || row.isRemembered ? .rowStale : .textDim)
        case .why: return why(screenWidth: screenWidth)
        }
    }

    /// The reason as a screen of that width tells it: in words, or where it is narrow by its code.
    func why(screenWidth: Int) -> (text: String, role: Role) {
        let isNarrow = screenWidth < 80
        guard facts.isChecked else {
            let why = model.network.isSuspect ? "no answer yet: offline" : "not looked at yet"
            return (isNarrow ? "" : why, .textDim)
        }
        let code = FindingCode(rawValue: facts.code)?.brief ?? facts.why
        let notes = row.notes(now: model.clock, screenWidth: screenWidth)
        let text = row.told(notes + (isNarrow ? code : facts.why))
        return (text, row.state <= .risk ? Role.severity(row.state) : .text)
    }

    private func policy(isNarrow: Bool) -> (text: String, role: Role) {
        let role: Role =
            switch facts.policy {
            case "enforce": .text
            case "testing", "none", "?": .textDim
            default: .severityWarning
            }
        guard isNarrow else { return (facts.policy, role) }
        switch facts.policy {
        case "enforce": return ("E", role)
        case "testing": return ("T", role)
        case "none": return ("N", role)
        case "?": return ("?", role)
        default: return ("!", role)
        }
    }

    private func tls(width: Int) -> (text: String, role: Role) {
        guard facts.isChecked else { return ("?", .textDim) }
        guard let passing = facts.passing else {
            return (facts.hosts == 0 ? "?" : "?/\(facts.hosts)", .severityUnknown)
        }
        guard facts.hosts > 0 else { return ("-", .textDim) }
        let text = "\(passing)/\(facts.hosts)"
        let role: Role
        switch passing {
        case facts.hosts: role = .text
        // Where nobody enforces what it counts, it is no alarm.
        case _ where row.state >= .unprotected: role = .textDim
        case 0: role = .severityBouncing
        default: role = .severityRisk
        }
        return (text.utf8.count <= width ? text : "\(min(passing, 9))/+", role)
    }

    private var strip: String {
        guard facts.isChecked, let known = row.knownSince else { return "" }
        let since = row.stateSince.map { min($0, known) } ?? known
        return StateStrip.text(
            state: row.state, knownFrom: since, changes: model.log.changes(of: row.domain, limit: 50), now: model.clock)
    }

    /// What is left of a certificate, the nearer to its end the louder.
    static func left(_ end: Date?, _ now: Date, missing: String = "") -> (text: String, role: Role) {
        guard let end else { return (missing, .textDim) }
        let seconds = Lapse.difference(from: now, to: end)
        let role: Role =
            switch seconds {
            case ...0: .severityBouncing
            case ..<(7 * 86_400): .severityRisk
            case ..<(30 * 86_400): .severityWarning
            default: .text
            }
        return (Lapse.left(until: end, now: now), role)
    }

    /// Shows where the filter's words stand in the name.
    private func highlight(x: Int, width: Int, y: Int, _ painter: inout Painter) {
        let name = Array(row.domain.text.utf8)
        for needle in model.fleet.arrangement.filter.highlights {
            guard let start = Bytes.first(of: needle, in: name), start < width else { continue }
            let length = min(needle.count, width - start)
            painter.overlay(Rect(x: x + start, y: y, width: length, height: 1), .inputMatch)
        }
    }
}

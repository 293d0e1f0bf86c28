//   WHY  mx1.acme.example, mx2.acme.example: certificate expired 2h ago
//   FIX  Renew the certificate on mx1 and mx2 and reload the MTA.

import Cells
import Deliverability
import MTASTS

/// The reason and the way out for the row under the cursor, and for no other: what it is about stands above it.
enum FixView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty, let row = model.focusedRow, row.facts.isChecked else { return }
        var why = StyledLine(" WHY  ", .title)
        // Of a group only its first domain is meant, which the table may not name.
        if model.showsGroups, model.pane == .table { why.add(row.domain.text + ": ", .textStrong) }
        why.add(reason(row, model), row.isProblem ? Role.severity(row.state) : .text)
        var fix = StyledLine(" FIX  ", .title)
        if row.state != .ok, let text = fixText(row) { fix.add(text) } else { fix = .empty }
        if area.height == 1 {
            why.add("  ")
            for piece in fix.pieces { why.add(piece.text, piece.role) }
            painter.put(why, in: area)
        } else {
            painter.put(why, in: area.row(0))
            painter.put(fix, in: area.row(1))
        }
    }

    /// What is fine has a verdict and no reason.
    private static func reason(_ row: Row, _ model: Model) -> String {
        guard row.facts.why.isEmpty, let assessment = row.status?.assessment else { return row.told(row.facts.why) }
        return Verdict(assessment, now: model.clock).headline
    }

    static func fixText(_ row: Row) -> String? {
        row.status?.assessment.flatMap { foremost($0.findings) }
    }

    /// The way out of the foremost finding; where the same befell several hosts, of all of them.
    static func foremost(_ findings: [Finding]) -> String? {
        guard let first = findings.first(where: { !$0.fix.isEmpty }) else { return nil }
        let host = String(first.subject.prefix { $0 != " " })
        guard host.contains("."), first.fix.contains(host) else { return first.fix }
        var names: [String] = []
        for finding in findings where finding.code == first.code {
            let name = String(finding.subject.prefix { $0 != " " })
            guard !names.contains(name), finding.fix.replacing(name, with: host) == first.fix else { continue }
            names.append(name)
        }
        guard names.count > 1, let last = names.popLast() else { return first.fix }
        return first.fix.replacing(host, with: names.joined(separator: ", ") + " and \(last)")
    }
}

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
    static func foremost(_ findings: [Finding]) -> String? { ways(findings).first }

    /// Each way out once, in the order of the findings; what is the same for several hosts names all of them.
    static func ways(_ findings: [Finding]) -> [String] {
        var ways: [String] = []
        var told: Set<String> = []
        for finding in findings where !finding.fix.isEmpty && told.insert(finding.fix).inserted {
            let host = host(of: finding)
            guard host.contains("."), finding.fix.contains(host) else {
                ways.append(finding.fix)
                continue
            }
            var names = [host]
            for other in findings where other.code == finding.code && !names.contains(Self.host(of: other)) {
                let name = Self.host(of: other)
                guard other.fix.replacing(name, with: host) == finding.fix else { continue }
                told.insert(other.fix)
                names.append(name)
            }
            let last = names.removeLast()
            let all = names.isEmpty ? last : names.joined(separator: ", ") + " and \(last)"
            ways.append(finding.fix.replacing(host, with: all))
        }
        return ways
    }

    private static func host(of finding: Finding) -> String { String(finding.subject.prefix { $0 != " " }) }
}

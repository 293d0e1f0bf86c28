//  X BOUNCE for 1h51m   mode enforce
//  Senders that honour MTA-STS are refused at every MX
//    mx1.acme.example  certificate expired: notAfter ...
//  FIX renew the certificate on mx1 and mx2
//  ...
//  Enter for all tabs

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// The domain under the cursor in brief: the state, the reasons, the fix, and the policy.
enum SideView {
    static func draw(_ model: Model, _ painter: inout Painter, in area: Rect) {
        guard !area.isEmpty, let row = model.focusedRow else { return }
        let all = lines(row, model, width: area.width)
        let room = area.height
        for (number, line) in all.prefix(room).enumerated() {
            painter.put(line, in: area.row(number))
        }
        let more = "\(model.label(of: .open)) for all tabs"
        if all.count < room { painter.put(more, .textDim, x: area.x, y: area.maxY - 1, in: area) }
    }

    private static func lines(_ row: Row, _ model: Model, width: Int) -> [StyledLine] {
        var lines: [StyledLine] = []
        func wrap(_ text: String, _ role: Role, first: StyledLine = .empty) {
            let start = first.width
            for (number, part) in TextWidth.wrapped(text, to: max(8, width - start)).enumerated() {
                var line = number == 0 ? first : StyledLine()
                line.pad(to: start)
                line.add(part, role)
                lines.append(line)
            }
        }
        lines.append(Subject(row, model).stateLine)
        guard let assessment = row.status?.assessment else {
            wrap(Verdict.missing(Subject(row, model)), .textDim)
            return lines
        }
        wrap(Verdict(assessment, now: model.clock).headline, Role.severity(row.state))
        for finding in assessment.findings.filter({ $0.severity < .info }).prefix(4) {
            let first = StyledLine("  ")
            wrap("\(finding.subject)  \(finding.code.title)", Words.severity(finding.severity), first: first)
        }
        if let fix = FixView.foremost(assessment.findings.filter { $0.severity < .info }) {
            wrap(fix, .text, first: StyledLine("FIX ", .title))
        }
        if let next = Subject(row, model).nextCheck {
            lines.append(StyledLine("Next check \(next)", .textDim))
        }
        lines.append(.empty)
        let id = assessment.record?.record.map { "  id \($0.id)" } ?? ""
        let age = assessment.policy?.policy.map { "  max_age \($0.maxAge)" } ?? ""
        lines.append(StyledLine("Policy  ", .title).adding("\(row.facts.policy)\(id)\(age)"))
        if let mx = assessment.policy?.policy?.mx, !mx.isEmpty {
            wrap(
                mx.prefix(12).map(\.text).joined(separator: ", "), .text, first: StyledLine("        mx: "))
        }
        if let rua = assessment.tlsrpt?.rua.first {
            lines.append(StyledLine("TLS-RPT ", .title).adding(rua))
        }
        return lines
    }
}

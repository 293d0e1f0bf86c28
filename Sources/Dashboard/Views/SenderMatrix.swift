//   SENDERS                 all MX    10 mx1    20 mx2
//            mta-sts        REFUSED   refused   refused   certificate expired
//            cached 2025..  delivers                      until 1 Dec 12:00Z
//            opportunistic  delivers  delivers  delivers

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// Sender classes down, MX hosts across: who meets what, where.
struct SenderMatrix {
    private static let nameColumns = 16
    private static let cellColumns = 10

    private let assessment: Assessment
    private let now: Date

    init(_ assessment: Assessment, now: Date) {
        self.assessment = assessment
        self.now = now
    }

    func write(to text: inout StyledText) {
        guard !assessment.hosts.isEmpty else { return }
        text.section("SENDERS")
        let room = text.room - SenderMatrix.nameColumns - SenderMatrix.cellColumns
        let hosts = Array(assessment.hosts.prefix(max(0, min(8, room / SenderMatrix.cellColumns))))
        var head = StyledLine()
        head.add("", .head, columns: SenderMatrix.nameColumns)
        head.add("all MX", .head, columns: SenderMatrix.cellColumns)
        for host in hosts {
            let label = host.host.labels.first.map(String.init) ?? host.host.text
            let name = TextWidth.truncated("\(host.preference) \(label)", to: SenderMatrix.cellColumns - 1)
            head.add(name, .head, columns: SenderMatrix.cellColumns)
        }
        let hidden = assessment.hosts.count - hosts.count
        if hidden > 0 { head.add("+\(hidden)", .head) }
        text.add(head)
        row("mta-sts", assessment.mtaSTS, hosts, .mtaSTS, &text)
        for version in assessment.cached.prefix(8) { row(version, &text) }
        row("dane", assessment.dane, hosts, .dane, &text)
        row("opportunistic", assessment.opportunistic, hosts, .opportunistic, &text)
    }

    private func row(
        _ name: String, _ verdict: SenderVerdict, _ hosts: [HostJudgement], _ sender: SenderClass,
        _ text: inout StyledText
    ) {
        var line = StyledLine()
        line.add(name, .text, columns: SenderMatrix.nameColumns)
        let word = Words.delivery(verdict.delivery)
        line.add(word.text, word.role, columns: SenderMatrix.cellColumns)
        for host in hosts {
            let cell = Words.meeting(sender, at: host, of: assessment)
            line.add(cell.text, cell.role, columns: SenderMatrix.cellColumns)
        }
        // Since when all is well, or nothing applies, is no news.
        let isNews = [.refused, .partial, .unknown].contains(verdict.delivery)
        let since = (isNews ? verdict.since : nil).map { "since \(Moment($0).relative(to: Moment(now)))  " } ?? ""
        let until = verdict.until.map { "until \(Moment($0).relative(to: Moment(now)))  " } ?? ""
        let room = max(0, text.room - line.width)
        // Words that would be cut after a few letters tell nothing; the reasons above are whole.
        let dates = since + until
        let isTelling = room - TextWidth.columns(of: dates) >= min(16, TextWidth.columns(of: verdict.reason))
        line.add(TextWidth.truncated(isTelling ? dates + verdict.reason : dates, to: room), .textDim)
        text.add(line)
    }

    private func row(_ version: CachedVerdict, _ text: inout StyledText) {
        var line = StyledLine()
        line.add(
            TextWidth.truncated("cached \(version.policyID)", to: SenderMatrix.nameColumns - 1), .text,
            columns: SenderMatrix.nameColumns)
        let word = Words.delivery(version.delivery)
        line.add(word.text, word.role, columns: SenderMatrix.cellColumns)
        let until = version.until.map { "until \(Moment($0).relative(to: Moment(now)))" } ?? "while the id stays"
        line.add("\(until), held by \(version.holders.rawValue)", .textDim)
        if let readers = version.readers { line.add(": \(readers.joined(separator: ", "))", .textDim) }
        // Two texts under one id are two copies.
        let isAmbiguous = assessment.cached.contains {
            $0.policyID == version.policyID && $0.bodySHA256 != version.bodySHA256
        }
        if isAmbiguous { line.add(", text \(version.bodySHA256.prefix(6))", .textDim) }
        let whole = "  id \(version.policyID)"
        let isCut = "cached \(version.policyID)".utf8.count > SenderMatrix.nameColumns - 1
        if isCut, line.width + whole.utf8.count <= text.room { line.add(whole, .textDim) }
        text.add(line)
    }
}

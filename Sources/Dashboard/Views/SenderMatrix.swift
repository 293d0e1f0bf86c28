//   SENDERS                 all MX    10 mx1    20 mx2
//            mta-sts        REFUSED   refused   refused   certificate expired
//            cached by id   delivers   id 20250426T1, until Tue 1 Dec 12:00Z
//            opportunistic  delivers  delivers  delivers

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// Sender classes down, MX hosts across: who meets what, where.
struct SenderMatrix {
    private static let nameColumns = 17
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
        let since = isNews ? verdict.since.map { "since \(moment($0))" } : nil
        let dates = [since, verdict.until.map { "until \(moment($0))" }].compactMap { $0 }.joined(separator: "  ")
        let room = max(0, text.room - line.width)
        // The reason tells more than the date, which the title and the list of reasons have too.
        let reason = OwnNames.shortened(verdict.reason, of: assessment.domain)
        let both = reason.isEmpty || dates.isEmpty ? reason + dates : "\(reason)  \(dates)"
        let words = [both, reason, dates].first { !$0.isEmpty && TextWidth.columns(of: $0) <= room }
        line.add(words ?? (room >= 16 ? TextWidth.truncated(reason, to: room) : ""), .textDim)
        text.add(line)
    }

    private func row(_ version: CachedVerdict, _ text: inout StyledText) {
        var line = StyledLine()
        // The same copy is held in two ways that end at different times.
        line.add("cached by \(version.holders.rawValue)", .text, columns: SenderMatrix.nameColumns)
        let word = Words.delivery(version.delivery)
        line.add(word.text, word.role, columns: SenderMatrix.cellColumns)
        let until = version.until.map { "until \(moment($0))" } ?? "while the id stays"
        line.add("id \(version.policyID), \(until)", .textDim)
        if let readers = version.readers { line.add(": \(readers.joined(separator: ", "))", .textDim) }
        // Two texts under one id are two copies.
        let isAmbiguous = assessment.cached.contains {
            $0.policyID == version.policyID && $0.bodySHA256 != version.bodySHA256
        }
        if isAmbiguous { line.add(", text \(version.bodySHA256.prefix(6))", .textDim) }
        text.add(line)
    }

    private func moment(_ date: Date) -> String { Moment.words(Moment(date).relative(to: Moment(now))) }
}

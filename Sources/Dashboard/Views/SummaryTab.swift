//   VERDICT  Mail from senders that honour MTA-STS is REFUSED at every MX.
//            mta-sts REFUSED   dane -   opportunistic delivers
//
//   WHY      1  mx1.acme.example   certificate expired: notAfter ...
//
//   FIX      Renew the certificate on mx1 and mx2 and reload the MTA.
//
//   CHECKS   _mta-sts TXT   ok    id=20250426T1              <1m
//            ...
//
//   SENDERS                 all MX    10 mx1    20 mx2
//            mta-sts        REFUSED   refused   refused   certificate expired
//
//   NEXT     check 14:33:10Z     last change 12:41:09Z RISK -> BOUNCE

import Cells
import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// Tab 1: the verdict, the reasons, the fix, what was checked, and who meets what.
struct SummaryTab {
    private static let findingLimit = 50

    private let subject: Subject
    private var text: StyledText

    init(_ subject: Subject, width: Int) {
        self.subject = subject
        text = StyledText(width: width)
    }

    var content: DetailContent {
        var tab = self
        tab.write()
        return DetailContent(upper: tab.text.lines)
    }

    private mutating func write() {
        guard let assessment = subject.assessment else {
            text.section("VERDICT")
            text.wrap("No verdict yet: the first look is under way.", .textDim)
            return writeNext()
        }
        writeVerdict(assessment)
        let worrying = assessment.findings.filter { $0.severity < .info }
        if !worrying.isEmpty {
            text.section("WHY")
            writeFindings(worrying)
            writeFix(worrying)
        }
        text.section("CHECKS")
        for check in SummaryChecks(subject, assessment).all { text.add(check.line(width: text.room)) }
        SenderMatrix(assessment, now: subject.now).write(to: &text)
        writeNext()
        let remarks = assessment.findings.filter { $0.severity == .info }
        if !remarks.isEmpty {
            text.section("REMARKS")
            writeFindings(remarks)
        }
    }

    private mutating func writeVerdict(_ assessment: Assessment) {
        text.section("VERDICT")
        let verdict = Verdict(assessment, now: subject.now)
        text.wrap(verdict.headline, Role.severity(assessment.state))
        var line = StyledLine()
        for sender in verdict.classes {
            let word = Words.delivery(sender.delivery)
            line.add(sender.name + " ", .textDim)
            line.add(word.text + "   ", word.role)
        }
        text.add(line)
        if assessment.mtaSTS.enforced != assessment.mtaSTS.delivery, assessment.mtaSTS.enforced != .none {
            let word = Words.delivery(assessment.mtaSTS.enforced)
            text.add(StyledLine("In mode enforce it would be: ").adding(word.text, word.role))
        }
    }

    private mutating func writeFindings(_ findings: [Finding]) {
        for (number, finding) in findings.prefix(SummaryTab.findingLimit).enumerated() {
            let role = Words.severity(finding.severity)
            var head = StyledLine()
            head.add("\(number + 1)", .textDim, columns: number < 9 ? 3 : 4)
            let indent = head.width
            head.add(finding.subject + "  ", .textStrong)
            var what = Words.code(finding.code)
            if let since = finding.since { what += ", for \(Lapse.duration(from: since, to: subject.now))" }
            let more = more(finding)
            let whole = head.width + TextWidth.columns(of: what) + 2 + TextWidth.columns(of: more)
            if head.width + 12 > text.room {
                text.wrap(finding.subject, .textStrong, first: StyledLine("\(number + 1)  ", .textDim))
                text.wrap(what, role, indent: indent)
            } else if whole <= text.room {
                text.add(head.adding(what, role).adding("  " + more, .textDim))
                continue
            } else {
                text.wrap(what, role, first: head)
            }
            if !more.isEmpty { text.wrap(more, .textDim, indent: indent) }
        }
        let rest = findings.count - SummaryTab.findingLimit
        if rest > 0 { text.add(StyledLine("and \(rest) more", .textDim)) }
    }

    /// What was seen, and the dates that hang on it.
    private func more(_ finding: Finding) -> String {
        var words = finding.evidence.isEmpty ? [] : [finding.evidence]
        if let deadline = finding.deadline, deadline > subject.now {
            words.append("worse in \(Lapse.countdown(to: deadline, now: subject.now))")
        }
        if let until = finding.until { words.append("until \(subject.moment(until))") }
        if !finding.rfc.isEmpty { words.append("(RFC \(finding.rfc))") }
        return words.joined(separator: "  ")
    }

    /// Each way out once, in the order of the reasons.
    private mutating func writeFix(_ findings: [Finding]) {
        var seen: Set<String> = []
        let fixes = findings.map(\.fix).filter { !$0.isEmpty && seen.insert($0).inserted }
        guard !fixes.isEmpty else { return }
        text.section("FIX")
        for fix in fixes.prefix(6) { text.wrap(fix, .text) }
    }

    private mutating func writeNext() {
        text.section("NEXT")
        let next = subject.row.status?.nextCheckAt
        var line = StyledLine(next.map { "check " + subject.moment($0) } ?? "check as soon as there is room")
        if let change = subject.changes.first {
            line.add("     last change \(subject.moment(change.at)) ")
            line.add(change.stateBefore.word, Role.severity(change.stateBefore))
            line.add(" -> ")
            line.add(change.stateAfter.word, Role.severity(change.stateAfter))
        }
        text.add(line)
        if let end = subject.assessment?.bouncesAt, end > subject.now {
            text.add(StyledLine("bounces \(subject.moment(end)), unless this is mended", .severityRisk))
        }
        if let end = subject.assessment?.protectionEndsAt {
            text.add(StyledLine("protection ends \(subject.moment(end))", .severityWarning))
        }
        for turn in (subject.assessment?.forecast ?? []).prefix(6) {
            let word = Words.delivery(turn.delivery)
            var line = StyledLine("\(subject.moment(turn.at))  \(turn.sender.rawValue) ")
            line.add(word.text, word.role)
            line.add("  \(turn.because)", .textDim)
            text.add(line)
        }
    }
}

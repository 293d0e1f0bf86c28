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

    /// How much room is spent, from the most to the least.
    private enum Layout: CaseIterable {
        /// A line for each check, evidence under each finding.
        case full
        /// Checks in two columns, a line for each finding.
        case compact
        /// The same without blank lines.
        case tight
    }

    private let subject: Subject
    private let layout: Layout
    private var text: StyledText
    /// Lines down to the next look: what has to be seen without scrolling.
    private var needed = 0

    private init(_ subject: Subject, width: Int, layout: Layout) {
        self.subject = subject
        self.layout = layout
        text = StyledText(width: width, isTight: layout == .tight)
        write()
    }

    /// The roomiest layout in which verdict, reasons, fix, checks, senders and the next look fit in `height` lines,
    /// or the densest where none does; nil for as many lines as it takes.
    static func content(_ subject: Subject, width: Int, height: Int?) -> DetailContent {
        var lines: [StyledLine] = []
        for layout in Layout.allCases {
            let tab = SummaryTab(subject, width: width, layout: layout)
            lines = tab.text.lines
            if tab.needed <= height ?? .max { break }
        }
        return DetailContent(upper: lines)
    }

    private mutating func write() {
        guard let assessment = subject.assessment else {
            text.section("VERDICT")
            text.wrap(Verdict.missing(subject), .textDim)
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
        writeChecks(SummaryChecks(subject, assessment).all)
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
        let row = subject.row
        let verdict = Verdict(assessment, now: subject.now)
        text.wrap(verdict.headline, Role.severity(assessment.state))
        if row.isMuted {
            let until = row.status?.mutedUntil.map { "until \(subject.moment($0)) " } ?? ""
            text.wrap("Muted: nothing rings \(until)for what turns here.", .messageInfo)
        }
        if let turns = row.turnsLastHour {
            text.wrap(
                "Flapping: it turned \(turns) times within the last hour; further turns do not ring.", .messageInfo)
        }
        // The matrix below tells it again.
        if layout == .full || assessment.hosts.isEmpty { writeClasses(verdict) }
        if assessment.mtaSTS.enforced != assessment.mtaSTS.delivery, assessment.mtaSTS.enforced != .none {
            let word = Words.delivery(assessment.mtaSTS.enforced)
            text.add(StyledLine("In mode enforce it would be: ").adding(word.text, word.role))
        }
    }

    private mutating func writeClasses(_ verdict: Verdict) {
        var line = StyledLine()
        for sender in verdict.classes {
            let word = Words.delivery(sender.delivery)
            line.add(sender.name + " ", .textDim)
            line.add(word.text + "   ", word.role)
        }
        text.add(line)
    }

    /// Side by side where that saves lines and there is room: names and policy on the left, hosts on the right.
    private mutating func writeChecks(_ checks: [SummaryChecks.Check]) {
        guard layout != .full, text.room >= 60 else {
            let isNarrow = text.room < 40
            for check in checks {
                text.add(isNarrow ? check.brief(width: text.room) : check.line(width: min(text.room, 90)))
            }
            return
        }
        let half = (text.room - 2) / 2
        let rows = (checks.count + 1) / 2
        for row in 0..<rows {
            var line = checks[row].brief(width: half)
            if row + rows < checks.count {
                line.pad(to: half + 2)
                for piece in checks[row + rows].brief(width: half).pieces { line.add(piece.text, piece.role) }
            }
            text.add(line)
        }
    }

    private mutating func writeFindings(_ findings: [Finding]) {
        for (number, finding) in findings.prefix(SummaryTab.findingLimit).enumerated() {
            let role = Words.severity(finding.severity)
            var head = StyledLine()
            head.add("\(number + 1)", .textDim, columns: number < 9 ? 3 : 4)
            let indent = head.width
            head.add(finding.subject + "  ", .textStrong)
            var what = finding.code.title
            if let since = finding.since { what += ", for \(Lapse.duration(from: since, to: subject.now))" }
            let more = more(finding)
            let whole = head.width + TextWidth.columns(of: what) + 2 + TextWidth.columns(of: more)
            if head.width + 12 > text.room {
                text.wrap(finding.subject, .textStrong, first: StyledLine("\(number + 1)  ", .textDim))
                text.wrap(what, role, indent: indent)
            } else if whole <= text.room || (layout != .full && width(head, what) <= text.room) {
                // Words that would be cut after a few letters tell nothing.
                let room = text.room - width(head, what) - 2
                let shown = TextWidth.columns(of: more) <= room || room >= 16 ? "  " + more : ""
                text.add(head.adding(what, role).adding(shown, .textDim))
                continue
            } else {
                text.wrap(what, role, first: head)
            }
            if !more.isEmpty { text.wrap(more, .textDim, indent: indent) }
        }
        let rest = findings.count - SummaryTab.findingLimit
        if rest > 0 { text.add(StyledLine("and \(rest) more", .textDim)) }
    }

    private func width(_ head: StyledLine, _ what: String) -> Int { head.width + TextWidth.columns(of: what) }

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
        let fixes = FixView.ways(findings)
        guard !fixes.isEmpty else { return }
        text.section("FIX")
        for fix in fixes.prefix(6) { text.wrap(fix, .text) }
    }

    /// From the first refusal on mail waits in the senders' queues: so long is there time to mend it.
    private mutating func writeQueues() {
        guard let ends = subject.assessment?.queuesGiveUp, !ends.isEmpty else { return }
        let gone = ends.filter { $0.at <= subject.now }.map(\.sender)
        let left = ends.filter { $0.at > subject.now }.prefix(3).map { end in
            "\(end.sender) in \(Lapse.countdown(to: end.at, now: subject.now))"
        }
        if !gone.isEmpty { text.wrap("returned already by \(gone.joined(separator: ", "))", .severityBouncing) }
        if !left.isEmpty { text.wrap("queues give up: \(left.joined(separator: ", "))", .severityRisk) }
    }

    private mutating func writeNext() {
        text.section("NEXT")
        let open = subject.isOffline ? "check once the network is back" : "check as soon as there is room"
        var line = StyledLine(subject.nextCheck.map { "check \($0)" } ?? open)
        if let change = subject.changes.first {
            line.add("     last change \(subject.moment(change.at)) ")
            line.add(change.stateBefore.word, Role.severity(change.stateBefore))
            line.add(" -> ")
            line.add(change.stateAfter.word, Role.severity(change.stateAfter))
        }
        text.add(line)
        if let end = subject.row.facts.bouncesAt, end > subject.now {
            let isNear = subject.row.facts.nearBounce(now: subject.now) != nil
            text.add(
                isNear
                    ? StyledLine("bounces \(subject.moment(end)), unless this is mended", .severityRisk)
                    : StyledLine("renew by \(subject.moment(end))", .textDim))
        }
        writeQueues()
        needed = text.lines.count
        if let end = subject.assessment?.protectionEndsAt {
            let isNear = end.timeIntervalSince(subject.now) <= RowFacts.bounceWindow
            text.add(StyledLine("protection ends \(subject.moment(end))", isNear ? .severityWarning : .textDim))
        }
        for turn in (subject.assessment?.forecast ?? []).prefix(6) {
            let word = Words.delivery(turn.delivery)
            var line = StyledLine("\(subject.moment(turn.at))  \(turn.sender.rawValue) ")
            // A date that every certificate has is no alarm.
            let isNear = turn.at.timeIntervalSince(subject.now) <= RowFacts.bounceWindow
            line.add(word.text, isNear ? word.role : .textDim)
            line.add("  \(Words.cause(turn))", .textDim)
            text.add(line)
        }
    }
}

//   What a sender does now     h/l  < mta-sts | cached 20250426T1 | dane | plain >
//    1 TXT _mta-sts.acme-payments.example   id=20260426T1             2ms    ok
//    2 MX acme-payments.example             10 mx1, 20 mx2            4ms    ok
//    3 STARTTLS                             offered, TLS 1.3         12ms    ok
//    4 certificate                          EXPIRED 24 Nov 12:40Z          FAIL
//    5 result                               delay, retry, then bounce      FAIL

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// Tab 6: step by step what a sender of one class does, from the first lookup to the fate of the mail.
struct TraceTab {
    /// Whose steps are told.
    enum Sender: Hashable, Sendable {
        case tracing(SenderClass)
        /// Who still holds this version of the policy.
        case holding(CachedVerdict)

        var name: String {
            switch self {
            case .tracing(.opportunistic): "plain"
            case .tracing(let sender): sender.rawValue
            case .holding(let version): "cached \(version.policyID)"
            }
        }

        func delivery(_ assessment: Assessment) -> Delivery {
            switch self {
            case .tracing(let sender): assessment.verdict(sender).delivery
            case .holding(let version): version.delivery
            }
        }
    }

    /// More versions than a screen can tell apart are not offered.
    private static let versionLimit = 8
    /// Under so many columns each step takes two lines.
    private static let narrow = 60
    /// From so many columns on names are told whole.
    private static let wide = 100

    private let subject: Subject
    private let width: Int
    private let chosen: Int
    private let keys: String

    /// - Parameters:
    ///   - chosen: which of `senders`; one that is not there stands for the last.
    ///   - keys: the keys that choose.
    init(_ subject: Subject, width: Int, chosen: Int, keys: String) {
        self.subject = subject
        self.width = width
        self.chosen = chosen
        self.keys = keys
    }

    /// The senders of a domain, in the order in which they are chosen.
    static func senders(_ assessment: Assessment?) -> [Sender] {
        let versions = (assessment?.cached ?? []).prefix(versionLimit).map(Sender.holding)
        return [.tracing(.mtaSTS)] + versions + [.tracing(.dane), .tracing(.opportunistic)]
    }

    var content: DetailContent {
        guard let assessment = subject.assessment, let evidence = subject.evidence else {
            return DetailContent(
                upper: [StyledLine(" No look in this run yet: the steps come with the first.", .textDim)])
        }
        let senders = TraceTab.senders(assessment)
        let place = min(max(0, chosen), senders.count - 1)
        let head = chooser(senders, place, assessment)
        switch senders[place] {
        case .tracing(let sender):
            let trace = SenderTrace(sender, evidence: evidence, assessment: assessment)
            return DetailContent(upper: [head] + (trace?.steps ?? []).flatMap(lines), heads: 1)
        case .holding(let version):
            return DetailContent(upper: [head] + lines(version, assessment), heads: 1)
        }
    }

    /// All senders beside one another, each in the colour of its fate; the chosen one alone where width lacks.
    private func chooser(_ senders: [Sender], _ place: Int, _ assessment: Assessment) -> StyledLine {
        var list = StyledLine("<", .key)
        for (number, sender) in senders.enumerated() {
            let word = Words.delivery(sender.delivery(assessment))
            if number > 0 { list.add("|", .textDim) }
            let isChosen = number == place
            list.add(isChosen ? "[\(sender.name)]" : " \(sender.name) ", isChosen ? .tabActive : word.role)
        }
        list.add(">", .key)
        var line = StyledLine(" What a sender does now", .title)
        if line.width + list.width + keys.utf8.count + 4 <= width {
            line.pad(to: width - list.width - keys.utf8.count - 2)
            line.add(keys + " ", .key)
        } else if line.width + list.width + 2 <= width {
            line.pad(to: width - list.width - 1)
        } else {
            let word = Words.delivery(senders[place].delivery(assessment))
            list = StyledLine("< ", .key).adding(senders[place].name, .tabActive).adding(" >", .key)
            list.add(" \(place + 1) of \(senders.count)  ", .textDim)
            list.add(word.text, word.role)
            line = StyledLine(" ")
        }
        for piece in list.pieces { line.add(piece.text, piece.role) }
        return line
    }

    private func lines(_ step: SenderTrace.Step) -> [StyledLine] {
        lines(
            number: step.number, what: shortened(step.what), result: shortened(step.result),
            time: step.milliseconds.map { $0 < 10_000 ? "\($0)ms" : "\($0 / 1_000)s" } ?? "", step.outcome)
    }

    /// Where width lacks the domain's own name is left out behind its hosts: the title has it.
    private func shortened(_ text: String) -> String {
        guard width < TraceTab.wide else { return text }
        let suffix = Array(".\(subject.row.domain)".utf8)
        var rest = Array(text.utf8)[...]
        var kept: [UInt8] = []
        while let start = Bytes.first(of: suffix, in: Array(rest)) {
            let end = rest.startIndex + start + suffix.count
            let goesOn = end < rest.endIndex && TraceTab.isNameByte(rest[end])
            kept += rest[..<(goesOn ? end : end - suffix.count)]
            rest = rest[end...]
        }
        return String(decoding: kept + rest, as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    /// What is known of those who hold an earlier version: its text is not at hand, its fate is.
    private func lines(_ version: CachedVerdict, _ assessment: Assessment) -> [StyledLine] {
        let isLive = assessment.record?.record?.id == version.policyID
        let until = version.until.map { "until \(subject.moment($0))" } ?? "for as long as it is renewed"
        let lookup =
            switch (version.holders, isLive) {
            case (.expiry, _): "not asked for before the copy runs out"
            case (.id, true): "id matches the copy"
            case (.id, false): assessment.record?.record.map { "id=\($0.id): newer, fetch" } ?? "no id: keep the copy"
            }
        let refused = version.delivery == .refused
        let fate =
            switch version.delivery {
            case .delivers: "delivered"
            case .partial: "delivered, but some MX hosts are refused"
            case .refused: "delay, retry, then bounce"
            case .unknown: "unknown"
            case .none: "as any sender"
            }
        return [
            lines(number: 1, what: shortened("TXT _mta-sts.\(subject.row.domain)"), result: lookup, time: "", .ok),
            lines(number: 2, what: "policy from the cache", result: "id \(version.policyID), \(until)", time: "", .ok),
            lines(
                number: 3, what: "result", result: fate, time: "",
                refused ? .fail : version.delivery == .unknown ? .unknown : .ok),
        ].flatMap { $0 }
    }

    private func lines(
        number: Int, what: String, result: String, time: String, _ outcome: SenderTrace.Outcome
    ) -> [StyledLine] {
        let mark = TraceTab.mark(outcome)
        let whatRole: Role = outcome == .fail ? .textStrong : outcome == .skipped ? .textDim : .text
        let resultRole: Role = outcome == .fail || outcome == .unknown ? mark.role : whatRole
        guard width >= TraceTab.narrow else {
            var first = StyledLine()
            first.add("\(number)", .textDim, columns: 3, alignment: .trailing)
            first.add(" ")
            first.add(mark.text, mark.role, columns: 5)
            let room = max(8, width - 10)
            var lines = wrapped(what, whatRole, first: first, to: room)
            lines += wrapped(time.isEmpty ? result : "\(result), \(time)", resultRole, first: StyledLine(), to: room)
            return lines
        }
        let room = width - 4 - 2 - 7 - 6
        let whatColumns = min(48, room * (width < TraceTab.wide ? 45 : 54) / 100)
        let left = TextWidth.wrapped(what, to: whatColumns)
        let right = TextWidth.wrapped(result, to: room - whatColumns)
        return (0..<max(left.count, right.count)).map { row in
            var line = StyledLine()
            line.add(row == 0 ? "\(number)" : "", .textDim, columns: 3, alignment: .trailing)
            line.add(" ")
            line.add(left.indices.contains(row) ? left[row] : "", whatRole, columns: whatColumns + 2)
            line.add(right.indices.contains(row) ? right[row] : "", resultRole, columns: room - whatColumns)
            guard row == 0 else { return line }
            line.add(time, .textDim, columns: 7, alignment: .trailing)
            line.add("  ")
            line.add(mark.text, mark.role)
            return line
        }
    }

    private func wrapped(_ text: String, _ role: Role, first: StyledLine, to room: Int) -> [StyledLine] {
        TextWidth.wrapped(text, to: room).enumerated().map { number, part in
            var line = number == 0 ? first : StyledLine()
            line.pad(to: 9)
            line.add(part, role)
            return line
        }
    }

    private static func mark(_ outcome: SenderTrace.Outcome) -> (text: String, role: Role) {
        switch outcome {
        case .ok: ("ok", .severityOK)
        case .fail: ("FAIL", .severityBouncing)
        case .unknown: ("?", .severityUnknown)
        case .skipped: ("-", .textDim)
        }
    }
}

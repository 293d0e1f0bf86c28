//   What a sender does now  REFUSED      h/l  < mta-sts | cached 20250426T1 | dane | plain >
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

        /// Who is meant, whatever becomes of the verdict and of the others.
        enum Identity: Hashable, Sendable {
            case tracing(SenderClass)
            case holding(id: String, sha256: String, CachedVerdict.Holders)
        }

        var identity: Identity {
            switch self {
            case .tracing(let sender): .tracing(sender)
            case .holding(let version): .holding(id: version.policyID, sha256: version.bodySHA256, version.holders)
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
    /// From so many columns on names are told whole.
    private static let wide = 100

    private let subject: Subject
    private let width: Int
    private let chosen: Sender.Identity
    private let keys: String

    /// - Parameters:
    ///   - chosen: which of `senders`; the first stands for one that is not there.
    ///   - keys: the keys that choose.
    init(_ subject: Subject, width: Int, chosen: Sender.Identity, keys: String) {
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

    /// How each is called; who holds the same version by other means has these told, too.
    private static func names(_ senders: [Sender]) -> [String] {
        senders.map { sender in
            guard case .holding(let version) = sender, senders.count(where: { $0.name == sender.name }) > 1 else {
                return sender.name
            }
            return sender.name + (version.holders == .id ? " by id" : " by expiry")
        }
    }

    /// Where a sender stands among those of a domain; the first place for one that it does not have.
    static func place(of chosen: Sender.Identity, among senders: [Sender]) -> Int {
        senders.firstIndex { $0.identity == chosen } ?? 0
    }

    var content: DetailContent {
        guard let assessment = subject.assessment, let evidence = subject.evidence else {
            return DetailContent(
                upper: [StyledLine(" No look in this run yet: the steps come with the first.", .textDim)])
        }
        let senders = TraceTab.senders(assessment)
        let place = TraceTab.place(of: chosen, among: senders)
        let head = chooser(senders, place, assessment)
        let trace =
            switch senders[place] {
            case .tracing(let sender): SenderTrace(sender, evidence: evidence, assessment: assessment)
            case .holding(let version): SenderTrace(holding: version, evidence: evidence, assessment: assessment)
            }
        return DetailContent(upper: [head] + (trace?.steps ?? []).flatMap(lines), heads: 1)
    }

    /// All senders beside one another, each in the colour of its fate; the chosen one alone where width lacks.
    private func chooser(_ senders: [Sender], _ place: Int, _ assessment: Assessment) -> StyledLine {
        var list = StyledLine("<", .key)
        let names = Self.names(senders)
        for (number, sender) in senders.enumerated() {
            let word = Words.delivery(sender.delivery(assessment))
            if number > 0 { list.add("|", .textDim) }
            let isChosen = number == place
            list.add(isChosen ? "[\(names[number])]" : " \(names[number]) ", isChosen ? .tabActive : word.role)
        }
        list.add(">", .key)
        var line = StyledLine(" What a sender does now", .title)
        let delivery = senders[place].delivery(assessment)
        let word = Words.delivery(delivery)
        if line.width + list.width + keys.utf8.count + 4 <= width {
            // The last step may be below the edge.
            let told = line.adding("  \(word.text)", word.role)
            if delivery != .none, told.width + list.width + keys.utf8.count + 4 <= width { line = told }
            line.pad(to: width - list.width - keys.utf8.count - 2)
            line.add(keys + " ", .key)
        } else if line.width + list.width + 2 <= width {
            line.pad(to: width - list.width - 1)
        } else {
            list = StyledLine("< ", .key).adding(names[place], .tabActive).adding(" >", .key)
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
        width < TraceTab.wide ? OwnNames.shortened(text, of: subject.row.domain) : text
    }

    private func lines(
        number: Int, what: String, result: String, time: String, _ outcome: SenderTrace.Outcome
    ) -> [StyledLine] {
        let mark = TraceTab.mark(outcome)
        let whatRole: Role = outcome == .fail ? .textStrong : outcome == .skipped ? .textDim : .text
        let resultRole: Role = outcome == .fail || outcome == .unknown ? mark.role : whatRole
        guard width >= ScreenClass.narrow else {
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

import Cells
import Deliverability
import FoundationEssentials
import MTASTS

/// A judged plan in words: who would refuse, what would be newly wrong, and the safe order.
struct PlanText {
    private static let findingLimit = 20

    private let plan: Plan
    private let now: Date
    private var text: StyledText

    init(_ plan: Plan, now: Date, width: Int) {
        self.plan = plan
        self.now = now
        text = StyledText(width: width)
        write()
    }

    var lines: [StyledLine] { text.lines }

    private mutating func write() {
        text.section("WHO")
        let widest = plan.effects.map { TextWidth.columns(of: name($0)) }.max() ?? 0
        for effect in plan.effects { write(effect, names: min(widest, text.room / 2)) }
        text.section("ORDER")
        if plan.steps.isEmpty { text.add(StyledLine(plan.withoutSteps)) }
        for (number, step) in plan.steps.enumerated() { write(step, number + 1) }
        if !plan.newFindings.isEmpty { text.section("NEW") }
        for finding in plan.newFindings.prefix(PlanText.findingLimit) {
            text.wrap("\(finding.subject)  \(finding.code.title)", Words.severity(finding.severity))
            if !finding.evidence.isEmpty { text.wrap(finding.evidence, .textDim, first: StyledLine("  ")) }
        }
        let rest = plan.newFindings.count - PlanText.findingLimit
        if rest > 0 { text.add(StyledLine("and \(rest) more", .textDim)) }
        if !plan.assumptions.isEmpty { text.section("TAKEN") }
        for assumption in plan.assumptions { text.wrap("for granted: \(assumption)", .textDim) }
    }

    /// `mta-sts   delivers -> REFUSED  from the change on, until ...: reason`.
    private mutating func write(_ effect: Plan.Effect, names: Int) {
        var first = StyledLine()
        first.add(TextWidth.truncated(name(effect), to: names), .textStrong, columns: names + 2)
        let (before, after) = (Words.delivery(effect.before), Words.delivery(effect.after))
        if effect.before != effect.after {
            first.add(before.text, before.role)
            first.add(" -> ")
        }
        first.add(after.text, after.role)
        guard effect.after == .refused || effect.after == .partial else { return text.wrap(first) }
        var words: [String] = []
        if effect.isHarm { words.append("from the change on") }
        if let until = effect.until { words.append("until \(moment(until))") }
        var tail = words.joined(separator: ", ")
        if !effect.reason.isEmpty { tail += tail.isEmpty ? effect.reason : ": \(effect.reason)" }
        first.add("  ")
        if first.width + 36 > text.room {
            text.wrap(first)
            text.wrap(tail, .textDim, first: StyledLine("  "))
        } else {
            text.wrap(tail, .textDim, first: first)
        }
    }

    private func name(_ effect: Plan.Effect) -> String {
        switch effect.sender {
        case .cached: "cached by \(effect.holders?.rawValue ?? "id"), \(effect.policyID ?? "")"
        case .mtaSTS, .dane, .opportunistic: effect.sender.rawValue
        }
    }

    private mutating func write(_ step: PlanStep, _ number: Int) {
        let when = step.notBefore.flatMap { $0 > now ? "Not before \(moment($0)): " : nil } ?? ""
        text.wrap(when + step.what, .text, first: StyledLine(number < 10 ? " \(number)  " : "\(number)  ", .key))
        // What is to be published is never broken: it is copied from here.
        for line in step.lines { text.add(StyledLine("      ").adding(line, .textStrong)) }
        text.wrap("(\(step.why))", .textDim, first: StyledLine("    "))
    }

    private func moment(_ date: Date) -> String {
        Moment.words(Moment(date).relative(to: Moment(now)))
    }
}

public import Deliverability
import Evidence
public import FoundationEssentials
import MTASTS

/// A planned change as JSON for programs and as 80 columns for people.
public struct PlanReport: Encodable, Sendable {
    private let plan: Plan
    private let now: Date

    public init(_ plan: Plan, now: Date) {
        self.plan = plan
        self.now = now
    }

    private enum Key: String, CodingKey {
        case schema, domain, at, before, after, effects, newFindings, steps, assumptions
    }
    private enum EffectKey: String, CodingKey {
        case sender
        case policyID = "policyId"
        case holders, before, after, from, until, reason
    }
    private enum StepKey: String, CodingKey { case number, notBefore, what, lines, why }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(1, forKey: .schema)
        try container.encode(plan.before.domain, forKey: .domain)
        try container.encode(Moment(now), forKey: .at)
        try container.encode(plan.before.state, forKey: .before)
        try container.encode(plan.after.state, forKey: .after)
        var effects = container.nestedUnkeyedContainer(forKey: .effects)
        for effect in plan.effects {
            var entry = effects.nestedContainer(keyedBy: EffectKey.self)
            try entry.encode(effect.sender, forKey: .sender)
            try entry.encode(effect.policyID, forKey: .policyID)
            try entry.encode(effect.holders, forKey: .holders)
            try entry.encode(effect.before, forKey: .before)
            try entry.encode(effect.after, forKey: .after)
            try entry.encode(effect.isHarm ? Moment(now) : nil, forKey: .from)
            try entry.encode(effect.until.map(Moment.init), forKey: .until)
            try entry.encode(effect.reason, forKey: .reason)
        }
        try container.encode(plan.newFindings.map(FindingReport.init), forKey: .newFindings)
        var steps = container.nestedUnkeyedContainer(forKey: .steps)
        for (index, step) in plan.steps.enumerated() {
            var entry = steps.nestedContainer(keyedBy: StepKey.self)
            try entry.encode(index + 1, forKey: .number)
            try entry.encode(step.notBefore.map(Moment.init), forKey: .notBefore)
            try entry.encode(step.what, forKey: .what)
            try entry.encode(step.lines, forKey: .lines)
            try entry.encode(step.why, forKey: .why)
        }
        try container.encode(plan.assumptions, forKey: .assumptions)
    }

    /// Lines of at most 79 characters but for what is to be published verbatim; with a line end.
    public var text: String {
        let (before, after) = (plan.before, plan.after)
        var lines = ["\(before.domain)  now \(before.state.glyph) \(before.state.word)"]
        let why = after.why.isEmpty ? "" : ": \(after.why)"
        lines += WrappedText.lines("if changed at once  \(after.state.glyph) \(after.state.word)\(why)", width: 79)
        lines += ["", "WHO WOULD REFUSE"] + plan.effects.flatMap(effect)
        if !plan.newFindings.isEmpty {
            lines += ["", "NEWLY WRONG"]
            for finding in plan.newFindings {
                lines.append("  \(finding.severity.rawValue)  \(finding.code.rawValue)  \(finding.subject)")
                if !finding.evidence.isEmpty { lines.append(WrappedText.paragraph("seen", finding.evidence)) }
                lines.append(WrappedText.paragraph("fix", finding.fix))
            }
        }
        if !plan.assumptions.isEmpty {
            lines += [""] + plan.assumptions.flatMap { WrappedText.lines("taken for granted: \($0)", width: 79) }
        }
        lines += ["", "SAFE ORDER"]
        if plan.steps.isEmpty { lines.append("  \(plan.withoutSteps)") }
        for (index, step) in plan.steps.enumerated() { lines += self.step(step, index + 1) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func effect(_ effect: Plan.Effect) -> [String] {
        let name =
            switch effect.sender {
            case .cached: "cached \(effect.policyID ?? "") (by \(effect.holders?.rawValue ?? "id"))"
            case .mtaSTS, .dane, .opportunistic: effect.sender.rawValue
            }
        let turn =
            effect.before == effect.after
            ? effect.after.rawValue
            : "\(effect.before.rawValue) -> \(effect.isHarm ? word(effect) : effect.after.rawValue)"
        var words = turn
        if effect.after == .refused || effect.after == .partial {
            if let until = effect.until { words += ", until \(Stamp.text(until))" }
            if !effect.reason.isEmpty { words += ": \(effect.reason)" }
        }
        let label = "  " + name + String(repeating: " ", count: max(1, 28 - name.count))
        let body = WrappedText.lines(words, width: 79 - label.count)
        return body.enumerated().map { index, line in
            (index == 0 ? label : String(repeating: " ", count: label.count)) + line
        }
    }

    /// What must jump out is in capitals, for terminals without colour.
    private func word(_ effect: Plan.Effect) -> String { effect.after.rawValue.uppercased() }

    private func step(_ step: PlanStep, _ number: Int) -> [String] {
        let when = step.notBefore.map { $0 > now ? "Not before \(Stamp.text($0)): " : "" } ?? ""
        let body = WrappedText.lines(when + step.what, width: 74)
        let lead = String(repeating: " ", count: number < 10 ? 2 : 1) + "\(number)  "
        var lines = body.enumerated().map { index, line in (index == 0 ? lead : "     ") + line }
        lines += step.lines.map { "       | " + $0 }
        return lines + WrappedText.lines("(\(step.why))", width: 74).map { "     " + $0 }
    }
}

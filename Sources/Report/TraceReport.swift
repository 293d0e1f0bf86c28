public import Deliverability

/// The steps of one sender: JSON for programs, 80 columns for people.
public struct TraceReport: Encodable, Sendable {
    private let trace: SenderTrace
    private let version: CachedVerdict?

    /// - Parameter version: what a sender of the class `cached` holds.
    public init(_ trace: SenderTrace, holding version: CachedVerdict? = nil) {
        self.trace = trace
        self.version = version
    }

    private enum Key: String, CodingKey {
        case sender, delivery
        case policyID = "policyId"
        case holders, steps
    }

    private enum StepKey: String, CodingKey { case number, what, result, ms, outcome, rfc }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(trace.sender, forKey: .sender)
        try container.encode(trace.delivery, forKey: .delivery)
        if let version {
            try container.encode(version.policyID, forKey: .policyID)
            try container.encode(version.holders, forKey: .holders)
        }
        var steps = container.nestedUnkeyedContainer(forKey: .steps)
        for step in trace.steps {
            var entry = steps.nestedContainer(keyedBy: StepKey.self)
            try entry.encode(step.number, forKey: .number)
            try entry.encode(step.what, forKey: .what)
            try entry.encode(step.result, forKey: .result)
            try entry.encode(step.milliseconds, forKey: .ms)
            try entry.encode(step.outcome, forKey: .outcome)
            try entry.encode(step.rfc, forKey: .rfc)
        }
    }

    private static let whatColumns = 34
    private static let resultColumns = 27

    /// Lines of at most 79 characters, with a line end.
    public var text: String {
        let held = version.map { " \($0.policyID), held by its \($0.holders == .id ? "id" : "expiry")" } ?? ""
        let head = "What a sender does now: \(trace.sender.rawValue)\(held), to \(trace.domain)"
        return (WrappedText.lines(head, width: 79) + trace.steps.flatMap(Self.lines)).joined(separator: "\n") + "\n"
    }

    /// `  1 TXT _mta-sts.example.com     id=20260101T1      2ms  ok`; what does not fit goes on below.
    private static func lines(_ step: SenderTrace.Step) -> [String] {
        let what = WrappedText.lines(step.what, width: whatColumns)
        let result = WrappedText.lines(step.result, width: resultColumns)
        return (0..<max(what.count, result.count)).map { index in
            let number = index == 0 ? "\(step.number)" : ""
            var line = left(number, 3) + " " + right(index < what.count ? what[index] : "", whatColumns) + " "
            line += right(index < result.count ? result[index] : "", resultColumns)
            if index == 0 {
                line += left(step.milliseconds.map { $0 > 99_999 ? ">99s" : "\($0)ms" } ?? "", 7)
                line += "  " + word(step.outcome)
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func word(_ outcome: SenderTrace.Outcome) -> String {
        switch outcome {
        case .ok: "ok"
        case .fail: "FAIL"
        case .unknown: "?"
        case .skipped: "-"
        }
    }

    private static func left(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - text.count)) + text
    }

    private static func right(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - text.count))
    }
}

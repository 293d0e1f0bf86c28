public import FoundationEssentials

/// One step of a change that is made in the safe order.
public struct PlanStep: Hashable, Sendable {
    /// The earliest moment; nil: as soon as the step before is done.
    public let notBefore: Date?
    /// What to do, one sentence.
    public let what: String
    /// Lines to publish or to serve, verbatim; empty where there are none.
    public let lines: [String]
    /// Why at this place, one sentence.
    public let why: String

    public init(_ what: String, notBefore: Date? = nil, lines: [String] = [], why: String) {
        self.what = what
        self.notBefore = notBefore
        self.lines = lines
        self.why = why
    }
}

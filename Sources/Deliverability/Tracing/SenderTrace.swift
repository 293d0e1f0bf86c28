public import Evidence
public import MTASTS

/// The steps that a sender of one class takes at a domain, from the first lookup to the fate of the mail
/// (RFC 8461 5.1, RFC 7672 2.2).
public struct SenderTrace: Hashable, Sendable, Codable {
    /// How a step ended.
    public enum Outcome: String, Hashable, Sendable, Codable {
        case ok, fail
        /// Nobody could tell.
        case unknown
        /// Not taken, or nothing to do in it.
        case skipped
    }

    /// One step.
    public struct Step: Hashable, Sendable, Codable {
        /// From 1, without gaps.
        public let number: Int
        /// What the sender does.
        public let what: String
        /// What comes of it, in a few words; escaped.
        public let result: String
        /// How long it took when it was looked at; nil where it takes no time or was not measured.
        public let milliseconds: Int?
        public let outcome: Outcome
        /// The section that asks for it, such as `8461 4.1`.
        public let rfc: String
    }

    public let sender: SenderClass
    public let domain: DomainName
    public let delivery: Delivery
    public let steps: [Step]

    /// The classes that can be traced by themselves; what holders of an old policy do depends on the version.
    public static let classes: [SenderClass] = [.mtaSTS, .dane, .opportunistic]

    /// The trace of a class in `classes`; nil for another one.
    public init?(_ sender: SenderClass, evidence: DomainEvidence, assessment: Assessment) {
        guard Self.classes.contains(sender) else { return nil }
        var writer = TraceWriter(sender: sender, evidence: evidence, assessment: assessment)
        writer.write()
        self.sender = sender
        domain = evidence.domain
        delivery = assessment.verdict(sender).delivery
        steps = writer.steps
    }
}

public import Evidence
public import FoundationEssentials
public import MTASTS

/// A planned change, judged: who would refuse from the moment it is made, until when, and how to make it safe.
public struct Plan: Sendable {
    /// What one sender class, or the holders of one cached version, would meet.
    public struct Effect: Hashable, Sendable {
        public let sender: SenderClass
        /// For `cached`: the id of the version that is held, and how its holders decide.
        public let policyID: String?
        public let holders: CachedVerdict.Holders?
        public let before: Delivery
        public let after: Delivery
        /// When the refusal ends by itself: the last copy of the version runs out.
        public let until: Date?
        public let reason: String

        /// Mail that flows now and would not.
        public var isHarm: Bool { before.rank < after.rank && (after == .refused || after == .partial) }
    }

    public let change: PlannedChange
    public let before: Assessment
    public let after: Assessment
    /// By class, then by version.
    public let effects: [Effect]
    /// What is found after the change and was not before, worst first.
    public let newFindings: [Finding]
    /// In the order in which they are to be done.
    public let steps: [PlanStep]
    /// What could not be looked at and was taken for granted.
    public let assumptions: [String]

    /// Judges the change as if it were made at once.
    ///
    /// - Parameters:
    ///   - memory: of the domain, today's evidence included.
    ///   - newHosts: what was seen of MX hosts that are not the domain's yet.
    ///   - dane: judges chains and TLSA sets that come together for the first time.
    public init(
        _ change: PlannedChange, evidence: DomainEvidence, memory: DomainMemory,
        newHosts: [DomainName: HostEvidence] = [:], now: Date, dane: @escaping PlannedChange.DANEJudge
    ) {
        let change = change.resolved(over: evidence)
        self.change = change
        let memory = memory.observing(evidence, now: now)
        let then = change.applied(to: evidence, newHosts: newHosts, at: now, dane: dane)
        let before = assess(evidence, memory: memory, now: now)
        let after = assess(then.evidence, memory: memory.observing(then.evidence, now: now), now: now)
        self.before = before
        self.after = after
        effects = Self.effects(before, after)
        let known = Set(before.findings.map { "\($0.code.rawValue) \($0.subject)" })
        newFindings = after.findings.filter { !known.contains("\($0.code.rawValue) \($0.subject)") }
        let order = SafeOrder(
            change, now: evidence, newHosts: newHosts, then: then.evidence, before: before, after: after,
            memory: memory, at: now, dane: dane)
        steps = order.steps
        assumptions = then.assumptions + order.assumptions
    }

    /// True where some sender class refuses at once what it takes now.
    public var harmsSomebody: Bool { effects.contains { $0.isHarm } }

    /// What to tell where there are no steps.
    public var withoutSteps: String {
        harmsSomebody
            ? "none is known: what is planned refuses mail whenever it is done"
            : "as it is: nothing has to be waited for"
    }

    /// Of the domain once the change is made.
    public var state: DomainState { after.state }

    private static func effects(_ before: Assessment, _ after: Assessment) -> [Effect] {
        func effect(_ sender: SenderClass) -> Effect {
            let verdict = after.verdict(sender)
            return Effect(
                sender: sender, policyID: nil, holders: nil, before: before.verdict(sender).delivery,
                after: verdict.delivery, until: verdict.until, reason: verdict.reason)
        }
        let cached = after.cached.map { verdict in
            let same = before.cached.first {
                $0.bodySHA256 == verdict.bodySHA256 && $0.policyID == verdict.policyID && $0.holders == verdict.holders
            }
            // Who comes to hold the policy of today was served by it until now.
            return Effect(
                sender: .cached, policyID: verdict.policyID, holders: verdict.holders,
                before: same?.delivery ?? before.mtaSTS.delivery, after: verdict.delivery, until: verdict.until,
                reason: "by the policy that was fetched before")
        }
        return [effect(.mtaSTS)] + cached + [effect(.dane), effect(.opportunistic)]
    }
}

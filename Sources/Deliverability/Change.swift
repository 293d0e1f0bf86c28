public import FoundationEssentials
public import MTASTS

/// A transition with consequences: what turned, whom it hits, and the fix.
public struct Change: Hashable, Sendable, Codable, Identifiable {
    /// One class whose delivery turned.
    public struct Turn: Hashable, Sendable, Codable {
        public let sender: SenderClass
        public let from: Delivery
        public let to: Delivery

        public init(sender: SenderClass, from: Delivery, to: Delivery) {
            self.sender = sender
            self.from = from
            self.to = to
        }
    }

    /// A finding that tells of a change.
    public struct News: Hashable, Sendable, Codable {
        public let code: FindingCode
        /// Of the finding.
        public let subject: String

        public init(code: FindingCode, subject: String) {
            self.code = code
            self.subject = subject
        }
    }

    /// Unique within a store, ascending in time.
    public let id: Int
    public let domain: DomainName
    public let at: Date
    /// The worst finding that came (or, on repair, that went).
    public let code: FindingCode?
    public let stateBefore: DomainState
    public let stateAfter: DomainState
    /// What was seen before and after, one short line each; before is empty where only what is seen now can be told.
    public let before: String
    public let after: String
    public let turns: [Turn]
    /// Whom it hits and how soon, one line.
    public let impact: String
    /// What to do; empty where nothing is left to do.
    public let fix: String
    /// What came with it that is news until somebody acknowledges this change; nil where that is not known.
    public let news: [News]?
    /// When somebody acknowledged it; nil while it is marked.
    public var acknowledgedAt: Date?
    /// Who acknowledged it, as the machine names them.
    public var acknowledgedBy: String?

    public init(
        id: Int, domain: DomainName, at: Date, code: FindingCode?, stateBefore: DomainState, stateAfter: DomainState,
        before: String, after: String, turns: [Turn], impact: String, fix: String, news: [News]? = nil,
        acknowledgedAt: Date? = nil, acknowledgedBy: String? = nil
    ) {
        self.id = id
        self.domain = domain
        self.at = at
        self.code = code
        self.stateBefore = stateBefore
        self.stateAfter = stateAfter
        self.before = before
        self.after = after
        self.turns = turns
        self.impact = impact
        self.fix = fix
        self.news = news
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }

    /// True when the state or a delivery became worse, or something was changed that somebody has to answer for: such
    /// a change stays marked until acknowledged.
    public var isWorse: Bool {
        if stateAfter < stateBefore { return true }
        if stateAfter == stateBefore, turns.contains(where: { $0.to.rank > $0.from.rank }) { return true }
        // Where something got better, what only went says nothing to do.
        let turnsNothing = stateAfter == stateBefore && turns.isEmpty
        return code?.asksForAnswer == true && (turnsNothing || !fix.isEmpty)
    }
}

extension Change {
    /// Stands between what was seen before and after.
    static let arrow = " -> "

    /// What is seen now; of a difference that turns nothing also what was before.
    public var sight: String {
        guard stateBefore == stateAfter, turns.isEmpty, !before.isEmpty, !after.contains(Self.arrow) else {
            return after
        }
        return before + Self.arrow + after
    }

    /// The same change under the identifier that the store gave it.
    public func numbered(_ id: Int) -> Change {
        Change(
            id: id, domain: domain, at: at, code: code, stateBefore: stateBefore, stateAfter: stateAfter,
            before: before, after: after, turns: turns, impact: impact, fix: fix, news: news,
            acknowledgedAt: acknowledgedAt, acknowledgedBy: acknowledgedBy)
    }
}

public import FoundationEssentials

/// When a look is believed: somebody's word after two agreeing looks, silence after three.
public struct Confirmation: Hashable, Sendable {
    /// Seconds until the second look at what somebody said.
    public var givenDelay: TimeInterval
    /// Seconds before the second and third look at silence; their count decides how many looks it takes.
    public var absentDelays: [TimeInterval]
    /// Seconds before a failed policy fetch may be repeated for the same id (RFC 8461 3.3).
    public var policyDelay: TimeInterval

    public init(givenDelay: TimeInterval, absentDelays: [TimeInterval], policyDelay: TimeInterval) {
        self.givenDelay = givenDelay
        self.absentDelays = absentDelays
        self.policyDelay = policyDelay
    }

    /// For a monitor: a few seconds, and three looks within two minutes.
    public static let watching = Confirmation(givenDelay: 4, absentDelays: [20, 60], policyDelay: 300)
    /// For one check: the second look at once, only at what failed.
    public static let once = Confirmation(givenDelay: 0.5, absentDelays: [1], policyDelay: 300)

    /// So many looks without two that agree are the most.
    static let mostUndecided = 6

    /// What to do with one more look.
    enum Decision: Equatable {
        case believe
        /// Look again after so many seconds; nothing is believed yet.
        case lookAgain(after: TimeInterval)
    }

    /// - Parameters:
    ///   - verdict: of this look.
    ///   - believed: what is believed so far; nil before the first belief.
    ///   - looks: how many looks in a row, this one included, gave this verdict.
    ///   - undecided: how many looks have passed since the last belief.
    ///   - isPolicy: a policy fetch, which must not be repeated soon.
    ///   - isNewBody: another policy text came in the place of one.
    func decide(
        _ verdict: FactVerdict, believed: FactVerdict?, looks: Int, undecided: Int = 0, isPolicy: Bool,
        isNewBody: Bool = false
    ) -> Decision {
        if verdict == believed { return .believe }
        // Two servers behind one address may never agree twice in a row: then the latest word has to do.
        if undecided >= Self.mostUndecided { return .believe }
        // A new body may come with a new id, behind bad news as well: the record is looked at in between, twice.
        if isNewBody, looks < 2 { return .lookAgain(after: givenDelay * 3) }
        switch verdict.soundness {
        case .good:
            // Good news is believed at once when it follows bad news, or nothing; a change of data is looked at twice.
            if believed?.soundness != .good || looks >= 2 { return .believe }
            return .lookAgain(after: isPolicy ? givenDelay * 3 : givenDelay)
        case .given, .absent:
            if isPolicy {
                // A failed fetch costs protection, not mail: the first answer stands until it may be asked again.
                return believed == nil || looks >= 2 ? .believe : .lookAgain(after: policyDelay)
            }
            if verdict.soundness == .given { return looks >= 2 ? .believe : .lookAgain(after: givenDelay) }
            return looks > absentDelays.count ? .believe : .lookAgain(after: absentDelays[looks - 1])
        }
    }
}

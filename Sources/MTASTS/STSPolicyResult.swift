/// What one policy file says: to the letter of RFC 8461 3.2, and to senders that read it otherwise.
public struct STSPolicyResult: Hashable, Sendable {
    /// The policy, when the file follows the grammar.
    public let policy: STSPolicy?
    /// Where it does not, in the order of the file; what is missing comes last. At most `STSPolicyParser.mostErrors`.
    public let errors: [SyntaxError]
    /// How many errors were found beyond those.
    public let furtherErrors: Int
    /// What stood behind the keys, also where it is no valid policy.
    public let fields: PolicyFields
    /// What is allowed, yet worth telling.
    public let remarks: [LintRemark]
    /// How each known sender reads the file; empty where all of them agree with `policy`.
    public let disagreements: [ParserDisagreement]

    public var isValid: Bool { policy != nil }

    /// True where the file is invalid to the letter, yet some known sender puts it to use.
    public var isAmbiguous: Bool { policy == nil && disagreements.contains { $0.accepts } }

    /// The worst reading of the senders that accept an invalid file. Nil when the file is valid or nobody accepts it.
    public var lenient: STSPolicy? { policy == nil ? disagreements.worstReading : nil }
}

extension Sequence<ParserDisagreement> {
    /// Of what they read: enforce before testing before none, then the fewest patterns; nil where all reject it.
    public var worstReading: STSPolicy? {
        compactMap(\.reading).min { ($0.mode.strictness, $0.mx.count) < ($1.mode.strictness, $1.mx.count) }
    }
}

extension STSPolicy.Mode {
    fileprivate var strictness: Int {
        switch self {
        case .enforce: 0
        case .testing: 1
        case .none: 2
        }
    }
}

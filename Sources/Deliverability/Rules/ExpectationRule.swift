import MTASTS

/// What the operator's own list says that the domain should have.
enum ExpectationRule {
    /// - Parameter expected: the mode that the policy must be in at least; nil: nothing is expected.
    static func findings(in judged: Case, expected: STSPolicy.Mode?) -> [Finding] {
        guard let expected, expected != .none, let record = judged.standing.record else { return [] }
        // Where we could not look, nothing is less than expected.
        if record.status == .failed { return [] }
        let seen: String
        if record.status != .valid {
            seen = "no usable policy record"
        } else if let reading = judged.standing.policy {
            guard let policy = reading.policy else {
                return [finding(judged, expected, "the policy is \(reading.status.rawValue)")]
            }
            if policy.mode == expected || policy.mode == .enforce { return [] }
            seen = "mode \(policy.mode.rawValue)"
        } else {
            return []
        }
        return [finding(judged, expected, seen)]
    }

    private static func finding(_ judged: Case, _ expected: STSPolicy.Mode, _ seen: String) -> Finding {
        Finding(
            .policyBelowExpectation, .warning, subject: judged.domain.text,
            evidence: "the watch list expects mode \(expected.rawValue): \(seen)",
            fix: "Publish the policy in mode \(expected.rawValue), or change `expect=` in the watch list.",
            rfc: "8461 3.2")
    }
}

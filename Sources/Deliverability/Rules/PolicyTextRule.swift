import Evidence
import FoundationEssentials
import MTASTS

/// What the policy's text says (RFC 8461 3.2).
enum PolicyTextRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard judged.standing.record?.status == .valid, let reading = judged.standing.policy else { return [] }
        return invalid(judged, reading) + ambiguous(judged, reading) + maxAge(judged) + mode(judged)
    }

    private static func invalid(_ judged: Case, _ reading: PolicyReading) -> [Finding] {
        guard reading.status == .invalid, let error = reading.errors.first else { return [] }
        let more = reading.errors.count > 1 ? " (and \(reading.errors.count - 1) more)" : ""
        return [
            Finding(
                .policyInvalid, .warning, subject: "mta-sts.\(judged.domain)",
                evidence: "line \(error.line), column \(error.column): found \(error.found), "
                    + "expected \(error.expected)\(more)",
                senders: [.mtaSTS], deadline: judged.memory.policyCacheEnds,
                fix: "Correct line \(error.line) of the policy file; `stswatch lint` checks it before you publish.",
                tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2")
        ]
    }

    /// Not to be taken by the letter of the RFC, and taken by some: for its text, or for its Content-Type.
    private static func ambiguous(_ judged: Case, _ reading: PolicyReading) -> [Finding] {
        guard let lenient = reading.lenient else { return [] }
        let verdict = lenient.mode == .enforce ? judged.standing.enforcing(lenient).delivery.rawValue : "no matter"
        let isInvalid = reading.status == .invalid
        return [
            Finding(
                .policyAmbiguous, .warning, subject: "mta-sts.\(judged.domain)",
                evidence: "\(isInvalid ? "invalid by the RFC" : "not text/plain"), yet "
                    + "\(reading.lenientSenders.joined(separator: ", ")) read mode \(lenient.mode.rawValue), "
                    + "\(lenient.mx.count) usable mx; for them: \(verdict)",
                senders: [.mtaSTS],
                fix: isInvalid
                    ? "Correct the file: until then senders disagree about whether there is a policy."
                    : "Correct the type: until then senders disagree about whether there is a policy.",
                tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2")
        ]
    }

    private static func maxAge(_ judged: Case) -> [Finding] {
        guard let policy = judged.live else { return [] }
        func finding(_ code: FindingCode, _ fix: String) -> Finding {
            Finding(
                code, policy.mode == .enforce ? .warning : .info, subject: "mta-sts.\(judged.domain)",
                evidence: "max_age: \(policy.maxAge)", senders: [.mtaSTS], fix: fix, rfc: "8461 3.2")
        }
        switch policy.maxAge {
        case 0:
            return [finding(.policyMaxAgeZero, "Raise max_age to weeks: with 0 no sender keeps the policy.")]
        case ..<86_400:
            return [
                finding(
                    .policyMaxAgeShort,
                    "Raise max_age to weeks: an attacker who blocks the fetch for so short a time undoes the policy.")
            ]
        default: return []
        }
    }

    private static func mode(_ judged: Case) -> [Finding] {
        guard let policy = judged.live, policy.mode == .testing else { return [] }
        let enforced = judged.standing.enforcing(policy)
        let fails = enforced.delivery == .refused || enforced.delivery == .partial
        let isReady = judged.standing.isReadyToEnforce
        return [
            Finding(
                .policyTesting, fails ? .warning : .info, subject: "mta-sts.\(judged.domain)",
                evidence: "mode testing; enforce: \(enforced.delivery.rawValue) (\(enforced.reason))",
                senders: [.mtaSTS],
                fix: fails
                    ? "Repair what fails before you go to enforce."
                    : isReady
                        ? "Every check passes: publish mode enforce, then change the id."
                        : "Not every MX could be looked at: check the others before you go to enforce.",
                rfc: "8461 5")
        ]
    }
}

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

    /// Not read alike by all known senders: for its text, or for its Content-Type.
    private static func ambiguous(_ judged: Case, _ reading: PolicyReading) -> [Finding] {
        guard isSplit(judged, reading) else { return [] }
        let letter =
            switch reading.status {
            case .valid: "valid by the RFC" + (reading.policy.map { " (mode \($0.mode.rawValue))" } ?? "")
            case .invalid: "invalid by the RFC"
            default: "not text/plain, for which senders reject it"
            }
        let clauses = told(judged, reading) + [list(reading.rejecting, "rejects it", "reject it")].compactMap { $0 }
        return [
            Finding(
                .policyAmbiguous, reading.policy == nil ? .warning : judged.severity(.warning),
                subject: "mta-sts.\(judged.domain)", evidence: "\(letter), yet \(clauses.joined(separator: "; "))",
                senders: [.mtaSTS], fix: remedy(reading), tlsrpt: .stsPolicyInvalid, rfc: "8461 3.2")
        ]
    }

    /// True where some reject what others take, or where what they read comes to something else. A max_age, or a line
    /// that no MX needs, makes no difference to a delivery.
    private static func isSplit(_ judged: Case, _ reading: PolicyReading) -> Bool {
        guard let policy = reading.policy else { return !reading.readers.isEmpty }
        return !reading.rejecting.isEmpty
            || reading.readers.compactMap(\.reading).contains { other in
                other.mode != policy.mode || (policy.mode != .none && outcome(judged, other) != outcome(judged, policy))
            }
    }

    private static func outcome(_ judged: Case, _ policy: STSPolicy) -> Delivery {
        judged.standing.enforcing(policy).delivery
    }

    /// Who reads what, and what comes of it; those that read the same are named together.
    private static func told(_ judged: Case, _ reading: PolicyReading) -> [String] {
        var groups: [(what: String, senders: [String])] = []
        for reader in reading.readers {
            guard let other = reader.reading else { continue }
            var what = "mode \(other.mode.rawValue)"
            if other.mode != .none { what += ", \(other.mx.count) usable mx" }
            if let policy = reading.policy, policy.maxAge != other.maxAge { what += ", max_age \(other.maxAge)" }
            if other.mode == .enforce { what += " (for them: \(outcome(judged, other).rawValue))" }
            if let index = groups.firstIndex(where: { $0.what == what }) {
                groups[index].senders.append(reader.sender)
            } else {
                groups.append((what, [reader.sender]))
            }
        }
        return groups.compactMap { list($0.senders, "reads \($0.what)", "read \($0.what)") }
    }

    /// Nil for nobody.
    private static func list(_ senders: [String], _ one: String, _ several: String) -> String? {
        senders.isEmpty ? nil : "\(senders.joined(separator: ", ")) \(senders.count == 1 ? one : several)"
    }

    private static func remedy(_ reading: PolicyReading) -> String {
        switch reading.policy {
        case nil:
            "Correct the \(reading.status == .invalid ? "file" : "type"): until then senders disagree about whether "
                + "there is a policy."
        case let policy? where policy.mode == .none && policy.mx.isEmpty:
            "Keep the mx lines in mode none: who rejects the file keeps the policy that it holds."
        case let policy? where policy.maxAge == 0: "Raise max_age to weeks: some senders reject 0."
        case _?:
            "Write the file so that all read the same: each key but mx once, no key in other letters (`Mode`), no "
                + "address as mx, extensions in ASCII without a colon; `stswatch lint` tells the lines."
        }
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

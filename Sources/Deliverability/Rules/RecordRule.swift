import Evidence
import FoundationEssentials
import MTASTS

/// The policy record (RFC 8461 3.1).
enum RecordRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard let reading = judged.standing.record, let answer = judged.evidence.record?.value else { return [] }
        let subject = "_mta-sts.\(judged.domain)"
        switch reading.status {
        case .valid:
            guard reading.isLenient else { return [] }
            return [
                Finding(
                    .recordLenient, .warning, subject: subject, evidence: reading.raw.first ?? "",
                    senders: [.mtaSTS],
                    fix: "Remove the blank before the first `;`: some senders take this for no record.",
                    rfc: "8461 3.1")
            ]
        case .missing:
            if let removed = removed(judged, subject, answer) { return [removed] }
            // Who takes no mail has none to protect.
            if judged.standing.mx?.status == .null { return [] }
            return [
                Finding(
                    .recordMissing, .info, subject: subject,
                    evidence: answer.outcome == .noName ? "NXDOMAIN" : "no TXT record that begins v=STSv1;",
                    fix: "Publish a policy in mode testing, then the TXT record `v=STSv1; id=...`.", rfc: "8461 3.1")
            ]
        case .invalid:
            let error = reading.errors.first
            return [
                Finding(
                    .recordInvalid, .warning, subject: subject,
                    evidence: (reading.raw.first ?? "")
                        + (error.map { ": column \($0.column): found \($0.found), expected \($0.expected)" } ?? ""),
                    senders: [.mtaSTS],
                    fix: "Write it as `v=STSv1; id=20260131T1`; senders take an invalid record for none.",
                    tlsrpt: .stsPolicyInvalid, rfc: "8461 3.1")
            ]
        case .multiple:
            return [
                Finding(
                    .recordMultiple, .warning, subject: subject,
                    evidence: reading.raw.prefix(3).joined(separator: " | "), senders: [.mtaSTS],
                    fix:
                        "Leave exactly one record that begins v=STSv1; with several, senders act as if there was none.",
                    tlsrpt: .stsPolicyInvalid, rfc: "8461 3.1")
            ]
        case .failed:
            guard let failure = answer.failure, failure.isTheirs else { return [] }
            return [
                Finding(
                    .recordLookupFailed, .warning, subject: subject, evidence: failure.words, senders: [.mtaSTS],
                    fix:
                        "Repair the zone's name servers: senders without a cached policy cannot see that there is one.",
                    tlsrpt: .stsPolicyFetchError, rfc: "8461 3.1")
            ]
        }
    }

    /// Copies cannot be called back: while some are held, the record is missed.
    private static func removed(_ judged: Case, _ subject: String, _ answer: DNSAnswer<[TXTRecord]>) -> Finding? {
        guard let before = judged.memory.lastRecordID, !judged.copies.isEmpty else { return nil }
        let ends = judged.copies.compactMap(\.held.until).max()
        let hurts = zip(judged.copies, judged.cached).contains {
            $0.enforces && ($1.delivery == .refused || $1.delivery == .partial)
        }
        let date = ends.map { ", until \(Stamp.spoken($0))" } ?? ""
        return Finding(
            .recordRemoved, hurts ? .critical : .warning, subject: subject,
            evidence: "id=\(before) before, now \(answer.outcome == .noName ? "NXDOMAIN" : "no record")"
                + (hurts ? "; what changed since is not in the copies that senders hold" : ""),
            senders: [.cached], until: ends,
            fix: "Publish the record again: senders that cached the policy keep it\(date) and cannot learn of "
                + "changes. To end MTA-STS, first serve mode none under a new id.",
            rfc: "8461 8.3")
    }
}

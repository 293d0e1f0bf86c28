import Evidence
import FoundationEssentials
import MTASTS

/// Signatures that end soon, one finding for each zone that made them (RFC 4034 3.1.5).
enum DNSSECRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        let entries = EndingSignatures(judged.evidence, now: judged.now).entries
        return Dictionary(grouping: entries, by: \.validity.zone).sorted { $0.key < $1.key }.compactMap {
            zone, entries in
            guard let first = entries.min(by: { $0.validity.until < $1.validity.until }) else { return nil }
            let others = entries.count > 1 ? " and \(entries.count - 1) more" : ""
            return Finding(
                .dnssecSignatureExpiring, .warning, subject: zone,
                evidence: "the signature of \(first.what)\(others) ends \(Stamp.text(first.validity.until))",
                senders: [.mtaSTS, .dane], deadline: first.validity.until,
                fix: "Let the zone be signed again: its signer is late. Once the signatures end, validating senders "
                    + "defer all mail.",
                tlsrpt: .dnssecInvalid, rfc: "4034 3.1.5")
        }
    }
}

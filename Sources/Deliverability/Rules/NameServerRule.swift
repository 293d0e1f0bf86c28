import Evidence
import MTASTS

/// Name servers of one zone that tell senders different things (RFC 1034 4.3.5).
enum NameServerRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        (judged.evidence.nameServers?.value.disagreements ?? []).map { disagreement in
            let words = disagreement.question.split(separator: " ", maxSplits: 1).map(String.init)
            let (type, name) = (words.first ?? "", words.last ?? "")
            let isGrave = disagreement.answers.contains { changesVerdict($0.records, type, name, judged) }
            return Finding(
                .nameserversDisagree, isGrave ? .high : .warning, subject: name,
                evidence: "\(type): " + disagreement.answers.prefix(3).map(told).joined(separator: "; "),
                senders: senders(type),
                fix: "Bring all name servers of the zone to the same version: look at the serial in the SOA and at the "
                    + "zone transfers.",
                rfc: "1034 4.3.5")
        }
    }

    private static func senders(_ type: String) -> [SenderClass] {
        switch type {
        case "TXT": [.mtaSTS]
        case "TLSA": [.dane]
        default: [.mtaSTS, .dane, .opportunistic]
        }
    }

    private static func told(_ answer: NameServerViews.Answer) -> String {
        func list(_ words: [String]) -> String {
            words.prefix(3).map { $0.count > 60 ? $0.prefix(57) + "..." : $0 }.joined(separator: ", ")
                + (words.count > 3 ? ", ..." : "")
        }
        return "\(list(answer.servers.map(\.text))): " + (answer.records.isEmpty ? "none" : list(answer.records))
    }

    /// Whether senders that get this answer are refused, or lose their protection.
    private static func changesVerdict(_ records: [String], _ type: String, _ name: String, _ judged: Case) -> Bool {
        switch type {
        case "MX":
            guard !records.isEmpty else { return true }
            guard let policy = judged.live, judged.enforces else { return false }
            let hosts = records.compactMap { $0.split(separator: " ").last.flatMap { DomainName(String($0)) } }
            return !hosts.contains(where: policy.covers)
        case "TXT":
            guard judged.enforces else { return false }
            guard case .valid = STSRecordParser.parse(records: records.map { Array($0.utf8) }) else { return true }
            return false
        case "TLSA":
            // An answer without the record that matches today is a mismatch; no record at all is a lost protection.
            return judged.evidence.hosts.contains { host in
                guard name == "_25._tcp.\(host.host)" else { return false }
                return host.dane.values.contains { timeline in
                    guard case .match(let record) = timeline.match(at: judged.now) else { return false }
                    return !records.contains(String(record.description.prefix(NameServerViews.mostCharacters)))
                }
            }
        default: return false
        }
    }
}

import Evidence
import MTASTS

/// TLSA records against what the servers show (RFC 7672).
enum DANERule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        var findings: [Finding] = []
        for (seen, host) in zip(judged.evidence.hosts, judged.standing.hosts) {
            for index in [0, 1] {
                findings += HostFindings.merged(host) { address in
                    guard address.daneChains.indices.contains(index) else { return nil }
                    return mismatch(address.daneChains[index], address, seen, host, judged)
                }
            }
            findings += lookup(seen, host, judged)
        }
        return findings + partial(judged)
    }

    /// Where the MX records are not signed only some senders look for TLSA at all (RFC 7672 2.2.1).
    private static func remark(_ judged: Case) -> String {
        judged.evidence.mx?.value.dnssec == .secure ? "" : " (the MX records are unsigned: only some senders look)"
    }

    private static func mismatch(
        _ chain: ChainJudgement, _ address: AddressJudgement, _ seen: HostEvidence, _ host: HostJudgement,
        _ judged: Case
    ) -> Finding? {
        guard chain.dane == .mismatch, case .mismatch(let reason)? = chain.timeline?.match(at: judged.now)
        else { return nil }
        let words = reason + (seen.tlsa?.value.otherBase(than: host.host).map { " (shown for the name \($0))" } ?? "")
        if let family = chain.family?.rawValue {
            let isTorn = address.daneChains.contains { $0.dane == .match }
            return Finding(
                .daneMismatch, .critical, subject: "\(host.host) (\(family))",
                evidence: "\(family): \(words)" + (isTorn ? "; the other key matches" : "") + remark(judged),
                senders: [.dane],
                fix: "Publish a TLSA record (3 1 1) for the \(family) key of \(host.host) too: senders that negotiate "
                    + "it see no other.",
                tlsrpt: .tlsaInvalid, rfc: "7672 2.2")
        }
        if let (good, stale) = outdone(seen.tlsa?.value.answer.value ?? [], chain.tls.leaf) {
            return Finding(
                .daneMismatch, .critical, subject: host.host.text,
                evidence: "\(words); a \(good) matches, but a stronger digest outdoes it" + remark(judged),
                senders: [.dane],
                fix: "Remove the \(stale), or renew it for the key of \(host.host): of one usage and selector senders "
                    + "take the strongest digest alone.",
                tlsrpt: .tlsaInvalid, rfc: "7671 9")
        }
        return Finding(
            .daneMismatch, .critical, subject: host.host.text, evidence: words + remark(judged), senders: [.dane],
            fix: "Publish a TLSA record for the key that \(host.host) uses now (3 1 1), or put the old key back; wait "
                + "twice the TTL between the two at the next change.",
            tlsrpt: .tlsaInvalid, rfc: "7672 2.2")
    }

    /// The kinds of a SHA-256 record that is right for the certificate, and of a SHA-512 one beside it, because of
    /// which it does not count (RFC 7671 9).
    private static func outdone(_ records: [TLSARecord], _ leaf: CertificateFacts?) -> (good: String, stale: String)? {
        guard let leaf else { return nil }
        let good = records.first { record in
            let digest = record.selector == 0 ? leaf.sha256 : leaf.publicKeySHA256
            return record.isUsable && record.usage == 3 && record.matchingType == 1
                && record.description.hasSuffix(" \(digest)")
        }
        guard let good,
            let stale = records.first(where: {
                $0.isUsable && $0.usage == 3 && $0.selector == good.selector && $0.matchingType == 2
            })
        else { return nil }
        func kind(_ record: TLSARecord) -> String { "\(record.usage) \(record.selector) \(record.matchingType)" }
        return (kind(good), kind(stale))
    }

    private static func lookup(_ seen: HostEvidence, _ host: HostJudgement, _ judged: Case) -> [Finding] {
        let subject = "_25._tcp.\(seen.tlsa?.value.base ?? host.host)"
        let basis = HostJudge(evidence: seen, moment: judged.now).daneBasis
        switch basis {
        case .failed(let words):
            return [
                Finding(
                    .daneLookupFailed, .critical, subject: subject, evidence: words + remark(judged), senders: [.dane],
                    fix: "Repair the name servers: they must answer TLSA questions, if only with a signed denial.",
                    tlsrpt: .dnssecInvalid, rfc: "7672 2.1.2")
            ]
        case .bogus(let words):
            return [
                Finding(
                    .daneBogus, .critical, subject: subject, evidence: words + remark(judged), senders: [.dane],
                    fix: "Sign the zone again, or remove the DS at the parent: validating senders defer.",
                    tlsrpt: .dnssecInvalid, rfc: "7672 2.1.1")
            ]
        case .insecure:
            return [
                Finding(
                    .daneInsecure, .warning, subject: subject,
                    evidence: "TLSA records in a zone that is not signed: \(host.tlsa.count)",
                    fix: "Sign the zone, or remove the TLSA records: nobody uses them.", rfc: "7672 2.2")
            ]
        case .records(let records) where !records.contains(where: \.isUsable):
            return [
                Finding(
                    .daneUnusable, .high, subject: subject,
                    evidence: host.tlsa.prefix(2).joined(separator: "; "), senders: [.dane],
                    fix: "Publish a usable record (3 1 1 or 2 1 1): senders ask for TLS but authenticate nothing.",
                    tlsrpt: .tlsaInvalid, rfc: "7672 3.1")
            ]
        case .records, .none, .unknown: return []
        }
    }

    private static func partial(_ judged: Case) -> [Finding] {
        let hosts = judged.standing.hosts
        let with = hosts.filter { host in host.addresses.contains { $0.dane == .match || $0.dane == .mismatch } }
        let without = hosts.filter { host in
            !host.addresses.isEmpty && host.addresses.allSatisfy { $0.dane == .none || $0.dane == .insecure }
        }
        guard let first = without.first, !with.isEmpty else { return [] }
        return [
            Finding(
                .danePartial, .warning, subject: first.host.text,
                evidence: "TLSA on \(with.count) of \(hosts.count) MX hosts, none on \(first.host)", senders: [.dane],
                fix: "Publish TLSA records for every MX host: an attacker steers mail to the one without.",
                rfc: "7672 2.2")
        ]
    }
}

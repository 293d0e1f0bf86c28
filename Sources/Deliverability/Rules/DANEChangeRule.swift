import Evidence
import FoundationEssentials
import MTASTS

/// Whether a change of key and of TLSA records keeps the order that caches need (RFC 7671 8.1).
enum DANEChangeRule: Rule {
    private static let day: TimeInterval = 86_400
    /// Seconds in which a host is looked at several times.
    private static let fewLooks: TimeInterval = 900

    static func findings(in judged: Case) -> [Finding] {
        zip(judged.evidence.hosts, judged.standing.hosts).flatMap { seen, host -> [Finding] in
            guard let memory = judged.hosts[host.host], let set = memory.tlsa.last else { return [] }
            let before = memory.tlsa.dropLast().last
            return [lost(memory.tlsa, host, judged)].compactMap { $0 }
                + HostFindings.merged(host) { address in
                    // What is remembered are the keys that are shown for the host's own name.
                    guard let entry = memory.seen(address.address),
                        !seen.hasOtherBase
                            || address.daneChains.first?.tls.leaf?.publicKeySHA256 == entry.certificates.last?.keyHash,
                        case .match(let record)? = seen.dane[address.address]?.match(at: judged.now)
                    else { return nil }
                    return late(record, set, before, entry, host, judged)
                        ?? nextKey(record, seen, set, entry, host, judged)
                }
        }
    }

    private static func lost(
        _ sets: [HostMemory.TLSASet], _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let place = sets.lastIndex(where: { $0.isSecure && !$0.records.isEmpty }), place + 1 < sets.endIndex,
            let set = sets.last
        else { return nil }
        // The first set without them; what came after it took no more away.
        let (before, lostAt) = (sets[place], sets[place + 1].firstSeen)
        guard judged.memory.isNews(.daneLost, of: host.host.text, changedAt: lostAt, for: 7 * day, now: judged.now)
        else { return nil }
        let after = set.records.isEmpty ? "no TLSA record" : "TLSA records that are not signed"
        return Finding(
            .daneLost, .warning, subject: host.host.text,
            evidence: "\(before.records.count) signed TLSA records -> \(after) on \(Stamp.text(lostAt))",
            senders: [.dane],
            fix: "Publish the TLSA records again and sign the zone; if DANE was given up on purpose, acknowledge it.",
            rfc: "7672 2.2")
    }

    /// Resolvers still give the old records, and the key that they name is gone.
    private static func late(
        _ record: TLSARecord, _ set: HostMemory.TLSASet, _ before: HostMemory.TLSASet?, _ seen: HostMemory.Address,
        _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let before, before.isSecure, !before.records.isEmpty, !before.records.contains(record.description),
            let new = seen.certificates.last, let old = seen.certificates.dropLast().last, new.keyHash != old.keyHash,
            new.firstSeen > before.firstSeen
        else { return nil }
        let wait = 2 * Double(before.ttl)
        let safe = set.firstSeen.addingTimeInterval(wait)
        guard new.firstSeen < safe, judged.now < safe else { return nil }
        // Where nobody looked for a while, the record may have come long before the key.
        let unseen = set.firstSeen.timeIntervalSince(before.lastSeen)
        guard unseen <= fewLooks || new.firstSeen.timeIntervalSince(before.lastSeen) < wait else { return nil }
        let lead = new.firstSeen.timeIntervalSince(set.firstSeen)
        return Finding(
            .danePublishedTooLate, .high, subject: host.host.text,
            evidence: "the record of the new key came on \(Stamp.text(set.firstSeen)), "
                + (lead > 0 ? "\(Stamp.long(lead)) before the key" : "not before the key")
                + "; twice the TTL is \(Stamp.long(wait))",
            senders: [.dane], until: safe,
            fix: "Put the old key back until \(Stamp.spoken(safe)), or wait: then no cache holds the old records. At "
                + "the next change publish first and wait twice the TTL.",
            tlsrpt: .tlsaInvalid, rfc: "7671 8.1")
    }

    /// Each renewal brings a new key, the next one is near, and no record is published for it.
    private static func nextKey(
        _ record: TLSARecord, _ seen: HostEvidence, _ set: HostMemory.TLSASet, _ entry: HostMemory.Address,
        _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        let usable = (seen.tlsa?.value.answer.value ?? []).filter(\.isUsable)
        // Another record of the same form may be for the next key; one for an issuer covers every key.
        let others = usable.filter {
            $0.usage == 2
                || ($0 != record && $0.selector == record.selector && $0.matchingType == record.matchingType)
        }
        guard record.usage == 3, others.isEmpty, let new = entry.certificates.last,
            let old = entry.certificates.dropLast().last, new.keyHash != old.keyHash
        else { return nil }
        let life = new.notAfter.timeIntervalSince(new.notBefore)
        let due = entry.renewalExpected ?? new.notAfter.addingTimeInterval(-min(30 * day, life / 4))
        let lead = 2 * Double(set.ttl) + 3 * day
        guard judged.now >= due.addingTimeInterval(-lead), judged.now < new.notAfter else { return nil }
        return Finding(
            .daneNextKeyMissing, .high, subject: host.host.text,
            evidence: "the last renewal brought a new key, the next one is due about \(Stamp.text(due)), and the only "
                + "TLSA record is for the key in use",
            senders: [.dane], deadline: max(due, judged.now),
            fix: "Publish the TLSA record of the next key beside this one, at least \(Stamp.long(2 * Double(set.ttl))) "
                + "before it is used; or keep the key at renewal.",
            tlsrpt: .tlsaInvalid, rfc: "7671 8.1")
    }
}

import Evidence
import FoundationEssentials
import MTASTS

/// Certificates and TLSA records: resolvers give the old records on, so the new key is named before it is shown, and
/// the old one for as long as it is (RFC 7671 8.1, 8.4).
extension SafeOrder {
    mutating func keys() {
        for host in after.hosts {
            guard let old = seen.hosts.first(where: { $0.host == host.host }) else { continue }
            let planned = change.tlsa[host.host]
            guard let certificate = change.certificates[host.host], let leaf = certificate.facts.first else {
                if let planned, hasMismatch(host) { keepRecord(of: old, beside: planned) }
                continue
            }
            let answer = old.tlsa?.value.answer
            let records = answer?.dnssec == .secure ? answer?.value ?? [] : []
            guard !records.isEmpty else {
                // Without records there is nothing to wait for, but those that come must find their key.
                if let planned, !planned.isEmpty {
                    install(host.host, why: "No TLSA record asks for another key yet.")
                    publish(planned.map(\.description), of: old, why: "They are for the key that is shown by then.")
                }
                continue
            }
            if let planned, !planned.isEmpty, hasMismatch(host) {
                steps.append(
                    PlanStep(
                        "Correct the TLSA records of \(host.host): none of them is for that certificate.",
                        why: "Senders of the class dane would refuse the host."))
            }
            if matches(certificate.chain, records, old) {
                install(host.host, why: "The TLSA records that stand match it, too.")
                if let planned, !hasMismatch(host) {
                    publish(planned.map(\.description), of: old, why: "They are for the key that is shown by then.")
                }
                continue
            }
            let target = hasMismatch(host) ? nil : planned
            let wait = RecordTTL.bounded(answer?.ttl)
            let isSafeNow = target.map { isTaken(old, $0) } ?? false
            if let target, isSafeNow {
                publish(target.map(\.description), of: old, why: "The key of today does not need the records that go.")
            } else {
                publish(
                    records.map(\.description) + [nextRecord(leaf, beside: records)], of: old, isUnion: true,
                    why: "Senders that hold the old set must find the new key in it before it is used.")
            }
            install(
                host.host, notBefore: now.addingTimeInterval(2 * Double(wait)),
                why: "Twice the TTL (\(wait) s) later no resolver holds a set without the new key.")
            if isSafeNow { continue }
            if let target {
                publish(target.map(\.description), of: old, why: "Nothing shows the old key any more.")
            } else {
                steps.append(
                    PlanStep(
                        "Remove the TLSA records of the old key.", why: "Nothing shows that key any more."))
            }
        }
    }

    private mutating func install(_ host: DomainName, notBefore: Date? = nil, why: String) {
        steps.append(PlanStep("Install the certificate on \(host).", notBefore: notBefore, why: why))
    }

    private mutating func publish(
        _ records: [String], of host: HostEvidence, isUnion: Bool = false, why: String
    ) {
        let base = host.tlsa?.value.base ?? host.host
        steps.append(
            PlanStep(
                records.isEmpty
                    ? "Remove the TLSA records of \(host.host)."
                    : isUnion
                        ? "Publish the TLSA record of the new key beside the old ones."
                        : "Publish the new TLSA records of \(host.host).",
                lines: records.map { "_25._tcp.\(base). TLSA \($0)" }, why: why))
    }

    /// Records that are for another key than the one that the host goes on showing.
    private mutating func keepRecord(of host: HostEvidence, beside planned: [TLSARecord]) {
        let used = (Array(host.dane.values) + Array(host.alternateDANE.values)).compactMap { timeline -> TLSARecord? in
            guard case .match(let record) = timeline.match(at: now) else { return nil }
            return record
        }
        steps.append(
            PlanStep(
                "Do not publish these TLSA records alone: none of them is for the key that \(host.host) shows.",
                lines: Set(used).map(\.description).sorted().map {
                    "_25._tcp.\(host.tlsa?.value.base ?? host.host). TLSA \($0)"
                },
                why: used.isEmpty
                    ? "Senders of the class dane would refuse it at once."
                    : "Keep this one beside them, and install the new key twice the TTL later."))
    }

    /// A record for the key of the leaf that counts beside these.
    ///
    /// Of the digests for one usage and selector only the strongest counts (RFC 7671 9): beside `3 1 2` for the old
    /// key, `3 1 1` for the new one would be passed over.
    private func nextRecord(_ leaf: CertificateFacts, beside records: [TLSARecord]) -> String {
        let isPassedOver = records.contains { $0.usage == 3 && $0.selector == 1 && $0.matchingType == 2 }
        return isPassedOver ? "3 0 1 \(leaf.sha256)" : "3 1 1 \(leaf.publicKeySHA256)"
    }

    private func matches(_ chain: CertificateChain, _ records: [TLSARecord], _ host: HostEvidence) -> Bool {
        let names = (host.tlsa?.value.base).map { PlannedChange.names($0, host.host, domain, records) } ?? []
        if case .match = dane(chain, records, names).match(at: now) { return true }
        return false
    }

    /// True where DANE senders take every chain of today with these records.
    private func isTaken(_ host: HostEvidence, _ records: [TLSARecord]) -> Bool {
        let chains = host.sessions.flatMap { [$0.value.tls, $0.value.alternate] }.compactMap { $0?.chain }
        return records.isEmpty || chains.allSatisfy { matches($0, records, host) }
    }
}

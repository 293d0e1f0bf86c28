import Evidence
import FoundationEssentials
import MTASTS

/// Certificates and TLSA records: resolvers give the old records on, so the new key is named before it is shown, and
/// the old one for as long as it is (RFC 7671 8.1, 8.4).
extension SafeOrder {
    /// First what is published for the new keys, then the keys, then what is left over of the old ones.
    private struct KeySteps {
        var first: [PlanStep] = []
        var installs: [PlanStep] = []
        var last: [PlanStep] = []
    }

    mutating func keys() {
        var order = KeySteps()
        for host in after.hosts where !rejected.contains(host.host) {
            let old = today[host.host] ?? HostEvidence(host: host.host)
            guard let certificate = change.certificates[host.host], let leaf = certificate.facts.first else {
                guard let planned = change.tlsa[host.host], planned != old.tlsa?.value.answer.value ?? [] else {
                    continue
                }
                let chains = chains(of: old)
                guard !chains.contains(where: { isMismatch($0, planned, old) }) else {
                    order.first.append(keepRecord(of: old, beside: planned, isAsked: hasMismatch(host)))
                    continue
                }
                let isSeen = planned.isEmpty || !chains.isEmpty
                if !isSeen {
                    assumptions.append("the TLSA records of \(host.host) are for its key, though that was not seen")
                }
                order.first.append(
                    publish(
                        planned.map(\.description), of: old,
                        why: planned.isEmpty
                            ? "Without them no key is asked for."
                            : isSeen
                                ? "The key of today needs no other record."
                                : "Whether they are for the key of today was not seen."))
                let isRefusedToday = unchanged[host.host]?.acceptance[.dane]?.isRefusal == true
                if isRefusedToday { settle(old) }
                continue
            }
            newKey(certificate, leaf, on: host, old, &order)
        }
        for step in order.first + order.installs + order.last { add(step) }
    }

    /// Mail does not move to the host before resolvers have forgotten the TLSA records of today.
    mutating func settle(_ host: HostEvidence) {
        let forgotten = clock.addingTimeInterval(2 * Double(RecordTTL.bounded(host.tlsa?.value.answer.ttl)))
        settled = max(settled ?? forgotten, forgotten)
    }

    private func newKey(
        _ certificate: PlannedChange.Certificate, _ leaf: CertificateFacts, on host: HostJudgement,
        _ old: HostEvidence, _ order: inout KeySteps
    ) {
        let planned = change.tlsa[host.host]
        let isForKey = planned.map { $0.isEmpty || matches(certificate, $0, old) } ?? true
        let isMismatch = hasMismatch(host) || !isForKey
        if let planned, !planned.isEmpty, isMismatch {
            order.first.append(
                PlanStep(
                    "Correct the TLSA records of \(host.host): none of them is for "
                        + (isForKey ? "its other key." : "that certificate."),
                    why: "Senders of the class dane would refuse the host."))
        }
        let answer = old.tlsa?.value.answer
        // Where nothing is validated here, senders may well do so.
        let records = [.secure, .unknown].contains(answer?.dnssec) ? answer?.value ?? [] : []
        let target = isMismatch ? nil : planned
        let final = target.map {
            publish($0.map(\.description), of: old, why: "They are for the key that is shown by then.")
        }
        if records.isEmpty || matches(certificate, records, old) {
            order.installs.append(
                install(
                    host.host,
                    why: records.isEmpty
                        ? "No TLSA record asks for another key yet." : "The TLSA records that stand match it, too."))
            if let final, target != records { order.last.append(final) }
            return
        }
        let wait = RecordTTL.bounded(answer?.ttl)
        let isSafeNow = target.map { isTaken(old, $0) } ?? false
        if let target, isSafeNow {
            order.first.append(
                publish(
                    target.map(\.description), of: old, why: "The key of today does not need the records that go."))
        } else {
            order.first.append(overlap(leaf, records, old))
        }
        order.installs.append(
            install(
                host.host, notBefore: clock.addingTimeInterval(2 * Double(wait)),
                why: "Twice the TTL (\(wait) s) later no resolver holds a set without the new key."))
        if isSafeNow { return }
        order.last.append(
            final
                ?? PlanStep(
                    "Remove the TLSA records of the old key of \(host.host).", why: "Nothing shows that key any more."))
    }

    private func install(_ host: DomainName, notBefore: Date? = nil, why: String) -> PlanStep {
        PlanStep("Install the certificate on \(host).", notBefore: notBefore, why: why)
    }

    private func publish(_ records: [String], of host: HostEvidence, why: String) -> PlanStep {
        PlanStep(
            records.isEmpty
                ? "Remove the TLSA records of \(host.host)." : "Publish the new TLSA records of \(host.host).",
            lines: lines(records, of: host), why: why)
    }

    private func lines(_ records: [String], of host: HostEvidence) -> [String] {
        records.map { "_25._tcp.\(host.tlsa?.value.base ?? host.host). TLSA \($0)" }
    }

    /// The set for the time in which the old key is shown and the new one is to come.
    ///
    /// Of the digests for one usage and selector only the strongest counts (RFC 7671 9): beside `3 1 2` for the old
    /// key, `3 1 1` for the new one would be passed over. Where no digest of ours counts, both keys are named anew.
    private func overlap(_ leaf: CertificateFacts, _ records: [TLSARecord], _ old: HostEvidence) -> PlanStep {
        func isPassedOver(_ selector: Int) -> Bool {
            records.contains { $0.usage == 3 && $0.selector == selector && $0.matchingType == 2 }
        }
        let why = "Senders that hold the old set must find the new key in it before it is used."
        guard isPassedOver(0), isPassedOver(1) else {
            let next = isPassedOver(1) ? "3 0 1 \(leaf.sha256)" : "3 1 1 \(leaf.publicKeySHA256)"
            return PlanStep(
                "Publish the TLSA record of the new key beside the old ones.",
                lines: lines(records.map(\.description) + [next], of: old), why: why)
        }
        let shown = old.daneSessions.flatMap { [$0.value.tls, $0.value.alternate] }.compactMap { $0?.leaf }
        var names: Set<String> = []
        let both = (shown + [leaf]).map(\.publicKeySHA256).filter { names.insert($0).inserted }
        return PlanStep(
            "Publish TLSA records of the old and of the new key of \(old.host) in place of the old ones.",
            lines: lines(both.map { "3 1 1 \($0)" }, of: old), why: why)
    }

    /// Records that are for another key than the one that the host goes on showing.
    ///
    /// - Parameter isAsked: whether DANE senders go by them: not in a zone that is not signed.
    private func keepRecord(of host: HostEvidence, beside planned: [TLSARecord], isAsked: Bool) -> PlanStep {
        let used = (Array(host.dane.values) + Array(host.alternateDANE.values)).compactMap { timeline -> TLSARecord? in
            guard case .match(let record) = timeline.match(at: now) else { return nil }
            return record
        }
        let isForOne = chains(of: host).contains { matches($0, planned, host) }
        return PlanStep(
            "Do not publish these TLSA records alone: none of them is for the \(isForOne ? "other " : "")key that "
                + "\(host.host) shows.",
            lines: lines(Set(used).map(\.description).sorted(), of: host),
            why: used.isEmpty
                ? isAsked
                    ? "Senders of the class dane would refuse it at once."
                    : "Senders of the class dane would refuse it as soon as its zone is signed."
                : "Keep this one beside them, and install the new key twice the TTL later.")
    }

    /// The chains that were seen, of both kinds of key.
    private func chains(of host: HostEvidence) -> [CertificateChain] {
        host.daneSessions.flatMap { [$0.value.tls, $0.value.alternate] }.compactMap { $0?.chain }
    }

    private func match(_ chain: CertificateChain, _ records: [TLSARecord], _ host: HostEvidence) -> DANEMatch? {
        let names = PlannedChange.names(host.tlsa?.value.base ?? host.host, host.host, domain, records)
        return dane(chain, records, names).match(at: now)
    }

    private func matches(_ chain: CertificateChain, _ records: [TLSARecord], _ host: HostEvidence) -> Bool {
        if case .match = match(chain, records, host) { return true }
        return false
    }

    private func matches(
        _ certificate: PlannedChange.Certificate, _ records: [TLSARecord], _ host: HostEvidence
    ) -> Bool {
        let names = PlannedChange.names(host.tlsa?.value.base ?? host.host, host.host, domain, records)
        if case .match = certificate.dane(records, names, dane).match(at: now) { return true }
        return false
    }

    /// True where the chain is for none of the records, whether or not DANE senders go by them.
    private func isMismatch(_ chain: CertificateChain, _ records: [TLSARecord], _ host: HostEvidence) -> Bool {
        guard !records.isEmpty, case .mismatch = match(chain, records, host) else { return false }
        return true
    }

    /// True where DANE senders take every chain of today with these records.
    private func isTaken(_ host: HostEvidence, _ records: [TLSARecord]) -> Bool {
        let chains = chains(of: host)
        return records.isEmpty || (!chains.isEmpty && chains.allSatisfy { matches($0, records, host) })
    }
}

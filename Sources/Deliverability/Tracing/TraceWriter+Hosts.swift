import Evidence
import FoundationEssentials
import MTASTS

extension TraceWriter {
    /// Host by host in order of preference; a sender stops at the first address that takes the mail.
    mutating func hostSteps() {
        var isDone = false
        for (seen, host) in zip(evidence.hosts, assessment.hosts) {
            if isDone {
                add(
                    "else \(host.preference) \(host.host)", "not needed; \(prospect(host))", .skipped, rfc: "5321 5.1")
            } else {
                isDone = attempt(seen, host)
            }
        }
    }

    /// True when the host takes the mail of this sender.
    private mutating func attempt(_ seen: HostEvidence, _ host: HostJudgement) -> Bool {
        if let policy {
            let line = policy.mx.first { $0.matches(host.host) }
            add(
                "try \(host.host): in the policy?", line.map { "yes, mx: \($0.text)" } ?? "no line matches",
                line == nil ? .fail : .ok, rfc: "8461 4.1")
            // In mode testing the sender only takes note of it (RFC 8461 5).
            if line == nil, policy.mode == .enforce { return false }
        }
        guard addressStep(seen, host) else { return false }
        if sender == .dane, !tlsaStep(seen, host) { return false }
        var isDone = false
        for address in host.addresses {
            if isDone {
                let words = prospect(address.acceptance[effectiveClass(address)])
                add("else \(address.address)", "not needed; \(words)", .skipped, rfc: "5321 5.1")
            } else {
                isDone = attempt(address, seen, host)
            }
        }
        return isDone
    }

    private mutating func addressStep(_ seen: HostEvidence, _ host: HostJudgement) -> Bool {
        let what = "A, AAAA \(host.host)"
        guard let lookup = seen.addresses?.value else {
            add(what, "not looked up yet", .unknown, rfc: "5321 5.1")
            return false
        }
        let ms = max(lookup.ipv4.milliseconds, lookup.ipv6.milliseconds)
        let signed = sender == .dane ? ", \(lookup.dnssec.rawValue)" : ""
        guard host.addresses.isEmpty else {
            let list = host.addresses.prefix(4).map(\.address.description).joined(separator: ", ")
            add(what, list + (host.addresses.count > 4 ? ", ..." : "") + signed, .ok, ms: ms, rfc: "5321 5.1")
            return true
        }
        switch host.acceptance[sender == .dane ? .dane : .opportunistic] {
        case .refuses(let words): add(what, words, .fail, ms: ms, rfc: "5321 5.1")
        case .unknown(let words): add(what, words, .unknown, ms: ms, rfc: "5321 5.1")
        case .accepts, .notApplicable, nil: add(what, "no address", .fail, ms: ms, rfc: "5321 5.1")
        }
        return false
    }

    /// True where the sender may go on; a failed lookup of a signed name is no absence (RFC 7672 2.1.2).
    private mutating func tlsaStep(_ seen: HostEvidence, _ host: HostJudgement) -> Bool {
        let what = "TLSA _25._tcp.\(seen.tlsa?.value.base ?? host.host)"
        let ms = seen.tlsa?.value.answer.milliseconds
        let some = evidence.mx?.value.dnssec == .secure ? "" : " (MX unsigned: only some senders look)"
        switch HostJudge(evidence: seen, moment: assessment.at).daneBasis {
        case .records(let records):
            let shown = records.prefix(2).map { "\($0.usage) \($0.selector) \($0.matchingType)" }
            let usable = records.contains(where: \.isUsable)
            let list = shown.joined(separator: ", ") + (records.count > 2 ? ", ..." : "")
            add(
                what, (usable ? list : "\(list): none usable, TLS without authentication") + some,
                usable ? .ok : .skipped, ms: ms, rfc: "7672 2.2")
        case .none: add(what, "none: as any sender", .skipped, ms: ms, rfc: "7672 2.2")
        case .insecure: add(what, "not signed: ignored, as any sender", .skipped, ms: ms, rfc: "7672 2.2")
        case .failed(let words), .bogus(let words):
            add(what, "\(words): defer" + some, .fail, ms: ms, rfc: "7672 2.1.2")
            return false
        case .unknown(let words):
            add(what, words, .unknown, ms: ms, rfc: "7672 2.2")
            return false
        }
        return true
    }

    /// DANE senders take an address without TLSA records as any sender does; so does a sender without a policy.
    private func effectiveClass(_ address: AddressJudgement) -> SenderClass {
        switch sender {
        case .dane: address.acceptance[.dane] == .notApplicable ? .opportunistic : .dane
        case .mtaSTS, .cached: policy?.mode == .enforce ? .mtaSTS : .opportunistic
        case .opportunistic: .opportunistic
        }
    }

    private mutating func attempt(
        _ address: AddressJudgement, _ seen: HostEvidence, _ host: HostJudgement
    ) -> Bool {
        let acceptance = address.acceptance[effectiveClass(address)]
        guard let session = address.session else {
            add("connect \(address.address)", "not probed yet", .unknown, rfc: "5321 3.1")
            return false
        }
        switch address.acceptance[.opportunistic] {
        case .accepts:
            add("connect \(address.address)", "greeted", .ok, ms: session.connectMilliseconds, rfc: "5321 3.1")
        case .refuses(let words):
            add("connect \(address.address)", words, .fail, ms: session.connectMilliseconds, rfc: "5321 3.1")
            return false
        case .unknown(let words):
            add("connect \(address.address)", words, .unknown, ms: session.connectMilliseconds, rfc: "5321 3.1")
            return false
        case .notApplicable, nil: return false
        }
        if let met = effectiveClass(address) == .dane ? seen.daneSession(beside: session) : session {
            if tlsStep(met, address) { proofStep(met, address, host) }
        } else {
            add("STARTTLS", "not seen with the TLSA base domain as SNI", .unknown, rfc: "7672 8.1")
        }
        if let reason = address.split[effectiveClass(address)] { add("by chance", reason, .fail, rfc: "8461 5") }
        return acceptance == .accepts
    }

    /// True when there is a session to look into.
    private mutating func tlsStep(_ session: SessionEvidence, _ address: AddressJudgement) -> Bool {
        let asksForTLS = policy != nil || (sender == .dane && address.isUnderDANE)
        let otherwise = asksForTLS ? "" : ": plain text"
        let bad: SenderTrace.Outcome = asksForTLS ? .fail : .skipped
        if case .tls(let failure) = session.outcome {
            let words = failure.kind == .legacyOnly ? "only TLS 1.0/1.1" : "handshake fails"
            let rest = asksForTLS ? "" : ": some fall back to plain text, some defer"
            add("STARTTLS", words + rest, bad, ms: session.tlsMilliseconds, rfc: "3207 4")
            return false
        }
        switch session.starttls {
        case .offered:
            guard let tls = session.tls else {
                add("STARTTLS", "no handshake seen", .unknown, rfc: "3207 4")
                return false
            }
            let enough = tls.isModern || !asksForTLS
            add("STARTTLS", "offered, \(tls.version)", enough ? .ok : .fail, ms: session.tlsMilliseconds, rfc: "3207 4")
            return enough
        case .missing: add("STARTTLS", "not offered" + otherwise, bad, rfc: "3207 4")
        case .masked(let seen): add("STARTTLS", "masked (\(seen))" + otherwise, bad, rfc: "3207 4")
        case .refused(let code, _): add("STARTTLS", "answered \(code)" + otherwise, bad, rfc: "3207 4")
        case .injected: add("STARTTLS", "plain text injected before TLS", .unknown, rfc: "3207 6")
        case .unknown: add("STARTTLS", "not reached", .unknown, rfc: "3207 4")
        }
        return false
    }

    /// What the sender asks of the other side's identity, if it asks at all.
    private mutating func proofStep(_ session: SessionEvidence, _ address: AddressJudgement, _ host: HostJudgement) {
        if policy != nil {
            certificateStep(session, address, host)
        } else if sender == .dane, address.isUnderDANE {
            daneStep(address, host)
        } else {
            add("certificate", "not looked at: \(address.certificate.words)", .skipped, rfc: "7435 3")
        }
    }

    private mutating func certificateStep(
        _ session: SessionEvidence, _ address: AddressJudgement, _ host: HostJudgement
    ) {
        guard let tls = session.tls, let leaf = tls.leaf else {
            add("certificate", "none", .fail, rfc: "8461 4.2")
            return
        }
        if address.certificate == .good {
            let until = tls.trust.trustedUntil(from: assessment.at).map { ", until \(Stamp.text($0))" } ?? ""
            add("certificate", "trusted, name ok\(until)", .ok, rfc: "8461 4.2")
        } else if address.certificate == .wrongName {
            add("certificate", "is for \(leaf.namesInWords)", .fail, rfc: "8461 4.2")
        } else {
            let words = tls.trust.trust(at: assessment.at).words
            let isExpired = address.certificate == .expired
            add("certificate", isExpired ? "EXPIRED: \(words)" : words, .fail, rfc: "8461 4.2")
        }
    }

    private mutating func daneStep(_ address: AddressJudgement, _ host: HostJudgement) {
        switch address.dane {
        case .match:
            let timeline = evidence.hosts.first { $0.host == host.host }?.dane[address.address]
            guard case .match(let record)? = timeline?.match(at: assessment.at) else {
                add("match TLSA", "matches", .ok, rfc: "7672 2.2")
                return
            }
            let numbers = "\(record.usage) \(record.selector) \(record.matchingType)"
            add("match TLSA", "\(numbers) matches", .ok, rfc: "7672 2.2")
        case .mismatch: add("match TLSA", "no usable record matches: defer", .fail, rfc: "7672 2.2")
        case .unusable: add("match TLSA", "none usable: not authenticated", .skipped, rfc: "7672 3.1")
        case .failed, .bogus, .unknown, .none, .insecure:
            add("match TLSA", "not judged", .unknown, rfc: "7672 2.2")
        }
    }

    private func prospect(_ host: HostJudgement) -> String {
        if let policy, policy.mode == .enforce, !policy.covers(host.host) { return "refused: not in the policy" }
        switch sender {
        case .dane where host.acceptance[.dane] != .notApplicable: return prospect(host.acceptance[.dane])
        default: return prospect(host.acceptance[policy?.mode == .enforce ? .mtaSTS : .opportunistic])
        }
    }

    private func prospect(_ acceptance: Acceptance?) -> String {
        switch acceptance {
        case .accepts: "would take it"
        case .refuses(let words): "refused: \(words)"
        case .unknown(let words): "unknown: \(words)"
        case .notApplicable, nil: "not judged"
        }
    }
}

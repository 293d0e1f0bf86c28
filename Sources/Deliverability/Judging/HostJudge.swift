import Evidence
import FoundationEssentials
import MTASTS

/// Judges one MX host at one moment, for every sender class, from what was seen of it.
///
/// Holds no policy: whether the host is listed is the domain's matter, so one judgement serves every domain.
struct HostJudge {
    let evidence: HostEvidence
    let moment: Date

    /// Whether DANE has anything to say at this host, before the chain is looked at (RFC 7672 2.2).
    enum DANEBasis: Hashable {
        /// Secure TLSA records.
        case records([TLSARecord])
        case none, insecure
        /// The lookup failed while the address is secure: DANE senders defer.
        case failed(String)
        case bogus(String)
        /// We could not find out.
        case unknown(String)

        fileprivate var hasRecords: Bool { if case .records = self { true } else { false } }
    }

    var daneBasis: DANEBasis {
        guard let addresses = evidence.addresses?.value else { return .unknown("not looked up yet") }
        switch addresses.dnssec {
        case .unknown:
            // Nothing published is nothing to validate.
            if let tlsa = evidence.tlsa?.value.answer, tlsa.isAbsent { return .none }
            return .unknown("DNS answers are not validated here")
        case .bogus: return .bogus("the address records fail DNSSEC validation")
        case .secure, .insecure: break
        }
        guard let tlsa = evidence.tlsa?.value.answer else {
            return addresses.dnssec == .secure && !addresses.all.isEmpty ? .unknown("not looked up yet") : .none
        }
        let secureAddress = addresses.dnssec == .secure
        switch tlsa.outcome {
        case .noData, .noName: return .none
        case .found(let records):
            if !secureAddress || tlsa.dnssec == .insecure { return .insecure }
            if tlsa.dnssec == .unknown { return .unknown("DNS answers are not validated here") }
            return .records(records)
        case .failed(let failure):
            guard secureAddress else { return .none }
            switch failure {
            case .bogus(let reason): return .bogus(reason)
            case .serverFailure, .refused, .aliasLoop: return .failed(failure.words)
            // The addresses were answered and validated: what keeps silent about TLSA keeps silent to every sender.
            case .timeout, .malformed: return .failed(failure.words)
            case .resolver: return .unknown(failure.words)
            }
        }
    }

    /// All addresses, judged; in the order of the lookup.
    func addresses() -> [AddressJudgement] {
        let basis = daneBasis
        let sessions = Dictionary(
            evidence.sessions.map { ($0.value.key.address, $0) }, uniquingKeysWith: { first, _ in first })
        return (evidence.addresses?.value.all ?? []).map { address in
            judge(address, sessions[address], basis)
        }
    }

    private func judge(
        _ address: IPAddress, _ observed: Observed<SessionEvidence>?, _ basis: DANEBasis
    ) -> AddressJudgement {
        guard let session = observed?.value else {
            let waiting = Acceptance.unknown("not probed yet")
            let dane: Acceptance = basis == .none || basis == .insecure ? .notApplicable : waiting
            return AddressJudgement(
                address: address, session: nil, at: nil, certificate: .none, dane: standing(basis, nil),
                acceptance: [.mtaSTS: waiting, .opportunistic: waiting, .dane: dane])
        }
        var met: Meeting
        var baseChains: [ChainJudgement]?
        if evidence.hasOtherBase {
            met = meeting(session, [.mtaSTS, .opportunistic], basis)
            let base = evidence.daneSession(beside: session).map { meeting($0, [.dane], basis) }
            baseChains = base?.chains ?? []
            let waiting = Acceptance.unknown("no handshake seen with the TLSA base domain as SNI")
            met.acceptance[.dane] = base?.acceptance[.dane] ?? daneAcceptance(waiting, basis, .unknown, .accepts)
            met.split[.dane] = base?.split[.dane]
        } else {
            met = meeting(session, [.mtaSTS, .dane, .opportunistic], basis)
        }
        return AddressJudgement(
            address: address, session: session, at: observed?.at, certificate: met.chains.first?.certificate ?? .none,
            dane: (baseChains ?? met.chains).first?.dane ?? standing(basis, nil), acceptance: met.acceptance,
            chains: met.chains, baseChains: baseChains, split: met.split)
    }

    /// What senders meet in one conversation.
    private struct Meeting {
        var chains: [ChainJudgement]
        var acceptance: [SenderClass: Acceptance]
        var split: [SenderClass: String] = [:]
    }

    /// What senders of these classes meet in a conversation.
    private func meeting(_ session: SessionEvidence, _ senders: Set<SenderClass>, _ basis: DANEBasis) -> Meeting {
        let chains = chains(session, senders, basis)
        var acceptance = chains.first?.acceptance ?? acceptance(session, nil, senders, basis, nil)
        var split: [SenderClass: String] = [:]
        let proving = [SenderClass.mtaSTS, .dane].filter(senders.contains)
        if chains.count == 2 {
            for sender in proving {
                let verdicts = chains.map { $0.acceptance[sender] ?? .notApplicable }
                guard verdicts.contains(.accepts), let refused = verdicts.firstIndex(where: \.isRefusal) else {
                    continue
                }
                // Which of the two we are shown is our choice of signatures, not the senders'.
                acceptance[sender] = .accepts
                split[sender] = "\(verdicts[refused].words) (senders that negotiate \(chains[refused].familyWords))"
            }
        }
        if session.takesTurns == true {
            for sender in proving {
                guard case .refuses(let words)? = acceptance[sender], sender != .dane || basis.hasRecords else {
                    continue
                }
                // A sender that is refused now comes back, and meets the other one then.
                acceptance[sender] = .accepts
                split[sender] = "\(words) (now and then: servers that differ answer there)"
            }
        }
        return Meeting(chains: chains, acceptance: acceptance, split: split)
    }

    /// The chains that the address shows these senders, each judged for those that negotiate it.
    private func chains(
        _ session: SessionEvidence, _ senders: Set<SenderClass>, _ basis: DANEBasis
    ) -> [ChainJudgement] {
        let address = session.key.address
        let isDANE = senders.contains(.dane)
        var shown: [(tls: TLSSession, timeline: DANETimeline?)] = []
        if let tls = session.tls { shown.append((tls, isDANE ? evidence.dane[address] : nil)) }
        if let other = session.alternate { shown.append((other, isDANE ? evidence.alternateDANE[address] : nil)) }
        return shown.map { tls, timeline in
            ChainJudgement(
                family: shown.count > 1 ? tls.leaf?.keyFamily : nil, tls: tls, certificate: standing(of: tls),
                dane: standing(basis, timeline), timeline: timeline,
                acceptance: acceptance(session, tls, senders, basis, timeline))
        }
    }

    private func acceptance(
        _ session: SessionEvidence, _ tls: TLSSession?, _ senders: Set<SenderClass>, _ basis: DANEBasis,
        _ timeline: DANETimeline?
    ) -> [SenderClass: Acceptance] {
        let plain = Self.plainAcceptance(session)
        let secured = Self.tlsAcceptance(session, tls)
        return [
            .opportunistic: plain, .mtaSTS: Self.stsAcceptance(secured, standing(of: tls), plain),
            .dane: daneAcceptance(secured, basis, standing(basis, timeline), plain),
        ].filter { senders.contains($0.key) }
    }

    /// The chain against WebPKI and the host's own name; the chain's defect comes before the name's.
    func standing(of tls: TLSSession?) -> CertificateStanding {
        guard let tls, let leaf = tls.leaf else { return .none }
        let chain = CertificateStanding(tls.trust.trust(at: moment))
        return chain == .good && !leaf.covers(evidence.host) ? .wrongName : chain
    }

    private func standing(_ basis: DANEBasis, _ timeline: DANETimeline?) -> DANEStanding {
        switch basis {
        case .none: return .none
        case .insecure: return .insecure
        case .failed: return .failed
        case .bogus: return .bogus
        case .unknown: return .unknown
        case .records(let records):
            guard records.contains(where: \.isUsable) else { return .unusable }
            switch timeline?.match(at: moment) {
            case .match: return .match
            case .mismatch: return .mismatch
            case .unusable: return .unusable
            case nil: return .unknown
            }
        }
    }

    /// What a sender that enforces nothing does: plain text is fine, an answer is needed.
    private static func plainAcceptance(_ session: SessionEvidence) -> Acceptance {
        switch session.outcome {
        case .ok, .tls: .accepts
        case .refused: .refuses("connection refused")
        case .timeout(let step): .refuses("no answer (\(step))")
        case .closed(let step): .refuses("connection closed (\(step))")
        case .unreachable: .refuses("host unreachable")
        case .banner(let code, _): session.isBlind ? .unknown("\(code) to our address") : .refuses("answers \(code)")
        case .error(let words): session.isBlind ? .unknown(words) : .refuses("speaks no SMTP")
        case .notProbed(let words): .unknown(words)
        }
    }

    private static func tlsAcceptance(_ session: SessionEvidence, _ tls: TLSSession?) -> Acceptance {
        if case .tls(let failure) = session.outcome {
            return .refuses(failure.kind == .legacyOnly ? "only TLS 1.0/1.1" : "TLS handshake fails")
        }
        switch session.starttls {
        case .offered:
            guard let tls else { return .unknown("no handshake seen") }
            return tls.isModern ? .accepts : .refuses("only \(tls.version)")
        case .missing: return .refuses("no STARTTLS")
        case .masked: return .refuses("STARTTLS masked")
        case .refused(let code, _): return .refuses("STARTTLS answered \(code)")
        case .injected: return .unknown("plain text injected before TLS")
        case .unknown: return .unknown("STARTTLS not reached")
        }
    }

    private static func stsAcceptance(
        _ tls: Acceptance, _ certificate: CertificateStanding, _ plain: Acceptance
    ) -> Acceptance {
        guard case .accepts = plain else { return plain }
        guard case .accepts = tls else { return tls }
        switch certificate {
        case .good: return .accepts
        case .none: return .refuses("no certificate")
        default: return .refuses("certificate \(certificate.words)")
        }
    }

    private func daneAcceptance(
        _ tls: Acceptance, _ basis: DANEBasis, _ dane: DANEStanding, _ plain: Acceptance
    ) -> Acceptance {
        switch basis {
        case .none, .insecure: return .notApplicable
        case .failed(let words): return .refuses("TLSA lookup fails: \(words)")
        case .bogus: return .refuses("DNSSEC bogus")
        case .unknown(let words): return .unknown(words)
        case .records: break
        }
        guard case .accepts = plain else { return plain }
        // A record that is not usable still asks for TLS (RFC 7672 2.2), of any version that a handshake gives.
        switch (dane, tls) {
        case (.match, .accepts), (.unusable, .accepts): return .accepts
        case (.mismatch, .accepts): return .refuses("TLSA mismatch")
        case (_, .accepts): return .unknown("TLSA not judged")
        case (_, let other): return other
        }
    }

    /// The verdict over all addresses: a sender goes on to the next address, so one good one is enough.
    static func combine(_ acceptances: [Acceptance]) -> Acceptance {
        if acceptances.contains(.accepts) { return .accepts }
        if let unknown = acceptances.first(where: \.isUnknown) { return unknown }
        if let refusal = acceptances.first(where: \.isRefusal) { return refusal }
        return .notApplicable
    }
}

extension HostEvidence {
    /// DANE senders send another name as SNI than the others do.
    var hasOtherBase: Bool { tlsa?.value.otherBase(than: host) != nil }

    /// The conversation that DANE senders have where the others have this one; nil where it is not known: not held
    /// yet, or failed where the other one came to TLS.
    func daneSession(beside session: SessionEvidence) -> SessionEvidence? {
        guard hasOtherBase else { return session }
        let own = baseSessions.first { $0.value.key.address == session.key.address }?.value
        return own?.tls == nil && session.tls != nil ? nil : own
    }
}

extension ChainJudgement {
    /// The key family in a word.
    var familyWords: String { tls.leaf?.keyFamily?.rawValue ?? "it" }
}

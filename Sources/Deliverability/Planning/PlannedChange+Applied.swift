public import Evidence
public import FoundationEssentials
public import MTASTS

extension PlannedChange {
    /// What the TLSA records would say of a chain (`ChainJudge.dane`).
    public typealias DANEJudge = (CertificateChain, [TLSARecord], [DomainName]) -> DANETimeline

    /// The domain as it would be seen after the change, and what had to be taken for granted.
    ///
    /// - Parameters:
    ///   - evidence: what is seen now.
    ///   - newHosts: what was seen of the MX hosts that are not the domain's yet.
    ///   - dane: judges chains and TLSA sets that come together for the first time.
    public func applied(
        to evidence: DomainEvidence, newHosts: [DomainName: HostEvidence], at now: Date, dane: DANEJudge
    ) -> (evidence: DomainEvidence, assumptions: [String]) {
        var assumptions: [String] = []
        let exchange = mx(evidence)
        var known = newHosts
        for host in evidence.hosts { known[host.host] = host }
        let names: [DomainName]
        switch exchange?.value.outcome {
        case .found(let records)?:
            var seen: Set<DomainName> = []
            names = records.compactMap(\.host).filter { seen.insert($0).inserted }
        case .noData?: names = [evidence.domain]
        case .noName?, .failed?, nil: names = []
        }
        let hosts = names.map { host(known[$0] ?? HostEvidence(host: $0), evidence.domain, now, dane, &assumptions) }
        var then = evidence
        then.record = record(evidence, now)
        then.policy = policy(evidence, now, &assumptions)
        then.mx = exchange
        then.hosts = hosts
        return (then, assumptions)
    }

    private func mx(_ evidence: DomainEvidence) -> Observed<DNSAnswer<[MXHost]>>? {
        guard let seen = evidence.mx, !addedMX.isEmpty || !removedMX.isEmpty else { return evidence.mx }
        let answer = seen.value
        guard answer.failure == nil else { return seen }
        let records = mx(after: answer.value ?? [])
        let outcome: LookupOutcome<[MXHost]> = records.isEmpty ? .noData : .found(records)
        return seen.with(
            DNSAnswer(outcome, dnssec: answer.dnssec, ttl: answer.ttl, milliseconds: answer.milliseconds))
    }

    private func record(_ evidence: DomainEvidence, _ now: Date) -> Observed<DNSAnswer<[TXTRecord]>>? {
        let dnssec = evidence.record?.value.dnssec ?? .insecure
        let ttl = evidence.record?.value.ttl
        if removesSTS { return Observed(DNSAnswer(.noData, dnssec: dnssec, ttl: ttl), at: now) }
        guard let recordID else { return evidence.record }
        return Observed(DNSAnswer(.found([TXTRecord("v=STSv1; id=\(recordID)")]), dnssec: dnssec, ttl: ttl), at: now)
    }

    private func policy(
        _ evidence: DomainEvidence, _ now: Date, _ assumptions: inout [String]
    ) -> Observed<PolicyFetch>? {
        if removesSTS { return nil }
        guard let host = evidence.domain.prefixed("mta-sts") else { return evidence.policy }
        guard let policyBody else {
            // Under a new id the same body is fetched again.
            guard recordID != nil, let seen = evidence.policy else { return evidence.policy }
            return Observed(seen.value, at: now)
        }
        let old = evidence.policy?.value
        var tls = old?.tls
        let isGood = tls?.trust.trust(at: now) == .trusted && tls?.leaf?.covers(host) == true
        if old == nil || !isGood {
            assumptions.append("\(host) serves the policy with a certificate that senders trust")
            tls = Self.assumedSession(host, now)
        }
        return Observed(
            PolicyFetch(
                host: host, address: old?.address, aliases: old?.aliases ?? [], status: 200, contentType: "text/plain",
                body: policyBody, serverDate: nil, tls: tls, milliseconds: 0), at: now)
    }

    private static func assumedSession(_ host: DomainName, _ now: Date) -> TLSSession {
        let facts = CertificateFacts(
            subject: "", issuer: "", issuerShort: "", names: [host.text], notBefore: now,
            notAfter: now.addingTimeInterval(90 * 86_400), key: "", keyBits: 256, signature: "", isSelfSigned: false,
            sha256: "", publicKeySHA256: "")
        return TLSSession(
            version: "TLSv1.3", cipher: "", chain: CertificateChain(der: []), certificates: [facts],
            trust: TrustTimeline([.init(from: .distantPast, trust: .trusted)]))
    }

    private func host(
        _ seen: HostEvidence, _ domain: DomainName, _ now: Date, _ dane: DANEJudge, _ assumptions: inout [String]
    ) -> HostEvidence {
        let certificate = certificates[seen.host]
        let published = tlsa[seen.host]
        guard certificate != nil || published != nil else { return seen }
        var then = seen
        if certificate?.renewedSince != nil {
            assumptions.append(
                "the renewed certificate of \(seen.host) has the names, the issuer and the key of the one of today")
        }
        if let certificate {
            then.sessions = seen.sessions.map { Observed(certificate.shown(in: $0.value), since: now, at: now) }
            // A server that shows another certificate for the TLSA base domain goes on doing so.
            then.baseSessions = seen.baseSessions.map { base in
                let own = seen.sessions.first { $0.value.key.address == base.value.key.address }?.value
                guard own?.tls?.leaf?.sha256 == base.value.tls?.leaf?.sha256 else { return base }
                return Observed(certificate.shown(in: base.value), since: now, at: now)
            }
        }
        if let published {
            // Records that are new stand in the zone that the host's addresses stand in.
            let dnssec = seen.tlsa?.value.answer.dnssec ?? seen.addresses?.value.dnssec ?? .unknown
            let answer = DNSAnswer<[TLSARecord]>(
                published.isEmpty ? .noData : .found(published), dnssec: dnssec, ttl: seen.tlsa?.value.answer.ttl)
            then.tlsa = Observed(TLSALookup(base: seen.tlsa?.value.base ?? seen.host, answer: answer), at: now)
        }
        (then.dane, then.alternateDANE) = ([:], [:])
        guard let lookup = then.tlsa?.value, let records = lookup.answer.value else { return then }
        if !records.isEmpty, [lookup.answer.dnssec, then.addresses?.value.dnssec].contains(.unknown) {
            assumptions.append(
                "the answers for \(seen.host) are DNSSEC-signed, so that senders go by its TLSA records: here they are "
                    + "not validated")
            then.tlsa = then.tlsa?.with(TLSALookup(base: lookup.base, answer: Self.signed(lookup.answer)))
            then.addresses = then.addresses.map {
                $0.with(HostAddresses(ipv4: Self.signed($0.value.ipv4), ipv6: Self.signed($0.value.ipv6)))
            }
        }
        let names = Self.names(lookup.base, seen.host, domain, records)
        func judged(_ tls: TLSSession) -> DANETimeline {
            guard let certificate, certificate.facts.first == tls.leaf else { return dane(tls.chain, records, names) }
            return certificate.dane(records, names, dane)
        }
        for session in then.daneSessions.map(\.value) {
            then.dane[session.key.address] = session.tls.map(judged)
            then.alternateDANE[session.key.address] = session.alternate.map(judged)
        }
        return then
    }

    /// An answer that was not validated, as a validating resolver gives it where the zone is signed.
    private static func signed<Value>(_ answer: DNSAnswer<Value>) -> DNSAnswer<Value> {
        guard answer.dnssec == .unknown else { return answer }
        return DNSAnswer(
            answer.outcome, dnssec: .secure, aliases: answer.aliases, ttl: answer.ttl,
            milliseconds: answer.milliseconds)
    }

    /// Only DANE-TA looks at names, and may take the recipient's domain (RFC 7672 3.2.2).
    static func names(
        _ base: DomainName, _ host: DomainName, _ domain: DomainName, _ records: [TLSARecord]
    ) -> [DomainName] {
        records.contains { $0.usage == 2 } ? [base, host, domain] : [base, host]
    }
}

extension PlannedChange.Certificate {
    /// The conversation as it would be with this chain in the place of the one with a key of its kind: a server that
    /// shows two has the other one still.
    fileprivate func shown(in session: SessionEvidence) -> SessionEvidence {
        func replaced(_ old: TLSSession) -> TLSSession {
            TLSSession(version: old.version, cipher: old.cipher, chain: chain, certificates: facts, trust: trust)
        }
        var then = session
        if let survey = session.survey, let other = session.alternate, let family = facts.first?.keyFamily,
            other.leaf?.keyFamily == family
        {
            then.survey = TLSSurvey(
                key: survey.key, leaf: survey.leaf, otherKey: .shown(replaced(other)), withoutName: survey.withoutName)
        } else {
            then.tls = session.tls.map(replaced)
        }
        return then
    }
}

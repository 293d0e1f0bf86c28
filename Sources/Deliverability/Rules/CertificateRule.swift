import Evidence
import FoundationEssentials
import MTASTS

/// The chain, dates and name of each MX address (RFC 8461 4.2).
enum CertificateRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        judged.standing.hosts.flatMap { host in
            [trust, name, expiring].flatMap { find in
                // The chain of the session, then the one of the other key family, where there is one.
                [0, 1].flatMap { index in
                    HostFindings.merged(host) { address in
                        guard address.chains.indices.contains(index) else { return nil }
                        let chain = address.chains[index]
                        return find(chain, address, host, judged).map { told($0, of: chain, address) }
                    }
                }
            } + baseExpiring(host, judged) + differing(host, judged) + torn(host, judged)
        }
    }

    /// Where there are two chains the finding says which one it is about.
    private static func told(_ finding: Finding, of chain: ChainJudgement, _ address: AddressJudgement) -> Finding {
        guard let family = chain.family?.rawValue else { return finding }
        let others = address.chains.filter { $0.family != chain.family }
        let isTorn = others.contains { $0.certificate == .good } && chain.certificate != .good
        let who = isTorn ? "; senders that negotiate \(family) are hit, the others are not" : ""
        return finding.with(subject: "\(finding.subject) (\(family))", evidence: "\(family): \(finding.evidence)\(who)")
    }

    /// DANE-TA asks for dates, chain and name; DANE-EE for none of them (RFC 7672 3.1).
    private static func hitsDANE(_ chain: ChainJudgement, _ host: HostJudgement, _ judged: Case) -> Bool {
        guard chain.dane == .mismatch, let seen = judged.evidence.hosts.first(where: { $0.host == host.host }) else {
            return false
        }
        return seen.tlsa?.value.answer.value?.contains { $0.usage == 2 && $0.isUsable } ?? false
    }

    private static func trust(
        _ chain: ChainJudgement, _ address: AddressJudgement, _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        let verdict = chain.tls.trust.trust(at: judged.now)
        let dane = hitsDANE(chain, host, judged)
        func told(
            _ code: FindingCode, _ severity: Severity, _ fix: String,
            _ tlsrpt: TLSRPTResultType = .certificateNotTrusted, since: Date? = nil
        ) -> Finding {
            Finding(
                code, judged.severity(severity, hitsDANE: dane), subject: host.host.text,
                evidence: verdict.words + judged.testingRemark, senders: judged.senders(dane: dane), since: since,
                fix: fix,
                tlsrpt: tlsrpt, rfc: "8461 4.2")
        }
        switch verdict {
        case .trusted: return nil
        case .expired(_, let notAfter):
            return told(
                .certificateExpired, .critical, "Renew the certificate on \(host.host) and reload the mail server.",
                .certificateExpired, since: notAfter)
        case .notYetValid:
            return told(
                .certificateNotYetValid, .critical,
                "Install a certificate that is valid today on \(host.host); check the clock of the CA host.",
                .validationFailure)
        case .selfSigned:
            return told(
                .certificateSelfSigned, .critical, "Install a certificate from a public CA on \(host.host).")
        case .incomplete(let issuer):
            return told(
                .certificateChainIncomplete, .high,
                "Send the intermediate \(issuer) behind the certificate (use the CA's full chain file). If that is no "
                    + "intermediate of a public CA, senders trust nothing it issues: take a certificate of one that is."
            )
        case .untrusted, .invalid:
            return told(
                .certificateUntrusted, .critical, "Install a certificate from a public CA on \(host.host).")
        case .weak:
            return told(
                .certificateWeak, .critical,
                "Issue the certificate anew with RSA 2048 or EC P-256 and SHA-256: most senders refuse this one.")
        }
    }

    private static func name(
        _ chain: ChainJudgement, _ address: AddressJudgement, _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let leaf = chain.tls.leaf, !leaf.covers(host.host) else { return nil }
        let dane = hitsDANE(chain, host, judged)
        let server = ServerNameWords(chain.tls, address.session, host.host)
        return Finding(
            .certificateNameMismatch, judged.severity(.critical, hitsDANE: dane), subject: host.host.text,
            evidence: "the certificate is for \(leaf.namesInWords)\(server.evidence)" + judged.testingRemark,
            senders: judged.senders(dane: dane), fix: server.fix, tlsrpt: .certificateHostMismatch, rfc: "8461 4.2")
    }

    private static func expiring(
        _ chain: ChainJudgement, _ address: AddressJudgement, _ host: HostJudgement, _ judged: Case
    ) -> Finding? {
        guard let leaf = chain.tls.leaf else { return nil }
        let near = chain.ends(after: judged.now).filter { ExpiryWindow(leaf, end: $0.at, now: judged.now) != nil }
        guard let end = near.map(\.at).min(), let window = ExpiryWindow(leaf, end: end, now: judged.now) else {
            return nil
        }
        let dane = near.contains { $0.sender == .dane }
        let senders = near.contains { $0.sender == .mtaSTS } ? judged.senders(dane: dane) : [.dane]
        let which = end > leaf.notAfter.addingTimeInterval(-1) ? "the certificate" : "an intermediate"
        return Finding(
            .certificateExpiring, judged.severity(.warning, hitsDANE: dane), subject: host.host.text,
            evidence: "\(which) expires in \(window.leftWords), \(Stamp.text(end))",
            senders: senders, deadline: end,
            fix: "Renew the certificate on \(host.host) and reload the mail server before \(Stamp.text(end)).",
            tlsrpt: .certificateExpired, rfc: "8461 4.2")
    }

    /// The end of a chain that DANE senders alone are shown.
    private static func baseExpiring(_ host: HostJudgement, _ judged: Case) -> [Finding] {
        let seen = judged.evidence.hosts.first { $0.host == host.host }
        guard let base = seen?.tlsa?.value.otherBase(than: host.host) else { return [] }
        return HostFindings.merged(host) { address in
            address.baseChains?.lazy.compactMap { expiring($0, address, host, judged) }.first.map {
                $0.with(subject: "\(host.host) (\(base))", evidence: "shown for the name \(base): \($0.evidence)")
            }
        }
    }

    /// Some mail is refused and some is not, when the addresses of one host are judged differently.
    private static func differing(_ host: HostJudgement, _ judged: Case) -> [Finding] {
        let seen = host.addresses.compactMap { address in
            address.session?.tls?.leaf.map { (address, $0.sha256) }
        }
        guard Set(seen.map(\.1)).count > 1, Set(seen.map { $0.0.certificate == .good }).count > 1 else { return [] }
        let list = seen.map { "\($0.0.address): \($0.0.certificate.words)" }.joined(separator: "; ")
        return [
            Finding(
                .certificateDiffersBetweenAddresses, judged.severity(.high), subject: host.host.text, evidence: list,
                senders: judged.senders(),
                fix: "Install the good certificate on every address of \(host.host): mail fails now and then.",
                rfc: "8461 4.2")
        ]
    }

    /// Some senders are refused and some are not, when the chains of the two key families are judged differently.
    private static func torn(_ host: HostJudgement, _ judged: Case) -> [Finding] {
        HostFindings.merged(host) { address in
            let chains = address.chains
            guard chains.count == 2, Set(chains.map { $0.certificate == .good }).count > 1 else { return nil }
            return Finding(
                .certificateDiffersBetweenKeys, judged.severity(.high), subject: host.host.text,
                evidence: chains.map { "\($0.familyWords): \($0.certificate.words)" }.joined(separator: "; "),
                senders: judged.senders(),
                fix: "Renew both certificates of \(host.host), RSA and ECDSA, or configure only the good one: senders "
                    + "differ in which they negotiate.",
                rfc: "8461 4.2")
        }
    }
}

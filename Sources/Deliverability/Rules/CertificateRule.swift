import Evidence
import FoundationEssentials
import MTASTS

/// The chain, dates and name of each MX address (RFC 8461 4.2).
enum CertificateRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        judged.standing.hosts.flatMap { host in
            HostFindings.merged(host) { trust($0, host, judged) } + HostFindings.merged(host) { name($0, host, judged) }
                + HostFindings.merged(host) { expiring($0, host, judged) } + differing(host, judged)
        }
    }

    /// DANE-TA asks for dates, chain and name; DANE-EE for none of them (RFC 7672 3.1).
    private static func hitsDANE(_ address: AddressJudgement) -> Bool { address.acceptance[.dane]?.isRefusal == true }

    private static func trust(_ address: AddressJudgement, _ host: HostJudgement, _ judged: Case) -> Finding? {
        guard let tls = address.session?.tls else { return nil }
        let verdict = tls.trust.trust(at: judged.now)
        let dane = hitsDANE(address)
        func told(
            _ code: FindingCode, _ severity: Severity, _ fix: String,
            _ tlsrpt: TLSRPTResultType = .certificateNotTrusted
        ) -> Finding {
            Finding(
                code, judged.severity(severity, hitsDANE: dane), subject: host.host.text,
                evidence: verdict.words + judged.testingRemark, senders: judged.senders(dane: dane), fix: fix,
                tlsrpt: tlsrpt, rfc: "8461 4.2")
        }
        switch verdict {
        case .trusted: return nil
        case .expired:
            return told(
                .certificateExpired, .critical, "Renew the certificate on \(host.host) and reload the mail server.",
                .certificateExpired)
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
                "Send the intermediate \(issuer) behind the certificate (use the CA's full chain file).")
        case .untrusted, .invalid:
            return told(
                .certificateUntrusted, .critical, "Install a certificate from a public CA on \(host.host).")
        case .weak:
            return told(
                .certificateWeak, .critical,
                "Issue the certificate anew with RSA 2048 or EC P-256 and SHA-256: most senders refuse this one.")
        }
    }

    private static func name(_ address: AddressJudgement, _ host: HostJudgement, _ judged: Case) -> Finding? {
        guard let leaf = address.session?.tls?.leaf, !leaf.covers(host.host) else { return nil }
        let dane = hitsDANE(address)
        let names = leaf.names.isEmpty ? "no name at all" : leaf.names.prefix(3).joined(separator: ", ")
        return Finding(
            .certificateNameMismatch, judged.severity(.critical, hitsDANE: dane), subject: host.host.text,
            evidence: "the certificate is for \(names)" + judged.testingRemark,
            senders: judged.senders(dane: dane),
            fix: "Install a certificate whose subjectAltName covers \(host.host).", tlsrpt: .certificateHostMismatch,
            rfc: "8461 4.2")
    }

    private static func expiring(_ address: AddressJudgement, _ host: HostJudgement, _ judged: Case) -> Finding? {
        guard let tls = address.session?.tls, let leaf = tls.leaf,
            let end = tls.trust.trustedUntil(from: judged.now),
            let window = ExpiryWindow(leaf, end: end, now: judged.now)
        else { return nil }
        let which = end > leaf.notAfter.addingTimeInterval(-1) ? "the certificate" : "an intermediate"
        return Finding(
            .certificateExpiring, judged.severity(.warning), subject: host.host.text,
            evidence: "\(which) expires in \(window.leftWords), \(Stamp.text(end))",
            senders: judged.senders(), deadline: end,
            fix: "Renew the certificate on \(host.host) and reload the mail server before \(Stamp.text(end)).",
            tlsrpt: .certificateExpired, rfc: "8461 4.2")
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
}

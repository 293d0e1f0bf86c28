import Evidence
import MTASTS

/// Whether TLS can be had on each MX address (RFC 3207, RFC 8461 4.2).
enum STARTTLSRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        judged.standing.hosts.flatMap { host in
            HostFindings.merged(host) { address in finding(address, host, judged) }
        }
    }

    private static func finding(_ address: AddressJudgement, _ host: HostJudgement, _ judged: Case) -> Finding? {
        guard let session = address.session else { return nil }
        let dane = address.isUnderDANE
        func told(
            _ code: FindingCode, _ severity: Severity, _ evidence: String, _ fix: String,
            _ tlsrpt: TLSRPTResultType = .starttlsNotSupported
        ) -> Finding {
            Finding(
                code, judged.severity(severity, hitsDANE: dane), subject: host.host.text,
                evidence: evidence + judged.testingRemark, senders: judged.senders(dane: dane), fix: fix,
                tlsrpt: tlsrpt, rfc: "8461 4.2")
        }
        if case .tls(let failure) = session.outcome {
            switch failure.kind {
            case .handshake, .silence, .unknownName:
                var (evidence, fix) = (
                    failure.reason,
                    "Look at the TLS settings and the log of \(host.host): no TLS 1.2 or 1.3 session comes about."
                )
                if failure.kind == .unknownName {
                    evidence = "the server breaks off at the name \(host.host) (fatal alert unrecognized_name)"
                    fix = "Give the server a certificate for \(host.host), or a default one for names it does not know."
                }
                if case .rejected(let other)? = session.serverNameUse {
                    evidence += "; without a name it shows \(other.leaf?.namesInWords ?? "a certificate")"
                    fix =
                        "Put a certificate for \(host.host) into the server's SNI table (Postfix: "
                        + "tls_server_sni_maps), or let it answer unknown names with its default."
                }
                return told(.tlsHandshakeFailed, .critical, evidence, fix, .validationFailure)
            case .legacyOnly:
                return told(
                    .tlsLegacyOnly, .critical, failure.reason, "Enable TLS 1.2 and 1.3 on \(host.host).",
                    .validationFailure)
            }
        }
        switch session.starttls {
        case .offered, .unknown: return nil
        case .missing:
            if let offered = judged.hosts[host.host]?.seen(address.address)?.starttlsOffered {
                return told(
                    .starttlsRemoved, .critical,
                    "STARTTLS was offered, last on \(Stamp.text(offered)); EHLO is answered without it now",
                    "Turn STARTTLS on again at \(host.host), or look for who strips it between: a firewall, an attack.")
            }
            return told(
                .starttlsMissing, .critical, "EHLO is answered without STARTTLS",
                "Turn STARTTLS on again at \(host.host) (certificate and key readable? TLS enabled for smtpd?).")
        case .masked(let seen):
            return told(
                .starttlsMasked, .critical, "EHLO shows \(seen)",
                "A firewall that inspects SMTP, or an attack, hides STARTTLS: turn its SMTP inspection off.")
        case .refused(let code, let text):
            return told(
                .starttlsRefused, .critical, "STARTTLS is answered \(code) \(text)",
                "Look at the log of \(host.host): the certificate or key may be missing or unreadable.")
        case .injected(let seen):
            return Finding(
                .starttlsInjection, .high, subject: host.host.text, evidence: "plain text after the 220: \(seen)",
                fix: "Update the mail server, or look for who sits between: text sent before TLS must be dropped.",
                tlsrpt: .validationFailure, rfc: "3207 6")
        }
    }
}

/// Findings of the addresses of one host, told once where all addresses agree.
enum HostFindings {
    static func merged(_ host: HostJudgement, _ finding: (AddressJudgement) -> Finding?) -> [Finding] {
        var told: [(addresses: [String], finding: Finding)] = []
        for address in host.addresses {
            guard var next = finding(address) else { continue }
            if address.session?.takesTurns == true {
                // Who tries by hand may meet the good one each time.
                next = next.with(
                    subject: next.subject,
                    evidence: "\(next.evidence); at some looks only: servers that differ answer at "
                        + "\(address.address)")
            }
            let same = told.firstIndex { $0.finding == next }
            if let same {
                told[same].addresses.append(address.address.description)
            } else {
                told.append(([address.address.description], next))
            }
        }
        return told.map { entry in
            guard entry.addresses.count < host.addresses.count else { return entry.finding }
            let subject = entry.finding.subject
            return entry.finding.with(subject: "\(subject) [\(entry.addresses.joined(separator: ", "))]")
        }
    }
}

extension Finding {
    func with(subject: String, evidence: String? = nil) -> Finding {
        Finding(
            code, severity, subject: subject, evidence: evidence ?? self.evidence, senders: senders, since: since,
            until: until,
            deadline: deadline, fix: fix, tlsrpt: tlsrpt, rfc: rfc)
    }
}

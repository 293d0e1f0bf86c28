import Evidence
import FoundationEssentials
import MTASTS

/// The policy host's certificate (RFC 8461 3.3): same effect as a fetch that fails.
enum PolicyHostRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard judged.standing.record?.status == .valid, let fetch = judged.evidence.policy?.value,
            let tls = fetch.tls, let leaf = tls.leaf
        else { return [] }
        func finding(_ code: FindingCode, _ evidence: String, _ fix: String, deadline: Date? = nil) -> Finding {
            Finding(
                code, .warning, subject: fetch.host.text, evidence: evidence, senders: [.mtaSTS],
                deadline: deadline, fix: fix, tlsrpt: .stsWebPKIInvalid, rfc: "8461 3.3")
        }
        var findings: [Finding] = []
        switch tls.trust.trust(at: judged.now) {
        case .trusted:
            if let end = tls.trust.trustedUntil(from: judged.now),
                let window = ExpiryWindow(leaf, end: end, now: judged.now)
            {
                findings.append(
                    finding(
                        .policyHostCertificateExpiring, "expires in \(window.leftWords), \(Stamp.text(end))",
                        "Renew the certificate of \(fetch.host): when it expires no sender can fetch the policy.",
                        deadline: end))
            }
        case .expired(let subject, let notAfter):
            findings.append(
                finding(
                    .policyHostCertificateExpired, "\(subject) expired \(Stamp.text(notAfter))",
                    "Renew the certificate of \(fetch.host)."))
        case let trust:
            findings.append(
                finding(
                    .policyHostCertificateUntrusted, trust.words,
                    "Install a certificate from a public CA, with its intermediates, on \(fetch.host)."))
        }
        if !leaf.covers(fetch.host) {
            findings.append(
                finding(
                    .policyHostCertificateNameMismatch,
                    "the certificate is for \(leaf.namesInWords)",
                    "Install a certificate whose subjectAltName covers \(fetch.host)."))
        }
        return findings
    }
}

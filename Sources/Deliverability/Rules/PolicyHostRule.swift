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
            if let first = firstToExpire(fetch, judged.now) {
                let place = first.edge.map { ", at \($0)" } ?? ""
                findings.append(
                    finding(
                        .policyHostCertificateExpiring,
                        "expires in \(first.window.leftWords), \(Stamp.text(first.end))\(place)",
                        "Renew the certificate of \(fetch.host)\(place): when it expires no sender can fetch the policy"
                            + (place.isEmpty ? "." : " there."),
                        deadline: first.end))
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

    /// The certificate near its end that ends first, and the address that shows it where others show a later one.
    private static func firstToExpire(
        _ fetch: PolicyFetch, _ now: Date
    ) -> (window: ExpiryWindow, end: Date, edge: IPAddress?)? {
        let answers = [fetch] + fetch.answeringEdges
        let ends = answers.compactMap { $0.tls?.trust.trustedUntil(from: now) }
        let near = answers.compactMap { answer -> (window: ExpiryWindow, end: Date, edge: IPAddress?)? in
            guard let tls = answer.tls, let leaf = tls.leaf, let end = tls.trust.trustedUntil(from: now),
                let window = ExpiryWindow(leaf, end: end, now: now)
            else { return nil }
            return (window, end, Set(ends).count > 1 ? answer.address : nil)
        }
        return near.min { $0.end < $1.end }
    }
}

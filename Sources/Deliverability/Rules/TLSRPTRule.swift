import Evidence

/// Where failure reports go (RFC 8460 3).
enum TLSRPTRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard let reading = judged.tlsrpt else { return [] }
        let subject = "_smtp._tls.\(judged.domain)"
        func finding(_ code: FindingCode, _ evidence: String, _ fix: String) -> Finding {
            Finding(code, .info, subject: subject, evidence: evidence, fix: fix, rfc: "8460 3")
        }
        switch reading.status {
        case .valid, .failed: return []
        case .missing:
            // A domain that takes no part in MTA-STS or DANE has nothing to be told of.
            guard judged.live != nil || judged.standing.hasUsableDANE else { return [] }
            return [
                finding(
                    .tlsrptMissing, "no TXT record that begins v=TLSRPTv1",
                    "Publish `v=TLSRPTv1; rua=mailto:...`: senders then report what they refuse.")
            ]
        case .invalid:
            return [
                finding(
                    .tlsrptInvalid, reading.raw.first ?? "",
                    "Write it as `v=TLSRPTv1; rua=mailto:tls@example.com`: no reports are sent until then.")
            ]
        case .multiple:
            return [
                finding(
                    .tlsrptMultiple, reading.raw.prefix(3).joined(separator: " | "),
                    "Leave exactly one record; with several, senders act as if there was none.")
            ]
        }
    }
}

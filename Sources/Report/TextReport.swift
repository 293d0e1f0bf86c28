public import Deliverability
import Evidence
public import FoundationEssentials
import MTASTS

/// One domain as a person reads it on a terminal or in a mail from cron; plain ASCII, no colour.
public enum TextReport {
    /// - Parameters:
    ///   - status: a status with a verdict, or without one.
    ///   - now: for spans such as `4d 3h`.
    public static func text(_ status: DomainStatus, now: Date) -> String {
        guard let assessment = status.assessment else {
            return "\(status.domain)  ? UNKNOWN  not looked at\n"
        }
        var lines = [headline(assessment)]
        lines += senders(assessment)
        lines += checks(assessment, status.evidence)
        lines += hosts(assessment)
        lines += findings(assessment.findings, now)
        if let bounce = assessment.bouncesAt, bounce > now {
            lines.append(
                "  bounces in  \(Stamp.long(bounce.timeIntervalSince(now))), \(Stamp.text(bounce)), if nobody acts")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func headline(_ assessment: Assessment) -> String {
        let state = "\(assessment.state.glyph) \(assessment.state.word)"
        return "\(assessment.domain)  \(state)" + (assessment.why.isEmpty ? "" : "  \(assessment.why)")
    }

    private static func senders(_ assessment: Assessment) -> [String] {
        func line(_ name: String, _ verdict: SenderVerdict) -> String {
            let enforced = verdict.enforced == verdict.delivery ? "" : " (enforce: \(verdict.enforced.rawValue))"
            let reason = verdict.reason.isEmpty ? "" : "  \(verdict.reason)"
            return row(name, verdict.delivery.rawValue + enforced + reason)
        }
        let copies = assessment.cached.prefix(8).map { copy in
            let until = copy.until.map { "until \(Stamp.text($0))" } ?? "while the id stays"
            let who = copy.holders == .id ? "by id" : "by expiry"
            let reason = copy.reason.isEmpty ? "" : "  \(copy.reason)"
            return row("cached", "\(copy.delivery.rawValue)  \(copy.policyID), held \(who) \(until)\(reason)")
        }
        return [line("mta-sts", assessment.mtaSTS)] + copies
            + [line("dane", assessment.dane), line("opportunistic", assessment.opportunistic)]
            + assessment.queuesGiveUp.prefix(3).map {
                row("gives up", "\($0.sender)  \(Stamp.text($0.at))")
            }
    }

    private static func checks(_ assessment: Assessment, _ evidence: DomainEvidence?) -> [String] {
        var lines: [String] = []
        if let record = assessment.record {
            lines.append(row("record", record.status.rawValue + (record.record.map { "  id=\($0.id)" } ?? "")))
        }
        if let policy = assessment.policy {
            let detail = policy.policy.map { "  mode \($0.mode.rawValue), max_age \($0.maxAge), \($0.mx.count) mx" }
            lines.append(row("policy", policy.status.rawValue + (detail ?? "")))
            for edge in evidence?.policy?.value.edges ?? [] {
                let bytes = "\(edge.body?.count ?? 0) bytes"
                let words = edge.failure.map { VisibleText.printable($0.words) } ?? bytes
                lines.append(row("", "\(edge.address?.description ?? "")  \(words)"))
            }
        }
        if let mx = assessment.mx { lines.append(row("mx", mx.status.rawValue)) }
        if let tlsrpt = assessment.tlsrpt {
            let targets = tlsrpt.rua.isEmpty ? "" : "  " + tlsrpt.rua.joined(separator: ", ")
            lines.append(row("tlsrpt", tlsrpt.status.rawValue + targets))
        }
        return lines
    }

    private static func hosts(_ assessment: Assessment) -> [String] {
        assessment.hosts.flatMap { host in
            let listed = host.inPolicy.map { $0 ? "in the policy" : "NOT in the policy" } ?? ""
            return ["  \(host.preference) \(host.host)  \(listed)"]
                + host.addresses.map { address in
                    let session = address.session
                    let words = [
                        address.address.description, session?.outcome.word ?? "not probed",
                        "STARTTLS \(session?.starttls.word ?? "unknown")", session?.tls?.version ?? "no TLS",
                        "certificate \(certificate(address))", "dane \(address.dane.rawValue)",
                    ]
                    return "     " + words.joined(separator: "  ")
                }
        }
    }

    /// The standing of the chain, or of both where there are two.
    private static func certificate(_ address: AddressJudgement) -> String {
        guard address.chains.count > 1 else { return address.certificate.words }
        return address.chains.map { "\($0.certificate.words) (\($0.family?.rawValue ?? "?"))" }.joined(separator: ", ")
    }

    private static func findings(_ findings: [Finding], _ now: Date) -> [String] {
        findings.flatMap { finding in
            var lines = [
                "  \(finding.severity.rawValue)  \(finding.code.rawValue)  \(finding.subject)",
                "      seen  \(finding.evidence)",
            ]
            if !finding.senders.isEmpty {
                lines.append("      hits  " + finding.senders.map(\.rawValue).joined(separator: ", "))
            }
            let dates = [("since", finding.since), ("until", finding.until), ("worse", finding.deadline)]
            lines += dates.compactMap { word, date in date.map { "      \(word) \(Stamp.text($0))" } }
            lines.append("      fix   \(finding.fix)")
            return lines
        }
    }

    private static func row(_ name: String, _ text: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 15 - name.count)) + text
    }
}

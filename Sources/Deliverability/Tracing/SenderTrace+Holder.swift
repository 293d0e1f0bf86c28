public import Evidence
import MTASTS

extension SenderTrace {
    /// The steps of a sender that still holds an earlier version of the policy (RFC 8461 5.1, 10.2): its text is not
    /// at hand, so what it meets at the hosts is told in one step.
    public init(holding version: CachedVerdict, evidence: DomainEvidence, assessment: Assessment) {
        var writer = TraceWriter(sender: .cached, evidence: evidence, assessment: assessment)
        writer.write(version)
        sender = .cached
        domain = evidence.domain
        delivery = version.delivery
        steps = writer.steps
    }
}

extension TraceWriter {
    fileprivate mutating func write(_ version: CachedVerdict) {
        let published = assessment.record?.record?.id
        let lookup =
            switch (version.holders, published) {
            case (.expiry, _): "not asked for before the copy runs out"
            case (.id, version.policyID?): "id matches the copy"
            case (.id, let id?): "id=\(id): newer, fetch"
            case (.id, nil): "no id: keep the copy"
            }
        add("TXT _mta-sts.\(evidence.domain)", lookup, .ok, rfc: "8461 3.1")
        let until = version.until.map { "until \(Stamp.text($0))" } ?? "for as long as it is renewed"
        add(
            "policy from the cache", "id \(version.policyID), \(version.mode.rawValue), \(until)", .ok, rfc: "8461 5.1")
        let reason = version.reason.isEmpty ? "" : ": \(version.reason)"
        switch version.delivery {
        case .delivers: add("result", "delivered", .ok, rfc: "8461 5")
        case .partial: add("result", "delivered, but some MX hosts are refused\(reason)", .ok, rfc: "8461 5")
        case .refused: add("result", "delay, retry, then bounce\(reason)", .fail, rfc: "8461 5")
        case .unknown: add("result", "unknown\(reason)", .unknown, rfc: "8461 5")
        case .none: add("result", "as any sender", .skipped, rfc: "8461 5")
        }
    }
}

public import Evidence
import MTASTS

extension SenderTrace {
    /// The steps of a sender that still holds an earlier version of the policy (RFC 8461 5.1, 10.2). Where only the
    /// verdict on the version is known, what it meets at the hosts is told in one step.
    public init(holding version: CachedVerdict, evidence: DomainEvidence, assessment: Assessment) {
        var writer = TraceWriter(
            sender: .cached, held: version.policy, evidence: evidence, assessment: assessment)
        writer.write(version)
        sender = .cached
        domain = evidence.domain
        delivery = version.delivery
        steps = writer.steps
    }
}

extension TraceWriter {
    fileprivate mutating func write(_ version: CachedVerdict) {
        askForID(version)
        let until = version.until.map { "until \(Stamp.text($0))" } ?? "for as long as it is renewed"
        add(
            "policy from the cache", "id \(version.policyID), \(version.mode.rawValue), \(until)", .ok, rfc: "8461 5.1")
        let reachesHosts = version.policy == nil || mxStep()
        if version.policy != nil, reachesHosts { hostSteps() }
        resultStep(version.delivery, version.reason)
    }

    /// Who goes by the id asks for it, and fetches where it is another one; while that fails, the copy is good.
    private mutating func askForID(_ version: CachedVerdict) {
        let published = assessment.record?.record?.id
        let isFetched = assessment.policy?.status == .valid
        let lookup =
            switch (version.holders, published) {
            case (.expiry, _): "not asked for before the copy runs out"
            case (.id, version.policyID?): "id matches the copy"
            case (.id, _?) where isFetched: "old id, from its DNS cache"
            case (.id, let id?): "id=\(id): newer, fetch"
            case (.id, nil): "no id: keep the copy"
            }
        add("TXT _mta-sts.\(evidence.domain)", lookup, .ok, rfc: "8461 3.1")
        if version.holders == .id, let published, published != version.policyID, !isFetched { policySteps() }
    }
}

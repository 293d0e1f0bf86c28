import MTASTS

extension SenderTrace {
    /// What a sender does that still holds this earlier version (RFC 8461 5.1).
    public init(holding version: CachedVerdict, assessment: Assessment) {
        let until = version.until.map { "until \(Stamp.text($0))" } ?? "for as long as it is renewed"
        let lookup: String
        switch (version.holders, assessment.record?.record?.id) {
        case (.expiry, _): lookup = "not asked for before the copy runs out"
        case (.id, version.policyID): lookup = "id matches the copy"
        case (.id, let id?): lookup = "id=\(id): newer, fetch"
        case (.id, nil): lookup = "no id: keep the copy"
        }
        let (fate, outcome): (String, Outcome) =
            switch version.delivery {
            case .delivers: ("delivered", .ok)
            case .partial: ("delivered, but some MX hosts are refused", .ok)
            case .refused: ("delay, retry, then bounce", .fail)
            case .unknown: ("unknown", .unknown)
            case .none: ("as any sender", .ok)
            }
        sender = .cached
        domain = assessment.domain
        delivery = version.delivery
        steps = [
            ("TXT _mta-sts.\(assessment.domain)", lookup, Outcome.ok),
            ("policy from the cache", "id \(version.policyID), \(until)", .ok), ("result", fate, outcome),
        ].enumerated().map { index, step in
            Step(
                number: index + 1, what: step.0, result: VisibleText.printable(step.1), milliseconds: nil,
                outcome: step.2, rfc: "8461 5.1")
        }
    }
}

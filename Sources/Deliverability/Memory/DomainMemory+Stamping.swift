import FoundationEssentials

extension DomainMemory {
    private static let classes = SenderClass.allCases

    /// Fills in since when each finding and each delivery holds and when queues give up, and remembers it.
    ///
    /// - Parameter queues: when senders return what they are refused to deliver.
    public mutating func stamp(_ assessment: Assessment, queues: QueueLifetimes = .standard) -> Assessment {
        var stamped = assessment
        var since: [String: Date] = [:]
        for index in stamped.findings.indices {
            let finding = stamped.findings[index]
            let key = "\(finding.code.rawValue) \(finding.subject)"
            let moment = findingsSince[key] ?? assessment.at
            since[key] = moment
            stamped.findings[index].since = moment
        }
        // While we cannot tell, what was seen is not over.
        if assessment.state == .unknown { since.merge(findingsSince) { new, _ in new } }
        findingsSince = since
        for sender in Self.classes {
            let delivery = assessment.verdict(sender).delivery
            guard delivery != .unknown else { continue }
            if deliveries[sender]?.value != delivery { deliveries[sender] = Held(delivery, since: assessment.at) }
        }
        for sender in Self.classes {
            guard let held = deliveries[sender], held.value == assessment.verdict(sender).delivery else { continue }
            switch sender {
            case .mtaSTS: stamped.mtaSTS.since = held.since
            case .dane: stamped.dane.since = held.since
            case .opportunistic: stamped.opportunistic.since = held.since
            case .cached: break
            }
        }
        if assessment.state != .unknown, state?.value != assessment.state {
            state = Held(assessment.state, since: assessment.at)
        }
        if assessment.state == .bouncing { stamped.bouncesAt = refusedSince(stamped) ?? state?.since }
        let refused = stamped.cached.filter { $0.delivery == .refused }
        let isReadByFew = refused.allSatisfy { $0.readers != nil }
        stamped.queuesGiveUp = queues.ends(
            of: refusals(stamped), holders: Set(refused.map(\.holders)),
            readers: isReadByFew ? Set(refused.compactMap(\.readers).joined()) : nil)
        return stamped
    }

    private func refusals(_ assessment: Assessment) -> [SenderClass: Date] {
        var since: [SenderClass: Date] = [:]
        for sender in Self.classes where assessment.verdict(sender).delivery == .refused {
            since[sender] = deliveries[sender]?.since
        }
        return since
    }

    private func refusedSince(_ assessment: Assessment) -> Date? {
        refusals(assessment).values.min()
    }
}

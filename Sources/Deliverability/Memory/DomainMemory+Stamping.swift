import Evidence
import FoundationEssentials

extension DomainMemory {
    private static let classes = SenderClass.allCases

    /// Fills in since when each finding and each delivery holds and when queues give up, and remembers it.
    ///
    /// - Parameter queues: when senders return what they are refused to deliver.
    public mutating func stamp(_ assessment: Assessment, queues: QueueLifetimes = .standard) -> Assessment {
        var stamped = assessment
        // At the first look, what has a date of its own began then; later it did not before the look.
        let isFirst = state == nil
        var since: [String: Date] = [:]
        for index in stamped.findings.indices {
            let finding = stamped.findings[index]
            let key = "\(finding.code.rawValue) \(finding.subject)"
            let moment = findingsSince[key] ?? (isFirst ? finding.since : nil) ?? assessment.at
            since[key] = moment
            stamped.findings[index].since = moment
        }
        // While we cannot tell, what was seen is not over.
        if assessment.state == .unknown { since.merge(findingsSince) { new, _ in new } }
        findingsSince = since
        for sender in Self.classes {
            let delivery = assessment.verdict(sender).delivery
            guard delivery != .unknown else { continue }
            if deliveries[sender]?.value != delivery {
                let onset = isFirst && sender == .mtaSTS ? assessment.certificatesOverSince : nil
                deliveries[sender] = Held(delivery, since: onset ?? assessment.at)
            }
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
            let onset = isFirst && assessment.state == .bouncing ? refusals(stamped).values.min() : nil
            state = Held(assessment.state, since: onset ?? assessment.at)
        }
        let refused = stamped.cached.filter { $0.delivery == .refused }
        noteCopies(refused, assessment)
        let live = refusals(stamped)
        // Copies of which only those run out who go by expiry make no bounce.
        if assessment.state == .bouncing {
            stamped.bouncesAt = (live.values + [copiesRefusedSince[.id]].compactMap { $0 }).min() ?? state?.since
        } else if !refused.isEmpty {
            // The state is theirs no more than a risk, but the first bounce is not to come.
            stamped.bouncesAt = copiesRefusedSince.values.min() ?? stamped.bouncesAt
        }
        let isReadByFew = refused.allSatisfy { $0.readers != nil }
        stamped.queuesGiveUp = queues.ends(
            of: live, copies: copiesRefusedSince,
            readers: isReadByFew ? Set(refused.compactMap(\.readers).joined()) : nil)
        return stamped
    }

    /// Notes since when the holders of copies are refused: who goes by the id, and who goes by expiry, turn apart.
    private mutating func noteCopies(_ refused: [CachedVerdict], _ assessment: Assessment) {
        // While we cannot tell, what was seen is not over.
        let isOpen = assessment.verdict(.cached).delivery == .unknown
        // An older memory does not tell them apart.
        let before = copiesRefusedSince.isEmpty ? deliveries[.cached] : nil
        for holders in CachedVerdict.Holders.allCases {
            if refused.contains(where: { $0.holders == holders }) {
                let known = copiesRefusedSince[holders] ?? (before?.value == .refused ? before?.since : nil)
                copiesRefusedSince[holders] = known ?? assessment.at
            } else if !isOpen {
                copiesRefusedSince[holders] = nil
            }
        }
    }

    /// Since when the classes that go by what is served, or by DNS, are refused.
    private func refusals(_ assessment: Assessment) -> [SenderClass: Date] {
        var since: [SenderClass: Date] = [:]
        for sender in Self.classes where sender != .cached && assessment.verdict(sender).delivery == .refused {
            since[sender] = deliveries[sender]?.since
        }
        return since
    }
}

extension Assessment {
    /// Since when enforcing senders are refused everywhere because of certificates that ended; nil where anything else
    /// keeps them out somewhere, or nothing does.
    fileprivate var certificatesOverSince: Date? {
        let addresses = hosts.flatMap(\.addresses)
        let ends = addresses.compactMap { address -> Date? in
            guard address.certificate == .expired, let tls = address.session?.tls else { return nil }
            guard case .expired(_, let end) = tls.trust.trust(at: at) else { return nil }
            return end
        }
        guard mtaSTS.delivery == .refused, ends.count == addresses.count else { return nil }
        return ends.max()
    }
}

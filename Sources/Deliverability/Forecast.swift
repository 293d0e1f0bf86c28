import Evidence
import FoundationEssentials
import MTASTS

/// When each class's delivery turns if nobody acts: the domain judged again at each moment at which a date passes.
struct Forecast {
    private(set) var entries: [ForecastEntry] = []
    private(set) var bouncesAt: Date?
    private(set) var protectionEndsAt: Date?
    private(set) var pressingBounceAt: Date?
    private(set) var pressingProtectionEnd: Date?

    /// A chain has a handful of dates; more than this is somebody's game.
    private static let mostTurns = 60

    init(_ judged: Case) {
        let present = judged.standing
        let now = judged.now
        protection(judged)
        var before = Self.deliveries(present, judged)
        if Self.refuses(before, present, judged) { bouncesAt = now }
        for moment in Self.turns(judged) {
            // The policy itself is held by caches beyond its host's dates: judge the hosts by today's policy.
            let then = Standing(
                present.evidence, mx: present.mx, record: present.record, policy: present.policy, at: moment)
            let after = Self.deliveries(then, judged)
            for sender in SenderClass.allCases {
                guard let new = after[sender], let old = before[sender], new != old else { continue }
                // That a copy which hurts nobody runs out is no turn.
                if sender == .cached, ![new, old].contains(where: { $0 == .refused || $0 == .partial }) { continue }
                entries.append(
                    ForecastEntry(
                        at: moment, sender: sender, delivery: new, because: Self.because(then, sender, judged)))
            }
            if bouncesAt == nil, Self.refuses(after, then, judged) { bouncesAt = moment }
            before = after
        }
        pressingBounceAt = bouncesAt.flatMap { Self.isPressing($0, judged) ? $0 : nil }
    }

    /// The policy can be had until its host's certificate ends; what is held without it, until it runs out.
    private mutating func protection(_ judged: Case) {
        let present = judged.standing
        if let tls = present.evidence.policy?.value.tls, present.policy?.policy != nil {
            protectionEndsAt = tls.trust.trustedUntil(from: judged.now)
            if let end = protectionEndsAt, let leaf = tls.leaf,
                ExpiryWindow(leaf, end: end, now: judged.now) != nil
            {
                pressingProtectionEnd = end
            }
        } else if judged.held?.mode == .enforce {
            protectionEndsAt = judged.memory.policyCacheEnds
            pressingProtectionEnd = protectionEndsAt
        }
    }

    private static func deliveries(_ standing: Standing, _ judged: Case) -> [SenderClass: Delivery] {
        let cached = copies(judged, at: standing.moment).map { $0.verdict(standing).delivery }
        let worst = [Delivery.refused, .partial, .unknown, .delivers].first { cached.contains($0) }
        return [
            .mtaSTS: standing.mtaSTS.delivery, .cached: worst ?? .none, .dane: standing.dane.delivery,
            .opportunistic: standing.opportunistic.delivery,
        ]
    }

    private static func copies(_ judged: Case, at moment: Date) -> [Copy] {
        judged.copies.filter { $0.isHeld(at: moment) }
    }

    /// True where a class refuses; of the holders of other versions those that go by the id, which are many.
    private static func refuses(_ deliveries: [SenderClass: Delivery], _ standing: Standing, _ judged: Case) -> Bool {
        if deliveries.contains(where: { $0.key != .cached && $0.value == .refused }) { return true }
        return deliveries[.cached] == .refused
            && copies(judged, at: standing.moment).contains {
                $0.held.holders == .id && $0.verdict(standing).delivery == .refused
            }
    }

    private static func turns(_ judged: Case) -> [Date] {
        var moments = Set(judged.copies.compactMap(\.held.until))
        for host in judged.evidence.hosts {
            for session in host.sessions { moments.formUnion(session.value.tls?.trust.turns(after: judged.now) ?? []) }
            for timeline in host.dane.values { moments.formUnion(timeline.turns(after: judged.now)) }
        }
        return Array(moments.sorted().prefix(mostTurns))
    }

    /// The host whose certificate turned, told as the finding that announces it; else the copy that ran out.
    private static func because(_ standing: Standing, _ sender: SenderClass, _ judged: Case) -> String {
        if sender == .cached, let copy = judged.copies.first(where: { $0.held.until == standing.moment }) {
            return "\(FindingCode.mxUnlistedInCachedPolicy.rawValue) \(copy.held.version.id)"
        }
        let turned = standing.hosts.first { host in
            host.acceptance[sender == .cached ? .mtaSTS : sender]?.isRefusal == true
                || host.addresses.contains { $0.certificate == .expired }
        }
        guard let turned else { return FindingCode.certificateExpiring.rawValue }
        return "\(FindingCode.certificateExpiring.rawValue) \(turned.host)"
    }

    /// False while the moment is the end of a certificate that nobody would have renewed yet.
    private static func isPressing(_ moment: Date, _ judged: Case) -> Bool {
        guard moment > judged.now else { return true }
        let ending = judged.evidence.hosts.flatMap(\.sessions).compactMap { session -> Bool? in
            guard let tls = session.value.tls, let leaf = tls.leaf,
                let end = tls.trust.trustedUntil(from: judged.now), end == moment
            else { return nil }
            return ExpiryWindow(leaf, end: end, now: judged.now) != nil
        }
        guard !ending.isEmpty, !ending.contains(true) else { return true }
        return judged.evidence.hosts.contains { host in
            guard let memory = judged.hosts[host.host] else { return false }
            return memory.addresses.contains { $0.renewalMissed(at: judged.now) != nil }
        }
    }
}

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
        var before = Self.deliveries(present, judged.cached)
        var standing = present
        if Self.refuses(present, judged.copies) { bouncesAt = now }
        for moment in Self.turns(judged) {
            // The policy itself is held by caches beyond its host's dates: judge the hosts by today's policy.
            let evidence = present.evidence.withoutRenewedSignatures(at: moment, now: now)
            let then = Standing(
                evidence, mx: MXReading(evidence) ?? present.mx, record: present.record, policy: present.policy,
                served: present.served, at: moment)
            let copies = judged.copies.filter { $0.isHeld(at: moment) }
            let after = Self.deliveries(then, copies.map { $0.verdict(then) })
            for sender in SenderClass.allCases {
                guard let new = after[sender], let old = before[sender], new != old, new != .unknown else { continue }
                // That a copy which hurts nobody runs out is no turn.
                if sender == .cached, ![new, old].contains(where: { $0 == .refused || $0 == .partial }) { continue }
                entries.append(
                    ForecastEntry(
                        at: moment, sender: sender, delivery: new,
                        because: Self.because(then, after: standing, sender, judged)))
            }
            if bouncesAt == nil, Self.refuses(then, copies) { bouncesAt = moment }
            (before, standing) = (after, then)
        }
        pressingBounceAt = bouncesAt.flatMap { Self.isPressing($0, judged) ? $0 : nil }
    }

    /// The policy can be had until its host's certificate ends; what is held without it, until it runs out.
    private mutating func protection(_ judged: Case) {
        let present = judged.standing
        if let fetch = present.evidence.policy?.value, let policy = present.policy?.policy {
            // What protects nothing does not end.
            guard policy.mode != .none else { return }
            // Where addresses show several certificates the policy can be had until the last of them ends.
            let last = ([fetch] + fetch.answeringEdges).compactMap { answer in
                answer.tls.flatMap { tls in tls.trust.trustedUntil(from: judged.now).map { (tls: tls, end: $0) } }
            }.max { $0.end < $1.end }
            protectionEndsAt = last?.end
            if let last, let leaf = last.tls.leaf, ExpiryWindow(leaf, end: last.end, now: judged.now) != nil {
                pressingProtectionEnd = last.end
            }
        } else if judged.held?.mode == .enforce {
            protectionEndsAt = judged.memory.policyCacheEnds
            pressingProtectionEnd = protectionEndsAt
        }
    }

    private static func deliveries(_ standing: Standing, _ cached: [CachedVerdict]) -> [SenderClass: Delivery] {
        let worst = [Delivery.refused, .partial, .unknown, .delivers].first { worst in
            cached.contains { $0.delivery == worst }
        }
        return [
            .mtaSTS: standing.mtaSTS.delivery, .cached: worst ?? .none, .dane: standing.dane.delivery,
            .opportunistic: standing.opportunistic.delivery,
        ]
    }

    /// True where a class refuses, or the lenient readers; of the holders of other versions those who are many.
    private static func refuses(_ standing: Standing, _ copies: [Copy]) -> Bool {
        standing.verdicts.contains { $0.delivery == .refused }
            || copies.contains { $0.isWidelyHeld && $0.verdict(standing).delivery == .refused }
    }

    private static func turns(_ judged: Case) -> [Date] {
        let now = judged.now
        var moments = Set(judged.copies.compactMap(\.held.until))
        for host in judged.evidence.hosts {
            for session in host.sessions {
                for tls in [session.value.tls, session.value.alternate].compactMap({ $0 }) {
                    moments.formUnion(tls.trust.turns(after: now))
                }
            }
            for timeline in Array(host.dane.values) + Array(host.alternateDANE.values) {
                moments.formUnion(timeline.turns(after: now))
            }
        }
        let signatures = EndingSignatures(judged.evidence, now: now).entries.map(\.validity.until)
        moments.formUnion(signatures.filter { $0 > now })
        return Array(moments.sorted().prefix(mostTurns))
    }

    /// The host whose certificate or signatures turned at the moment, told as the finding that announces it; else the
    /// copy that ran out.
    private static func because(
        _ standing: Standing, after before: Standing, _ sender: SenderClass, _ judged: Case
    ) -> String {
        if sender == .cached, let copy = judged.copies.first(where: { $0.held.until == standing.moment }) {
            return "\(FindingCode.mxUnlistedInCachedPolicy.rawValue) \(copy.held.version.id)"
        }
        let signature = FindingCode.dnssecSignatureExpiring.rawValue
        if standing.mx?.status == .bogus { return "\(signature) \(standing.evidence.domain)" }
        if sender == .dane, let bogus = standing.hosts.first(where: { $0.isBogus }) {
            return "\(signature) \(bogus.host)"
        }
        let asked = sender == .cached ? .mtaSTS : sender
        let turned = zip(before.hosts, standing.hosts).filter { old, new in
            old.acceptance[asked] != new.acceptance[asked] || old.split[asked] != new.split[asked]
                || old.addresses.map(\.certificate) != new.addresses.map(\.certificate)
        }.map(\.1)
        let hurt = turned.first { $0.acceptance[asked]?.isRefusal == true || $0.split[asked] != nil }
        guard let host = hurt ?? turned.first else { return FindingCode.certificateExpiring.rawValue }
        return "\(FindingCode.certificateExpiring.rawValue) \(host.host)"
    }

    /// False while the moment is the end of a certificate that nobody would have renewed yet.
    private static func isPressing(_ moment: Date, _ judged: Case) -> Bool {
        guard moment > judged.now else { return true }
        let chains = judged.standing.hosts.flatMap(\.addresses).flatMap(\.allChains)
        let ending = chains.flatMap { chain -> [Bool] in
            guard let leaf = chain.tls.leaf else { return [] }
            let ends = chain.ends(after: judged.now).filter { $0.at == moment }
            return ends.map { ExpiryWindow(leaf, end: $0.at, now: judged.now) != nil }
        }
        guard !ending.isEmpty, !ending.contains(true) else { return true }
        return judged.evidence.hosts.contains { host in
            guard let memory = judged.hosts[host.host] else { return false }
            return memory.addresses.contains { $0.renewalMissed(at: judged.now) != nil }
        }
    }
}

extension HostJudgement {
    fileprivate var isBogus: Bool { acceptance[.dane] == .refuses("DNSSEC bogus") }
}

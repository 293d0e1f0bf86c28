import Evidence
import FoundationEssentials

/// When each class's delivery turns if nobody acts: the domain judged again at each moment at which a date passes.
struct Forecast {
    private(set) var entries: [ForecastEntry] = []
    private(set) var bouncesAt: Date?
    private(set) var protectionEndsAt: Date?

    /// A chain has a handful of dates; more than this is somebody's game.
    private static let mostTurns = 60

    init(present: Standing, policy: PolicyFetch?, memory: DomainMemory, at standing: (Date) -> Standing) {
        let now = present.moment
        if let fetch = policy, present.policy?.policy != nil, let tls = fetch.tls {
            protectionEndsAt = tls.trust.trustedUntil(from: now)
        } else if present.record?.status == .valid, present.policy != nil {
            protectionEndsAt = memory.policyCacheEnds
        }
        var before = Self.deliveries(present)
        if before.contains(where: { $0.value == .refused }) { bouncesAt = now }
        for moment in Self.turns(of: present.evidence, after: now) {
            // The policy itself is held by caches beyond its host's dates: judge the hosts by today's policy.
            let evidence = present.evidence.withoutRenewedSignatures(at: moment, now: now)
            let then = Standing(
                evidence, mx: MXReading(evidence) ?? present.mx, record: present.record, policy: present.policy,
                at: moment)
            let after = Self.deliveries(then)
            for sender in SenderClass.allCases {
                guard let new = after[sender], let old = before[sender], new != old, new != .unknown else { continue }
                entries.append(
                    ForecastEntry(at: moment, sender: sender, delivery: new, because: Self.because(then, sender)))
                if new == .refused, bouncesAt == nil { bouncesAt = moment }
            }
            before = after
        }
    }

    private static func deliveries(_ standing: Standing) -> [SenderClass: Delivery] {
        [
            .mtaSTS: standing.mtaSTS.delivery, .dane: standing.dane.delivery,
            .opportunistic: standing.opportunistic.delivery,
        ]
    }

    private static func turns(of evidence: DomainEvidence, after now: Date) -> [Date] {
        var moments: Set<Date> = []
        for host in evidence.hosts {
            for session in host.sessions {
                for tls in [session.value.tls, session.value.alternate].compactMap({ $0 }) {
                    moments.formUnion(tls.trust.turns(after: now))
                }
            }
            for timeline in Array(host.dane.values) + Array(host.alternateDANE.values) {
                moments.formUnion(timeline.turns(after: now))
            }
        }
        let signatures = EndingSignatures(evidence, now: now).entries.map(\.validity.until)
        moments.formUnion(signatures.filter { $0 > now })
        return Array(moments.sorted().prefix(mostTurns))
    }

    /// The host whose certificate or signatures turned, told as the finding that announces it.
    private static func because(_ standing: Standing, _ sender: SenderClass) -> String {
        let signature = FindingCode.dnssecSignatureExpiring.rawValue
        if standing.mx?.status == .bogus { return "\(signature) \(standing.evidence.domain)" }
        if sender == .dane, let bogus = standing.hosts.first(where: { $0.isBogus }) {
            return "\(signature) \(bogus.host)"
        }
        let turned = standing.hosts.first { host in
            host.acceptance[sender]?.isRefusal == true || host.split[sender] != nil
                || host.addresses.contains { $0.certificate == .expired }
        }
        guard let turned else { return "certificate-expiring" }
        return "\(FindingCode.certificateExpiring.rawValue) \(turned.host)"
    }
}

extension HostJudgement {
    fileprivate var isBogus: Bool { acceptance[.dane] == .refuses("DNSSEC bogus") }
}

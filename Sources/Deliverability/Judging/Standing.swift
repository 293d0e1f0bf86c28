import Evidence
import FoundationEssentials
import MTASTS

/// A domain at one moment: its hosts judged, and what each sender class makes of them together.
///
/// Made once for now, and once for each moment at which a forecast asks.
struct Standing {
    let evidence: DomainEvidence
    let moment: Date
    let mx: MXReading?
    let policy: PolicyReading?
    /// What senders get, each text once, by the address of the policy host that they meet.
    let served: [ServedPolicy]
    let record: RecordReading?
    let hosts: [HostJudgement]

    init(
        _ evidence: DomainEvidence, mx: MXReading?, record: RecordReading?, policy: PolicyReading?,
        served: [ServedPolicy], at moment: Date
    ) {
        self.evidence = evidence
        self.moment = moment
        self.mx = mx
        self.record = record
        self.policy = policy
        self.served = served
        let preferences = Self.preferences(evidence)
        let inForce = policy?.policy.flatMap { $0.mode == .none ? nil : $0 }
        hosts = evidence.hosts.map { host in
            let judge = HostJudge(evidence: host, moment: moment)
            let addresses = judge.addresses()
            var acceptance: [SenderClass: Acceptance] = [:]
            for sender in [SenderClass.mtaSTS, .dane, .opportunistic] {
                acceptance[sender] = Self.acceptance(of: host, sender, addresses, judge.daneBasis)
            }
            var tlsa: [String] = []
            if case .found(let records)? = host.tlsa?.value.answer.outcome { tlsa = records.map(\.description) }
            let split = Self.split(addresses)
            return HostJudgement(
                host: host.host, preference: preferences[host.host] ?? 0, inPolicy: inForce?.covers(host.host),
                tlsa: tlsa, addresses: addresses, acceptance: acceptance, split: split)
        }
    }

    /// An address that takes every sender of a class makes up for those that take only some.
    private static func split(_ addresses: [AddressJudgement]) -> [SenderClass: String] {
        var split: [SenderClass: String] = [:]
        for sender in [SenderClass.mtaSTS, .dane] {
            let accepting = addresses.filter { $0.acceptance[sender] == .accepts }
            guard accepting.allSatisfy({ $0.split[sender] != nil }) else { continue }
            split[sender] = accepting.first?.split[sender]
        }
        return split
    }

    private static func preferences(_ evidence: DomainEvidence) -> [DomainName: Int] {
        var preferences: [DomainName: Int] = [:]
        for record in evidence.mx?.value.value ?? [] {
            guard let host = record.host else { continue }
            preferences[host] = min(preferences[host] ?? .max, record.preference)
        }
        return preferences
    }

    private static func acceptance(
        of host: HostEvidence, _ sender: SenderClass, _ addresses: [AddressJudgement], _ basis: HostJudge.DANEBasis
    ) -> Acceptance {
        guard let lookup = host.addresses?.value else { return .unknown("not looked up yet") }
        let silentFamily = [lookup.ipv4.failure, lookup.ipv6.failure].contains { $0.map { !$0.isTheirs } ?? false }
        if !addresses.isEmpty {
            // An address that cannot be reached from here says nothing while another one speaks.
            let seen = addresses.filter { $0.session?.isBlind != true }
            let judged = HostJudge.combine((seen.isEmpty ? addresses : seen).compactMap { $0.acceptance[sender] })
            guard judged.isRefusal, silentFamily else { return judged }
            return .unknown("not all of its addresses could be looked up")
        }
        if sender == .dane {
            switch basis {
            case .bogus: return .refuses("DNSSEC bogus")
            case .unknown(let words): return .unknown(words)
            case .records, .none, .insecure, .failed: return .notApplicable
            }
        }
        let failures = [lookup.ipv4.failure, lookup.ipv6.failure].compactMap { $0 }
        if failures.isEmpty { return .refuses("no address") }
        if let theirs = failures.first(where: \.isTheirs) {
            if case .bogus = theirs { return .unknown("address records are DNSSEC bogus") }
            return .refuses("address lookup fails: \(theirs.words)")
        }
        return .unknown("address lookup: \(failures[0].words)")
    }

    /// What mode enforce would do with a policy at these hosts (RFC 8461 4).
    func enforcing(_ policy: STSPolicy) -> SenderVerdict {
        enforcing(covered: policy.covered(hosts.map(\.host)))
    }

    /// The same with a policy that covers these of the hosts.
    func enforcing(covered: Set<DomainName>) -> SenderVerdict {
        verdict(.mtaSTS) { host in
            guard covered.contains(host.host) else { return .refuses("not in the policy") }
            return host.acceptance[.mtaSTS] ?? .unknown("not judged")
        }
    }

    /// The class without a cache: it uses the live policy, whichever address of the policy host it meets.
    var mtaSTS: SenderVerdict {
        if let failed = record, failed.status == .failed, policy?.policy == nil {
            return SenderVerdict(.unknown, reason: "the policy record could not be looked up")
        }
        guard let record else { return SenderVerdict(.unknown, reason: "not looked up yet") }
        guard record.status == .valid else { return SenderVerdict(.none, reason: "no usable policy record") }
        guard policy != nil else { return SenderVerdict(.unknown, reason: notFetched) }
        return together(strict) ?? SenderVerdict(.none, reason: "no policy can be had")
    }

    /// What each policy that is one by the letter of the RFC makes of the hosts, that of the fetch first.
    private var strict: [(policy: STSPolicy, verdict: SenderVerdict)] {
        served.compactMap { text in text.reading.policy.map { ($0, verdict(by: $0)) } }
    }

    /// True where senders meet, at some address of the policy host, a policy that they enforce.
    var isEnforced: Bool { lenient != nil || served.contains { $0.reading.policy?.mode == .enforce } }

    /// Which of several policies a sender gets is chance: where they do not agree, some of the mail is refused.
    private func together(_ all: [(policy: STSPolicy, verdict: SenderVerdict)]) -> SenderVerdict? {
        guard let first = all.first?.verdict,
            let worst = all.max(by: { $0.verdict.delivery.rank < $1.verdict.delivery.rank })
        else { return nil }
        func together(_ deliveries: [Delivery]) -> Delivery {
            let worst = deliveries.max { $0.rank < $1.rank } ?? .unknown
            guard worst == .refused || worst == .partial else { return deliveries[0] }
            return deliveries.allSatisfy { $0 == worst } ? worst : .partial
        }
        let delivery = together(all.map(\.verdict.delivery))
        let isSplit = delivery == .partial && all.contains { $0.verdict.delivery != .partial }
        return SenderVerdict(
            delivery, enforced: together(all.map(\.verdict.enforced)),
            reason: isSplit
                ? "of the policies that the policy host serves, mx \(PolicyWords.lines(worst.policy)): "
                    + worst.verdict.reason
                : delivery == .refused || delivery == .partial ? worst.verdict.reason : first.reason)
    }

    private func verdict(by live: STSPolicy) -> SenderVerdict {
        switch live.mode {
        case .none: return SenderVerdict(.none, reason: "policy mode none")
        case .enforce: return enforcing(live)
        case .testing:
            let enforced = enforcing(live)
            return SenderVerdict(
                opportunistic.delivery, enforced: enforced.delivery,
                reason: isReadyToEnforce
                    ? "mode testing, every check passes" : "mode testing; enforce: \(enforced.reason)")
        }
    }

    /// True where the live policy could be enforced: every MX was seen, and passes for every sender.
    var isReadyToEnforce: Bool {
        guard let live = policy?.policy, !hosts.isEmpty else { return false }
        return hosts.allSatisfy { host in
            live.covers(host.host) && host.acceptance[.mtaSTS] == .accepts && host.split[.mtaSTS] == nil
        }
    }

    /// Why nothing is known of the policy.
    private var notFetched: String {
        switch evidence.policy?.value.failure {
        case .notFetched(let why): "policy not fetched: \(why)"
        case .lookup(let failure) where !failure.isTheirs: "policy host lookup: \(failure.words)"
        default: "policy not fetched yet"
        }
    }

    /// Senders that do not read what is served by the letter of the RFC, and enforce what they read; nil where none is
    /// known.
    var lenient: SenderVerdict? {
        guard record?.status == .valid else { return nil }
        let read = served.compactMap(\.reading.enforcedOtherwise)
        guard !read.isEmpty else { return nil }
        let others = served.filter { $0.reading.enforcedOtherwise == nil }.compactMap(\.reading.policy)
        return together(read.map { ($0, enforcing($0)) } + others.map { ($0, verdict(by: $0)) })
    }

    /// Every class that goes by what is served now, and the lenient readers.
    var verdicts: [SenderVerdict] { [mtaSTS, dane, opportunistic, lenient].compactMap { $0 } }

    var opportunistic: SenderVerdict {
        verdict { $0.acceptance[.opportunistic] ?? .unknown("not judged") }
    }

    /// Senders that honour DANE: hosts without it are taken as any sender takes them.
    var dane: SenderVerdict {
        if mx?.status == .bogus { return SenderVerdict(.refused, reason: "the MX records are DNSSEC bogus") }
        switch mx?.status {
        case nil: return SenderVerdict(.unknown, reason: "not looked up yet")
        case .failed: return lookupVerdict
        case .present, .implicit, .null, .missing, .bogus: break
        }
        let own = hosts.map { $0.acceptance[.dane] ?? .notApplicable }
        guard own.contains(where: { $0 != .notApplicable }) else {
            return SenderVerdict(.none, reason: "no DANE")
        }
        return verdict(.dane) { host in
            let dane = host.acceptance[.dane] ?? .notApplicable
            return dane == .notApplicable ? host.acceptance[.opportunistic] ?? .unknown("not judged") : dane
        }
    }

    /// True where usable DANE protects at least one MX host.
    var hasUsableDANE: Bool {
        hosts.contains { $0.addresses.contains { $0.dane == .match } }
    }

    private func verdict(
        _ sender: SenderClass = .opportunistic, _ acceptance: (HostJudgement) -> Acceptance
    ) -> SenderVerdict {
        switch mx?.status {
        case .null: return SenderVerdict(.none, reason: "the domain takes no mail (null MX)")
        case .missing: return SenderVerdict(.refused, reason: "no MX and no address")
        case .failed: return lookupVerdict
        case .bogus: return SenderVerdict(.unknown, reason: "the MX records are DNSSEC bogus")
        case nil: return SenderVerdict(.unknown, reason: "not looked up yet")
        case .present, .implicit: break
        }
        guard !hosts.isEmpty else { return SenderVerdict(.unknown, reason: "no MX host known yet") }
        let all = hosts.map { ($0, acceptance($0)) }
        let refused = all.filter { $0.1.isRefusal }
        let accepting = all.filter { $0.1 == .accepts }
        // For the senders that negotiate the other key these hosts refuse.
        let torn = accepting.compactMap { entry in entry.0.split[sender].map { (entry.0, Acceptance.refuses($0)) } }
        func told(_ entries: [(HostJudgement, Acceptance)]) -> String {
            let clauses = entries.prefix(3).map { "\($0.0.host): \($0.1.words)" }
            return clauses.joined(separator: "; ") + (entries.count > 3 ? "; and \(entries.count - 3) more" : "")
        }
        if !torn.isEmpty { return SenderVerdict(.partial, reason: told(refused + torn)) }
        if refused.isEmpty, accepting.count == all.count {
            return SenderVerdict(.delivers, reason: all.count == 1 ? "the MX passes" : "every MX passes")
        }
        if !accepting.isEmpty, !refused.isEmpty { return SenderVerdict(.partial, reason: told(refused)) }
        if refused.count == all.count { return SenderVerdict(.refused, reason: told(refused)) }
        let open = all.filter { $0.1 != .accepts && !$0.1.isRefusal }
        // One host that is known to take the mail is enough to say that mail flows.
        if !accepting.isEmpty { return SenderVerdict(.delivers, reason: "not every MX was seen: \(told(open))") }
        return SenderVerdict(.unknown, reason: told(open))
    }

    private var lookupVerdict: SenderVerdict {
        guard let failure = evidence.mx?.value.failure, failure.isTheirs else {
            return SenderVerdict(.unknown, reason: "the MX records could not be looked up")
        }
        return SenderVerdict(.refused, reason: "MX lookup: \(failure.words)")
    }
}

extension PolicyReading {
    /// What some enforce that is not the policy by the letter of the RFC.
    fileprivate var enforcedOtherwise: STSPolicy? { lenient.flatMap { $0.mode == .enforce ? $0 : nil } }
}

extension Acceptance {
    /// The reason, or the word for acceptance.
    public var words: String {
        switch self {
        case .accepts: "accepted"
        case .refuses(let reason), .unknown(let reason): reason
        case .notApplicable: "-"
        }
    }
}

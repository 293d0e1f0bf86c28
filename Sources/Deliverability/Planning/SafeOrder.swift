import Evidence
import FoundationEssentials
import MTASTS

/// The order of steps in which a change hurts nobody: what senders hold decides, not what is published.
///
/// Hosts are made good first, then policies wide, then MX records move: serve first, then announce (RFC 8461 8.2); wait
/// until no copy of a narrow policy is left; publish the next key beside the old one before it is used (RFC 7671 8.1).
struct SafeOrder {
    private(set) var steps: [PlanStep] = []
    /// What could not be looked at and is taken for granted.
    var assumptions: [String] = []

    let change: PlannedChange
    let seen: DomainEvidence
    let then: DomainEvidence
    let before: Assessment
    let after: Assessment
    let now: Date
    let memory: DomainMemory
    let dane: PlannedChange.DANEJudge
    /// The MX hosts after the change as they were seen today, and judged so.
    let today: [DomainName: HostEvidence]
    let unchanged: [DomainName: HostJudgement]
    /// What senders hold besides the served policy, the newest first, matched against the MX hosts after the change.
    let copies: [Copy]
    /// The earliest moment at which the steps so far are done.
    private(set) var clock: Date
    /// When resolvers have forgotten TLSA records that name another key than the one that a host shows.
    var settled: Date?
    /// Hosts whose planned certificate is not to be installed.
    var rejected: Set<DomainName> = []
    /// Hosts that are to be repaired first, and for which senders.
    var repaired: [DomainName: Set<SenderClass>] = [:]
    /// Seconds for which resolvers keep the policy record.
    let recordTTL: Int
    /// Ids that must not be published for another body.
    private var usedIDs: Set<String>
    private let knownIDs: Set<String>
    /// True once a step publishes the id under which the planned policy stands.
    private(set) var isFinalIDTold = false

    var domain: DomainName { seen.domain }
    var live: STSPolicy? { before.policy?.policy }
    /// The policy after the change; the planned file also where no record is planned that names it.
    let planned: STSPolicy?
    /// Every policy that senders are known to hold or to fetch.
    var heldPolicies: [STSPolicy] { copies.map(\.policy) + [live].compactMap { $0 } }
    /// True where some senders hold a policy that refuses nothing, though one that does may be served.
    var holdsFreely: Bool {
        memory.held(at: now).contains { $0.version.policy.map { $0.mode != .enforce } ?? false }
    }
    /// MX hosts that are no more after the change, and those that were none before it.
    var leaving: [DomainName] { before.hosts.map(\.host).filter { host in !then.hosts.contains { $0.host == host } } }
    func isNew(_ host: DomainName) -> Bool { !before.hosts.contains { $0.host == host } }

    /// - Parameters:
    ///   - newHosts: what was seen of MX hosts that are not the domain's yet.
    ///   - memory: of the domain, today's evidence included.
    init(
        _ change: PlannedChange, now seen: DomainEvidence, newHosts: [DomainName: HostEvidence], then: DomainEvidence,
        before: Assessment, after: Assessment, memory: DomainMemory, at now: Date,
        dane: @escaping PlannedChange.DANEJudge
    ) {
        self.change = change
        self.seen = seen
        self.then = then
        self.before = before
        self.after = after
        self.now = now
        self.memory = memory
        self.dane = dane
        planned = change.policyBody.map { STSPolicyParser.parse($0).policy } ?? after.policy?.policy
        clock = now
        var today = newHosts
        for host in seen.hosts { today[host.host] = host }
        self.today = today
        var still = then
        still.hosts = then.hosts.map { today[$0.host] ?? HostEvidence(host: $0.host) }
        let standing = Standing(still, mx: after.mx, record: after.record, policy: after.policy, served: [], at: now)
        unchanged = Dictionary(standing.hosts.map { ($0.host, $0) }, uniquingKeysWith: { first, _ in first })
        let isServed = before.policy?.policy != nil
        // Whoever rejects the policy that is served goes over to one that it takes, under another id.
        let unwilling = memory.unwilling(at: now).map {
            HeldVersion(version: $0.version, holders: .id, until: isServed ? nil : $0.until, policy: $0.policy)
        }
        copies = (memory.held(at: now) + unwilling).compactMap { Copy($0, hosts: then.hosts.map(\.host)) }
        recordTTL = memory.records.last?.ttl ?? 0
        knownIDs = Set(memory.records.map(\.id) + (memory.versions + memory.sideVersions).map(\.id))
        usedIDs = knownIDs.union([change.recordID].compactMap { $0 })
        if refuseToLeaveNone() { return }
        assume()
        if change.removesSTS { removal() }
        repairs()
        keys()
        if change.removesSTS { move() } else { policyAndMX() }
    }

    mutating func add(_ step: PlanStep) {
        steps.append(step)
        clock = max(clock, step.notBefore ?? clock)
    }

    // MARK: No MX host is left

    /// Without an MX record the domain's own address is the MX (RFC 5321 5.1): no plan where that takes no mail.
    private mutating func refuseToLeaveNone() -> Bool {
        guard !change.removedMX.isEmpty, then.mx?.value.outcome == .noData, seen.mx?.value.outcome != .noData else {
            return false
        }
        let words: String
        switch after.hosts.first?.acceptance[.opportunistic] {
        case .accepts: return false
        case .refuses(let reason): words = "does not take it: \(reason)"
        case .unknown(let reason): words = "was not seen to take it: \(reason)"
        case .notApplicable, nil: words = "does not take it: no address"
        }
        let what = "\(domain) has no MX record without \(Self.list(leaving))"
        add(
            PlanStep(
                "Add another MX host first, and plan both together: \(what).",
                why: "Mail would go to \(domain) itself (RFC 5321 5.1), which \(words). A domain that is to take no "
                    + "mail publishes a null MX (RFC 7505)."))
        return true
    }

    // MARK: What is not known

    private mutating func assume() {
        for host in after.hosts where isNew(host.host) || !leaving.isEmpty {
            let classes = [.opportunistic] + (isEnforced ? [.mtaSTS] : []) + (hasDANE ? [SenderClass.dane] : [])
            guard case .unknown(let why)? = classes.map({ outcome(host, $0) }).first(where: \.isUnknown)
            else {
                continue
            }
            assumptions.append("\(host.host) takes mail and passes every check, though that was not seen: \(why)")
        }
        let isMoving = !leaving.isEmpty || then.hosts.contains { isNew($0.host) }
        guard isMoving || change.removesSTS, !memory.records.isEmpty, let since = memory.knownSince,
            let end = memory.versionsKnownSince(now).map({
                $0.addingTimeInterval(TimeInterval(STSPolicy.greatestMaxAge))
            })
        else { return }
        assumptions.append(
            "nobody holds another policy that was served before \(Stamp.text(since)), when it was first looked at: "
                + "until \(Stamp.spoken(end)) that cannot be known")
    }

    // MARK: The end of MTA-STS (RFC 8461 8.3)

    private mutating func removal() {
        let isServed = live.map { $0.mode != .none } ?? false
        // Whoever goes by an id that is still published holds its policy without an end.
        let open = copies.filter { $0.held.until == nil }
        var end = lastCopyEnds
        if isServed || !open.isEmpty {
            if live?.mode != STSPolicy.Mode.none {
                let mx = (isServed ? live : open.first?.policy)?.mx ?? []
                add(
                    PlanStep(
                        "Serve a policy of mode none.",
                        lines: ["version: STSv1", "mode: none"] + mx.map { "mx: \($0.text)" } + ["max_age: 86400"],
                        why: "Only a policy that is fetched ends the one that is held; without mx lines some senders "
                            + "reject it."))
            }
            add(
                PlanStep(
                    "Change the id of the TXT record.", lines: [record(nextID())],
                    why: "Senders that go by the id fetch again only for a new one."))
            end = max(end ?? now, newIDIsKnown.addingTimeInterval(86_400))
        }
        let age = isServed ? live.map { " (max_age \($0.maxAge))" } ?? "" : ""
        let isAllKnown = memory.versionsKnownSince(now) == nil
        let why =
            end == nil
            ? "Nobody is known to hold a policy."
            : "By then the last copy of every policy that was \(isAllKnown ? "served" : "seen") has run out\(age)."
        if before.record?.status == .missing {
            // Without a record the policy host is not looked at.
            return add(
                PlanStep(
                    "Remove the policy host mta-sts.\(domain), if it still stands: the TXT record is gone already.",
                    notBefore: end, why: why))
        }
        add(
            PlanStep(
                "Remove the TXT record at _mta-sts.\(domain), then the policy host.", notBefore: end, why: why))
    }

    /// When the last copy of each version that was seen runs out, if none is fetched or prolonged after now
    /// (RFC 8461 8.3); nil where that is past. A sender that has not looked since still has what it had then.
    private var lastCopyEnds: Date? {
        let ends = (memory.versions + memory.sideVersions).compactMap { version -> Date? in
            guard version.mode != .none else { return nil }
            let prolonged = min(version.idGoneAt ?? newIDIsKnown, version.supersededAt ?? .distantFuture)
            return max(version.goneAt ?? now, prolonged).addingTimeInterval(TimeInterval(version.greatestAge))
        }
        return ends.max().flatMap { $0 > now ? $0 : nil }
    }

    // MARK: Ids

    /// When no resolver gives out the id of today any more, if it is changed in the next step.
    var newIDIsKnown: Date { clock.addingTimeInterval(TimeInterval(recordTTL)) }

    /// An id that nobody has used: the second at which it may be published.
    mutating func nextID(at moment: Date? = nil) -> String {
        var id = Stamp.text(max(moment ?? clock, clock)).filter { $0.isNumber || $0 == "T" }
        while !usedIDs.insert(id).inserted { id += "a" }
        return id
    }

    /// The id that was asked for, unless it was published already.
    mutating func finalID(at moment: Date? = nil) -> String {
        isFinalIDTold = true
        guard let id = change.recordID, !knownIDs.contains(id) else { return nextID(at: moment) }
        return id
    }

    /// The planned id where it is not the one that stands, and whether it was published before.
    var wantedID: (id: String, isUsed: Bool)? {
        guard let id = change.recordID, id != before.record?.record?.id else { return nil }
        return (id, knownIDs.contains(id))
    }

    func record(_ id: String) -> String { "_mta-sts.\(domain). TXT \"v=STSv1; id=\(id)\"" }

    static func list(_ hosts: [DomainName]) -> String { hosts.map(\.text).joined(separator: ", ") }
}

import Evidence
import FoundationEssentials
import MTASTS

/// The order of steps in which a change hurts nobody: what senders hold decides, not what is published.
///
/// Serve first, then announce (RFC 8461 8.2); widen first, wait until no copy of a narrow policy is left, then move;
/// publish the next key beside the old one before it is used (RFC 7671 8.1).
struct SafeOrder {
    var steps: [PlanStep] = []

    let change: PlannedChange
    let seen: DomainEvidence
    let then: DomainEvidence
    let before: Assessment
    let after: Assessment
    let now: Date
    let memory: DomainMemory
    let dane: PlannedChange.DANEJudge
    /// What senders hold besides the served policy, the newest first, matched against the MX hosts after the change.
    let copies: [Copy]
    /// Seconds for which resolvers keep the policy record.
    let recordTTL: Int
    /// Ids that must not be published for another body.
    private var usedIDs: Set<String>
    private let knownIDs: Set<String>

    var domain: DomainName { seen.domain }
    var live: STSPolicy? { before.policy?.policy }
    var planned: STSPolicy? { after.policy?.policy }

    /// - Parameter memory: of the domain, today's evidence included.
    init(
        _ change: PlannedChange, now seen: DomainEvidence, then: DomainEvidence, before: Assessment,
        after: Assessment, memory: DomainMemory, at now: Date, dane: @escaping PlannedChange.DANEJudge
    ) {
        self.change = change
        self.seen = seen
        self.then = then
        self.before = before
        self.after = after
        self.now = now
        self.memory = memory
        self.dane = dane
        copies = memory.held(at: now).compactMap { Copy($0, hosts: then.hosts.map(\.host)) }
        recordTTL = memory.records.last?.ttl ?? 0
        knownIDs = Set(memory.records.map(\.id) + (memory.versions + memory.sideVersions).map(\.id))
        usedIDs = knownIDs.union([change.recordID].compactMap { $0 })
        repairs()
        if change.removesSTS { removal() } else { policyAndMX() }
        keys()
    }

    /// What no enforcing sender would take as it is: hosts that are new, and those that a policy begins to bind.
    private mutating func repairs() {
        let new = Set(change.addedMX.compactMap(\.host))
        let beginsToEnforce = planned?.mode == .enforce && live?.mode != .enforce
        for host in after.hosts {
            let hasCertificate = change.certificates[host.host] != nil
            for sender in [SenderClass.mtaSTS, .dane] {
                guard new.contains(host.host) || hasCertificate || (beginsToEnforce && sender == .mtaSTS),
                    case .refuses(let reason)? = host.acceptance[sender]
                else { continue }
                // That is what the last step is for.
                if sender == .dane, hasCertificate, hasMismatch(host) { continue }
                guard sender == .dane || (planned ?? live)?.mode != STSPolicy.Mode.none else { continue }
                steps.append(
                    PlanStep(
                        hasCertificate
                            ? "Do not install that certificate on \(host.host): \(reason)."
                            : "Repair \(host.host) first: \(reason).",
                        why: "Senders of the class \(sender.rawValue) refuse it as it is."))
            }
        }
    }

    func hasMismatch(_ host: HostJudgement) -> Bool {
        host.addresses.flatMap(\.chains).contains { $0.dane == .mismatch }
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
                steps.append(
                    PlanStep(
                        "Serve a policy of mode none.",
                        lines: ["version: STSv1", "mode: none"] + mx.map { "mx: \($0.text)" } + ["max_age: 86400"],
                        why: "Only a policy that is fetched ends the one that is held; without mx lines some senders "
                            + "reject it."))
            }
            steps.append(
                PlanStep(
                    "Change the id of the TXT record.", lines: [record(nextID())],
                    why: "Senders that go by the id fetch again only for a new one."))
            end = max(end ?? now, newIDIsKnown.addingTimeInterval(86_400))
        }
        let age = isServed ? live.map { " (max_age \($0.maxAge))" } ?? "" : ""
        steps.append(
            PlanStep(
                "Remove the TXT record at _mta-sts.\(domain), then the policy host.", notBefore: end,
                why: end == nil
                    ? "Nobody is known to hold a policy."
                    : "By then the last copy of every policy that was served has run out\(age)."))
        let held = copies.map(\.policy) + [live].compactMap { $0 }
        let binds = held.contains { policy in
            policy.mode == .enforce && !then.hosts.allSatisfy { policy.covers($0.host) }
        }
        if !change.addedMX.isEmpty { publish(binds ? end : nil, "some senders") }
        if !change.removedMX.isEmpty { retire(binds ? end : nil) }
    }

    /// When the last copy of each version that was served runs out, if none is fetched or prolonged after now
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

    /// When no resolver gives out the id of today any more, if it is changed now.
    var newIDIsKnown: Date { now.addingTimeInterval(TimeInterval(recordTTL)) }

    /// An id that nobody has used: the second at which it may be published.
    mutating func nextID(at moment: Date? = nil) -> String {
        var id = Stamp.text(max(moment ?? now, now)).filter { $0.isNumber || $0 == "T" }
        while !usedIDs.insert(id).inserted { id += "a" }
        return id
    }

    /// The id that was asked for, unless it stood for something else already.
    mutating func finalID(at moment: Date? = nil) -> String {
        guard let id = change.recordID, !knownIDs.contains(id) else { return nextID(at: moment) }
        return id
    }

    func record(_ id: String) -> String { "_mta-sts.\(domain). TXT \"v=STSv1; id=\(id)\"" }

    static func list(_ hosts: [DomainName]) -> String { hosts.map(\.text).joined(separator: ", ") }
}

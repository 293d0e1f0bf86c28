import Evidence
import FoundationEssentials
import MTASTS

/// The policy and the MX records: who holds a policy without the hosts that are to take the mail, and until when.
extension SafeOrder {
    mutating func policyAndMX() {
        if change.policyBody != nil, after.policy?.status == .invalid {
            steps.append(
                PlanStep(
                    "Correct the policy file before it is served: `stswatch lint` tells each line.",
                    why: "Senders take an invalid policy for none, or keep the one they hold."))
            return
        }
        let added = change.addedMX.compactMap(\.host).filter { host in !before.hosts.contains { $0.host == host } }
        let left = then.hosts.map(\.host)
        let isRemoving = !change.removedMX.isEmpty
        let enforced = live.flatMap { $0.mode == .enforce ? $0 : nil }
        // Hosts go, and the policy names none of those that stay.
        let isStranding = isRemoving && enforced.map { policy in !left.contains(where: policy.covers) } ?? false
        let needed = isStranding || added.isEmpty ? left : added
        let unlisted = isStranding || !added.isEmpty ? needed.filter { enforced?.covers($0) == false } : []
        let narrow = copies.filter { copy in copy.enforces && added.contains { !copy.covered.contains($0) } }
        let stranding = copies.filter { $0.enforces && isRemoving && $0.covered.isEmpty }
        let isOut = widen(needed, unlisted, narrow + stranding)
        let replaced = unlisted.isEmpty ? nil : replacedPolicyEnds
        if !change.addedMX.isEmpty {
            let holders = narrow.contains { $0.held.holders == .id } ? "some senders" : "senders that go by the expiry"
            publish(ends(narrow, replaced), holders)
        }
        let ready = ends(narrow + stranding, replaced)
        if isRemoving { retire(ready) }
        if let body = change.policyBody, !isOut { narrowDown(to: body, after: ready) }
    }

    /// Sees to it that nobody goes on fetching, or prolonging by its id, a policy without these hosts.
    ///
    /// - Returns: true where the planned policy is served already.
    private mutating func widen(_ needed: [DomainName], _ unlisted: [DomainName], _ strangers: [Copy]) -> Bool {
        if strangers.contains(where: { $0.held.until == nil && $0.held.version.alternates }) {
            steps.append(
                PlanStep(
                    "Serve the same policy from every address of mta-sts.\(domain).",
                    why: "Now some senders fetch a policy without \(Self.list(needed))."))
        }
        let isHeldByID = strangers.contains { $0.held.until == nil && $0.held.holders == .id }
        if let body = change.policyBody, narrowed.isEmpty, uncovered.isEmpty {
            let note = "The file comes first: a new id makes senders fetch what is served then."
            serve(lines(body), id: finalID(), note: note)
            return true
        }
        if !unlisted.isEmpty, let live {
            // Both the old and the new hosts, until everybody holds it.
            let id = change.policyBody == nil ? finalID() : nextID()
            serve(union(live, unlisted), id: id, note: "It names the new MX hosts beside the old ones.")
        } else if isHeldByID, live == nil, let held = strangers.first?.policy {
            serve(
                union(held, needed.filter { !held.covers($0) }), id: nextID(),
                note: "Only a policy that is fetched ends the one that is held.")
        } else if isHeldByID {
            steps.append(
                PlanStep(
                    "Change the id of the TXT record.", lines: [record(nextID())],
                    why: "Senders that go by the id hold a policy without \(Self.list(needed)) while the id stays."))
        }
        return false
    }

    /// When the last of these copies is gone, or `replaced` is past; nil where there is nothing to wait for.
    private func ends(_ copies: [Copy], _ replaced: Date?) -> Date? {
        let ends = copies.map { copy in
            copy.held.until
                ?? (copy.held.holders == .id
                    ? newIDIsKnown
                    : now.addingTimeInterval(min(DomainMemory.expiryCap, TimeInterval(copy.policy.maxAge))))
        }
        return (ends + [replaced].compactMap { $0 }).max()
    }

    /// When nobody holds the live policy any more, if another one is served under a new id from now on.
    private var replacedPolicyEnds: Date {
        let age = live.map { TimeInterval($0.maxAge) } ?? 0
        return max(newIDIsKnown, now.addingTimeInterval(min(DomainMemory.expiryCap, age)))
    }

    mutating func publish(_ ready: Date?, _ holders: String) {
        steps.append(
            PlanStep(
                "Publish the new MX records.", notBefore: ready,
                lines: change.addedMX.compactMap { record in
                    record.host.map { "\(domain). MX \(record.preference) \($0)." }
                },
                why: ready == nil
                    ? "Every policy that senders are known to hold covers these hosts."
                    : "Until then \(holders) hold a policy without these hosts and refuse them."))
    }

    mutating func retire(_ ready: Date?) {
        steps.append(
            PlanStep(
                "Remove the MX record of \(Self.list(change.removedMX)).", notBefore: ready,
                why: !change.addedMX.isEmpty
                    ? "The new hosts take the mail from here on."
                    : ready == nil
                        ? "A host that stays is in every policy that senders are known to hold."
                        : "Until then some senders hold a policy that names none of the hosts that stay."))
        steps.append(
            PlanStep(
                "Switch off \(Self.list(change.removedMX)).", notBefore: mxGone(after: ready),
                why: "Until then resolvers may still give out the old MX records (TTL \(mxTTL) s)."))
    }

    /// The planned policy, where it names fewer hosts than senders have gone to until now.
    private mutating func narrowDown(to body: [UInt8], after ready: Date?) {
        let stays = narrowed.filter { host in then.hosts.contains { $0.host == host } }
        let missing = uncovered.filter { !stays.contains($0) }
        for (verb, hosts) in [("Keep", stays), ("Add", missing)] where planned?.mode == .enforce && !hosts.isEmpty {
            steps.append(
                PlanStep(
                    "\(verb) a line for \(Self.list(hosts)), or take it out of the MX records first.",
                    why: "It is an MX then, and senders that enforce would refuse it."))
        }
        guard planned?.mode != .enforce || uncovered.isEmpty else { return }
        let isGone = narrowed.contains { host in !then.hosts.contains { $0.host == host } }
        let moment = isGone ? mxGone(after: ready) : ready
        serve(
            lines(body), notBefore: moment, id: finalID(at: moment),
            note: "By then no resolver gives out the hosts that the new file does not name.")
    }

    /// Hosts of today that the live policy covers and the planned one does not.
    private var narrowed: [DomainName] {
        guard let live, let planned, planned.mode != .none, change.policyBody != nil else { return [] }
        return before.hosts.map(\.host).filter { live.covers($0) && !planned.covers($0) }
    }

    /// MX hosts after the change that a planned policy in force would shut out, and that are not shut out now.
    private var uncovered: [DomainName] {
        guard let planned, planned.mode == .enforce, change.policyBody != nil else { return [] }
        return then.hosts.map(\.host).filter { host in
            let isShutOut = live?.mode == .enforce && live?.covers(host) == false && change.removedMX.isEmpty
            return !planned.covers(host) && !(isShutOut && before.hosts.contains { $0.host == host })
        }
    }

    private var mxTTL: Int { RecordTTL.bounded(seen.mx?.value.ttl) }

    private func mxGone(after ready: Date?) -> Date { (ready ?? now).addingTimeInterval(TimeInterval(mxTTL)) }

    private mutating func serve(_ lines: [String], notBefore: Date? = nil, id: String, note: String) {
        steps.append(PlanStep("Serve this policy.", notBefore: notBefore, lines: lines, why: note))
        steps.append(
            PlanStep(
                "Then change the id of the TXT record.", lines: [record(id)],
                why: "Senders that go by the id keep the old body for as long as the id stays."))
    }

    /// The policy with lines for these hosts.
    private func union(_ policy: STSPolicy, _ hosts: [DomainName]) -> [String] {
        let patterns = policy.mx.map(\.text) + hosts.map(\.text)
        return ["version: STSv1", "mode: \(policy.mode.rawValue)"] + patterns.map { "mx: \($0)" }
            + ["max_age: \(policy.maxAge)"]
    }

    private func lines(_ body: [UInt8]) -> [String] {
        body.split(separator: 10).map { line in VisibleText.escape(line.last == 13 ? line.dropLast() : line) }
    }
}

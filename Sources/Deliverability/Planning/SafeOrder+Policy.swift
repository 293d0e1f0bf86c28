import Evidence
import FoundationEssentials
import MTASTS

/// The policy and the MX records: who holds a policy without the hosts that are to take the mail, and until when.
extension SafeOrder {
    mutating func policyAndMX() {
        if change.policyBody != nil, planned == nil {
            add(
                PlanStep(
                    "Correct the policy file before it is served: `stswatch lint` tells each line.",
                    why: "Senders take an invalid policy for none, or keep the one they hold."))
            return
        }
        let added = then.hosts.map(\.host).filter(isNew)
        let left = then.hosts.map(\.host)
        let isRemoving = !leaving.isEmpty
        let enforced = live.flatMap { $0.mode == .enforce ? $0 : nil }
        func isStranding(_ covers: (DomainName) -> Bool) -> Bool {
            isRemoving && !left.contains { covers($0) && isGood($0, for: .mtaSTS) }
        }
        // Hosts go, and those that stay are not in the policy or fail.
        let isLiveStranding = enforced.map { isStranding($0.covers) } ?? false
        let needed = isLiveStranding || added.isEmpty ? left : added
        let unlisted = isLiveStranding || !added.isEmpty ? needed.filter { enforced?.covers($0) == false } : []
        let narrow = copies.filter { copy in copy.enforces && added.contains { !copy.covered.contains($0) } }
        let stranding = copies.filter { $0.enforces && isStranding($0.covered.contains) }
        let isOut = widen(needed, unlisted, narrow + stranding)
        let replaced = unlisted.isEmpty ? nil : replacedPolicyEnds
        // Who is refused everywhere now cannot fare worse.
        func losing(_ copies: [Copy]) -> [Copy] { copies.filter { !isStranded($0) } }
        let (narrowEnds, copiesEnd) = (ends(losing(narrow), replaced), ends(losing(narrow + stranding), replaced))
        let ready = later(copiesEnd)
        if narrowEnds != nil, isRescue(added, beside: losing(narrow).map(\.policy) + [enforced].compactMap { $0 }) {
            publish(nil, Self.rescueReason)
        } else if !change.addedMX.isEmpty {
            publish(narrowEnds, publishReason(narrowEnds, narrow))
        }
        let gone = mxGone(after: ready)
        if isRemoving { retire(copiesEnd) }
        if let body = change.policyBody, !isOut { narrowDown(to: body, at: isRemoving ? gone : ready) }
        if change.policyBody == nil, !isFinalIDTold { publishID() }
    }

    /// True where the holders of the copy are refused by every MX of today.
    private func isStranded(_ copy: Copy) -> Bool {
        !before.hosts.contains { copy.policy.covers($0.host) && $0.acceptance[.mtaSTS]?.isRefusal != true }
    }

    /// True where all that is done is to give MX hosts to senders that are refused everywhere until their copy runs
    /// out, and where holders of the other policies pass these hosts over and keep one that takes their mail.
    private func isRescue(_ added: [DomainName], beside others: [STSPolicy]) -> Bool {
        let stranded = copies.filter { copy in
            let isHeld = copy.held.until.map { $0 > newIDIsKnown } ?? (copy.held.holders == .expiry)
            return copy.enforces && isHeld && isStranded(copy)
        }
        guard leaving.isEmpty, !added.isEmpty, !stranded.isEmpty else { return false }
        return added.allSatisfy { host in
            isGood(host, for: .mtaSTS) && stranded.contains { $0.covered.contains(host) }
        }
            && others.allSatisfy { policy in
                before.hosts.contains { policy.covers($0.host) && isGood($0.host, for: .mtaSTS) }
            }
    }

    private static let rescueReason =
        "Until then senders that hold an older policy are refused by every MX; those that hold one without these hosts "
        + "pass them over."

    /// The MX records of a domain whose MTA-STS has ended by then.
    mutating func move() {
        let isBound = heldPolicies.contains { policy in
            policy.mode == .enforce && !then.hosts.allSatisfy { policy.covers($0.host) }
        }
        let ready = isBound && clock > now ? clock : nil
        if !change.addedMX.isEmpty {
            let why = "Until then some senders hold a policy without these hosts and refuse them."
            publish(ready, ready == nil ? publishReason(nil, []) : why)
        }
        if !leaving.isEmpty { retire(ready) }
    }

    /// Another id over the policy that is served.
    private mutating func publishID() {
        guard let wanted = wantedID else { return }
        guard before.record?.status == .valid else {
            return add(
                PlanStep(
                    "Do not publish the record alone: plan it together with the policy file.",
                    why: "Without a record nobody fetches a policy; what would be fetched then was not looked at."))
        }
        let why =
            wanted.isUsed
            ? "\(wanted.id) was published before: senders that did not look in between keep what they fetched under it."
            : "Senders that go by the id fetch the policy again."
        announce(why: why)
    }

    /// Sees to it that nobody goes on fetching, or prolonging by its id, a policy without these hosts.
    ///
    /// - Returns: true where the planned policy is served already.
    private mutating func widen(_ needed: [DomainName], _ unlisted: [DomainName], _ strangers: [Copy]) -> Bool {
        if strangers.contains(where: { $0.held.until == nil && $0.held.version.alternates }) {
            add(
                PlanStep(
                    "Serve the same policy from every address of mta-sts.\(domain).",
                    why: "Now some senders fetch a policy without \(Self.list(needed))."))
        }
        let isHeldByID = strangers.contains { $0.held.until == nil && $0.held.holders == .id }
        if let body = change.policyBody, narrowed.isEmpty, uncovered.isEmpty {
            let note = "The file comes first: a new id makes senders fetch what is served then."
            serve(lines(body) + linesForAll(planned), id: finalID(), note: note)
            return true
        }
        if !unlisted.isEmpty, let live {
            // Both the old and the new hosts, until everybody holds it.
            let id = change.policyBody == nil ? finalID() : nextID()
            let others = missed.filter { !unlisted.contains($0) }
            serve(union(live, unlisted + others), id: id, note: "It names the new MX hosts beside the old ones.")
        } else if isHeldByID, live == nil, let held = strangers.first?.policy {
            serveAgain(held, needed)
        } else if isHeldByID {
            announce(
                why: "Senders that go by the id hold a policy without \(Self.list(needed)) while the id stays.")
        }
        return false
    }

    /// A policy in the place of one that cannot be had: it binds new senders, too, and those hold none now.
    private mutating func serveAgain(_ held: STSPolicy, _ needed: [DomainName]) {
        let today = before.hosts.map(\.host).filter { !needed.contains($0) }
        let isReady = before.hosts.allSatisfy { host in
            leaving.contains(host.host)
                ? host.acceptance[.mtaSTS]?.isRefusal != true : isGood(host.host, for: .mtaSTS)
        }
        let policy = isReady ? held : STSPolicy(mode: .testing, maxAge: held.maxAge, mx: held.mx)
        serve(
            union(policy, (needed + today).filter { !held.covers($0) }), id: nextID(),
            note: "Only a policy that is fetched ends the one that is held"
                + (isReady ? "." : "; mode testing, since an MX of today would be refused."))
    }

    /// Another id, so that those who go by it fetch the policy that is served: it must refuse nothing that the one they
    /// hold takes, nor be one that they reject.
    private mutating func announce(why: String) {
        let id = change.policyBody == nil ? finalID() : nextID()
        let extra = linesForAll(live)
        if let live, !extra.isEmpty || !missed.isEmpty {
            let note =
                extra.isEmpty
                ? "Who goes by the id still sends to \(Self.list(missed)), which the served policy does not name."
                : "Some senders reject a policy without mx lines, and keep the one they hold."
            return serve(union(live, missed) + extra, id: id, note: note)
        }
        add(PlanStep("Change the id of the TXT record.", lines: [record(id)], why: why))
    }

    /// MX hosts that the live policy shuts out and some policy that is held does not.
    private var missed: [DomainName] {
        guard let live, live.mode == .enforce else { return [] }
        let hosts = before.hosts.map(\.host) + then.hosts.map(\.host).filter(isNew)
        return hosts.filter { host in
            !live.covers(host) && (holdsFreely || copies.contains { $0.policy.covers(host) })
        }
    }

    /// The mx lines that a policy of mode none needs to be taken by all that hold another one.
    private func linesForAll(_ policy: STSPolicy?) -> [String] {
        guard let policy, policy.mode == .none, policy.mx.isEmpty else { return [] }
        let held = heldPolicies.first { $0.mode == .enforce && !$0.mx.isEmpty }
        return (held?.mx ?? []).map { "mx: \($0.text)" }
    }

    /// When the last of these copies is gone, or `replaced` is past; nil where there is nothing to wait for.
    private func ends(_ copies: [Copy], _ replaced: Date?) -> Date? {
        let ends = copies.map { copy in
            copy.held.until
                ?? (copy.held.holders == .id
                    ? newIDIsKnown
                    : clock.addingTimeInterval(min(DomainMemory.expiryCap, TimeInterval(copy.policy.maxAge))))
        }
        return (ends + [replaced].compactMap { $0 }).max().flatMap { $0 > clock ? $0 : nil }
    }

    /// When nobody holds the live policy any more, if another one is served under a new id from now on.
    private var replacedPolicyEnds: Date {
        let age = live.map { TimeInterval($0.maxAge) } ?? 0
        return max(newIDIsKnown, clock.addingTimeInterval(min(DomainMemory.expiryCap, age)))
    }

    private mutating func publish(_ ready: Date?, _ why: String) {
        let moment = later(ready)
        add(
            PlanStep(
                "Publish the new MX records.", notBefore: moment,
                lines: change.addedMX.compactMap { record in
                    record.host.map { "\(domain). MX \(record.preference) \($0)." }
                }, why: moment == ready ? why : Self.staleTLSA))
    }

    /// - Parameter narrow: what is held without the new hosts, also by those who are refused everywhere now.
    private func publishReason(_ ready: Date?, _ narrow: [Copy]) -> String {
        if ready != nil {
            let isByID = narrow.contains { $0.held.holders == .id && !isStranded($0) }
            return
                "Until then \(isByID ? "some senders" : "senders that go by the expiry") hold a policy without these "
                + "hosts and refuse them."
        }
        let hosts = change.addedMX.compactMap(\.host)
        let isInAll = heldPolicies.allSatisfy { hosts.allSatisfy($0.covers) }
        if isInAll, !heldPolicies.isEmpty { return "Every policy that senders are known to hold covers these hosts." }
        return narrow.contains(where: isStranded)
            ? "Whoever holds a policy without these hosts is refused by every MX now, too."
            : "No policy that senders are known to enforce by then shuts these hosts out."
    }

    private mutating func retire(_ ready: Date?) {
        let removed = change.removedMX.filter(leaving.contains)
        let moment = later(ready)
        if !removed.isEmpty {
            add(
                PlanStep(
                    "Remove the MX record of \(Self.list(removed)).", notBefore: moment,
                    why: moment == ready ? retireReason(ready) : Self.staleTLSA))
        }
        // A server that has only got another name stays on.
        let off = removed.filter { !isSameServer($0) }
        guard !off.isEmpty else { return }
        add(
            PlanStep(
                "Switch off \(Self.list(off)).", notBefore: mxGone(after: moment),
                why: "Until then resolvers may still give out the old MX records (TTL \(mxTTL) s)."))
    }

    private func retireReason(_ ready: Date?) -> String {
        if then.hosts.contains(where: { isNew($0.host) }) { return "The new hosts take the mail from here on." }
        if ready != nil {
            return "Until then some senders hold a policy that names none of the hosts that stay and pass."
        }
        let stays = then.hosts.map(\.host).filter { isGood($0, for: .mtaSTS) }
        let isInAll = heldPolicies.allSatisfy { stays.contains(where: $0.covers) }
        return isInAll && !heldPolicies.isEmpty
            ? "A host that stays is in every policy that senders are known to hold."
            : "A host that stays takes the mail."
    }

    private static let staleTLSA = "Until then resolvers may still give out TLSA records that name another key."

    /// The later one of a moment and the one at which the TLSA records are settled; nil where both are past.
    private func later(_ moment: Date?) -> Date? {
        [moment, settled].compactMap { $0 }.max().flatMap { $0 > clock ? $0 : moment }
    }

    private func isSameServer(_ host: DomainName) -> Bool {
        let own = today[host]?.addresses?.value.all ?? []
        return then.hosts.contains { other in (other.addresses?.value.all ?? []).contains(where: own.contains) }
    }

    /// The planned policy, where it names fewer hosts than senders have gone to until now.
    private mutating func narrowDown(to body: [UInt8], at moment: Date?) {
        let stays = narrowed.filter { host in then.hosts.contains { $0.host == host } }
        let missing = uncovered.filter { !stays.contains($0) }
        for (verb, hosts) in [("Keep", stays), ("Add", missing)] where planned?.mode == .enforce && !hosts.isEmpty {
            add(
                PlanStep(
                    "\(verb) a line for \(Self.list(hosts)), or take it out of the MX records first.",
                    why: "It is an MX then, and senders that enforce would refuse it."))
        }
        guard planned?.mode != .enforce || uncovered.isEmpty else { return }
        serve(
            lines(body), notBefore: moment, id: finalID(at: moment),
            note: "By then no resolver gives out the hosts that the new file does not name or that fail.")
    }

    /// Hosts of today that the planned policy shuts out, and that not everybody is shut out from now.
    private var narrowed: [DomainName] {
        guard let planned, planned.mode == .enforce, change.policyBody != nil else { return [] }
        return before.hosts.filter { host in
            let fails = leaving.contains(host.host) && host.acceptance[.mtaSTS]?.isRefusal == true
            return !isShutOut(host.host) && (!planned.covers(host.host) || (fails && live?.mode != .enforce))
        }.map(\.host)
    }

    /// MX hosts after the change that a planned policy in force would shut out, and that are not shut out now.
    private var uncovered: [DomainName] {
        guard let planned, planned.mode == .enforce, change.policyBody != nil else { return [] }
        return then.hosts.map(\.host).filter { host in
            !planned.covers(host) && !(isShutOut(host) && change.removedMX.isEmpty && !isNew(host))
        }
    }

    /// True where every policy that senders hold shuts the host out already.
    private func isShutOut(_ host: DomainName) -> Bool {
        live != nil && !holdsFreely && heldPolicies.allSatisfy { $0.mode == .enforce && !$0.covers(host) }
    }

    private var mxTTL: Int { RecordTTL.bounded(seen.mx?.value.ttl) }

    private func mxGone(after ready: Date?) -> Date {
        max(ready ?? clock, clock).addingTimeInterval(TimeInterval(mxTTL))
    }

    private mutating func serve(_ lines: [String], notBefore: Date? = nil, id: String, note: String) {
        add(PlanStep("Serve this policy.", notBefore: notBefore, lines: lines, why: note))
        add(
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

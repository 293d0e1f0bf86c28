import Evidence
import FoundationEssentials
import MTASTS

/// The order of steps in which a change hurts nobody: what senders hold decides, not what is published.
///
/// Serve first, then announce (RFC 8461 8.2); widen first, wait until no copy of the narrow policy is left, then move;
/// publish the next key beside the old one before it is used (RFC 7671 8.1).
struct SafeOrder {
    private(set) var steps: [PlanStep] = []

    private let change: PlannedChange
    private let seen: DomainEvidence
    private let then: DomainEvidence
    private let before: Assessment
    private let after: Assessment
    private let now: Date
    private var domain: DomainName { seen.domain }

    init(
        _ change: PlannedChange, now seen: DomainEvidence, then: DomainEvidence, before: Assessment,
        after: Assessment, at now: Date
    ) {
        self.change = change
        self.seen = seen
        self.then = then
        self.before = before
        self.after = after
        self.now = now
        repairs()
        if change.removesSTS { removal() } else { policyAndMX() }
        keys()
    }

    private var live: STSPolicy? { before.policy?.policy }
    private var planned: STSPolicy? { after.policy?.policy }

    /// When the last copy of a policy that was fetched until `moment` is gone.
    ///
    /// - Parameter cap: no known sender that goes by the expiry alone holds a policy longer, in seconds.
    private func holdsEnd(replacedAt moment: Date, cap: TimeInterval = .infinity) -> Date {
        let older = before.cached.compactMap(\.until).max() ?? now
        return max(older, moment.addingTimeInterval(min(cap, live.map { TimeInterval($0.maxAge) } ?? 0)))
    }

    /// postfix-tlspol keeps a policy for 30 days at most.
    private static let longestHold: TimeInterval = 30 * 86_400

    /// New hosts that no enforcing sender would take as they are.
    private mutating func repairs() {
        let new = Set(change.addedMX.compactMap(\.host))
        for host in after.hosts where new.contains(host.host) || change.certificates[host.host] != nil {
            for sender in [SenderClass.mtaSTS, .dane] {
                guard case .refuses(let reason)? = host.acceptance[sender] else { continue }
                // That is what the last step is for.
                if sender == .dane, change.certificates[host.host] != nil, hasMismatch(host) { continue }
                guard sender == .dane || (planned ?? live)?.mode != STSPolicy.Mode.none else { continue }
                steps.append(
                    PlanStep(
                        change.certificates[host.host] == nil
                            ? "Repair \(host.host) first: \(reason)."
                            : "Do not install that certificate on \(host.host): \(reason).",
                        why: "Senders of the class \(sender.rawValue) refuse it as it is."))
            }
        }
    }

    private func hasMismatch(_ host: HostJudgement) -> Bool { host.addresses.contains { $0.dane == .mismatch } }

    // MARK: The end of MTA-STS (RFC 8461 8.3)

    private mutating func removal() {
        guard let live, live.mode != .none else {
            steps.append(
                PlanStep(
                    "Remove the TXT record at _mta-sts.\(domain), then the policy host.",
                    notBefore: before.cached.compactMap(\.until).max(),
                    why: "Until then somebody may still hold a policy that enforces."))
            return
        }
        let end = holdsEnd(replacedAt: now)
        steps += [
            PlanStep(
                "Serve a policy of mode none.", lines: ["version: STSv1", "mode: none", "max_age: 86400"],
                why: "Only a policy that is fetched ends the one that is held."),
            PlanStep(
                "Change the id of the TXT record.", lines: [record(nextID)],
                why: "Senders that go by the id fetch again only for a new one."),
            PlanStep(
                "Remove the TXT record, then the policy host.", notBefore: max(end, now.addingTimeInterval(86_400)),
                why: "By then the last copy of every policy that was served has run out (max_age \(live.maxAge))."),
        ]
    }

    // MARK: Policy and MX

    private mutating func policyAndMX() {
        let target = planned ?? live
        let added = change.addedMX.compactMap(\.host).filter { host in !before.hosts.contains { $0.host == host } }
        let unlisted = added.filter { host in live.map { $0.mode == .enforce && !$0.covers(host) } ?? false }
        let isNarrowed = change.policyBody != nil && narrowed.isEmpty == false
        if change.policyBody != nil, after.policy?.status == .invalid {
            steps.append(
                PlanStep(
                    "Correct the policy file before it is served: `stswatch lint` tells each line.",
                    why: "Senders take an invalid policy for none, or keep the one they hold."))
            return
        }
        var ready: Date?
        if !unlisted.isEmpty, let live {
            // Both the old and the new hosts, until everybody holds it.
            serve(union(live, unlisted), note: "It names the new MX hosts beside the old ones.")
            ready = holdsEnd(replacedAt: now, cap: Self.longestHold)
        } else if change.policyBody != nil, !isNarrowed, let body = change.policyBody {
            serve(lines(body), note: "The file comes first: a new id makes senders fetch what is served then.")
        }
        if !change.addedMX.isEmpty {
            steps.append(
                PlanStep(
                    "Publish the new MX records.", notBefore: ready,
                    lines: change.addedMX.compactMap { record in
                        record.host.map { "\(domain). MX \(record.preference) \($0)." }
                    },
                    why: ready == nil
                        ? "Every policy that senders hold covers these hosts."
                        : "Until then senders that go by the expiry hold a policy without these hosts and refuse them."
                ))
        }
        if !change.removedMX.isEmpty { retire(ready) }
        guard isNarrowed || (!unlisted.isEmpty && change.policyBody != nil), let body = change.policyBody, let target
        else { return }
        let gone = narrowed.filter { host in !then.hosts.contains { $0.host == host } }
        let stays = narrowed.filter { host in then.hosts.contains { $0.host == host } }
        if !stays.isEmpty, target.mode == .enforce {
            steps.append(
                PlanStep(
                    "Keep a line for \(Self.list(stays)), or take it out of the MX records first.",
                    why: "It is an MX still, and senders that enforce would refuse it."))
            return
        }
        serve(
            lines(body), notBefore: gone.isEmpty ? ready : mxGone(after: ready),
            note: "By then no resolver gives out the hosts that the new file does not name.")
    }

    /// Hosts of today that the live policy covers and the planned one does not.
    private var narrowed: [DomainName] {
        guard let live, let planned, planned.mode != .none, change.policyBody != nil else { return [] }
        return before.hosts.map(\.host).filter { live.covers($0) && !planned.covers($0) }
    }

    private mutating func retire(_ ready: Date?) {
        steps.append(
            PlanStep(
                "Remove the MX record of \(Self.list(change.removedMX)).", notBefore: ready,
                why: change.addedMX.isEmpty
                    ? "The hosts that stay must be in every policy that senders hold."
                    : "The new hosts take the mail from here on."))
        steps.append(
            PlanStep(
                "Switch off \(Self.list(change.removedMX)).", notBefore: mxGone(after: ready),
                why: "Until then resolvers may still give out the old MX records (TTL \(mxTTL) s)."))
    }

    private var mxTTL: Int { seen.mx?.value.ttl ?? 86_400 }

    private func mxGone(after ready: Date?) -> Date { (ready ?? now).addingTimeInterval(TimeInterval(mxTTL)) }

    private mutating func serve(_ lines: [String], notBefore: Date? = nil, note: String) {
        steps.append(PlanStep("Serve this policy.", notBefore: notBefore, lines: lines, why: note))
        steps.append(
            PlanStep(
                "Then change the id of the TXT record.", lines: [record(change.recordID ?? nextID)],
                why: "Senders that go by the id keep the old body for as long as the id stays."))
    }

    /// The live policy with lines for these hosts.
    private func union(_ live: STSPolicy, _ hosts: [DomainName]) -> [String] {
        let patterns = live.mx.map(\.text) + hosts.map(\.text)
        return ["version: STSv1", "mode: \(live.mode.rawValue)"] + patterns.map { "mx: \($0)" }
            + ["max_age: \(live.maxAge)"]
    }

    private func lines(_ body: [UInt8]) -> [String] {
        body.split(separator: 10).map { line in VisibleText.escape(line.last == 13 ? line.dropLast() : line) }
    }

    private func record(_ id: String) -> String { "_mta-sts.\(domain). TXT \"v=STSv1; id=\(id)\"" }

    /// An id that nobody has used: the second at which the plan was made.
    private var nextID: String { Stamp.text(now).filter { $0.isNumber || $0 == "T" } }

    // MARK: Keys (RFC 7671 8.1, 8.4)

    private mutating func keys() {
        for host in after.hosts where change.certificates[host.host] != nil {
            guard let certificate = change.certificates[host.host], let leaf = certificate.facts.first,
                let old = seen.hosts.first(where: { $0.host == host.host }),
                let records = old.tlsa?.value.answer.value, old.tlsa?.value.answer.dnssec == .secure
            else { continue }
            guard hasMismatch(host) else {
                steps.append(
                    PlanStep(
                        "Install the certificate on \(host.host).", why: "The TLSA records that stand match it, too."))
                continue
            }
            let base = old.tlsa?.value.base ?? host.host
            let ttl = old.tlsa?.value.answer.ttl ?? 86_400
            let new = "3 1 1 \(leaf.publicKeySHA256)"
            steps += [
                PlanStep(
                    "Publish the TLSA record of the new key beside the old ones.",
                    lines: (records.map(\.description) + [new]).map { "_25._tcp.\(base). TLSA \($0)" },
                    why: "Senders that hold the old set must find the new key in it before it is used."),
                PlanStep(
                    "Install the certificate on \(host.host).", notBefore: now.addingTimeInterval(2 * Double(ttl)),
                    why: "Twice the TTL (\(ttl) s) later no resolver holds a set without the new key."),
                PlanStep("Remove the TLSA records of the old key.", why: "Nothing shows that key any more."),
            ]
        }
    }

    private static func list(_ hosts: [DomainName]) -> String { hosts.map(\.text).joined(separator: ", ") }
}

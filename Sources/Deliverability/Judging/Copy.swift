import Evidence
import FoundationEssentials
import MTASTS

/// A version that some senders still hold, and which of today's MX hosts it covers.
struct Copy {
    let held: HeldVersion
    let policy: STSPolicy
    let covered: Set<DomainName>

    /// Nil for what nobody enforces or tests by.
    init?(_ held: HeldVersion, hosts: [DomainName]) {
        guard let policy = held.policy, policy.mode != .none else { return nil }
        self.held = held
        self.policy = policy
        covered = policy.covered(hosts)
    }

    /// True for what those who go by the id hold, who are many; not only those of them that met one address of the
    /// policy host.
    var isWidelyHeld: Bool { held.holders == .id && !held.isOfOneAddress }

    var enforces: Bool { policy.mode == .enforce }

    func isHeld(at moment: Date) -> Bool { held.until.map { $0 > moment } ?? true }

    /// What its holders meet (RFC 8461 5): today's facts about each host, matched against this version.
    func verdict(_ standing: Standing) -> CachedVerdict {
        let enforced = standing.enforcing(covered: covered)
        let verdict = enforces ? enforced : standing.opportunistic
        let who = held.readers.map { "read by \($0.joined(separator: ", ")): " } ?? ""
        return CachedVerdict(
            policyID: held.version.id, bodySHA256: held.version.bodySHA256, holders: held.holders,
            delivery: verdict.delivery, until: held.until, mode: policy.mode, reason: who + verdict.reason,
            readers: held.readers, policy: policy)
    }
}

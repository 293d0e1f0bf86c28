import Evidence
import FoundationEssentials
import MTASTS

/// What was changed about the MX set.
enum MXChangeRule: Rule {
    /// The same machine under a new name: its certificate and the policy must follow.
    static func findings(in judged: Case) -> [Finding] {
        let sets = judged.memory.mxSets
        guard let now = sets.last, let before = sets.dropLast().last else { return [] }
        let gone = before.members.filter { !now.hosts.contains($0.host) }
        return now.members.filter { !before.hosts.contains($0.host) }.compactMap { new in
            let old = gone.first { !Set($0.addresses).isDisjoint(with: new.addresses) }
            guard let old, let shared = new.addresses.first(where: { old.addresses.contains($0) }),
                judged.memory.isNews(
                    .mxRenamed, of: new.host.text, changedAt: now.firstSeen, for: 7 * 86_400, now: judged.now)
            else { return nil }
            return Finding(
                .mxRenamed, .info, subject: new.host.text,
                evidence: "\(old.host) -> \(new.host) on \(Stamp.text(now.firstSeen)), both at \(shared)",
                fix: "See that the certificate covers \(new.host) and that the policy lists it, and keep \(old.host) "
                    + "in the policy while copies of it are held.",
                rfc: "8461 4.1")
        }
    }
}

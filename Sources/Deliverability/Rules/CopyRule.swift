import Evidence
import FoundationEssentials
import MTASTS

/// What the copies that senders hold make of today's MX hosts (RFC 8461 3.3, 5.1).
enum CopyRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        judged.standing.hosts.compactMap { unlisted($0, judged) } + sameID(judged)
    }

    /// An MX host that was added before the copies that do not name it had run out.
    private static func unlisted(_ host: HostJudgement, _ judged: Case) -> Finding? {
        // Where the served policy refuses it too, that is the finding.
        guard judged.live?.mode != .enforce || judged.live?.covers(host.host) == true else { return nil }
        let strangers = judged.copies.filter { copy in
            // What is served is the business of the file and of the addresses that serve it.
            copy.enforces && !copy.held.isServed && !copy.covered.contains(host.host)
                && !(judged.held != nil && copy.held.version == judged.memory.versions.last)
        }
        guard let worst = strangers.first(where: { $0.covered.isEmpty }) ?? strangers.first else { return nil }
        let ends = strangers.allSatisfy { $0.held.until != nil } ? strangers.compactMap(\.held.until).max() : nil
        let ways = strangers.map(\.held.holders)
        let readers = strangers.compactMap(\.held.readers)
        let names = Set(readers.joined()).sorted().joined(separator: ", ")
        let who =
            readers.count == strangers.count
            ? "senders that read it (\(names))"
            : ways.contains(.id) ? "senders that go by the id" : "senders that ignore the id (postfix-tlspol)"
        return Finding(
            .mxUnlistedInCachedPolicy, worst.covered.isEmpty ? .critical : .high, subject: host.host.text,
            evidence: "MX \(host.preference) \(host.host); the policy of id \(worst.held.version.id), still held by "
                + "\(who), lists \(PolicyWords.lines(worst.policy))",
            senders: [.cached], until: ends, fix: fix(worst, ends, host, judged), tlsrpt: .validationFailure,
            rfc: "8461 5.1")
    }

    private static func fix(_ copy: Copy, _ ends: Date?, _ host: HostJudgement, _ judged: Case) -> String {
        guard let ends else {
            return copy.held.version.id == judged.memory.versions.last?.id && judged.memory.current != nil
                ? "Change the id of the TXT record: until then senders that go by it keep a policy without "
                    + "\(host.host)."
                : "Serve the policy again, with \(host.host) in it, and then change the id of the TXT record."
        }
        let date = Stamp.spoken(ends)
        let today = judged.standing.hosts.map(\.host)
        let before = judged.memory.mxSets.reversed().lazy.map { set in
            set.hosts.filter { copy.policy.covers($0) && !today.contains($0) }
        }.first { !$0.isEmpty }
        if let before, copy.covered.isEmpty {
            let names = PolicyWords.names(before)
            // Whoever holds the served policy would refuse them.
            let isListed = judged.live.map { live in before.allSatisfy(live.covers) } ?? true
            let first = isListed ? "Put \(names)" : "Add \(names) to the policy and change the id, then put it"
            return first + " back as MX and keep it until \(date); then the last copy of the old policy has run out."
        }
        if copy.covered.isEmpty {
            return "Add an MX host that the old policy lists, to the served policy too, and keep it until \(date)."
        }
        return "Keep \(PolicyWords.names(copy.covered.sorted())) as MX until \(date): then the last copy of the old "
            + "policy has run out."
    }

    /// Holders that go by the id keep the old body for as long as the id stays (RFC 8461 3.3).
    private static func sameID(_ judged: Case) -> [Finding] {
        guard let id = judged.standing.record?.record?.id, let last = judged.memory.versions.last, last.id == id else {
            return []
        }
        let stale = zip(judged.copies, judged.cached).filter { copy, _ in
            let version = copy.held.version
            guard copy.held.holders == .id, version.id == id, version != last, !version.alternates else { return false }
            // What one address served, or some read leniently, is not missed where it asked for the same.
            return copy.held.readers == nil && !copy.held.isOfOneAddress
                || (!copy.held.isServed && PolicyWords.differ(copy.policy, last.policy))
        }
        guard let first = stale.first(where: { $0.0.enforces && $0.1.delivery == .refused }) ?? stale.first else {
            return []
        }
        let (copy, verdict) = first
        let hurts = copy.enforces && verdict.delivery == .refused
        let subject = "mta-sts.\(judged.domain)"
        var findings = [
            Finding(
                .policyChangedSameID, hurts ? .critical : .warning, subject: subject,
                evidence: "\(PolicyWords.change(copy.policy, last.policy)) on "
                    + "\(Stamp.text(replacedAt(copy.held.version, judged) ?? last.firstSeen)), the id is still \(id)"
                    + (wrongOrder(copy.held.version, judged) ? "; the id was changed before the body: wrong order" : "")
                    + (hurts ? "; by the old body: \(verdict.reason)" : ""),
                senders: [.cached], fix: remedy(judged),
                tlsrpt: .validationFailure, rfc: "8461 3.3")
        ]
        if let age = last.policy?.maxAge, last.policy?.mode != STSPolicy.Mode.none, age < copy.policy.maxAge {
            findings.append(
                Finding(
                    .policyMaxAgeLoweredSameID, .warning, subject: subject,
                    evidence: "max_age: \(copy.policy.maxAge) before, now \(age); the id is still \(id)",
                    senders: [.cached],
                    fix: "Change the id of the TXT record: senders that go by it keep the policy for "
                        + "\(Stamp.long(Double(copy.policy.maxAge))) more each time they look.",
                    rfc: "8461 3.3"))
        }
        return findings
    }

    /// Who goes over to a body that refuses is worse off than who keeps the old one.
    private static func remedy(_ judged: Case) -> String {
        let change = "the id of the TXT record: senders that go by it keep the old body."
        guard judged.live?.mode == .enforce, judged.standing.mtaSTS.delivery == .refused else {
            return "Change \(change)"
        }
        return "Repair what the new body refuses first, or put the old body back; then change \(change)"
    }

    /// When another body was first seen in its place; a record that was gone in between changed no body.
    private static func replacedAt(_ version: PolicyVersion, _ judged: Case) -> Date? {
        judged.memory.versions.first { $0.firstSeen > version.lastSeen }?.firstSeen ?? version.goneAt
    }

    /// The version came to be when another id was put over the body of the version before it.
    private static func wrongOrder(_ version: PolicyVersion, _ judged: Case) -> Bool {
        let versions = judged.memory.versions
        guard let index = versions.firstIndex(of: version), index > 0 else { return false }
        return versions[index - 1].body == version.body && versions[index - 1].id != version.id
    }
}

/// A policy in few words.
enum PolicyWords {
    static func names(_ hosts: [DomainName]) -> String {
        hosts.prefix(3).map(\.text).joined(separator: ", ") + (hosts.count > 3 ? ", ..." : "")
    }

    static func lines(_ policy: STSPolicy) -> String {
        guard !policy.mx.isEmpty else { return "no mx" }
        return policy.mx.prefix(3).map(\.text).joined(separator: ", ") + (policy.mx.count > 3 ? ", ..." : "")
    }

    /// True where they ask something else of a sender.
    static func differ(_ before: STSPolicy, _ after: STSPolicy?) -> Bool {
        after.map { !differences(before, $0).isEmpty } ?? true
    }

    private static func differences(_ before: STSPolicy, _ after: STSPolicy) -> [String] {
        var parts: [String] = []
        if before.mode != after.mode { parts.append("mode \(before.mode.rawValue) -> \(after.mode.rawValue)") }
        if before.maxAge != after.maxAge { parts.append("max_age \(before.maxAge) -> \(after.maxAge)") }
        if before.mx.map(\.text) != after.mx.map(\.text) { parts.append("mx \(lines(before)) -> \(lines(after))") }
        return parts
    }

    /// What differs between two policies, before and after.
    static func change(_ before: STSPolicy, _ after: STSPolicy?) -> String {
        guard let after else { return "the body changed" }
        let parts = differences(before, after)
        return parts.isEmpty
            ? "the body changed in its extensions" : "the body changed (\(parts.joined(separator: "; ")))"
    }
}

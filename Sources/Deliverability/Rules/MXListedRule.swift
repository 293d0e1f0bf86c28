import Evidence
import FoundationEssentials
import MTASTS

/// The MX set against the lines of the live policy, and how many hosts are left (RFC 8461 4.1).
enum MXListedRule: Rule {
    static func findings(in judged: Case) -> [Finding] {
        guard let policy = judged.live ?? judged.held else { return [] }
        let hosts = judged.standing.hosts
        guard !hosts.isEmpty, judged.standing.mx?.status == .present || judged.standing.mx?.status == .implicit else {
            return []
        }
        let unlisted = hosts.filter { !policy.covers($0.host) }
        // Those of the MX records that are too many to be looked at count here, too.
        let all = Set(hosts.map(\.host) + (judged.evidence.mx?.value.value ?? []).compactMap(\.host))
        var findings: [Finding] = []
        if !all.contains(where: policy.covers) {
            findings.append(noneListed(judged, policy, unlisted))
        } else {
            findings += unlisted.map { mxUnlisted(judged, policy, $0, of: hosts) }
            findings += hijackPattern(judged, policy, hosts)
        }
        findings += lastUsable(judged, policy, hosts)
        findings += unused(policy, all)
        return findings
    }

    private static func noneListed(_ judged: Case, _ policy: STSPolicy, _ unlisted: [HostJudgement]) -> Finding {
        Finding(
            .mxNoneListed, judged.severity(judged.isSplit ? .high : .critical), subject: judged.domain.text,
            evidence:
                "MX \(names(unlisted)); the \(judged.held == nil ? "" : "cached ")policy lists "
                + PolicyWords.lines(policy) + judged.testingRemark,
            senders: judged.policySenders, until: copiesEnd(judged),
            fix: mendCopies(judged, unlisted[0].host)
                ?? "If \(unlisted[0].host) is yours, add `mx: \(unlisted[0].host)` to the policy file, then change the "
                + "id of the TXT record; if it is not, restore the MX records: they may have been hijacked.",
            tlsrpt: .validationFailure, rfc: "8461 4.1")
    }

    private static func mxUnlisted(
        _ judged: Case, _ policy: STSPolicy, _ host: HostJudgement, of hosts: [HostJudgement]
    ) -> Finding {
        let least = hosts.allSatisfy { $0.preference < host.preference || $0.host == host.host }
        return Finding(
            .mxUnlisted, judged.severity(least ? .warning : .high), subject: host.host.text,
            evidence: "MX \(host.preference) \(host.host) matches no line of the policy (\(PolicyWords.lines(policy)))"
                + judged.testingRemark,
            senders: judged.policySenders, until: copiesEnd(judged),
            fix: mendCopies(judged, host.host)
                ?? "Add `mx: \(host.host)` to the policy file, then change the id; or remove the MX record.",
            tlsrpt: .validationFailure, rfc: "8461 4.1")
    }

    /// Where nothing is served that could be edited, the copies run out at a known time.
    private static func copiesEnd(_ judged: Case) -> Date? {
        let ends = judged.copies.map(\.held.until)
        guard judged.live == nil, ends.allSatisfy({ $0 != nil }) else { return nil }
        return ends.compactMap { $0 }.max()
    }

    private static func mendCopies(_ judged: Case, _ host: DomainName) -> String? {
        guard judged.live == nil else { return nil }
        let again =
            judged.standing.record?.status == .valid ? "Serve the policy again" : "Publish record and policy again"
        let end = copiesEnd(judged).map { " until \(Stamp.spoken($0))" } ?? ""
        return "\(again), with `mx: \(host)` under a new id if the host is yours; or put an MX that the policy lists "
            + "back\(end)."
    }

    /// Every listed MX down and an unlisted one up is what an attacker who can block hosts would arrange.
    private static func hijackPattern(
        _ judged: Case, _ policy: STSPolicy, _ hosts: [HostJudgement]
    ) -> [Finding] {
        let listed = hosts.filter { policy.covers($0.host) }
        let down = listed.allSatisfy { $0.acceptance[.opportunistic]?.isRefusal == true }
        let strangers = hosts.filter { !policy.covers($0.host) && $0.acceptance[.opportunistic] == .accepts }
        guard !listed.isEmpty, down, let stranger = strangers.first else { return [] }
        return [
            Finding(
                .mxOnlyUnlistedReachable, judged.severity(.critical), subject: stranger.host.text,
                evidence: "every listed MX is down (\(names(listed))); \(stranger.host), not listed, answers",
                senders: judged.policySenders,
                fix: "Bring a listed MX back. If \(stranger.host) is not yours, this is how a hijack looks.",
                tlsrpt: .validationFailure, rfc: "8461 10.2")
        ]
    }

    private static func lastUsable(_ judged: Case, _ policy: STSPolicy, _ hosts: [HostJudgement]) -> [Finding] {
        guard hosts.count > 1 else { return [] }
        let usable = hosts.filter { policy.covers($0.host) && $0.acceptance[.mtaSTS] == .accepts }
        let lost = hosts.filter { !policy.covers($0.host) || $0.acceptance[.mtaSTS]?.isRefusal == true }
        guard usable.count == 1, lost.count == hosts.count - 1 else { return [] }
        return [
            Finding(
                .mxLastUsable, judged.severity(.warning), subject: usable[0].host.text,
                evidence: "only \(usable[0].host) of \(hosts.count) MX hosts passes", senders: judged.policySenders,
                fix: "Repair \(names(lost)): "
                    + (judged.tests
                        ? "in mode enforce all mail would be refused once \(usable[0].host) fails too."
                        : "when \(usable[0].host) fails too, all enforced mail is refused."),
                rfc: "8461 5")
        ]
    }

    private static func unused(_ policy: STSPolicy, _ hosts: Set<DomainName>) -> [Finding] {
        policy.mx.filter { pattern in !hosts.contains(where: pattern.matches) }.map { pattern in
            let (why, fix) = reason(pattern, policy, hosts)
            return Finding(
                .policyMXUnused, .info, subject: pattern.text, evidence: "mx: \(pattern.text) \(why)", fix: fix,
                rfc: "8461 4.1")
        }
    }

    /// Why a line matches no MX, and what to write instead.
    private static func reason(
        _ pattern: MXPattern, _ policy: STSPolicy, _ hosts: Set<DomainName>
    ) -> (why: String, fix: String) {
        if IPAddress(pattern.text) != nil {
            return (
                "is an address and matches nothing: MX records hold names",
                "Write the name of the MX host that has the address, or remove the line; then change the id."
            )
        }
        // Deeper than the star reaches, or the name itself, which it does not stand for.
        let near = hosts.filter { pattern.isWildcard && ($0 == pattern.name || $0.text.hasSuffix(".\(pattern.name)")) }
        guard !near.isEmpty else {
            return ("matches no MX record", "Remove the line if no MX of this name is planned.")
        }
        let missed = near.filter { !policy.covers($0) }.sorted()
        let lines = missed.prefix(3).map { "`mx: \($0)`" }.joined(separator: ", ") + (missed.count > 3 ? ", ..." : "")
        return (
            "stands for exactly one label and does not match the MX \(names(near.sorted()))",
            missed.isEmpty
                ? "Remove the line: other lines list \(near.count == 1 ? "this MX" : "these MX hosts")."
                : "Write \(lines) instead, then change the id."
        )
    }

    private static func names(_ hosts: [DomainName]) -> String { PolicyWords.names(hosts) }

    private static func names(_ hosts: [HostJudgement]) -> String { PolicyWords.names(hosts.map(\.host)) }
}

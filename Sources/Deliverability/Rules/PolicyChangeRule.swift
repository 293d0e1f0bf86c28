import Evidence
import FoundationEssentials
import MTASTS

/// What was changed about the policy, and what it leads to (RFC 8461 3.3, 8.3).
enum PolicyChangeRule: Rule {
    private static let day: TimeInterval = 86_400

    static func findings(in judged: Case) -> [Finding] {
        let delegation = delegation(judged)
        guard let current = judged.memory.current, let policy = current.policy,
            judged.standing.record?.record?.id == current.id
        else { return delegation }
        let before = judged.memory.versions.last { $0.bodySHA256 != current.bodySHA256 }
        var findings = delegation + [sameBody(current, judged), reused(current, judged)].compactMap { $0 }
        findings += [unready(judged), withdrawn(policy, current, judged)].compactMap { $0 }
        if let old = before?.policy {
            findings += [narrowed(old, policy, current, judged), raised(old, policy, current, judged)].compactMap { $0 }
        }
        return findings
    }

    private static func subject(_ judged: Case) -> String { "mta-sts.\(judged.domain)" }

    private static func sameBody(_ current: PolicyVersion, _ judged: Case) -> Finding? {
        guard let before = judged.memory.versions.dropLast().last, before.id != current.id,
            before.body == current.body,
            judged.memory.isNews(
                .policyIDChangedSameBody, of: "_mta-sts.\(judged.domain)", changedAt: current.firstSeen, for: day,
                now: judged.now)
        else { return nil }
        return Finding(
            .policyIDChangedSameBody, .info, subject: "_mta-sts.\(judged.domain)",
            evidence: "id \(before.id) -> \(current.id) on \(Stamp.text(current.firstSeen)); the body is the same",
            fix: "Nothing, if the body stays. If it is to change, serve it first and then change the id once more: "
                + "senders have fetched the old body under \(current.id).",
            rfc: "8461 3.3")
    }

    /// Whoever slept through the other id takes the old body for the one that this id names.
    private static func reused(_ current: PolicyVersion, _ judged: Case) -> Finding? {
        guard let run = judged.memory.records.last, run.id == current.id, run.goneAt == nil else { return nil }
        let old = judged.memory.versions.last { version in
            guard version.id == current.id, version.body != current.body, version.lastSeen < run.firstSeen,
                let policy = version.policy
            else { return false }
            guard let gone = version.idGoneAt else { return true }
            return run.firstSeen < gone.addingTimeInterval(Double(policy.maxAge))
        }
        guard let old, let policy = old.policy else { return nil }
        return Finding(
            .policyIDReused, .warning, subject: "_mta-sts.\(judged.domain)",
            evidence: "id \(current.id) stood for another body until \(Stamp.text(old.lastSeen)): "
                + PolicyWords.change(policy, current.policy),
            senders: [.cached],
            fix: "Publish an id that was never used: senders that did not look in between keep the old body under it.",
            rfc: "8461 3.1")
    }

    private static func unready(_ judged: Case) -> Finding? {
        let versions = judged.memory.versions
        guard judged.live?.mode == .enforce, let start = versions.lastIndex(where: { $0.policy?.mode != .enforce }),
            versions.indices.contains(start + 1)
        else { return nil }
        let enforced = versions[start + 1].firstSeen
        let delivery = judged.standing.mtaSTS.delivery
        guard delivery == .refused || delivery == .partial,
            judged.memory.isNews(
                .policyEnforcedUnready, of: subject(judged), changedAt: enforced, for: 2 * day, now: judged.now)
        else { return nil }
        let mode = versions[start].policy?.mode.rawValue ?? "none"
        return Finding(
            .policyEnforcedUnready, delivery == .refused ? .critical : .high, subject: subject(judged),
            evidence: "mode \(mode) -> enforce on \(Stamp.text(enforced)) while \(judged.standing.mtaSTS.reason)",
            senders: [.mtaSTS, .cached],
            fix: "Go back to mode \(mode == "none" ? "testing" : mode) under a new id until every MX passes; "
                + "senders that fetched it meanwhile enforce it until they look again.",
            tlsrpt: .validationFailure, rfc: "8461 5")
    }

    /// Lines that went while the MX records stayed: mistyped, or taken out too early.
    private static func narrowed(
        _ old: STSPolicy, _ new: STSPolicy, _ current: PolicyVersion, _ judged: Case
    ) -> Finding? {
        guard judged.live != nil, old.mode != .none else { return nil }
        let hosts = judged.standing.hosts.map(\.host)
        let lost = hosts.filter { host in
            old.covers(host) && !new.covers(host)
                && judged.memory.mxSets.contains { $0.firstSeen < current.firstSeen && $0.hosts.contains(host) }
        }
        guard !lost.isEmpty else { return nil }
        let all = !hosts.contains { new.covers($0) }
        let gone = old.mx.filter { line in !new.mx.contains(line) && lost.contains(where: line.matches) }.map {
            "`mx: \($0.text)`"
        }
        return Finding(
            .policyNarrowed, judged.severity(all ? .critical : .high), subject: subject(judged),
            evidence: "mx \(PolicyWords.lines(old)) -> \(PolicyWords.lines(new)) on \(Stamp.text(current.firstSeen)); "
                + "still MX: \(PolicyWords.names(lost))" + judged.testingRemark,
            senders: [.mtaSTS, .cached],
            fix:
                "Put \(gone.joined(separator: " and ")) back into the policy file, then change the id; take a line out "
                + "only after its MX record is gone.",
            tlsrpt: .validationFailure, rfc: "8461 4.1")
    }

    private static func withdrawn(_ policy: STSPolicy, _ current: PolicyVersion, _ judged: Case) -> Finding? {
        guard policy.mode == .none else { return nil }
        // What some read in the file of today is no older policy.
        let copies = judged.copies.filter { $0.enforces && !($0.held.isServed && $0.held.readers != nil) }
        let sameID = copies.contains { $0.held.holders == .id && $0.held.version.id == current.id }
        // They reject the file, and keep what they hold to the end of its max_age.
        let unwilling = judged.memory.unwilling(at: judged.now)
        guard !copies.isEmpty || !unwilling.isEmpty, sameID || policy.mx.isEmpty else { return nil }
        let held = copies.map(\.held) + unwilling
        let ends = held.allSatisfy { $0.until != nil } ? held.compactMap(\.until).max() : nil
        let isEmpty = policy.mx.isEmpty
        let seen = [
            sameID ? "the id is still \(current.id)" : "",
            isEmpty ? "the file has no mx line, which some senders reject" : "",
        ].filter { !$0.isEmpty }
        var fix = isEmpty ? ["Put the mx lines of the old policy back into the file."] : []
        if sameID {
            fix.append("Change the id of the TXT record, or senders that go by it enforce the old policy for ever.")
        }
        let date = ends.map { "It is safe on \(Stamp.spoken($0))." }
        fix.append(date ?? "If that is done now, it is safe on \(Stamp.spoken(safeIfAnnounced(held, judged))).")
        fix.append("Until then keep the mx lines, record and host, and change no MX.")
        return Finding(
            .policyWithdrawnUnsafely, .warning, subject: subject(judged),
            evidence: "mode enforce -> none on \(Stamp.text(current.firstSeen)), and "
                + seen.joined(separator: ", and "), senders: [.cached], until: ends,
            fix: fix.joined(separator: " "),
            rfc: "8461 8.3")
    }

    /// When the last of these copies is gone if one policy is served under another id from now on: resolvers give the
    /// old id for its TTL, and whoever is told it then keeps its copy for max_age more.
    private static func safeIfAnnounced(_ held: [HeldVersion], _ judged: Case) -> Date {
        let known = judged.now.addingTimeInterval(Double(judged.memory.records.last?.ttl ?? 0))
        let ends = held.map { held in
            held.until ?? known.addingTimeInterval(Double(held.policy?.maxAge ?? held.version.greatestAge))
        }
        return ends.max() ?? known
    }

    private static func raised(
        _ old: STSPolicy, _ new: STSPolicy, _ current: PolicyVersion, _ judged: Case
    ) -> Finding? {
        guard judged.live != nil, old.mode != .none, new.maxAge > old.maxAge, new.maxAge >= 86_400,
            judged.memory.isNews(
                .policyMaxAgeRaised, of: subject(judged), changedAt: current.firstSeen, for: 2 * day, now: judged.now)
        else { return nil }
        return Finding(
            .policyMaxAgeRaised, .info, subject: subject(judged),
            evidence: "max_age \(old.maxAge) -> \(new.maxAge) on \(Stamp.text(current.firstSeen))", senders: [],
            fix: "Nothing, if it is meant: a copy fetched today binds its holder until "
                + "\(Stamp.spoken(judged.now.addingTimeInterval(Double(new.maxAge)))).",
            rfc: "8461 3.2")
    }

    private static func delegation(_ judged: Case) -> [Finding] {
        func told(_ run: AliasRun?, _ name: String) -> Finding? {
            guard let run, let before = run.before, !before.isEmpty,
                judged.memory.isNews(
                    .policyDelegationChanged, of: name, changedAt: run.since, for: 3 * day, now: judged.now)
            else { return nil }
            let after = run.targets.isEmpty ? "no CNAME" : PolicyWords.names(run.targets)
            return Finding(
                .policyDelegationChanged, .warning, subject: name,
                evidence: "CNAME \(PolicyWords.names(before)) -> \(after) on \(Stamp.text(run.since))",
                senders: [.mtaSTS],
                fix: "If you did not do this, somebody else now says which policy the domain has: restore the CNAME. "
                    + "If you did, acknowledge it.",
                rfc: "8461 8.2")
        }
        return [
            told(judged.memory.recordAliases, "_mta-sts.\(judged.domain)"),
            told(judged.memory.policyAliases, subject(judged)),
        ].compactMap { $0 }
    }
}

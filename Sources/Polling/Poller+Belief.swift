import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// Takes the result of a look: believes it, or looks again.
    func absorb(_ key: FactKey, _ value: FactValue) {
        let now = time.now
        free(key)
        rate.finished()
        defer { wake() }
        guard let entry = facts[key] else { return }
        facts.update(key) { $0.isInFlight = false }
        let silent = note(key, value, now)
        var value = value
        if let path = silent, !health.mayBelieveSilence(path, now: now) {
            // What was believed stays and ages; where nothing was, we say that we could not find out.
            guard entry.believed == nil else {
                facts.schedule(key, at: now.addingTimeInterval(settings.problemInterval), fresh: true)
                return
            }
            if case .session(let session) = value {
                value = .session(
                    SessionEvidence(
                        key: session.key, outcome: .error("no answer; \(path.words)"), starttls: .unknown,
                        dialogue: session.dialogue))
            }
        }
        judge(key, value, entry, now)
    }

    private func judge(_ key: FactKey, _ value: FactValue, _ entry: FactTable.Entry, _ now: Date) {
        let verdict = FactVerdict(value, dane: daneMatch(value, now), now: now)
        let looks = verdict == entry.latestVerdict ? entry.looks + 1 : 1
        facts.update(key) {
            $0.latestVerdict = verdict
            $0.looks = looks
            $0.badLooks = verdict.soundness == .good ? 0 : $0.badLooks + 1
        }
        let isPolicy = key.isPolicy
        let decision = settings.confirmation.decide(
            verdict, believed: entry.believedVerdict, looks: looks, isPolicy: isPolicy)
        if case .lookAgain(let delay) = decision {
            facts.schedule(key, at: now.addingTimeInterval(delay), fresh: true)
            return
        }
        let changed = verdict != entry.believedVerdict
        let moved = changed || structure(of: entry.believed?.value) != structure(of: value)
        let since = changed ? now : entry.believed?.since ?? now
        facts.update(key) {
            $0.believed = Observed(value, since: since, at: now)
            $0.believedVerdict = verdict
        }
        scheduleNext(key, value, verdict, now)
        if moved { restructure(for: key) }
        touch(key, changed: moved)
    }

    private func scheduleNext(_ key: FactKey, _ value: FactValue, _ verdict: FactVerdict, _ now: Date) {
        guard let entry = facts[key] else { return }
        if entry.isAskedAgain {
            facts.update(key) { $0.isAskedAgain = false }
            facts.schedule(key, at: now, fresh: true)
            return
        }
        var badLooks = entry.badLooks
        // What could not be told is worth another look soon, though it is no bad news.
        if case .session(let session) = value, case .error = session.outcome { badLooks = max(badLooks, 1) }
        let isPolicy = key.isPolicy
        let backoff = Backoff(
            interval: settings.interval,
            problemInterval: isPolicy
                ? max(settings.problemInterval, settings.confirmation.policyDelay) : settings.problemInterval)
        let jitter = Double(UInt(bitPattern: key.hashValue) % 1_000) / 1_000
        facts.schedule(
            key, at: now.addingTimeInterval(backoff.delay(badLooks: badLooks, jitter: jitter)), fresh: badLooks > 0)
    }

    /// Marks the domains that must be judged anew: all when the fact changed; else the one whose rhythm it is, since
    /// dates pass without any change.
    private func touch(_ key: FactKey, changed: Bool) {
        guard let users = facts[key]?.users else { return }
        if changed {
            dirty.formUnion(users)
            return
        }
        if case .record(let domain) = key { dirty.insert(domain) }
        for user in users where domains[user]?.isConfirming == true || domains[user]?.shown == nil {
            dirty.insert(user)
        }
    }

    /// What other facts follow from this one: hosts from an MX set, sessions from addresses, the policy from a record.
    private func structure(of value: FactValue?) -> [String] {
        switch value {
        case .mx(let answer): (answer.value ?? []).map { "\($0.preference) \($0.host?.text ?? ".")" }
        case .addresses(let addresses): addresses.all.map(\.description)
        case .txt, .tlsa, .policy, .session, nil: []
        }
    }

    private func daneMatch(_ value: FactValue, _ now: Date) -> DANEMatch? {
        guard case .session(let session) = value, let chain = session.tls?.chain,
            case .tlsa(let lookup)? = facts.value(.tlsa(session.key.serverName))?.value,
            lookup.answer.dnssec == .secure, let records = lookup.answer.value,
            case .addresses(let addresses)? = facts.value(.addresses(session.key.serverName))?.value,
            addresses.dnssec == .secure
        else { return nil }
        let names = [lookup.base, session.key.serverName]
        return judge.dane(of: chain, records: records, names: names).match(at: now)
    }

    /// Tells the network's health of this look; returns the path when the look was silence.
    private func note(_ key: FactKey, _ value: FactValue, _ now: Date) -> NetworkHealth.Path? {
        func lookup(_ failures: [LookupFailure?], answered: Bool) -> NetworkHealth.Path? {
            let silent = failures.contains { $0.map { !$0.isTheirs } ?? false }
            guard silent, !answered else {
                health.answered(.dns, at: now)
                return nil
            }
            health.silence(.dns, target: "\(key)", at: now)
            return .dns
        }
        switch value {
        case .txt(let answer): return lookup([answer.failure], answered: answer.failure == nil)
        case .mx(let answer): return lookup([answer.failure], answered: answer.failure == nil)
        case .tlsa(let tlsa): return lookup([tlsa.answer.failure], answered: tlsa.answer.failure == nil)
        case .addresses(let addresses):
            return lookup([addresses.ipv4.failure, addresses.ipv6.failure], answered: !addresses.all.isEmpty)
        case .policy(let fetch):
            switch fetch.failure {
            case .timeout where fetch.tls == nil, .connect:
                health.silence(.https, target: fetch.host.text, at: now)
                return .https
            case .lookup, .noHost, .notFetched: return nil
            default:
                health.answered(.https, at: now)
                return nil
            }
        case .session(let session):
            let path: NetworkHealth.Path = session.key.address.isIPv4 ? .smtpIPv4 : .smtpIPv6
            let target = session.key.address.description
            switch session.outcome {
            case .error where !session.dialogue.lines.isEmpty:
                health.answered(path, at: now)
                return nil
            case .timeout("connect"), .error:
                health.silence(path, target: target, at: now)
                return path
            case .refused:
                health.refusal(path, target: target, at: now)
                return health.isEverybodyRefused(path) ? path : nil
            case .notProbed: return nil
            case .ok, .timeout, .closed, .banner, .tls:
                health.answered(path, at: now)
                return nil
            }
        }
    }
}

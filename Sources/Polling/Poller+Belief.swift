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
        guard facts[key] != nil else { return }
        facts.update(key) { $0.isInFlight = false }
        if tellsNothingNew(key, value, now) { return }
        let silence = note(key, value, now)
        holdBackFailedFetch(key, value, now)
        judge(key, value, silence, now)
    }

    /// A failed fetch is not repeated within five minutes for the same id (RFC 8461 3.3).
    private func holdBackFailedFetch(_ key: FactKey, _ value: FactValue, _ now: Date) {
        guard case .policy(let fetch) = value else { return }
        let wait: TimeInterval? = fetch.failure == nil ? nil : settings.confirmation.policyDelay
        facts.holdBack(key, until: wait.map { now.addingTimeInterval($0) }, now: now)
    }

    /// A survey that could not be held leaves what the last one told.
    private func tellsNothingNew(_ key: FactKey, _ value: FactValue, _ now: Date) -> Bool {
        guard case .survey(let survey) = value, !survey.isTelling, facts[key]?.believed != nil else { return false }
        facts.update(key) { $0.badLooks += 1 }
        scheduleNext(key, value, now)
        return true
    }

    private func judge(_ key: FactKey, _ seen: FactValue, _ silence: Silence?, _ now: Date) {
        guard let entry = facts[key] else { return }
        var value = seen
        var verdict = FactVerdict(value, dane: daneMatch(value, now), now: now)
        let looks = verdict == entry.latestVerdict ? entry.looks + 1 : 1
        facts.update(key) {
            $0.latestVerdict = verdict
            $0.looks = looks
            $0.undecided += 1
            $0.badLooks = verdict.soundness == .good && !Self.isBlind(value) ? 0 : $0.badLooks + 1
        }
        let decision = settings.confirmation.decide(
            verdict, believed: entry.believedVerdict, looks: looks, undecided: entry.undecided, isPolicy: key.isPolicy)
        if looks < 2, entry.undecided < Confirmation.mostUndecided, isNewBody(value, entry.believed?.value) {
            // Behind bad news as well: whether the id is the old one must be seen first, as below.
            if case .policy(let domain) = key { lookSoon(.record(domain), now) }
            facts.schedule(key, at: now.addingTimeInterval(settings.confirmation.givenDelay * 3), fresh: true)
            return
        }
        if case .lookAgain(let delay) = decision {
            // A new body under the old id is an alarm: see first whether the id is the old one.
            if case .policy(let domain) = key, verdict.soundness == .good { lookSoon(.record(domain), now) }
            facts.schedule(key, at: now.addingTimeInterval(delay), fresh: true)
            return
        }
        if let silence, silence.isRefusal, entry.believed != nil, verdict != entry.believedVerdict,
            !health.confirms(refusalBy: silence.target, over: silence.path)
        {
            // Kept as long as it may be our own network; soon again while the resolver's answer is on its way.
            let pause = backoff(key).delay(badLooks: facts[key]?.badLooks ?? 1, jitter: Self.jitter(key))
            let delay = health.isResolverDead ? pause : settings.confirmation.givenDelay
            facts.update(key) { $0.isAskedAgain = false }
            facts.schedule(key, at: now.addingTimeInterval(delay), fresh: false)
            return
        }
        if let silence, silence.isRefusal { health.settle(silence.path, target: silence.target) }
        if let silence, verdict.soundness == .absent, verdict != entry.believedVerdict {
            if health.vouches(for: silence.path, target: silence.target, now: now) {
                health.settle(silence.path, target: silence.target)
            } else if entry.believed != nil {
                // What was believed stays and ages.
                facts.update(key) { $0.isAskedAgain = false }
                let delay = backoff(key).delay(badLooks: (facts[key]?.badLooks ?? 1), jitter: Self.jitter(key))
                facts.schedule(key, at: now.addingTimeInterval(delay), fresh: false)
                return
            } else {
                // Where nothing was believed, we say that we could not find out.
                value = Self.blind(value, silence.path)
                verdict = FactVerdict(value, now: now)
            }
        }
        believe(key, value, verdict, entry, now)
    }

    private func believe(
        _ key: FactKey, _ value: FactValue, _ verdict: FactVerdict, _ entry: FactTable.Entry, _ now: Date
    ) {
        let changed = verdict != entry.believedVerdict
        let moved = changed || structure(of: entry.believed?.value) != structure(of: value)
        let since = changed ? now : entry.believed?.since ?? now
        facts.update(key) {
            $0.believed = Observed(value, since: since, at: now)
            $0.believedVerdict = verdict
            $0.undecided = 0
        }
        scheduleNext(key, value, now)
        if moved { restructure(for: key) }
        surveyAnew(key, value, entry.believed?.value, now)
        if changed, case .record(let domain) = key, entry.believed != nil {
            // Another id means another fetch, whatever became of the last one.
            facts.holdBack(.policy(domain), until: nil, now: now)
            lookSoon(.policy(domain), now)
        }
        touch(key, changed: moved)
    }

    /// True where another policy text came in the place of one.
    private func isNewBody(_ value: FactValue, _ before: FactValue?) -> Bool {
        guard case .policy(let new) = value, case .policy(let old)? = before, let text = new.body else { return false }
        return old.body.map { $0 != text } ?? false
    }

    /// Another certificate, or none: what other clients are shown may have changed with it.
    private func surveyAnew(_ key: FactKey, _ value: FactValue, _ before: FactValue?, _ now: Date) {
        guard case .session(let key) = key, case .session(let new) = value, case .session(let old)? = before,
            new.tls?.leaf?.sha256 != old.tls?.leaf?.sha256
        else { return }
        lookSoon(.survey(key), now)
    }

    private func lookSoon(_ key: FactKey, _ now: Date) {
        guard let entry = facts[key] else { return }
        if entry.isInFlight {
            facts.update(key) { $0.isAskedAgain = true }
        } else if entry.due > now {
            facts.schedule(key, at: now, fresh: true)
        }
    }

    private static func isBlind(_ value: FactValue) -> Bool {
        if case .session(let session) = value { session.isBlind } else { false }
    }

    /// The look as one that told nothing, and why.
    private static func blind(_ value: FactValue, _ path: NetworkHealth.Path) -> FactValue {
        let words = "no answer; \(path.words)"
        switch value {
        case .session(let session):
            return .session(SessionEvidence(key: session.key, outcome: .error(words), starttls: .unknown))
        case .policy(let fetch):
            return .policy(
                PolicyFetch(
                    host: fetch.host, address: fetch.address, aliases: fetch.aliases, failure: .notFetched(words),
                    milliseconds: fetch.milliseconds))
        case .txt, .mx, .addresses, .tlsa, .nameServers, .survey: return value
        }
    }

    private func scheduleNext(_ key: FactKey, _ value: FactValue, _ now: Date) {
        guard let entry = facts[key] else { return }
        if entry.isAskedAgain {
            facts.update(key) { $0.isAskedAgain = false }
            facts.schedule(key, at: now, fresh: true)
            return
        }
        var delay = backoff(key).delay(badLooks: entry.badLooks, jitter: Self.jitter(key))
        if case .nameServers = key, entry.badLooks == 0 { delay = max(delay, settings.nameServerInterval) }
        // Caches hide repairs; but going around them empties them for everybody, so only while trouble is young.
        let fresh = !key.isConnection && (1...10).contains(entry.badLooks)
        facts.schedule(key, at: now.addingTimeInterval(delay), fresh: fresh)
    }

    private func backoff(_ key: FactKey) -> Backoff {
        let interval = interval(of: key)
        if case .survey = key {
            return Backoff(interval: max(settings.surveyInterval, interval), problemInterval: interval)
        }
        return Backoff(interval: interval, problemInterval: min(settings.problemInterval, interval))
    }

    /// What is shared is looked at as often as the most eager of its domains wants.
    private func interval(of key: FactKey) -> TimeInterval {
        guard hasOwnIntervals, let users = facts[key]?.users else { return settings.interval }
        return users.lazy.compactMap { self.domains[$0]?.entry.options.interval ?? self.settings.interval }.min()
            ?? settings.interval
    }

    /// Seconds until a fact that was just looked at is due again.
    func delay(_ key: FactKey, badLooks: Int) -> TimeInterval {
        backoff(key).delay(badLooks: badLooks, jitter: Self.jitter(key))
    }

    static func jitter(_ key: FactKey) -> Double { Double(UInt(bitPattern: key.hashValue) % 1_000) / 1_000 }

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

    /// What other facts follow from this one: hosts from an MX set, sessions from addresses, a survey from a session.
    private func structure(of value: FactValue?) -> [String] {
        switch value {
        case .mx(let answer): (answer.value ?? []).map { "\($0.preference) \($0.host?.text ?? ".")" }
        case .addresses(let addresses): addresses.all.map(\.description)
        case .session(let session): session.isSurveyable ? ["survey"] : []
        case .txt, .tlsa, .nameServers, .policy, .survey, nil: []
        }
    }

    private func daneMatch(_ value: FactValue, _ now: Date) -> DANEMatch? {
        let shown: (chain: CertificateChain, host: DomainName)
        switch value {
        case .session(let session):
            guard let tls = session.tls else { return nil }
            shown = (tls.chain, session.key.serverName)
        case .survey(let survey):
            guard case .shown(let tls) = survey.otherKey else { return nil }
            shown = (tls.chain, survey.key.serverName)
        case .txt, .mx, .addresses, .tlsa, .nameServers, .policy: return nil
        }
        let (chain, host) = shown
        guard case .tlsa(let lookup)? = facts.value(.tlsa(host))?.value, lookup.answer.dnssec == .secure,
            let records = lookup.answer.value,
            case .addresses(let addresses)? = facts.value(.addresses(host))?.value, addresses.dnssec == .secure
        else { return nil }
        let names = [lookup.base, host]
        return judge.dane(of: chain, records: records, names: names).match(at: now)
    }

    /// A look that was silence: over which path, and of whom.
    struct Silence {
        let path: NetworkHealth.Path
        let target: String
        /// The connection was refused.
        let isRefusal: Bool
    }

    /// Tells the network's health of this look; returns the silence when it was one.
    private func note(_ key: FactKey, _ value: FactValue, _ now: Date) -> Silence? {
        func told(_ path: NetworkHealth.Path, _ target: String, isSilent: Bool, isRefusal: Bool = false) -> Silence? {
            guard isSilent || isRefusal else {
                health.answered(path, target: target, at: now)
                return nil
            }
            health.silence(path, target: target, isRefusal: isRefusal, at: now)
            return Silence(path: path, target: target, isRefusal: isRefusal)
        }
        func lookup(_ failures: LookupFailure?...) -> Silence? {
            told(.dns, "\(key)", isSilent: failures.contains { $0.map { !$0.isTheirs } ?? false })
        }
        switch value {
        case .txt(let answer): return lookup(answer.failure)
        case .mx(let answer): return lookup(answer.failure)
        case .tlsa(let tlsa): return lookup(tlsa.answer.failure)
        case .nameServers: return nil
        case .addresses(let addresses): return lookup(addresses.ipv4.failure, addresses.ipv6.failure)
        case .policy(let fetch):
            if let theirs = fetch.serverDate {
                health.clock(of: fetch.host.text, behind: theirs.timeIntervalSince(now), at: now)
            }
            switch fetch.failure {
            case .timeout where fetch.tls == nil: return told(.https, fetch.host.text, isSilent: true)
            case .connect: return told(.https, fetch.host.text, isSilent: true)
            case .lookup(let failure): return lookup(failure)
            case .noHost, .notFetched: return nil
            default: return told(.https, fetch.host.text, isSilent: false)
            }
        case .survey: return nil
        case .session(let session):
            let path: NetworkHealth.Path = session.key.address.isIPv4 ? .smtpIPv4 : .smtpIPv6
            let target = session.key.address.description
            switch session.outcome {
            case .timeout("connect"), .unreachable: return told(path, target, isSilent: true)
            case .error: return told(path, target, isSilent: session.isBlind)
            case .refused: return told(path, target, isSilent: false, isRefusal: true)
            case .notProbed: return nil
            case .ok, .timeout, .closed, .banner, .tls:
                policyEdges.answered(over: session.key.address, at: now)
                return told(path, target, isSilent: false)
            }
        }
    }
}

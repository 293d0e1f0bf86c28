import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// Takes the result of a look: believes it, or looks again.
    func absorb(_ key: FactKey, _ value: FactValue) {
        readClock()
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

    /// A survey that could not be held leaves what the last one told; but it was a look, and whoever waits for one is
    /// judged.
    private func tellsNothingNew(_ key: FactKey, _ value: FactValue, _ now: Date) -> Bool {
        guard case .survey(let survey) = value, !survey.isTelling, facts[key]?.believed != nil else { return false }
        facts.update(key) {
            $0.looks += 1
            $0.badLooks += 1
        }
        scheduleNext(key, value, now)
        touch(key, changed: false)
        return true
    }

    private func judge(_ key: FactKey, _ met: FactValue, _ silence: Silence?, _ now: Date) {
        guard let entry = facts[key] else { return }
        let own = FactVerdict(met, dane: daneMatch(met, now), now: now)
        let seen = counted(key, met, own.soundness)
        let verdict = FactVerdict(seen, dane: daneMatch(seen, now), now: now)
        let looks = verdict == entry.latestVerdict ? entry.looks + 1 : 1
        facts.update(key) {
            $0.latestVerdict = verdict
            $0.looks = looks
            $0.undecided += 1
            $0.badLooks = verdict.soundness == .good && !seen.isBlind ? 0 : $0.badLooks + 1
        }
        askBeside(key, verdict, entry, now)
        let isNewBody = isNewBody(seen, entry.believed?.value)
        let decision = settings.confirmation.decide(
            verdict, believed: entry.believedVerdict, looks: looks, undecided: entry.undecided,
            isPolicy: key.isPolicy, isNewBody: isNewBody)
        if entry.believed == nil, alternations[key]?.isOpen == true {
            facts.schedule(key, at: now.addingTimeInterval(settings.confirmation.givenDelay), fresh: true)
            return
        }
        if case .lookAgain(let delay) = decision {
            // A new body under the old id is an alarm: see first whether the id is the old one.
            if case .policy(let domain) = key, isNewBody || verdict.soundness == .good {
                lookSoon(.record(domain), now)
            }
            facts.schedule(key, at: now.addingTimeInterval(delay), fresh: true)
            return
        }
        switch silence.flatMap({ doubt($0, verdict, entry, now) }) {
        case nil:
            if let silence { settle(silence, verdict) }
            believe(key, seen, verdict, entry, now)
        case .othersAreAsked:
            facts.schedule(key, at: now.addingTimeInterval(settings.confirmation.givenDelay), fresh: true)
        case .mayBeOurs(let pause) where entry.believed != nil || isRemembered(key):
            // What was believed, or is known from an older run, stays and ages; whoever waits for this look is judged.
            let delay = pause ?? self.delay(key, badLooks: facts[key]?.badLooks ?? 1)
            facts.update(key) { $0.isAskedAgain = false }
            facts.schedule(key, at: now.addingTimeInterval(delay), fresh: false)
            touch(key, changed: false)
        case .mayBeOurs:
            // Where nothing was believed, we say that we could not find out.
            let blind = silence.map { seen.blind($0) } ?? seen
            believe(key, blind, FactVerdict(blind, now: now), entry, now)
        }
    }

    /// True where an older run's verdict stands until this one knows better.
    private func isRemembered(_ key: FactKey) -> Bool {
        guard !isOneRound, let users = facts[key]?.users else { return false }
        return users.contains { domains[$0]?.shown == nil && domains[$0]?.definite != nil }
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
            domain.prefixed("mta-sts").map { policyEdges.lift($0) }
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

    func lookSoon(_ key: FactKey, _ now: Date) {
        guard let entry = facts[key] else { return }
        if entry.isInFlight {
            facts.update(key) { $0.isAskedAgain = true }
        } else if entry.due > now {
            facts.schedule(key, at: now, fresh: true)
        }
    }

    private func scheduleNext(_ key: FactKey, _ value: FactValue, _ now: Date) {
        guard let entry = facts[key] else { return }
        if entry.isAskedAgain {
            facts.update(key) { $0.isAskedAgain = false }
            facts.schedule(key, at: now, fresh: true)
            return
        }
        // After bad looks it is soon seen whether they are over.
        let delay = delay(key, badLooks: max(entry.badLooks, alternations[key] == nil ? 0 : 1))
        // Caches hide repairs; but going around them empties them for everybody, so only while trouble is young.
        let fresh = !key.isConnection && (1...10).contains(entry.badLooks)
        let usual = now.addingTimeInterval(delay)
        // When a certificate ends mail is refused from that second on: nobody waits for the next round.
        facts.schedule(key, at: min(usual, nextTurn(of: value, now) ?? usual), fresh: fresh)
    }

    /// When the certificate that was shown is judged otherwise than now, if nothing is done.
    private func nextTurn(of value: FactValue, _ now: Date) -> Date? {
        let turns = (value.shown?.tls.trust.turns(after: now) ?? []) + (daneTimeline(value)?.turns(after: now) ?? [])
        return turns.min()
    }

    private func backoff(_ key: FactKey) -> Backoff {
        let interval = interval(of: key)
        let own: TimeInterval =
            switch key {
            case .survey: settings.surveyInterval
            case .nameServers: settings.nameServerInterval
            case .record, .policy, .mx, .tlsrpt, .addresses, .tlsa, .session: 0
            }
        return Backoff(
            interval: max(own, interval),
            problemInterval: key.refines ? interval : min(settings.problemInterval, interval))
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
        for user in users where domains[user]?.confirmingSince != nil || domains[user]?.shown == nil {
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

    private func daneMatch(_ value: FactValue, _ now: Date) -> DANEMatch? { daneTimeline(value)?.match(at: now) }

    /// What the TLSA records that are believed make of the chain that was shown.
    private func daneTimeline(_ value: FactValue) -> DANETimeline? {
        guard let shown = value.shown, let key = shown.key, let host = host(ofBase: key.serverName, for: key),
            case .tlsa(let lookup)? = facts.value(.tlsa(host))?.value, lookup.answer.dnssec == .secure,
            let records = lookup.answer.value,
            case .addresses(let addresses)? = facts.value(.addresses(host))?.value, addresses.dnssec == .secure
        else { return nil }
        let names = [lookup.base, host]
        return judge.dane(of: shown.tls.chain, records: records, names: names)
    }

    /// An MX host whose TLSA records stand at this name: of its own, or of one that is an alias of it; nil where DANE
    /// senders do not send the name.
    private func host(ofBase name: DomainName, for key: SessionKey) -> DomainName? {
        func base(_ host: DomainName) -> DomainName? {
            guard case .tlsa(let lookup)? = facts.value(.tlsa(host))?.value else { return nil }
            return lookup.base
        }
        if let own = base(name) { return own == name ? name : nil }
        return facts[.session(key)]?.users.lazy.flatMap(hosts(of:)).first { base($0) == name }
    }
}

extension FactValue {
    /// The session of a look that completed a handshake, and what was probed; no key for a policy's.
    fileprivate var shown: (tls: TLSSession, key: SessionKey?)? {
        switch self {
        case .session(let session): return session.tls.map { ($0, session.key) }
        case .policy(let fetch): return fetch.tls.map { ($0, nil) }
        case .survey(let survey):
            guard case .shown(let tls) = survey.otherKey else { return nil }
            return (tls, survey.key)
        case .txt, .mx, .addresses, .tlsa, .nameServers: return nil
        }
    }
}

import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

extension Poller {
    /// A look that was silence: over which path, and of whom.
    struct Silence {
        let path: NetworkHealth.Path
        let target: String
        /// The connection was refused.
        let isRefusal: Bool
    }

    /// Tells the network's health of this look; returns the silence when it was one.
    func note(_ key: FactKey, _ value: FactValue, _ now: Date) -> Silence? {
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

    /// Why a silence or a refusal is not believed.
    enum Doubt {
        /// Nobody has answered over that path since: others, or the resolver, are asked now and will tell.
        case othersAreAsked
        /// It may be our own network; look again after so many seconds, or by the usual rhythm.
        case mayBeOurs(pause: TimeInterval?)
    }

    /// Nil where the look says nothing new, and where it is their own word.
    func doubt(_ silence: Silence, _ verdict: FactVerdict, _ entry: FactTable.Entry, _ now: Date) -> Doubt? {
        guard verdict != entry.believedVerdict, silence.isRefusal || verdict.soundness == .absent else { return nil }
        let isSuspect = health.isResolverDead || health.isSuspect(silence.path, now)
        if !isSuspect, entry.undecided < Confirmation.mostUndecided, asksOthers(besides: silence, now) {
            return .othersAreAsked
        }
        if silence.isRefusal {
            if health.confirms(refusalBy: silence.target, over: silence.path, now: now) { return nil }
            // The resolver's answer is on its way, and tells whether it is their own word.
            if !isSuspect, entry.believed == nil, entry.undecided < Confirmation.mostUndecided {
                return .othersAreAsked
            }
            return .mayBeOurs(pause: isSuspect ? nil : settings.confirmation.givenDelay)
        }
        return health.vouches(for: silence.path, target: silence.target, now: now) ? nil : .mayBeOurs(pause: nil)
    }

    /// A silence that is believed speaks against our own network no more; a refusal only once somebody answered, or a
    /// firewall near us that refuses everything would be believed one by one.
    func settle(_ silence: Silence, _ verdict: FactVerdict) {
        if silence.isRefusal {
            guard health.isAnswered(silence.path, since: silence.target) else { return }
        } else {
            guard verdict.soundness == .absent else { return }
        }
        health.settle(silence.path, target: silence.target)
    }

    /// Has a few other MX addresses asked that answered when they were last asked, where nobody has answered over the
    /// path since the silence began; false where no others are known, nor on their way.
    private func asksOthers(besides silence: Silence, _ now: Date) -> Bool {
        let isIPv4: Bool
        switch silence.path {
        case .smtpIPv4: isIPv4 = true
        case .smtpIPv6: isIPv4 = false
        case .dns, .https: return false
        }
        guard !health.isAnswered(silence.path, since: silence.target) else { return false }
        var others: Set<IPAddress> = []
        var isAnyOpen = false
        for (key, entry) in facts.entries where others.count < Self.mostWitnesses {
            switch key {
            case .mx, .addresses: isAnyOpen = isAnyOpen || entry.believed == nil
            case .session(let session) where session.address.isIPv4 == isIPv4:
                guard !health.isSilent(silence.path, target: session.address.description) else { continue }
                guard let believed = entry.believed?.value else {
                    isAnyOpen = isAnyOpen || entry.looks == 0
                    continue
                }
                guard believed.isAnswer else { continue }
                others.insert(session.address)
                if !entry.isInFlight { lookSoon(key, now) }
            case .record, .tlsrpt, .policy, .tlsa, .nameServers, .session, .survey: continue
            }
        }
        return isAnyOpen || !others.isEmpty
    }

    private static let mostWitnesses = 3
}

extension FactValue {
    /// Nothing could be seen from here.
    var isBlind: Bool {
        if case .session(let session) = self { session.isBlind } else { false }
    }

    /// An MX address said something.
    fileprivate var isAnswer: Bool {
        guard case .session(let session) = self else { return false }
        switch session.outcome {
        case .ok, .closed, .banner, .tls: return true
        case .timeout(let step): return step != "connect"
        case .error: return !session.isBlind
        case .refused, .unreachable, .notProbed: return false
        }
    }

    /// The look as one that told nothing, and why.
    func blind(_ silence: Poller.Silence) -> FactValue {
        let words = "\(silence.isRefusal ? "refused" : "no answer"); \(silence.path.words)"
        switch self {
        case .session(let session):
            return .session(SessionEvidence(key: session.key, outcome: .error(words), starttls: .unknown))
        case .policy(let fetch):
            return .policy(
                PolicyFetch(
                    host: fetch.host, address: fetch.address, aliases: fetch.aliases, failure: .notFetched(words),
                    milliseconds: fetch.milliseconds))
        case .txt, .mx, .addresses, .tlsa, .nameServers, .survey: return self
        }
    }
}

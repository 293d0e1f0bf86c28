import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// A look reduced to what matters for belief: two looks agree when their verdicts are equal.
///
/// Timings, TTLs and the order of servers behind one address are left out, or two looks would never agree.
struct FactVerdict: Hashable {
    /// What speaks: data, somebody's bad news, or silence (FIELD: when to believe).
    enum Soundness: Hashable {
        case good, given, absent
    }

    let soundness: Soundness
    private let identity: Int

    /// - Parameters:
    ///   - dane: the TLSA verdict of a session's chain, where records apply.
    ///   - now: the moment for the chain's dates.
    init(_ value: FactValue, dane: DANEMatch? = nil, now: Date) {
        var hasher = Hasher()
        switch value {
        case .txt(let answer): soundness = Self.read(answer, into: &hasher)
        case .mx(let answer): soundness = Self.read(answer, into: &hasher)
        case .tlsa(let lookup):
            hasher.combine(lookup.base)
            soundness = Self.read(lookup.answer, into: &hasher)
        case .nameServers(let views):
            // Which of them answer is chance: what those say that do is what two looks must agree on.
            let differences = views.disagreements.map { [$0.question] + $0.answers.flatMap(\.records) }
            hasher.combine(differences)
            soundness = differences.isEmpty ? .good : .given
        case .addresses(let addresses): soundness = Self.read(addresses, into: &hasher)
        case .policy(let fetch):
            let own = Self.read(fetch, now, into: &hasher)
            let differ = fetch.edgesDiffer(at: now)
            let isHalfDead = !fetch.silentEdges.isEmpty
            if differ { hasher.combine(Set(fetch.answeringEdges.map { PolicyGist($0, at: now) })) }
            hasher.combine(isHalfDead)
            soundness = own == .good && (differ || isHalfDead) ? .given : own
        case .session(let session): soundness = Self.read(session, dane, now, into: &hasher)
        case .survey(let survey): soundness = Self.read(survey, dane, now, into: &hasher)
        }
        identity = hasher.finalize()
    }

    private static func read<Value>(_ answer: DNSAnswer<Value>, into hasher: inout Hasher) -> Soundness {
        hasher.combine(answer.dnssec)
        hasher.combine(answer.aliases)
        switch answer.outcome {
        case .failed(let failure):
            // A reason names servers and times: the kind is what two looks must agree on.
            switch failure {
            case .bogus: hasher.combine("bogus")
            case .malformed: hasher.combine("malformed")
            case .resolver: hasher.combine("resolver")
            case .serverFailure, .timeout, .refused, .aliasLoop: hasher.combine(failure)
            }
            return failure.isTheirs ? .given : .absent
        case .found, .noData, .noName:
            hasher.combine(answer.outcome)
            return .good
        }
    }

    /// Address sets rotate at large providers: which ones were given does not matter, that there are some does.
    private static func read(_ addresses: HostAddresses, into hasher: inout Hasher) -> Soundness {
        hasher.combine(addresses.dnssec)
        hasher.combine(addresses.aliases)
        hasher.combine(addresses.all.isEmpty)
        let failures = [addresses.ipv4.failure, addresses.ipv6.failure]
        for failure in failures { hasher.combine(failure.map { $0.isTheirs ? "theirs" : "silence" }) }
        // One silent family hides the addresses that may be the good ones.
        if failures.contains(where: { $0?.isTheirs == false }) { return .absent }
        return addresses.all.isEmpty ? .given : .good
    }

    private static func read(_ fetch: PolicyFetch, _ now: Date, into hasher: inout Hasher) -> Soundness {
        let trust = fetch.tls?.trust.trust(at: now)
        hasher.combine(trust)
        let named = fetch.tls?.leaf?.covers(fetch.host) ?? false
        hasher.combine(named)
        hasher.combine(fetch.contentType)
        guard let failure = fetch.failure else {
            let parsed = STSPolicyParser.parse(fetch.body ?? [])
            // A page with a nonce in it differs at each look: what it is not, it is not each time.
            guard parsed.isValid else {
                hasher.combine(parsed.lenient)
                return .given
            }
            hasher.combine(fetch.body)
            return trust == .trusted && named ? .good : .given
        }
        // Reasons and locations vary: the kind is what two looks must agree on.
        switch failure {
        case .noHost: hasher.combine(1)
        case .lookup(let lookup): hasher.combine(lookup.isTheirs ? 2 : 3)
        case .connect, .timeout: hasher.combine(4)
        case .tls: hasher.combine(5)
        case .status(let status): hasher.combine(status)
        case .redirect: hasher.combine(6)
        case .tooLarge: hasher.combine(7)
        case .malformed: hasher.combine(8)
        case .notFetched: hasher.combine(9)
        }
        switch failure {
        case .timeout, .connect: return .absent
        case .lookup(let lookup): return lookup.isTheirs ? .given : .absent
        case .noHost, .tls, .status, .redirect, .tooLarge, .malformed: return .given
        case .notFetched: return .good
        }
    }

    private static func read(
        _ survey: TLSSurvey, _ dane: DANEMatch?, _ now: Date, into hasher: inout Hasher
    ) -> Soundness {
        var isBad = false
        func combine(_ look: TLSSurvey.Look) {
            switch look {
            case .notAsked: hasher.combine(0)
            case .refused: hasher.combine(1)
            case .failed: hasher.combine(2)
            case .shown(let tls): hasher.combine(tls.leaf?.names)
            }
        }
        combine(survey.withoutName)
        combine(survey.otherKey)
        if case .shown(let tls) = survey.otherKey {
            let trust = tls.trust.trust(at: now)
            hasher.combine(trust)
            let named = tls.leaf?.covers(survey.key.serverName) ?? false
            isBad = trust != .trusted || !named
        }
        if case .mismatch? = dane {
            hasher.combine(3)
            isBad = true
        }
        // A look that told nothing is no news of theirs: there is nothing to confirm.
        return isBad ? .given : .good
    }

    private static func read(
        _ session: SessionEvidence, _ dane: DANEMatch?, _ now: Date, into hasher: inout Hasher
    ) -> Soundness {
        let trust = session.tls?.trust.trust(at: now)
        let named = session.tls?.leaf?.covers(session.key.serverName) ?? false
        hasher.combine(trust)
        hasher.combine(named)
        hasher.combine(session.tls?.isModern)
        hasher.combine(session.takesTurns == true)
        switch dane {
        case .match?: hasher.combine(1)
        case .mismatch?: hasher.combine(2)
        case .unusable?, nil: hasher.combine(0)
        }
        switch session.starttls {
        case .offered: hasher.combine(0)
        case .missing: hasher.combine(1)
        case .masked: hasher.combine(2)
        case .refused(let code, _): hasher.combine(code)
        case .injected: hasher.combine(4)
        case .unknown: hasher.combine(5)
        }
        switch session.outcome {
        case .ok:
            hasher.combine(0)
            let mismatch = if case .mismatch? = dane { true } else { false }
            let good = session.starttls == .offered && trust == .trusted && named && !mismatch
            return good ? .good : .given
        case .refused:
            hasher.combine(1)
            return .given
        case .banner(let code, _):
            hasher.combine(code)
            return session.isBlind ? .good : .given
        case .tls(let failure) where failure.kind == .silence:
            hasher.combine(3)
            return .absent
        case .tls(let failure):
            hasher.combine(failure.kind)
            return .given
        case .timeout, .closed, .unreachable:
            // Which step a reset or a timeout strikes is chance.
            hasher.combine(3)
            return .absent
        case .error:
            hasher.combine(session.isBlind)
            return session.isBlind ? .good : .given
        case .notProbed:
            hasher.combine(4)
            return .good
        }
    }
}

import FoundationEssentials
import MTASTS

/// A version of the policy that some senders still hold, though it is not the one that is served.
struct HeldVersion: Hashable, Sendable {
    let version: PolicyVersion
    let holders: CachedVerdict.Holders
    /// When the last copy runs out; nil while copies are made or prolonged.
    let until: Date?
}

extension DomainMemory {
    /// The longest that a sender which ignores the id keeps a policy (postfix-tlspol), in seconds.
    static let expiryCap: TimeInterval = 30 * 86_400
    /// So many held versions are judged, the newest first: more is somebody's game.
    private static let mostHeld = 20

    /// The version that can be fetched now; nil where none can.
    var current: PolicyVersion? { versions.last.flatMap { $0.goneAt == nil ? $0 : nil } }

    /// Who still holds what besides the version that is served now; the newest version first, by id before by expiry.
    ///
    /// Holders that go by the id keep a version while its id is published; without it until max_age has passed, or
    /// until they fetch under another id. Holders that go by expiry keep it for max_age, 30 days at most, from the
    /// last moment at which it could be fetched.
    func held(at now: Date) -> [HeldVersion] {
        var held: [HeldVersion] = []
        var byID: Set<String> = []
        var byExpiry: Set<String> = []
        let served = current?.bodySHA256
        for version in versions.reversed() where version.bodySHA256 != served {
            guard held.count < Self.mostHeld, let age = version.policy.map({ Double($0.maxAge) }), age > 0 else {
                continue
            }
            func holds(until end: Date?) -> Bool { end.map { $0 > now } ?? true }
            let byIDEnd = version.idHeldUntil
            if holds(until: byIDEnd), byID.insert(version.id + " " + version.bodySHA256).inserted {
                held.append(HeldVersion(version: version, holders: .id, until: byIDEnd))
            }
            let expiryEnd = version.goneAt?.addingTimeInterval(min(age, Self.expiryCap))
            if holds(until: expiryEnd), byExpiry.insert(version.bodySHA256).inserted {
                held.append(HeldVersion(version: version, holders: .expiry, until: expiryEnd))
            }
        }
        return held
    }

    /// When the copies of the last version that could be fetched run out (RFC 8461 3.2); nil when none was seen.
    var policyCacheEnds: Date? {
        // Mode none supersedes all before it for whoever fetched it.
        guard let last = versions.last, last.policy?.mode != STSPolicy.Mode.none else { return nil }
        return last.policy.map { last.lastSeen.addingTimeInterval(Double($0.maxAge)) }
    }
}

extension PolicyVersion {
    /// Until when holders that go by the id have it; nil while its id is published, without an end.
    var idHeldUntil: Date? {
        let runsOut = idGoneAt.map { $0.addingTimeInterval(Double(policy?.maxAge ?? 0)) }
        guard let supersededAt else { return runsOut }
        return runsOut.map { min($0, supersededAt) } ?? supersededAt
    }
}

import FoundationEssentials
import MTASTS

/// A version of the policy that some senders still hold, though it is not the one that is served.
struct HeldVersion: Hashable, Sendable {
    let version: PolicyVersion
    let holders: CachedVerdict.Holders
    /// When the last copy runs out; nil while copies are made or prolonged.
    let until: Date?
    /// What its holders go by; nil when it is not a policy to them.
    let policy: STSPolicy?
    /// The senders that hold it, by name, where they do not read it by the letter of the RFC; nil where any sender may.
    var readers: [String]?
    /// True where only those hold it who met one of several addresses of the policy host.
    var isOfOneAddress = false
    /// True where it is served now, to these holders.
    var isServed = false
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
    /// last moment at which it could be fetched. What other addresses of the policy host serve, or lenient senders
    /// read, is held while it is served, too.
    func held(at now: Date) -> [HeldVersion] {
        var all: [HeldVersion] = []
        var byID: Set<String> = []
        var byExpiry: Set<String> = []
        func add(_ held: HeldVersion) {
            guard held.isHeld(at: now), held.policy.map({ $0.maxAge > 0 }) == true else { return }
            let body = held.version.bodySHA256 + (held.version.isReadOtherwise ? " read otherwise" : "")
            let isNew =
                held.holders == .id
                ? byID.insert(held.version.id + " " + body).inserted : byExpiry.insert(body).inserted
            if isNew { all.append(held) }
        }
        let served = current?.bodySHA256
        // What was served both beside another one and alone was served beside it last.
        for version in sideVersions.reversed() where version.bodySHA256 != served || version.isReadOtherwise {
            version.heldAside.forEach(add)
        }
        for version in versions.reversed() where version.bodySHA256 != served && all.count < Self.mostHeld {
            version.held.forEach(add)
        }
        return all
    }

    /// When the copies of the last version that could be fetched run out (RFC 8461 3.2); nil when none was seen.
    var policyCacheEnds: Date? {
        // Mode none supersedes all before it for whoever fetched it.
        guard let last = versions.last, last.policy?.mode != STSPolicy.Mode.none else { return nil }
        return last.policy.map { last.lastSeen.addingTimeInterval(Double($0.maxAge)) }
    }
}

extension HeldVersion {
    func isHeld(at moment: Date) -> Bool { until.map { $0 > moment } ?? true }
}

extension PolicyVersion {
    /// The senders that keep what they hold for as long as its id stays, without a fetch. Others that go by the id
    /// fetch again when their copy runs out.
    private static let prolonging: Set<String> = ["mox", "postfix-mta-sts-resolver"]
    /// The senders that ignore the id until their copy runs out.
    private static let heedlessOfID: Set<String> = ["postfix-tlspol"]
    /// The senders that fetch every few minutes: they hold what is served.
    private static let frequent: Set<String> = ["chasquid"]

    /// Until when holders that go by the id have it; nil while its id is published, without an end.
    var idHeldUntil: Date? { idHeldUntil(for: greatestAge) }

    /// Until when holders that go by expiry have it; nil while it can be fetched.
    private func expiryHeldUntil(for age: Int) -> Date? {
        goneAt?.addingTimeInterval(min(Double(age), DomainMemory.expiryCap))
    }

    private func idHeldUntil(for age: Int) -> Date? {
        [idGoneAt?.addingTimeInterval(Double(age)), supersededAt].compactMap { $0 }.min()
    }

    /// The longest that anybody keeps it, in seconds.
    var greatestAge: Int { policy?.maxAge ?? readers?.compactMap(\.reading?.maxAge).max() ?? 0 }

    /// What it asks for, by its worst reading; none where nobody takes it for a policy.
    var mode: STSPolicy.Mode { policy?.mode ?? readers?.worstReading?.mode ?? .none }

    /// True for what its readers take for something else than the letter of the RFC says.
    var isReadOtherwise: Bool { readers?.contains(where: \.differs) ?? false }

    /// By those who go by the id, and by those who go by expiry.
    fileprivate var held: [HeldVersion] {
        // While addresses take turns, which of their texts a sender holds is chance.
        let isChance = alternates && goneAt == nil
        return [
            HeldVersion(
                version: self, holders: .id, until: idHeldUntil, policy: policy, isOfOneAddress: isChance),
            HeldVersion(
                version: self, holders: .expiry, until: expiryHeldUntil(for: greatestAge), policy: policy,
                isOfOneAddress: isChance),
        ]
    }

    /// The same for what was served beside another version: by one address, or to those who read it leniently.
    var heldAside: [HeldVersion] {
        guard let readers else {
            return held.map { held in
                var held = held
                (held.isOfOneAddress, held.isServed) = (true, goneAt == nil)
                return held
            }
        }
        let ignoring = readers.filter { Self.heedlessOfID.contains($0.sender) }
        let going = readers.filter { reader in
            !Self.heedlessOfID.contains(reader.sender) && (goneAt == nil || !Self.frequent.contains(reader.sender))
        }
        var all: [HeldVersion] = []
        if let policy = going.worstReading {
            let held = idHeldUntil(for: policy.maxAge)
            let isProlonged = going.contains { Self.prolonging.contains($0.sender) }
            let end = isProlonged ? nil : goneAt?.addingTimeInterval(Double(policy.maxAge))
            all.append(
                HeldVersion(
                    version: self, holders: .id, until: [held, end].compactMap { $0 }.min(), policy: policy,
                    readers: going.map(\.sender), isServed: goneAt == nil))
        }
        if let policy = ignoring.worstReading {
            all.append(
                HeldVersion(
                    version: self, holders: .expiry, until: expiryHeldUntil(for: policy.maxAge), policy: policy,
                    readers: ignoring.map(\.sender), isServed: goneAt == nil))
        }
        return all
    }
}

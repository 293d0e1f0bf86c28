/// A sender of the field's table, written from that table alone: it looks, it keeps, it sends.
struct SimulatedSender {
    enum Kind: CaseIterable {
        /// Keeps nothing.
        case fresh
        /// mox, postfix-mta-sts-resolver: fetches when the id changes; the same id prolongs without a fetch.
        case byID
        /// mailauth, go-mtasts, KumoMTA, Stalwart: fetches when the id changes or the copy expires.
        case byIDOrExpiry
        /// postfix-tlspol: fetches when the copy expires, 30 days at most; ignores the id.
        case byExpiry
        /// chasquid: fetches each time; ignores the id.
        case frequent
    }

    struct Copy: Hashable {
        let id: String
        let policy: World.Policy
        var expiry: Double
    }

    let kind: Kind
    /// Its resolver gives the policy record as old as the TTL allows.
    let hasSlowResolver: Bool
    private(set) var copy: Copy?

    init(_ kind: Kind, hasSlowResolver: Bool) {
        self.kind = kind
        self.hasSlowResolver = hasSlowResolver
    }

    /// One mail: the copy or policy it went by, and whether it was refused at every MX.
    mutating func send(at now: Double, in world: World) -> (policy: Copy?, isRefused: Bool) {
        let policy = policy(at: now, in: world)
        guard let policy, policy.policy.mode == "enforce" else { return (policy, false) }
        return (policy, !world.takes(policy.policy, at: now))
    }

    private mutating func policy(at now: Double, in world: World) -> Copy? {
        if let held = copy, held.expiry <= now { copy = nil }
        let id = hasSlowResolver ? world.oldestID(at: now) : world.id
        switch kind {
        case .fresh:
            copy = nil
            return fetch(id, now, world)
        case .byID:
            if let held = copy, held.id == id {
                copy?.expiry = now + Double(held.policy.maxAge)
                return copy
            }
            return fetched(id, now, world)
        case .byIDOrExpiry:
            if let held = copy, held.id == id { return held }
            return fetched(id, now, world)
        case .byExpiry:
            if let held = copy { return held }
            return fetched(id, now, world)
        case .frequent:
            return fetched(id, now, world)
        }
    }

    /// What can be fetched, kept for the next time; else what is held.
    private mutating func fetched(_ id: String?, _ now: Double, _ world: World) -> Copy? {
        if let new = fetch(id, now, world) { copy = new }
        return copy
    }

    private func fetch(_ id: String?, _ now: Double, _ world: World) -> Copy? {
        guard let id, world.isFetchable(at: now) else { return nil }
        let age = Double(world.policy.maxAge)
        return Copy(id: id, policy: world.policy, expiry: now + (kind == .byExpiry ? min(age, 30 * 86_400) : age))
    }
}

/// All senders of one kind that there can be: one of each copy held, the one that holds it longest.
struct Population {
    private(set) var senders: [SimulatedSender] = []

    /// Every sender there is sends at this moment, and a new one does for the first time; those that send elsewhere
    /// meanwhile stay as they are.
    mutating func send(
        _ kind: SimulatedSender.Kind, at now: Double, in world: World
    ) -> [(policy: SimulatedSender.Copy?, isRefused: Bool)] {
        var all = senders
        for slow in kind == .fresh ? [false] : [false, true] {
            all.append(SimulatedSender(kind, hasSlowResolver: slow))
        }
        var results: [(SimulatedSender.Copy?, Bool)] = []
        for index in all.indices { results.append(all[index].send(at: now, in: world)) }
        senders = Self.thinned(all)
        return results
    }

    private static func thinned(_ all: [SimulatedSender]) -> [SimulatedSender] {
        var best: [String: SimulatedSender] = [:]
        for sender in all {
            guard let copy = sender.copy else { continue }
            let twin = "\(sender.hasSlowResolver) \(copy.id) \(copy.policy.text)"
            if let other = best[twin]?.copy, other.expiry >= copy.expiry { continue }
            best[twin] = sender
        }
        return best.keys.sorted().compactMap { best[$0] }
    }
}

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

    /// How a sender keeps policies, and whether it takes one with a blank line: among those that go by the id
    /// postfix-mta-sts-resolver does and mox does not.
    struct Habit: Hashable {
        let kind: Kind
        let readsLoosely: Bool

        static let all = Kind.allCases.flatMap { kind in
            [false, true].map { Habit(kind: kind, readsLoosely: $0) }
        }
    }

    let habit: Habit
    private var kind: Kind { habit.kind }
    private(set) var copy: Copy?

    init(_ habit: Habit) {
        self.habit = habit
    }

    /// One mail: the copy or policy it went by, and whether it was refused at every MX.
    ///
    /// A slow resolver gives the policy record as old as the TTL allows, best the one that the sender holds a copy for.
    /// - Parameter edge: which address of the policy host it meets, if it fetches.
    mutating func send(
        at now: Double, in world: World, slowly: Bool, edge: Int
    ) -> (policy: Copy?, isRefused: Bool) {
        if let held = copy, held.expiry <= now { copy = nil }
        let id = slowly ? world.slowID(at: now, holding: copy?.id) : world.id
        let policy = policy(id, at: now, from: edge, of: world)
        guard let policy, policy.policy.mode == "enforce" else { return (policy, false) }
        return (policy, !world.takes(policy.policy, at: now))
    }

    private mutating func policy(_ id: String?, at now: Double, from edge: Int, of world: World) -> Copy? {
        switch kind {
        case .fresh:
            copy = nil
            return fetch(id, now, edge, world)
        case .byID:
            if let held = copy, held.id == id {
                copy?.expiry = now + Double(held.policy.maxAge)
                return copy
            }
            return fetched(id, now, edge, world)
        case .byIDOrExpiry:
            if let held = copy, held.id == id { return held }
            return fetched(id, now, edge, world)
        case .byExpiry:
            if let held = copy { return held }
            return fetched(id, now, edge, world)
        case .frequent:
            return fetched(id, now, edge, world)
        }
    }

    /// What can be fetched, kept for the next time; else what is held.
    private mutating func fetched(_ id: String?, _ now: Double, _ edge: Int, _ world: World) -> Copy? {
        if let new = fetch(id, now, edge, world) { copy = new }
        return copy
    }

    private func fetch(_ id: String?, _ now: Double, _ edge: Int, _ world: World) -> Copy? {
        guard let id, world.isFetchable(at: now) else { return nil }
        let policy = world.policies[edge]
        guard habit.readsLoosely || !policy.isLoose else { return nil }
        let age = Double(policy.maxAge)
        return Copy(id: id, policy: policy, expiry: now + (kind == .byExpiry ? min(age, 30 * 86_400) : age))
    }
}

/// All senders of one habit that there can be: one of each copy held, the one that holds it longest.
struct Population {
    private(set) var senders: [SimulatedSender] = []

    /// Every sender there is sends at this moment, and a new one does for the first time; those that send elsewhere
    /// meanwhile stay as they are.
    mutating func send(
        _ habit: SimulatedSender.Habit, at now: Double, in world: World
    ) -> [(policy: SimulatedSender.Copy?, isRefused: Bool)] {
        var all: [SimulatedSender] = []
        var results: [(SimulatedSender.Copy?, Bool)] = []
        for sender in senders + [SimulatedSender(habit)] {
            // Which resolver is asked, and which address of the policy host, may differ from mail to mail.
            for slowly in habit.kind == .fresh ? [false] : [false, true] {
                for edge in world.isSplit ? [0, 1] : [0] {
                    var one = sender
                    results.append(one.send(at: now, in: world, slowly: slowly, edge: edge))
                    all.append(one)
                }
            }
        }
        senders = Self.thinned(all)
        return results
    }

    private static func thinned(_ all: [SimulatedSender]) -> [SimulatedSender] {
        var best: [String: SimulatedSender] = [:]
        for sender in all {
            guard let copy = sender.copy else { continue }
            let twin = "\(copy.id) \(copy.policy.text)"
            if let other = best[twin]?.copy, other.expiry >= copy.expiry { continue }
            best[twin] = sender
        }
        return best.keys.sorted().compactMap { best[$0] }
    }
}

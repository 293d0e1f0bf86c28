import Deliverability
import Evidence
import FoundationEssentials

/// Tells our own network's failure from theirs: silence counts only while others answer over the same path.
struct NetworkHealth {
    /// What has to work for a look to mean something.
    enum Path: Hashable, CaseIterable {
        case dns, smtpIPv4, smtpIPv6, https

        var words: String {
            switch self {
            case .dns: "no DNS answer"
            case .smtpIPv4: "no SMTP server answers (port 25 may be blocked here)"
            case .smtpIPv6: "no SMTP server answers over IPv6"
            case .https: "no policy host answers"
            }
        }
    }

    private struct Record {
        var lastAnswer: Date?
        /// When each target that answered last did so.
        var answered: [String: Date] = [:]
        /// Targets whose silence or refusal is not believed yet, with its first moment.
        var silent: [String: Date] = [:]
        /// Of those, the ones that refused: their own word, or a firewall's near us.
        var refused: Set<String> = []
        /// Targets whose silence is believed: no news any more.
        var settled: Set<String> = []
    }

    private var records: [Path: Record] = [:]
    private var resolverDead: (reason: String, since: Date)?
    private var resolverAliveAt: Date?
    /// What policy hosts say of the time: seconds that our clock is behind theirs, and when they said so.
    private var clocks: [String: (behind: TimeInterval, at: Date)] = [:]
    /// How long an answer vouches for a path, in seconds.
    private let window: TimeInterval

    /// How many targets one path remembers.
    private static let most = 20_000

    /// The window must reach over two rounds of looks, or a short list could never vouch for itself.
    init(window: TimeInterval = 600) {
        self.window = window
    }

    /// The clock was set back by so many seconds: what came when stays in its order. What was told of the old time says
    /// nothing of the new one.
    mutating func setBack(by seconds: TimeInterval) {
        func earlier(_ moment: Date) -> Date { moment.addingTimeInterval(-seconds) }
        records = records.mapValues { record in
            var record = record
            record.lastAnswer = record.lastAnswer.map(earlier)
            record.answered = record.answered.mapValues(earlier)
            record.silent = record.silent.mapValues(earlier)
            return record
        }
        resolverDead = resolverDead.map { ($0.reason, earlier($0.since)) }
        resolverAliveAt = resolverAliveAt.map(earlier)
        clocks.removeAll()
    }

    /// Somebody answered over this path, whatever was said.
    mutating func answered(_ path: Path, target: String, at moment: Date) {
        var record = records.removeValue(forKey: path) ?? Record()
        record.lastAnswer = moment
        record.silent[target] = nil
        record.refused.remove(target)
        record.settled.remove(target)
        if record.answered.count >= Self.most { record.answered.removeAll() }
        record.answered[target] = moment
        records[path] = record
    }

    /// A target was silent over this path, or refused the connection.
    mutating func silence(_ path: Path, target: String, isRefusal: Bool = false, at moment: Date) {
        var record = records.removeValue(forKey: path) ?? Record()
        if !record.settled.contains(target), record.silent.count < Self.most {
            record.silent[target] = record.silent[target] ?? moment
        }
        if isRefusal { record.refused.insert(target) } else { record.refused.remove(target) }
        records[path] = record
    }

    /// A target's silence is believed: it no longer speaks against our own network.
    mutating func settle(_ path: Path, target: String) {
        guard var record = records.removeValue(forKey: path) else { return }
        record.silent[target] = nil
        if record.settled.count < Self.most { record.settled.insert(target) }
        records[path] = record
    }

    /// The resolver's own word; the only thing that revives it, since caches answer for the dead.
    mutating func resolver(_ health: ResolverHealth, at moment: Date) {
        switch health {
        case .dead(let reason): resolverDead = (reason, resolverDead?.since ?? moment)
        case .validating, .unvalidated:
            resolverDead = nil
            resolverAliveAt = moment
        }
    }

    /// True when this target's silence may be believed: others answered over the path lately, it is not most that are
    /// silent, and something worked after this silence began.
    func vouches(for path: Path, target: String, now: Date) -> Bool {
        guard resolverDead == nil, let record = records[path], let last = record.lastAnswer else { return false }
        guard now.timeIntervalSince(last) <= window, !isSuspect(path, now) else { return false }
        guard let first = record.silent[target] else { return true }
        return last > first || (resolverAliveAt.map { $0 > first } ?? false)
    }

    /// True when this target's refusal is its own word. A network that is cut off refuses for everybody, and so does a
    /// firewall near us: it is not all that refuse, and something must have worked after the refusal began.
    func confirms(refusalBy target: String, over path: Path, now: Date) -> Bool {
        guard !isResolverDead, !isSuspect(path, now) else { return false }
        guard let first = records[path]?.silent[target] else { return true }
        return isAnswered(path, since: target) || resolverAliveAt.map { $0 > first } ?? false
    }

    /// True when somebody answered over the path after this target fell silent; always where it is not silent.
    func isAnswered(_ path: Path, since target: String) -> Bool {
        guard let record = records[path], let first = record.silent[target] else { return true }
        return record.lastAnswer.map { $0 > first } ?? false
    }

    /// True while a target's silence or refusal over the path is not believed.
    func isSilent(_ path: Path, target: String) -> Bool { records[path]?.silent[target] != nil }

    /// A policy host told its time, in seconds that ours is behind it.
    mutating func clock(of host: String, behind: TimeInterval, at moment: Date) {
        if clocks.count >= Self.mostClocks, clocks[host] == nil {
            clocks = clocks.filter { moment.timeIntervalSince($0.value.at) <= window }
            guard clocks.count < Self.mostClocks else { return }
        }
        clocks[host] = (behind, moment)
    }

    /// Several hosts agree that our clock is wrong by minutes; a single one that is wrong itself proves nothing.
    private func clockCondition(_ now: Date) -> NetworkCondition? {
        let lately = clocks.values.filter { now.timeIntervalSince($0.at) <= window }.map(\.behind).sorted()
        guard lately.count >= 3 else { return nil }
        let middle = lately[lately.count / 2]
        let agreeing = lately.filter { abs($0 - middle) <= Self.clockTolerance }
        guard abs(middle) >= Self.clockTolerance, agreeing.count * 4 >= lately.count * 3 else { return nil }
        return .clockSuspect(minutesBehind: Int((middle / 60).rounded()), hosts: agreeing.count)
    }

    /// Seconds; more than any deadline of a fetch that told the time at its beginning.
    private static let clockTolerance: TimeInterval = 120
    private static let mostClocks = 1_000

    /// True while some refusal is neither believed nor put down to our own network.
    var hasOpenRefusal: Bool {
        records.values.contains { record in record.refused.contains { record.silent[$0] != nil } }
    }

    var isResolverDead: Bool { resolverDead != nil }

    /// True when a look at the resolver would tell whether a silence may be believed.
    func wantsResolverCheck(now: Date) -> Bool {
        let first = records.values.flatMap(\.silent.values).min()
        guard let first else { return false }
        return (resolverAliveAt.map { $0 <= first } ?? true)
    }

    /// Several targets silent, none that answered since, and more of them than of those that answer at all; or so many
    /// that nobody is left.
    func isSuspect(_ path: Path, _ now: Date) -> Bool {
        guard let record = records[path], !record.silent.isEmpty else { return false }
        guard let last = record.lastAnswer else {
            return record.silent.keys.contains { !record.refused.contains($0) }
                || record.silent.count >= Self.mostOfTheirs
        }
        let since = record.silent.values.count { $0 > last }
        guard since >= 3 else { return false }
        let lately = record.answered.filter { now.timeIntervalSince($0.value) <= window }
        return since > lately.count || now.timeIntervalSince(last) > window / 2
            || since >= Self.mostOfTheirs && lately.keys.allSatisfy { record.silent[$0] != nil }
    }

    /// So many that fail together, and nobody else, are no longer believed to fail by themselves.
    private static let mostOfTheirs = 5

    /// What the header says.
    func condition(now: Date) -> NetworkCondition {
        if let dead = resolverDead { return .suspect(reason: dead.reason, since: dead.since) }
        // A machine without IPv6 is no alarm: its addresses are unknown, and IPv4 tells the rest.
        for path in [Path.dns, .smtpIPv4, .https] where isSuspect(path, now) {
            return .suspect(reason: path.words, since: records[path]?.silent.values.min() ?? now)
        }
        return clockCondition(now) ?? .sound
    }
}

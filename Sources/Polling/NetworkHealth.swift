import Deliverability
import Evidence
import FoundationEssentials

/// Tells our own network's failure from theirs: silence counts only while others answer the same way.
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
        /// Targets that were silent since the last answer, with the moment of the first silence.
        var silent: Set<String> = []
        var silentSince: Date?
        /// Targets that refused the connection since the last answer: a firewall near us does that too.
        var refused: Set<String> = []
    }

    private var records: [Path: Record] = [:]
    private var resolverDead: (reason: String, since: Date)?

    /// How long an answer vouches for a path, in seconds.
    static let vouches: TimeInterval = 600

    /// Somebody answered over this path, whatever was said.
    mutating func answered(_ path: Path, at moment: Date) {
        records[path] = Record(lastAnswer: moment)
        if path == .dns { resolverDead = nil }
    }

    /// A target was silent over this path.
    mutating func silence(_ path: Path, target: String, at moment: Date) {
        var record = records[path] ?? Record()
        if record.silent.count < 1_000 { record.silent.insert(target) }
        if record.silentSince == nil { record.silentSince = moment }
        records[path] = record
    }

    /// A target refused the connection.
    mutating func refusal(_ path: Path, target: String, at moment: Date) {
        var record = records[path] ?? Record()
        if record.refused.count < 1_000 { record.refused.insert(target) }
        if record.silentSince == nil { record.silentSince = moment }
        records[path] = record
    }

    /// True when several targets in a row refused: that is no longer each one's own word.
    func isEverybodyRefused(_ path: Path) -> Bool { (records[path]?.refused.count ?? 0) >= 5 }

    /// The resolver's own word.
    mutating func resolver(_ health: ResolverHealth, at moment: Date) {
        switch health {
        case .dead(let reason): resolverDead = (reason, resolverDead?.since ?? moment)
        case .validating, .unvalidated: resolverDead = nil
        }
    }

    /// True when silence over this path may be believed: somebody answered lately, and it is not most that are silent.
    func mayBelieveSilence(_ path: Path, now: Date) -> Bool {
        guard let record = records[path], let last = record.lastAnswer else { return false }
        guard now.timeIntervalSince(last) <= Self.vouches else { return false }
        return !isSuspect(path, now)
    }

    /// Several targets silent in a row with no answer in between: answers empty the list, so a few dead hosts among
    /// many good ones never fill it.
    private func isSuspect(_ path: Path, _ now: Date) -> Bool {
        guard let record = records[path] else { return false }
        return record.silent.union(record.refused).count >= 5 || (record.lastAnswer == nil && !record.silent.isEmpty)
    }

    /// What the header says.
    func condition(now: Date) -> NetworkCondition {
        if let dead = resolverDead { return .suspect(reason: dead.reason, since: dead.since) }
        // A machine without IPv6 is no alarm: its addresses are unknown, and IPv4 tells the rest.
        for path in [Path.dns, .smtpIPv4, .https] where isSuspect(path, now) {
            let since = records[path]?.silentSince ?? now
            return .suspect(reason: path.words, since: since)
        }
        return .sound
    }
}

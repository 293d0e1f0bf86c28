import Deliverability
import Evidence
import FoundationEssentials
import HeapModule
import MTASTS

/// All facts, what is believed of each, when each is due, and which domains rest on it.
struct FactTable {
    /// One fact's state.
    struct Entry {
        /// What is believed, since when, and when it was last seen to hold.
        var believed: Observed<FactValue>?
        var believedVerdict: FactVerdict?
        /// The verdict of the latest look, and how many looks in a row gave it.
        var latestVerdict: FactVerdict?
        var looks = 0
        /// Looks in a row with bad news.
        var badLooks = 0
        /// Looks since the last belief.
        var undecided = 0
        var due: Date
        var isInFlight = false
        /// The next look goes around the caches.
        var isFresh = false
        /// Asked for while a look was under way: look once more when it ends.
        var isAskedAgain = false
        var users: Set<DomainName> = []

        /// The latest looks were silence that is not believed.
        var isUnheard: Bool { latestVerdict?.soundness == .absent && latestVerdict != believedVerdict }
    }

    private struct Due: Comparable {
        let at: Date
        /// What came to stand here first is first among those of one moment: a domain's facts stay together.
        let number: Int
        let key: FactKey

        static func < (left: Due, right: Due) -> Bool { (left.at, left.number) < (right.at, right.number) }
        static func == (left: Due, right: Due) -> Bool { (left.at, left.number) == (right.at, right.number) }
    }

    private(set) var entries: [FactKey: Entry] = [:]
    private var queue = Heap<Due>()
    private var number = 0
    /// Before which a fact must not be looked at; kept when the fact goes, so that a record that comes and goes does
    /// not shorten the wait.
    private var notBefore: [FactKey: Date] = [:]

    /// The earliest moment at which something may be due; an entry that moved on may stand there still.
    var nextDue: Date? { queue.min?.at }

    subscript(key: FactKey) -> Entry? { entries[key] }

    func value(_ key: FactKey) -> Observed<FactValue>? { entries[key]?.believed }

    /// Says that a domain rests on a fact; a new one is due at once.
    mutating func use(_ key: FactKey, by domain: DomainName, now: Date) {
        if entries[key] == nil {
            let due = max(now, notBefore[key] ?? now)
            entries[key] = Entry(due: due)
            enqueue(key, at: due)
        }
        entries[key]?.users.insert(domain)
    }

    /// Says that it no longer does; a fact without users is forgotten.
    mutating func release(_ key: FactKey, by domain: DomainName) {
        // In place: ten thousand domains may rest on one host.
        entries[key]?.users.remove(domain)
        if entries[key]?.users.isEmpty == true { entries[key] = nil }
    }

    /// Forbids a look before a moment; nil allows it again.
    mutating func holdBack(_ key: FactKey, until moment: Date?, now: Date) {
        if notBefore.count > 10_000 { notBefore = notBefore.filter { $0.value > now } }
        notBefore[key] = moment
    }

    /// Changes one entry; nothing happens where it is gone.
    mutating func update(_ key: FactKey, _ change: (inout Entry) -> Void) {
        guard let index = entries.index(forKey: key) else { return }
        change(&entries.values[index])
    }

    /// Sets when a fact is due; `fresh` goes around the caches.
    mutating func schedule(_ key: FactKey, at moment: Date, fresh: Bool) {
        guard entries[key] != nil else { return }
        let due = max(moment, notBefore[key] ?? moment)
        entries[key]?.due = due
        entries[key]?.isFresh = fresh
        enqueue(key, at: due)
    }

    private mutating func enqueue(_ key: FactKey, at moment: Date) {
        number += 1
        queue.insert(Due(at: moment, number: number, key: key))
    }

    /// The clock was set back by so many seconds, to now: waits last as long as before, and nothing was seen later.
    mutating func setBack(by seconds: TimeInterval, now: Date) {
        for index in entries.values.indices {
            entries.values[index].due.addTimeInterval(-seconds)
            guard let believed = entries.values[index].believed, believed.at > now else { continue }
            entries.values[index].believed = Observed(
                believed.value, since: min(believed.since, now), at: now)
        }
        notBefore = notBefore.mapValues { $0.addingTimeInterval(-seconds) }
        queue = Heap(entries.map { Due(at: $0.value.due, number: 0, key: $0.key) })
    }

    /// The next fact that is due, if any; the caller starts it or puts it in line.
    mutating func popDue(now: Date) -> FactKey? {
        while let next = queue.min, next.at <= now {
            queue.removeMin()
            // A fact that was scheduled anew, is under way or is gone leaves its old place behind.
            guard let entry = entries[next.key], !entry.isInFlight, entry.due == next.at else { continue }
            return next.key
        }
        return nil
    }
}

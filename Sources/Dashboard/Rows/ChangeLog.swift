import Deliverability
import FoundationEssentials
import MTASTS

/// The changes that are known, by id, and which of them still wait for somebody to see them.
struct ChangeLog: Sendable {
    /// More are not kept: the oldest that is not marked goes first.
    static let limit = 5_000

    /// Ascending by id.
    private(set) var changes: [Change] = []
    /// How many changes of each domain are kept; no entry for none.
    private var known: [DomainName: Int] = [:]
    /// How many marked changes each domain has; no entry for none.
    private(set) var marked: [DomainName: Int] = [:]
    /// How many changes are marked in all.
    private(set) var markedCount = 0
    /// Rises with each mark that comes or goes.
    private(set) var markedVersion = 0
    /// Rises with each change that comes, goes or is told anew.
    private(set) var version = 0

    /// True for a change that is drawn with `*`: it made things worse, and nobody has acknowledged it.
    static func isMarked(_ change: Change) -> Bool { change.isWorse && change.acknowledgedAt == nil }

    var count: Int { changes.count }

    /// The newest is at 0; nil outside.
    func change(at place: Int) -> Change? {
        changes.indices.contains(place) ? changes[changes.count - 1 - place] : nil
    }

    /// Where a change stands, the newest at 0; nil when it is not kept.
    func place(of id: Change.ID) -> Int? {
        let index = lowerBound(id)
        return index < changes.count && changes[index].id == id ? changes.count - 1 - index : nil
    }

    /// The newest changes of a domain, newest first, at most `limit`.
    func changes(of domain: DomainName, limit: Int) -> [Change] {
        let enough = min(limit, known[domain] ?? 0)
        var found: [Change] = []
        guard enough > 0 else { return found }
        for change in changes.reversed() where change.domain == domain {
            found.append(change)
            if found.count == enough { break }
        }
        return found
    }

    /// When the state that a change ended had begun; nil where the change that began it is not kept.
    func onset(of change: Change) -> Date? {
        // A domain that is named nowhere else is not searched for.
        guard known[change.domain] ?? 0 > 1 else { return nil }
        return ChangeLog.onset(of: change, among: changes[..<lowerBound(change.id)].reversed())
    }

    /// The same among changes that are earlier than it, newest first.
    static func onset(of change: Change, among earlier: some Sequence<Change>) -> Date? {
        // What changes without a turn of the state does not begin it.
        let turn = earlier.first { $0.domain == change.domain && $0.stateAfter != $0.stateBefore }
        return turn.flatMap { $0.stateAfter == change.stateBefore ? $0.at : nil }
    }

    /// The ids of the marked changes of these domains, or of all where nil; ascending.
    func markedIDs(of domains: Set<DomainName>? = nil) -> [Change.ID] {
        changes.filter { ChangeLog.isMarked($0) && domains?.contains($0.domain) != false }.map(\.id)
    }

    /// Takes new changes, and newer versions of known ones.
    /// - Returns: those that are new.
    mutating func take(_ incoming: [Change]) -> [Change] {
        var new: [Change] = []
        for change in incoming {
            let index = lowerBound(change.id)
            if index < changes.count, changes[index].id == change.id {
                tally(changes[index], by: -1)
                changes[index] = change
            } else {
                changes.insert(change, at: index)
                new.append(change)
            }
            tally(change, by: 1)
        }
        while changes.count > ChangeLog.limit {
            let oldest = changes.firstIndex { !ChangeLog.isMarked($0) } ?? changes.startIndex
            tally(changes.remove(at: oldest), by: -1)
        }
        return new
    }

    /// Marks them as seen, ahead of the store's word.
    mutating func acknowledge(_ ids: [Change.ID], at now: Date) {
        for id in ids {
            let index = lowerBound(id)
            guard index < changes.count, changes[index].id == id, ChangeLog.isMarked(changes[index]) else { continue }
            tally(changes[index], by: -1)
            changes[index].acknowledgedAt = now
            tally(changes[index], by: 1)
        }
    }

    private mutating func tally(_ change: Change, by step: Int) {
        version &+= 1
        let kept = (known[change.domain] ?? 0) + step
        known[change.domain] = kept > 0 ? kept : nil
        guard ChangeLog.isMarked(change) else { return }
        markedCount += step
        markedVersion &+= 1
        let left = (marked[change.domain] ?? 0) + step
        marked[change.domain] = left > 0 ? left : nil
    }

    private func lowerBound(_ id: Change.ID) -> Int {
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

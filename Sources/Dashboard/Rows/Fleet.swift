import Deliverability
import FoundationEssentials
import MTASTS

/// All watched domains and the order in which the table shows them.
///
/// The order is only put right by `settle`, so that the caller can let it rest while somebody is typing.
struct Fleet: Sendable {
    /// In the order of the list.
    private(set) var rows: [Row] = []
    private(set) var arrangement = Arrangement()
    /// Row numbers of what is shown, in the order of the table.
    private(set) var order: [Int32] = []
    /// How many rows there are in each state, by the order of `DomainState.allCases`.
    private(set) var counts = [Int](repeating: 0, count: DomainState.allCases.count)
    /// Rows without a verdict; they are counted among the unknown too.
    private(set) var unchecked = 0

    /// How many rows are marked.
    private(set) var markedCount = 0

    private var index: [DomainName: Int] = [:]
    /// By row number: its place in `order`, or -1.
    private var positions: [Int32] = []
    /// By row number: the key under which it stands in `order`.
    private var keys: [SortKey] = []
    /// Rows that may stand in the wrong place.
    private var unsettled: Set<Int> = []

    /// How many are shown.
    var shown: Int { order.count }
    /// True when `settle` may change something.
    var isUnsettled: Bool { !unsettled.isEmpty }

    func count(_ state: DomainState) -> Int {
        counts[DomainState.allCases.firstIndex(of: state) ?? 0]
    }

    /// The row shown at a position of the table; nil outside.
    func row(at position: Int) -> Row? {
        order.indices.contains(position) ? rows[Int(order[position])] : nil
    }

    func row(of domain: DomainName) -> Row? { index[domain].map { rows[$0] } }

    /// Where the table shows a domain; nil where the filter hides it or it is not watched.
    func position(of domain: DomainName) -> Int? {
        guard let row = index[domain], positions[row] >= 0 else { return nil }
        return Int(positions[row])
    }

    /// Takes a new list; what was known of the names that stay is kept.
    mutating func replace(by list: [WatchedDomain], now: Date) {
        var fresh: [Row] = []
        fresh.reserveCapacity(list.count)
        var places: [DomainName: Int] = [:]
        places.reserveCapacity(list.count)
        for watched in list where places[watched.domain] == nil {
            var row = Row(watched)
            if let old = index[watched.domain] { row.inherit(rows[old]) }
            places[watched.domain] = fresh.count
            fresh.append(row)
        }
        for (rank, number) in fresh.indices.sorted(by: { fresh[$0].domain < fresh[$1].domain }).enumerated() {
            fresh[number].nameRank = UInt32(truncatingIfNeeded: rank)
        }
        rows = fresh
        index = places
        counts = counts.map { _ in 0 }
        unchecked = 0
        markedCount = rows.count(where: \.isMarked)
        for row in rows { tally(row, by: 1) }
        arrange(arrangement, now: now)
    }

    /// Takes verdicts; their rows keep their places until `settle`.
    mutating func take(_ statuses: [DomainStatus], now: Date) {
        for status in statuses {
            guard let number = index[status.domain] else { continue }
            tally(rows[number], by: -1)
            rows[number].take(status, now: now)
            tally(rows[number], by: 1)
            unsettled.insert(number)
        }
    }

    mutating func setMark(_ isMarked: Bool, of domain: DomainName) {
        guard let number = index[domain], rows[number].isMarked != isMarked else { return }
        rows[number].isMarked = isMarked
        markedCount += isMarked ? 1 : -1
    }

    mutating func clearMarks() {
        for number in rows.indices where rows[number].isMarked { rows[number].isMarked = false }
        markedCount = 0
    }

    /// Sorts and filters everything anew.
    mutating func arrange(_ arrangement: Arrangement, now: Date) {
        self.arrangement = arrangement
        unsettled.removeAll(keepingCapacity: true)
        keys = rows.map { SortKey($0, by: arrangement.column, inverted: arrangement.isInverted) }
        let kept = rows.indices.filter { arrangement.shows(rows[$0], now: now) }
        place(kept.map { Entry(key: keys[$0], row: Int32(truncatingIfNeeded: $0)) }.sorted { $0.key < $1.key })
    }

    /// Puts the rows that changed into their places: a merge, not a sort of everything.
    mutating func settle(now: Date) {
        guard !unsettled.isEmpty else { return }
        var moved = [Bool](repeating: false, count: rows.count)
        var anyMoved = false
        var arriving: [Entry] = []
        for number in unsettled {
            let key = SortKey(rows[number], by: arrangement.column, inverted: arrangement.isInverted)
            let isShown = arrangement.shows(rows[number], now: now)
            guard key != keys[number] || isShown != (positions[number] >= 0) else { continue }
            keys[number] = key
            moved[number] = true
            anyMoved = true
            if isShown { arriving.append(Entry(key: key, row: Int32(truncatingIfNeeded: number))) }
        }
        unsettled.removeAll(keepingCapacity: true)
        guard anyMoved else { return }
        arriving.sort { $0.key < $1.key }
        var merged: [Entry] = []
        merged.reserveCapacity(order.count + arriving.count)
        var next = 0
        for row in order where !moved[Int(row)] {
            let key = keys[Int(row)]
            while next < arriving.count, arriving[next].key < key {
                merged.append(arriving[next])
                next += 1
            }
            merged.append(Entry(key: key, row: row))
        }
        place(merged + arriving[next...])
    }

    private struct Entry {
        let key: SortKey
        let row: Int32
    }

    private mutating func place(_ entries: [Entry]) {
        order = entries.map(\.row)
        positions = [Int32](repeating: -1, count: rows.count)
        for (position, row) in order.enumerated() { positions[Int(row)] = Int32(truncatingIfNeeded: position) }
    }

    private mutating func tally(_ row: Row, by step: Int) {
        counts[DomainState.allCases.firstIndex(of: row.state) ?? 0] += step
        if !row.facts.isChecked { unchecked += step }
    }
}

/// What the table shows, and in which order.
struct Arrangement: Hashable, Sendable {
    var column = SortColumn.severity
    var isInverted = false
    var filter = Filter.all
    var problemsOnly = false

    func shows(_ row: Row, now: Date) -> Bool {
        (!problemsOnly || row.isProblem) && filter.matches(row, now: now)
    }

    /// True where something may be hidden.
    var hides: Bool { problemsOnly || !filter.isEmpty }
}

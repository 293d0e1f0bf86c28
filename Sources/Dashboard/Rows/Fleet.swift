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
    /// Of those, the muted ones.
    private var mutedCounts = [Int](repeating: 0, count: DomainState.allCases.count)
    /// Rows without a verdict; they are counted among the unknown too.
    private(set) var unchecked = 0

    /// How many rows are marked.
    private(set) var markedCount = 0

    /// Bytes of the longest name of the list.
    private(set) var longestName = 0
    /// The most MX hosts that a domain of the list was seen with.
    private(set) var mostHosts = 0

    /// Who runs a host.
    private let provider: @Sendable (DomainName) -> String
    private var index: [DomainName: Int] = [:]
    /// All row numbers in the order of the sort, shown or not: a filter needs no sorting.
    private var sorted: [Int32] = []
    /// By row number: whether the filter shows it.
    private var isShown: [Bool] = []
    /// By row number: its place in `order`, or -1.
    private var positions: [Int32] = []
    /// By row number: the key under which it stands in `sorted`.
    private var keys: [SortKey] = []
    /// Rows that may stand in the wrong place.
    private var unsettled: Set<Int> = []

    /// Rises with each change of what a group may count.
    private(set) var version = 0

    init(provider: @escaping @Sendable (DomainName) -> String = { $0.text }) {
        self.provider = provider
    }

    /// How many are shown.
    var shown: Int { order.count }
    /// True when `settle` may change something.
    var isUnsettled: Bool { !unsettled.isEmpty }

    func count(_ state: DomainState) -> Int {
        counts[state.place]
    }

    /// How many rows in a state nobody is called for.
    func mutedCount(_ state: DomainState) -> Int { mutedCounts[state.place] }

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
    /// - Parameter remembered: what was last shown of domains that have no verdict yet.
    mutating func replace(by list: [WatchedDomain], remembering remembered: [RememberedStatus] = [], now: Date) {
        var places: [DomainName: Int] = [:]
        places.reserveCapacity(list.count)
        var fresh: [WatchedDomain] = []
        fresh.reserveCapacity(list.count)
        for watched in list where places[watched.domain] == nil {
            places[watched.domain] = fresh.count
            fresh.append(watched)
        }
        let names = fresh.map(\.domain)
        var past = [Int?](repeating: nil, count: names.count)
        for (number, status) in remembered.enumerated() {
            if let place = places[status.domain] { past[place] = number }
        }
        rows = fresh.enumerated().map { place, watched in
            let status = past[place].map { remembered[$0] }
            return index[watched.domain].map { Row(watched, after: rows[$0], status) } ?? Row(watched, status)
        }
        for (rank, number) in names.indices.sorted(by: { names[$0] < names[$1] }).enumerated() {
            rows[number].nameRank = UInt32(truncatingIfNeeded: rank)
        }
        longestName = names.map(\.text.utf8.count).max() ?? 0
        mostHosts = rows.map(\.facts.hosts).max() ?? 0
        index = places
        counts = counts.map { _ in 0 }
        mutedCounts = counts
        unchecked = 0
        markedCount = rows.count(where: \.isMarked)
        for row in rows { tally(row, by: 1) }
        sorted = []
        unsettled.removeAll()
        arrange(arrangement, now: now)
    }

    /// Takes verdicts; their rows keep their places until `settle`.
    mutating func take(_ statuses: [DomainStatus], now: Date) {
        for status in statuses {
            guard let number = index[status.domain] else { continue }
            tally(rows[number], by: -1)
            rows[number].take(status, now: now, provider: provider)
            mostHosts = max(mostHosts, rows[number].facts.hosts)
            tally(rows[number], by: 1)
            unsettled.insert(number)
        }
    }

    /// Takes what was last shown of domains that have no verdict yet; their rows keep their places until `settle`.
    mutating func remember(_ statuses: [RememberedStatus]) {
        for status in statuses {
            guard let number = index[status.domain], rows[number].status?.assessment == nil else { continue }
            tally(rows[number], by: -1)
            rows[number].remember(status)
            mostHosts = max(mostHosts, rows[number].facts.hosts)
            tally(rows[number], by: 1)
            unsettled.insert(number)
        }
    }

    mutating func setMark(_ isMarked: Bool, of domain: DomainName) {
        guard let number = index[domain], rows[number].isMarked != isMarked else { return }
        rows[number].isMarked = isMarked
        markedCount += isMarked ? 1 : -1
    }

    /// Tells which domains have changes that nobody has seen; their rows keep their places until `settle`.
    mutating func setUnseen(_ isUnseen: (DomainName) -> Bool) {
        for number in rows.indices {
            let fresh = isUnseen(rows[number].domain)
            guard fresh != rows[number].isUnseen else { continue }
            rows[number].isUnseen = fresh
            version &+= 1
            unsettled.insert(number)
        }
    }

    mutating func clearMarks() {
        for number in rows.indices where rows[number].isMarked { rows[number].isMarked = false }
        markedCount = 0
    }

    /// Orders and filters everything anew; only what the change asks for.
    mutating func arrange(_ arrangement: Arrangement, now: Date) {
        let before = self.arrangement
        self.arrangement = arrangement
        let isSameOrder = before.column == arrangement.column && before.isInverted == arrangement.isInverted
        if isSameOrder, sorted.count == rows.count {
            settle(now: now)
        } else {
            sortAll()
        }
        for number in rows.indices { isShown[number] = arrangement.shows(rows[number], now: now) }
        unsettled.removeAll(keepingCapacity: true)
        place()
    }

    /// Puts the rows that changed into their places: a merge, not a sort of everything.
    mutating func settle(now: Date) {
        guard !unsettled.isEmpty else { return }
        var moved: [Int32] = []
        var isStale = false
        for number in unsettled {
            let shows = arrangement.shows(rows[number], now: now)
            if shows != isShown[number] {
                isShown[number] = shows
                isStale = true
            }
            let key = SortKey(rows[number], by: arrangement.column, inverted: arrangement.isInverted)
            guard key != keys[number] else { continue }
            keys[number] = key
            moved.append(Int32(truncatingIfNeeded: number))
        }
        unsettled.removeAll(keepingCapacity: true)
        if !moved.isEmpty { merge(moved) }
        if isStale || !moved.isEmpty { place() }
    }

    private mutating func sortAll() {
        keys = rows.map { SortKey($0, by: arrangement.column, inverted: arrangement.isInverted) }
        isShown = [Bool](repeating: true, count: rows.count)
        var entries = keys.enumerated().map { Entry(key: $1, row: Int32(truncatingIfNeeded: $0)) }
        entries.sort { $0.key < $1.key }
        sorted = entries.map(\.row)
    }

    private mutating func merge(_ moved: [Int32]) {
        var isMoved = [Bool](repeating: false, count: rows.count)
        for row in moved { isMoved[Int(row)] = true }
        let arriving = moved.sorted { keys[Int($0)] < keys[Int($1)] }
        var merged: [Int32] = []
        merged.reserveCapacity(sorted.count)
        var next = 0
        for row in sorted where !isMoved[Int(row)] {
            let key = keys[Int(row)]
            while next < arriving.count, keys[Int(arriving[next])] < key {
                merged.append(arriving[next])
                next += 1
            }
            merged.append(row)
        }
        sorted = merged + arriving[next...]
    }

    private struct Entry {
        let key: SortKey
        let row: Int32
    }

    private mutating func place() {
        version &+= 1
        order = sorted.filter { isShown[Int($0)] }
        positions = [Int32](repeating: -1, count: rows.count)
        for (position, row) in order.enumerated() { positions[Int(row)] = Int32(truncatingIfNeeded: position) }
    }

    private mutating func tally(_ row: Row, by step: Int) {
        version &+= 1
        counts[row.state.place] += step
        if row.isMuted { mutedCounts[row.state.place] += step }
        if !row.facts.isChecked { unchecked += step }
    }
}

extension DomainState {
    /// From 0 for the worst, in the order of declaration; without the array that `allCases` makes each time.
    var place: Int {
        switch self {
        case .bouncing: 0
        case .risk: 1
        case .warning: 2
        case .unknown: 3
        case .unprotected: 4
        case .ok: 5
        }
    }
}

/// What the table shows, and in which order.
struct Arrangement: Hashable, Sendable {
    var column = SortColumn.severity
    var isInverted = false
    var filter = Filter.all
    var problemsOnly = false
    /// The group whose domains alone are shown.
    var group: GroupKey?

    /// Another column begins in its own direction.
    mutating func sort(by column: SortColumn) {
        if column != self.column { isInverted = false }
        self.column = column
    }

    func shows(_ row: Row, now: Date) -> Bool {
        (!problemsOnly || row.isProblem) && filter.matches(row, now: now)
            && (group.map { row.groups(by: $0.grouping).contains($0.name) } ?? true)
    }

    /// True where something may be hidden.
    var hides: Bool { problemsOnly || !filter.isEmpty }
    /// True where there is something to take back; a filter that asks nothing is typed all the same.
    var isNarrowed: Bool { problemsOnly || !filter.text.isEmpty }
}

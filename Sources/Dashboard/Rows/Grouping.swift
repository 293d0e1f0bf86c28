import Deliverability
import MTASTS

/// By what the domains are put together.
enum Grouping: String, Hashable, Sendable, CaseIterable {
    case tag, provider
}

/// One group by its name: a tag, or a provider.
struct GroupKey: Hashable, Sendable {
    let grouping: Grouping
    /// Empty for the domains that belong to none.
    let name: String

    /// `@customers`, `google.com`, `no tag`.
    var label: String {
        switch grouping {
        case .tag: name.isEmpty ? "no tag" : "@" + name
        case .provider: name.isEmpty ? "no MX host known" : name
        }
    }
}

/// All that is shown of one group.
struct GroupLine: Hashable, Sendable {
    let key: GroupKey
    /// By the order of `DomainState.allCases`.
    private(set) var counts = [Int](repeating: 0, count: DomainState.allCases.count)
    private(set) var unseen = 0
    /// The first of its domains in the order of the table.
    private(set) var first: DomainName

    init(_ key: GroupKey, first: DomainName) {
        self.key = key
        self.first = first
    }

    var total: Int { counts.reduce(0, +) }

    func count(_ state: DomainState) -> Int { counts[state.place] }

    /// The worst state that any of its domains is in.
    var worst: DomainState {
        DomainState.allCases.filter { counts[$0.place] > 0 }.min { $0.place < $1.place } ?? .unknown
    }

    fileprivate mutating func add(_ row: Row, isBetter: Bool) {
        counts[row.state.place] += 1
        if row.isUnseen { unseen += 1 }
        if isBetter { first = row.domain }
    }

    /// All groups of these rows: the worst first, then the one with the most of its worst, then by name.
    static func all(of rows: some Sequence<Row>, by grouping: Grouping) -> [GroupLine] {
        var places: [String: Int] = [:]
        var groups: [GroupLine] = []
        for row in rows {
            for name in row.groups(by: grouping) {
                let place: Int
                if let known = places[name] {
                    place = known
                } else {
                    place = groups.count
                    places[name] = place
                    groups.append(GroupLine(GroupKey(grouping: grouping, name: name), first: row.domain))
                }
                let isBetter = groups[place].total > 0 && row.state.place < groups[place].worst.place
                groups[place].add(row, isBetter: isBetter)
            }
        }
        return groups.sorted { left, right in
            let (here, there) = (left.worst, right.worst)
            if here != there { return here.place < there.place }
            let (many, few) = (left.count(here), right.count(here))
            return many != few ? many > few : left.key.name < right.key.name
        }
    }
}

extension Row {
    /// The groups it belongs to; one without a name where it belongs to none.
    func groups(by grouping: Grouping) -> [String] {
        switch grouping {
        case .tag: watched.tags.isEmpty ? [""] : watched.tags
        case .provider: [provider]
        }
    }
}

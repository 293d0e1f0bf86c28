/// Columns placed in a width: who is shown, where, how wide.
public struct Table<ID: Hashable & Sendable>: Hashable, Sendable {
    /// One column that found room.
    public struct Placed: Hashable, Sendable {
        /// Its name.
        public let id: ID
        /// Its first column, from the left edge of the table.
        public let x: Int
        /// Its columns, at least 1.
        public let width: Int
        /// Where its text stands.
        public let alignment: Alignment
    }

    /// Those that found room, left to right.
    public let columns: [Placed]

    /// Places columns in `width`, `gap` blanks between them. While their minima do not fit, the least important goes;
    /// the last one left shrinks. Spare width brings columns to their ideal, the most important first, then goes to
    /// those with `flex`.
    public init(_ wanted: [TableColumn<ID>], width: Int, gap: Int = 1) {
        let width = min(max(0, width), Size.limit)
        let gap = min(max(0, gap), Size.limit)
        var kept = wanted
        func need() -> Int { kept.reduce(0) { $0 + $1.minimum } + gap * max(0, kept.count - 1) }
        while kept.count > 1, need() > width {
            var least = kept.startIndex
            for index in kept.indices where kept[index].priority <= kept[least].priority { least = index }
            kept.remove(at: least)
        }
        guard width > 0, !kept.isEmpty else {
            columns = []
            return
        }
        var widths = kept.map { min($0.minimum, width) }
        var left = max(0, width - need())
        let byImportance = kept.indices.sorted {
            (kept[$1].priority, $0) < (kept[$0].priority, $1)
        }
        for index in byImportance {
            let more = min(left, kept[index].ideal - kept[index].minimum)
            widths[index] += more
            left -= more
        }
        for (index, share) in Layout.shares(of: left, weights: kept.map(\.flex)).enumerated() { widths[index] += share }
        var x = 0
        columns = kept.indices.map { index in
            defer { x += widths[index] + gap }
            return Placed(id: kept[index].id, x: x, width: widths[index], alignment: kept[index].alignment)
        }
    }

    /// The column of that name; nil where it found no room.
    public subscript(id: ID) -> Placed? { columns.first { $0.id == id } }
}

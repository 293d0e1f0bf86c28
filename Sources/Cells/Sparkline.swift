/// Small pictures of numbers in ASCII.
public enum Sparkline {
    /// Which third of its range a value lies in; themes colour them.
    public enum Level: Hashable, Sendable {
        /// The lowest third.
        case low
        /// The middle.
        case mid
        /// The highest third.
        case high
    }

    /// One column.
    public struct Mark: Hashable, Sendable {
        /// `_ . - = ^ #` from low to high, a space where there is no value.
        public let glyph: Character
        /// Its third; nil where there is no value.
        public let level: Level?
    }

    private static let glyphs: [Character] = ["_", ".", "-", "=", "^", "#"]

    /// One mark a column for the newest values; more values than columns are put together by their largest. `range`
    /// is that of the values where not given; values that are not finite count as none.
    public static func marks(
        _ values: [Double?], columns: Int, range: ClosedRange<Double>? = nil
    ) -> [Mark] {
        guard columns > 0, !values.isEmpty else { return [] }
        let known = values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
        let present = known.compactMap { $0 }
        let lowest = range?.lowerBound ?? present.min() ?? 0
        let highest = range?.upperBound ?? present.max() ?? 0
        let count = min(columns, known.count)
        return (0..<count).map { column in
            let bucket = known[known.count * column / count..<known.count * (column + 1) / count]
            guard let value = bucket.compactMap({ $0 }).max() else { return Mark(glyph: " ", level: nil) }
            // Halved first: the span of two huge values is infinite.
            let span = highest / 2 - lowest / 2
            let share = span > 0 ? min(max((value / 2 - lowest / 2) / span, 0), 1) : 0
            let index = min(Int(share * Double(glyphs.count)), glyphs.count - 1)
            return Mark(glyph: glyphs[index], level: index < 2 ? .low : index < 4 ? .mid : .high)
        }
    }

    /// The marks as text.
    public static func text(_ values: [Double?], columns: Int, range: ClosedRange<Double>? = nil) -> String {
        String(marks(values, columns: columns, range: range).map(\.glyph))
    }

    /// A progress bar of `columns` columns, brackets included: `[####....]`; empty under 3.
    public static func bar(_ fraction: Double, columns: Int) -> String {
        let columns = min(columns, Size.limit)
        guard columns >= 3 else { return "" }
        let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
        let filled = Int(share * Double(columns - 2))
        return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: columns - 2 - filled) + "]"
    }
}

import Deliverability
import FoundationEssentials

/// The last hours or days of one domain, a character for each span: the worst state in it, a blank where nothing is
/// known.
enum StateStrip {
    /// Spans of the overview's column: 24 hours.
    static let columns = 12
    private static let usual = 7_200

    /// The glyphs of the last 24 hours.
    static func text(state: DomainState?, knownFrom: Date?, changes: [Change], now: Date) -> String {
        String(states(state: state, knownFrom: knownFrom, changes: changes, now: now).map { $0?.glyph ?? " " })
    }

    /// The worst state in each span, the oldest first; the last span holds now.
    /// - Parameters:
    ///   - state: what holds now; nil where it is not known.
    ///   - changes: those of the domain, newest first.
    ///   - knownFrom: since when the oldest state that can be told is known to have held.
    ///   - samples: what a history knows besides, in any order.
    ///   - span: seconds; a divisor of a day.
    static func states(
        state: DomainState?, knownFrom: Date?, changes: [Change], samples: [Sample] = [], now: Date,
        columns: Int = columns, span: Int = usual
    ) -> [DomainState?] {
        let start = start(now: now, columns: columns, span: span)
        let end = start + columns * span
        var worst = [DomainState?](repeating: nil, count: columns)
        func fill(from: Int, through: Int, _ state: DomainState) {
            guard through >= start, from < end else { return }
            let first = max(0, (from - start) / span)
            let last = min(columns - 1, (through - start) / span)
            for index in first...max(first, last) where index < columns {
                worst[index] = worst[index].map { min($0, state) } ?? state
            }
        }
        for sample in samples {
            let from = Moment.seconds(sample.start)
            fill(from: from, through: from + max(1, sample.seconds) - 1, sample.worst)
        }
        guard var current = state else { return worst }
        var until = Moment.seconds(now)
        for change in changes {
            let at = Moment.seconds(change.at)
            guard at <= until else { continue }
            fill(from: at, through: until, current)
            current = change.stateBefore
            until = at
        }
        fill(from: min(until, knownFrom.map(Moment.seconds) ?? until), through: until, current)
        return worst
    }

    /// When the first span begins, in seconds since 1970.
    static func start(now: Date, columns: Int, span: Int) -> Int {
        (Moment.seconds(now) / span + 1) * span - columns * span
    }
}

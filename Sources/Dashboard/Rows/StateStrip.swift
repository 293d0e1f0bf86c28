import Deliverability
import FoundationEssentials

/// The last 24 hours of one domain, a character for each two hours: the worst state in them, a blank where nothing
/// is known.
enum StateStrip {
    static let columns = 12
    private static let bucket = 7_200

    /// - Parameters:
    ///   - changes: those of the domain, newest first.
    ///   - knownFrom: since when the oldest state that can be told is known to have held.
    static func text(state: DomainState?, knownFrom: Date?, changes: [Change], now: Date) -> String {
        guard let state else { return String(repeating: " ", count: columns) }
        let end = (Moment.seconds(now) / bucket + 1) * bucket
        let start = end - columns * bucket
        var worst = [DomainState?](repeating: nil, count: columns)
        func fill(from: Int, through: Int, _ state: DomainState) {
            guard through >= start, from < end else { return }
            let first = max(0, (from - start) / bucket)
            let last = min(columns - 1, (through - start) / bucket)
            for index in first...max(first, last) where index < columns {
                worst[index] = worst[index].map { min($0, state) } ?? state
            }
        }
        var current = state
        var until = Moment.seconds(now)
        for change in changes {
            let at = Moment.seconds(change.at)
            guard at <= until else { continue }
            fill(from: at, through: until, current)
            current = change.stateBefore
            until = at
        }
        fill(from: min(until, knownFrom.map(Moment.seconds) ?? until), through: until, current)
        return String(worst.map { $0?.glyph ?? " " })
    }
}

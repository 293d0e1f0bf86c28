import FoundationEssentials

/// Tells a domain that turns again and again from one that turned.
///
/// Steps in one direction, as when one MX host fails after the other, are one turn.
struct FlapGauge: Hashable, Sendable {
    /// So many changes of direction within so many seconds are flapping; quiet for as long, it is over.
    static let most = 4
    static let window: TimeInterval = 3_600
    /// A refusal that stands for so many seconds is told while it flaps, too.
    static let standing: TimeInterval = 300

    /// When it began to get worse, or better.
    private var turns: [Date] = []
    /// The last step, and whether it was one to worse.
    private var last: Date?
    private var isWorsening: Bool?
    private(set) var isFlapping = false

    /// The clock was set back by so many seconds.
    mutating func setBack(by seconds: TimeInterval) {
        turns = turns.map { $0.addingTimeInterval(-seconds) }
        last?.addTimeInterval(-seconds)
    }

    /// Takes one step; true when it is to ring. The turn that makes it flapping rings, what comes after it does not.
    mutating func turned(at moment: Date, isWorse: Bool) -> Bool {
        turns = turns.filter { moment.timeIntervalSince($0) < Self.window }
        if isWorsening != isWorse { turns.append(moment) }
        (last, isWorsening) = (moment, isWorse)
        if turns.count > 100 { turns.removeFirst() }
        guard !isFlapping else { return false }
        isFlapping = turns.count >= Self.most
        return true
    }

    /// Sees whether it flapped and has now come to rest; true once.
    mutating func rested(at moment: Date) -> Bool {
        guard isFlapping, isSteady(for: Self.window, at: moment) else { return false }
        isFlapping = false
        turns = []
        return true
    }

    /// True where nothing turned for so many seconds.
    func isSteady(for span: TimeInterval, at moment: Date) -> Bool {
        last.map { moment.timeIntervalSince($0) >= span } ?? true
    }

    /// Changes of direction within the last hour; nil where it does not flap.
    func rate(at moment: Date) -> Int? {
        isFlapping ? turns.count { moment.timeIntervalSince($0) < Self.window } : nil
    }
}

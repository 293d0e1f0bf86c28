import FoundationEssentials

/// Tells a domain that turns again and again from one that turned.
struct FlapGauge: Hashable, Sendable {
    /// So many turns within so many seconds are flapping; quiet for as long, it is over.
    static let most = 4
    static let window: TimeInterval = 3_600

    private var turns: [Date] = []
    private(set) var isFlapping = false

    /// The clock was set back by so many seconds.
    mutating func setBack(by seconds: TimeInterval) { turns = turns.map { $0.addingTimeInterval(-seconds) } }

    /// Takes one turn; true when it is to ring. The turn that makes it flapping rings, those after it do not.
    mutating func turned(at moment: Date) -> Bool {
        turns = turns.filter { moment.timeIntervalSince($0) < Self.window } + [moment]
        if turns.count > 100 { turns.removeFirst() }
        guard !isFlapping else { return false }
        isFlapping = turns.count >= Self.most
        return true
    }

    /// Sees whether it flapped and has now come to rest; true once.
    mutating func rested(at moment: Date) -> Bool {
        guard isFlapping, let last = turns.last, moment.timeIntervalSince(last) >= Self.window else { return false }
        isFlapping = false
        turns = []
        return true
    }

    /// Turns within the last hour; nil where it does not flap.
    func rate(at moment: Date) -> Int? {
        isFlapping ? turns.count { moment.timeIntervalSince($0) < Self.window } : nil
    }
}

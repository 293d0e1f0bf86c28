import FoundationEssentials

/// What became of the changes that were shown while the file could not be written.
public struct HistoryRecovery: Hashable, Sendable, CustomStringConvertible {
    /// So many are in the file now.
    public let written: Int
    /// So many were too many to be kept in mind: seen ones and those to better went first.
    public let lost: Int

    /// One sentence.
    public var description: String {
        func count(_ number: Int, _ of: String) -> String { "\(number) \(of)\(number == 1 ? "" : "s")" }
        return "the history is written again, with \(count(written, "change")) that waited"
            + (lost > 0 ? "; \(count(lost, "more change")) could not be kept in mind so long" : "")
    }
}

/// A time in which the file cannot be written: what waits is tried again, ever more seldom.
struct HistoryOutage {
    private(set) var trouble: HistoryTrouble
    private(set) var nextTry: Date
    private var pause = Self.firstPause

    /// Seconds from the first failure to the next try, and between tries at most: nobody who has made room waits long.
    static let firstPause: TimeInterval = 5
    static let longestPause: TimeInterval = 60

    init(_ trouble: HistoryTrouble, at now: Date) {
        self.trouble = trouble
        nextTry = now.addingTimeInterval(Self.firstPause)
    }

    /// A try that is further off than it can be was set by a clock that has gone back since.
    func isDue(_ now: Date) -> Bool {
        !trouble.isForGood && (now >= nextTry || nextTry.timeIntervalSince(now) > Self.longestPause)
    }

    /// - Returns: true where it fails for another reason than before.
    mutating func fails(_ again: HistoryTrouble, at now: Date) -> Bool {
        let isOther = again.kind != trouble.kind
        trouble = again
        pause = min(pause * 2, Self.longestPause)
        nextTry = now.addingTimeInterval(pause)
        return isOther
    }
}

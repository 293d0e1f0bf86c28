import Dispatch

/// Deadlines in the order in which they come, which is the order of starting since all wait equally long.
struct DeadlineQueue {
    private var entries: [(id: UInt, at: DispatchTime)] = []
    private var head = 0
    /// True while a timer runs for the first entry.
    var isArmed = false

    mutating func append(_ id: UInt, at: DispatchTime) {
        entries.append((id, at))
    }

    /// Every lookup whose deadline has not been reached, ended ones among them.
    var all: [UInt] { entries[head...].map(\.id) }

    /// The first deadline of a lookup that still waits; ended ones before it are dropped.
    mutating func next(isWaiting: (UInt) -> Bool) -> (id: UInt, at: DispatchTime)? {
        while head < entries.count, !isWaiting(entries[head].id) { head += 1 }
        if head > 1024, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return head < entries.count ? entries[head] : nil
    }
}

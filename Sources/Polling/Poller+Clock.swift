import FoundationEssentials

extension Poller {
    /// A step that no wait notices, in seconds.
    private static let slack: TimeInterval = 1
    /// The loop turns at least once within so many seconds, unless the clock was set forward or the machine slept.
    private static let turn: TimeInterval = 90

    /// Sees whether the clock was set back since it was last read. Waits are by the wall clock: without this, nothing
    /// would be looked at for as long as it went back, and old answers would vouch for a network that is gone.
    func readClock() {
        let now = time.now
        let back = lastRead.timeIntervalSince(now)
        guard back >= Self.slack else {
            if lastRead != .distantPast, -back > Self.turn {
                for index in domains.values.indices { domains.values[index].waitOn(for: -back) }
            }
            lastRead = max(lastRead, now)
            return
        }
        lastRead = now
        facts.setBack(by: back, now: now)
        health.setBack(by: back)
        policyEdges.setBack(by: back)
        settling = settling.mapValues { $0.addingTimeInterval(-back) }
        for index in domains.values.indices { domains.values[index].setBack(by: back, now: now) }
        lastResolverCheck.addTimeInterval(-back)
        rate = LookRate()
        // It waits for a moment that is further off by now.
        timer?.task.cancel()
        timer = nil
        wake()
    }
}

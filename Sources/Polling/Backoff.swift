import FoundationEssentials

/// How long until the next look: the interval when all is well, sooner after bad news, slower again when it lasts.
struct Backoff {
    /// Seconds between looks at what is well.
    let interval: TimeInterval
    /// Seconds between looks at what is not.
    let problemInterval: TimeInterval

    /// - Parameters:
    ///   - badLooks: how many looks in a row told bad news; 0 when all is well.
    ///   - jitter: 0 up to 1, the same for one fact each time so that the load stays spread.
    func delay(badLooks: Int, jitter: Double) -> TimeInterval {
        let base: TimeInterval
        if badLooks == 0 {
            base = interval
        } else {
            // Ten looks at the short rhythm, then twice as long each time, up to the interval.
            let doublings = min(max(badLooks - 10, 0), 10)
            base = min(problemInterval * Double(1 << doublings), max(interval, problemInterval))
        }
        return base * (0.9 + 0.2 * jitter)
    }
}

/// When to paint: at once for a key, at most once an interval for data, never for nothing.
struct FramePacer {
    /// Least time between frames that data caused.
    let interval: Duration
    private var isDirty = false
    private var isUrgent = false
    private var last: ContinuousClock.Instant?

    init(interval: Duration) { self.interval = interval }

    /// Notes that something may have changed.
    mutating func request(urgent: Bool) {
        isDirty = true
        if urgent { isUrgent = true }
    }

    /// When the next frame is due, `now` for at once; nil while nothing has changed.
    func deadline(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard isDirty else { return nil }
        guard !isUrgent, let last else { return now }
        return max(now, last + interval)
    }

    /// True when a frame is due.
    func isDue(_ now: ContinuousClock.Instant) -> Bool { deadline(now).map { $0 <= now } ?? false }

    /// Notes that everything asked for so far is painted.
    mutating func painted(_ now: ContinuousClock.Instant) {
        isDirty = false
        isUrgent = false
        last = now
    }
}

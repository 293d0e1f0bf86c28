public import FoundationEssentials
public import Polling

/// Carries out a schedule on a lab as time goes by.
public actor IncidentRunner {
    private let lab: Lab
    private let schedule: IncidentSchedule
    /// When the current round began.
    private var roundStart: Date
    private var next = 0

    public init(_ lab: Lab, _ schedule: IncidentSchedule = .demo, start: Date) {
        self.lab = lab
        self.schedule = schedule
        roundStart = start
    }

    /// When the next step is due; nil for an empty schedule.
    public var nextMoment: Date? {
        guard !schedule.steps.isEmpty else { return nil }
        return moment(next)
    }

    /// Carries out everything that is due by `now`, in order, and gives one line for each step.
    ///
    /// After a leap over several rounds (a suspended machine) the current round is ended and the rest left out.
    @discardableResult
    public func advance(to now: Date) async throws(LabError) -> [String] {
        var told: [String] = []
        while let due = nextMoment, due <= now {
            let command = schedule.steps[next].command
            step(now)
            told.append(try await lab.perform(command))
        }
        return told
    }

    /// Goes on until the task is cancelled, or the lab fails.
    /// - Parameter tell: gets one line for each step, after it was carried out.
    public func run(time: any TimeSource, tell: @Sendable (String) -> Void) async throws {
        while let due = nextMoment {
            try await time.sleep(until: due)
            for line in try await advance(to: time.now) { tell(line) }
        }
    }

    private func moment(_ index: Int) -> Date {
        roundStart.addingTimeInterval(Double(schedule.steps[index].second))
    }

    private func step(_ now: Date) {
        next += 1
        guard next == schedule.steps.count else { return }
        next = 0
        let period = Double(schedule.period)
        roundStart = roundStart.addingTimeInterval(period)
        let late = now.timeIntervalSince(roundStart)
        if late > period { roundStart = roundStart.addingTimeInterval((late / period).rounded(.down) * period) }
    }
}

import Glibc

extension ChildProcess {
    /// How a limited run ended, and the first bytes that it wrote to standard error.
    public struct Report: Hashable, Sendable {
        public let outcome: Outcome
        /// At most 500 bytes, as written.
        public let errors: [UInt8]
    }

    /// Runs a program to its end, or kills it and all that it started when its time is over; blocks this thread.
    ///
    /// Its output goes nowhere: it runs beside a screen.
    public static func runLimited(_ arguments: [String], input: [UInt8], limit: Duration) -> Report {
        let deadline = ContinuousClock.now + limit
        return runLimited(arguments, input: input) { ContinuousClock.now >= deadline }
    }

    /// The same until a condition holds, which is asked for again and again.
    static func runLimited(_ arguments: [String], input: [UInt8], until isOver: () -> Bool) -> Report {
        let errors = MemoryFile.make()
        guard errors >= 0 else { return Report(outcome: .failed(errno), errors: []) }
        defer { close(errors) }
        let child: ChildProcess
        do throws(StartFailure) {
            child = try start(arguments, input: input, output: .discarded(errors: errors), ownGroup: true)
        } catch {
            return Report(outcome: .failed(error.number), errors: [])
        }
        let outcome = child.wait(until: isOver)
        return Report(outcome: outcome, errors: MemoryFile.head(of: errors, most: 500))
    }

    /// How often a program that runs is looked at.
    private static let lookMilliseconds: Int32 = 20

    private func wait(until isOver: () -> Bool) -> Outcome {
        while true {
            var status: Int32 = 0
            let ended = waitpid(id, &status, WNOHANG)
            if ended == id, let outcome = Self.outcome(ofStatus: status) {
                // What it left running has the hook's time, not ours.
                kill(-id, SIGKILL)
                return outcome
            }
            if ended < 0, errno != EINTR { return .failed(errno) }
            guard !isOver() else {
                kill(-id, SIGKILL)
                waitpid(id, &status, 0)
                return .timedOut
            }
            _ = poll(nil, 0, Self.lookMilliseconds)
        }
    }
}

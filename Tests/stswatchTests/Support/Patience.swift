/// Waiting for a condition instead of sleeping.
enum Patience {
    /// True as soon as the condition is so; false when the time is over.
    static func wait(within seconds: Double, until isSo: () async throws -> Bool) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while true {
            if try await isSo() { return true }
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

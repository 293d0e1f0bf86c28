public import FoundationEssentials

/// Where time comes from: the wall clock, or a test's hand.
public protocol TimeSource: Sendable {
    /// Now, UTC.
    var now: Date { get }
    /// Returns when `moment` has come, or throws `CancellationError`.
    func sleep(until moment: Date) async throws
}

/// The system's clock.
public struct SystemTime: TimeSource {
    public init() {}

    public var now: Date { Date() }

    public func sleep(until moment: Date) async throws {
        let seconds = moment.timeIntervalSince(now)
        if seconds > 0 { try await Task.sleep(for: .seconds(seconds)) } else { try Task.checkCancellation() }
    }
}

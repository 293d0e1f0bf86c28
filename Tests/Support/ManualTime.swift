public import FoundationEssentials
public import Polling
import Synchronization

/// A clock that stands still until the test moves it, and tells when somebody waits for it.
public final class ManualTime: TimeSource {
    private struct Contents {
        var now: Date
        var sleepers: [Int: (until: Date, wake: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<Int> = []
        var lastID = 0
    }

    private let contents: Mutex<Contents>

    public init(_ now: Date = Date(timeIntervalSince1970: 1_795_000_000)) {
        contents = Mutex(Contents(now: now))
    }

    public var now: Date { contents.withLock { $0.now } }

    public func sleep(until moment: Date) async throws {
        let id = contents.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (wake: CheckedContinuation<Void, any Error>) in
                let result: Result<Void, any Error>? = contents.withLock {
                    if $0.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if moment <= $0.now { return .success(()) }
                    $0.sleepers[id] = (moment, wake)
                    return nil
                }
                if let result { wake.resume(with: result) }
            }
        } onCancel: {
            let wake = contents.withLock { contents -> CheckedContinuation<Void, any Error>? in
                guard let sleeper = contents.sleepers.removeValue(forKey: id) else {
                    contents.cancelled.insert(id)
                    return nil
                }
                return sleeper.wake
            }
            wake?.resume(throwing: CancellationError())
        }
    }

    /// Sets the clock to another time, as somebody would by hand: who waits goes on waiting for as long as before.
    public func set(by seconds: TimeInterval) {
        contents.withLock { contents in
            contents.now += seconds
            contents.sleepers = contents.sleepers.mapValues { ($0.until + seconds, $0.wake) }
        }
    }

    /// Moves the clock and wakes who is due.
    public func advance(_ seconds: TimeInterval) {
        let due = contents.withLock { contents in
            contents.now += seconds
            let ids = contents.sleepers.filter { $0.value.until <= contents.now }.map(\.key)
            return ids.compactMap { contents.sleepers.removeValue(forKey: $0)?.wake }
        }
        for wake in due { wake.resume() }
    }
}

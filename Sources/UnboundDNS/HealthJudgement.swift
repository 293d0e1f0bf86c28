import Polling
import Synchronization

/// The last look at the resolver's health, and the one under way: however many ask, one looks.
final class HealthJudgement: Sendable {
    /// How long a look stands when data is about to be called bogus or a server failed.
    static let lifetime: Duration = .seconds(10)

    private struct State {
        var last: (health: ResolverHealth, at: Duration)?
        var running: Task<ResolverHealth, Never>?
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration

    init(uptime: @escaping @Sendable () -> Duration) {
        self.uptime = uptime
    }

    /// The last look's result when it is recent.
    var recent: ResolverHealth? {
        let now = uptime()
        return state.withLock { state in
            guard let last = state.last, now - last.at < Self.lifetime else { return nil }
            return last.health
        }
    }

    /// The last look's result, however old.
    var last: ResolverHealth? { state.withLock { $0.last?.health } }

    /// Looks, or waits for the look under way.
    func look(_ look: @escaping @Sendable () async -> ResolverHealth) async -> ResolverHealth {
        let task = state.withLock { state -> Task<ResolverHealth, Never> in
            if let running = state.running { return running }
            let task = Task {
                let health = await look()
                self.finish(health)
                return health
            }
            state.running = task
            return task
        }
        return await task.value
    }

    private func finish(_ health: ResolverHealth) {
        let now = uptime()
        state.withLock { state in
            state.last = (health, now)
            state.running = nil
        }
    }
}

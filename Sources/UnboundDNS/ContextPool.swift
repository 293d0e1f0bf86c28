import Dispatch
import Synchronization

/// The context in use, replaced by a new one with empty caches when it has grown old, when a look must go around the
/// caches, and when the settings change.
///
/// There is only one at a time, so that time never runs backwards: after a fresh look has seen new data no cached
/// answer can bring back the old. Lookups under way end on the context on which they began, which goes with the last.
final class ContextPool: Sendable {
    /// How long anything may stay in a cache, whatever its TTL.
    static let lifetime: Duration = .seconds(300)
    /// How old an answer may be that still counts as fresh, unless the same question was asked on that context before.
    static let freshness: Duration = .seconds(1)

    private struct State {
        var context: UnboundContext
        var blueprint: ContextBlueprint
        var born: Duration
        /// Counts replacements.
        var serial = 0
        /// Questions asked while the context was fresh.
        var asked: Set<Question> = []
    }

    private enum Choice {
        case use(UnboundContext)
        case replace(serial: Int)
    }

    private let state: Mutex<State>
    /// All contexts are built here, one after the other: building takes milliseconds.
    private let builder = DispatchQueue(label: "stswatch.dns.builder")
    private let uptime: @Sendable () -> Duration

    init(_ blueprint: ContextBlueprint, uptime: @escaping @Sendable () -> Duration) throws(ResolverSetupError) {
        self.uptime = uptime
        state = Mutex(State(context: try blueprint.build(), blueprint: blueprint, born: uptime()))
    }

    /// The settings of the context in use.
    var blueprint: ContextBlueprint { state.withLock { $0.blueprint } }

    /// How often the context has been replaced.
    var replacements: Int { state.withLock { $0.serial } }

    /// The context to ask, replaced before where that is due.
    func context(for question: Question, fresh: Bool) async throws(ResolverSetupError) -> UnboundContext {
        for _ in 0..<3 {
            switch choose(question, fresh: fresh) {
            case .use(let context):
                return context
            case .replace(let serial):
                do throws(ResolverSetupError) {
                    try await onBuilder { () throws(ResolverSetupError) in try self.replace(serial) { _ in } }
                } catch {
                    // An old cache is better than none, but it cannot stand for a fresh look.
                    if fresh { throw error }
                    return state.withLock { $0.context }
                }
            }
        }
        return state.withLock { $0.context }
    }

    private func choose(_ question: Question, fresh: Bool) -> Choice {
        let now = uptime()
        return state.withLock { state in
            let age = now - state.born
            if age < Self.freshness {
                let isNew = state.asked.insert(question).inserted
                if fresh, !isNew { return .replace(serial: state.serial) }
            } else if fresh || age >= Self.lifetime {
                return .replace(serial: state.serial)
            }
            return .use(state.context)
        }
    }

    /// A context of its own with empty caches, built like the one in use.
    func separate(_ validation: ContextBlueprint.Validation) async throws(ResolverSetupError) -> UnboundContext {
        try await onBuilder { () throws(ResolverSetupError) in
            var blueprint = self.blueprint
            blueprint.validation = validation
            return try blueprint.build()
        }
    }

    /// A context that asks one server and validates nothing.
    func asking(_ server: String, timeout: Duration) async throws(ResolverSetupError) -> UnboundContext {
        try await onBuilder { () throws(ResolverSetupError) in
            try ContextBlueprint(upstream: .servers([server]), validation: .off, timeout: timeout).build()
        }
    }

    /// Changes the settings; from then on every lookup goes by them.
    func change(_ change: @escaping @Sendable (inout ContextBlueprint) -> Void) async throws(ResolverSetupError) {
        try await onBuilder { () throws(ResolverSetupError) in try self.replace(nil, change) }
    }

    /// On the builder only. With a serial: unless somebody else has replaced that context already.
    private func replace(
        _ serial: Int?, _ change: (inout ContextBlueprint) -> Void
    ) throws(ResolverSetupError) {
        if let serial, state.withLock({ $0.serial != serial }) { return }
        var blueprint = self.blueprint
        change(&blueprint)
        let context = try blueprint.build()
        let now = uptime()
        state.withLock { state in
            state.context = context
            state.blueprint = blueprint
            state.born = now
            state.serial += 1
            state.asked = []
        }
    }

    private func onBuilder<Value: Sendable>(
        _ work: @escaping @Sendable () throws(ResolverSetupError) -> Value
    ) async throws(ResolverSetupError) -> Value {
        let result = await withCheckedContinuation { continuation in
            builder.async {
                do throws(ResolverSetupError) {
                    continuation.resume(returning: Result<Value, ResolverSetupError>.success(try work()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}

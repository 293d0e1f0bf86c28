import Deliverability
import Foundation
import MTASTS
import Polling
import SQLiteHistory
import Settings

/// One look at some domains by the real engine, the second look at what fails included.
enum OneLook {
    /// Returns when the last verdict was told; the engine answers further questions.
    @discardableResult static func run(
        _ entries: [WatchEntry], _ options: EngineOptions, remembering: Bool = false,
        tell: @escaping @Sendable (EngineEvent) -> Void
    ) throws -> Engine {
        let values = try options.resolved()
        var plan = try Engine.Plan(values)
        plan.poll.confirmation = .once
        // Only where it is asked for: a look from a script leaves nothing behind.
        let history = remembering || options.stateDir != nil ? HistoryAccess.beside(values) : nil
        let running = try Engine(plan, history: history ?? TransientHistory(), tell: tell)
        let poller = running.poller
        Blocking.run {
            await poller.handle(.watch(entries))
            await poller.runOnce()
            await history?.flush(all: true)
        }
        return running
    }

    /// A domain as it was typed, or the sentence that says what is wrong with it.
    static func domain(_ text: String) throws -> DomainName {
        switch DomainInput.read(Array(text.utf8)) {
        case .success(let domain): return domain
        case .failure(let problem):
            throw CommandFailure("\(VisibleText.printable(text)): \(problem.reason)", .usage)
        }
    }
}

extension EngineEvent {
    /// What a command that looks once must say beside its result; nil where there is nothing to say.
    var remark: String? {
        switch self {
        case .resolver(.unvalidated(let words)): "DNS answers are not validated: \(words)"
        case .resolver(.dead(let words)): words
        case .network(.suspect(let reason, _)): reason
        case .network(.clockSuspect(let minutes, _)):
            "This machine's clock seems to be \(abs(minutes)) min \(minutes > 0 ? "behind" : "ahead")."
        case .assessed, .progress, .changed, .rings, .network(.sound), .resolver(.validating): nil
        }
    }
}

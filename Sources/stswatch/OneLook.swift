import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import SQLiteHistory
import Settings
import Synchronization

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

    /// What one look came to: the last verdict of each domain, in the order asked for; what has none is left out. What
    /// must be said beside it is told on standard error, each sentence once.
    static func statuses(
        of entries: [WatchEntry], _ options: EngineOptions, remembering: Bool = false
    ) throws -> (engine: Engine, statuses: [DomainStatus]) {
        let gathering = Gathering()
        let engine = try run(entries, options, remembering: remembering, tell: gathering.take)
        return (engine, gathering.statuses(of: entries.map(\.domain)))
    }

    /// The verdict on one domain, with what it rests on, and the engine that answers further questions.
    /// - Throws: a sentence where there is none.
    static func verdict(
        of domain: DomainName, _ options: EngineOptions, remembering: Bool = false
    ) throws -> (engine: Engine, evidence: DomainEvidence, assessment: Assessment) {
        let look = try statuses(of: [WatchEntry(domain: domain)], options, remembering: remembering)
        guard let status = look.statuses.first, let evidence = status.evidence, let assessment = status.assessment
        else { throw CommandFailure("\(domain): there is no verdict", .unavailable) }
        return (look.engine, evidence, assessment)
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

/// Takes what an engine tells during one look.
final class Gathering: Sendable {
    private let statuses = Mutex<[DomainName: DomainStatus]>([:])
    private let said = Mutex<Set<String>>([])

    /// From any thread.
    func take(_ event: EngineEvent) {
        if case .assessed(let new) = event {
            statuses.withLock { for status in new where status.assessment != nil { $0[status.domain] = status } }
        }
        guard let remark = event.remark, said.withLock({ $0.insert(remark).inserted }) else { return }
        StandardError.write("stswatch: \(VisibleText.printable(remark))\n")
    }

    func statuses(of domains: [DomainName]) -> [DomainStatus] {
        statuses.withLock { statuses in domains.compactMap { statuses[$0] } }
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

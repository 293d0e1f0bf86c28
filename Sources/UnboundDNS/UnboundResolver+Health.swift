import Evidence
import Polling

extension UnboundResolver {
    /// The result of a look that is at most some seconds old.
    func confirmedHealth() async -> ResolverHealth {
        if let recent = judgement.recent { return recent }
        return await health()
    }

    /// Looks up signed names with empty caches, and turns validation off or on for all lookups accordingly.
    func lookAtHealth() async -> ResolverHealth {
        let blueprint = pool.blueprint
        do throws(ResolverSetupError) {
            let health = try await look(through: blueprint.upstream)
            try await adopt(health)
            return health
        } catch {
            return .dead(error.description)
        }
    }

    private func look(through upstream: ContextBlueprint.Upstream) async throws(ResolverSetupError) -> ResolverHealth {
        guard !anchored.isEmpty else {
            let context = try await pool.separate(.off)
            if let death = await death(of: context, asking: ".") { return .dead(death) }
            if let reason = await liveness(of: context) { return .dead(reason) }
            return .unvalidated("No trust anchor is configured, so no answer is validated: use --trust-anchor.")
        }
        // What cannot be validated is looked at twice: a lost packet must not turn validation off.
        var view = try await signedView()
        if case .unvalidated = view { view = try await signedView() }
        switch view {
        case .validated: return .validating
        case .dead(let reason): return .dead(reason)
        case .unvalidated(let reason):
            let remedy =
                upstream.isForwarding
                ? "use --recursive, or another --resolver"
                : "check the clock, and whether DNS leaves this network unchanged"
            return .unvalidated(
                "Answers of \(upstream) cannot be validated (\(reason)), so DANE is unknown: \(remedy).")
        }
    }

    private enum SignedView {
        case validated
        case unvalidated(String)
        case dead(String)
    }

    /// Looks at the SOA of up to four names whose keys are trusted: one that validates will do.
    private func signedView() async throws(ResolverSetupError) -> SignedView {
        let context = try await pool.separate(.strict)
        let questions = anchored.prefix(4).map { Question(name: $0, type: .soa) }
        let seen = await withTaskGroup(of: (Int, LookupEvent).self) { group in
            for (index, question) in questions.enumerated() {
                group.addTask { (index, await context.lookup(question)) }
            }
            var seen: [Int: LookupEvent] = [:]
            for await (index, event) in group {
                seen[index] = event
                if event.isSecure { group.cancelAll() }
            }
            return seen
        }
        if seen.values.contains(where: \.isSecure) {
            if let reason = await liveness(of: context) { return .dead(reason) }
            return .validated
        }
        var death: String?
        for (index, question) in questions.enumerated() {
            guard let event = seen[index] else { continue }
            if case .answer(let raw) = event, raw.bogus != nil || raw.rcode != 2 {
                return .unvalidated(raw.bogus ?? "the SOA record of \(question.name) came without signatures")
            }
            death = death ?? complaint(event, question)
        }
        return .dead(death ?? "")
    }

    /// A forwarder may answer from its cache while its network is gone: asks for a name that no cache holds.
    private func liveness(of context: UnboundContext) async -> String? {
        guard pool.blueprint.upstream.isForwarding else { return nil }
        let label = "stswatch-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let question = Question(name: label, type: .a)
        let event = await context.lookup(question)
        guard case .answer(let raw) = event, raw.rcode != 2 || raw.bogus != nil else {
            // A server that knows only its own zones refuses the rest, and lives.
            if case .refused = LookupFailure(reason: LibraryLog.shared.reason(for: question)) { return nil }
            return complaint(event, question)
        }
        return nil
    }

    private func death(of context: UnboundContext, asking name: String) async -> String? {
        let question = Question(name: name, type: .soa)
        let event = await context.lookup(question)
        if case .answer(let raw) = event, raw.rcode != 2 { return nil }
        return complaint(event, question)
    }

    private func complaint(_ event: LookupEvent, _ question: Question) -> String {
        let upstream = pool.blueprint.upstream
        if case .library(let reason) = event { return "The resolver does not work (\(reason)): start again." }
        let remedy = "check the network" + (upstream.isForwarding ? ", or name another with --resolver." : ".")
        guard case .answer = event else { return "No answer from \(upstream) in \(timeout): \(remedy)" }
        switch LookupFailure(reason: LibraryLog.shared.reason(for: question)) {
        case .serverFailure: return "Nothing but SERVFAIL from \(upstream): \(remedy)"
        case .refused: return "Our questions are refused by \(upstream): name another with --resolver."
        default: return "No answer from \(upstream): \(remedy)"
        }
    }

    private func adopt(_ health: ResolverHealth) async throws(ResolverSetupError) {
        let wanted: ContextBlueprint.Validation
        switch health {
        case .dead: return
        case .validating: wanted = .strict
        case .unvalidated: wanted = .off
        }
        // Servers that were dead are remembered as dead: a new context asks them again.
        let wasDead = if case .dead = judgement.last { true } else { false }
        guard wasDead || pool.blueprint.validation != wanted else { return }
        try await pool.change { $0.validation = wanted }
    }
}

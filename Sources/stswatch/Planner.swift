import Dashboard
import Deliverability
import Evidence
import Foundation
import MTASTS
import Polling
import Settings

/// Judges the plans of the screen over what the engine knows; a new host is looked at once in ten minutes.
actor Planner {
    private struct Look {
        let host: HostEvidence
        let at: Date
    }

    private struct Question: Hashable {
        let host: DomainName
        let domain: DomainName
    }

    private static let keeps: TimeInterval = 600

    private let poller: Poller
    private let isPolling: @Sendable () async -> Bool
    private var looks: [Question: Look] = [:]

    /// - Parameter isPolling: whether the poller polls, or another program does.
    init(_ poller: Poller, isPolling: @escaping @Sendable () async -> Bool) {
        self.poller = poller
        self.isPolling = isPolling
    }

    /// Answers each request unless a later one has come meanwhile; until the task is cancelled.
    nonisolated func answer(
        _ requests: AsyncStream<(PlanRequest, fresh: Bool)>, tell: @escaping @Sendable (PlanRequest, PlanAnswer) -> Void
    ) async {
        var running: Task<Void, Never>?
        for await (request, fresh) in requests {
            running?.cancel()
            running = Task {
                if fresh { await self.forget() }
                let answer = await self.answer(request)
                if !Task.isCancelled { tell(request, answer) }
            }
        }
        running?.cancel()
    }

    private func forget() { looks.removeAll() }

    private func answer(_ request: PlanRequest) async -> PlanAnswer {
        do {
            return .plan(try await judge(request))
        } catch let failure as CommandFailure {
            // The options' names are those of the command line; without the dashes they name the line of the form.
            let words = failure.sentence
            return .failed(words.hasPrefix("--") ? String(words.dropFirst(2)) : words)
        } catch {
            return .failed(VisibleText.printable("\(error)"))
        }
    }

    private func judge(_ request: PlanRequest) async throws -> Plan {
        guard let evidence = await poller.evidence(of: request.domain) else {
            guard await isPolling() else {
                throw CommandFailure(
                    "another monitor polls and this one looks on, without what a plan is judged over: plan there, or "
                        + "look anew with `\(request.command)`", .unavailable)
            }
            throw CommandFailure("there is no verdict yet to start from", .unavailable)
        }
        var change = try PlanInput.change(
            mx: request.addedMX.map { "\($0.preference):\($0.host?.text ?? "")" },
            removeMX: request.removedMX.map(\.text), policy: try request.policyFile.map(Self.file),
            id: request.recordID, tlsa: request.tlsa, removesSTS: request.removesSTS)
        change.policyEdit = request.policyEdit
        let chains = try request.certificates.map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            // Dates stand for the certificate of today; all else names a file.
            guard let value = parts.last, !CertificateDates.isMeant(by: value) else {
                return try PlanInput.certificate(text)
            }
            guard parts.count == 2 else { return try PlanInput.certificate(try Self.file(text)) }
            return try PlanInput.certificate("\(parts[0])=\(try Self.file(value))")
        }
        return try await PlanInput.judge(change, chains, evidence: evidence, poller, now: Date()) {
            await self.look(at: $0, for: request.domain)
        }
    }

    private func look(at host: DomainName, for domain: DomainName) async -> HostEvidence {
        let question = Question(host: host, domain: domain)
        if let look = looks[question], Date().timeIntervalSince(look.at) < Self.keeps { return look.host }
        let seen = await poller.survey(host, for: domain)
        looks = looks.filter { Date().timeIntervalSince($0.value.at) < Self.keeps }
        looks[question] = Look(host: seen, at: Date())
        return seen
    }

    /// A path as it was typed, `~/` opened up; only a file that can be read again is taken: a pipe would hold us up.
    private static func file(_ path: String) throws -> String {
        var path = path
        if path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] {
            path = home + path.dropFirst(1)
        }
        guard FileStamp(path: path) != nil else {
            throw CommandFailure("\(VisibleText.printable(path)): there is no such file", .noInput)
        }
        return path
    }
}

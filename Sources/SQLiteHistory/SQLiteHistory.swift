public import Deliverability
public import FoundationEssentials
import GRDB
public import MTASTS
public import Polling

/// A history in a file: transitions, policy versions and acknowledgements are on the disk before they are shown; the
/// moments that each poll moves are written together every few seconds.
///
/// When the file fails, the monitor goes on from memory and says so once; the file stays as it is.
public actor SQLiteHistory: HistoryStore {
    public nonisolated let place: HistoryPlace
    nonisolated let database: HistoryDatabase
    /// Who acknowledges.
    private let user: String
    /// Takes the sentence when the file fails, from any thread.
    private let trouble: @Sendable (HistoryTrouble) -> Void
    /// Seconds for which moments may wait.
    private let batching: TimeInterval
    private var staging = HistoryStaging()
    private var stagedSince: Date?
    /// In use once the file has failed.
    private var fallback: TransientHistory?

    /// Opens the history, makes its folder and file where they are missing, and brings it to the present shape.
    /// - Parameters:
    ///   - user: who acknowledges changes.
    ///   - batching: seconds for which moments may wait to be written.
    ///   - trouble: takes the sentence when the file fails later, from any thread.
    public init(
        _ place: HistoryPlace, user: String, batching: TimeInterval = 5,
        trouble: @escaping @Sendable (HistoryTrouble) -> Void = { _ in }
    ) throws(HistoryTrouble) {
        self.place = place
        self.user = user
        self.batching = batching
        self.trouble = trouble
        database = try HistoryDatabase(place)
    }

    /// True while what is appended reaches the file.
    public var isDurable: Bool { fallback == nil }

    public func append(_ entries: [HistoryEntry]) async -> [Change] {
        if let fallback { return await fallback.append(entries) }
        var isUrgent = false
        for entry in entries where staging.take(entry) { isUrgent = true }
        let now = entries.map(\.assessment.at).max() ?? .distantPast
        let since = stagedSince ?? now
        stagedSince = since
        guard isUrgent || now.timeIntervalSince(since) >= batching else { return [] }
        do {
            return try await writeStaged()
        } catch {
            return await goOnFromMemory(after: error).append(entries)
        }
    }

    /// Writes what waits; with `all` also the hour that is not over yet, as at the end of the program.
    public func flush(all: Bool = false) async {
        guard fallback == nil else { return }
        if all { staging.closeHours() }
        do {
            _ = try await writeStaged()
        } catch {
            _ = await goOnFromMemory(after: error)
        }
    }

    private func writeStaged() async throws -> [Change] {
        let batch = staging.batch()
        stagedSince = nil
        guard !batch.isEmpty else { return [] }
        return try await database.write { try $0.write(batch) }
    }

    private func goOnFromMemory(after error: any Error) async -> TransientHistory {
        if let fallback { return fallback }
        let known = (try? await database.changes(most: 5_000)) ?? []
        // Another call may have failed meanwhile.
        if let fallback { return fallback }
        let memory = TransientHistory(goingOnFrom: known, user: user)
        fallback = memory
        trouble(HistoryTrouble(error, path: place.database))
        return memory
    }

    public func memory(of domain: DomainName) async -> DomainMemory? {
        if let memory = await fallback?.memory(of: domain) { return memory }
        guard let found = try? await database.memory(of: domain) else { return nil }
        staging.know(found, of: domain)
        return found
    }

    public func verdict(of domain: DomainName) async -> Assessment? {
        guard fallback == nil else { return nil }
        return try? await database.verdict(of: domain)?.assessment
    }

    public func memory(ofHost host: DomainName) async -> HostMemory? {
        if let memory = await fallback?.memory(ofHost: host) { return memory }
        guard let found = try? await database.memory(ofHost: host) else { return nil }
        staging.know(found)
        return found
    }

    public func remember(_ hosts: [DomainName: HostMemory]) async {
        if let fallback { return await fallback.remember(hosts) }
        for memory in hosts.values { staging.take(memory) }
    }

    public func changes(most: Int) async -> [Change] {
        if let fallback { return await fallback.changes(most: most) }
        return (try? await database.changes(most: most)) ?? []
    }

    public func acknowledge(_ ids: [Int], at moment: Date) async -> [Change] {
        if let fallback { return await fallback.acknowledge(ids, at: moment) }
        do {
            return try await database.write { [user] in try $0.acknowledge(ids, at: moment, by: user) }
        } catch {
            return await goOnFromMemory(after: error).acknowledge(ids, at: moment)
        }
    }
}

public import Deliverability
public import FoundationEssentials
import GRDB
public import MTASTS
public import Polling
import Synchronization

/// A history in a file: transitions, policy versions and acknowledgements are on the disk before they are shown; the
/// moments that each poll moves are written together every few seconds.
///
/// When the file fails, the monitor goes on and says so; what it shows meanwhile waits in memory, within bounds, and is
/// written as soon as the file can be. So does one that begins where there is no room. What is damaged stays as it is.
public actor SQLiteHistory: HistoryStore {
    public nonisolated let place: HistoryPlace
    private let opened: Mutex<HistoryDatabase>
    private let patience: TimeInterval
    /// Who acknowledges.
    private let user: String
    /// Seconds for which moments may wait.
    private let batching: TimeInterval
    private let time: any TimeSource
    private let trouble: @Sendable (HistoryTrouble) -> Void
    private let recovered: @Sendable (HistoryRecovery) -> Void
    private var staging = HistoryStaging()
    private var stagedSince: Date?
    /// Since the file has failed, until it takes what waits.
    private var outage: HistoryOutage?
    /// The greatest identifier that is known of a change.
    private var lastID: Int
    /// The other identifier of a change that the file could not take under the one that was shown.
    private var aliases: [Int: Int] = [:]
    private var isBusy = false
    private var queue: [CheckedContinuation<Void, Never>] = []

    /// Opens the history, makes its folder and file where they are missing, and brings it to the present shape.
    /// - Parameters:
    ///   - user: who acknowledges changes.
    ///   - waits: true: where there is no room at the start, or another program holds the file, `trouble` is told and
    ///     what an older run left is shown, until it can be written. Otherwise the one is thrown and the other waited for.
    ///   - batching: seconds for which moments may wait to be written.
    ///   - patience: seconds for which a step waits for another program at work.
    ///   - time: tells when a file that has failed is tried again.
    ///   - trouble: takes the sentence when the file fails later, and again when for another reason; from any thread.
    ///   - recovered: called when the file can be written again, from any thread.
    public init(
        _ place: HistoryPlace, user: String, waits: Bool = false, batching: TimeInterval = 5,
        patience: TimeInterval = 5,
        time: any TimeSource = SystemTime(), trouble: @escaping @Sendable (HistoryTrouble) -> Void = { _ in },
        recovered: @escaping @Sendable (HistoryRecovery) -> Void = { _ in }
    ) throws(HistoryTrouble) {
        self.place = place
        self.user = user
        self.batching = batching
        self.time = time
        self.trouble = trouble
        self.recovered = recovered
        self.patience = patience
        let (database, failure) = try Self.open(place, patience, waits: waits)
        opened = Mutex(database)
        lastID = try database.lastChange()
        guard let failure else { return }
        lastID += Self.gap
        outage = HistoryOutage(failure, at: time.now)
        trouble(failure)
    }

    /// - Returns: the file; or what stands in for it, and why.
    private static func open(
        _ place: HistoryPlace, _ patience: TimeInterval, waits: Bool
    ) throws(HistoryTrouble) -> (HistoryDatabase, HistoryTrouble?) {
        do throws(HistoryTrouble) {
            let database = try HistoryDatabase(place, patience: patience)
            // Who is shown a screen does not wait for another program: what turns waits in memory from the start.
            return (database, waits ? database.isHeld(longerThan: 50, thenWaiting: patience) : nil)
        } catch {
            guard waits else { throw error }
            return (try HistoryDatabase(standingInFor: place, error), error)
        }
    }

    nonisolated var database: HistoryDatabase { opened.withLock { $0 } }

    /// True from a start without room until the file can be written for the first time.
    public nonisolated var isWaitingForRoom: Bool { database.isStandIn }

    /// How many changes that were shown are not in the file.
    public var waitingChanges: Int { staging.changeCount }

    /// Why the file is not written now; nil where it is.
    public var whyUnwritten: HistoryTrouble? { outage?.trouble }

    public func append(_ entries: [HistoryEntry]) async -> [Change] {
        // While the file fails nobody waits for it.
        if outage != nil { return keep(entries) }
        await takeTurn()
        defer { giveTurnBack() }
        if outage != nil { return keep(entries) }
        var isUrgent = false
        for entry in entries where staging.take(entry) { isUrgent = true }
        let now = entries.map(\.assessment.at).max() ?? .distantPast
        let since = stagedSince ?? now
        stagedSince = since
        guard isUrgent || now.timeIntervalSince(since) >= batching else { return [] }
        return await writeStaged()
    }

    /// Writes what waits, where the file has failed only when it is time to try again; with `all`, as at the end of the
    /// program, in any case and also the looks of the last minute.
    /// - Returns: how many changes that were shown still wait; 0 where all is on the disk.
    @discardableResult
    public func flush(all: Bool = false) async -> Int {
        await takeTurn()
        defer { giveTurnBack() }
        if all { staging.closeHours() }
        if let outage, !outage.isDue(time.now), !all || outage.trouble.isForGood { return staging.changeCount }
        _ = await writeStaged()
        return outage == nil ? 0 : staging.changeCount
    }

    public func memory(of domain: DomainName) async -> DomainMemory? {
        if outage != nil, let memory = staging.memory(of: domain) { return memory }
        guard let found = await stored({ try await $0.memory(of: domain) }) else { return nil }
        staging.know(found, of: domain)
        return found
    }

    public func verdict(of domain: DomainName) async -> Assessment? {
        await takeTurn()
        defer { giveTurnBack() }
        if let waiting = staging.verdict(of: domain) { return waiting }
        do {
            return try await database.verdict(of: domain)?.assessment
        } catch {
            unread(error)
            return nil
        }
    }

    public func samples(of domain: DomainName) async -> [Sample] {
        await takeTurn()
        defer { giveTurnBack() }
        let stored = try? await database.read { db in try HistoryReader(db: db, since: nil).samples(of: domain) }
        return staging.samples(of: domain).reduce(stored ?? []) { Sample.merged($0, with: $1) }
    }

    public func memory(ofHost host: DomainName) async -> HostMemory? {
        if outage != nil, let memory = staging.memory(ofHost: host) { return memory }
        guard let found = await stored({ try await $0.memory(ofHost: host) }) else { return nil }
        staging.know(found)
        return found
    }

    public func remember(_ hosts: [DomainName: HostMemory]) async {
        for memory in hosts.values { staging.take(memory) }
    }

    public func changes(most: Int) async -> [Change] {
        await takeTurn()
        defer { giveTurnBack() }
        let stored = ((try? await database.changes(most: most)) ?? []).map(staging.marked)
        return Array((staging.changes.sorted { $0.id > $1.id } + stored).prefix(most))
    }

    /// Those of the identifiers that are in the file.
    public func changes(_ ids: [Int]) async -> [Change] {
        guard !ids.isEmpty else { return [] }
        await takeTurn()
        defer { giveTurnBack() }
        return ((try? await database.changes(ids)) ?? []).map(staging.marked)
    }

    public func acknowledge(_ ids: [Int], at moment: Date) async -> [Change] {
        await takeTurn()
        defer { giveTurnBack() }
        let wanted = ids.map { aliases[$0] ?? $0 }
        if outage == nil {
            do {
                let changes = try await database.write { [user] in try $0.acknowledge(wanted, at: moment, by: user) }
                return underShownIdentifiers(changes)
            } catch {
                failed(error)
            }
        }
        let acknowledgement = HistoryBatch.Acknowledgement(moment: moment, user: user)
        let waiting = wanted.compactMap { staging.acknowledge($0, acknowledgement) }
        let stored = (try? await database.changes(Array(Set(wanted).subtracting(waiting.map(\.id))))) ?? []
        return underShownIdentifiers(waiting + stored.map { staging.acknowledge($0, acknowledgement) })
    }
}

extension SQLiteHistory {
    /// What the file holds; nil where it holds nothing, or nothing that this program understands.
    private func stored<Value: Sendable>(
        _ step: @Sendable (HistoryDatabase) async throws -> Value?
    ) async -> Value? {
        do {
            return try await step(database)
        } catch {
            await takeTurn()
            defer { giveTurnBack() }
            unread(error)
            return nil
        }
    }

    /// A look into the file failed: nothing more is written to it, since who begins from nothing must not write over
    /// what is there.
    private func unread(_ error: any Error) {
        if let error = error as? DatabaseError { failed(HistoryTrouble.unreadable(error, path: place.database)) }
    }

    /// One step after the other: what is on its way to the file is neither there nor waiting.
    private func takeTurn() async {
        guard isBusy else {
            isBusy = true
            return
        }
        await withCheckedContinuation { queue.append($0) }
    }

    private func giveTurnBack() {
        if queue.isEmpty { isBusy = false } else { queue.removeFirst().resume() }
    }

    /// Keeps in mind what cannot be written.
    private func keep(_ entries: [HistoryEntry]) -> [Change] {
        var told: [Change] = []
        for entry in entries {
            let changes = entry.changes.map { $0.numbered(nextID()) }
            staging.take(entry, changes: changes)
            told += changes
        }
        staging.trim()
        return told
    }

    private func nextID() -> Int {
        lastID += 1
        return lastID
    }

    private func writeStaged() async -> [Change] {
        var failure: (any Error)?
        if database.isStandIn || !database.isInPlace {
            failure = outage == nil ? HistoryTrouble.removed(place.database) : beginAnew()
        }
        let batch = staging.batch()
        stagedSince = nil
        guard outage != nil || failure != nil || !batch.isEmpty else { return [] }
        if failure == nil {
            do {
                let written = try await database.write(tries: outage == nil ? 6 : 1) { try $0.write(batch) }
                staging.forget(written.goneDomains, hosts: written.goneHosts)
                took(batch.changes, as: written.changes)
                return written.changes
            } catch {
                failure = error
            }
        }
        if let failure { failed(failure) }
        var back = batch
        back.number { nextID() }
        staging.putBack(back)
        return back.changes
    }

    /// The file has taken what waited.
    private func took(_ changes: [Change], as written: [Change]) {
        for (shown, stored) in zip(changes, written) where shown.id != 0 && shown.id != stored.id {
            aliases[shown.id] = stored.id
        }
        lastID = max(lastID, written.map(\.id).max() ?? 0)
        guard outage != nil else { return }
        outage = nil
        recovered(HistoryRecovery(written: written.count, lost: staging.lostChanges))
        staging.forgetLosses()
    }

    /// Opens what stands at the place now, or makes it; what is known goes into another file once more.
    private func beginAnew() -> HistoryTrouble? {
        do throws(HistoryTrouble) {
            let (before, other) = (database, try HistoryDatabase(place, patience: patience))
            lastID = max(lastID, try other.lastChange())
            opened.withLock { $0 = other }
            // What others wrote meanwhile stands beside what we know, as it does while both are at work.
            if !other.isSameFile(as: before) { staging.forgetStored() }
            return nil
        } catch {
            return error
        }
    }

    /// So many identifiers are left to other programs on this history when it fails: what they told before it did, or
    /// tell while it is held by them.
    private static let gap = 1_000

    private func failed(_ error: any Error) {
        let found = HistoryTrouble(error, path: place.database)
        if outage == nil {
            lastID += Self.gap
            outage = HistoryOutage(found, at: time.now)
            trouble(found)
        } else if outage?.fails(found, at: time.now) == true {
            trouble(found)
        }
    }

    /// A change that was shown under another identifier comes back under both.
    private func underShownIdentifiers(_ changes: [Change]) -> [Change] {
        guard !aliases.isEmpty else { return changes }
        return changes.flatMap { change in
            [change] + aliases.filter { $0.value == change.id }.map { change.numbered($0.key) }
        }
    }
}

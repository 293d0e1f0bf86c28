public import Deliverability
public import FoundationEssentials
import GRDB
public import MTASTS

extension SQLiteHistory {
    /// The last rows and changes; read on the calling thread, since the first frame waits for it.
    /// - Parameter changes: how many changes at most, marked ones besides.
    public nonisolated func snapshot(changes most: Int = 500) throws(HistoryTrouble) -> HistorySnapshot {
        do {
            // By the connection that is open: another would have to read the schema once more.
            return try database.pool.writeWithoutTransaction { db in
                let version = try HistoryDatabase.version(db)
                var (statuses, changes): ([RememberedStatus], [Change]) = ([], [])
                try db.inTransaction(.deferred) {
                    statuses = try HistoryDatabase.statuses(db)
                    changes = try HistoryDatabase.changesToShow(db, most: most)
                    return .commit
                }
                return HistorySnapshot(statuses: statuses, changes: changes, version: version)
            }
        } catch {
            throw HistoryTrouble(error, path: place.database)
        }
    }

    /// A new snapshot where another program has written since the last one; nil where none has, or it cannot be told.
    public func snapshot(after last: HistorySnapshot?, changes most: Int = 500) async -> HistorySnapshot? {
        guard let version = try? await database.version(), version != last?.version else { return nil }
        return try? await database.read { db in
            HistorySnapshot(
                statuses: try HistoryDatabase.statuses(db),
                changes: try HistoryDatabase.changesToShow(db, most: most), version: version)
        }
    }

    /// Everything that is remembered of a domain; nil where nothing is.
    /// - Parameters:
    ///   - since: what was over before is left out.
    ///   - changes: how many changes at most.
    public func history(
        of domain: DomainName, since: Date? = nil, changes most: Int = 1_000
    ) async throws(HistoryTrouble) -> DomainHistory? {
        do {
            return try await database.read { db in try HistoryReader(db: db, since: since).history(of: domain, most) }
        } catch {
            throw HistoryTrouble(error, path: place.database)
        }
    }
}

extension HistoryDatabase {
    /// Grows when another connection than the writing one has changed the file.
    static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }

    func version() async throws -> Int {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncWriteWithoutTransaction { db in continuation.resume(with: Result { try Self.version(db) }) }
        }
    }
}

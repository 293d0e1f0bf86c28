import Deliverability
public import Foundation
import GRDB
import Glibc

extension SQLiteHistory {
    /// What a pruning did.
    public struct Pruned: Hashable, Sendable {
        /// Bytes of the file and its journal.
        public let before: Int
        public let after: Int
    }

    /// Forgets what is older than is kept, and the oldest of the rest until the file fits.
    @discardableResult
    public func prune(_ retention: Retention, now: Date) async throws(HistoryTrouble) -> Pruned {
        let before = place.bytes
        do {
            try await database.write { writer in try Pruning(writer.db, retention, now: now).age() }
            // In steps, so that a monitor beside it waits for none of them long.
            for step in Pruning.Step.allCases {
                while try await database.write({ writer in
                    let pruning = try Pruning(writer.db, retention, now: now)
                    return try pruning.isTooLarge() && pruning.take(step)
                }) {}
            }
            try await database.shrink()
        } catch {
            throw HistoryTrouble(error, path: place.database)
        }
        return Pruned(before: before, after: place.bytes)
    }

    /// SQLite's own check of every page and index, one line a fault; empty where the file is whole.
    public func faults() async throws(HistoryTrouble) -> [String] {
        do {
            return try await database.read { db in
                try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
            }
        } catch {
            throw HistoryTrouble(error, path: place.database)
        }
    }

    /// Bytes of the file and its journal.
    public nonisolated var bytes: Int { place.bytes }
}

extension HistoryPlace {
    var bytes: Int { Self.size(of: database) + journalBytes }

    var journalBytes: Int { Self.size(of: journal) }

    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}

extension HistoryDatabase {
    /// Gives the pages that are free back to the disk, and empties the journal.
    func shrink() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(
                    with: Result {
                        // Each step of the cursor frees a page.
                        let pages = try Row.fetchCursor(db, sql: "PRAGMA incremental_vacuum")
                        while try pages.next() != nil {}
                        // Another reader may hold the journal: the next time it is emptied.
                        _ = try? db.checkpoint(.truncate)
                    })
            }
        }
    }
}

/// Deletes within one transaction.
struct Pruning {
    let db: Database
    let retention: Retention
    /// What the file ages by: a clock that is ahead must not make all of it old at once.
    let now: Date

    /// - Parameter now: by the clock. It counts as far as something was looked at, and no more than some days beyond
    ///   the days before it.
    init(_ db: Database, _ retention: Retention, now: Date) throws {
        (self.db, self.retention) = (db, retention)
        let last = try Double.fetchOne(db, sql: "SELECT max(checked_at) FROM stamp")
        let days = try Int.fetchAll(db, sql: "SELECT DISTINCT day FROM sample ORDER BY day DESC LIMIT 3")
        let steady = days.count < 3 ? nil : days.last.map { Double(($0 + 3) * Sample.day) }
        self.now = [last, steady].compactMap { $0 }.reduce(now) { min($0, Date(unix: $1)) }
    }

    /// What goes first when there is too much; within each the oldest. Last goes what senders may still hold, and what
    /// nobody has acknowledged.
    enum Step: CaseIterable {
        case hours, samples, evidence, hosts, seenChanges, versions, absent, held, marked, left
    }

    /// What a change must not be to be forgotten early.
    private static let isMarked = "is_worse AND acknowledged_at IS NULL"
    /// Domains of which a sender may hold a copy (RFC 8461 3.2).
    private var held: String {
        """
        SELECT domain FROM policy_version JOIN stamp USING (domain)
            WHERE coalesce(gone_at, checked_at) + coalesce(max_age, 0) >= \(now.unix)
        """
    }
    /// No sender holds a copy any more.
    private func nobodyHolds() -> String { "gone_at + coalesce(max_age, 0) < \(now.unix)" }

    /// Rows that go at once, at least; of a large table a twentieth.
    private static let portion = 500

    /// A tenth is left free, so that the next change does not prune again; the journal takes its part.
    func isTooLarge() throws -> Bool {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let free = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
        let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096
        return (pages - free) * size > min(retention.bytes / 10 * 9, retention.brim) - (1 << 20)
    }

    /// Forgets by age.
    func age() throws {
        let end = now.unix - Double(retention.days) * 86_400
        let day = Int((end / Double(Sample.day)).rounded(.down))
        try db.execute(sql: "DELETE FROM sample WHERE day < ?", arguments: [day])
        try rollUp(before: Int(now.unix) / Sample.day - retention.hourlyDays)
        try db.execute(
            sql: """
                DELETE FROM change WHERE at < ?1 AND NOT (\(Self.isMarked))
                """, arguments: [end])
        try db.execute(
            sql: "DELETE FROM policy_version WHERE gone_at < ? AND \(nobodyHolds())", arguments: [end])
        for table in ["record_version", "mx_set"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE gone_at < ?", arguments: [end])
        }
        for (table, place) in [("certificate", ["host", "address"]), ("tlsa_set", ["host"])] {
            let isSamePlace = place.map { "later.\($0) = \(table).\($0)" }.joined(separator: " AND ")
            // What stands is seen by the memory alone: only what was followed by another is over.
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE last_seen < ?1 AND EXISTS
                        (SELECT 1 FROM \(table) later WHERE \(isSamePlace)
                            AND later.first_seen > \(table).first_seen)
                    """, arguments: [end])
        }
        try db.execute(
            sql: """
                DELETE FROM domain WHERE id IN (SELECT domain FROM stamp WHERE checked_at < ?1)
                    AND id NOT IN (SELECT domain FROM change WHERE \(Self.isMarked))
                    AND id NOT IN (\(held))
                """, arguments: [end])
        try db.execute(
            sql: "DELETE FROM host WHERE name IN (SELECT name FROM host_stamp WHERE seen_at < ?1)", arguments: [end])
        try db.execute(sql: "DELETE FROM fact WHERE at < ?1", arguments: [end])
        try sweep()
    }

    private func rollUp(before day: Int) throws {
        let rows = try Row.fetchAll(
            db, sql: "SELECT domain, day, hours FROM sample WHERE day < ? AND length(hours) > 12", arguments: [day])
        for row in rows {
            let whole = Sample.rolledUp(Sample.unpack([UInt8](row[2] as Data), day: row[1]))
            try db.execute(
                sql: "UPDATE sample SET hours = ? WHERE domain = ? AND day = ?",
                arguments: [Data(Sample.pack(whole)), row[0] as Int64, row[1] as Int])
        }
    }

    /// Takes the oldest portion away; false when there is nothing left to take.
    func take(_ step: Step) throws -> Bool {
        let before = db.totalChangesCount
        switch step {
        case .hours: try rollUpOldest()
        case .samples:
            try delete("sample", "(domain, day)", "domain, day", order: "day", "1")
        case .evidence:
            try delete("fact", "key", "key", order: "at", "1")
            try delete(
                "chain_seen", "(subject, chain, first_seen)", "subject, chain, first_seen", order: "first_seen", "1")
        case .hosts:
            let lately = now.unix - 86_400
            try delete(
                "host", "name", "name", from: "host_stamp", order: "seen_at",
                "coalesce(seen_at, 0) < \(lately)")
        case .absent:
            try deleteAbsent(
                "AND domain NOT IN (SELECT domain FROM change WHERE \(Self.isMarked)) AND domain NOT IN (\(held))")
        case .seenChanges: try delete("change", "id", "id", order: "id", "NOT (\(Self.isMarked))")
        case .versions:
            try deleteVersions(nobodyHolds())
            try delete(
                "record_version", "(domain, first_seen, id)", "domain, first_seen, id", order: "gone_at",
                "gone_at IS NOT NULL")
            try delete("mx_set", "(domain, first_seen)", "domain, first_seen", order: "gone_at", "gone_at IS NOT NULL")
        case .held: try deleteVersions("gone_at IS NOT NULL")
        case .marked: try delete("change", "id", "id", order: "id", "1")
        case .left: try deleteAbsent("")
        }
        let took = db.totalChangesCount > before
        if took, [.evidence, .versions, .absent, .held, .left].contains(step) { try sweep() }
        return took
    }

    private func deleteVersions(_ condition: String) throws {
        try delete(
            "policy_version", "(domain, first_seen, id, bytes)", "domain, first_seen, id, bytes", order: "gone_at",
            condition)
    }

    /// Domains that were not looked at lately.
    private func deleteAbsent(_ condition: String) throws {
        let lately = now.unix - 86_400
        try delete(
            "domain", "id", "domain", from: "stamp", order: "checked_at",
            "coalesce(checked_at, 0) < \(lately) \(condition)")
    }

    private func rollUpOldest() throws {
        let day = try Int.fetchOne(
            db, sql: "SELECT min(day) FROM sample WHERE length(hours) > 12 AND day < ?",
            arguments: [Int(now.unix) / Sample.day - 1])
        if let day { try rollUp(before: day + 1) }
    }

    private func delete(
        _ table: String, _ key: String, _ columns: String, from source: String? = nil, order: String,
        _ condition: String
    ) throws {
        try db.execute(
            sql: """
                DELETE FROM \(table) WHERE \(key) IN
                    (SELECT \(columns) FROM \(source ?? table) WHERE \(condition) ORDER BY \(order)
                        LIMIT max(\(Self.portion), (SELECT count(*) FROM \(source ?? table)) / 20))
                """)
    }

    /// Bytes and chains that nothing names any more.
    private func sweep() throws {
        try db.execute(
            sql: """
                DELETE FROM chain WHERE id NOT IN (SELECT chain FROM fact WHERE chain IS NOT NULL)
                    AND id NOT IN (SELECT chain FROM chain_seen);
                DELETE FROM bytes WHERE id NOT IN (SELECT bytes FROM chain_member)
                    AND id NOT IN (SELECT bytes FROM policy_version);
                """)
    }
}

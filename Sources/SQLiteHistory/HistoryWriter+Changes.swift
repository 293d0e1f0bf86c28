import Deliverability
import Foundation
import GRDB
import MTASTS

extension HistoryWriter {
    /// Stores a change and gives it its identifier, unless it was shown under one that is still free; one that another
    /// program on this history has told already is that one.
    /// - Parameter comparedWith: when the verdict was made against which it is told.
    func insert(_ change: Change, of domain: Int64, comparedWith: Date?) throws -> Change {
        let last = try Row.fetchOne(
            db.cachedStatement(sql: "\(ChangeRow.columns) WHERE c.domain = ? ORDER BY c.id DESC LIMIT 1"),
            arguments: [domain])
        if let last, last["writer"] as String != writer, let told = ChangeRow.change(last),
            told.isSame(as: change, comparedWith: comparedWith)
        {
            return told
        }
        let taken = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM change WHERE id = ?"), arguments: [change.id])
        try execute(
            """
            INSERT INTO change (id, domain, at, code, state_before, state_after, before, after, turns, impact, fix,
                is_worse, writer, acknowledged_at, acknowledged_by, news)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                change.id == 0 || taken != nil ? nil : change.id, domain, change.at.unix, change.code?.rawValue,
                change.stateBefore.rawValue,
                change.stateAfter.rawValue, change.before, change.after,
                String(decoding: try MemoryCoding.encode(change.turns), as: UTF8.self), change.impact, change.fix,
                change.isWorse, writer, change.acknowledgedAt?.unix, change.acknowledgedBy,
                try change.news.map { String(decoding: try MemoryCoding.encode($0), as: UTF8.self) },
            ])
        return change.numbered(Int(db.lastInsertedRowID))
    }

    /// Marks changes as acknowledged; what was acknowledged before stays as it is.
    @discardableResult
    func acknowledge(_ ids: [Int], at moment: Date, by user: String) throws -> [Change] {
        try ids.compactMap { id in
            try execute(
                """
                UPDATE change SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ? AND acknowledged_at IS NULL
                """,
                [moment.unix, user, id])
            return try Row.fetchOne(
                db.cachedStatement(sql: "\(ChangeRow.columns) WHERE c.id = ?"), arguments: [id]
            ).flatMap(ChangeRow.change)
        }
    }
}

extension Change {
    /// Two programs that look at one domain see a turn within so many seconds, where both see what was before.
    private static let apart: TimeInterval = 600

    /// True where another program told what this one tells now: after this one's last verdict, or at about the same
    /// time in the same words. What was told earlier has happened once more.
    fileprivate func isSame(as change: Change, comparedWith: Date?) -> Bool {
        guard stateBefore == change.stateBefore, stateAfter == change.stateAfter, code == change.code,
            turns == change.turns, news == nil || news == change.news, at <= change.at.addingTimeInterval(Self.apart)
        else { return false }
        if let comparedWith, at > comparedWith { return true }
        return before == change.before && after == change.after && change.at.timeIntervalSince(at) <= Self.apart
    }
}

/// A row of the table `change`, with its domain's name.
enum ChangeRow {
    static let columns = "SELECT c.*, d.name AS name FROM change c JOIN domain d ON d.id = c.domain"

    /// Nil where the row says nothing that this program knows.
    static func change(_ row: Row) -> Change? {
        guard let domain = DomainName(row["name"] as String),
            let before = DomainState(rawValue: row["state_before"]),
            let after = DomainState(rawValue: row["state_after"])
        else { return nil }
        let turns = try? JSONDecoder().decode([Change.Turn].self, from: Data((row["turns"] as String).utf8))
        let news = (row["news"] as String?).flatMap {
            try? JSONDecoder().decode([Change.News].self, from: Data($0.utf8))
        }
        return Change(
            id: row["id"], domain: domain, at: Date(unix: row["at"]),
            code: (row["code"] as String?).flatMap(FindingCode.init(rawValue:)), stateBefore: before,
            stateAfter: after, before: row["before"], after: row["after"], turns: turns ?? [], impact: row["impact"],
            fix: row["fix"], news: news,
            acknowledgedAt: (row["acknowledged_at"] as Double?).map(Date.init(unix:)),
            acknowledgedBy: row["acknowledged_by"])
    }
}

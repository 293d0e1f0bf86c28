import Deliverability
import Foundation
import GRDB
import MTASTS

extension HistoryDatabase {
    func memory(of domain: DomainName) async throws -> DomainMemory? {
        try await read { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT m.body, t.moments FROM domain d JOIN memory m ON m.domain = d.id
                        LEFT JOIN stamp t ON t.domain = d.id WHERE d.name = ? AND m.version <= ?
                        """), arguments: [domain.text, MemoryCoding.version])
            return try row.map { try MemoryCoding.decode($0[0], moments: $0[1], empty: DomainMemory()) }
        }
    }

    func verdict(of domain: DomainName) async throws -> RememberedVerdict? {
        try await read { db in
            let body = try Data.fetchOne(
                db.cachedStatement(
                    sql: "SELECT m.verdict FROM domain d JOIN memory m ON m.domain = d.id WHERE d.name = ?"),
                arguments: [domain.text])
            return try body.map { try JSONDecoder().decode(RememberedVerdict.self, from: $0) }
        }
    }

    func memory(ofHost host: DomainName) async throws -> HostMemory? {
        try await read { try $0.memory(ofHost: host) }
    }

    /// The newest first.
    func changes(most: Int) async throws -> [Change] {
        try await read { db in
            try Row.fetchAll(db, sql: "\(ChangeRow.columns) ORDER BY c.id DESC LIMIT ?", arguments: [most])
                .compactMap(ChangeRow.change)
        }
    }

    /// Those of the identifiers that there are.
    func changes(_ ids: [Int]) async throws -> [Change] {
        try await read { db in
            try ids.compactMap { id in
                try Row.fetchOne(
                    db.cachedStatement(sql: "\(ChangeRow.columns) WHERE c.id = ?"), arguments: [id]
                ).flatMap(ChangeRow.change)
            }
        }
    }

    /// The greatest identifier that a change has had; 0 before the first.
    func lastChange() throws(HistoryTrouble) -> Int {
        do {
            return try pool.writeWithoutTransaction {
                try Int.fetchOne($0, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'change'") ?? 0
            }
        } catch {
            throw HistoryTrouble(error, path: place.database)
        }
    }

    /// What nobody has acknowledged, and the newest of the rest; ascending.
    static func changesToShow(_ db: Database, most: Int) throws -> [Change] {
        try Row.fetchAll(
            db,
            sql: """
                \(ChangeRow.columns) WHERE c.id IN (
                    SELECT id FROM (SELECT id FROM change WHERE is_worse AND acknowledged_at IS NULL
                        ORDER BY id DESC LIMIT ?1)
                    UNION SELECT id FROM (SELECT id FROM change ORDER BY id DESC LIMIT ?1)) ORDER BY c.id
                """, arguments: [most]
        ).compactMap(ChangeRow.change)
    }

    /// A row for each domain, as it was last shown: decoded from columns, not from evidence.
    static func statuses(_ db: Database, of domain: DomainName? = nil) throws -> [RememberedStatus] {
        let cursor = try Row.fetchCursor(
            db,
            sql: """
                SELECT d.name, s.state, s.why, s.code, s.policy, s.passing, s.hosts, s.tls, s.mx_expires,
                    s.web_expires, s.id_since, s.max_age, s.bounces_at, s.refused, s.state_since, t.checked_at,
                    s.id_older
                FROM status s JOIN domain d ON d.id = s.domain LEFT JOIN stamp t ON t.domain = s.domain
                WHERE ?1 IS NULL OR d.name = ?1
                """, arguments: [domain?.text])
        var statuses: [RememberedStatus] = []
        if domain == nil { statuses.reserveCapacity(try Int.fetchOne(db, sql: "SELECT count(*) FROM status") ?? 0) }
        while let row = try cursor.next() {
            guard let name = DomainName(row[0] as String) else { continue }
            func date(_ column: Int) -> Date? { (row[column] as Double?).map(Date.init(unix:)) }
            var digest = StatusDigest()
            digest.isChecked = true
            digest.state = DomainState(rawValue: row[1]) ?? .unknown
            digest.why = row[2]
            digest.code = row[3]
            digest.policy = row[4]
            digest.passing = row[5]
            digest.hosts = row[6]
            digest.tlsVersion = row[7]
            digest.mxExpires = date(8)
            digest.webExpires = date(9)
            digest.idSince = date(10)
            digest.isIDOlder = row[16]
            digest.maxAge = row[11]
            digest.bouncesAt = date(12)
            digest.isRefused = row[13]
            digest.checkedAt = date(15)
            statuses.append(RememberedStatus(domain: name, digest: digest, stateSince: date(14)))
        }
        return statuses
    }
}

extension Database {
    func memory(ofHost host: DomainName) throws -> HostMemory? {
        let row = try Row.fetchOne(
            cachedStatement(
                sql: """
                    SELECT h.body, t.moments FROM host h LEFT JOIN host_stamp t ON t.name = h.name
                    WHERE h.name = ? AND h.version <= ?
                    """), arguments: [host.text, MemoryCoding.version])
        return try row.map { try MemoryCoding.decode($0[0], moments: $0[1], empty: HostMemory(host: host)) }
    }
}

import Deliverability
import Evidence
import Foundation
import GRDB
import MTASTS

/// Reads what is remembered of one domain, within one view of the file.
struct HistoryReader {
    let db: Database
    /// What was over before is left out.
    let since: Date?

    private var from: Double { since?.unix ?? -Double.greatestFiniteMagnitude }

    func history(of domain: DomainName, _ most: Int) throws -> DomainHistory? {
        guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM domain WHERE name = ?", arguments: [domain.text])
        else { return nil }
        var history = DomainHistory(domain: domain, status: try HistoryDatabase.statuses(db, of: domain).first)
        let memory = try memory(of: id)
        history.policies = try policies(id, memory)
        history.records = try records(id, memory)
        history.mxSets = try mxSets(id, memory)
        let hosts = Set((memory?.mxSets ?? []).flatMap { $0.members.map(\.host) })
        for host in hosts.sorted() {
            let memory = try db.memory(ofHost: host)
            history.certificates += try certificates(host, memory)
            history.tlsa += try tlsa(host, memory)
        }
        history.changes = try Row.fetchAll(
            db, sql: "\(ChangeRow.columns) WHERE c.domain = ? AND c.at >= ? ORDER BY c.id DESC LIMIT ?",
            arguments: [id, from, most]
        ).compactMap(ChangeRow.change)
        history.samples = try samples(of: domain)
        return history
    }

    private func memory(of id: Int64) throws -> DomainMemory? {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT m.body, t.moments FROM memory m LEFT JOIN stamp t ON t.domain = m.domain
                WHERE m.domain = ? AND m.version <= ?
                """, arguments: [id, MemoryCoding.version])
        return try row.map { try MemoryCoding.decode($0[0], moments: $0[1], empty: DomainMemory()) }
    }

    /// A run; where it stands still, the memory knows better when it was last seen than the row that began it.
    private func run<Value>(_ value: Value, _ row: Row, lastSeen: Date?) -> DomainHistory.Run<Value> {
        let gone = (row["gone_at"] as Double?).map(Date.init(unix:))
        return DomainHistory.Run(
            value, firstSeen: Date(unix: row["first_seen"]),
            lastSeen: max(Date(unix: row["last_seen"]), lastSeen ?? .distantPast), goneAt: gone)
    }

    private func policies(_ id: Int64, _ memory: DomainMemory?) throws -> [DomainHistory.Run<DomainHistory.Policy>] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT v.*, b.body FROM policy_version v JOIN bytes b ON b.id = v.bytes
                WHERE v.domain = ? AND coalesce(v.gone_at, 1e300) >= ? ORDER BY v.first_seen DESC
                """, arguments: [id, from]
        ).map { row in
            let policy = DomainHistory.Policy(
                id: row["id"], body: [UInt8](row["body"] as Data), mode: row["mode"], maxAge: row["max_age"])
            let known = memory?.versions.last { $0.id == policy.id && $0.body == policy.body }
            return run(policy, row, lastSeen: row["gone_at"] == nil ? known?.lastSeen : nil)
        }
    }

    private func records(_ id: Int64, _ memory: DomainMemory?) throws -> [DomainHistory.Run<String>] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM record_version WHERE domain = ? AND coalesce(gone_at, 1e300) >= ?
                ORDER BY first_seen DESC
                """, arguments: [id, from]
        ).map { row in
            let known = memory?.records.last { $0.goneAt == nil && $0.id == row["id"] }
            return run(row["id"], row, lastSeen: row["gone_at"] == nil ? known?.lastSeen : nil)
        }
    }

    private func mxSets(_ id: Int64, _ memory: DomainMemory?) throws -> [DomainHistory.Run<[String]>] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM mx_set WHERE domain = ? AND coalesce(gone_at, 1e300) >= ? ORDER BY first_seen DESC
                """, arguments: [id, from]
        ).map { row in
            let members = (row["members"] as String).split(separator: "\n").map(String.init)
            let known = memory?.mxSets.last { $0.goneAt == nil }
            return run(members, row, lastSeen: row["gone_at"] == nil ? known?.lastSeen : nil)
        }
    }

    /// True for what was over before `since`. What is in use may have been seen later than its stamp says, which is
    /// written once an hour.
    private func isOver<Value>(_ run: DomainHistory.Run<Value>, isInUse: Bool) -> Bool {
        run.lastSeen.unix + (isInUse ? 3_600 : 0) < from
    }

    private func certificates(
        _ host: DomainName, _ memory: HostMemory?
    ) throws -> [DomainHistory.Run<DomainHistory.Certificate>] {
        try Row.fetchAll(
            db, sql: "SELECT *, NULL AS gone_at FROM certificate WHERE host = ? ORDER BY first_seen DESC",
            arguments: [host.text]
        ).compactMap { row in
            let certificate = DomainHistory.Certificate(
                host: host, address: row["address"], sha256: row["sha256"], issuer: row["issuer"],
                notBefore: Date(unix: row["not_before"]), notAfter: Date(unix: row["not_after"]))
            let shown = memory?.addresses.first { $0.address.description == certificate.address }?.certificates ?? []
            let known = shown.last {
                $0.fingerprint == certificate.sha256 && $0.firstSeen.unix == row["first_seen"]
            }
            let run = run(certificate, row, lastSeen: known?.lastSeen)
            return isOver(run, isInUse: known != nil && known == shown.last) ? nil : run
        }
    }

    private func tlsa(_ host: DomainName, _ memory: HostMemory?) throws -> [DomainHistory.Run<DomainHistory.TLSA>] {
        try Row.fetchAll(
            db, sql: "SELECT *, NULL AS gone_at FROM tlsa_set WHERE host = ? ORDER BY first_seen DESC",
            arguments: [host.text]
        ).compactMap { row in
            let records = (row["records"] as String).split(separator: "\n").map(String.init)
            let known = memory?.tlsa.last { $0.records == records && $0.firstSeen.unix == row["first_seen"] }
            let run = run(
                DomainHistory.TLSA(host: host, records: records, isSecure: row["secure"]), row,
                lastSeen: known?.lastSeen)
            return isOver(run, isInUse: known != nil && known == memory?.tlsa.last) ? nil : run
        }
    }

    /// Oldest first.
    func samples(of domain: DomainName) throws -> [Sample] {
        let first = since.map { Int(($0.unix / Double(Sample.day)).rounded(.down)) } ?? Int.min
        return try Row.fetchAll(
            db,
            sql: """
                SELECT s.day, s.hours FROM sample s JOIN domain d ON d.id = s.domain
                WHERE d.name = ? AND s.day >= ? ORDER BY s.day
                """, arguments: [domain.text, first]
        ).flatMap { row in Sample.unpack([UInt8](row[1] as Data), day: row[0]) }
    }
}

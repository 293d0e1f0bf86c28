import Deliverability
import Evidence
import Foundation
import GRDB
import MTASTS
import Polling

/// Writes into one open transaction.
struct HistoryWriter {
    let db: Database
    /// Names this run of the program, so that it knows its own changes.
    let writer: String

    /// What became of a batch.
    struct Written: Sendable {
        /// Those of `batch.changes`, in its order, under their identifiers.
        var changes: [Change] = []
        /// Of the stamps: what the file has no memory of any more, so that all of it has to be written.
        var goneDomains: [DomainName] = []
        var goneHosts: [DomainName] = []
    }

    /// Writes everything.
    func write(_ batch: HistoryBatch) throws -> Written {
        var written = Written()
        for (memory, before) in batch.hosts { try write(host: memory, before: before) }
        for (name, moments) in batch.hostStamps {
            try execute(
                "UPDATE host_stamp SET seen_at = ?, moments = ? WHERE name = ?",
                [moments.max()?.unix, MemoryCoding.data(moments), name.text])
            if db.changesCount == 0 { written.goneHosts.append(name) }
        }
        for domain in batch.domains { written.changes += try write(domain) }
        for stamp in batch.stamps {
            try execute(
                "UPDATE stamp SET checked_at = ?, moments = ? WHERE domain = (SELECT id FROM domain WHERE name = ?)",
                [stamp.checkedAt?.unix, MemoryCoding.data(stamp.moments), stamp.name.text])
            if db.changesCount == 0 { written.goneDomains.append(stamp.name) }
        }
        for (name, sample) in batch.samples { try write(sample, of: name) }
        for (id, acknowledgement) in batch.acknowledgements {
            try acknowledge([id], at: acknowledgement.moment, by: acknowledgement.user)
        }
        return written
    }

    func execute(_ sql: String, _ arguments: StatementArguments) throws {
        try db.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    func id(of domain: DomainName) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM domain WHERE name = ?"), arguments: [domain.text])
        if let known { return known }
        try execute("INSERT INTO domain (name) VALUES (?)", [domain.text])
        return db.lastInsertedRowID
    }

    private func write(_ domain: HistoryBatch.Domain) throws -> [Change] {
        let id = try id(of: domain.name)
        try execute(
            """
            INSERT INTO memory (domain, version, body, verdict) VALUES (?, ?, ?, ?)
            ON CONFLICT (domain) DO UPDATE SET version = excluded.version, body = excluded.body,
                verdict = coalesce(excluded.verdict, verdict)
            """,
            [
                id, MemoryCoding.version, try MemoryCoding.encode(domain.memory),
                try domain.verdict.map { try MemoryCoding.encode($0) },
            ])
        try execute(
            "INSERT OR REPLACE INTO stamp (domain, checked_at, moments) VALUES (?, ?, ?)",
            [id, domain.digest.checkedAt?.unix, MemoryCoding.data(domain.memory.moments)])
        try write(domain.digest, stateSince: domain.memory.state?.since, of: id)
        try writeVersions(domain.memory, before: domain.before, of: id)
        for fact in domain.facts { try write(fact) }
        return try domain.changes.map { try insert($0, of: id, comparedWith: domain.comparedWith) }
    }

    private func write(_ digest: StatusDigest, stateSince: Date?, of id: Int64) throws {
        try execute(
            """
            INSERT OR REPLACE INTO status (domain, state, why, code, policy, passing, hosts, tls, mx_expires,
                web_expires, id_since, id_older, max_age, bounces_at, refused, state_since)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, digest.state.rawValue, digest.why, digest.code, digest.policy, digest.passing, digest.hosts,
                digest.tlsVersion, digest.mxExpires?.unix, digest.webExpires?.unix, digest.idSince?.unix,
                digest.isIDOlder, digest.maxAge, digest.bouncesAt?.unix, digest.isRefused, stateSince?.unix,
            ])
    }

    /// Takes out rows that a clock which was ahead began, where the memory knows better by now.
    private func dropAhead(_ memory: DomainMemory, before: DomainMemory, of id: Int64) throws {
        func first(_ memory: DomainMemory) -> Date? {
            (memory.versions.map(\.firstSeen) + memory.records.map(\.firstSeen) + memory.mxSets.map(\.firstSeen)).max()
        }
        guard let old = first(before), let new = first(memory), old > new else { return }
        for table in ["policy_version", "record_version", "mx_set"] {
            try execute("DELETE FROM \(table) WHERE domain = ? AND first_seen > ?", [id, new.unix])
        }
    }

    private func writeVersions(_ memory: DomainMemory, before: DomainMemory?, of id: Int64) throws {
        if let before { try dropAhead(memory, before: before, of: id) }
        let known = Set(before?.versions ?? [])
        for version in memory.versions where !known.contains(version) {
            try execute(
                """
                INSERT INTO policy_version (domain, first_seen, id, bytes, mode, max_age, last_seen, gone_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, gone_at = excluded.gone_at
                """,
                [
                    id, version.firstSeen.unix, version.id, try keep(version.body), version.policy?.mode.rawValue,
                    version.policy?.maxAge, version.lastSeen.unix, version.goneAt?.unix,
                ])
        }
        let knownRecords = Set(before?.records ?? [])
        for record in memory.records where !knownRecords.contains(record) {
            try execute(
                """
                INSERT INTO record_version (domain, first_seen, id, ttl, last_seen, gone_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET ttl = excluded.ttl, last_seen = excluded.last_seen, gone_at = excluded.gone_at
                """,
                [id, record.firstSeen.unix, record.id, record.ttl, record.lastSeen.unix, record.goneAt?.unix])
        }
        let knownSets = Set(before?.mxSets ?? [])
        for set in memory.mxSets where !knownSets.contains(set) {
            let members = set.members.map { "\($0.preference) \($0.host)" }.joined(separator: "\n")
            try execute(
                """
                INSERT INTO mx_set (domain, first_seen, members, last_seen, gone_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET members = excluded.members, last_seen = excluded.last_seen,
                    gone_at = excluded.gone_at
                """,
                [id, set.firstSeen.unix, members, set.lastSeen.unix, set.goneAt?.unix])
        }
    }

    private func write(_ sample: Sample, of name: DomainName) throws {
        let id = try id(of: name)
        let stored = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT hours FROM sample WHERE domain = ? AND day = ?"),
            arguments: [id, sample.dayNumber])
        let day = stored.map { Sample.unpack([UInt8]($0), day: sample.dayNumber) } ?? []
        try execute(
            "INSERT OR REPLACE INTO sample (domain, day, hours) VALUES (?, ?, ?)",
            [id, sample.dayNumber, Data(Sample.pack(Sample.merged(day, with: sample)))])
    }
}

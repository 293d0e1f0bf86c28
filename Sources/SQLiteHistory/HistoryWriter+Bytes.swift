import Deliverability
import Evidence
import Foundation
import GRDB
import MTASTS
import Polling

extension HistoryWriter {
    /// Keeps bytes once; returns their number.
    func keep(_ bytes: [UInt8]) throws -> Int64 {
        let hash = Self.hash(bytes)
        let body = Data(bytes)
        // A hash only finds candidates: strangers choose the bytes, so equality is what counts.
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM bytes WHERE hash = ? AND body = ? LIMIT 1"),
            arguments: [hash, body])
        if let known { return known }
        try execute("INSERT INTO bytes (hash, body) VALUES (?, ?)", [hash, body])
        return db.lastInsertedRowID
    }

    /// FNV-1a, 64 bits: the same on every machine and in every run.
    private static func hash(_ bytes: [UInt8]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }

    /// Keeps a chain once; nil for none.
    private func keep(chain certificates: [[UInt8]]) throws -> Int64? {
        guard !certificates.isEmpty else { return nil }
        let numbers = try certificates.map(keep)
        let members = numbers.map(String.init).joined(separator: " ")
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT id FROM chain WHERE members = ?"), arguments: [members])
        if let known { return known }
        try execute("INSERT INTO chain (members) VALUES (?)", [members])
        let id = db.lastInsertedRowID
        for (position, number) in numbers.enumerated() {
            try execute(
                "INSERT INTO chain_member (chain, position, bytes) VALUES (?, ?, ?)", [id, position, number])
        }
        return id
    }

    func write(_ fact: StoredFact) throws {
        let chain = try keep(chain: fact.certificates)
        try execute(
            "INSERT OR REPLACE INTO fact (key, since, at, chain, body) VALUES (?, ?, ?, ?, ?)",
            [
                fact.key.text, fact.since.unix, fact.at.unix, chain,
                try MemoryCoding.encode(fact.value.with(certificates: [])),
            ])
        guard let chain else { return }
        // A chain that is seen again after others begins a new line; the one that stands does not.
        try execute(
            """
            INSERT INTO chain_seen (subject, chain, first_seen)
            SELECT ?1, ?2, ?3 WHERE ?2 IS NOT
                (SELECT chain FROM chain_seen WHERE subject = ?1 ORDER BY first_seen DESC LIMIT 1)
            ON CONFLICT DO NOTHING
            """,
            [fact.key.chainSubject, chain, fact.at.unix])
    }

    func write(host memory: HostMemory, before: HostMemory?) throws {
        let name = memory.host.text
        try execute(
            """
            INSERT INTO host (name, version, body) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET version = excluded.version, body = excluded.body
            """,
            [name, MemoryCoding.version, try MemoryCoding.encode(memory)])
        try execute(
            "INSERT OR REPLACE INTO host_stamp (name, seen_at, moments) VALUES (?, ?, ?)",
            [name, memory.moments.max()?.unix, MemoryCoding.data(memory.moments)])
        func first(_ memory: HostMemory) -> Date? {
            (memory.tlsa.map(\.firstSeen) + memory.addresses.flatMap(\.certificates).map(\.firstSeen)).max()
        }
        if let old = before.flatMap(first), let new = first(memory), old > new {
            // A clock that was ahead began them, and the memory knows better by now.
            for table in ["certificate", "tlsa_set"] {
                try execute("DELETE FROM \(table) WHERE host = ? AND first_seen > ?", [name, new.unix])
            }
        }
        let known = Set(before?.tlsa ?? [])
        for set in memory.tlsa where !known.contains(set) {
            try execute(
                """
                INSERT INTO tlsa_set (host, first_seen, records, secure, last_seen) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen, secure = excluded.secure
                """,
                [
                    name, set.firstSeen.unix, set.records.joined(separator: "\n"), set.isSecure, set.lastSeen.unix,
                ])
        }
        for address in memory.addresses {
            let known = Set(before?.addresses.first { $0.address == address.address }?.certificates ?? [])
            for certificate in address.certificates where !known.contains(certificate) {
                try execute(
                    """
                    INSERT INTO certificate (host, address, first_seen, sha256, issuer, not_before, not_after, last_seen)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET last_seen = excluded.last_seen
                    """,
                    [
                        name, address.address.description, certificate.firstSeen.unix, certificate.fingerprint,
                        certificate.issuer, certificate.notBefore.unix, certificate.notAfter.unix,
                        certificate.lastSeen.unix,
                    ])
            }
        }
    }
}

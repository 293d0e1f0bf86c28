import GRDB

/// The shapes that a history has had, oldest first. A shape that was released is never changed, only followed.
enum Migrations {
    static var all: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 versions, evidence, changes") { db in try db.execute(sql: first) }
        migrator.registerMigration("2 samples") { db in try db.execute(sql: samples) }
        migrator.registerMigration("3 news of changes") { db in
            try db.execute(sql: "ALTER TABLE change ADD COLUMN news TEXT")
        }
        migrator.registerMigration("4 ids older than the first look") { db in
            try db.execute(sql: "ALTER TABLE status ADD COLUMN id_older INTEGER NOT NULL DEFAULT 0")
        }
        return migrator
    }

    /// Times are seconds since 1970, UTC. Bodies and certificates are kept once each, in `bytes`; `memory` and
    /// `host` hold what judging goes by, as JSON of a version, and beside it the moments that each poll moves.
    private static let first = """
        CREATE TABLE domain (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE bytes (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX bytes_by_hash ON bytes (hash);
        CREATE TABLE chain (id INTEGER PRIMARY KEY, members TEXT NOT NULL UNIQUE);
        CREATE TABLE chain_member (
            chain INTEGER NOT NULL REFERENCES chain ON DELETE CASCADE, position INTEGER NOT NULL,
            bytes INTEGER NOT NULL REFERENCES bytes, PRIMARY KEY (chain, position)) WITHOUT ROWID;
        CREATE INDEX chain_by_bytes ON chain_member (bytes);
        CREATE TABLE memory (
            domain INTEGER PRIMARY KEY REFERENCES domain ON DELETE CASCADE, version INTEGER NOT NULL,
            body BLOB NOT NULL, verdict BLOB);
        CREATE TABLE stamp (
            domain INTEGER PRIMARY KEY REFERENCES domain ON DELETE CASCADE, checked_at REAL, moments BLOB NOT NULL);
        CREATE TABLE status (
            domain INTEGER PRIMARY KEY REFERENCES domain ON DELETE CASCADE, state TEXT NOT NULL, why TEXT NOT NULL,
            code TEXT NOT NULL, policy TEXT NOT NULL, passing INTEGER, hosts INTEGER NOT NULL, tls TEXT NOT NULL,
            mx_expires REAL, web_expires REAL, id_since REAL, max_age INTEGER, bounces_at REAL,
            refused INTEGER NOT NULL, state_since REAL);
        CREATE TABLE host (
            name TEXT PRIMARY KEY, version INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE host_stamp (
            name TEXT PRIMARY KEY REFERENCES host ON DELETE CASCADE, seen_at REAL, moments BLOB NOT NULL)
            WITHOUT ROWID;
        CREATE TABLE fact (
            key TEXT PRIMARY KEY, since REAL NOT NULL, at REAL NOT NULL, chain INTEGER REFERENCES chain,
            body BLOB NOT NULL);
        CREATE INDEX fact_by_chain ON fact (chain);
        CREATE TABLE policy_version (
            domain INTEGER NOT NULL REFERENCES domain ON DELETE CASCADE, first_seen REAL NOT NULL, id TEXT NOT NULL,
            bytes INTEGER NOT NULL REFERENCES bytes, mode TEXT, max_age INTEGER, last_seen REAL NOT NULL,
            gone_at REAL, PRIMARY KEY (domain, first_seen, id, bytes)) WITHOUT ROWID;
        CREATE INDEX policy_by_bytes ON policy_version (bytes);
        CREATE TABLE record_version (
            domain INTEGER NOT NULL REFERENCES domain ON DELETE CASCADE, first_seen REAL NOT NULL, id TEXT NOT NULL,
            ttl INTEGER NOT NULL, last_seen REAL NOT NULL, gone_at REAL,
            PRIMARY KEY (domain, first_seen, id)) WITHOUT ROWID;
        CREATE TABLE mx_set (
            domain INTEGER NOT NULL REFERENCES domain ON DELETE CASCADE, first_seen REAL NOT NULL,
            members TEXT NOT NULL, last_seen REAL NOT NULL, gone_at REAL,
            PRIMARY KEY (domain, first_seen)) WITHOUT ROWID;
        CREATE TABLE certificate (
            host TEXT NOT NULL, address TEXT NOT NULL, first_seen REAL NOT NULL, sha256 TEXT NOT NULL,
            issuer TEXT NOT NULL, not_before REAL NOT NULL, not_after REAL NOT NULL, last_seen REAL NOT NULL,
            PRIMARY KEY (host, address, first_seen, sha256)) WITHOUT ROWID;
        CREATE TABLE chain_seen (
            subject TEXT NOT NULL, chain INTEGER NOT NULL REFERENCES chain, first_seen REAL NOT NULL,
            PRIMARY KEY (subject, chain, first_seen)) WITHOUT ROWID;
        CREATE INDEX chain_seen_by_chain ON chain_seen (chain);
        CREATE TABLE tlsa_set (
            host TEXT NOT NULL, first_seen REAL NOT NULL, records TEXT NOT NULL, secure INTEGER NOT NULL,
            last_seen REAL NOT NULL, PRIMARY KEY (host, first_seen, records)) WITHOUT ROWID;
        CREATE TABLE change (
            id INTEGER PRIMARY KEY AUTOINCREMENT, domain INTEGER NOT NULL REFERENCES domain ON DELETE CASCADE,
            at REAL NOT NULL, code TEXT, state_before TEXT NOT NULL, state_after TEXT NOT NULL, before TEXT NOT NULL,
            after TEXT NOT NULL, turns TEXT NOT NULL, impact TEXT NOT NULL, fix TEXT NOT NULL, is_worse INTEGER NOT NULL,
            writer TEXT NOT NULL, acknowledged_at REAL, acknowledged_by TEXT);
        CREATE INDEX change_by_domain ON change (domain, id);
        CREATE INDEX change_marked ON change (id) WHERE is_worse AND acknowledged_at IS NULL;
        """

    /// A day of one domain in a row; its hours packed as `Sample` says.
    private static let samples = """
        CREATE TABLE sample (
            day INTEGER NOT NULL, domain INTEGER NOT NULL REFERENCES domain ON DELETE CASCADE, hours BLOB NOT NULL,
            PRIMARY KEY (domain, day)) WITHOUT ROWID;
        CREATE INDEX sample_by_day ON sample (day);
        """
}

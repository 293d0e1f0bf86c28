import Foundation
import GRDB
import MTASTS

/// A history as the first released shape left it, frozen: whatever the program becomes, it must read this.
enum VersionOne {
    static func write(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: schema)
            try db.execute(sql: rows)
            try db.execute(
                sql: "UPDATE memory SET body = ?, verdict = ?", arguments: [Data(memory.utf8), Data(verdict.utf8)])
        }
        try queue.close()
    }

    private static let schema = """
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

    private static let rows = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('1 versions, evidence, changes');
        INSERT INTO domain VALUES (1, 'example.com');
        INSERT INTO bytes VALUES (1, -1, CAST('version: STSv1' AS BLOB));
        INSERT INTO memory VALUES (1, 1, x'', NULL);
        INSERT INTO stamp VALUES (1, 1795521900, x'');
        INSERT INTO status VALUES (1, 'bouncing', 'no STARTTLS on mx', 'starttls-removed', 'enforce', 0, 1, '-', NULL,
            NULL, 1795521600, 604800, 1795521660, 1, 1795521660);
        INSERT INTO policy_version VALUES (1, 1795521600, '20261124', 1, 'enforce', 604800, 1795521900, NULL);
        INSERT INTO record_version VALUES (1, 1795521600, '20261124', 300, 1795521900, NULL);
        INSERT INTO mx_set VALUES (1, 1795521600, '10 mx.example.com', 1795521900, NULL);
        INSERT INTO change VALUES (7, 1, 1795521660, 'starttls-removed', 'ok', 'bouncing', 'ok', 'no STARTTLS on mx',
            '[{"sender":"mta-sts","from":"delivers","to":"refused"}]', 'mta-sts senders refuse', 'Turn it on.', 1, 'w',
            NULL, NULL);
        """

    /// With the keys that this shape had at the least: later ones are added as if nothing was known of them.
    private static let memory = """
        {"versions":[],"records":[],"mxSets":[],"hadMXRecords":true,"tookMail":true,"findingsSince":{},"accepted":{},
        "state":{"value":"bouncing","since":817214460}}
        """

    private static let verdict = """
        {"domain":"example.com","at":817214460,"state":"bouncing","why":"no STARTTLS on mx",
        "mtaSTS":{"delivery":"refused","enforced":"refused","reason":""},
        "dane":{"delivery":"none","enforced":"none","reason":""},
        "opportunistic":{"delivery":"delivers","enforced":"delivers","reason":""},
        "cached":[],"findings":[],"forecast":[]}
        """
}

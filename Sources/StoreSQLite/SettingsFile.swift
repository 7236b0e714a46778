import GRDB

/// `settings.sqlite`: what cannot be made anew from the inbox. Keys, people, sessions, the audit list, findings and
/// routes of alerts are in it. Of every secret it holds only a digest, but for those that alerts are sent with.
package final class SettingsFile: Sendable {
    let pool: DatabasePool
    private let path: String

    /// Opens the file, making it or bringing it up to date in its place.
    package init(path: String) throws {
        self.path = path
        pool = try SQLiteFile.open(path, synchronous: "FULL", cacheKilobytes: 1024, checkpoint: .automatic(pages: 100))
        do {
            try Self.migrator.migrate(pool)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    func read<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do {
            return try await pool.read(work)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    func write<T: Sendable>(_ work: @Sendable @escaping (Database) throws -> T) async throws -> T {
        do {
            return try await pool.write(work)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    private static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 keys") { db in
            try db.execute(
                sql: """
                    CREATE TABLE api_key (
                      id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, digest BLOB NOT NULL UNIQUE,
                      created_at INTEGER NOT NULL, revoked_at INTEGER
                    )
                    """)
        }
        migrator.registerMigration("2 people") { db in
            try db.execute(
                sql: """
                    CREATE TABLE person (
                      id INTEGER PRIMARY KEY, name TEXT NOT NULL, login TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
                      password TEXT NOT NULL, language TEXT, created_at INTEGER NOT NULL, disabled_at INTEGER
                    );
                    CREATE TABLE session (
                      id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, person INTEGER NOT NULL REFERENCES person (id),
                      created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
                      revoked_at INTEGER, agent TEXT NOT NULL
                    );
                    CREATE INDEX session_person ON session (person);
                    CREATE TABLE one_time_link (
                      digest BLOB PRIMARY KEY, purpose TEXT NOT NULL, role TEXT, person INTEGER REFERENCES person (id),
                      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
                    ) WITHOUT ROWID;
                    CREATE TABLE audit (
                      id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, person INTEGER, actor TEXT NOT NULL,
                      action TEXT NOT NULL, subject TEXT, rows INTEGER
                    );
                    CREATE INDEX audit_actor ON audit (actor, id);
                    CREATE INDEX audit_action ON audit (action, id);
                    """)
        }
        migrator.registerMigration("3 views and connection marks") { db in
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS saved_view (
                      id TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, query TEXT NOT NULL,
                      person INTEGER, created_at INTEGER NOT NULL
                    );
                    CREATE TABLE IF NOT EXISTS connection_mark (
                      name TEXT PRIMARY KEY, at INTEGER NOT NULL, count INTEGER NOT NULL
                    ) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("4 findings") { db in
            try db.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS finding (
                      id TEXT PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, opened_at INTEGER NOT NULL,
                      updated_at INTEGER NOT NULL, json TEXT NOT NULL
                    );
                    CREATE INDEX IF NOT EXISTS finding_opened ON finding (opened_at, id);
                    CREATE INDEX IF NOT EXISTS finding_state ON finding (state, opened_at);
                    CREATE TABLE IF NOT EXISTS watch (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID
                    """)
        }
        migrator.registerMigration("5 alerts", migrate: SQLiteAlerts.createTables)
        return migrator
    }
}

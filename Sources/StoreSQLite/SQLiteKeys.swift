import Domain
import Foundation
import GRDB
import Storage

/// What cannot be rebuilt from the inbox, in `settings.sqlite`: API keys (only their SHA-256).
package final class SQLiteKeys: KeyStore {
    private let pool: DatabasePool

    package init(path: String) throws {
        pool = try SQLiteFile.open(path, synchronous: "FULL", cacheKilobytes: 1024, checkpoint: .automatic(pages: 100))
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
        try migrator.migrate(pool)
    }

    package func insertKey(
        name: String, role: APIKey.Role, digest: [UInt8], createdAt: Instant
    ) async throws -> APIKey {
        try await pool.write { db in
            try db.execute(
                sql: "INSERT INTO api_key (name, role, digest, created_at) VALUES (?, ?, ?, ?)",
                arguments: [name, role.rawValue, Data(digest), createdAt.microseconds])
            return APIKey(id: db.lastInsertedRowID, name: name, role: role, createdAt: createdAt)
        }
    }

    package func key(digest: [UInt8]) async throws -> APIKey? {
        try await pool.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM api_key WHERE digest = ?", arguments: [Data(digest)])
            return row.flatMap(Self.key)
        }
    }

    package func keys() async throws -> [APIKey] {
        try await pool.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM api_key ORDER BY id").compactMap(Self.key)
        }
    }

    package func revokeKey(id: Int64, at: Instant) async throws -> Bool {
        try await pool.write { db in
            try db.execute(
                sql: "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?",
                arguments: [at.microseconds, id])
            return db.changesCount > 0
        }
    }

    private static func key(_ row: Row) -> APIKey? {
        guard let role = APIKey.Role(rawValue: row["role"]) else { return nil }
        let revokedAt: Int64? = row["revoked_at"]
        return APIKey(
            id: row["id"], name: row["name"], role: role, createdAt: Instant(microseconds: row["created_at"]),
            revokedAt: revokedAt.map(Instant.init(microseconds:)))
    }
}

import Domain
import Foundation
import GRDB
import Storage

/// API keys (only their SHA-256), in `settings.sqlite`.
package final class SQLiteKeys: KeyStore {
    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    package convenience init(path: String) throws { self.init(try SettingsFile(path: path)) }

    package func insertKey(
        name: String, role: APIKey.Role, digest: [UInt8], createdAt: Instant
    ) async throws -> APIKey {
        try await file.write { db in
            try db.execute(
                sql: "INSERT INTO api_key (name, role, digest, created_at) VALUES (?, ?, ?, ?)",
                arguments: [name, role.rawValue, Data(digest), createdAt.microseconds])
            return APIKey(id: db.lastInsertedRowID, name: name, role: role, createdAt: createdAt)
        }
    }

    package func key(digest: [UInt8]) async throws -> APIKey? {
        try await file.read { db in
            let row = try Row.fetchOne(db, sql: "SELECT * FROM api_key WHERE digest = ?", arguments: [Data(digest)])
            return row.flatMap(Self.key)
        }
    }

    package func keys() async throws -> [APIKey] {
        try await file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM api_key ORDER BY id").compactMap(Self.key)
        }
    }

    package func revokeKey(id: Int64, at: Instant) async throws -> Bool {
        try await file.write { db in
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

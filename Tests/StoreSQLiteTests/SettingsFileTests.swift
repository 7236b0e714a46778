import Domain
import Foundation
import GRDB
import Storage
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct SettingsFileTests {
    /// As installations have it from before people were in it.
    private func old(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
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
        try migrator.migrate(queue)
        try queue.write { db in
            try db.execute(
                sql: "INSERT INTO api_key (name, role, digest, created_at) VALUES ('shop', 'ingest', x'0102', 7)")
        }
        try queue.close()
    }

    private func path() -> String {
        FileManager.default.temporaryDirectory.appending(path: "pantau-settings-\(UUID().uuidString).sqlite").path
    }

    @Test func anOldFileKeepsItsKeysAndTakesPeople() async throws {
        let path = path()
        defer { for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) } }
        try old(path)
        for _ in 0..<2 {
            let file = try SettingsFile(path: path)
            #expect(try await SQLiteKeys(file).key(digest: [1, 2])?.name == "shop")
            #expect(try await SQLitePeople(file).people().isEmpty)
            #expect(try await !SQLitePeople(file).hasPerson(role: "owner"))
        }
    }
}

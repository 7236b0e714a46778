import Domain
import GRDB

/// What is remembered of the connection to the outside, in `settings.sqlite`: none of it can be rebuilt from the inbox.
package final class SQLiteConnections: Sendable {
    private let pool: DatabasePool

    package init(path: String) throws {
        pool = try SQLiteFile.open(path, synchronous: "NORMAL", cacheKilobytes: 256, checkpoint: .automatic(pages: 100))
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 connection marks") { db in
            try db.execute(
                sql: """
                    CREATE TABLE connection_mark (
                      name TEXT PRIMARY KEY, at INTEGER NOT NULL, count INTEGER NOT NULL
                    ) WITHOUT ROWID
                    """)
        }
        do {
            try migrator.migrate(pool)
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    /// Notes that something happened `count` times more, last at `at`.
    package func note(_ mark: ConnectionMark, at: Instant, count: Int64 = 1) async throws {
        try await pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO connection_mark (name, at, count) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET
                      at = max(at, excluded.at), count = count + excluded.count
                    """,
                arguments: [mark.rawValue, at.microseconds, count])
        }
    }

    package func forget(_ mark: ConnectionMark) async throws {
        try await pool.write { db in
            try db.execute(sql: "DELETE FROM connection_mark WHERE name = ?", arguments: [mark.rawValue])
        }
    }

    package func marks() async throws -> [ConnectionMark: ConnectionCount] {
        try await pool.read { db in
            var marks: [ConnectionMark: ConnectionCount] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT name, at, count FROM connection_mark") {
                guard let mark = ConnectionMark(rawValue: row[0]) else { continue }
                marks[mark] = ConnectionCount(at: Instant(microseconds: row[1]), count: row[2])
            }
            return marks
        }
    }
}

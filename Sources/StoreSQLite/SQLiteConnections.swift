import Domain
import GRDB

/// What is remembered of the connection to the outside, in `settings.sqlite`: none of it can be rebuilt from the inbox.
package final class SQLiteConnections: Sendable {
    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    /// Notes that something happened `count` times more, last at `at`.
    package func note(_ mark: ConnectionMark, at: Instant, count: Int64 = 1) async throws {
        try await file.write { db in
            try db.execute(
                sql: """
                    INSERT INTO connection_mark (name, at, count) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET
                      at = max(at, excluded.at), count = count + excluded.count
                    """,
                arguments: [mark.rawValue, at.microseconds, count])
        }
    }

    package func forget(_ mark: ConnectionMark) async throws {
        try await file.write { db in
            try db.execute(sql: "DELETE FROM connection_mark WHERE name = ?", arguments: [mark.rawValue])
        }
    }

    package func marks() async throws -> [ConnectionMark: ConnectionCount] {
        try await file.read { db in
            var marks: [ConnectionMark: ConnectionCount] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT name, at, count FROM connection_mark") {
                guard let mark = ConnectionMark(rawValue: row[0]) else { continue }
                marks[mark] = ConnectionCount(at: Instant(microseconds: row[1]), count: row[2])
            }
            return marks
        }
    }
}

import Domain
import GRDB
import Storage

/// Saved views, in `settings.sqlite`.
package final class SQLiteViews: ViewStore {
    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    package func save(_ view: SavedView) async throws {
        try await file.write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO saved_view (id, name, path, query, person, created_at)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [view.id, view.name, view.path, view.query, view.person, view.createdAt.microseconds])
        }
    }

    package func views() async throws -> [SavedView] {
        try await file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM saved_view ORDER BY name COLLATE NOCASE, id").map(Self.view)
        }
    }

    package func view(id: String) async throws -> SavedView? {
        try await file.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM saved_view WHERE id = ?", arguments: [id]).map(Self.view)
        }
    }

    package func deleteView(id: String) async throws -> Bool {
        try await file.write { db in
            try db.execute(sql: "DELETE FROM saved_view WHERE id = ?", arguments: [id])
            return db.changesCount > 0
        }
    }

    private static func view(_ row: Row) -> SavedView {
        SavedView(
            id: row["id"], name: row["name"], path: row["path"], query: row["query"], person: row["person"],
            createdAt: Instant(microseconds: row["created_at"]))
    }
}

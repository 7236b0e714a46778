import Domain
import GRDB
import Storage

/// Findings, in `settings.sqlite`.
package final class SQLiteFindings: FindingStore {
    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    package func save(_ findings: [KeptFinding]) async throws {
        guard !findings.isEmpty else { return }
        try await file.write { db in
            for finding in findings {
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO finding (id, kind, state, opened_at, updated_at, json)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        finding.id, finding.kind, finding.state, finding.openedAt.microseconds,
                        finding.updatedAt.microseconds, finding.json,
                    ])
            }
        }
    }

    package func findings(state: String?, limit: Int) async throws -> [KeptFinding] {
        try await file.read { db in
            let order = "ORDER BY opened_at DESC, id DESC LIMIT ?"
            let rows =
                try state.map {
                    try Row.fetchAll(db, sql: "SELECT * FROM finding WHERE state = ? \(order)", arguments: [$0, limit])
                } ?? Row.fetchAll(db, sql: "SELECT * FROM finding \(order)", arguments: [limit])
            return rows.map(Self.finding)
        }
    }

    package func finding(id: String) async throws -> KeptFinding? {
        try await file.read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM finding WHERE id = ?", arguments: [id]).map(Self.finding)
        }
    }

    package func deleteFindings(openedSince instant: Instant) async throws {
        try await file.write { db in
            try db.execute(sql: "DELETE FROM finding WHERE opened_at >= ?", arguments: [instant.microseconds])
        }
    }

    package func watchedTo() async throws -> Instant? {
        try await file.read { db in
            try Int64.fetchOne(db, sql: "SELECT at FROM watch WHERE name = 'watched_to'")
                .map(Instant.init(microseconds:))
        }
    }

    package func setWatchedTo(_ instant: Instant) async throws {
        try await file.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO watch (name, at) VALUES ('watched_to', ?)",
                arguments: [instant.microseconds])
        }
    }

    package func version() async throws -> Int64 {
        try await file.read { db in
            let sql = """
                SELECT count(*), coalesce(max(updated_at), 0),
                    coalesce((SELECT at FROM watch WHERE name = 'watched_to'), 0)
                FROM finding
                """
            guard let row = try Row.fetchOne(db, sql: sql) else { return 0 }
            let (count, changed, looked): (Int64, Int64, Int64) = (row[0], row[1], row[2])
            return count &+ changed &+ looked
        }
    }

    private static func finding(_ row: Row) -> KeptFinding {
        KeptFinding(
            id: row["id"], kind: row["kind"], state: row["state"],
            openedAt: Instant(microseconds: row["opened_at"]), updatedAt: Instant(microseconds: row["updated_at"]),
            json: row["json"])
    }
}

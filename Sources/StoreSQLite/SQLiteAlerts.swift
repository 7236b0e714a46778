import Domain
import Foundation
import GRDB
import Storage

/// Routes, their secrets, what alerting remembers and its log, in `settings.sqlite`.
package final class SQLiteAlerts: AlertStore {
    /// Lines of the log that are kept.
    static let eventsMax: Int64 = 5_000

    private let file: SettingsFile

    package init(_ file: SettingsFile) { self.file = file }

    package convenience init(path: String) throws { self.init(try SettingsFile(path: path)) }

    static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS alert_route (
                  place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL, secret TEXT,
                  removed_at INTEGER
                );
                CREATE TABLE IF NOT EXISTS alert_state (id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB NOT NULL);
                CREATE TABLE IF NOT EXISTS alert_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS alert_event (
                  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, route TEXT NOT NULL,
                  outcome TEXT NOT NULL, title_id TEXT NOT NULL, title_en TEXT NOT NULL, reason_id TEXT,
                  reason_en TEXT, findings TEXT NOT NULL
                );
                CREATE INDEX IF NOT EXISTS alert_event_route ON alert_event (route, id)
                """)
    }

    // MARK: State

    package func alertState() async throws -> [UInt8]? {
        try await file.read { db in
            try Data.fetchOne(db, sql: "SELECT state FROM alert_state WHERE id = 1").map { [UInt8]($0) }
        }
    }

    package func setAlertState(_ bytes: [UInt8]) async throws {
        try await file.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO alert_state (id, state) VALUES (1, ?)", arguments: [Data(bytes)])
        }
    }

    // MARK: Routes

    package func alertRoutes() async throws -> [KeptRoute] {
        try await file.read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM alert_route ORDER BY place").map { row in
                let removedAt: Int64? = row["removed_at"]
                return KeptRoute(
                    id: row["id"], json: row["json"], secret: row["secret"],
                    removedAt: removedAt.map(Instant.init(microseconds:)))
            }
        }
    }

    package func saveAlertRoute(_ route: KeptRoute) async throws {
        try await file.write { db in
            try db.execute(
                sql: """
                    INSERT INTO alert_route (id, json, secret, removed_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (id) DO UPDATE SET
                      json = excluded.json, secret = excluded.secret, removed_at = excluded.removed_at
                    """,
                arguments: [route.id, route.json, route.secret, route.removedAt?.microseconds])
        }
    }

    // MARK: Settings

    package func alertSetting(_ name: String) async throws -> String? {
        try await file.read { db in try Self.setting(name, db) }
    }

    package func setAlertSetting(_ name: String, to value: String?) async throws {
        try await file.write { db in
            guard let value else {
                return try db.execute(sql: "DELETE FROM alert_setting WHERE name = ?", arguments: [name])
            }
            try db.execute(
                sql: "INSERT OR REPLACE INTO alert_setting (name, value) VALUES (?, ?)", arguments: [name, value])
        }
    }

    package func alertSetting(_ name: String, orSet value: String) async throws -> String {
        try await file.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO alert_setting (name, value) VALUES (?, ?)", arguments: [name, value])
            return try Self.setting(name, db) ?? value
        }
    }

    private static func setting(_ name: String, _ db: Database) throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM alert_setting WHERE name = ?", arguments: [name])
    }

    // MARK: The log

    package func noteAlerts(_ events: [AlertEvent]) async throws {
        guard !events.isEmpty else { return }
        try await file.write { db in
            for event in events {
                try db.execute(
                    sql: """
                        INSERT INTO alert_event
                          (at, route, outcome, title_id, title_en, reason_id, reason_en, findings)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        event.at.microseconds, event.route, event.outcome.rawValue, event.title.id, event.title.en,
                        event.reason?.id, event.reason?.en, event.findings.joined(separator: " "),
                    ])
            }
            try db.execute(
                sql: "DELETE FROM alert_event WHERE id <= ?", arguments: [db.lastInsertedRowID - Self.eventsMax])
        }
    }

    package func alertEvents(route: String?, limit: Int) async throws -> [AlertEvent] {
        try await file.read { db in
            let rows =
                try route.map {
                    try Row.fetchAll(
                        db, sql: "SELECT * FROM alert_event WHERE route = ? ORDER BY id DESC LIMIT ?",
                        arguments: [$0, limit])
                } ?? Row.fetchAll(db, sql: "SELECT * FROM alert_event ORDER BY id DESC LIMIT ?", arguments: [limit])
            return rows.compactMap(Self.event)
        }
    }

    private static func event(_ row: Row) -> AlertEvent? {
        guard let outcome = AlertEvent.Outcome(rawValue: row["outcome"]) else { return nil }
        let (reasonID, reasonEN): (String?, String?) = (row["reason_id"], row["reason_en"])
        let findings: String = row["findings"]
        return AlertEvent(
            id: row["id"], at: Instant(microseconds: row["at"]), route: row["route"], outcome: outcome,
            title: Text(id: row["title_id"], en: row["title_en"]),
            reason: reasonID.map { Text(id: $0, en: reasonEN ?? $0) },
            findings: findings.split(separator: " ").map(String.init))
    }
}

import Domain
import GRDB

/// Tables of `ContactBook`.
extension Schema {
    /// People by day, and by the quarter hour of their first message of the day; each with the day before.
    static let contactCells = ["contact_day", "contact_quarter_hour"]
    static let contactTables = ["contact"] + contactCells
    /// Kinds of `thread_entry` that are somebody's words.
    static let spokenKinds = "1, 3"

    static func createContacts(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE contact (
                  person INTEGER NOT NULL, line INTEGER NOT NULL, days BLOB NOT NULL,  -- ContactDays
                  PRIMARY KEY (person, line)
                ) WITHOUT ROWID
                """)
        for table in contactCells {
            try db.execute(
                sql: """
                    CREATE TABLE \(table) (
                      line INTEGER NOT NULL,          -- -1: all of them
                      at INTEGER NOT NULL, previous INTEGER NOT NULL, people INTEGER NOT NULL,
                      PRIMARY KEY (line, at, previous)
                    ) WITHOUT ROWID
                    """)
        }
        // A file that had none before is counted from its threads.
        guard let zone = try String.fetchOne(db, sql: "SELECT zone FROM progress") else { return }
        try ContactRecount.rebuild(db, clock: ZoneClock.named(zone))
    }
}

import GRDB

/// Tables of what was received, from where and when; nothing of it is a fact.
extension Schema {
    /// A file of an earlier version counts from now on: facts need not be made anew for it, and `pantau replay` counts
    /// what was received before.
    static func createReceipts(_ db: Database) throws {
        let counts = ["deliveries", "events", "duplicates", "out_of_order", "not_understood"]
            .map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE receipt (
                  quarter INTEGER NOT NULL, source INTEGER NOT NULL, name TEXT NOT NULL, \(counts),
                  PRIMARY KEY (quarter, source, name)
                ) WITHOUT ROWID;
                CREATE TABLE receipt_source (
                  source INTEGER NOT NULL, name TEXT NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
                  \(counts), PRIMARY KEY (source, name)
                ) WITHOUT ROWID;
                -- How late new events were received, by UTC day.
                CREATE TABLE receipt_lateness (
                  day INTEGER NOT NULL, source INTEGER NOT NULL, name TEXT NOT NULL, bins BLOB NOT NULL,
                  PRIMARY KEY (day, source, name)
                ) WITHOUT ROWID;
                CREATE TABLE meta_field (
                  field TEXT PRIMARY KEY, changes INTEGER NOT NULL, last_at INTEGER NOT NULL
                ) WITHOUT ROWID;
                """)
    }

    static var rebuiltReceipts: [String] { ["receipt", "receipt_source", "receipt_lateness", "meta_field"] }
}

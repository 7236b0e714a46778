import Catalogue
import GRDB

/// Tables of `pantau.sqlite`. All of it can be rebuilt from the inbox (`pantau replay`).
enum Schema {
    static let measureColumns = MessageMeasure.allCases.map(\.column)

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 facts and cells") { db in
            try createFacts(db)
            try createDictionaries(db)
            for cube in Cube.allCases {
                for grain in CellGrain.allCases { try createCells(db, cube, grain) }
            }
            try createProgress(db)
        }
        return migrator
    }

    static func cellTable(_ cube: Cube, _ grain: CellGrain) -> String { "cell_\(cube.name)_\(grain.rawValue)" }
    static func binTable(_ grain: CellGrain) -> String { "bins_\(grain.rawValue)" }
    static func segmentTable(_ cube: Cube?) -> String { cube.map { "segment_\($0.name)" } ?? "segment" }

    /// Facts are keyed by arrival, so that new and changing rows lie together; the random message ids live only
    /// in a narrow table of 64-bit hashes.
    private static func createFacts(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE message (
                  id INTEGER PRIMARY KEY,         -- arrival
                  hash INTEGER NOT NULL,          -- of the message's key, see message_key
                  cohort_at INTEGER NOT NULL,     -- microseconds
                  person INTEGER NOT NULL,
                  line INTEGER NOT NULL,          -- business number; -1: group, no thread of its own
                  segment INTEGER NOT NULL,
                  flags INTEGER NOT NULL,         -- MessageFlags
                  time_to_deliver INTEGER,        -- microseconds
                  time_to_read INTEGER,
                  expires_at INTEGER,             -- only while pending
                  state BLOB NOT NULL             -- MessageState
                );
                CREATE INDEX message_thread ON message (person, line, cohort_at);
                CREATE INDEX message_expiry ON message (expires_at) WHERE expires_at IS NOT NULL;
                CREATE TABLE message_key (hash INTEGER PRIMARY KEY, message INTEGER NOT NULL);
                -- Which arrivals hold a day's messages: a range scan instead of an index on every row.
                CREATE TABLE span (day INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
                CREATE TABLE thread_mark (
                  person INTEGER NOT NULL, line INTEGER NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL,
                  PRIMARY KEY (person, line, at, kind)
                ) WITHOUT ROWID;
                CREATE TABLE timeline (
                  key INTEGER PRIMARY KEY, at INTEGER NOT NULL, field TEXT NOT NULL, event BLOB NOT NULL
                );
                CREATE INDEX timeline_at ON timeline (at);
                """)
    }

    private static func createDictionaries(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE person_name (hash INTEGER PRIMARY KEY, person INTEGER NOT NULL, name TEXT NOT NULL);
                CREATE INDEX person_name_person ON person_name (person);
                CREATE TABLE line (id INTEGER PRIMARY KEY, phone_number TEXT NOT NULL UNIQUE);
                """)
        let all: [(String, [Dimension])] =
            [(segmentTable(nil), Dimension.stored)] + Cube.allCases.map { (segmentTable($0), $0.dimensions) }
        for (table, dimensions) in all {
            let columns = dimensions.map { "\($0.rawValue) TEXT" }.joined(separator: ", ")
            try db.execute(sql: "CREATE TABLE \(table) (id INTEGER PRIMARY KEY, \(columns))")
        }
    }

    private static func createCells(_ db: Database, _ cube: Cube, _ grain: CellGrain) throws {
        let measures = measureColumns.map { "\($0) INTEGER NOT NULL" }.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE \(cellTable(cube, grain)) (
                  bucket INTEGER NOT NULL, segment INTEGER NOT NULL, \(measures), PRIMARY KEY (bucket, segment)
                ) WITHOUT ROWID
                """)
        guard cube.hasDurations else { return }
        try db.execute(
            sql: """
                CREATE TABLE \(binTable(grain)) (
                  bucket INTEGER NOT NULL, segment INTEGER NOT NULL, duration INTEGER NOT NULL, bins BLOB NOT NULL,
                  PRIMARY KEY (bucket, segment, duration)
                ) WITHOUT ROWID
                """)
    }

    private static func createProgress(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE progress (
                  id INTEGER PRIMARY KEY CHECK (id = 1), cursor INTEGER NOT NULL, version INTEGER NOT NULL,
                  as_of INTEGER NOT NULL, received_at INTEGER, zone TEXT NOT NULL
                );
                CREATE TABLE not_understood (
                  field TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, last_at INTEGER NOT NULL,
                  PRIMARY KEY (field, reason)
                ) WITHOUT ROWID;
                """)
    }

    /// Every table that a replay fills anew.
    static var rebuilt: [String] {
        var tables = [
            "message", "message_key", "span", "thread_mark", "timeline", "person_name", "line", "not_understood",
            segmentTable(nil),
        ]
        for cube in Cube.allCases {
            tables.append(segmentTable(cube))
            for grain in CellGrain.allCases { tables.append(cellTable(cube, grain)) }
        }
        return tables + CellGrain.allCases.map(binTable)
    }
}

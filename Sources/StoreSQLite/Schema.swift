import Catalogue
import GRDB
import Ledgers

/// Tables of `pantau.sqlite`. All of it can be rebuilt from the inbox (`pantau replay`).
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        // Whatever an earlier layout held is counted anew from the inbox: the cursor begins at 0.
        migrator.registerMigration("3 facts, service, outcomes, charges and cells") { db in
            let earlier = try String.fetchAll(
                db,
                sql: """
                    SELECT name FROM sqlite_master WHERE type = 'table'
                      AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'grdb_%'
                    """)
            for table in earlier { try db.execute(sql: "DROP TABLE \"\(table)\"") }
            try createMessages(db)
            try createThreads(db)
            try createService(db)
            try createCharges(db)
            try createOutcomes(db)
            try createDictionaries(db)
            for cube in Cube.allCases {
                for grain in CellGrain.allCases { try createCells(db, cube, grain) }
            }
            try createProgress(db)
        }
        migrator.registerMigration("3 people by day", migrate: createContacts)
        migrator.registerMigration("4 receipts", migrate: createReceipts)
        return migrator
    }

    static func cellTable(_ cube: Cube, _ grain: CellGrain) -> String { "cell_\(cube.name)_\(grain.rawValue)" }
    static func binTable(_ cube: Cube, _ grain: CellGrain) -> String { "bins_\(cube.name)_\(grain.rawValue)" }
    static func segmentTable(_ cube: Cube) -> String { "segment_\(cube.name)" }
    static func segmentTable(_ fact: Fact) -> String { "fact_segment_\(fact.rawValue)" }
    /// The measures that cells of a fact keep.
    static func measures(_ fact: Fact) -> [Measure] { Measure.all(of: fact).filter { !$0.isDistinct } }

    /// Facts are keyed by arrival, so that new and changing rows lie together; the random message ids live only
    /// in a narrow table of 64-bit hashes.
    /// A message that failed and had not been delivered before, see `ThreadReader.isSaid`.
    static let isUnsaid =
        "flags & \(MessageFlags([.failed, .delivered]).rawValue) = \(MessageFlags.failed.rawValue)"

    private static func createMessages(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE message (
                  id INTEGER PRIMARY KEY,         -- arrival
                  hash INTEGER NOT NULL,          -- of the message's key, see message_key
                  cohort_at INTEGER NOT NULL,     -- microseconds
                  person INTEGER NOT NULL,        -- negative: a group
                  line INTEGER NOT NULL,          -- business number; -1: no thread of its own
                  segment INTEGER NOT NULL,
                  flags INTEGER NOT NULL,         -- MessageFlags
                  time_to_deliver INTEGER,        -- microseconds
                  time_to_read INTEGER,
                  expires_at INTEGER,             -- only while pending
                  charge INTEGER,                 -- segment of fact `charge`; NULL: not delivered
                  cost INTEGER,                   -- millionths; NULL: not known
                  raised INTEGER,                 -- of it: because Meta raised the category
                  rank_group INTEGER,             -- where the price depends on the order of messages
                  rank_at INTEGER,
                  state BLOB NOT NULL             -- MessageState
                );
                CREATE INDEX message_thread ON message (person, line, cohort_at);
                -- What never reached anybody: few, so that counting people need not look at every row.
                CREATE INDEX message_unsaid ON message (person, line, cohort_at) WHERE \(isUnsaid);
                CREATE INDEX message_expiry ON message (expires_at) WHERE expires_at IS NOT NULL;
                CREATE TABLE message_key (hash INTEGER PRIMARY KEY, message INTEGER NOT NULL);
                -- Which arrivals hold a day's messages: a range scan instead of an index on every row.
                CREATE TABLE span (day INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL);
                CREATE TABLE timeline (
                  key INTEGER PRIMARY KEY, at INTEGER NOT NULL, field TEXT NOT NULL, event BLOB NOT NULL
                );
                CREATE INDEX timeline_at ON timeline (at);
                -- Links in marketing messages that Meta itself counts, naming neither message nor person.
                CREATE TABLE meta_click (
                  key INTEGER PRIMARY KEY, at INTEGER NOT NULL, line INTEGER NOT NULL, component TEXT
                );
                CREATE INDEX meta_click_at ON meta_click (at);
                """)
    }

    /// What happened in threads beside the messages that the table `message` holds.
    private static func createThreads(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE thread_entry (
                  person INTEGER NOT NULL, line INTEGER NOT NULL, at INTEGER NOT NULL, key INTEGER NOT NULL,
                  kind INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (person, line, at, key)
                ) WITHOUT ROWID;
                -- Messages of customers by the hash of their id: a desk may tell of one before Meta or after.
                CREATE TABLE inbound_key (
                  hash INTEGER PRIMARY KEY, person INTEGER NOT NULL, line INTEGER NOT NULL, at INTEGER NOT NULL,
                  is_meta INTEGER NOT NULL, conversation INTEGER  -- of a desk
                );
                CREATE TABLE desk_conversation (
                  hash INTEGER PRIMARY KEY, desk TEXT NOT NULL, person INTEGER NOT NULL, line INTEGER NOT NULL,
                  told TEXT,                      -- the number that the desk named
                  learned TEXT                    -- the number of a message that Meta knows too
                );
                CREATE INDEX desk_conversation_person ON desk_conversation (person);
                -- What only a desk tells; copied into the thread once that is known.
                CREATE TABLE desk_entry (
                  conversation INTEGER NOT NULL, at INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL,
                  data BLOB NOT NULL, PRIMARY KEY (conversation, at, key)
                ) WITHOUT ROWID;
                CREATE TABLE desk_message (
                  hash INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, at INTEGER NOT NULL, message TEXT
                );
                """)
    }

    private static func createService(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE wait (
                  id INTEGER PRIMARY KEY, person INTEGER NOT NULL, line INTEGER NOT NULL,
                  started_at INTEGER NOT NULL, key INTEGER NOT NULL,
                  ending INTEGER NOT NULL,        -- 0 open, 1 answered, 2 abandoned
                  ended_at INTEGER,
                  due_at INTEGER,                 -- when time alone changes it
                  handed_off_at INTEGER,          -- while no person has replied since
                  waits_for TEXT,                 -- while somebody waits
                  segment INTEGER NOT NULL, record BLOB NOT NULL
                );
                CREATE INDEX wait_thread ON wait (person, line, started_at);
                CREATE INDEX wait_started ON wait (started_at);
                CREATE INDEX wait_due ON wait (due_at) WHERE due_at IS NOT NULL;
                CREATE INDEX wait_open ON wait (started_at) WHERE ending = 0;
                CREATE INDEX wait_handed_off ON wait (handed_off_at) WHERE handed_off_at IS NOT NULL;
                CREATE TABLE conversation (
                  id INTEGER PRIMARY KEY, person INTEGER NOT NULL, line INTEGER NOT NULL,
                  started_at INTEGER NOT NULL, key INTEGER NOT NULL, last_at INTEGER NOT NULL, due_at INTEGER,
                  segment INTEGER NOT NULL, record BLOB NOT NULL, carry BLOB NOT NULL
                );
                CREATE INDEX conversation_thread ON conversation (person, line, started_at);
                CREATE INDEX conversation_started ON conversation (started_at, last_at);
                CREATE INDEX conversation_due ON conversation (due_at) WHERE due_at IS NOT NULL;
                CREATE TABLE calendar (scope TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
                CREATE TABLE service_target (position INTEGER PRIMARY KEY, record BLOB NOT NULL);
                -- What a change of calendars, targets or rules has made stale, by person.
                CREATE TABLE stale (
                  id INTEGER PRIMARY KEY CHECK (id = 1), next_person INTEGER NOT NULL, from_at INTEGER NOT NULL,
                  to_at INTEGER NOT NULL, is_whole INTEGER NOT NULL
                );
                """)
    }

    private static func createCharges(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE rate_entry (position INTEGER PRIMARY KEY, record BLOB NOT NULL);
                CREATE TABLE cost_setting (id INTEGER PRIMARY KEY CHECK (id = 1), record BLOB NOT NULL);
                CREATE TABLE category_raise (id INTEGER PRIMARY KEY, record BLOB NOT NULL);
                -- Messages whose price depends on how many came before them in their month.
                CREATE TABLE rank_group (
                  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, thresholds TEXT NOT NULL, month INTEGER,
                  phone_number TEXT, portfolio TEXT, market TEXT, category TEXT
                );
                CREATE TABLE rank_entry (
                  grp INTEGER NOT NULL, at INTEGER NOT NULL, key INTEGER NOT NULL, row INTEGER NOT NULL,
                  PRIMARY KEY (grp, at, key, row)
                ) WITHOUT ROWID;
                -- What is still to be priced or judged anew, see ChargeReview.
                CREATE TABLE charge_review (
                  id INTEGER PRIMARY KEY CHECK (id = 1), judged_to INTEGER NOT NULL, from_at INTEGER, to_at INTEGER,
                  next_row INTEGER NOT NULL, reprices INTEGER NOT NULL
                );
                """)
    }

    private static func createDictionaries(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE person_name (hash INTEGER PRIMARY KEY, person INTEGER NOT NULL, name TEXT NOT NULL);
                CREATE INDEX person_name_person ON person_name (person);
                CREATE TABLE line (id INTEGER PRIMARY KEY, phone_number TEXT NOT NULL UNIQUE);
                CREATE TABLE chat_group (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
                """)
        let all: [(String, [Dimension])] =
            Fact.allCases.map { (segmentTable($0), Dimension.stored($0)) }
            + Cube.allCases.map { (segmentTable($0), $0.dimensions) }
        for (table, dimensions) in all {
            let columns = dimensions.map { "\($0.rawValue) TEXT" }.joined(separator: ", ")
            try db.execute(sql: "CREATE TABLE \(table) (id INTEGER PRIMARY KEY, \(columns))")
        }
    }

    private static func createCells(_ db: Database, _ cube: Cube, _ grain: CellGrain) throws {
        let measures = measures(cube.fact).map { "\($0.column) INTEGER NOT NULL" }.joined(separator: ", ")
        try db.execute(
            sql: """
                CREATE TABLE \(cellTable(cube, grain)) (
                  bucket INTEGER NOT NULL, segment INTEGER NOT NULL, \(measures), PRIMARY KEY (bucket, segment)
                ) WITHOUT ROWID
                """)
        guard !cube.durations.isEmpty else { return }
        try db.execute(
            sql: """
                CREATE TABLE \(binTable(cube, grain)) (
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
                  as_of INTEGER NOT NULL, received_at INTEGER, zone TEXT NOT NULL,
                  rules TEXT NOT NULL,            -- ServiceRules that waits and conversations are counted by
                  currency TEXT NOT NULL,         -- that amounts are told in where they can be
                  home TEXT NOT NULL              -- by which deliveries were read
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
            "message", "message_key", "span", "thread_entry", "inbound_key", "desk_conversation", "desk_entry",
            "desk_message", "wait", "conversation", "calendar", "service_target", "stale", "timeline", "person_name",
            "line", "chat_group", "not_understood", "rate_entry", "cost_setting", "category_raise", "rank_group",
            "rank_entry", "charge_review", "meta_click",
        ]
        tables += rebuiltOutcomes + contactTables + rebuiltReceipts
        tables += Fact.allCases.map { segmentTable($0) }
        for cube in Cube.allCases {
            tables.append(segmentTable(cube))
            for grain in CellGrain.allCases {
                tables.append(cellTable(cube, grain))
                if !cube.durations.isEmpty { tables.append(binTable(cube, grain)) }
            }
        }
        return tables
    }
}

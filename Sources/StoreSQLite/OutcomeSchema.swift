import GRDB

/// Tables of outcomes and of what leads to them.
extension Schema {
    static func createOutcomes(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE outcome (
                  id INTEGER PRIMARY KEY,         -- arrival
                  hash INTEGER NOT NULL UNIQUE,   -- of source and id
                  source TEXT NOT NULL, kind TEXT,
                  standing INTEGER NOT NULL,      -- OutcomeStanding
                  person INTEGER NOT NULL,        -- 0: nobody is known yet
                  at INTEGER NOT NULL,            -- microseconds
                  segment INTEGER NOT NULL,       -- 0: counts nothing
                  marks INTEGER NOT NULL,         -- OutcomeMarks
                  state BLOB NOT NULL,            -- OutcomeState
                  counted BLOB NOT NULL           -- what the cells hold of it, its credits included
                );
                CREATE INDEX outcome_person ON outcome (person, at);
                CREATE INDEX outcome_at ON outcome (at);
                -- What an outcome, an opening of a link or a link itself waits for, by hash of its name.
                CREATE TABLE outcome_hint (
                  hash INTEGER NOT NULL, kind INTEGER NOT NULL, target INTEGER NOT NULL,
                  PRIMARY KEY (hash, kind, target)
                ) WITHOUT ROWID;
                CREATE TABLE tracked_link (
                  hash INTEGER PRIMARY KEY, person INTEGER NOT NULL, record BLOB NOT NULL
                );
                CREATE INDEX tracked_link_person ON tracked_link (person) WHERE person > 0;
                CREATE TABLE link_click (
                  id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, person INTEGER NOT NULL, at INTEGER NOT NULL,
                  code INTEGER NOT NULL,          -- hash of the link
                  message INTEGER,                -- row of the message that it belongs to
                  is_robot INTEGER NOT NULL, record BLOB NOT NULL
                );
                CREATE INDEX link_click_code ON link_click (code);
                CREATE INDEX link_click_person ON link_click (person, at) WHERE person > 0;
                CREATE INDEX link_click_message ON link_click (message) WHERE message IS NOT NULL;
                CREATE TABLE customer_action (
                  key INTEGER PRIMARY KEY, person INTEGER NOT NULL, at INTEGER NOT NULL,
                  click INTEGER,                  -- hash of an ad's click id
                  record BLOB NOT NULL
                );
                CREATE INDEX customer_action_person ON customer_action (person, at) WHERE person > 0;
                CREATE INDEX customer_action_click ON customer_action (click) WHERE click IS NOT NULL;
                CREATE TABLE outcome_setting (name TEXT PRIMARY KEY, record BLOB NOT NULL) WITHOUT ROWID;
                -- What a change of rules, windows or rates has left to do: from which row on.
                CREATE TABLE outcome_stale (name TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID;
                """)
    }

    static var rebuiltOutcomes: [String] {
        [
            "outcome", "outcome_hint", "tracked_link", "link_click", "customer_action", "outcome_setting",
            "outcome_stale",
        ]
    }
}

import Catalogue
import Domain
import GRDB
import Ledgers

/// One stored message while it is in memory: its state, and the fact as it is in the tables.
final class MessageEntry {
    let key: MessageLedger.Key
    var state: MessageState
    /// Row number; 0 until the message is written.
    var row: Int64 = 0
    var hash: Int64 = 0
    var person: Int64 = 0
    /// The names by which the person was found; while they stay the same so does the person.
    var foundBy: Party?
    var line: Int64 = 0
    /// Where it stands among messages that its price depends on.
    var rank: RankBook.Place?
    /// What the cells hold for the message; nil when nothing.
    var counted: Contribution?
    /// Bits about the message's thread, see `ThreadLedger`.
    var thread: MessageFlags = []
    /// The indexed columns of the row as they are in the table; nil until the message is written.
    var indexed: IndexedColumns?
    var isDirty = false

    init(key: MessageLedger.Key) {
        self.key = key
        state = MessageState(id: key.id, participant: key.participant)
    }
}

/// The columns of a message's row that an index holds.
struct IndexedColumns: Equatable {
    var person: Int64
    var line: Int64
    var cohortAt: Instant
    var expiresAt: Instant?
}

/// What one message adds to the cells.
struct Contribution: Equatable {
    var cohortAt: Instant
    var segment: Int64
    var flags: MessageFlags
    var timeToDeliver: Int64?
    var timeToRead: Int64?
    /// What it cost; nil while it is not delivered.
    var charge: ChargeBook.Count?
}

extension Contribution {
    /// Of the table `message`, as `init` reads them from the first column on.
    static let columns = "cohort_at, segment, flags, time_to_deliver, time_to_read, charge, cost, raised"

    init(_ row: Statement) {
        cohortAt = Instant(microseconds: row.int(0))
        segment = row.int(1)
        flags = MessageFlags(rawValue: row.int(2))
        timeToDeliver = row.optionalInt(3)
        timeToRead = row.optionalInt(4)
        charge = row.optionalInt(5).map {
            .init(segment: $0, micros: row.optionalInt(6), raised: row.optionalInt(7))
        }
    }
}

/// Messages by key, recent ones in memory.
///
/// Statuses mostly concern messages of the last minutes; those are found in two generations of entries in
/// memory, the rest by the hash of the key. The cache is bounded: a full young generation becomes the old one.
final class MessageBook {
    private var young: [MessageLedger.Key: MessageEntry] = [:]
    private var old: [MessageLedger.Key: MessageEntry] = [:]
    /// The same entries by row, once they have one.
    private var youngRows: [Int64: MessageEntry] = [:]
    private var oldRows: [Int64: MessageEntry] = [:]
    private static let generationMax = 40_000

    private let findRow: Statement
    private let readRow: Statement
    private let insertKey: Statement
    private let insertRow: Statement
    private let updateRow: Statement
    private let updatePlainColumns: Statement
    private var nextRow: Int64

    init(_ db: Database) throws {
        findRow = try Statement(db, "SELECT message FROM message_key WHERE hash = ?")
        readRow = try Statement(
            db,
            """
            SELECT \(Contribution.columns), state, person, line, expires_at, rank_group, rank_at, hash
            FROM message WHERE id = ?
            """)
        insertKey = try Statement(db, "INSERT INTO message_key (hash, message) VALUES (?, ?)")
        insertRow = try Statement(
            db,
            """
            INSERT INTO message (segment, flags, time_to_deliver, time_to_read, charge, cost, raised, rank_group, rank_at,
              state, id, person, line, cohort_at, expires_at, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        updateRow = try Statement(
            db,
            """
            UPDATE message SET segment = ?1, flags = ?2, time_to_deliver = ?3, time_to_read = ?4, charge = ?5, cost = ?6,
              raised = ?7, rank_group = ?8, rank_at = ?9, state = ?10, person = ?12, line = ?13, cohort_at = ?14,
              expires_at = ?15
            WHERE id = ?11
            """)
        // SQLite rewrites the entry of every index that a SET names, changed or not; most statuses change none.
        updatePlainColumns = try Statement(
            db,
            """
            UPDATE message SET segment = ?1, flags = ?2, time_to_deliver = ?3, time_to_read = ?4, charge = ?5, cost = ?6,
              raised = ?7, rank_group = ?8, rank_at = ?9, state = ?10
            WHERE id = ?11
            """)
        nextRow = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM message") ?? 0)
    }

    static func hash(of key: MessageLedger.Key) -> Int64 {
        guard let participant = key.participant else { return ThreadEntry.key(of: key.id) }
        return ThreadEntry.key(key.id.value, participant)
    }

    /// The entry of a key: from memory, from the tables, or new (row 0).
    func entry(_ key: MessageLedger.Key) throws -> MessageEntry {
        if let entry = young[key] { return entry }
        if let entry = old.removeValue(forKey: key) {
            young[key] = entry
            if entry.row != 0 { youngRows[entry.row] = entry }
            return entry
        }
        let entry = MessageEntry(key: key)
        try load(entry)
        young[key] = entry
        if entry.row != 0 { youngRows[entry.row] = entry }
        return entry
    }

    /// The entry of a row when it is in memory.
    func resident(row: Int64) -> MessageEntry? { youngRows[row] ?? oldRows[row] }

    /// Loads entries that are not in memory in the order of their hashes, so that neighbours share a page.
    func prefetch(_ keys: [MessageLedger.Key]) throws {
        let missing = Set(keys.filter { young[$0] == nil && old[$0] == nil })
        let hashed = missing.map { (hash: Self.hash(of: $0), key: $0) }
        for (_, key) in hashed.sorted(by: { $0.hash < $1.hash }) { _ = try entry(key) }
    }

    /// Called between batches: nothing may hold an entry across it.
    func age() {
        guard young.count > Self.generationMax else { return }
        old = young
        oldRows = youngRows
        young = [:]
        youngRows = [:]
    }

    private func load(_ entry: MessageEntry) throws {
        var hash = Self.hash(of: entry.key)
        while true {
            findRow.bind(hash, at: 1)
            guard try findRow.step() else {
                findRow.reset()
                entry.hash = hash
                return
            }
            let row = findRow.int(0)
            findRow.reset()
            if try read(entry, row: row) {
                entry.hash = hash
                return
            }
            hash &+= 1  // another key with the same hash: its neighbour is next
        }
    }

    /// The entry of a row: from memory or the tables; nil when there is no such row.
    func entry(row: Int64) throws -> MessageEntry? {
        if let resident = resident(row: row) { return resident }
        readRow.bind(row, at: 1)
        guard try readRow.step() else {
            readRow.reset()
            return nil
        }
        let key = readRow.withBlob(8, StateRecord.decode).map {
            MessageLedger.Key(id: $0.id, participant: $0.participant)
        }
        let hash = readRow.int(14)
        readRow.reset()
        guard let key else { return nil }
        let entry = MessageEntry(key: key)
        guard try read(entry, row: row) else { return nil }
        entry.hash = hash
        young[key] = entry
        youngRows[row] = entry
        return entry
    }

    /// False when the row holds another key.
    private func read(_ entry: MessageEntry, row: Int64) throws -> Bool {
        readRow.bind(row, at: 1)
        defer { readRow.reset() }
        guard try readRow.step() else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT, message: "message_key names a row that message does not have")
        }
        guard let state = readRow.withBlob(8, StateRecord.decode) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a message's state cannot be read")
        }
        guard state.id == entry.key.id, state.participant == entry.key.participant else { return false }
        let counted = Contribution(readRow)
        entry.state = state
        entry.row = row
        entry.person = readRow.int(9)
        entry.line = readRow.int(10)
        entry.counted = counted
        entry.rank = readRow.optionalInt(12).map {
            .init(group: $0, at: Instant(microseconds: readRow.int(13)))
        }
        entry.thread = counted.flags.intersection(.kept)
        entry.indexed = IndexedColumns(
            person: entry.person, line: entry.line, cohortAt: counted.cohortAt,
            expiresAt: readRow.optionalInt(11).map(Instant.init(microseconds:)))
        return true
    }

    /// Gives a new entry the number of its row.
    func number(_ entry: MessageEntry) {
        guard entry.row == 0 else { return }
        entry.row = nextRow
        nextRow += 1
        youngRows[entry.row] = entry
    }

    /// Writes the row of an entry that has a number.
    func write(_ entry: MessageEntry, _ contribution: Contribution, expiresAt: Instant?) throws {
        let isNew = entry.indexed == nil
        let indexed = IndexedColumns(
            person: entry.person, line: entry.line, cohortAt: contribution.cohortAt, expiresAt: expiresAt)
        let isPlain = entry.indexed == indexed
        let statement = isNew ? insertRow : isPlain ? updatePlainColumns : updateRow
        statement.bind(contribution.segment, at: 1)
        statement.bind(contribution.flags.rawValue, at: 2)
        statement.bind(contribution.timeToDeliver, at: 3)
        statement.bind(contribution.timeToRead, at: 4)
        statement.bind(contribution.charge?.segment, at: 5)
        statement.bind(contribution.charge?.micros, at: 6)
        statement.bind(contribution.charge?.raised, at: 7)
        statement.bind(entry.rank?.group, at: 8)
        statement.bind(entry.rank?.at.microseconds, at: 9)
        statement.bind(StateRecord.encode(entry.state), at: 10)
        statement.bind(entry.row, at: 11)
        if !isPlain {
            statement.bind(indexed.person, at: 12)
            statement.bind(indexed.line, at: 13)
            statement.bind(indexed.cohortAt.microseconds, at: 14)
            statement.bind(indexed.expiresAt?.microseconds, at: 15)
            if isNew { statement.bind(entry.hash, at: 16) }
        }
        try statement.run()
        entry.indexed = indexed
    }

    /// Enters new rows into the table of keys, in the order of their hashes.
    func enterKeys(of entries: [MessageEntry]) throws {
        for entry in entries.sorted(by: { $0.hash < $1.hash }) {
            // Two new keys with one hash in one batch: the later one moves to the free neighbour.
            while try isTaken(entry.hash) { entry.hash &+= 1 }
            insertKey.bind(entry.hash, at: 1)
            insertKey.bind(entry.row, at: 2)
            try insertKey.run()
        }
    }

    private func isTaken(_ hash: Int64) throws -> Bool {
        findRow.bind(hash, at: 1)
        defer { findRow.reset() }
        return try findRow.step()
    }
}

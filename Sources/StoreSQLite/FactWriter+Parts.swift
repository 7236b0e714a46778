import Domain
import GRDB
import Ledgers
import Storage

/// Business numbers as small integers. 0 is the number that no payload named.
final class LineDictionary {
    private var ids: [PhoneNumberID: Int64] = [:]
    private var numbers: [Int64: PhoneNumberID] = [:]
    private let insert: Statement

    init(_ db: Database) throws {
        insert = try Statement(db, "INSERT INTO line (id, phone_number) VALUES (?, ?)")
        for row in try Row.fetchAll(db, sql: "SELECT id, phone_number FROM line") {
            let number = PhoneNumberID(row[1])
            ids[number] = row[0]
            numbers[row[0]] = number
        }
    }

    /// Nil for the number that no payload named.
    func phoneNumber(_ id: Int64) -> PhoneNumberID? { numbers[id] }

    func id(_ phoneNumber: PhoneNumberID?) throws -> Int64 {
        guard let phoneNumber else { return 0 }
        if let id = ids[phoneNumber] { return id }
        let id = Int64(ids.count + 1)
        insert.bind(id, at: 1)
        insert.bind(phoneNumber.value, at: 2)
        try insert.run()
        ids[phoneNumber] = id
        numbers[id] = phoneNumber
        return id
    }
}

/// Groups as negative integers, where persons are positive ones: a group's thread is its own.
final class GroupDictionary {
    private var ids: [GroupID: Int64] = [:]
    private let insert: Statement

    init(_ db: Database) throws {
        insert = try Statement(db, "INSERT INTO chat_group (id, name) VALUES (?, ?)")
        for row in try Row.fetchAll(db, sql: "SELECT id, name FROM chat_group") { ids[GroupID(row[1])] = row[0] }
    }

    func id(_ group: GroupID) throws -> Int64 {
        if let id = ids[group] { return id }
        let id = -Int64(ids.count + 1)
        insert.bind(id, at: 1)
        insert.bind(group.value, at: 2)
        try insert.run()
        ids[group] = id
        return id
    }
}

/// How far the projection has come; committed with the facts.
final class Progress {
    private(set) var cursor: Int64
    private(set) var asOf: Instant
    private var version: Int64
    private let update: Statement

    init(_ db: Database, zone: String, currency: String, home: Home) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO progress (id, cursor, version, as_of, zone, rules, currency, home)
                VALUES (1, 0, 0, ?, ?, '', ?, ?)
                """,
            arguments: [Int64.min, zone, currency, home.text])
        guard let row = try Row.fetchOne(db, sql: "SELECT cursor, as_of, version FROM progress") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the table progress is empty")
        }
        cursor = row[0]
        asOf = Instant(microseconds: row[1])
        version = row[2]
        update = try Statement(
            db,
            """
            UPDATE progress SET cursor = ?, as_of = ?, version = ?,
              received_at = max(coalesce(received_at, ?4), coalesce(?4, received_at))
            """)
    }

    /// Whether the table holds what is remembered here.
    func isCurrent(_ db: Database) throws -> Bool {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT version FROM progress")) == version
    }

    /// Facts changed without a delivery.
    func changed() throws {
        version += 1
        update.bind(cursor, at: 1)
        update.bind(asOf.microseconds, at: 2)
        update.bind(version, at: 3)
        update.bind(nil as Int64?, at: 4)
        try update.run()
    }

    func advance(to batch: ProjectionBatch, asOf: Instant) throws {
        // A sweep brings no delivery, and does not make the numbers fresher.
        let receivedAt = batch.cursor > cursor ? batch.receivedAt : nil
        cursor = max(cursor, batch.cursor)
        self.asOf = asOf
        version += 1
        update.bind(cursor, at: 1)
        update.bind(asOf.microseconds, at: 2)
        update.bind(version, at: 3)
        update.bind(receivedAt?.microseconds, at: 4)
        try update.run()
    }
}

/// Rows that change without their state: bits of the thread and the person, expiry, and what the message cost.
final class RowFlags {
    private let read: Statement
    private let update: Statement
    private let updateCharge: Statement
    private let due: Statement

    init(_ db: Database) throws {
        read = try Statement(db, "SELECT \(Contribution.columns) FROM message WHERE id = ?")
        update = try Statement(
            db,
            "UPDATE message SET flags = ?1, expires_at = CASE WHEN ?3 THEN expires_at END WHERE id = ?2")
        updateCharge = try Statement(
            db,
            """
            UPDATE message SET flags = ?2, charge = ?3, cost = ?4, raised = ?5, rank_group = ?6, rank_at = ?7
            WHERE id = ?1
            """)
        due = try Statement(
            db, "SELECT id FROM message WHERE expires_at IS NOT NULL AND expires_at <= ? ORDER BY id")
    }

    func contribution(row: Int64) throws -> Contribution? {
        read.bind(row, at: 1)
        defer { read.reset() }
        return try read.step() ? Contribution(read) : nil
    }

    func write(row: Int64, _ flags: MessageFlags) throws {
        update.bind(flags.rawValue, at: 1)
        update.bind(row, at: 2)
        update.bind(flags.contains(.pending) ? 1 : 0, at: 3)
        try update.run()
    }

    /// Writes what an entry costs now.
    func write(_ entry: MessageEntry, _ contribution: Contribution) throws {
        updateCharge.bind(entry.row, at: 1)
        updateCharge.bind(contribution.flags.rawValue, at: 2)
        updateCharge.bind(contribution.charge?.segment, at: 3)
        updateCharge.bind(contribution.charge?.micros, at: 4)
        updateCharge.bind(contribution.charge?.raised, at: 5)
        updateCharge.bind(entry.rank?.group, at: 6)
        updateCharge.bind(entry.rank?.at.microseconds, at: 7)
        try updateCharge.run()
    }

    /// Rows whose time-to-live is over.
    func expired(asOf: Instant) throws -> [Int64] {
        due.bind(asOf.microseconds, at: 1)
        return try due.all { $0.int(0) }
    }
}

/// Notes for each UTC day of cohort time the first and last row that holds one of its messages.
final class SpanWriter {
    private var changed: [Int64: ClosedRange<Int64>] = [:]
    private let upsert: Statement
    static let dayMicroseconds: Int64 = 86_400_000_000

    init(_ db: Database) throws {
        upsert = try Statement(
            db,
            """
            INSERT INTO span (day, first, last) VALUES (?, ?, ?)
            ON CONFLICT (day) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)
            """)
    }

    func note(row: Int64, cohortAt: Instant) {
        let day = cohortAt.microseconds.flooredDivision(by: Self.dayMicroseconds)
        guard let known = changed[day] else {
            changed[day] = row...row
            return
        }
        if !known.contains(row) { changed[day] = min(known.lowerBound, row)...max(known.upperBound, row) }
    }

    func flush() throws {
        for (day, rows) in changed {
            upsert.bind(day, at: 1)
            upsert.bind(rows.lowerBound, at: 2)
            upsert.bind(rows.upperBound, at: 3)
            try upsert.run()
        }
        changed.removeAll(keepingCapacity: true)
    }
}

/// A compact form of an account event.
enum AccountEventRecord {
    static func encode(_ event: AccountEvent) -> [UInt8] {
        var writer = ByteWriter()
        writer.string(event.field)
        writer.optional(event.account?.value)
        let (kind, parts) = describe(event.subject)
        writer.byte(kind)
        for part in parts { writer.optional(part) }
        writer.string(event.event)
        writer.optional(event.previous)
        writer.optional(event.at)
        writer.varint(UInt64(event.details.count))
        for (key, value) in event.details.sorted(by: { $0.key < $1.key }) {
            writer.string(key)
            writer.string(value)
        }
        return writer.bytes
    }

    static func decode(_ bytes: UnsafeRawBufferPointer) -> AccountEvent? {
        var reader = ByteReader(bytes)
        let field = reader.string()
        let account = reader.optional().map { AccountID($0) }
        let kind = reader.byte()
        let parts = [reader.optional(), reader.optional(), reader.optional()]
        var event = AccountEvent(
            field: field, account: account, subject: subject(kind, parts), event: reader.string())
        event.previous = reader.optional()
        event.at = reader.optionalInstant()
        for _ in 0..<reader.count() {
            let key = reader.string()
            event.details[key] = reader.string()
        }
        return reader.failed ? nil : event
    }

    private static func describe(_ subject: AccountEvent.Subject) -> (UInt8, [String?]) {
        switch subject {
        case .template(let id, let name, let language): (1, [id?.value, name, language])
        case .phoneNumber(let id, let display): (2, [id?.value, display, nil])
        case .account: (3, [nil, nil, nil])
        case .flow(let id): (4, [id, nil, nil])
        case .group(let id): (5, [id?.value, nil, nil])
        // Whose thread it was is not needed on the timeline: no personal data there.
        case .thread: (6, [nil, nil, nil])
        case .paymentConfiguration(let name): (7, [name, nil, nil])
        case .other(let name): (8, [name, nil, nil])
        }
    }

    private static func subject(_ kind: UInt8, _ parts: [String?]) -> AccountEvent.Subject {
        switch kind {
        case 1: .template(id: parts[0].map { TemplateID($0) }, name: parts[1], language: parts[2])
        case 2: .phoneNumber(id: parts[0].map { PhoneNumberID($0) }, display: parts[1])
        case 3: .account
        case 4: .flow(id: parts[0])
        case 5: .group(parts[0].map { GroupID($0) })
        case 6: .thread(Party())
        case 7: .paymentConfiguration(parts[0])
        default: .other(parts[0])
        }
    }
}

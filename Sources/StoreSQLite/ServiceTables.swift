import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// The rows of `wait`: read, written and counted.
final class WaitTable {
    struct Row {
        var id: Int64
        var segment: Int64
        var fact: WaitFact
        var live: Live
    }
    /// What is of interest only while somebody waits.
    struct Live: Equatable {
        /// Since when they wait for a person, after a bot's answer.
        var handedOffAt: Instant?
        var waitsFor: OpenWait.WaitingFor?
    }

    let segments: SegmentDictionary
    private let cells: CellWriter<SIMD32<Int64>>
    private let read: Statement
    private let insert: Statement
    private let update: Statement
    private let delete: Statement
    private let due: Statement
    private var next: Int64

    init(_ db: Database, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        segments = try SegmentDictionary(.wait, db)
        cells = try CellWriter(.wait, db, dayStart: dayStart)
        read = try Statement(
            db,
            """
            SELECT \(Self.columns) FROM wait WHERE person = ? AND line = ? AND started_at >= ? AND started_at < ?
            """)
        insert = try Statement(
            db,
            """
            INSERT INTO wait (id, ending, ended_at, due_at, handed_off_at, segment, record, waits_for, person, line,
              started_at, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        update = try Statement(
            db,
            """
            UPDATE wait SET ending = ?2, ended_at = ?3, due_at = ?4, handed_off_at = ?5, segment = ?6, record = ?7,
              waits_for = ?8
            WHERE id = ?1
            """)
        delete = try Statement(db, "DELETE FROM wait WHERE id = ?")
        due = try Statement(db, "SELECT person, line, started_at FROM wait WHERE due_at <= ?")
        next = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM wait") ?? 0)
    }

    // MARK: Rows

    static let columns = "id, segment, started_at, key, ending, ended_at, handed_off_at, record, due_at, waits_for"

    /// Nil when the row cannot be read (a damaged page).
    static func row(_ statement: Statement, dimensions: (Int64) -> [String?]?) -> Row? {
        let endedAt = statement.optionalInt(5).map(Instant.init(microseconds:))
        let ending: WaitFact.Ending
        switch (statement.int(4), endedAt) {
        case (1, let at?): ending = .answered(at)
        case (2, let at?): ending = .abandoned(at)
        default: ending = .open
        }
        guard let values = dimensions(statement.int(1)) else { return nil }
        let fact = statement.withBlob(7) {
            ServiceRecord.decode(
                $0, startedAt: Instant(microseconds: statement.int(2)), key: statement.int(3), ending: ending,
                dueAt: statement.optionalInt(8).map(Instant.init(microseconds:)), dimensions: values)
        }
        return fact.map {
            Row(
                id: statement.int(0), segment: statement.int(1), fact: $0,
                live: Live(
                    handedOffAt: statement.optionalInt(6).map(Instant.init(microseconds:)),
                    waitsFor: statement.text(9).flatMap(OpenWait.WaitingFor.init(rawValue:))))
        }
    }

    func rows(of thread: ThreadBook.Thread, from: Instant, to: Instant) throws -> [Row] {
        read.bind(thread)
        read.bind(from.microseconds, at: 3)
        read.bind(to.microseconds, at: 4)
        return try read.all { Self.row($0, dimensions: segments.dimensions(id:)) }
    }

    /// Threads in which time alone changes a wait by now, and where.
    func due(asOf: Instant) throws -> [(ThreadBook.Thread, Instant)] {
        try due.places(asOf: asOf)
    }

    // MARK: Changes

    /// Makes the stored waits of a stretch equal to those folded.
    func replace(
        _ old: [Row], by new: [(fact: WaitFact, live: Live)], in thread: ThreadBook.Thread, _ db: Database
    ) throws {
        var left = Dictionary(old.map { ($0.fact.identity, $0) }) { first, _ in first }
        for (fact, live) in new {
            let known = left.removeValue(forKey: fact.identity)
            if let known, known.fact == fact, known.live == live { continue }
            let segment = try segments.entry(fact.dimensions, db)
            if let known { try count(known.fact, segment: known.segment, sign: -1) }
            try count(fact, segment: segment.id, sign: 1)
            try write(fact, live, segment.id, row: known?.id, in: thread)
        }
        for row in left.values {
            try count(row.fact, segment: row.segment, sign: -1)
            delete.bind(row.id, at: 1)
            try delete.run()
        }
    }

    private func write(
        _ fact: WaitFact, _ live: Live, _ segment: Int64, row: Int64?, in thread: ThreadBook.Thread
    ) throws {
        let statement = row == nil ? insert : update
        let (ending, endedAt): (Int64, Instant?) =
            switch fact.ending {
            case .open: (0, nil)
            case .answered(let at): (1, at)
            case .abandoned(let at): (2, at)
            }
        statement.bind(row ?? next, at: 1)
        statement.bind(ending, at: 2)
        statement.bind(endedAt?.microseconds, at: 3)
        statement.bind(fact.dueAt?.microseconds, at: 4)
        statement.bind(live.handedOffAt?.microseconds, at: 5)
        statement.bind(segment, at: 6)
        statement.bind(ServiceRecord.encode(fact), at: 7)
        statement.bind(live.waitsFor?.rawValue, at: 8)
        if row == nil {
            statement.bind(thread.person, at: 9)
            statement.bind(thread.line, at: 10)
            statement.bind(fact.startedAt.microseconds, at: 11)
            statement.bind(fact.key, at: 12)
            next += 1
        }
        try statement.run()
    }

    private func count(_ fact: WaitFact, segment: Int64, sign: Int64) throws {
        guard let entry = segments.entry(id: segment) else { throw ServiceTableError.unknownSegment }
        cells.add(fact.contribution, entry, sign: sign)
    }

    func flush() throws { try cells.flush() }
}

/// The rows of `conversation`, and the lone messages that are conversations of their own: read, written and counted.
final class ConversationTable {
    struct Row {
        var id: Int64
        var segment: Int64
        var fact: ConversationFact
        var carry: [UInt8]
    }
    /// Where a fold may begin.
    struct Start {
        var at: Instant
        var carry: ServiceCarry
    }

    /// A conversation whose resolution came, went or changed.
    struct Resolution {
        var thread: ThreadBook.Thread
        var old: ConversationFact?
        var new: ConversationFact?
    }

    let segments: SegmentDictionary
    private var resolutions: [Resolution] = []
    private let cells: CellWriter<SIMD16<Int64>>
    private let read: Statement
    private let insert: Statement
    private let update: Statement
    private let delete: Statement
    private let due: Statement
    private let before: Statement
    private let any: Statement
    private var next: Int64

    init(_ db: Database, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        segments = try SegmentDictionary(.conversation, db)
        cells = try CellWriter(.conversation, db, dayStart: dayStart)
        read = try Statement(
            db,
            """
            SELECT \(Self.columns) FROM conversation
            WHERE person = ? AND line = ? AND started_at >= ? AND started_at < ?
            """)
        insert = try Statement(
            db,
            """
            INSERT INTO conversation (id, last_at, due_at, segment, record, carry, person, line, started_at, key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        update = try Statement(
            db,
            "UPDATE conversation SET last_at = ?2, due_at = ?3, segment = ?4, record = ?5, carry = ?6 WHERE id = ?1")
        delete = try Statement(db, "DELETE FROM conversation WHERE id = ?")
        due = try Statement(db, "SELECT person, line, started_at FROM conversation WHERE due_at <= ?")
        before = try Statement(
            db,
            """
            SELECT started_at, carry FROM conversation WHERE person = ? AND line = ? AND started_at <= ?
            ORDER BY started_at DESC LIMIT 2
            """)
        any = try Statement(db, "SELECT 1 FROM conversation WHERE person = ? AND line = ? LIMIT 1")
        next = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM conversation") ?? 0)
    }

    // MARK: Rows

    static let columns = "id, segment, started_at, key, last_at, record, carry, due_at"

    /// Nil when the row cannot be read (a damaged page).
    static func row(_ statement: Statement, dimensions: (Int64) -> [String?]?) -> Row? {
        guard let values = dimensions(statement.int(1)) else { return nil }
        let fact = statement.withBlob(5) {
            ServiceRecord.decode(
                $0, startedAt: Instant(microseconds: statement.int(2)), key: statement.int(3),
                lastAt: Instant(microseconds: statement.int(4)),
                dueAt: statement.optionalInt(7).map(Instant.init(microseconds:)), dimensions: values)
        }
        return fact.map {
            Row(
                id: statement.int(0), segment: statement.int(1), fact: $0,
                carry: statement.withBlob(6) { Array($0) })
        }
    }

    func rows(of thread: ThreadBook.Thread, from: Instant, to: Instant) throws -> [Row] {
        read.bind(thread)
        read.bind(from.microseconds, at: 3)
        read.bind(to.microseconds, at: 4)
        return try read.all { Self.row($0, dimensions: segments.dimensions(id:)) }
    }

    /// The starts of the last two conversations that began by an instant, the later one first.
    func starts(in thread: ThreadBook.Thread, by at: Instant) throws -> [Start] {
        before.bind(thread)
        before.bind(at.microseconds, at: 3)
        return try before.all { row in
            row.withBlob(1, ServiceRecord.decodeCarry).map {
                Start(at: Instant(microseconds: row.int(0)), carry: $0)
            }
        }
    }

    func hasAny(_ thread: ThreadBook.Thread) throws -> Bool {
        any.bind(thread)
        defer { any.reset() }
        return try any.step()
    }

    /// Threads in which time alone changes a conversation by now, and where.
    func due(asOf: Instant) throws -> [(ThreadBook.Thread, Instant)] {
        try due.places(asOf: asOf)
    }

    // MARK: Changes

    /// Makes the stored conversations of a stretch equal to those folded.
    func replace(
        _ old: [Row], by new: [ServiceSession], in thread: ThreadBook.Thread, _ db: Database
    ) throws {
        var left = Dictionary(old.map { ($0.fact.identity, $0) }) { first, _ in first }
        for session in new {
            let fact = session.conversation
            let carry = ServiceRecord.encode(session.carryBefore)
            let known = left.removeValue(forKey: fact.identity)
            if let known, known.fact == fact, known.carry == carry { continue }
            let segment = try segments.entry(fact.dimensions, db)
            if known?.fact != fact {
                note(known?.fact, fact, in: thread)
                if let known { try count(known.fact, segment: known.segment, sign: -1) }
                try count(fact, segment: segment.id, sign: 1)
            }
            try write(fact, carry, segment.id, row: known?.id, in: thread)
        }
        for row in left.values {
            note(row.fact, nil, in: thread)
            try count(row.fact, segment: row.segment, sign: -1)
            delete.bind(row.id, at: 1)
            try delete.run()
        }
    }

    private func note(_ old: ConversationFact?, _ new: ConversationFact?, in thread: ThreadBook.Thread) {
        guard old?.resolvedAt != nil || new?.resolvedAt != nil else { return }
        resolutions.append(Resolution(thread: thread, old: old, new: new))
    }

    func takeResolutions() -> [Resolution] {
        defer { resolutions = [] }
        return resolutions
    }

    private func write(
        _ fact: ConversationFact, _ carry: [UInt8], _ segment: Int64, row: Int64?, in thread: ThreadBook.Thread
    ) throws {
        let statement = row == nil ? insert : update
        statement.bind(row ?? next, at: 1)
        statement.bind(fact.lastAt.microseconds, at: 2)
        statement.bind(fact.dueAt?.microseconds, at: 3)
        statement.bind(segment, at: 4)
        statement.bind(ServiceRecord.encode(fact), at: 5)
        statement.bind(carry, at: 6)
        if row == nil {
            statement.bind(thread.person, at: 7)
            statement.bind(thread.line, at: 8)
            statement.bind(fact.startedAt.microseconds, at: 9)
            statement.bind(fact.key, at: 10)
            next += 1
        }
        try statement.run()
    }

    private func count(_ fact: ConversationFact, segment: Int64, sign: Int64) throws {
        guard let entry = segments.entry(id: segment) else { throw ServiceTableError.unknownSegment }
        cells.add(fact.contribution, entry, sign: sign)
    }

    // MARK: Lone messages

    /// What a lone message of a segment adds, but for its time.
    struct Lone {
        var segment: SegmentDictionary.Entry
        var lanes: SIMD16<Int64>
    }

    /// - Parameter phoneNumber: of the business.
    func lone(_ outbound: ThreadEntry.Outbound, phoneNumber: PhoneNumberID?, _ db: Database) throws -> Lone {
        let fact = ConversationFact.lone(
            at: Instant(seconds: 0), key: 0, outbound: outbound, phoneNumber: phoneNumber)
        var lanes = SIMD16<Int64>.zero
        for part in fact.contribution.parts { lanes &+= part.lanes() }
        return Lone(segment: try segments.entry(fact.dimensions, db), lanes: lanes)
    }

    func count(_ lone: Lone, at: Instant, sign: Int64) {
        cells.add(lone.lanes &* sign, in: QuarterHour(containing: at), lone.segment)
    }

    func flush() throws { try cells.flush() }
}

/// What makes a fact the same one when its thread is folded again.
private struct FactIdentity: Hashable {
    var startedAt: Instant
    var key: Int64
}

extension WaitFact {
    fileprivate var identity: FactIdentity { FactIdentity(startedAt: startedAt, key: key) }
}

extension ConversationFact {
    fileprivate var identity: FactIdentity { FactIdentity(startedAt: startedAt, key: key) }
}

extension Statement {
    /// Binds a thread to the first two positions.
    func bind(_ thread: ThreadBook.Thread) {
        bind(thread.person, at: 1)
        bind(thread.line, at: 2)
    }

    /// Threads, and where in them, of rows `person, line, started_at` that are due.
    fileprivate func places(asOf: Instant) throws -> [(ThreadBook.Thread, Instant)] {
        bind(asOf.microseconds, at: 1)
        return try all { (.init(person: $0.int(0), line: $0.int(1)), Instant(microseconds: $0.int(2))) }
    }
}

enum ServiceTableError {
    static var unknownSegment: DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a row names a segment that does not exist")
    }
}

extension ServiceContribution.Part {
    /// Sums by place.
    func lanes<Lanes: SIMD>() -> Lanes where Lanes.Scalar == Int64 {
        var lanes = Lanes()
        for (index, amount) in measures where index < Lanes.scalarCount { lanes[index] = amount }
        return lanes
    }
}

extension CellWriter {
    /// Adds what a fact contributes (`sign` 1) or takes it away (−1).
    func add(_ contribution: ServiceContribution, _ segments: SegmentDictionary.Entry, sign: Int64) {
        for part in contribution.parts {
            add(part.lanes() &* Lanes(repeating: sign), in: part.quarter, segments)
            for (duration, values) in part.durations {
                for value in values { count(value, duration: duration, in: part.quarter, segments, sign: sign) }
            }
        }
    }
}

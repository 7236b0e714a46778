import Catalogue
import Domain
import GRDB
import Ledgers

/// What lists of outcomes are chosen by: bits of the column `marks`.
struct OutcomeMarks: OptionSet {
    let rawValue: Int64
    /// Confirmed, called off since or not.
    static let counted = Self(rawValue: 1)
    static let cancelled = Self(rawValue: 2)
    static let attributed = Self(rawValue: 4)
}

/// The rows of `outcome`: read, written and counted, each with its credits.
final class OutcomeTable {
    /// What the cells hold of an outcome.
    struct Counted: Equatable {
        var fact: OutcomeFact
        /// Of the fact's dimensions.
        var segment: Int64
        /// Their touches without the key, which only an order is settled by.
        var credits: [AttributionLedger.Credit]
    }
    struct Row {
        var id: Int64
        var hash: Int64
        var person: Int64
        var state: OutcomeState
        var counted: Counted?
    }
    /// A row without its state: what neighbours need.
    struct Neighbour {
        var id: Int64
        var hash: Int64
        var at: Instant
        var counted: Counted?
    }

    private let segments: SegmentDictionary
    private let cells: CellWriter<SIMD8<Int64>>
    private let credits: CreditCells
    private let find: Statement
    private let read: Statement
    private let window: Statement
    private let insert: Statement
    private let update: Statement
    private let updateState: Statement
    private let delete: Statement
    private let any: Statement
    private let result: Statement
    private let times: Statement
    private let db: Database
    private var next: Int64

    init(_ db: Database, messages: SegmentDictionary, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        self.db = db
        segments = try SegmentDictionary(.outcome, db)
        cells = try CellWriter(.outcome, db, dayStart: dayStart)
        credits = try CreditCells(db, messages: messages, dayStart: dayStart)
        find = try Statement(db, "SELECT id, state FROM outcome WHERE hash = ?")
        read = try Statement(db, "SELECT hash, person, state, segment, counted FROM outcome WHERE id = ?")
        window = try Statement(
            db, "SELECT id, hash, at, segment, counted FROM outcome WHERE person = ? AND at >= ? AND at <= ?")
        insert = try Statement(
            db,
            """
            INSERT INTO outcome (kind, standing, person, at, state, id, hash, source, segment, marks, counted)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, x'')
            """)
        updateState = try Statement(
            db, "UPDATE outcome SET kind = ?, standing = ?, person = ?, at = ?, state = ? WHERE id = ?")
        update = try Statement(db, "UPDATE outcome SET segment = ?, marks = ?, counted = ? WHERE id = ?")
        delete = try Statement(db, "DELETE FROM outcome WHERE id = ?")
        any = try Statement(db, "SELECT 1 FROM outcome WHERE person = ? AND at >= ? AND at <= ? LIMIT 1")
        times = try Statement(
            db,
            """
            SELECT at FROM outcome WHERE person = ? AND at >= ? AND at <= ?
              AND marks & \(OutcomeMarks([.counted, .cancelled]).rawValue) = \(OutcomeMarks.counted.rawValue) ORDER BY at
            """)
        result = try Statement(
            db,
            """
            SELECT 1 FROM outcome WHERE person = ? AND at >= ? AND at < ?
              AND standing = \(OutcomeStanding.confirmed.rawValue) AND kind IS NOT '\(OutcomeKind.ticketResolved)' LIMIT 1
            """)
        next = 1 + (try Int64.fetchOne(db, sql: "SELECT max(id) FROM outcome") ?? 0)
    }

    // MARK: Rows

    /// The row of an outcome; nil and the number to keep it under when there is none.
    func row(source: String, id: String) throws -> (row: Row?, hash: Int64) {
        var hash = OutcomeState.key(source: source, id: id)
        while true {
            find.bind(hash, at: 1)
            guard try find.step() else {
                find.reset()
                return (nil, hash)
            }
            let row = find.int(0)
            let state = find.withBlob(1, OutcomeRecord.decodeState)
            find.reset()
            if let state, state.source == source, state.id == id { return (try self.row(row), hash) }
            hash &+= 1  // another outcome with the same hash: its neighbour is next
        }
    }

    func row(_ id: Int64) throws -> Row? {
        read.bind(id, at: 1)
        defer { read.reset() }
        guard try read.step(), let state = read.withBlob(2, OutcomeRecord.decodeState) else { return nil }
        return Row(
            id: id, hash: read.int(0), person: read.int(1), state: state, counted: counted(read, firstColumn: 3))
    }

    private func counted(_ rows: Statement, firstColumn: Int32) -> Counted? {
        let segment = rows.int(firstColumn)
        guard let dimensions = segments.dimensions(id: segment) else { return nil }
        return rows.withBlob(firstColumn + 1) {
            OutcomeRecord.decodeCounted($0, segment: segment, dimensions: dimensions)
        }
    }

    /// A person's outcomes of a stretch, both ends included.
    func neighbours(of person: Int64, from: Instant, to: Instant) throws -> [Neighbour] {
        window.bind(person, at: 1)
        window.bind(from.microseconds, at: 2)
        window.bind(to.microseconds, at: 3)
        return try window.all {
            Neighbour(
                id: $0.int(0), hash: $0.int(1), at: Instant(microseconds: $0.int(2)),
                counted: counted($0, firstColumn: 3))
        }
    }

    /// Whether one in `[from, to)` counts that is not the resolution of a conversation.
    func hasResult(of person: Int64, from: Instant, to: Instant) throws -> Bool {
        result.bind(person, at: 1)
        result.bind(from.microseconds, at: 2)
        result.bind(to.microseconds, at: 3)
        defer { result.reset() }
        return try result.step()
    }

    /// When a person's outcomes of a stretch came about that are counted as such, ascending; both ends included.
    func times(of person: Int64, from: Instant, to: Instant) throws -> [Instant] {
        times.bind(person, at: 1)
        times.bind(from.microseconds, at: 2)
        times.bind(to.microseconds, at: 3)
        return try times.all { Instant(microseconds: $0.int(0)) }
    }

    func hasAny(of person: Int64, from: Instant, to: Instant) throws -> Bool {
        any.bind(person, at: 1)
        any.bind(from.microseconds, at: 2)
        any.bind(to.microseconds, at: 3)
        defer { any.reset() }
        return try any.step()
    }

    /// Writes what is known of an outcome; what it counts is settled later.
    func write(_ state: OutcomeState, person: Int64, row: Int64?, hash: Int64) throws -> Int64 {
        let statement = row == nil ? insert : updateState
        let id = row ?? next
        statement.bind(state.kind.map { MessageFact.label($0.value) }, at: 1)
        statement.bind(state.standing.rawValue, at: 2)
        statement.bind(person, at: 3)
        statement.bind(state.at.microseconds, at: 4)
        statement.bind(OutcomeRecord.encode(state), at: 5)
        statement.bind(id, at: 6)
        if row == nil {
            statement.bind(hash, at: 7)
            statement.bind(MessageFact.label(state.source), at: 8)
            next += 1
        }
        try statement.run()
        return id
    }

    func remove(_ row: Row) throws {
        try count(row.counted, sign: -1)
        delete.bind(row.id, at: 1)
        try delete.run()
    }

    // MARK: Counting

    /// The fact of a state and what its dimensions are kept under.
    func counted(
        _ state: OutcomeState, isMatched: Bool, credits: [AttributionLedger.Credit],
        lastTouch: Touch?, convert: (Money, Instant) -> Money
    ) throws -> Counted? {
        let last = lastTouch.map {
            OutcomeFact.LastTouch(kind: $0.kind, ad: $0.ad, dimensions: self.credits.messageDimensions($0.segment))
        }
        guard let fact = OutcomeFact(state, isMatched: isMatched, lastTouch: last, convert: convert) else { return nil }
        return Counted(fact: fact, segment: try segments.entry(fact.dimensions, db).id, credits: credits)
    }

    /// Makes what a row counts what it ought to.
    func replace(_ old: Counted?, by new: Counted?, row: Int64) throws {
        guard old != new else { return }
        try count(old, sign: -1)
        try count(new, sign: 1)
        update.bind(new?.segment ?? 0, at: 1)
        update.bind(Self.marks(new?.fact).rawValue, at: 2)
        update.bind(OutcomeRecord.encode(new), at: 3)
        update.bind(row, at: 4)
        try update.run()
    }

    private static func marks(_ fact: OutcomeFact?) -> OutcomeMarks {
        guard let fact else { return [] }
        var marks: OutcomeMarks = .counted
        if fact.isCancelled { marks.insert(.cancelled) }
        if fact.isAttributed { marks.insert(.attributed) }
        return marks
    }

    private func count(_ counted: Counted?, sign: Int64) throws {
        guard let counted else { return }
        guard let entry = segments.entry(id: counted.segment) else { throw ServiceTableError.unknownSegment }
        cells.add(counted.fact.contribution, entry, sign: sign)
        try credits.count(counted, sign: sign, db)
    }

    func flush() throws {
        try cells.flush()
        try credits.flush()
    }
}

/// The cells of fact `credit`. Credits have no rows: they are part of their outcome's.
final class CreditCells {
    private struct Place: Hashable {
        var model: Int
        var head: Int
        var kind: TouchKind
        var ad: String?
        var segment: Int64
    }

    private let segments: SegmentDictionary
    private let messages: SegmentDictionary
    private let cells: CellWriter<SIMD4<Int64>>
    private var heads: [OutcomeFact.Head: Int] = [:]
    /// Bounded: emptied when full, since finding a combination again is one look into a dictionary.
    private var entries: [Place: SegmentDictionary.Entry] = [:]
    private static let entriesMax = 100_000

    init(_ db: Database, messages: SegmentDictionary, dayStart: @escaping (QuarterHour) -> QuarterHour) throws {
        self.messages = messages
        segments = try SegmentDictionary(.credit, db)
        cells = try CellWriter(.credit, db, dayStart: dayStart)
    }

    /// Values in the order of `Dimension.stored(.message)`; empty where there are none.
    func messageDimensions(_ segment: Int64) -> [String?] { messages.dimensions(id: segment) ?? [] }

    func count(_ counted: OutcomeTable.Counted, sign: Int64, _ db: Database) throws {
        guard !counted.credits.isEmpty else { return }
        let values = AttributionLedger.values(of: counted.credits, total: counted.fact.value ?? 0)
        let head = number(of: counted.fact.head)
        for (credit, value) in zip(counted.credits, values) {
            let quarter = QuarterHour(containing: credit.touch.cohortAt)
            let time = max(0, counted.fact.at.microseconds(since: credit.touch.at))
            for place in AttributionLedger.models.indices where credit.shares[place] > 0 {
                let entry = try entry(place, head, counted.fact.head, credit.touch, db)
                let converted: Int64 = credit.converted & (1 << UInt8(place)) == 0 ? 0 : 1
                let lanes = SIMD4<Int64>(credit.shares[place], value[place], 1, converted)
                cells.add(lanes &* sign, in: quarter, entry)
                cells.count(time, duration: CreditDuration.timeToOutcome.rawValue, in: quarter, entry, sign: sign)
            }
        }
    }

    private func number(of head: OutcomeFact.Head) -> Int {
        if let known = heads[head] { return known }
        heads[head] = heads.count
        return heads.count - 1
    }

    private func entry(
        _ model: Int, _ number: Int, _ head: OutcomeFact.Head, _ touch: Touch, _ db: Database
    ) throws -> SegmentDictionary.Entry {
        let place = Place(model: model, head: number, kind: touch.kind, ad: touch.ad, segment: touch.segment)
        if let known = entries[place] { return known }
        let values = Self.dimensions(model, head, touch, messageDimensions(touch.segment))
        let entry = try segments.entry(values, db)
        if entries.count >= Self.entriesMax { entries.removeAll(keepingCapacity: true) }
        entries[place] = entry
        return entry
    }

    /// Values in the order of `Dimension.stored(.credit)`.
    static func dimensions(
        _ model: Int, _ head: OutcomeFact.Head, _ touch: Touch, _ message: [String?]
    ) -> [String?] {
        let last = OutcomeFact.LastTouch(kind: touch.kind, ad: touch.ad, dimensions: message)
        return [AttributionLedger.models[model].rawValue] + OutcomeFact.dimensions(head, touch: last)
    }

    func flush() throws { try cells.flush() }
}

import Domain
import GRDB

/// Which messages are still to be looked at again: because what they cost is counted by other rules now, or because
/// they have become old enough to say whether they had any effect.
///
/// A review goes through the rows of a stretch of time little by little between the batches, so that years of messages
/// are not counted anew in one transaction. What a batch changes meanwhile is judged by the new rules at once.
final class ChargeReview {
    /// Messages sent before this instant have had their time to show an effect.
    private(set) var judgedTo: Instant
    /// What is under way.
    private(set) var open: Stretch?

    struct Stretch: Equatable {
        var from: Instant
        var to: Instant
        var nextRow: Int64
        /// Prices are looked up again, too.
        var reprices: Bool
    }

    /// Rows looked at in one step.
    private static let rowsAtOnce: Int64 = 8_000

    private let update: Statement
    private let span: Statement
    private let rows: Statement

    init(_ db: Database) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO charge_review (id, judged_to, next_row, reprices) VALUES (1, ?, 0, 0)
                """,
            arguments: [Int64.min])
        let row = try Row.fetchOne(db, sql: "SELECT judged_to, from_at, to_at, next_row, reprices FROM charge_review")
        judgedTo = Instant(microseconds: row?[0] ?? .min)
        if let row, let from: Int64 = row[1], let to: Int64 = row[2] {
            open = Stretch(
                from: Instant(microseconds: from), to: Instant(microseconds: to), nextRow: row[3], reprices: row[4])
        }
        update = try Statement(
            db, "UPDATE charge_review SET judged_to = ?, from_at = ?, to_at = ?, next_row = ?, reprices = ?")
        span = try Statement(db, "SELECT min(first), max(last) FROM span WHERE day >= ? AND day <= ?")
        rows = try Statement(
            db,
            """
            SELECT id FROM message WHERE id >= ? AND id < ? AND cohort_at >= ? AND cohort_at < ? AND charge IS NOT NULL
            """)
    }

    /// Has the messages sent from an instant on priced anew.
    func reprice(from: Instant) throws {
        try extend(Stretch(from: from, to: .distantFuture, nextRow: 0, reprices: true))
    }

    /// Has the messages judged that have become old enough; false when there are none.
    func advance(judgedTo now: Instant) throws -> Bool {
        guard now > judgedTo else { return false }
        let from = judgedTo
        judgedTo = now
        try extend(Stretch(from: from, to: now, nextRow: 0, reprices: false))
        return true
    }

    /// What is left of one review is done again with the next.
    private func extend(_ new: Stretch) throws {
        guard let known = open else {
            open = new
            return try write()
        }
        open = Stretch(
            from: min(known.from, new.from), to: max(known.to, new.to), nextRow: 0,
            reprices: known.reprices || new.reprices)
        try write()
    }

    /// The next rows to look at, and whether their prices are; nil when nothing is left.
    func next() throws -> (rows: [Int64], reprices: Bool)? {
        guard let stretch = open else { return nil }
        span.bind(stretch.from.microseconds.flooredDivision(by: SpanWriter.dayMicroseconds), at: 1)
        span.bind(stretch.to.microseconds.flooredDivision(by: SpanWriter.dayMicroseconds), at: 2)
        defer { span.reset() }
        guard try span.step(), let first = span.optionalInt(0), let last = span.optionalInt(1),
            max(first, stretch.nextRow) <= last
        else {
            open = nil
            try write()
            return nil
        }
        let from = max(first, stretch.nextRow)
        open?.nextRow = from + Self.rowsAtOnce
        try write()
        rows.bind(from, at: 1)
        rows.bind(from + Self.rowsAtOnce, at: 2)
        rows.bind(stretch.from.microseconds, at: 3)
        rows.bind(stretch.to.microseconds, at: 4)
        return (try rows.all { $0.int(0) }, stretch.reprices)
    }

    private func write() throws {
        update.bind(judgedTo.microseconds, at: 1)
        update.bind(open?.from.microseconds, at: 2)
        update.bind(open?.to.microseconds, at: 3)
        update.bind(open?.nextRow ?? 0, at: 4)
        update.bind(open?.reprices == true ? 1 : 0, at: 5)
        try update.run()
    }

    /// Share of the rows of a review of prices that are done, 0 … 1; 1 when there is none.
    static func share(_ db: Database) throws -> Double {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT next_row FROM charge_review WHERE from_at IS NOT NULL AND reprices"),
            let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM message"), last > 0
        else { return 1 }
        return min(Double(row[0] as Int64) / Double(last), 0.999)
    }
}

import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

import enum Catalogue.Dimension

/// Lists of single messages: with the people behind them for those who may see them, and without.
extension SQLiteStore {
    package func recipients(_ selection: RecipientSelection) async throws -> [Recipient] {
        try await pool.read { db in
            guard
                let chosen = try Chosen(
                    range: selection.range, filters: selection.filters, measure: selection.measure, db)
            else { return [] }
            let reader = try MessageReader(db)
            let rows = try Statement(
                db, "SELECT \(MessageReader.columns) \(chosen.sql) ORDER BY m.cohort_at, m.id LIMIT ?")
            chosen.bind(to: rows, more: [Int64(selection.limit)])
            var found: [Recipient] = []
            while try rows.step() {
                guard let state = rows.withBlob(0, StateRecord.decode) else { continue }
                found.append(
                    Recipient(
                        message: state.id, phone: state.recipient.phone, userID: state.recipient.userID,
                        sentAt: Instant(microseconds: rows.int(1)),
                        measures: MessageFlags(rawValue: rows.int(2)).measures, dimensions: try reader.dimensions(rows))
                )
            }
            return found
        }
    }

    package func messages(_ selection: MessageSelection) async throws -> [MessageRow] {
        try await pool.read { db in
            guard
                let chosen = try Chosen(
                    range: selection.range, filters: selection.filters, measure: selection.measure, db)
            else { return [] }
            var more: [Int64] = []
            var after = ""
            if let place = selection.after {
                after = " AND (m.cohort_at, m.id) < (?, ?)"
                more = [place.sentAt.microseconds, place.row]
            }
            // The rows are sorted before their states are read, which are most of their bytes.
            let rows = try Statement(
                db,
                """
                SELECT \(MessageReader.columns), m.id, m.cost FROM (
                  SELECT m.id AS id \(chosen.sql)\(after) ORDER BY m.cohort_at DESC, m.id DESC LIMIT ?
                ) page JOIN message m ON m.id = page.id ORDER BY m.cohort_at DESC, m.id DESC
                """)
            chosen.bind(to: rows, more: more + [Int64(selection.limit)])
            let reader = try MessageReader(db)
            var found: [MessageRow] = []
            while try rows.step() {
                guard let state = rows.withBlob(0, StateRecord.decode) else { continue }
                let dimensions = try reader.dimensions(rows)
                found.append(
                    MessageRow(
                        id: state.id,
                        place: MessageRow.Place(sentAt: Instant(microseconds: rows.int(1)), row: rows.int(5)),
                        recipient: state.recipient.masked,
                        measures: MessageFlags(rawValue: rows.int(2)).measures, dimensions: dimensions,
                        cost: rows.optionalInt(6).map { Money(micros: $0, currency: dimensions[.currency] ?? "") }))
            }
            return found
        }
    }
}

/// The part of a statement behind SELECT that chooses messages `m`, and what it binds.
private struct Chosen {
    let sql: String
    private let numbers: [Int64]
    private let texts: [String]
    private let runner: PlanRunner

    /// Nil when the range holds no message.
    init?(range: Range<Instant>, filters: [Filter], measure: Measure?, _ db: Database) throws {
        let plan = Plan(
            fact: .message, source: .facts, boundaries: [range.lowerBound, range.upperBound], measures: [])
        runner = PlanRunner(plan, db)
        guard let bounds = try runner.factRange() else { return nil }
        var sql = """
            FROM message m
            JOIN \(Schema.segmentTable(Fact.message)) s ON s.id = m.segment
            LEFT JOIN \(Schema.segmentTable(Fact.charge)) c ON c.id = m.charge
            WHERE \(bounds.sql)
            """
        var texts: [String] = []
        let ofMessage = Set(Dimension.stored(.message))
        for filter in filters {
            let (part, bound) = PlanRunner.condition(filter)
            sql += ofMessage.contains(filter.dimension) ? part : part.replacing("s.", with: "c.")
            texts += bound
        }
        switch measure {
        case .message(let measure)?: sql += " AND m.flags & \(MessageFlags(measure).rawValue)"
        case .charge?: sql += measure.map { " AND \(PlanRunner.sql(of: $0).replacing("s.", with: "c."))" } ?? ""
        default: break
        }
        self.sql = sql
        self.texts = texts
        numbers = bounds.values
    }

    /// - Parameter more: for the question marks behind those of `sql`.
    func bind(to rows: Statement, more: [Int64]) {
        runner.bind(numbers, texts, to: rows)
        for (index, value) in more.enumerated() {
            rows.bind(value, at: Int32(numbers.count + texts.count + index + 1))
        }
    }
}

/// Reads rows of `columns`.
private struct MessageReader {
    static let columns = "m.state, m.cohort_at, m.flags, m.segment, m.charge"
    private let segments: SegmentReader
    private let charges: SegmentReader

    init(_ db: Database) throws {
        segments = try SegmentReader(.message, db)
        charges = try SegmentReader(.charge, db)
    }

    func dimensions(_ rows: Statement) throws -> [Dimension: String] {
        var dimensions = SQLiteStore.named(try segments.dimensions(rows.int(3)), .message)
        if let charge = rows.optionalInt(4) {
            dimensions.merge(SQLiteStore.named(try charges.dimensions(charge), .charge)) { $1 }
        }
        return dimensions
    }
}

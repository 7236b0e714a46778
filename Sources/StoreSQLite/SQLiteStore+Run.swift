import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

import struct Catalogue.Table

extension SQLiteStore {
    package func run(_ plan: Plan) async throws -> Table {
        guard plan.boundaries.count >= 2 else { return Table(rows: []) }
        return try await pool.read { db in try PlanRunner(plan, db).run() }
    }
}

/// Answers one plan on one reading connection. SQL leaves this file nowhere; values are always bound.
struct PlanRunner {
    let plan: Plan
    let db: Database
    let from: Instant
    let to: Instant

    init(_ plan: Plan, _ db: Database) {
        self.plan = plan
        self.db = db
        from = plan.boundaries[0]
        to = plan.boundaries[plan.boundaries.count - 1]
    }

    struct Group: Hashable {
        var bucket: Int
        var key: [String?]
    }
    struct Sums {
        var sums: [Int64]
        var histograms: [Histogram]
    }

    func run() throws -> Table {
        var groups: [Group: Sums] = [:]
        switch plan.source {
        case .cells(let cube, let grain):
            try sumCells(cube, grain, into: &groups)
            if !plan.durations.isEmpty { try sumBins(cube, grain, into: &groups) }
        case .contacts(let lastDay):
            try sumContacts(lastDay: lastDay, into: &groups)
        case .facts where plan.fact == .message:
            try sumFacts(into: &groups)
            for (index, duration) in plan.durations.enumerated() {
                try sumDurations(duration, index, into: &groups)
            }
        case .facts:
            switch plan.fact {
            case .message: break
            case .wait, .conversation: try sumServiceFacts(into: &groups)
            case .charge: try sumCharges(into: &groups)
            case .outcome, .credit: try sumOutcomeFacts(into: &groups)
            }
        }
        return Table(
            rows: groups.map {
                Table.Row(bucket: $0.bucket, key: $0.key, sums: $1.sums, histograms: $1.histograms)
            })
    }

    var empty: Sums {
        Sums(
            sums: Array(repeating: 0, count: plan.measures.count),
            histograms: plan.durations.map { _ in Histogram() })
    }

    // MARK: Cells

    private func sumCells(_ cube: Cube, _ grain: CellGrain, into groups: inout [Group: Sums]) throws {
        let sums = plan.measures.map { ", sum(c.\($0.column))" }.joined()
        let (condition, values) = try filter()
        let columns = plan.dimensions.map { ", s.\($0.rawValue)" }.joined()
        // One bucket in all needs no grouping by time, many buckets do.
        let time = plan.boundaries.count > 2 ? "c.bucket" : "0"
        let sql = """
            SELECT \(time)\(columns)\(sums) FROM \(Schema.cellTable(cube, grain)) c
            JOIN \(Schema.segmentTable(cube)) s ON s.id = c.segment
            WHERE c.bucket >= ? AND c.bucket < ?\(condition) GROUP BY \(positions(1 + plan.dimensions.count))
            """
        let rows = try Statement(db, sql)
        bind([QuarterHour(containing: from).index, ceilingQuarter(to)], values, to: rows)
        while try rows.step() {
            let start = plan.boundaries.count > 2 ? QuarterHour(index: rows.int(0)).start : from
            guard let bucket = bucket(of: start) else { continue }
            add(rows, firstColumn: 1, bucket: bucket, into: &groups)
        }
    }

    private func sumBins(_ cube: Cube, _ grain: CellGrain, into groups: inout [Group: Sums]) throws {
        let (condition, values) = try filter()
        let columns = plan.dimensions.map { ", s.\($0.rawValue)" }.joined()
        let rows = try Statement(
            db,
            """
            SELECT c.bucket, c.duration, c.bins\(columns) FROM \(Schema.binTable(cube, grain)) c
            JOIN \(Schema.segmentTable(cube)) s ON s.id = c.segment
            WHERE c.bucket >= ? AND c.bucket < ?\(condition)
            """)
        bind([QuarterHour(containing: from).index, ceilingQuarter(to)], values, to: rows)
        while try rows.step() {
            guard let index = plan.durations.firstIndex(where: { Int64($0.index) == rows.int(1) }),
                let bucket = bucket(of: max(QuarterHour(index: rows.int(0)).start, from))
            else { continue }
            let key = Group(bucket: bucket, key: key(rows, firstColumn: 3))
            groups[key, default: empty].histograms[index].add(rows.withBlob(2, HistogramRecord.decode))
        }
    }

    // MARK: Facts

    /// Rows of the range: by the arrivals that its days span, then by their own time.
    func factRange() throws -> (sql: String, values: [Int64])? {
        let days = (
            from.microseconds.flooredDivision(by: SpanWriter.dayMicroseconds),
            to.microseconds.flooredDivision(by: SpanWriter.dayMicroseconds)
        )
        let span = try Row.fetchOne(
            db, sql: "SELECT min(first), max(last) FROM span WHERE day >= ? AND day <= ?", arguments: [days.0, days.1])
        guard let span, let first: Int64 = span[0], let last: Int64 = span[1] else { return nil }
        return (
            "m.id >= ? AND m.id <= ? AND m.cohort_at >= ? AND m.cohort_at < ?",
            [first, last, from.microseconds, to.microseconds]
        )
    }

    /// The start of the quarter hour of a fact: bucket boundaries inside a range lie on quarter hours, so that
    /// nothing finer is needed.
    var factTime: String {
        plan.boundaries.count > 2 ? "m.cohort_at / \(QuarterHour.microseconds)" : "0"
    }

    private func sumFacts(into groups: inout [Group: Sums]) throws {
        guard let range = try factRange() else { return }
        let sums = plan.measures.map { ", sum((m.flags >> \($0.index)) & 1)" }.joined()
        let (condition, values) = try filter()
        let columns = plan.dimensions.map { ", s.\($0.rawValue)" }.joined()
        let rows = try Statement(
            db,
            """
            SELECT \(factTime)\(columns)\(sums) FROM message m JOIN \(Schema.segmentTable(Fact.message)) s ON s.id = m.segment
            WHERE \(range.sql)\(condition) GROUP BY \(positions(1 + plan.dimensions.count))
            """)
        bind(range.values, values, to: rows)
        while try rows.step() {
            guard let bucket = factBucket(rows.int(0)) else { continue }
            add(rows, firstColumn: 1, bucket: bucket, into: &groups)
        }
    }

    private func sumDurations(
        _ duration: FactDuration, _ index: Int, into groups: inout [Group: Sums]
    ) throws {
        guard let range = try factRange() else { return }
        let column = duration == .message(.timeToDeliver) ? "time_to_deliver" : "time_to_read"
        let (condition, values) = try filter()
        let columns = plan.dimensions.map { ", s.\($0.rawValue)" }.joined()
        let rows = try Statement(
            db,
            """
            SELECT \(factTime), m.\(column)\(columns) FROM message m JOIN \(Schema.segmentTable(Fact.message)) s ON s.id = m.segment
            WHERE m.\(column) IS NOT NULL AND \(range.sql)\(condition)
            """)
        bind(range.values, values, to: rows)
        while try rows.step() {
            guard let bucket = factBucket(rows.int(0)) else { continue }
            let key = Group(bucket: bucket, key: key(rows, firstColumn: 2))
            groups[key, default: empty].histograms[index]
                .add(1, bin: Histogram.bin(microseconds: rows.int(1)))
        }
    }

    func factBucket(_ quarter: Int64) -> Int? {
        plan.boundaries.count > 2 ? bucket(of: max(QuarterHour(index: quarter).start, from)) : 0
    }

    // MARK: Parts

    func add(
        _ rows: Statement, firstColumn: Int32, bucket: Int, into groups: inout [Group: Sums]
    ) {
        let key = Group(bucket: bucket, key: key(rows, firstColumn: firstColumn))
        let first = firstColumn + Int32(plan.dimensions.count)
        var sums = groups[key] ?? empty
        for index in plan.measures.indices { sums.sums[index] += rows.int(first + Int32(index)) }
        groups[key] = sums
    }

    func key(_ rows: Statement, firstColumn: Int32) -> [String?] {
        plan.dimensions.indices.map { rows.text(firstColumn + Int32($0)) }
    }

    func positions(_ count: Int) -> String { (1...count).map(String.init).joined(separator: ", ") }

    private func ceilingQuarter(_ instant: Instant) -> Int64 {
        let quarter = QuarterHour(containing: instant)
        return quarter.start == instant ? quarter.index : quarter.index + 1
    }

    func bucket(of start: Instant) -> Int? {
        var low = 0
        var high = plan.boundaries.count - 1
        guard start >= from, start < to else { return nil }
        while high - low > 1 {
            let middle = (low + high) / 2
            if plan.boundaries[middle] <= start { low = middle } else { high = middle }
        }
        return low
    }

    func bind(_ numbers: [Int64], _ texts: [String], to statement: Statement) {
        var position: Int32 = 1
        for number in numbers {
            statement.bind(number, at: position)
            position += 1
        }
        for text in texts {
            statement.bind(text, at: position)
            position += 1
        }
    }

    /// The condition on segments: few rows, looked at once, instead of a test for each cell or fact.
    func filter() throws -> (sql: String, values: [String]) {
        var sql = ""
        var values: [String] = []
        for filter in plan.filters {
            let (part, bound) = Self.condition(filter)
            sql += part
            values += bound
        }
        return (sql, values)
    }

    static func condition(_ filter: Filter) -> (sql: String, values: [String]) {
        let column = "s.\(filter.dimension.rawValue)"
        switch filter.op {
        case .isNull: return (" AND \(column) IS NULL", [])
        case .notNull: return (" AND \(column) IS NOT NULL", [])
        case .isIn, .notIn:
            let marks = filter.values.map { _ in "?" }.joined(separator: ", ")
            let isIn = filter.op == .isIn
            let sql =
                isIn ? " AND \(column) IN (\(marks))" : " AND (\(column) IS NULL OR \(column) NOT IN (\(marks)))"
            return (sql, filter.values)
        }
    }
}

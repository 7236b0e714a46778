import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// What a recount found to be different.
package struct Difference: Hashable, Sendable, CustomStringConvertible {
    /// The table or the kind of thing: `cell_delivery_day`, `message`.
    package var place: String
    /// Where in it; never a phone number.
    package var key: String
    package var stored: String
    package var recounted: String

    package var description: String { "\(place) \(key): stored \(stored), recounted \(recounted)" }
}

extension SQLiteStore {
    /// Recounts every cell from the facts. Empty when they agree.
    /// - Parameter limit: differences returned at most.
    package func auditCells(limit: Int = 1_000) async throws -> [Difference] {
        try await pool.read { [clock] db in
            var differences: [Difference] = []
            for cube in Cube.allCases {
                let quarters = try Self.recount(cube, db)
                var dayCells: [CellKey: [Int64]] = [:]
                for (key, sums) in quarters {
                    let day = CellKey(
                        bucket: clock.startOfDay(QuarterHour(index: key.bucket)).index, segment: key.segment)
                    dayCells[day] = zip(dayCells[day] ?? sums.map { _ in 0 }, sums).map(+)
                }
                try Self.compare(cube, .quarterHour, quarters, db, &differences)
                try Self.compare(cube, .day, dayCells, db, &differences)
            }
            try Self.auditBins(clock, db, &differences)
            return Array(differences.prefix(limit))
        }
    }

    private struct CellKey: Hashable {
        var bucket: Int64
        var segment: Int64
    }

    private static func recount(_ cube: Cube, _ db: Database) throws -> [CellKey: [Int64]] {
        let match = cube.dimensions.map { "c.\($0.rawValue) IS s.\($0.rawValue)" }.joined(separator: " AND ")
        let sums = MessageMeasure.allCases.map { ", sum((m.flags >> \($0.rawValue)) & 1)" }.joined()
        let rows = try Statement(
            db,
            """
            WITH part AS MATERIALIZED (
              SELECT s.id AS segment, c.id AS cell FROM segment s JOIN \(Schema.segmentTable(cube)) c ON \(match)
            ), fact AS (
              SELECT (cohort_at - ((cohort_at % ?1) + ?1) % ?1) / ?1 AS bucket, segment, flags FROM message
            )
            SELECT m.bucket, p.cell\(sums) FROM fact m JOIN part p ON p.segment = m.segment GROUP BY 1, 2
            """)
        rows.bind(QuarterHour.microseconds, at: 1)
        var cells: [CellKey: [Int64]] = [:]
        while try rows.step() {
            cells[CellKey(bucket: rows.int(0), segment: rows.int(1))] =
                MessageMeasure.allCases.map { rows.int(2 + Int32($0.rawValue)) }
        }
        return cells
    }

    private static func compare(
        _ cube: Cube, _ grain: CellGrain, _ recounted: [CellKey: [Int64]], _ db: Database,
        _ differences: inout [Difference]
    ) throws {
        let table = Schema.cellTable(cube, grain)
        var left = recounted.filter { $0.value.contains { $0 != 0 } }
        let rows = try Statement(
            db, "SELECT bucket, segment, \(Schema.measureColumns.joined(separator: ", ")) FROM \(table)")
        while try rows.step() {
            let key = CellKey(bucket: rows.int(0), segment: rows.int(1))
            let stored = MessageMeasure.allCases.map { rows.int(2 + Int32($0.rawValue)) }
            let expected = left.removeValue(forKey: key) ?? stored.map { _ in 0 }
            if stored != expected { differences.append(difference(table, key, stored, expected)) }
        }
        for (key, expected) in left { differences.append(difference(table, key, expected.map { _ in 0 }, expected)) }
    }

    private static func difference(
        _ table: String, _ key: CellKey, _ stored: [Int64], _ expected: [Int64]
    ) -> Difference {
        func words(_ sums: [Int64]) -> String {
            let parts = zip(MessageMeasure.allCases, sums).filter { $1 != 0 }.map { "\($0.column) \($1)" }
            return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
        }
        return Difference(
            place: table, key: "bucket \(key.bucket) segment \(key.segment)", stored: words(stored),
            recounted: words(expected))
    }

    private static func auditBins(_ clock: ZoneClock, _ db: Database, _ differences: inout [Difference]) throws {
        struct Key: Hashable { var bucket, segment, duration: Int64 }
        let segments = try SegmentDictionary(db)
        var expected: [CellGrain: [Key: Histogram]] = [.quarterHour: [:], .day: [:]]
        let facts = try Statement(
            db,
            """
            SELECT cohort_at, segment, time_to_deliver, time_to_read FROM message
            WHERE time_to_deliver IS NOT NULL OR time_to_read IS NOT NULL
            """)
        while try facts.step() {
            guard let entry = segments.entry(id: facts.int(1)) else { continue }
            let quarter = QuarterHour(containing: Instant(microseconds: facts.int(0)))
            let buckets = [CellGrain.quarterHour: quarter.index, .day: clock.startOfDay(quarter).index]
            for duration in MessageDuration.allCases {
                guard let value = facts.optionalInt(2 + Int32(duration.rawValue)) else { continue }
                for (grain, bucket) in buckets {
                    let key = Key(
                        bucket: bucket, segment: entry.cubes[Cube.delivery.rawValue], duration: Int64(duration.rawValue)
                    )
                    expected[grain]?[key, default: Histogram()].add(1, bin: Histogram.bin(microseconds: value))
                }
            }
        }
        for grain in CellGrain.allCases {
            var left = expected[grain] ?? [:]
            let table = Schema.binTable(grain)
            let rows = try Statement(db, "SELECT bucket, segment, duration, bins FROM \(table)")
            while try rows.step() {
                let key = Key(bucket: rows.int(0), segment: rows.int(1), duration: rows.int(2))
                let stored = rows.withBlob(3, HistogramRecord.decode)
                let recounted = left.removeValue(forKey: key) ?? Histogram()
                if stored != recounted {
                    differences.append(
                        Difference(
                            place: table, key: "bucket \(key.bucket) segment \(key.segment) duration \(key.duration)",
                            stored: "\(stored.total) durations", recounted: "\(recounted.total) durations"))
                }
            }
            for (key, histogram) in left {
                differences.append(
                    Difference(
                        place: table, key: "bucket \(key.bucket) segment \(key.segment) duration \(key.duration)",
                        stored: "0 durations", recounted: "\(histogram.total) durations"))
            }
        }
    }

    /// Compares the facts with those of another store that was filled from the same inbox. Row, person and segment
    /// numbers depend on the order of arrival, so they are not compared: what they stand for is.
    package func auditFacts(against recount: SQLiteStore, limit: Int = 1_000) async throws -> [Difference] {
        let mine = try await factDigests()
        let theirs = try await recount.factDigests()
        var differences: [Difference] = []
        for (key, digest) in mine where theirs[key] != digest {
            let other = theirs[key] == nil ? "absent" : "another fact"
            differences.append(Difference(place: "message", key: "hash \(key)", stored: "a fact", recounted: other))
            if differences.count >= limit { return differences }
        }
        for key in theirs.keys where mine[key] == nil {
            differences.append(
                Difference(place: "message", key: "hash \(key)", stored: "absent", recounted: "a fact"))
            if differences.count >= limit { return differences }
        }
        return differences
    }

    /// For each message key a 64-bit digest of its fact, dimensions and state.
    package func factDigests() async throws -> [Int64: UInt64] {
        try await pool.read { db in
            let segments = try SegmentDictionary(db)
            let rows = try Statement(
                db,
                """
                SELECT k.hash, m.cohort_at, m.segment, m.flags, m.time_to_deliver, m.time_to_read, m.expires_at, m.state
                FROM message_key k JOIN message m ON m.id = k.message
                """)
            var digests: [Int64: UInt64] = [:]
            while try rows.step() {
                var digest = StableHash()
                for column in [Int32(1), 3, 4, 5, 6] { digest.combine(rows.optionalInt(column).map(String.init)) }
                for value in segments.dimensions(id: rows.int(2)) ?? [] { digest.combine(value) }
                rows.withBlob(7) { bytes in digest.combine(bytes: bytes) }
                digests[rows.int(0)] = digest.value
            }
            return digests
        }
    }
}

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
    /// Recounts every cell from the facts, and people from the threads. Empty when they agree.
    /// - Parameter limit: differences returned at most.
    package func auditCells(limit: Int = 1_000) async throws -> [Difference] {
        try await pool.read { [clock] db in
            var differences: [Difference] = []
            for fact in Fact.allCases {
                let segments = try SegmentDictionary(fact, db)
                var tally = CellTally(segments)
                switch fact {
                case .message: try tally.countMessages(db)
                case .wait: try tally.countWaits(db)
                case .conversation: try tally.countConversations(db)
                case .charge: try tally.countCharges(db)
                case .outcome, .credit: try OutcomeTally.count(fact, db) { tally.add($0, segment: $1) }
                }
                for grain in CellGrain.allCases {
                    try tally.compareCells(grain, clock, db, &differences)
                    try tally.compareBins(grain, clock, db, &differences)
                }
            }
            differences += try ContactRecount.audit(db, clock: clock, limit: limit)
            return Array(differences.prefix(limit))
        }
    }

    /// Compares the facts with those of another store that was filled from the same inbox. Row, person and segment
    /// numbers depend on the order of arrival, so they are not compared: what they stand for is.
    package func auditFacts(against recount: SQLiteStore, limit: Int = 1_000) async throws -> [Difference] {
        var differences: [Difference] = []
        for fact in Fact.allCases {
            let mine = try await factDigests(fact)
            let theirs = try await recount.factDigests(fact)
            for (key, digest) in mine where theirs[key] != digest {
                let other = theirs[key] == nil ? "absent" : "another fact"
                differences.append(
                    Difference(place: fact.rawValue, key: "hash \(key)", stored: "a fact", recounted: other))
            }
            for key in theirs.keys where mine[key] == nil {
                differences.append(
                    Difference(place: fact.rawValue, key: "hash \(key)", stored: "absent", recounted: "a fact"))
            }
        }
        return Array(differences.prefix(limit))
    }

    /// For each key of a fact a 64-bit digest of the fact, its dimensions and state.
    package func factDigests(_ fact: Fact = .message) async throws -> [Int64: UInt64] {
        try await pool.read { db in
            switch fact {
            case .message: try Self.messageDigests(db)
            case .wait:
                try Self.serviceDigests(
                    .wait, "SELECT key, segment, started_at, ending, ended_at, due_at, handed_off_at, record FROM wait",
                    db)
            case .conversation:
                try Self.serviceDigests(
                    .conversation,
                    "SELECT key, segment, started_at, last_at, due_at, NULL, NULL, record FROM conversation", db)
            case .charge: try Self.chargeDigests(db)
            case .outcome: try OutcomeTally.digests(db)
            // Credits are part of their outcome's row.
            case .credit: [:]
            }
        }
    }

    private static func messageDigests(_ db: Database) throws -> [Int64: UInt64] {
        let segments = try SegmentDictionary(.message, db)
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

    private static func chargeDigests(_ db: Database) throws -> [Int64: UInt64] {
        let segments = try SegmentDictionary(.charge, db)
        let rows = try Statement(
            db,
            """
            SELECT k.hash, m.charge, m.cost, m.raised, m.rank_group, m.rank_at FROM message_key k
            JOIN message m ON m.id = k.message WHERE m.charge IS NOT NULL
            """)
        var digests: [Int64: UInt64] = [:]
        while try rows.step() {
            var digest = StableHash()
            for column in Int32(2)...5 { digest.combine(rows.optionalInt(column).map(String.init)) }
            for value in segments.dimensions(id: rows.int(1)) ?? [] { digest.combine(value) }
            digests[rows.int(0)] = digest.value
        }
        return digests
    }

    private static func serviceDigests(_ fact: Fact, _ sql: String, _ db: Database) throws -> [Int64: UInt64] {
        let segments = try SegmentDictionary(fact, db)
        let rows = try Statement(db, sql)
        var digests: [Int64: UInt64] = [:]
        while try rows.step() {
            var digest = StableHash()
            for column in Int32(2)...6 { digest.combine(rows.optionalInt(column).map(String.init)) }
            for value in segments.dimensions(id: rows.int(1)) ?? [] { digest.combine(value) }
            rows.withBlob(7) { bytes in digest.combine(bytes: bytes) }
            // Two facts with one key (one message in two threads) are told apart by adding up.
            digests[rows.int(0), default: 0] &+= digest.value
        }
        return digests
    }
}

/// Cells of one fact as the facts themselves give them.
private struct CellTally {
    private struct Key: Hashable {
        var bucket: Int64
        var segment: Int64
    }
    private struct BinKey: Hashable {
        var bucket: Int64
        var segment: Int64
        var duration: Int64
    }

    private let segments: SegmentDictionary
    private let measures: [Measure]
    /// By cube, by quarter hour.
    private var cells: [[Key: [Int64]]]
    private var bins: [[BinKey: Histogram]]

    init(_ segments: SegmentDictionary) {
        self.segments = segments
        measures = Schema.measures(segments.fact)
        cells = segments.cubes.map { _ in [:] }
        bins = segments.cubes.map { _ in [:] }
    }

    // MARK: Counting

    mutating func countMessages(_ db: Database) throws {
        let rows = try Statement(
            db,
            """
            SELECT (cohort_at - ((cohort_at % ?1) + ?1) % ?1) / ?1, segment, flags, count(*) FROM message GROUP BY 1, 2, 3
            """)
        rows.bind(QuarterHour.microseconds, at: 1)
        while try rows.step() {
            let flags = MessageFlags(rawValue: rows.int(2))
            var part = ServiceContribution.Part(quarter: QuarterHour(index: rows.int(0)))
            for measure in MessageMeasure.allCases where flags.contains(MessageFlags(measure)) {
                part.measures[measure.rawValue] = rows.int(3)
            }
            add(part, segment: rows.int(1))
        }
        let durations = try Statement(
            db,
            """
            SELECT cohort_at, segment, time_to_deliver, time_to_read FROM message
            WHERE time_to_deliver IS NOT NULL OR time_to_read IS NOT NULL
            """)
        while try durations.step() {
            let quarter = QuarterHour(containing: Instant(microseconds: durations.int(0)))
            for duration in MessageDuration.allCases {
                guard let value = durations.optionalInt(2 + Int32(duration.rawValue)) else { continue }
                count(value, duration: duration.rawValue, in: quarter, segment: durations.int(1))
            }
        }
    }

    mutating func countWaits(_ db: Database) throws {
        let rows = try Statement(db, "SELECT \(WaitTable.columns) FROM wait")
        while try rows.step() {
            guard let row = WaitTable.row(rows, dimensions: segments.dimensions(id:)) else { continue }
            for part in row.fact.contribution.parts { add(part, segment: row.segment) }
        }
    }

    mutating func countConversations(_ db: Database) throws {
        let rows = try Statement(db, "SELECT \(ConversationTable.columns) FROM conversation")
        while try rows.step() {
            guard let row = ConversationTable.row(rows, dimensions: segments.dimensions(id:)) else { continue }
            for part in row.fact.contribution.parts { add(part, segment: row.segment) }
        }
        let messages = try SegmentDictionary(.message, db)
        let reader = try ThreadReader(db, segments: messages)
        let lone = try Statement(
            db, "SELECT cohort_at, segment FROM message WHERE flags & \(MessageFlags.lone.rawValue)")
        while try lone.step() {
            guard let outbound = reader.outbound(segment: lone.int(1)) else { continue }
            let fact = ConversationFact.lone(
                at: Instant(microseconds: lone.int(0)), key: 0, outbound: outbound,
                phoneNumber: reader.phoneNumber(segment: lone.int(1)))
            let segment = try segments.entry(fact.dimensions, db)
            for part in fact.contribution.parts { add(part, segment: segment.id) }
        }
    }

    mutating func countCharges(_ db: Database) throws {
        let rows = try Statement(
            db,
            """
            SELECT cohort_at, charge, cost, raised, flags FROM message WHERE charge IS NOT NULL
            """)
        while try rows.step() {
            let count = ChargeBook.Count(
                segment: rows.int(1), micros: rows.optionalInt(2), raised: rows.optionalInt(3))
            let reason = segments.dimensions(id: count.segment)?[ChargeBook.reasonPlace]
            var part = ServiceContribution.Part(
                quarter: QuarterHour(containing: Instant(microseconds: rows.int(0))))
            let flags = MessageFlags(rawValue: rows.int(4))
            for (measure, amount) in ChargeBook.amounts(count, flags, isWasted: reason != nil) {
                part.measures[measure.rawValue] = amount
            }
            add(part, segment: count.segment)
        }
    }

    mutating func add(_ part: ServiceContribution.Part, segment: Int64) {
        guard let entry = segments.entry(id: segment) else { return }
        for index in segments.cubes.indices where !part.measures.isEmpty {
            let key = Key(bucket: part.quarter.index, segment: entry.cubes[index])
            for (place, amount) in part.measures {
                cells[index][key, default: measures.map { _ in 0 }][place] += amount
            }
        }
        for (duration, values) in part.durations {
            for value in values { count(value, duration: duration, in: part.quarter, segment: segment) }
        }
    }

    private mutating func count(_ value: Int64, duration: Int, in quarter: QuarterHour, segment: Int64) {
        guard let entry = segments.entry(id: segment) else { return }
        for (index, cube) in segments.cubes.enumerated()
        where cube.durations.contains(where: { $0.index == duration }) {
            let key = BinKey(bucket: quarter.index, segment: entry.cubes[index], duration: Int64(duration))
            bins[index][key, default: Histogram()].add(1, bin: Histogram.bin(microseconds: value))
        }
    }

    // MARK: Comparing

    private func bucket(_ quarter: Int64, _ grain: CellGrain, _ clock: ZoneClock) -> Int64 {
        grain == .day ? clock.startOfDay(QuarterHour(index: quarter)).index : quarter
    }

    func compareCells(
        _ grain: CellGrain, _ clock: ZoneClock, _ db: Database, _ differences: inout [Difference]
    ) throws {
        for (index, cube) in segments.cubes.enumerated() {
            var left: [Key: [Int64]] = [:]
            for (key, sums) in cells[index] {
                let key = Key(bucket: bucket(key.bucket, grain, clock), segment: key.segment)
                left[key] = zip(left[key] ?? sums.map { _ in 0 }, sums).map(+)
            }
            left = left.filter { $0.value.contains { $0 != 0 } }
            let table = Schema.cellTable(cube, grain)
            let columns = measures.map(\.column).joined(separator: ", ")
            let rows = try Statement(db, "SELECT bucket, segment, \(columns) FROM \(table)")
            while try rows.step() {
                let key = Key(bucket: rows.int(0), segment: rows.int(1))
                let stored = measures.indices.map { rows.int(2 + Int32($0)) }
                let expected = left.removeValue(forKey: key) ?? stored.map { _ in 0 }
                if stored != expected { differences.append(difference(table, key, stored, expected)) }
            }
            for (key, expected) in left {
                differences.append(difference(table, key, expected.map { _ in 0 }, expected))
            }
        }
    }

    private func difference(_ table: String, _ key: Key, _ stored: [Int64], _ expected: [Int64]) -> Difference {
        func words(_ sums: [Int64]) -> String {
            let parts = zip(measures, sums).filter { $1 != 0 }.map { "\($0.column) \($1)" }
            return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
        }
        return Difference(
            place: table, key: "bucket \(key.bucket) segment \(key.segment)", stored: words(stored),
            recounted: words(expected))
    }

    func compareBins(
        _ grain: CellGrain, _ clock: ZoneClock, _ db: Database, _ differences: inout [Difference]
    ) throws {
        for (index, cube) in segments.cubes.enumerated() where !cube.durations.isEmpty {
            var left: [BinKey: Histogram] = [:]
            for (key, histogram) in bins[index] {
                var key = key
                key.bucket = bucket(key.bucket, grain, clock)
                left[key, default: Histogram()].add(histogram)
            }
            let table = Schema.binTable(cube, grain)
            let rows = try Statement(db, "SELECT bucket, segment, duration, bins FROM \(table)")
            while try rows.step() {
                let key = BinKey(bucket: rows.int(0), segment: rows.int(1), duration: rows.int(2))
                let stored = rows.withBlob(3, HistogramRecord.decode)
                let recounted = left.removeValue(forKey: key) ?? Histogram()
                if stored != recounted { differences.append(difference(table, key, stored.total, recounted.total)) }
            }
            for (key, histogram) in left { differences.append(difference(table, key, 0, histogram.total)) }
        }
    }

    private func difference(_ table: String, _ key: BinKey, _ stored: Int64, _ recounted: Int64) -> Difference {
        Difference(
            place: table, key: "bucket \(key.bucket) segment \(key.segment) duration \(key.duration)",
            stored: "\(stored) durations", recounted: "\(recounted) durations")
    }
}

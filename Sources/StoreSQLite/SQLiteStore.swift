import Catalogue
import Domain
import Foundation
import GRDB
import Ledgers
import Storage
import Synchronization

/// `AnalyticsStore` on one SQLite file in WAL mode: one writer, many readers.
package final class SQLiteStore: AnalyticsStore {
    let pool: DatabasePool
    let zone: String
    /// Of the reporting zone, for day cells.
    let clock: ZoneClock
    let rules: ServiceRules
    /// That amounts are told in where they can be.
    let currency: String
    /// By which the facts are read; kept with them.
    let home: Home
    /// Something may be left to count that no delivery brought.
    private let mayBeStale = Mutex(true)
    private let writer: WriterBox
    // Before the pool goes, its connections still count into it.
    private let logLength = LogLength()
    private let checkpointer: Checkpointer

    /// The writer's memory between batches.
    // Safe: touched only inside the pool's serialised write transactions.
    private final class WriterBox: @unchecked Sendable {
        var writer: FactWriter?
    }

    /// Opens or creates the file. Throws a `Failure` that says what to mend when that is impossible.
    /// - Parameters:
    ///   - path: of `pantau.sqlite`.
    ///   - zone: IANA name of the reporting zone, for day cells.
    ///   - rules: by which waits and conversations are counted.
    ///   - currency: ISO 4217; amounts are told in it where they can be.
    ///   - home: how the deliveries that are counted here are read; kept with the facts.
    package init(
        path: String, zone: String, rules: ServiceRules = ServiceRules(), currency: String = "IDR", home: Home = Home()
    ) throws {
        self.zone = zone
        self.rules = rules
        self.currency = currency
        self.home = home
        clock = try ZoneClock.named(zone)
        writer = WriterBox()
        pool = try SQLiteFile.open(
            path, synchronous: "NORMAL", cacheKilobytes: 64 * 1024, checkpoint: .watched(logLength))
        checkpointer = try Checkpointer(path: path, frames: logLength)
    }

    /// What a file's facts were counted by.
    package struct StoredSettings: Sendable {
        package var zone: String
        package var rules: ServiceRules
        package var currency: String
        package var home: Home
    }

    /// The zone whose midnights the day cells of a file have, and the rules by which its waits are counted; nil when
    /// it holds none yet, or an earlier layout that is counted anew.
    package static func storedSettings(path: String) throws -> StoredSettings? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try DatabaseQueue(path: path).read { db in
                guard try db.tableExists("progress"),
                    try db.columns(in: "progress").contains(where: { $0.name == "home" }),
                    let row = try Row.fetchOne(db, sql: "SELECT zone, rules, currency, home FROM progress")
                else { return nil }
                return StoredSettings(
                    zone: row[0], rules: ServiceSettingsBook.rules(row[1]) ?? ServiceRules(), currency: row[2],
                    home: Home(row[3] as String) ?? Home())
            }
        } catch let error as DatabaseError {
            throw SQLiteFile.failure(error, path)
        }
    }

    /// Whether the file cannot be used at all: its head, or what tells how far it has counted, is damaged.
    package static func isUnreadable(path: String) -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        do {
            try DatabaseQueue(path: path).read { db in
                _ = try Schema.migrator.appliedIdentifiers(db)
                guard try db.tableExists("progress") else { return }
                _ = try Row.fetchOne(db, sql: "SELECT * FROM progress")
                // Where the next batch begins to write.
                for table in Schema.rebuilt { _ = try Row.fetchOne(db, sql: "SELECT * FROM \(table) LIMIT 1") }
                _ = try Int64.fetchOne(db, sql: "SELECT max(id) FROM message")
            }
            return false
        } catch let error as DatabaseError {
            return [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
        } catch {
            return false
        }
    }

    package func migrate() async throws {
        try Schema.migrator.migrate(pool)
        try await pool.write { [zone, clock] db in
            let stored = try String.fetchOne(db, sql: "SELECT zone FROM progress")
            if let stored, stored != zone { try Self.rebuildDays(db, zone: zone, clock) }
        }
    }

    package func cursor() async throws -> Int64 {
        try await pool.read { try Int64.fetchOne($0, sql: "SELECT cursor FROM progress") ?? 0 }
    }

    package func version() async throws -> Int64 {
        try await pool.read { try Int64.fetchOne($0, sql: "SELECT version FROM progress") ?? 0 }
    }

    /// The time up to which messages have been let expire.
    package func asOf() async throws -> Instant {
        let stored = try await pool.read { try Int64.fetchOne($0, sql: "SELECT as_of FROM progress") }
        return stored.map(Instant.init(microseconds:)) ?? .distantPast
    }

    package func apply(_ batch: ProjectionBatch) async throws {
        try await write { writer, db in try writer.apply(batch, db) }
    }

    package func recountStale() async throws -> Bool {
        // The projector asks many times a second: mostly nothing is left, and no look at the tables is needed.
        guard mayBeStale.withLock({ $0 }) else { return false }
        return try await write { writer, db in try writer.recountStale(db) }
    }

    private func write<Result: Sendable>(
        _ change: @escaping @Sendable (FactWriter, Database) throws -> Result
    ) async throws -> Result {
        let (result, hasWork) = try await pool.write { [clock, currency, home, rules, writer] db in
            do {
                // When a commit failed (disk full, interrupted) its memory is ahead of what the tables hold.
                if let known = writer.writer, try !known.isCurrent(db) { writer.writer = nil }
                let current =
                    try writer.writer
                    ?? FactWriter(db, clock: clock, currency: currency, home: home, rules: rules)
                writer.writer = current
                return (try change(current, db), current.hasWork)
            } catch {
                writer.writer = nil
                throw error
            }
        }
        mayBeStale.withLock { $0 = hasWork }
        try await checkpointer.step(pool)
        return result
    }

    package func reset() async throws { try await reset(home: nil) }

    /// Forgets facts, so that they can be rebuilt from the inbox, read as at another home.
    package func reset(home: Home?) async throws {
        try await pool.write { [writer] db in
            writer.writer = nil
            for table in Schema.rebuilt { try db.execute(sql: "DELETE FROM \(table)") }
            try db.execute(
                sql: "UPDATE progress SET cursor = 0, version = version + 1, received_at = NULL, as_of = ?",
                arguments: [Int64.min])
            if let home { try db.execute(sql: "UPDATE progress SET home = ?", arguments: [home.text]) }
        }
    }

    /// Moves what the write-ahead log holds into the file and shortens the log: for a quiet moment.
    package func checkpoint() async throws {
        // A copy that is under way in the background holds it up for a moment.
        for _ in 0..<50 {
            do {
                return try await pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
            {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Makes the day cells anew from the quarter hours, for another reporting zone.
    private static func rebuildDays(_ db: Database, zone: String, _ clock: ZoneClock) throws {
        let quarter = CellGrain.quarterHour
        try db.execute(sql: "CREATE TEMP TABLE day_start (bucket INTEGER PRIMARY KEY, day INTEGER NOT NULL)")
        let buckets = try Int64.fetchAll(
            db,
            sql: Cube.allCases.map { "SELECT bucket FROM \(Schema.cellTable($0, quarter))" }
                .joined(separator: " UNION "))
        let insert = try Statement(db, "INSERT INTO day_start VALUES (?, ?)")
        for bucket in buckets {
            insert.bind(bucket, at: 1)
            insert.bind(clock.startOfDay(QuarterHour(index: bucket)).index, at: 2)
            try insert.run()
        }
        for cube in Cube.allCases {
            let sums = Schema.measures(cube.fact).map { "sum(\($0.column))" }.joined(separator: ", ")
            try db.execute(sql: "DELETE FROM \(Schema.cellTable(cube, .day))")
            try db.execute(
                sql: """
                    INSERT INTO \(Schema.cellTable(cube, .day))
                    SELECT d.day, c.segment, \(sums) FROM \(Schema.cellTable(cube, quarter)) c
                    JOIN day_start d ON d.bucket = c.bucket GROUP BY d.day, c.segment
                    """)
        }
        for cube in Cube.allCases where !cube.durations.isEmpty { try rebuildDayBins(cube, db, clock) }
        try db.execute(sql: "DROP TABLE day_start")
        try ContactRecount.rebuild(db, clock: clock)
        try db.execute(sql: "UPDATE progress SET zone = ?, version = version + 1", arguments: [zone])
    }

    private static func rebuildDayBins(_ cube: Cube, _ db: Database, _ clock: ZoneClock) throws {
        struct Key: Hashable { var bucket, segment, duration: Int64 }
        var sums: [Key: Histogram] = [:]
        let rows = try Statement(
            db, "SELECT bucket, segment, duration, bins FROM \(Schema.binTable(cube, .quarterHour))")
        while try rows.step() {
            let day = clock.startOfDay(QuarterHour(index: rows.int(0))).index
            let key = Key(bucket: day, segment: rows.int(1), duration: rows.int(2))
            sums[key, default: Histogram()].add(rows.withBlob(3, HistogramRecord.decode))
        }
        rows.reset()
        try db.execute(sql: "DELETE FROM \(Schema.binTable(cube, .day))")
        let insert = try Statement(db, "INSERT INTO \(Schema.binTable(cube, .day)) VALUES (?, ?, ?, ?)")
        for (key, histogram) in sums {
            insert.bind(key.bucket, at: 1)
            insert.bind(key.segment, at: 2)
            insert.bind(key.duration, at: 3)
            insert.bind(HistogramRecord.encode(histogram), at: 4)
            try insert.run()
        }
    }
}

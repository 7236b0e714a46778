import Catalogue
import Domain
import GRDB
import Ledgers
import Storage

/// Counts what is received, by source and quarter hour: gathered over a batch, written in a few rows at its end.
///
/// These are counts of arrival, so unlike facts they depend on order and repetition: that is what they tell.
final class ReceiptBook {
    /// What folding an event has shown of it.
    enum Telling {
        /// It told something.
        case news
        /// A status that told something, though a later one of its message was known.
        case belatedNews
        /// All of it was known.
        case known
    }
    private struct Count {
        var counts = Receipts.Counts()
        var lateness: [Int32: Int64] = [:]
        var firstAt = Instant.distantFuture
        var lastAt = Instant.distantPast
    }
    private var gathered: [ReceiptTally.Key: Count] = [:]
    /// Neighbours in a batch mostly have one source and quarter hour: theirs stays out of the dictionary meanwhile.
    private var openKey: ReceiptTally.Key?
    private var openCount = Count()
    private var fields: [String: ReceiptTally.Field] = [:]
    private var prunedBefore = Int64.min
    private let upsert: Statement
    private let total: Statement
    private let readBins: Statement
    private let writeBins: Statement
    private let field: Statement
    private let prune: Statement
    private let pruneBins: Statement

    static let quartersOfDay: Int64 = 96

    init(_ db: Database) throws {
        upsert = try Statement(
            db,
            """
            INSERT INTO receipt (quarter, source, name, deliveries, events, duplicates, out_of_order, not_understood)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (quarter, source, name) DO UPDATE SET \(Self.sums)
            """)
        total = try Statement(
            db,
            """
            INSERT INTO receipt_source
              (first_at, last_at, source, name, deliveries, events, duplicates, out_of_order, not_understood)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, name) DO UPDATE SET
              first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at), \(Self.sums)
            """)
        readBins = try Statement(db, "SELECT bins FROM receipt_lateness WHERE day = ? AND source = ? AND name = ?")
        writeBins = try Statement(
            db, "INSERT OR REPLACE INTO receipt_lateness (day, source, name, bins) VALUES (?, ?, ?, ?)")
        field = try Statement(
            db,
            """
            INSERT INTO meta_field (field, changes, last_at) VALUES (?, ?, ?) ON CONFLICT (field) DO UPDATE SET
              changes = changes + excluded.changes, last_at = max(last_at, excluded.last_at)
            """)
        prune = try Statement(db, "DELETE FROM receipt WHERE quarter < ?")
        pruneBins = try Statement(db, "DELETE FROM receipt_lateness WHERE day < ?")
    }

    private static let sums = ["deliveries", "events", "duplicates", "out_of_order", "not_understood"]
        .map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")

    // MARK: Gathering

    func add(_ tally: ReceiptTally) {
        for (key, known) in tally.counts {
            count(key) { count in
                count.counts.deliveries &+= known.deliveries
                count.firstAt = min(count.firstAt, known.firstAt)
                count.lastAt = max(count.lastAt, known.lastAt)
            }
        }
        for (name, known) in tally.fields {
            var field = fields[name] ?? .init(at: known.lastAt)
            field.changes &+= known.changes
            field.lastAt = max(field.lastAt, known.lastAt)
            fields[name] = field
        }
    }

    func add(_ item: ProjectionBatch.Item, _ telling: Telling) {
        // Two names of one person: told along with what happened, nothing that happened.
        if case .identity = item.event { return }
        let key = ReceiptTally.Key(
            source: item.event.receiptSource(item.source), quarter: QuarterHour(containing: item.receivedAt))
        count(key) { count in
            count.firstAt = min(count.firstAt, item.receivedAt)
            count.lastAt = max(count.lastAt, item.receivedAt)
            if case .notUnderstood = item.event {
                count.counts.notUnderstood &+= 1
                return
            }
            count.counts.events &+= 1
            switch telling {
            case .known:
                count.counts.duplicates &+= 1
                return
            case .belatedNews: count.counts.outOfOrder &+= 1
            case .news: break
            }
            if let at = item.event.happenedAt {
                let bin = Histogram.bin(microseconds: item.receivedAt.microseconds(since: at))
                count.lateness[bin, default: 0] &+= 1
            }
        }
    }

    private func count(_ key: ReceiptTally.Key, _ change: (inout Count) -> Void) {
        if openKey != key {
            close()
            openCount = gathered.removeValue(forKey: key) ?? Count()
            openKey = key
        }
        change(&openCount)
    }

    private func close() {
        if let openKey { gathered[openKey] = openCount }
        openKey = nil
        openCount = Count()
    }

    // MARK: Writing

    func flush() throws {
        close()
        guard !gathered.isEmpty || !fields.isEmpty else { return }
        var totals: [ReceiptSource: Count] = [:]
        var lateness: [ReceiptTally.Key: Histogram] = [:]
        for (key, count) in gathered {
            upsert.bind(key.quarter.index, at: 1)
            bind(key.source, count.counts, to: upsert, from: 2)
            try upsert.run()
            var total = totals[key.source] ?? Count()
            total.counts += count.counts
            total.firstAt = min(total.firstAt, count.firstAt)
            total.lastAt = max(total.lastAt, count.lastAt)
            totals[key.source] = total
            let day = QuarterHour(index: key.quarter.index.flooredDivision(by: Self.quartersOfDay))
            let dayKey = ReceiptTally.Key(source: key.source, quarter: day)
            for (bin, events) in count.lateness { lateness[dayKey, default: Histogram()].add(events, bin: bin) }
        }
        for (source, count) in totals {
            total.bind(count.firstAt.microseconds, at: 1)
            total.bind(count.lastAt.microseconds, at: 2)
            bind(source, count.counts, to: total, from: 3)
            try total.run()
        }
        for (key, histogram) in lateness { try write(histogram, day: key.quarter.index, key.source) }
        for (name, known) in fields {
            field.bind(name, at: 1)
            field.bind(known.changes, at: 2)
            field.bind(known.lastAt.microseconds, at: 3)
            try field.run()
        }
        let newest = gathered.keys.map(\.quarter.index).max()
        gathered.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        if let newest { try forget(before: newest.flooredDivision(by: Self.quartersOfDay) - Receipts.daysKept) }
    }

    private func bind(
        _ source: ReceiptSource, _ counts: Receipts.Counts, to statement: Statement, from position: Int32
    ) {
        statement.bind(Int64(source.source.rawValue), at: position)
        statement.bind(source.name, at: position + 1)
        statement.bind(counts.deliveries, at: position + 2)
        statement.bind(counts.events, at: position + 3)
        statement.bind(counts.duplicates, at: position + 4)
        statement.bind(counts.outOfOrder, at: position + 5)
        statement.bind(counts.notUnderstood, at: position + 6)
    }

    private func write(_ delta: Histogram, day: Int64, _ source: ReceiptSource) throws {
        var histogram = delta
        for statement in [readBins, writeBins] {
            statement.bind(day, at: 1)
            statement.bind(Int64(source.source.rawValue), at: 2)
            statement.bind(source.name, at: 3)
        }
        if try readBins.step() { histogram.add(readBins.withBlob(0, HistogramRecord.decode)) }
        readBins.reset()
        writeBins.bind(HistogramRecord.encode(histogram), at: 4)
        try writeBins.run()
    }

    /// Once for each new day.
    private func forget(before day: Int64) throws {
        guard day > prunedBefore else { return }
        prunedBefore = day
        prune.bind(day &* Self.quartersOfDay, at: 1)
        try prune.run()
        pruneBins.bind(day, at: 1)
        try pruneBins.run()
    }
}

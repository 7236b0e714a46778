import Catalogue
import Domain
import GRDB
import Storage

extension SQLiteStore {
    package func receipts(since instant: Instant) async throws -> Receipts {
        let first = QuarterHour(containing: instant).index
        return try await pool.read { db in
            var sources: [ReceiptSource: Receipts.Source] = [:]
            let totals = try Statement(
                db,
                """
                SELECT source, name, deliveries, events, duplicates, out_of_order, not_understood, first_at, last_at
                FROM receipt_source
                """)
            while try totals.step() {
                guard let source = Self.source(totals, at: 0) else { continue }
                sources[source] = Receipts.Source(
                    source: source, total: Self.counts(totals, from: 2),
                    firstAt: Instant(microseconds: totals.int(7)), lastAt: Instant(microseconds: totals.int(8)))
            }
            let quarters = try Statement(
                db,
                """
                SELECT source, name, deliveries, events, duplicates, out_of_order, not_understood, quarter
                FROM receipt WHERE quarter >= ? ORDER BY quarter
                """)
            quarters.bind(first, at: 1)
            while try quarters.step() {
                guard let source = Self.source(quarters, at: 0) else { continue }
                sources[source]?.quarters.append(
                    .init(quarter: QuarterHour(index: quarters.int(7)), counts: Self.counts(quarters, from: 2)))
            }
            let bins = try Statement(db, "SELECT source, name, bins FROM receipt_lateness WHERE day >= ?")
            bins.bind(first.flooredDivision(by: ReceiptBook.quartersOfDay), at: 1)
            while try bins.step() {
                guard let source = Self.source(bins, at: 0) else { continue }
                sources[source]?.lateness.add(bins.withBlob(2, HistogramRecord.decode))
            }
            let fields = try Row.fetchAll(db, sql: "SELECT field, changes, last_at FROM meta_field ORDER BY field")
            return Receipts(
                sources: sources.values.sorted { $0.source < $1.source },
                fields: fields.map { .init(field: $0[0], changes: $0[1], lastAt: Instant(microseconds: $0[2])) })
        }
    }

    private static func source(_ row: Statement, at position: Int32) -> ReceiptSource? {
        UInt8(exactly: row.int(position)).flatMap(DeliverySource.init).map {
            ReceiptSource($0, name: row.text(position + 1) ?? "")
        }
    }

    private static func counts(_ row: Statement, from position: Int32) -> Receipts.Counts {
        Receipts.Counts(
            deliveries: row.int(position), events: row.int(position + 1), duplicates: row.int(position + 2),
            outOfOrder: row.int(position + 3), notUnderstood: row.int(position + 4))
    }
}

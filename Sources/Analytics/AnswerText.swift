import Catalogue
import Domain

extension Answer {
    /// The answer of the contract (`POST /api/v1/query`); notes in one language.
    package func json(language: Language) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: 1024 + rows.count * columns.count * 24)
        writer.object { writer in
            writer.member("columns", array: writeColumns)
            writer.key("rows")
            Self.write(rows, to: &writer)
            writer.key("totals")
            Self.write(totals, to: &writer)
            writer.member("intervals", object: writeIntervals)
            writer.member("samples", object: writeSamples)
            writeCurrencies(currencies, to: &writer)
            writer.key("maturities")
            writer.array { writer in
                for maturity in maturities { Self.write(maturity.map(Cell.double) ?? .null, to: &writer) }
            }
            writer.member("row_count", rowCount)
            if let comparison { write(comparison, to: &writer) }
            writer.key("meta")
            writer.object { writeMeta(language, to: &$0) }
        }
        return writer.bytes
    }

    private func writeColumns(to writer: inout JSONWriter) {
        for column in columns {
            writer.object {
                $0.member("name", column.name)
                $0.member("kind", column.kind.rawValue)
                if let unit = column.unit { $0.member("unit", unit.rawValue) }
                if column.unit == .money { $0.member("currency", column.currency) }
            }
        }
    }

    /// Metrics in the order of the columns.
    private var metricNames: [String] { columns.filter { $0.kind == .metric }.map(\.name) }

    private func writeIntervals(to writer: inout JSONWriter) {
        for name in metricNames {
            guard let list = intervals[name] else { continue }
            writer.key(name)
            writer.array { writer in
                for interval in list {
                    guard let interval else {
                        writer.null()
                        continue
                    }
                    writer.array {
                        $0.number(interval.lower)
                        $0.number(interval.upper)
                    }
                }
            }
        }
    }

    private func writeSamples(to writer: inout JSONWriter) {
        for name in metricNames {
            guard let list = samples[name] else { continue }
            writer.key(name)
            writer.array { writer in
                for sample in list { writer.number(sample) }
            }
        }
    }

    private func write(_ comparison: Comparison, to writer: inout JSONWriter) {
        writer.key("comparison")
        writer.object { writer in
            writer.key("range")
            writer.object { writer in
                writer.member("from", rfc3339(comparison.from))
                writer.member("to", rfc3339(comparison.to))
            }
            writer.key("rows")
            Self.write(comparison.rows, to: &writer)
            writer.key("totals")
            Self.write(comparison.totals, to: &writer)
            writeCurrencies(comparison.currencies, to: &writer)
        }
    }

    /// Row by row, where one currency for the column does not say it.
    private func writeCurrencies(_ currencies: [String: [String?]], to writer: inout JSONWriter) {
        let open = columns.filter { $0.unit == .money && $0.currency == nil }
        guard !open.isEmpty else { return }
        writer.key("currencies")
        writer.object { writer in
            for column in open {
                guard let list = currencies[column.name] else { continue }
                writer.key(column.name)
                Self.write(list.map { $0.map(Cell.text) ?? .null }, to: &writer)
            }
        }
    }

    private func writeMeta(_ language: Language, to writer: inout JSONWriter) {
        writer.member("query", object: writeQuery)
        writer.member("definition_version", meta.definitionVersion)
        writer.member("fresh_to", meta.freshTo.map(rfc3339))
        writer.member("as_of", rfc3339(meta.asOf))
        writer.member("maturity", meta.maturity)
        writer.member("completeness", meta.completeness)
        writer.member("plan", meta.isFromFacts ? "facts" : "cells")
        writer.member("elapsed_ms", meta.elapsedMilliseconds)
        writer.key("notes")
        writer.array { writer in
            for note in meta.notes { writer.string(note(language)) }
        }
    }

    private func writeQuery(to writer: inout JSONWriter) {
        let query = meta.query
        writer.key("metrics")
        writer.array { for metric in query.metrics { $0.string(metric) } }
        writer.key("dimensions")
        writer.array { for dimension in query.dimensions { $0.string(dimension.rawValue) } }
        writer.key("filters")
        writer.array { writer in
            for filter in query.filters {
                writer.object { writer in
                    writer.member("dimension", filter.dimension.rawValue)
                    writer.member("op", filter.op.rawValue)
                    writer.key("values")
                    writer.array { for value in filter.values { $0.string(value) } }
                }
            }
        }
        writer.key("range")
        writer.object { writer in
            writer.member("from", rfc3339(meta.from))
            writer.member("to", rfc3339(meta.to))
        }
        writer.member("grain", query.grain.rawValue)
        writer.member("timezone", meta.timezone)
        writer.member("compare", query.compare?.rawValue)
        writer.member("limit", query.limit)
        writer.key("order")
        writer.array { writer in
            for order in query.order {
                writer.object {
                    $0.member("by", order.by)
                    $0.member("desc", order.isDescending)
                }
            }
        }
    }

    /// In the zone of the query; the zone was checked when the query was resolved.
    private func rfc3339(_ instant: Instant) -> String {
        ((try? ZoneClock.named(meta.timezone)) ?? .utc).rfc3339(instant)
    }

    private static func write(_ rows: [[Cell]], to writer: inout JSONWriter) {
        writer.array { writer in
            for row in rows { write(row, to: &writer) }
        }
    }

    private static func write(_ row: [Cell], to writer: inout JSONWriter) {
        writer.array { writer in
            for cell in row { write(cell, to: &writer) }
        }
    }

    private static func write(_ cell: Cell, to writer: inout JSONWriter) {
        switch cell {
        case .null: writer.null()
        case .text(let text): writer.string(text)
        case .int(let value): writer.number(value)
        case .double(let value): writer.number(value)
        case .decimal(let millionths): writer.raw(Money.decimal(millionths))
        }
    }

    /// The rows as CSV: a header first; null is empty.
    package func csv() -> String {
        CSVText.line(columns.map { CSVText.quoted($0.name) }) + rows.map { CSVText.line($0.map(Self.field)) }.joined()
    }

    private static func field(_ cell: Cell) -> String {
        switch cell {
        case .null: ""
        case .int(let value): String(value)
        case .double(let value): value.isFinite ? value.description : ""
        case .decimal(let millionths): Money.decimal(millionths)
        case .text(let text): CSVText.text(text)
        }
    }
}

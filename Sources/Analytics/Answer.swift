import Catalogue
import Domain

/// One value of an answer.
package enum Cell: Hashable, Sendable {
    /// What does not exist: a rate without denominator, a message without template. Never 0.
    case null
    case text(String)
    case int(Int64)
    case double(Double)
    /// Exact: millionths. Amounts of money, and sums of shares.
    case decimal(Int64)

    /// The number, if it is one.
    package var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .decimal(let millionths): Double(millionths) / 1_000_000
        case .null, .text: nil
        }
    }
    package var text: String? {
        if case .text(let text) = self { text } else { nil }
    }
}

/// A 95 % interval.
package struct Interval: Hashable, Sendable {
    package var lower: Double
    package var upper: Double
    package init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }
}

/// The answer to a query: a table with its provenance.
package struct Answer: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package enum Kind: String, Sendable {
            case time, dimension, metric
        }
        /// `time`, or the id of the dimension or metric.
        package var name: String
        package var kind: Kind
        /// Of metrics.
        package var unit: Metric.Unit?
        /// Of money: that of every amount in the column, ISO 4217; nil when rows differ (`Answer.currencies`).
        package var currency: String?
        package init(name: String, kind: Kind, unit: Metric.Unit? = nil, currency: String? = nil) {
            self.name = name
            self.kind = kind
            self.unit = unit
            self.currency = currency
        }
    }

    /// The same rows in another period.
    package struct Comparison: Hashable, Sendable {
        package var from: Instant
        package var to: Instant
        /// Row i is the counterpart of the answer's row i: the same segment, the bucket at the same distance from the
        /// beginning. Its time is its own. Where clocks left no such bucket, numbers are null.
        package var rows: [[Cell]]
        /// As `Answer.totals`, over all rows of that period.
        package var totals: [Cell]
        /// As `Answer.currencies`.
        package var currencies: [String: [String?]] = [:]
        /// By metric of money, the currency of the total where there is one.
        var totalCurrencies: [String: String] = [:]
    }

    package struct Meta: Hashable, Sendable {
        /// The query as it was understood.
        package var query: Query
        /// Name of the zone, and the range as instants.
        package var timezone: String
        package var from: Instant
        package var to: Instant
        /// When it was asked.
        package var asOf: Instant
        package var definitionVersion: Int
        /// Receipt time of the newest delivery that is counted.
        package var freshTo: Instant?
        /// Share of what these messages will show that is known by now; nil when it cannot be told yet.
        package var maturity: Double?
        /// Share of what was received that is counted; nil when it is not known.
        package var completeness: Double?
        /// Whether any part had to be counted from single facts.
        package var isFromFacts: Bool
        package var elapsedMilliseconds: Double
        package var notes: [Text]
    }

    package var columns: [Column]
    package var rows: [[Cell]]
    /// By metric, a 95 % interval for each row: rates and the median with open waits only; nil where there is none.
    package var intervals: [String: [Interval?]]
    /// By metric, what each row's number rests on: the denominator of a rate or mean, the durations behind a
    /// percentile.
    package var samples: [String: [Int64]]
    /// By metric of money, the currency of each row's amount; nil where there is none or the amount is nothing.
    package var currencies: [String: [String?]]
    /// For each row the share that has matured, as in `Meta.maturity`.
    package var maturities: [Double?]
    /// The same metrics over all rows, those beyond the limit included; null in time and dimension columns.
    package var totals: [Cell]
    /// Rows before the limit.
    package var rowCount: Int
    package var comparison: Comparison?
    package var meta: Meta

    /// Position of a column.
    package func index(of name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// The value of a column in a row; null when there is no such column or row.
    package func cell(_ row: Int, _ name: String) -> Cell {
        guard let column = index(of: name), rows.indices.contains(row) else { return .null }
        return rows[row][column]
    }

    /// The currency of a row's amount; nil when the metric is no money.
    package func currency(_ row: Int, _ metric: String) -> String? {
        guard let column = index(of: metric) else { return nil }
        if let currency = columns[column].currency { return currency }
        guard let list = currencies[metric], list.indices.contains(row) else { return nil }
        return list[row]
    }

    /// How a row's number moved against its counterpart.
    package func change(_ row: Int, _ metric: String) -> Change {
        guard let comparison, let column = index(of: metric), let unit = columns[column].unit,
            rows.indices.contains(row), comparison.rows.indices.contains(row)
        else { return .none }
        if unit == .money, columns[column].currency == nil {
            // Amounts of different currencies cannot be held against each other.
            guard let then = comparison.currencies[metric], then.indices.contains(row), let before = then[row],
                before == currency(row, metric)
            else { return .none }
        }
        return Change(from: comparison.rows[row][column].number, to: rows[row][column].number, unit: unit)
    }

    /// How the total moved.
    package func totalChange(_ metric: String) -> Change {
        guard let comparison, let column = index(of: metric), let unit = columns[column].unit,
            unit != .money || columns[column].currency != nil
        else { return .none }
        return Change(from: comparison.totals[column].number, to: totals[column].number, unit: unit)
    }
}

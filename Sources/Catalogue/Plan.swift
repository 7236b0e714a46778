import Domain

/// A condition on one dimension.
package struct Filter: Hashable, Sendable, Codable {
    package enum Op: String, Sendable, Codable, CaseIterable {
        case isIn = "in"
        case notIn = "not_in"
        case isNull = "is_null"
        case notNull = "not_null"
    }
    package var dimension: Dimension
    package var op: Op
    /// Empty for `is_null` and `not_null`.
    package var values: [String]

    package init(dimension: Dimension, op: Op, values: [String] = []) {
        self.dimension = dimension
        self.op = op
        self.values = values
    }

    /// Whether a value passes. `not_in` lets null through: what has no template is not in a list of templates.
    package func matches(_ value: String?) -> Bool {
        switch op {
        case .isIn: value.map(values.contains) ?? false
        case .notIn: value.map { !values.contains($0) } ?? true
        case .isNull: value == nil
        case .notNull: value != nil
        }
    }
}

/// What a store is asked: sums of measures by stored dimensions and time bucket over a range. Everything else
/// (rates, quantiles, gaps, comparison, zones) is arithmetic on the answer.
package struct Plan: Hashable, Sendable {
    package enum Source: Hashable, Sendable {
        case cells(Cube, CellGrain)
        case facts
        /// People by days of the reporting zone, on which all boundaries but the last lie.
        /// - Parameter lastDay: the start of the day within which the last boundary lies, or itself.
        case contacts(lastDay: Instant)
    }
    /// Whose rows are summed: measures and durations are all of this fact.
    package var fact: Fact
    package var source: Source
    /// Half-open, ascending: bucket i is `[boundaries[i], boundaries[i+1])`. At least two. With 15-minute cells every
    /// boundary lies on a quarter hour; with day cells on midnight of the reporting zone.
    package var boundaries: [Instant]
    package var measures: [Measure]
    package var durations: [FactDuration]
    /// Stored dimensions only.
    package var dimensions: [Dimension]
    /// On stored dimensions only; all must hold.
    package var filters: [Filter]
    /// What "now" is for durations that still run (`WaitDuration.openFor`).
    package var asOf: Instant

    package init(
        fact: Fact, source: Source, boundaries: [Instant], measures: [Measure], durations: [FactDuration] = [],
        dimensions: [Dimension] = [], filters: [Filter] = [], asOf: Instant = .distantPast
    ) {
        self.fact = fact
        self.asOf = asOf
        self.source = source
        self.boundaries = boundaries
        self.measures = measures
        self.durations = durations
        self.dimensions = dimensions
        self.filters = filters
    }
}

/// The answer of a store: additive columns only.
package struct Table: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        /// Index of the bucket in the plan's boundaries.
        package var bucket: Int
        /// Values in the order of the plan's dimensions; nil where the fact has none.
        package var key: [String?]
        /// Sums in the order of the plan's measures.
        package var sums: [Int64]
        /// In the order of the plan's durations.
        package var histograms: [Histogram]

        package init(bucket: Int, key: [String?], sums: [Int64], histograms: [Histogram] = []) {
            self.bucket = bucket
            self.key = key
            self.sums = sums
            self.histograms = histograms
        }
    }
    /// One row for each bucket and key with any fact; rows that are all zero may be absent. No order is promised.
    package var rows: [Row]

    package init(rows: [Row]) { self.rows = rows }
}

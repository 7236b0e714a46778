import Domain

/// The numbers behind a finding.
package struct Evidence: Hashable, Sendable {
    package struct Point: Hashable, Sendable {
        package var at: Instant
        /// Nil where nothing was counted.
        package var value: Double?
        package var expected: Double?
        package var lower: Double?
        package var upper: Double?
        package var sample: Int64

        package init(
            at: Instant, value: Double?, expected: Double? = nil, lower: Double? = nil, upper: Double? = nil,
            sample: Int64
        ) {
            self.at = at
            self.value = value
            self.expected = expected
            self.lower = lower
            self.upper = upper
            self.sample = sample
        }
    }

    /// In order of time; the trouble and what came before it.
    package var points: [Point]
    /// The metric while it lasts, and what was to be expected.
    package var value: Double?
    package var expected: Double?
    package var lower: Double?
    package var upper: Double?
    /// What `value` rests on: messages, waits, outcomes.
    package var sample: Int64
    /// How surprising it is: −log10 of the chance of it when nothing is wrong.
    package var surprise: Double?
    /// The query (JSON, as `POST /api/v1/query` takes it) that shows it.
    package var query: String?

    package init(
        points: [Point] = [], value: Double? = nil, expected: Double? = nil, lower: Double? = nil,
        upper: Double? = nil, sample: Int64 = 0, surprise: Double? = nil, query: String? = nil
    ) {
        self.points = points
        self.value = value
        self.expected = expected
        self.lower = lower
        self.upper = upper
        self.sample = sample
        self.surprise = surprise
        self.query = query
    }
}

import Domain

/// A question: metrics × dimensions × filters × range × grain. The same everywhere: API, pages, command line.
package struct Query: Hashable, Sendable {
    /// Ids of metrics, in the order of the answer's columns.
    package var metrics: [String]
    package var dimensions: [Dimension]
    /// All must hold.
    package var filters: [Filter]
    package var range: QueryRange
    package var grain: Grain
    /// IANA name; nil for the workspace's.
    package var timezone: String?
    package var compare: Comparison?
    /// Most rows; nil for a default that suits the shape of the question.
    package var limit: Int?
    /// Empty: by time, else by the first metric from the greatest.
    package var order: [Order]

    /// The period that an answer is compared with.
    package enum Comparison: String, Sendable, CaseIterable, Codable {
        /// Back by the fewest whole weeks that clear the range: the same weekdays, no overlap.
        case previousPeriod = "previous_period"
        /// Back by 364 days: the same weekdays a year before.
        case lastYear = "last_year"
    }

    package struct Order: Hashable, Sendable {
        /// A metric or dimension of the query, or `time`.
        package var by: String
        package var isDescending: Bool
        package init(by: String, isDescending: Bool = false) {
            self.by = by
            self.isDescending = isDescending
        }
    }

    /// Rows of a breakdown when the question names no limit.
    package static let limitDefault = 1_000
    /// Values in all filters of one question: a store binds each of them.
    package static let filterValuesMax = 1_000

    package init(
        metrics: [String], dimensions: [Dimension] = [], filters: [Filter] = [],
        range: QueryRange = .preset(.last7Days), grain: Grain = .total, timezone: String? = nil,
        compare: Comparison? = nil, limit: Int? = nil, order: [Order] = []
    ) {
        self.metrics = metrics
        self.dimensions = dimensions
        self.filters = filters
        self.range = range
        self.grain = grain
        self.timezone = timezone
        self.compare = compare
        self.limit = limit
        self.order = order
    }
}

/// The time that a question is about.
package enum QueryRange: Hashable, Sendable {
    /// Whole local days, `to` excluded.
    case dates(from: LocalDate, to: LocalDate)
    /// `to` excluded.
    case instants(from: Instant, to: Instant)
    case preset(Preset)
    /// The last `n` local days, today included.
    case lastDays(Int)

    /// Ranges relative to now, in the query's zone. All but `yesterday` include today, which is not over yet.
    package enum Preset: String, Sendable, CaseIterable, Codable {
        case today
        case yesterday
        case last7Days = "last_7_days"
        case last28Days = "last_28_days"
        case last90Days = "last_90_days"
        case monthToDate = "month_to_date"
    }

    /// The half-open range of instants. May be empty when it was asked so.
    package func resolved(now: Instant, clock: ZoneClock) -> (from: Instant, to: Instant) {
        let today = clock.date(of: now)
        let dates: (LocalDate, LocalDate)
        switch self {
        case .instants(let from, let to): return (from, to)
        case .dates(let from, let to): dates = (from, to)
        case .lastDays(let days): dates = (today.adding(days: 1 &- Int64(days)), today.adding(days: 1))
        case .preset(let preset):
            switch preset {
            case .today: dates = (today, today.adding(days: 1))
            case .yesterday: dates = (today.adding(days: -1), today)
            case .last7Days: dates = (today.adding(days: -6), today.adding(days: 1))
            case .last28Days: dates = (today.adding(days: -27), today.adding(days: 1))
            case .last90Days: dates = (today.adding(days: -89), today.adding(days: 1))
            case .monthToDate: dates = (today.startOfMonth, today.adding(days: 1))
            }
        }
        return (clock.instant(of: dates.0), clock.instant(of: dates.1))
    }
}

import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One metric of one segment over time, as the watcher hands it to detectors.
package struct Series: Sendable {
    package var rule: SeriesRule
    /// Ascending, each bucket once; a bucket without events is a point with zeros (counts) or without value.
    package var points: [SeriesPoint]

    package init(_ rule: SeriesRule, points: [SeriesPoint]) {
        self.rule = rule
        self.points = points
    }
}

/// What a series is and how it is to be watched.
package struct SeriesRule: Hashable, Sendable {
    package enum Shape: Hashable, Sendable {
        /// Events counted: `value`.
        case volume
        /// A number of any size: `value`.
        case level
        /// `numerator` of `denominator`.
        case ratio
        /// A quantile of waits in seconds: `value`, of `denominator` waits. `quantile` is .5 for a median.
        case duration(quantile: Double)
    }

    package enum Good: String, Hashable, Sendable, Codable {
        case up, down, neither
    }

    package var metric: String
    /// Dimension → value; empty for everything.
    package var segment: [String: String]
    package var shape: Shape
    package var good: Good
    package var grainSeconds: Int64
    /// East of UTC, so that phases are local hours.
    package var utcOffsetSeconds: Int64 = 0
    /// Fewer messages, waits or expected events than this since the change began say nothing.
    package var minimumSample = 20.0
    /// False alarms of this series that are put up with in 30 days, by each of its detectors.
    package var alarmsPerMonth = 0.25
    /// A change of the odds worth waking for: 2 is .95 → .905, or .05 → .095.
    package var oddsRatio = 2.0
    /// A shift of counts or waits by a smaller share than this is not worth telling, however sure it is.
    package var minimumChange = 0.15
    /// Standard deviation of the logarithm of single waits.
    package var spread = 1.0

    package init(
        metric: String, segment: [String: String] = [:], shape: Shape, good: Good, grainSeconds: Int64
    ) {
        self.metric = metric
        self.segment = segment
        self.shape = shape
        self.good = good
        self.grainSeconds = max(1, grainSeconds)
    }

    /// Buckets between two false alarms.
    var runLength: Double {
        let buckets = 30 * 86_400 / Double(max(1, grainSeconds))
        return min(max(buckets / max(alarmsPerMonth, 1e-6), 20), 1e9)
    }
}

/// One bucket.
package struct SeriesPoint: Hashable, Sendable {
    package var start: Instant
    package var value: Double?
    package var numerator: Double
    package var denominator: Double
    /// The share of what will be known of this bucket that is expected to be known by now, 0 … 1.
    package var maturity: Double
    /// The bucket's time is over.
    package var isComplete: Bool
    /// Events of this time are known to be on their way still (a webhook that lags or is down): a fault of the data.
    package var isLate: Bool

    package init(
        start: Instant, value: Double? = nil, numerator: Double = 0, denominator: Double = 0, maturity: Double = 1,
        isComplete: Bool = true, isLate: Bool = false
    ) {
        self.start = start
        self.value = value
        self.numerator = numerator
        self.denominator = denominator
        self.maturity = maturity
        self.isComplete = isComplete
        self.isLate = isLate
    }

    /// The maturity as a share, whatever was given.
    var known: Double { maturity.isFinite ? min(max(maturity, 0), 1) : 1 }
}

/// A time that is known to be unlike others: a holiday, a campaign. What it does to a series is learned under its name
/// (first time: nearly everything is allowed), and it teaches the ordinary baseline nothing.
package struct SpecialPeriod: Hashable, Sendable {
    /// Such as `holiday` or `campaign`.
    package var name: String
    package var start: Instant
    package var end: Instant

    package init(name: String, start: Instant, end: Instant) {
        self.name = name
        self.start = start
        self.end = end
    }
}

/// Something that a detector holds against a series.
package struct Anomaly: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// A bucket, or buckets in a row, off the seasonal baseline.
        case level
        case ratio
        case quantile
        case trend
        /// Nothing came where something should have.
        case silence
        /// Nothing is known of the business: events are on their way.
        case lateData = "late_data"
    }

    package enum Direction: String, Hashable, Sendable, Codable {
        case up, down
    }

    package var metric: String
    package var segment: [String: String]
    package var kind: Kind
    package var direction: Direction
    package var good: SeriesRule.Good
    /// When the change began, as estimated: the start of the run that gave the alarm.
    package var since: Instant
    /// Start of the bucket that was judged.
    package var at: Instant
    /// The probability of as much evidence when nothing is wrong, at most.
    package var pValue: Double
    /// Mean per bucket over the buckets of `since` … `at`; a rate for ratios, seconds for durations.
    package var observed: Double
    package var expected: Double
    /// Where 95 % of such means lie when nothing is wrong.
    package var baseline: ClosedRange<Double>
    /// Messages, waits, or expected events behind it.
    package var sample: Double

    /// Whether this is good news.
    package var isImprovement: Bool {
        kind != .silence && kind != .lateData
            && (good == .up && direction == .up || good == .down && direction == .down)
    }

    /// The range between two numbers in either order; empty at zero when one is none.
    static func range(_ a: Double, _ b: Double) -> ClosedRange<Double> { a <= b ? a...b : b <= a ? b...a : 0...0 }

    /// 0 … 1: 0 for a p-value of .01, 1 for one of 1e-10 and beyond.
    package var severity: Double {
        guard kind != .lateData, pValue > 0 else { return pValue == 0 ? 1 : 0 }
        return min(max((-log10(pValue) - 2) / 8, 0), 1)
    }
}

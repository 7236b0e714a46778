import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Watches one series bucket by bucket and says what it holds against it.
///
/// A value: `closed` learns from a bucket that is over and will not change; `open` judges the buckets after it, which
/// may still change, on a copy that is thrown away. So each tick gives the closed buckets once and the open ones anew.
package struct SeriesWatch: Sendable {
    package let rule: SeriesRule
    private let specials: SpecialPeriods
    private var values: ValueWatch?
    private var rates: RateWatch?
    private var silence = SilenceWatch()

    package init(_ rule: SeriesRule, specials: [SpecialPeriod] = []) {
        self.init(rule, specials: SpecialPeriods(specials))
    }

    /// With periods that many series share.
    package init(_ rule: SeriesRule, specials: SpecialPeriods) {
        self.rule = rule
        self.specials = specials
        if rule.shape == .ratio { rates = RateWatch(rule) } else { values = ValueWatch(rule) }
    }

    /// Judges a bucket that is over, and learns from it.
    package mutating func closed(_ point: SeriesPoint) -> [Anomaly] { step(point, learns: true) }

    /// Judges buckets that may still change, in the order of time; nothing of it is kept.
    package func open(_ points: [SeriesPoint]) -> [Anomaly] {
        var probe = self
        return points.flatMap { probe.step($0, learns: false) }
    }

    /// What a whole series would have given, bucket by bucket.
    package static func replay(_ series: Series, specials: [SpecialPeriod] = []) -> [[Anomaly]] {
        var watch = SeriesWatch(series.rule, specials: specials)
        return series.points.map { $0.isComplete ? watch.closed($0) : watch.open([$0]) }
    }

    /// What is expected of a bucket: events, a value, a share, seconds. Nil while too little is known.
    package func expected(at: Instant) -> Double? { rates?.expected(at: at) ?? values?.expected(at: at) }

    private mutating func step(_ point: SeriesPoint, learns: Bool) -> [Anomaly] {
        if point.isLate { return lateData(point) }
        let special = specials.name(at: point.start)
        if rates != nil { return rates?.step(point, special: special, learns: learns) ?? [] }
        guard values != nil else { return [] }
        if rule.shape == .volume {
            let expected = special == nil ? values?.expected(at: point.start) : nil
            if let silent = silence.step(point, expected: expected, rule: rule) {
                // Told once, as silence, and not as a fall too; and silence is no new level to learn.
                return [silent]
            }
            if silence.isCounting, silence.isUnusual { return [] }
        }
        return values?.step(point, special: special, learns: learns) ?? []
    }

    private func lateData(_ point: SeriesPoint) -> [Anomaly] {
        let expected = expected(at: point.start) ?? 0
        return [
            Anomaly(
                metric: rule.metric, segment: rule.segment, kind: .lateData, direction: .down, good: rule.good,
                since: point.start, at: point.start, pValue: 0, observed: point.value ?? point.numerator,
                expected: expected, baseline: Anomaly.range(expected, expected), sample: point.denominator)
        ]
    }
}

/// Special periods, found by time.
package struct SpecialPeriods: Sendable {
    private let periods: [SpecialPeriod]
    /// The latest end of this period and all before it.
    private let ends: [Instant]

    package init(_ periods: [SpecialPeriod]) {
        self.periods = periods.filter { $0.start < $0.end }.sorted { $0.start < $1.start }
        var latest = Instant.distantPast
        ends = self.periods.map { period in
            latest = max(latest, period.end)
            return latest
        }
    }

    /// The name of the latest-begun period that holds this time.
    func name(at: Instant) -> String? {
        var (low, high) = (0, periods.count)
        while low < high {
            let middle = (low + high) / 2
            if periods[middle].start <= at { low = middle + 1 } else { high = middle }
        }
        while low > 0, ends[low - 1] > at {
            low -= 1
            if periods[low].end > at { return periods[low].name }
        }
        return nil
    }
}

/// No event where there should be some: the probability of none at all, over the empty buckets in a row.
struct SilenceWatch: Sendable {
    private var since: Instant?
    private var expected = 0.0

    /// The level of a day may be off by about a third (a gamma of this shape), so that P(none) = (1 + m/r)^−r, the
    /// negative binomial's, and not e^−m.
    private static let shape = 8.0

    /// Empty buckets are being counted.
    var isCounting: Bool { since != nil }
    /// So many that a fall would be told already; silence will be, if it goes on.
    var isUnusual: Bool { pValue < 0.01 }
    private var pValue: Double { pow(1 + expected / Self.shape, -Self.shape) }

    mutating func step(_ point: SeriesPoint, expected perBucket: Double?, rule: SeriesRule) -> Anomaly? {
        guard point.value == 0 else {
            self = SilenceWatch()
            return nil
        }
        guard let perBucket, perBucket > 0 else { return nil }
        expected += perBucket * point.known
        since = since ?? point.start
        let pValue = pValue
        guard pValue < 1 / rule.runLength, let since else { return nil }
        let buckets = max(1, Double(point.start.microseconds(since: since)) / 1e6 / Double(rule.grainSeconds) + 1)
        let mean = expected / buckets
        let width = 1.96 * (mean + mean * mean / Self.shape).squareRoot()
        return Anomaly(
            metric: rule.metric, segment: rule.segment, kind: .silence, direction: .down, good: rule.good,
            since: since, at: point.start, pValue: pValue, observed: 0, expected: mean,
            baseline: Anomaly.range(max(0, mean - width), mean + width), sample: expected)
    }
}

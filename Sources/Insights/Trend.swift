import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A slow drift of a series of few values, such as weeks: Mann–Kendall's test with Theil–Sen's slope.
package struct Trend: Hashable, Sendable {
    /// Per step, the median of all pairs' slopes (Sen 1968).
    package var slope: Double
    /// 95 % interval of the slope.
    package var interval: ClosedRange<Double>
    /// Value at the first and the last step by the line.
    package var start: Double
    package var end: Double
    package var pValue: Double
    package var count: Int

    /// Fewer values tell no trend.
    package static let countMin = 6
    private static let countMax = 400

    /// The trend of equally spaced values; nil for fewer than six known ones. Only the last 400 are looked at. Values
    /// that resemble the ones before them carry less than independent ones: the variance is widened for that (Hamed,
    /// Rao 1998, first order).
    package static func of(_ values: [Double?]) -> Trend? {
        let known = values.enumerated().suffix(countMax).compactMap { step, value in
            value.flatMap { abs($0) < 1e100 ? (step: Double(step), value: $0) : nil }
        }
        let n = known.count
        guard n >= countMin else { return nil }
        var slopes: [Double] = []
        slopes.reserveCapacity(n * (n - 1) / 2)
        var sign = 0.0
        for late in 1..<n {
            for early in 0..<late {
                let difference = known[late].value - known[early].value
                slopes.append(difference / (known[late].step - known[early].step))
                sign += difference > 0 ? 1 : difference < 0 ? -1 : 0
            }
        }
        slopes.sort()
        let slope = median(slopes)
        let count = Double(n)
        var variance = count * (count - 1) * (2 * count + 5)
        for tied in Dictionary(grouping: known, by: \.value).values where tied.count > 1 {
            let t = Double(tied.count)
            variance -= t * (t - 1) * (2 * t + 5)
        }
        variance /= 18
        let intercept = median(known.map { $0.value - slope * $0.step }.sorted())
        variance *= inflation(known.map { $0.value - slope * $0.step - intercept })
        guard variance > 0 else {
            return Trend(slope: 0, interval: 0...0, start: intercept, end: intercept, pValue: 1, count: n)
        }
        let z = sign == 0 ? 0 : (abs(sign) - 1) / variance.squareRoot()
        // Sen's interval: slopes at these ranks.
        let reach = 1.96 * variance.squareRoot()
        let pairs = Double(slopes.count)
        let low = Int(max(0, ((pairs - reach) / 2).rounded(.down)))
        let high = Int(min(pairs - 1, ((pairs + reach) / 2).rounded(.up)))
        return Trend(
            slope: slope, interval: slopes[low]...slopes[high], start: intercept + slope * known[0].step,
            end: intercept + slope * known[n - 1].step, pValue: min(1, 2 * Tail.normal(z)), count: n)
    }

    /// The same of a series, as an anomaly when its p-value is at most `level` and the line moves by at least `change`
    /// of where it began.
    package static func anomaly(
        in series: Series, level: Double = 0.01, change: Double = 0.1
    ) -> Anomaly? {
        let points = series.points.filter { $0.isComplete && !$0.isLate && $0.known > 0.95 }
        guard let first = points.first, let last = points.last else { return nil }
        let values = points.map { point -> Double? in
            guard series.rule.shape == .ratio else { return point.value }
            return point.denominator > 0 ? point.numerator / point.denominator : nil
        }
        guard let trend = of(values), trend.pValue <= level, trend.slope != 0,
            abs(trend.end - trend.start) >= change * abs(trend.start)
        else { return nil }
        let steps = Double(trend.count - 1)
        let (low, high) = (trend.interval.lowerBound * steps, trend.interval.upperBound * steps)
        let middle = (trend.end - trend.start)
        return Anomaly(
            metric: series.rule.metric, segment: series.rule.segment, kind: .trend,
            direction: trend.slope > 0 ? .up : .down, good: series.rule.good, since: first.start, at: last.start,
            pValue: trend.pValue, observed: trend.end, expected: trend.start,
            baseline: Anomaly.range(
                min(trend.start, trend.start + low - middle), max(trend.start, trend.start + high - middle)),
            sample: Double(trend.count))
    }

    private static func median(_ sorted: [Double]) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// (1 + ρ)/(1 − ρ) of the residuals' first autocorrelation, where it is positive beyond chance.
    private static func inflation(_ residuals: [Double]) -> Double {
        var (product, square) = (0.0, 0.0)
        for (place, residual) in residuals.enumerated() {
            square += residual * residual
            if place > 0 { product += residual * residuals[place - 1] }
        }
        guard square > 0 else { return 1 }
        let correlation = product / square
        guard correlation > 1 / Double(residuals.count).squareRoot() else { return 1 }
        return (1 + min(correlation, 0.9)) / (1 - min(correlation, 0.9))
    }
}

import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Watches counts, levels and quantiles of waits: single buckets against the seasonal baseline, and shifts that last
/// by a CUSUM of standardised values. Counts are judged as square roots, waits as logarithms.
struct ValueWatch: Sendable {
    private let rule: SeriesRule
    private var baseline: SeasonalBaseline
    private var high = ShiftRun()
    private var low = ShiftRun()
    /// What special periods do, by name: a factor of √count, a difference of the others.
    private var specials: [String: FadingMoments] = [:]
    private var alarmSince: Instant?
    /// Correlation of standardised values with the one before: it makes runs longer than chance alone would.
    private var lagProduct = 0.0
    private var square = 1.0
    private var lastZ = 0.0
    private var wavering = DayLevel()
    private let shiftThreshold: Double
    private let scoreMin = 6.0

    /// A run of buckets on one side.
    private struct ShiftRun: Sendable {
        var cusum = NormalCusum()
        var since: Instant?
        var observed = 0.0
        var expected = 0.0
        var sample = 0.0

        mutating func add(
            _ z: Double, wavering: Double, at: Instant, most: Double, _ observed: Double, _ expected: Double,
            _ sample: Double
        ) {
            cusum.add(z, wavering: wavering)
            cusum.hold(at: most)
            guard cusum.length > 0 else {
                since = nil
                return
            }
            if cusum.length == 1 {
                since = at
                (self.observed, self.expected, self.sample) = (0, 0, 0)
            }
            self.observed += observed
            self.expected += expected
            self.sample += sample
        }
    }

    /// A value beyond this counts as this: variances are kept in single precision.
    private static let valueMost = 1e15
    private static let adaptAfterSeconds: Int64 = 3 * 86_400
    private static let correlationMemory = 400.0
    /// A bucket counts as this many standard deviations at most, so that one outlier is no shift.
    private static let zMost = 4.0

    init(_ rule: SeriesRule) {
        self.rule = rule
        baseline = SeasonalBaseline(
            grainSeconds: rule.grainSeconds, utcOffsetSeconds: rule.utcOffsetSeconds,
            least: rule.shape == .volume ? 0.25 : 0)
        // How days waver is not known of daily values, so that their threshold allows for it (by simulation).
        let factor = rule.grainSeconds >= 86_400 ? 4.0 : 1
        shiftThreshold = NormalCusum.threshold(runLength: rule.runLength * factor)
    }

    func expected(at: Instant) -> Double? {
        baseline.expectation(at: at).map { natural($0.mean + $0.level, variance: $0.residualVariance) }
    }

    /// On the scale on which values are compared; nil when the bucket says nothing.
    private func scaled(_ point: SeriesPoint) -> Double? {
        guard let value = point.value, value.isFinite, point.known > 0.02 else { return nil }
        switch rule.shape {
        case .volume: return min(max(value, 0), Self.valueMost).squareRoot()
        case .level: return min(max(value, -Self.valueMost), Self.valueMost)
        // Waits that are still open make the known ones short: half of them must be known.
        case .duration: return point.denominator >= 1 && point.known >= 0.5 ? log(max(value, 1)) : nil
        case .ratio: return nil
        }
    }

    private func natural(_ x: Double, variance: Double) -> Double {
        switch rule.shape {
        case .volume: max(x, 0) * max(x, 0) + variance
        case .duration: exp(x)
        case .level, .ratio: x
        }
    }

    mutating func step(_ point: SeriesPoint, special: String?, learns: Bool) -> [Anomaly] {
        guard let x = scaled(point) else { return [] }
        var found: [Anomaly] = []
        if let usual = baseline.expectation(at: point.start) {
            let judged = expectation(usual, special: special)
            found = judge(x, point, judged)
            if let special, learns { learnSpecial(special, x, usual) }
        }
        guard learns else { return found }
        if found.isEmpty { alarmSince = nil } else { alarmSince = alarmSince ?? point.start }
        let isNormal =
            alarmSince.map { point.start >= $0.adding(seconds: Self.adaptAfterSeconds) } ?? (special == nil)
        if isNormal, point.known > 0.98 { baseline.learn(x, at: point.start) }
        return found
    }

    // MARK: Special periods

    private func scale(_ usual: SeasonalBaseline.Expectation) -> Double {
        switch rule.shape {
        case .volume: max(usual.mean, 1)
        case .duration: 1
        case .level, .ratio: max(usual.variance.squareRoot(), 1e-12)
        }
    }

    private func expectation(
        _ usual: SeasonalBaseline.Expectation, special: String?
    ) -> SeasonalBaseline.Expectation {
        guard let special else { return usual }
        let known = specials[special] ?? FadingMoments()
        let scale = scale(usual)
        // Before anything is known a campaign may send a hundred times as much; each bucket seen narrows that.
        let unknown = rule.shape == .level ? 25.0 : 9.0
        let spread = scale * scale * (known.variance * 2 + unknown / (known.count + 1) / (known.count + 1))
        var widened = usual
        widened.mean += scale * known.mean
        widened.variance = usual.variance * 4 + spread
        widened.residualVariance = usual.residualVariance * 4 + spread
        return widened
    }

    private mutating func learnSpecial(_ name: String, _ x: Double, _ usual: SeasonalBaseline.Expectation) {
        specials[name, default: FadingMoments()].add((x - usual.mean - usual.level) / scale(usual), memory: 300)
    }

    // MARK: Judging

    /// Variance of the value itself because few events are behind it, beyond what the baseline has learned.
    private func samplingVariance(_ point: SeriesPoint) -> Double {
        guard case .duration(let quantile) = rule.shape else { return 0 }
        let q = min(max(quantile, 0.01), 0.99)
        // se of a quantile: √(q(1−q)/n) / density; of a lognormal the density of the logarithm at it is
        // φ(z_q)/spread, φ(z_q) within 3 % of 1.56·q(1−q) … and never below that of the 99th percentile.
        let density = max(1.6 * q * (1 - q), 0.026)
        return q * (1 - q) / max(point.denominator, 1) * (rule.spread / density) * (rule.spread / density)
    }

    private mutating func judge(
        _ x: Double, _ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation
    ) -> [Anomaly] {
        var usual = usual
        let sampling = samplingVariance(point)
        if rule.shape == .volume, point.known < 1 {
            // Of a bucket that is not all there, that share is expected; √ of it on this scale.
            let share = point.known.squareRoot()
            usual.mean *= share
            usual.level *= share
            let unsure = 0.1 * (1 - point.known) * usual.mean
            usual.variance = max(usual.variance * point.known, 0.25) + unsure * unsure
            usual.residualVariance = max(usual.residualVariance * point.known, 0.25) + unsure * unsure
        }
        if rule.shape == .volume {
            // √ of a count cannot vary less than a Poisson count does.
            usual.variance = max(usual.variance, 0.25)
            usual.residualVariance = max(usual.residualVariance, 0.25)
        }
        let r = x - usual.mean
        let e = r - usual.level
        // What was learned holds the sampling of buckets of the usual size; a thinner one has more.
        let d = (max(usual.variance, sampling) + 0.25 * sampling).squareRoot()
        let s = (max(usual.residualVariance, sampling) + 0.25 * sampling).squareRoot()
        guard d > 0, s > 0, r.isFinite else { return r == 0 ? [] : steady(x, point, usual) }
        shift(r / d, residual: e / s, point, usual)
        let score = abs(r) / d + abs(e) / s
        var found: [Anomaly] = []
        let sample = self.sample(point, usual)
        if score >= scoreMin, (r > 0) == (e > 0), sample >= rule.minimumSample {
            var pValue = Tail.student(score / 2, degrees: 10)
            if rule.shape == .volume {
                let mean = natural(usual.mean + usual.level, variance: usual.residualVariance)
                let tail = Tail.count(point.value ?? 0, mean: mean, dispersion: 4 * usual.residualVariance)
                pValue = max(pValue, min(1, 2 * tail))
            }
            if pValue < 1 / rule.runLength {
                found.append(anomaly(point, usual, r > 0 ? .up : .down, since: point.start, pValue, sample))
            }
        }
        if found.isEmpty, let shifted = shiftAlarm(point, usual) { found.append(shifted) }
        // A bucket in a run that began earlier has begun with it.
        let run = r > 0 ? high : low
        if let since = run.since, run.cusum.sum > 2, !found.isEmpty { found[0].since = min(found[0].since, since) }
        return found
    }

    /// A series that never moved, moved.
    private func steady(
        _ x: Double, _ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation
    ) -> [Anomaly] {
        guard x.isFinite else { return [] }
        let direction: Anomaly.Direction = x > usual.mean ? .up : .down
        return [anomaly(point, usual, direction, since: point.start, 1e-6, sample(point, usual))]
    }

    private func sample(_ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation) -> Double {
        switch rule.shape {
        case .volume: max(point.value ?? 0, natural(usual.mean, variance: usual.variance))
        case .duration, .ratio: point.denominator
        case .level: point.denominator > 0 ? point.denominator : .greatestFiniteMagnitude
        }
    }

    private mutating func shift(
        _ z: Double, residual: Double, _ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation
    ) {
        let clipped = min(max(z, -Self.zMost), Self.zMost)
        let share = 1 / Self.correlationMemory
        let settled = min(max(residual, -Self.zMost), Self.zMost)
        lagProduct += share * (settled * lastZ - lagProduct)
        square += share * (settled * settled - square)
        lastZ = settled
        wavering.add(clipped, at: point.start, rule: rule, isWeekly: baseline.usesWeek(point.start))
        let correlation = min(max(lagProduct / max(square, 0.25), 0), 0.95)
        // The variance of a sum of such values, over that of independent ones.
        let inflation = max(1, square) * (1 + correlation) / (1 - correlation)
        let steadied = clipped / inflation.squareRoot()
        let observed = point.value ?? 0
        let expected = natural(usual.mean, variance: usual.variance)
        let sample = point.denominator > 0 ? point.denominator : expected
        let most = 1.5 * shiftThreshold
        let wavering = min(2, 1.5 * wavering.deviation / inflation.squareRoot())
        high.add(steadied, wavering: wavering, at: point.start, most: most, observed, expected, sample)
        low.add(-steadied, wavering: wavering, at: point.start, most: most, observed, expected, sample)
    }

    private func shiftAlarm(_ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation) -> Anomaly? {
        let run = high.cusum.sum >= low.cusum.sum ? high : low
        guard run.cusum.sum > shiftThreshold, run.cusum.length > 1, let since = run.since,
            run.sample >= rule.minimumSample || rule.shape == .level, isWorthTelling(run)
        else { return nil }
        let buckets = Double(run.cusum.length)
        let isUp = high.cusum.sum >= low.cusum.sum
        let isVolume = rule.shape == .volume
        var found = anomaly(point, usual, isUp ? .up : .down, since: since, run.cusum.pValue, run.sample)
        found.observed = run.observed / buckets
        found.expected = run.expected / buckets
        // Half the width: a mean of several buckets varies less than one of them.
        let narrower = 1 / min(buckets, 16).squareRoot()
        let (lower, upper) = (found.baseline.lowerBound, found.baseline.upperBound)
        let low = found.expected - (found.expected - min(lower, found.expected)) * narrower
        let high = found.expected + (max(upper, found.expected) - found.expected) * narrower
        found.baseline = Anomaly.range(isVolume ? max(0, low) : low, high)
        return found
    }

    private func isWorthTelling(_ run: ShiftRun) -> Bool {
        guard rule.shape != .level else { return true }
        guard run.expected > 0 else { return run.observed > 0 }
        let ratio = run.observed / run.expected
        return ratio >= 1 + rule.minimumChange || ratio <= 1 / (1 + rule.minimumChange)
    }

    private func anomaly(
        _ point: SeriesPoint, _ usual: SeasonalBaseline.Expectation, _ direction: Anomaly.Direction, since: Instant,
        _ pValue: Double, _ sample: Double
    ) -> Anomaly {
        let centre = usual.mean + usual.level
        let width = 1.96 * max(usual.residualVariance, samplingVariance(point)).squareRoot()
        let isDuration = if case .duration = rule.shape { true } else { false }
        let low = natural(rule.shape == .volume ? max(0, centre - width) : centre - width, variance: 0)
        let high = natural(centre + width, variance: 0)
        return Anomaly(
            metric: rule.metric, segment: rule.segment, kind: isDuration ? .quantile : .level, direction: direction,
            good: rule.good, since: since, at: point.start, pValue: pValue, observed: point.value ?? 0,
            expected: natural(centre, variance: rule.shape == .volume ? usual.residualVariance : 0),
            baseline: Anomaly.range(low, high), sample: min(sample, 1e15))
    }
}

/// How far whole days lie off the baseline when nothing is wrong: days waver together, which no look at neighbouring
/// buckets shows, and before four weeks exist weekends do.
struct DayLevel: Sendable {
    private var day: Int64?
    private var sum = 0.0
    private var count = 0.0
    /// Of days' means of z, beyond what independent buckets would give; begun with a third of a deviation.
    private var variance = 0.1
    private var days = 3.0

    var deviation: Double { variance.squareRoot() }

    private static let memory = 28.0
    private var isWeekly = false
    /// A day counts as this far off at most, so that an incident is not taken as how days are.
    private static let most = 1.5

    mutating func add(_ z: Double, at: Instant, rule: SeriesRule, isWeekly: Bool) {
        // Against hours of the week weekends no longer waver: learned anew.
        if isWeekly != self.isWeekly {
            self = DayLevel()
            self.isWeekly = isWeekly
        }
        guard rule.grainSeconds < 86_400 else {
            variance = 0
            return
        }
        let today = (at.seconds &+ rule.utcOffsetSeconds).flooredDivision(by: 86_400)
        if let day, day != today, count > 0 {
            let mean = min(max(sum / count, -Self.most), Self.most)
            days = min(days + 1, Self.memory)
            variance += (max(0, mean * mean - 1 / count) - variance) / days
            (sum, count) = (0, 0)
        }
        day = today
        sum += z
        count += 1
    }
}

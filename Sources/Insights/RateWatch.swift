import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Watches a ratio: a binomial CUSUM each way against the seasonal share, both corrected for what is still to come.
struct RateWatch: Sendable {
    private let rule: SeriesRule
    private var baseline: RateBaseline
    private var down = RateCusum()
    private var up = RateCusum()
    private var downSince: Instant?
    private var upSince: Instant?
    /// The same against a change twice as large: they fall back to zero sooner while nothing is wrong, and so tell
    /// better when a large change began.
    private var steepDown = RateCusum()
    private var steepUp = RateCusum()
    /// Evidence, while an alarm is on, that all is as expected again.
    private var downReturn = 0.0
    private var upReturn = 0.0
    private var steepDownSince: Instant?
    private var steepUpSince: Instant?
    /// Of the steps of late, for the threshold: mean fall and variance.
    private var information = FadingMoments()
    private var stepVariance = FadingMoments()
    /// When the alarm that is on began to be one; nil while none is.
    private var alarmSince: Instant?
    private var threshold = 6.0

    /// Events that must have been learned before anything is judged.
    private static let learnedMin = 100.0
    /// The expected maturity may be off by this share of what is missing.
    private static let maturityError = 0.1
    /// A shift that lasts is the new baseline after this long.
    private static let adaptAfterSeconds: Int64 = 3 * 86_400
    private static let memory = 500.0

    init(_ rule: SeriesRule) {
        self.rule = rule
        baseline = RateBaseline(grainSeconds: rule.grainSeconds, utcOffsetSeconds: rule.utcOffsetSeconds)
    }

    func expected(at: Instant) -> Double? { baseline.sample >= Self.learnedMin ? baseline.expectation(at: at) : nil }

    mutating func step(_ point: SeriesPoint, special: String?, learns: Bool) -> [Anomaly] {
        guard point.denominator > 0, point.denominator.isFinite, point.numerator.isFinite else { return [] }
        let (n, known) = (min(point.denominator, 1e12), point.known)
        let k = min(max(point.numerator, 0), n)
        var found: [Anomaly] = []
        if known > 0.02, baseline.sample >= Self.learnedMin, let usual = baseline.known(at: point.start) {
            judge(k, n, usual, known, special: special, at: point.start)
            found = alarms(at: point.start)
        }
        guard learns else { return found }
        if found.isEmpty { alarmSince = nil } else { alarmSince = alarmSince ?? point.start }
        // What is wrong now is not what is usual, unless it stays.
        let isNormal =
            alarmSince.map { point.start >= $0.adding(seconds: Self.adaptAfterSeconds) } ?? (special == nil)
        if isNormal || baseline.sample < Self.learnedMin {
            baseline.learn(k, of: n, maturity: known, at: point.start)
        }
        return found
    }

    private mutating func judge(
        _ k: Double, _ n: Double, _ usual: (share: Double, events: Double), _ known: Double, special: String?,
        at: Instant
    ) {
        let p = usual.share
        let p0 = p * known
        let pDown = RateCusum.shifted(p, odds: 1 / rule.oddsRatio) * known
        let pUp = RateCusum.shifted(p, odds: rule.oddsRatio) * known
        // A maturity that is off moves the share as a whole: variance (n p0 e)² on top of the binomial's.
        let error = Self.maturityError * (1 - known)
        let extra = n * p0 * error * error / max(1 - p0, 1e-6)
        let dispersion = (baseline.dispersion(n, p0) + extra) * (special == nil ? 1 : 2)
        // The expectation is an estimate: what it rests on counts beside the run that is held against it.
        let (downUnsure, upUnsure) = (unsure(down, n, usual.events), unsure(up, n, usual.events))
        // Where the share wavers by itself, one bucket alone is no alarm; two are.
        let most = dispersion > 1.5 && rule.grainSeconds < 86_400 ? 0.9 * threshold : .infinity
        down.add(k, of: n, p0: p0, p1: pDown, dispersion: dispersion * downUnsure, most: most)
        up.add(k, of: n, p0: p0, p1: pUp, dispersion: dispersion * upUnsure, most: most)
        downSince = down.length == 0 ? nil : (down.length == 1 ? at : downSince ?? at)
        upSince = up.length == 0 ? nil : (up.length == 1 ? at : upSince ?? at)
        let square = rule.oddsRatio * rule.oddsRatio
        let steepDownTo = RateCusum.shifted(p, odds: 1 / square) * known
        let steepUpTo = RateCusum.shifted(p, odds: square) * known
        steepDown.add(k, of: n, p0: p0, p1: steepDownTo, dispersion: dispersion)
        steepUp.add(k, of: n, p0: p0, p1: steepUpTo, dispersion: dispersion)
        steepDown.hold(at: 1.5 * threshold)
        steepUp.hold(at: 1.5 * threshold)
        steepDownSince = steepDown.length == 0 ? nil : (steepDown.length == 1 ? at : steepDownSince ?? at)
        steepUpSince = steepUp.length == 0 ? nil : (steepUp.length == 1 ? at : steepUpSince ?? at)
        end(k, n, p0: p0, down: pDown, up: pUp, dispersion)
        let step = RateCusum.step(of: n, p0: p0, p1: pDown)
        information.add(step.information / dispersion, memory: Self.memory)
        stepVariance.add(step.deviation * step.deviation / dispersion, memory: Self.memory)
        threshold = RateCusum.threshold(
            runLength: rule.runLength, information: information.mean,
            deviation: stepVariance.mean.squareRoot())
        down.hold(at: 1.5 * threshold)
        up.hold(at: 1.5 * threshold)
    }

    /// Ends an alarm once the buckets after the change are a hundred times as likely under the usual share as under the
    /// changed one; the sums themselves fall more slowly, the more so the longer the change lasted.
    private mutating func end(
        _ k: Double, _ n: Double, p0: Double, down pDown: Double, up pUp: Double, _ spread: Double
    ) {
        let enough = log(100.0)
        downReturn =
            down.sum > threshold
            ? max(0, downReturn - RateCusum.likelihood(k, of: n, p0: p0, p1: pDown) / spread) : 0
        if downReturn > enough {
            (down, steepDown, downReturn, downSince, steepDownSince) = (RateCusum(), RateCusum(), 0, nil, nil)
        }
        upReturn =
            up.sum > threshold ? max(0, upReturn - RateCusum.likelihood(k, of: n, p0: p0, p1: pUp) / spread) : 0
        if upReturn > enough {
            (up, steepUp, upReturn, upSince, steepUpSince) = (RateCusum(), RateCusum(), 0, nil, nil)
        }
    }

    private func unsure(_ run: RateCusum, _ n: Double, _ events: Double) -> Double {
        1 + min(run.denominator + n, 10 * events) / max(events, 1)
    }

    private func alarms(at: Instant) -> [Anomaly] {
        [
            alarm(down, downSince, steep: steepDown, steepDownSince, direction: .down, at: at),
            alarm(up, upSince, steep: steepUp, steepUpSince, direction: .up, at: at),
        ].compactMap { $0 }
    }

    private func alarm(
        _ cusum: RateCusum, _ since: Instant?, steep: RateCusum, _ steepSince: Instant?,
        direction: Anomaly.Direction, at: Instant
    ) -> Anomaly? {
        guard cusum.sum > threshold, let since, cusum.denominator >= rule.minimumSample, cusum.expected > 0,
            let p = baseline.expectation(at: at)
        else { return nil }
        let pValue = cusum.pValue
        // A large change is dated by the steep sum.
        let isSteep = steep.sum > 3 && steep.expected > 0
        let cusum = isSteep ? steep : cusum
        let began = isSteep ? max(since, steepSince ?? since) : since
        // Observed and expected are of what will be known in the end: the events, over the share of them that is
        // expected to be known by now.
        let final = cusum.expected / p
        let dispersion = baseline.dispersion(final / Double(max(1, cusum.length)), p)
        let width = 1.96 * (dispersion * p * (1 - p) / max(final, 1)).squareRoot()
        return Anomaly(
            metric: rule.metric, segment: rule.segment, kind: .ratio, direction: direction, good: rule.good,
            since: began, at: at, pValue: pValue, observed: min(1, cusum.numerator / final), expected: p,
            baseline: Anomaly.range(max(0, p - width), min(1, p + width)), sample: cusum.denominator)
    }
}

import Domain

/// What is usual at a time of the day or, once four weeks exist, of the week: the robust seasonal baseline of one
/// series, a few numbers per phase, learned bucket by bucket.
///
/// Per phase a running mean, variance and variance of what the local level leaves; each new value is clipped to 8
/// standard deviations before it is learned, so that one outlier does not teach the baseline.
package struct SeasonalBaseline: Sendable {
    /// What a value is compared with.
    package struct Expectation: Hashable, Sendable {
        /// Of the phase.
        package var mean: Double
        /// Variance of values around the phase's mean.
        package var variance: Double
        /// Variance of values around mean plus level.
        package var residualVariance: Double
        /// How far the last day or so has been off the phases' means.
        package var level: Double
    }

    private struct SpreadModel: Sendable {
        var least = 0.0
        private var product = 0.0
        private var power = 0.0
        private var count = 0.0

        mutating func add(_ square: Double, mean: Double) {
            count = min(count + 1, 1000)
            let size = least > 0 ? mean * mean : 1
            product += ((square - least) * size - product) / count
            power += (size * size - power) / count
        }

        func at(_ mean: Double) -> Double {
            guard power > 0 else { return least }
            return least + max(0, product / power) * (least > 0 ? mean * mean : 1)
        }
    }

    private struct Table: Sendable {
        // Four numbers a phase: count, mean, variance, residual variance.
        var cells: [Float]
        init(_ phases: Int) { cells = [Float](repeating: 0, count: phases * 4) }
        var phases: Int { cells.count / 4 }
    }

    private let grain: Int64
    private let offset: Int64
    private var day: Table
    private var week: Table
    private var first: Instant?
    private var level = 0.0
    /// Variances of the whole series: a part that is the same in all phases and a part that grows with the mean's
    /// square, as that of √count does when the rate itself wavers.
    private var common = SpreadModel()
    private var commonResidual = SpreadModel()
    private var whole = FadingMoments()

    private static let weeksMin: Int64 = 4
    /// Visits that must be pooled before anything is said.
    private static let visitsMin = 13.0
    private static let memory: Float = 7
    private static let clip = 8.0
    private static let levelShare = 0.05
    private static let floor = 0.02
    /// Visits' worth of the whole series' variance that steady a phase's.
    private static let prior = 8.0

    /// - Parameter least: the variance that values have at least, .25 of √count; 0 of others, whose variance is taken
    ///   to be alike in all phases.
    package init(grainSeconds: Int64, utcOffsetSeconds: Int64, least: Double = 0) {
        grain = max(1, grainSeconds)
        offset = utcOffsetSeconds
        common.least = least
        commonResidual.least = least
        day = Table(grain >= 86_400 ? 7 : Int(min(96, max(1, 86_400 / grain))))
        week = Table(grain >= 86_400 ? 0 : 168)
    }

    private func phase(_ at: Instant) -> (day: Int, week: Int) {
        let local = at.seconds &+ offset
        let dayNumber = local.flooredDivision(by: 86_400)
        let second = local &- dayNumber &* 86_400
        let weekday = Int(((dayNumber % 7) + 7) % 7)
        if grain >= 86_400 { return (weekday, 0) }
        return (Int(second) * day.phases / 86_400, weekday * 24 + Int(second / 3600))
    }

    func usesWeek(_ at: Instant) -> Bool {
        guard week.phases > 0, let first else { return false }
        return at.microseconds(since: first) >= Self.weeksMin * 7 * 86_400 * 1_000_000
    }

    /// What is expected at a time; nil while too little is known.
    package func expectation(at: Instant) -> Expectation? {
        let phases = phase(at)
        if usesWeek(at), let found = pooled(week, phases.week, reach: 1) { return found }
        return pooled(day, phases.day, reach: day.phases >= 48 ? 2 : day.phases > 7 ? 1 : 0)
    }

    private func pooled(_ table: Table, _ phase: Int, reach: Int) -> Expectation? {
        var (visits, variance, residual, mean, means) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for step in -reach...reach {
            let cell = ((phase + step + table.phases) % table.phases) * 4
            let count = Double(table.cells[cell])
            visits += count
            variance += count * Double(table.cells[cell + 2])
            residual += count * Double(table.cells[cell + 3])
            // Its own phase tells the mean; neighbours help while it has hardly been seen.
            let share = step == 0 ? count : count * 0.1
            means += share
            mean += share * Double(table.cells[cell + 1])
        }
        // Daily values have no neighbours to pool.
        let enough = table.phases <= 7 ? 4 : Self.visitsMin
        guard visits >= enough, means > 0, Double(table.cells[phase * 4]) >= 2 || reach > 0 else { return nil }
        // Phases are kept in single precision: less than that is no difference.
        let precision = 1e-5 * mean / means
        let floor = Self.floor * Self.floor * whole.variance + precision * precision
        return Expectation(
            mean: mean / means,
            variance: (variance + Self.prior * common.at(mean / means)) / (visits + Self.prior) + floor,
            residualVariance: (residual + Self.prior * commonResidual.at(mean / means)) / (visits + Self.prior) + floor,
            level: level)
    }

    /// Learns the value of a bucket that is over.
    package mutating func learn(_ x: Double, at: Instant) {
        guard x.isFinite else { return }
        if first == nil { first = at }
        if let expected = expectation(at: at) {
            let residual = x - expected.mean - level
            let most = Self.clip * expected.residualVariance.squareRoot()
            level += Self.levelShare * min(max(residual, -most), most)
            let distance = min(max(x - expected.mean, -most * 2), most * 2)
            let clipped = min(max(residual, -most), most)
            common.add(distance * distance, mean: expected.mean)
            commonResidual.add(clipped * clipped, mean: expected.mean)
        }
        whole.add(x, memory: 2000)
        let phases = phase(at)
        Self.learn(x, level: level, in: &day, phases.day, memory: Self.memory)
        // An hour of the week is visited once for each bucket in it.
        let visits = Float(max(1, 3600 / grain))
        if week.phases > 0 {
            Self.learn(x, level: level, in: &week, phases.week, memory: (Self.memory + 1) * visits - 1)
        }
    }

    private static func learn(_ x: Double, level: Double, in table: inout Table, _ phase: Int, memory: Float) {
        let cell = phase * 4
        guard phase >= 0, cell + 3 < table.cells.count else { return }
        let count = table.cells[cell]
        let share = Double(1 / (min(count, memory) + 1))
        var mean = Double(table.cells[cell + 1])
        var variance = Double(table.cells[cell + 2])
        var residualVariance = Double(table.cells[cell + 3])
        var distance = x - mean
        if count >= 3 {
            let most = clip * variance.squareRoot()
            distance = min(max(distance, -most), most)
        }
        let residual = x - mean - level
        if count >= 1 {
            let square = residual * residual
            let capped = count >= 3 && residualVariance > 0 ? min(square, 64 * residualVariance) : square
            residualVariance = count < 2 ? capped : (1 - share) * residualVariance + share * capped
        }
        mean += share * distance
        variance = count < 1 ? 0 : (1 - share) * (variance + share * distance * distance)
        table.cells[cell] = min(count + 1, max(memory + 1, 8))
        table.cells[cell + 1] = Float(mean)
        table.cells[cell + 2] = Float(variance)
        table.cells[cell + 3] = Float(residualVariance)
    }
}

/// What share is usual at a time of the day or, once four weeks exist, of the week. Phases are drawn towards the whole
/// with 100 pseudo-events, so that a thin hour says what the day says.
package struct RateBaseline: Sendable {
    private let grain: Int64
    private let offset: Int64
    // Two numbers a phase: events that counted, events.
    private var day: [Float]
    private var week: [Float]
    private var wholeGood = 0.0
    private var whole = 0.0
    private var buckets = 0.0
    private var first: Instant?
    private var excess = 0.0
    private var weight = 0.0
    private var judged = 0.0

    private static let pseudo = 100.0
    private static let memory: Float = 8

    package init(grainSeconds: Int64, utcOffsetSeconds: Int64) {
        grain = max(1, grainSeconds)
        offset = utcOffsetSeconds
        let phases = grain >= 86_400 ? 7 : Int(min(24, max(1, 86_400 / grain)))
        day = [Float](repeating: 0, count: phases * 2)
        week = [Float](repeating: 0, count: grain >= 86_400 ? 0 : 336)
    }

    private func phase(_ at: Instant) -> (day: Int, week: Int) {
        let local = at.seconds &+ offset
        let dayNumber = local.flooredDivision(by: 86_400)
        let second = local &- dayNumber &* 86_400
        let weekday = Int(((dayNumber % 7) + 7) % 7)
        return (grain >= 86_400 ? weekday : Int(second) * (day.count / 2) / 86_400, weekday * 24 + Int(second / 3600))
    }

    /// Events of mature buckets that the expectation rests on.
    package var sample: Double { whole }

    /// φ of a bucket: Pearson's χ² over its degrees of freedom as the last 28 days gave it, growing with the size of
    /// the bucket as it does when the share itself wavers; at least 1.
    package func dispersion(_ n: Double, _ share: Double) -> Double {
        guard weight > 0 else { return 1 }
        return 1 + max(0, excess) * n * share * (1 - share) / weight
    }

    /// The expected share; nil before anything was learned.
    package func expectation(at: Instant) -> Double? { known(at: at)?.share }

    /// The expected share, and how many events it rests on.
    func known(at: Instant) -> (share: Double, events: Double)? {
        guard whole > 0, let first else { return nil }
        let overall = (wholeGood + 0.5) / (whole + 1)
        let phases = phase(at)
        func drawn(_ cells: [Float], _ phase: Int, towards share: Double) -> (share: Double, events: Double) {
            let count = cells.count / 2
            var (k, n) = (Double(cells[phase * 2]), Double(cells[phase * 2 + 1]))
            // Neighbouring hours, at half weight.
            if count >= 24 {
                for near in [(phase + 1) % count, (phase + count - 1) % count] {
                    k += 0.5 * Double(cells[near * 2])
                    n += 0.5 * Double(cells[near * 2 + 1])
                }
            }
            return ((k + Self.pseudo * share) / (n + Self.pseudo), n + Self.pseudo)
        }
        var found = drawn(day, phases.day, towards: overall)
        if !week.isEmpty, at.microseconds(since: first) >= 28 * 86_400 * 1_000_000 {
            found = drawn(week, phases.week, towards: found.share)
        }
        return (min(max(found.share, 1e-5), 1 - 1e-5), found.events)
    }

    /// Learns a bucket: `k` of `n`, of which `maturity` of the final ones are known.
    package mutating func learn(_ k: Double, of n: Double, maturity: Double, at: Instant) {
        guard n > 0, n.isFinite, k.isFinite, maturity > 0.05 else { return }
        var good = min(max(k, 0), n)
        let known = n * min(maturity, 1)
        if first == nil { first = at }
        if let expected = expectation(at: at), whole > 50 {
            let share = expected * min(maturity, 1)
            let variance = n * share * (1 - share)
            let distance = good - n * share
            judged = min(judged + 1, max(50, 28 * 86_400 / Double(grain)))
            excess += (min(distance * distance / variance, 25) - 1 - excess) / max(judged, 20)
            weight += (variance - weight) / max(judged, 20)
            // Four standard deviations teach as much as any more would.
            let most = 4 * (variance * dispersion(n, share)).squareRoot()
            good = n * share + min(max(distance, -most), most)
        }
        buckets = min(buckets + 1, max(30, 28 * 86_400 / Double(grain)))
        let fade = 1 - 1 / buckets
        wholeGood = wholeGood * fade + good
        whole = whole * fade + known
        let phases = phase(at)
        let visits = Float(max(1, 3600 / grain))
        Self.learn(good, known, in: &day, phases.day, memory: Self.memory * visits)
        if !week.isEmpty { Self.learn(good, known, in: &week, phases.week, memory: Self.memory * visits) }
    }

    private static func learn(_ k: Double, _ n: Double, in cells: inout [Float], _ phase: Int, memory: Float) {
        guard phase >= 0, phase * 2 + 1 < cells.count else { return }
        let fade = 1 - 1 / memory
        cells[phase * 2] = cells[phase * 2] * fade + Float(k)
        cells[phase * 2 + 1] = cells[phase * 2 + 1] * fade + Float(n)
    }
}

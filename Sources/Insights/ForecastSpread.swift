#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far off a forecast may be, step by step, from how far off it would have been.
///
/// The spread at a step is that of its place in the season (the nights of a shop are surer than its noons), times how
/// errors grow with the distance; the quantiles are those of all backtest errors divided by it.
struct ForecastSpread {
    private let deviation: [Double]
    private let quantile80: Double
    private let quantile95: Double

    /// Backtests know the weights that they made, and the next weeks are never quite like the last.
    private static let caution = 1.15
    private static let tailCaution = 1.35
    /// Below this mean a count has its own distribution.
    private static let countMax = 20.0

    /// One backtest error: the place in the series, steps ahead.
    private struct Miss {
        let place: Int
        let step: Int
        let error: Double
    }

    init(run: EnsembleRun, seasons: [Int]) {
        let horizon = run.means.count
        let reach = run.errors.first?.count ?? 0
        let misses = zip(run.errorOrigins, run.errors).flatMap { origin, errors in
            errors.enumerated().filter { !$0.element.isNaN }.map {
                Miss(place: origin + $0.offset, step: $0.offset, error: $0.element)
            }
        }
        guard reach > 0, !misses.isEmpty else {
            deviation = Self.untested(run.values, seasons, horizon)
            (quantile80, quantile95) = (1.2816 * Self.caution, 1.96 * Self.tailCaution)
            return
        }
        let variances = Self.variances(misses, seasons)
        let growth = Self.growth(misses, variances, reach: reach, block: max(1, min(seasons.first ?? 1, reach / 2)))
        let long = variances.count
        deviation = (0..<horizon).map { step in
            let near = growth[min(step, reach - 1)]
            // Beyond what was tested errors grow as the root of the distance.
            let far = step < reach ? 1 : (Double(step + 1) / Double(reach)).squareRoot()
            return variances[(run.values.count + step) % long].squareRoot() * near * far
        }
        let ratios = misses.compactMap { miss -> Double? in
            let usual = variances[miss.place % long].squareRoot() * growth[miss.step]
            return usual > 0 ? abs(miss.error) / usual : nil
        }.sorted()
        quantile80 = Self.quantile(ratios, 0.8) * Self.caution
        quantile95 = max(Self.quantile(ratios, 0.95), 1.3 * Self.quantile(ratios, 0.8)) * Self.tailCaution
    }

    /// Mean square by place in the long season, drawn to that in the short season, drawn to that of all.
    private static func variances(_ misses: [Miss], _ seasons: [Int]) -> [Double] {
        let whole = misses.reduce(0) { $0 + $1.error * $1.error } / Double(misses.count)
        var prior = [whole]
        for season in seasons {
            var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: season)
            for miss in misses {
                sums[miss.place % season].sum += miss.error * miss.error
                sums[miss.place % season].count += 1
            }
            // Neighbours lend half their weight, where a season is fine enough to have like neighbours.
            let reach = season >= 24 ? 1 : 0
            prior = (0..<season).map { place in
                var sum = sums[place].sum
                var count = sums[place].count
                for step in 1..<(reach + 1) {
                    for other in [(place + step) % season, (place - step + season) % season] {
                        sum += sums[other].sum / 2
                        count += sums[other].count / 2
                    }
                }
                return (sum + 10 * prior[place % prior.count]) / (count + 10)
            }
        }
        return prior
    }

    /// How errors grow with the distance: root mean square in blocks of a short season, never falling.
    private static func growth(_ misses: [Miss], _ variances: [Double], reach: Int, block: Int) -> [Double] {
        var blocks = [(sum: Double, count: Double)](repeating: (0, 0), count: (reach - 1) / block + 1)
        for miss in misses {
            let variance = variances[miss.place % variances.count]
            guard variance > 0 else { continue }
            blocks[miss.step / block].sum += miss.error * miss.error / variance
            blocks[miss.step / block].count += 1
        }
        // Pool adjacent violators.
        var pools: [(sum: Double, count: Double, width: Int)] = []
        for part in blocks {
            pools.append((part.sum + 5, part.count + 5, 1))
            while pools.count > 1 {
                let last = pools[pools.count - 1]
                let before = pools[pools.count - 2]
                guard before.sum / before.count > last.sum / last.count else { break }
                pools.removeLast(2)
                pools.append((before.sum + last.sum, before.count + last.count, before.width + last.width))
            }
        }
        let levels = pools.flatMap { [Double](repeating: ($0.sum / $0.count).squareRoot(), count: $0.width) }
        return (0..<reach).map { levels[$0 / block] }
    }

    private static func quantile(_ sorted: [Double], _ part: Double) -> Double {
        guard let last = sorted.last else { return 0 }
        let place = part * Double(sorted.count)
        return Int(place) < sorted.count ? sorted[Int(place)] : last
    }

    /// Without backtests: from the values themselves.
    private static func untested(_ values: [Double], _ seasons: [Int], _ horizon: Int) -> [Double] {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, values.count - 1))
        // One value alone says nothing about its spread: a count's then.
        let spread = values.count > 2 ? variance : max(variance, abs(mean))
        return (0..<horizon).map { step in
            (spread * (1 + Double(step) / Double(max(values.count, horizon)))).squareRoot()
        }
    }

    func point(_ step: Int, mean: Double, factor: Double, isCount: Bool, isPositive: Bool) -> Forecast.Point {
        let middle = mean * factor
        let wide = deviation[step] * max(factor, factor.squareRoot())
        var point = Forecast.Point(
            mean: middle, low80: middle - quantile80 * wide, high80: middle + quantile80 * wide,
            low95: middle - quantile95 * wide, high95: middle + quantile95 * wide)
        if isCount, middle < Self.countMax, wide > 0 {
            // Chance of counting cannot be less than Poisson's, except that nothing strays from nothing.
            let variance = max(wide * wide * quantile80 / 1.2816 * quantile80 / 1.2816, middle)
            let counts = CountDistribution(mean: middle, variance: variance)
            point.low80 = counts.quantile(0.1)
            point.high80 = counts.quantile(0.9)
            point.low95 = counts.quantile(0.025)
            point.high95 = counts.quantile(0.975)
        }
        if isPositive {
            point.low80 = max(0, point.low80)
            point.low95 = max(0, point.low95)
        }
        point.low80 = min(point.low80, point.mean)
        point.high80 = max(point.high80, point.mean)
        point.low95 = min(point.low95, point.low80)
        point.high95 = max(point.high95, point.high80)
        return point
    }
}

/// Counts of a mean and a variance not below it: negative binomial, Poisson when they are equal.
struct CountDistribution {
    let mean: Double
    let variance: Double

    /// The smallest count that is not exceeded with this probability.
    func quantile(_ probability: Double) -> Double {
        guard mean > 0, variance.isFinite else { return 0 }
        let excess = variance - mean
        let isPoisson = excess < 1e-6 * mean
        let size = isPoisson ? 0 : mean * mean / excess
        let failure = isPoisson ? 0 : excess / variance
        // p(0), then p(k+1)/p(k); in logarithms, since p(0) may be below the smallest double.
        var term = isPoisson ? -mean : size * log(1 - failure)
        var sum = exp(term)
        var count = 0.0
        let limit = mean + 40 * variance.squareRoot() + 40
        while sum < probability, count < limit {
            let ratio = isPoisson ? mean / (count + 1) : failure * (size + count) / (count + 1)
            term += log(ratio)
            sum += exp(term)
            count += 1
        }
        return count
    }
}

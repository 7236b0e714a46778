#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far off a forecast may be, step by step, from how far off it would have been.
///
/// The spread at a step is the root mean square of backtest errors at that step and its neighbours (same hour ± 3 of
/// hourly series), drawn a little to that of all steps; the quantiles are those of all errors divided by it.
struct ForecastSpread {
    private let deviation: [Double]
    private let quantile80: Double
    private let quantile95: Double

    /// Backtests know the weights that they made, and the next weeks are never quite like the last.
    private static let caution = 1.1
    /// Below this mean a count has its own distribution.
    private static let countMax = 20.0

    init(run: EnsembleRun, seasons: [Int]) {
        let horizon = run.means.count
        let reach = run.errors.first?.count ?? 0
        let all = run.errors.joined().filter { !$0.isNaN }
        guard reach > 0, !all.isEmpty else {
            deviation = Self.untested(run.values, seasons, horizon)
            (quantile80, quantile95) = (1.2816 * Self.caution, 1.96 * Self.caution)
            return
        }
        let short = seasons.first ?? 1
        let near = min(3, max(1, short / 8))
        let squares = (0..<reach).map { step in
            run.errors.reduce(into: (sum: 0.0, count: 0.0)) { total, errors in
                guard !errors[step].isNaN else { return }
                total.sum += errors[step] * errors[step]
                total.count += 1
            }
        }
        let whole = all.reduce(0) { $0 + $1 * $1 } / Double(all.count)
        let prior = 4.0
        let known = (0..<reach).map { step -> Double in
            let window = squares[max(0, step - near)...min(reach - 1, step + near)]
            let sum = window.reduce(0) { $0 + $1.sum }
            let count = window.reduce(0) { $0 + $1.count }
            return ((sum + prior * whole) / (count + prior)).squareRoot()
        }
        // Beyond what was tested: the same place of the last season, growing as the root of the distance.
        deviation = (0..<horizon).map { step in
            guard step >= reach else { return known[step] }
            let place = reach >= short ? reach - short + (step - reach) % short : reach - 1
            return known[place] * (Double(step + 1) / Double(reach)).squareRoot()
        }
        let ratios = run.errors.flatMap { errors in
            errors.indices.compactMap { errors[$0].isNaN || known[$0] <= 0 ? nil : abs(errors[$0]) / known[$0] }
        }.sorted()
        quantile80 = Self.quantile(ratios, 0.8) * Self.caution
        quantile95 = max(Self.quantile(ratios, 0.95), 1.3 * Self.quantile(ratios, 0.8)) * Self.caution
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

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Members, their backtests, and what they say together.
struct EnsembleRun {
    private(set) var means: [Double] = []
    private(set) var members: [Forecast.Member] = []
    /// Errors of the members together, one list an origin, one value a step; NaN where nothing was known.
    private(set) var errors: [[Double]] = []
    /// The place in the series of each list's first error.
    private(set) var errorOrigins: [Int] = []
    private(set) var error: Double?
    private(set) var naiveError: Double?
    let values: [Double]
    var isTested: Bool { !errors.isEmpty }

    /// Weights fall with this power of the mean absolute error.
    private static let sharpness = 4.0

    private struct Trial {
        let origin: Int
        /// Forecasts by name of the member.
        var forecasts: [String: [Double]]
        var errors: [String: Double]
    }

    init(values: [Double], isKnown: [Bool], seasons: [Int], horizon: Int) {
        self.values = values
        let now = ForecastMember.fitted(to: values[...], seasons: seasons)
        let (origins, reach) = Forecaster.origins(count: values.count, horizon: horizon, seasons: seasons)
        let trials = Self.trials(values, isKnown, seasons, origins, reach)
        let weights = Self.weights(now, trials)
        let low = values.min() ?? 0
        let high = values.max() ?? 0
        // No member may leave what was ever seen by more than its range.
        let bounds = (low - (high - low))...(high + (high - low))
        var sums = [Double](repeating: 0, count: horizon)
        var total = 0.0
        for member in now {
            guard let weight = weights[member.name], weight > 0,
                let forecast = member.forecast(values[...], horizon: horizon), forecast.count == horizon,
                forecast.allSatisfy(\.isFinite)
            else { continue }
            for step in 0..<horizon {
                sums[step] += weight * min(max(forecast[step], bounds.lowerBound), bounds.upperBound)
            }
            total += weight
            members.append(.init(name: member.name, weight: weight))
        }
        let newest = values.last ?? 0
        means = total > 0 ? sums.map { $0 / total } : [Double](repeating: newest, count: horizon)
        members = members.map { .init(name: $0.name, weight: $0.weight / total) }
        judge(trials, weights, isKnown, seasons, reach)
    }

    private static func trials(
        _ values: [Double], _ isKnown: [Bool], _ seasons: [Int], _ origins: [Int], _ reach: Int
    ) -> [Trial] {
        guard let earliest = origins.last else { return [] }
        let refits = Forecaster.refits(values.count)
        let fixed = refits ? [] : ForecastMember.fitted(to: values[..<earliest], seasons: seasons)
        return origins.compactMap { origin in
            let history = values[..<origin]
            let members = refits ? ForecastMember.fitted(to: history, seasons: seasons) : fixed
            var trial = Trial(origin: origin, forecasts: [:], errors: [:])
            let steps = (0..<reach).filter { isKnown[origin + $0] }
            guard !steps.isEmpty else { return nil }
            for member in members {
                guard let forecast = member.forecast(history, horizon: reach), forecast.count == reach else { continue }
                let sum = steps.reduce(0) { $0 + abs(values[origin + $1] - forecast[$1]) }
                guard sum.isFinite else { continue }
                trial.forecasts[member.name] = forecast
                trial.errors[member.name] = sum / Double(steps.count)
            }
            return trial
        }
    }

    /// By error relative to the other members at the same origin, since not every member is there at each.
    private static func weights(_ members: [ForecastMember], _ trials: [Trial]) -> [String: Double] {
        guard !trials.isEmpty else {
            // Untested: the long season first, then the short one, then the level.
            let wanted = members.first { $0.name.hasPrefix("profile") } ?? members.last { $0.name.hasPrefix("naive") }
            if let wanted { return [wanted.name: 1] }
            return Dictionary(members.map { ($0.name, 1) }, uniquingKeysWith: { first, _ in first })
        }
        var ratios: [String: [Double]] = [:]
        for trial in trials {
            let sorted = trial.errors.values.sorted()
            guard !sorted.isEmpty else { continue }
            let usual = max(sorted[sorted.count / 2], 1e-12)
            for (name, error) in trial.errors { ratios[name, default: []].append(error / usual) }
        }
        var weights: [String: Double] = [:]
        for (name, list) in ratios where 2 * list.count >= trials.count {
            let mean = list.reduce(0, +) / Double(list.count)
            weights[name] = pow(max(mean, 1e-3), -sharpness)
        }
        return weights
    }

    private mutating func judge(
        _ trials: [Trial], _ weights: [String: Double], _ isKnown: [Bool], _ seasons: [Int], _ reach: Int
    ) {
        let naive = seasons.last.map { "naive \($0)" } ?? "last"
        var own = (sum: 0.0, count: 0.0)
        var simple = (sum: 0.0, count: 0.0)
        for trial in trials {
            var combined = [Double](repeating: 0, count: reach)
            var total = 0.0
            // In the order of names, so that sums come out the same each time.
            for (name, forecast) in trial.forecasts.sorted(by: { $0.key < $1.key }) {
                guard let weight = weights[name] else { continue }
                total += weight
                for step in 0..<reach { combined[step] += weight * forecast[step] }
            }
            guard total > 0 else { continue }
            errorOrigins.append(trial.origin)
            errors.append(
                (0..<reach).map { step in
                    isKnown[trial.origin + step] ? values[trial.origin + step] - combined[step] / total : .nan
                })
            for error in errors[errors.count - 1] where !error.isNaN {
                own.sum += abs(error)
                own.count += 1
            }
            if let error = trial.errors[naive] {
                simple.sum += error
                simple.count += 1
            }
        }
        if own.count > 0 { error = own.sum / own.count }
        if simple.count > 0 { naiveError = simple.sum / simple.count }
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// One way to continue a series; the ensemble weighs them by how well they would have done (insight-methods, 3).
struct ForecastMember: Sendable {
    enum Kind: Sendable {
        /// The value one season before.
        case naive(Int)
        /// The same, plus what is left of the last error: r φ^h.
        case corrected(Int)
        /// The mean shape of past long seasons, newer ones weighing more, on the level of the last.
        case profile(Int)
        /// The same in proportion: the shape grows with the level.
        case scaledProfile(Int)
        /// The median of the last four at the same place of the season.
        case median(Int)
        case autoregression(Autoregression, isLogarithmic: Bool)
        /// Level and damped trend of the series without its season, and the season again (Gardner and McKenzie 1985).
        case trend(Int)
        /// The mean of the recent past.
        case level
        case last
    }

    let name: String
    let kind: Kind

    /// The members that this history can feed. Autoregressions are fitted to it.
    static func fitted(to history: ArraySlice<Double>, seasons: [Int]) -> [ForecastMember] {
        let count = history.count
        let short = seasons.first ?? 1
        let long = seasons.last ?? 1
        var members: [ForecastMember] = []
        if short > 1, count >= 2 * short {
            members.append(.init(name: "naive \(short)", kind: .naive(short)))
            members.append(.init(name: "corrected \(short)", kind: .corrected(short)))
        }
        if long > short, count >= 2 * long {
            members.append(.init(name: "naive \(long)", kind: .naive(long)))
            members.append(.init(name: "corrected \(long)", kind: .corrected(long)))
        }
        if long > 1, count >= 2 * long {
            members.append(.init(name: "profile \(long)", kind: .profile(long)))
            members.append(.init(name: "scaled profile \(long)", kind: .scaledProfile(long)))
            members.append(.init(name: "median \(long)", kind: .median(long)))
        }
        if count >= 2 * long, count >= 8 { members.append(.init(name: "trend \(long)", kind: .trend(long))) }
        let hasLong = long > short && count >= 3 * long
        for (place, lags) in lagSets(short: short, long: hasLong ? long : 0).enumerated() {
            if let model = Autoregression(history, lags: lags) {
                members.append(
                    .init(
                        name: "autoregression \(place + 1)", kind: .autoregression(model, isLogarithmic: false)))
            }
        }
        if history.allSatisfy({ $0 >= 0 }), let lags = lagSets(short: short, long: hasLong ? long : 0).last {
            let logs = history.map { log(1 + $0) }
            if let model = Autoregression(logs[...], lags: lags) {
                members.append(
                    .init(name: "autoregression of logarithms", kind: .autoregression(model, isLogarithmic: true)))
            }
        }
        if members.isEmpty || short <= 1 {
            members.append(.init(name: "level", kind: .level))
            members.append(.init(name: "last", kind: .last))
        }
        return members
    }

    /// For days and weeks of hours these are {1…24}, the places around whole days and weeks, and both together.
    private static func lagSets(short: Int, long: Int) -> [[Int]] {
        let near = Array(1...max(4, min(short, 48)))
        var around = [1, 2, 3]
        for times in 1...2 where short > 1 { around += [times * short - 1, times * short, times * short + 1] }
        var whole: [Int] = short > 1 ? [short, 2 * short] : []
        if long > 0 {
            let days = (3...5).map { $0 * short }.filter { $0 < long - short }
            around += days + [long - short - 1, long - short, long - short + 1, long - 1, long, long + 1]
            whole += days + [long - short, long, long + 1]
        }
        let wide = Array(1...max(4, min(2 * short, 48))) + whole
        return [near, around, wide].map { Set($0.filter { $0 > 0 }).sorted() }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// As many values as the horizon; nil when the history is too short for this member.
    func forecast(_ history: ArraySlice<Double>, horizon: Int) -> [Double]? {
        guard let newest = history.last else { return nil }
        switch kind {
        case .naive(let season):
            return history.count >= season ? Self.repeated(history.suffix(season), horizon) : nil
        case .corrected(let season): return Self.corrected(history, season, horizon)
        case .profile(let season): return Self.profile(history, season, horizon)
        case .scaledProfile(let season): return Self.scaledProfile(history, season, horizon)
        case .median(let season): return Self.median(history, season, horizon)
        case .autoregression(let model, let isLogarithmic):
            let past = isLogarithmic ? history.suffix(model.lags.max() ?? 1).map { log(1 + max(0, $0)) }[...] : history
            let values = model.forecast(past, horizon: horizon)
            guard values.count == horizon else { return nil }
            return isLogarithmic ? values.map { exp(min($0, 700)) - 1 } : values
        case .trend(let season): return DampedTrend(history, season: season)?.forecast(horizon)
        case .level:
            let recent = history.suffix(28)
            return [Double](repeating: recent.reduce(0, +) / Double(recent.count), count: horizon)
        case .last: return [Double](repeating: newest, count: horizon)
        }
    }

    private static func repeated(_ season: ArraySlice<Double>, _ horizon: Int) -> [Double] {
        (0..<horizon).map { season[season.startIndex + $0 % season.count] }
    }

    private static func corrected(_ history: ArraySlice<Double>, _ season: Int, _ horizon: Int) -> [Double]? {
        guard history.count >= 2 * season, season > 0 else { return nil }
        let values = Array(history.suffix(max(2 * season, 2_000)))
        let differences = (season..<values.count).map { values[$0] - values[$0 - season] }
        let mean = differences.reduce(0, +) / Double(differences.count)
        var square = 0.0
        var product = 0.0
        for place in differences.indices {
            square += (differences[place] - mean) * (differences[place] - mean)
            if place > 0 { product += (differences[place] - mean) * (differences[place - 1] - mean) }
        }
        let persistence = square > 0 ? min(max(product / square, 0), 0.999) : 0
        var rest = differences.last ?? 0
        return repeated(values.suffix(season), horizon).map { value in
            rest *= persistence
            return value + rest
        }
    }

    private static func profile(_ history: ArraySlice<Double>, _ season: Int, _ horizon: Int) -> [Double]? {
        let times = min(history.count / season, 12)
        guard times >= 2 else { return nil }
        var shape = [Double](repeating: 0, count: season)
        var total = 0.0
        var weight = 1.0
        for time in 1...times {
            let start = history.endIndex - time * season
            let mean = history[start..<start + season].reduce(0, +) / Double(season)
            for place in 0..<season { shape[place] += weight * (history[start + place] - mean) }
            total += weight
            weight *= 0.5
        }
        let level = history.suffix(season).reduce(0, +) / Double(season)
        return repeated(shape.map { $0 / total + level }[...], horizon)
    }

    /// Level by the sums of the last seasons with a trend that halves, shape by their proportions.
    private static func scaledProfile(_ history: ArraySlice<Double>, _ season: Int, _ horizon: Int) -> [Double]? {
        let times = min(history.count / season, 12)
        guard times >= 2 else { return nil }
        var shape = [Double](repeating: 0, count: season)
        var total = 0.0
        var weight = 1.0
        var sums: [Double] = []
        for time in 1...times {
            let start = history.endIndex - time * season
            let sum = history[start..<start + season].reduce(0, +)
            guard sum > 0, history[start..<start + season].allSatisfy({ $0 >= 0 }) else { return nil }
            sums.append(sum)
            for place in 0..<season { shape[place] += weight * history[start + place] / sum }
            total += weight
            weight *= 0.7
        }
        // Growth a season: the median of the last ones, halved, because growth does not last.
        let growths = zip(sums, sums.dropFirst()).prefix(6).map { log($0 / $1) }.sorted()
        let growth = min(max(growths[growths.count / 2] / 2, -0.1), 0.1)
        return (0..<horizon).map { step in
            let level = sums[0] * exp(growth * Double(step / season + 1))
            return shape[step % season] / total * level
        }
    }

    private static func median(_ history: ArraySlice<Double>, _ season: Int, _ horizon: Int) -> [Double]? {
        let times = min(history.count / season, 4)
        guard times >= 2 else { return nil }
        let shape = (0..<season).map { place -> Double in
            let same = (1...times).map { history[history.endIndex - $0 * season + place] }.sorted()
            return times % 2 == 1 ? same[times / 2] : (same[times / 2 - 1] + same[times / 2]) / 2
        }
        return repeated(shape[...], horizon)
    }
}

/// A season by classical decomposition, and exponential smoothing with damped trend of what is left.
struct DampedTrend {
    private let season: [Double]
    private let isMultiplicative: Bool
    private let level: Double
    private let slope: Double
    private let damping: Double

    init?(_ history: ArraySlice<Double>, season length: Int) {
        let length = max(1, length)
        let values = Array(history.suffix(max(6 * length, 200)))
        guard values.count >= 2 * length, values.count >= 4 else { return nil }
        let isScaled = length > 1 && values.allSatisfy { $0 > 0 }
        let shape = Self.season(values, length, isScaled)
        let plain = values.indices.map {
            isScaled ? values[$0] / shape[$0 % length] : values[$0] - shape[$0 % length]
        }
        var best: (loss: Double, level: Double, slope: Double, damping: Double)?
        for alpha in [0.05, 0.15, 0.3, 0.5, 0.8] {
            for beta in [0.0, 0.02, 0.1, 0.3] {
                for damping in beta == 0 ? [0.0] : [0.9, 0.98] {
                    let state = Self.smooth(plain, alpha, beta, damping)
                    if state.loss < best?.loss ?? .infinity {
                        best = (state.loss, state.level, state.slope, damping)
                    }
                }
            }
        }
        guard let best, best.level.isFinite, best.slope.isFinite else { return nil }
        let start = values.count % length
        isMultiplicative = isScaled
        self.season = (0..<length).map { shape[(start + $0) % length] }
        level = best.level
        slope = best.slope
        damping = best.damping
    }

    func forecast(_ horizon: Int) -> [Double] {
        var reach = 0.0
        var factor = 1.0
        return (0..<horizon).map { step in
            factor *= damping
            reach += factor
            let value = level + slope * reach
            let part = season[step % season.count]
            return isMultiplicative ? max(0, value) * part : value + part
        }
    }

    private static func smooth(
        _ values: [Double], _ alpha: Double, _ beta: Double, _ damping: Double
    ) -> (loss: Double, level: Double, slope: Double) {
        var level = values.prefix(4).reduce(0, +) / Double(min(4, values.count))
        var slope = 0.0
        var loss = 0.0
        for (place, value) in values.enumerated() {
            let expected = level + damping * slope
            let error = value - expected
            if place >= 4 { loss += abs(error) }
            let next = expected + alpha * error
            slope = damping * slope + alpha * beta * error
            level = next
        }
        return (loss, level, slope)
    }

    /// Means of what departs from the centred moving average, by place in the season.
    private static func season(_ values: [Double], _ length: Int, _ isMultiplicative: Bool) -> [Double] {
        guard length > 1 else { return [isMultiplicative ? 1 : 0] }
        var sums = [Double](repeating: 0, count: length)
        var counts = [Double](repeating: 0, count: length)
        var prefix = [0.0]
        for value in values { prefix.append(prefix[prefix.count - 1] + value) }
        let half = length / 2
        for place in half..<max(half, values.count - half) {
            var mean = (prefix[min(values.count, place + half + 1)] - prefix[place - half])
            var size = Double(length)
            if length % 2 == 0 {
                mean -= (values[place - half] + values[place + half]) / 2
            } else {
                size = Double(2 * half + 1)
            }
            mean /= size
            guard !isMultiplicative || mean > 0 else { continue }
            sums[place % length] += isMultiplicative ? values[place] / mean : values[place] - mean
            counts[place % length] += 1
        }
        let neutral = isMultiplicative ? 1.0 : 0
        var shape = (0..<length).map { counts[$0] > 0 ? sums[$0] / counts[$0] : neutral }
        let mean = shape.reduce(0, +) / Double(length)
        shape = shape.map { isMultiplicative ? (mean > 0 ? $0 / mean : 1) : $0 - mean }
        return isMultiplicative ? shape.map { max($0, 1e-6) } : shape
    }
}

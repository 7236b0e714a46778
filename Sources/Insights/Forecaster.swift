import Domain

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Continues a series: an ensemble weighed by backtests (insight-methods, 3).
package enum Forecaster {
    private static let originsMax = 10
    /// Up to this length members are fitted anew at every origin.
    private static let refitMax = 800

    /// Throws when there is no number at all, or when what is asked cannot be meant.
    package static func forecast(_ request: ForecastRequest) throws(Failure) -> Forecast {
        try check(request)
        let seasons = Set(request.seasons).filter { $0 > 1 }.sorted()
        let cut = max(0, request.values.count - ForecastRequest.valuesUsed)
        let known = request.values[cut...].map { $0.flatMap { $0.isFinite ? $0 : nil } }
        guard known.contains(where: { $0 != nil }) else {
            throw Failure(
                .unprocessable, id: "Tidak ada satu angka pun dalam deret ini.",
                en: "There is not one number in this series.")
        }
        let marks = request.marks.map {
            ForecastMark(
                kind: $0.kind, steps: max(0, $0.steps.lowerBound - cut)..<max(0, $0.steps.upperBound - cut))
        }
        let effects = MarkEffects(
            marks, known: known, length: known.count + request.horizon, short: seasons.first ?? 1,
            long: seasons.last ?? 1)
        let plain = known.indices.map { place in known[place].flatMap { effects.unmarked($0, at: place) } }
        let (values, isKnown) = SeriesGaps.filled(plain, seasons: seasons)
        let run = EnsembleRun(values: values, isKnown: isKnown, seasons: seasons, horizon: request.horizon)
        var means = run.means
        if let cold = coldStart(request.profile, values, seasons, request.horizon, isTested: run.isTested) {
            means = cold
        }
        let spread = ForecastSpread(run: run, seasons: seasons)
        let isCount = known.allSatisfy { ($0 ?? 0) >= 0 && ($0 ?? 0) == ($0 ?? 0).rounded() }
        let isPositive = known.allSatisfy { ($0 ?? 0) >= 0 }
        let points = means.indices.map { step in
            let factor = effects.factor(at: known.count + step)
            return spread.point(
                step, mean: isPositive ? max(0, means[step]) : means[step], factor: factor, isCount: isCount,
                isPositive: isPositive)
        }
        return Forecast(
            points: points, members: run.members, effects: effects.learned, error: run.error,
            naiveError: run.naiveError, filledCount: isKnown.count { !$0 })
    }

    private static func check(_ request: ForecastRequest) throws(Failure) {
        guard (1...ForecastRequest.horizonMax).contains(request.horizon) else {
            throw Failure(
                .unprocessable, id: "Horizon 1 sampai \(ForecastRequest.horizonMax) langkah.",
                en: "The horizon is 1 to \(ForecastRequest.horizonMax) steps.")
        }
        guard request.seasons.allSatisfy({ (1...10_000).contains($0) }), request.seasons.count <= 2 else {
            throw Failure(
                .unprocessable, id: "Satu atau dua musim, masing-masing 1 sampai 10000 langkah.",
                en: "One or two seasons, each of 1 to 10000 steps.")
        }
        guard request.values.count <= ForecastRequest.valuesMax else {
            throw Failure(
                .tooLarge, id: "Paling banyak \(ForecastRequest.valuesMax) nilai. Kirim yang terbaru saja.",
                en: "At most \(ForecastRequest.valuesMax) values. Give the newest only.")
        }
    }

    /// Under two seasons of its own, a series takes the shape of the account's other numbers on its own level.
    private static func coldStart(
        _ profile: [Double], _ values: [Double], _ seasons: [Int], _ horizon: Int, isTested: Bool
    ) -> [Double]? {
        let short = seasons.first ?? 1
        guard values.count < 2 * short, profile.count == short, profile.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
            return nil
        }
        // What the profile had over the steps that are known.
        let usual = values.indices.reduce(0.0) { sum, place in
            let back = (place - values.count) % short
            return sum + profile[(back + short) % short]
        }
        guard usual > 0 else { return nil }
        let scale = values.reduce(0, +) / usual
        return (0..<horizon).map { profile[$0 % short] * scale }
    }

    /// Where backtests begin, newest first, and how far they look.
    static func origins(count: Int, horizon: Int, seasons: [Int]) -> (origins: [Int], reach: Int) {
        let short = seasons.first ?? 1
        let long = seasons.last ?? 1
        var least = max(8, 2 * short)
        if count >= 4 * long {
            least = 3 * long
        } else if count >= 3 * long {
            least = 2 * long
        }
        guard count > least + 1 else { return ([], 0) }
        let reach = min(horizon, max(1, (count - least) / 2))
        let room = count - reach - least
        var step = short
        if room / step < 5 { step = max(1, room / (originsMax - 1)) }
        let origins = (0..<originsMax).map { count - reach - $0 * step }.filter { $0 >= least }
        return (origins, reach)
    }

    static func refits(_ count: Int) -> Bool { count <= refitMax }
}

/// Fills what is missing.
enum SeriesGaps {
    /// From the same place in the seasons before and after, else from the neighbours.
    static func filled(_ values: [Double?], seasons: [Int]) -> (values: [Double], isKnown: [Bool]) {
        let isKnown = values.map { $0 != nil }
        var before = [Double?](repeating: nil, count: values.count)
        var after = before
        var last: Double?
        for place in values.indices {
            last = values[place] ?? last
            before[place] = last
        }
        last = nil
        for place in values.indices.reversed() {
            last = values[place] ?? last
            after[place] = last
        }
        let filled = values.indices.map { place -> Double in
            if let value = values[place] { return value }
            for season in seasons.reversed() {
                let near = [place - season, place + season, place - 2 * season, place + 2 * season]
                    .compactMap { values.indices.contains($0) ? values[$0] : nil }.prefix(2)
                if !near.isEmpty { return near.reduce(0, +) / Double(near.count) }
            }
            let ends = [before[place], after[place]].compactMap(\.self)
            return ends.isEmpty ? 0 : ends.reduce(0, +) / Double(ends.count)
        }
        return (filled, isKnown)
    }
}

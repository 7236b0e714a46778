#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What holidays, campaigns and the like multiply a series by, learned from their past.
///
/// A marked step is compared with the median of unmarked steps at the same place of the seasons around it. Few
/// occasions are drawn to no effect. Kinds that lasted long (Ramadan) learn a factor for each place of the season,
/// because they move hours and not only volume.
struct MarkEffects {
    private(set) var learned: [Forecast.Effect] = []
    private var factors: [Double]
    private let isMarked: [Bool]

    private static let priorOccasions = 0.25
    private static let factorRange = 0.02...50.0

    init(_ marks: [ForecastMark], known: [Double?], length: Int, short: Int, long: Int) {
        factors = [Double](repeating: 1, count: length)
        var isMarked = [Bool](repeating: false, count: length)
        for mark in marks { for step in mark.steps.clamped(to: 0..<length) { isMarked[step] = true } }
        self.isMarked = isMarked
        guard !marks.isEmpty else { return }
        let usual = Self.usual(known, isMarked, short, long)
        for kind in Set(marks.map(\.kind)).sorted() {
            let own = marks.filter { $0.kind == kind }
            var logs: [Double] = []
            var places = [(real: Double, usual: Double)](repeating: (0, 0), count: max(1, short))
            var steps = 0
            for mark in own {
                var real = 0.0
                var expected = 0.0
                for step in mark.steps.clamped(to: 0..<known.count) {
                    guard let value = known[step], let normal = usual[step] else { continue }
                    real += max(0, value)
                    expected += max(0, normal)
                    places[step % max(1, short)].real += max(0, value)
                    places[step % max(1, short)].usual += max(0, normal)
                    steps += 1
                }
                // Half a count on both sides: nothing at all is possible.
                if expected > 0 { logs.append(log((real + 0.5) / (expected + 0.5))) }
            }
            guard !logs.isEmpty else { continue }
            let mean = logs.reduce(0, +) / (Double(logs.count) + Self.priorOccasions)
            let factor = min(max(exp(mean), Self.factorRange.lowerBound), Self.factorRange.upperBound)
            learned.append(.init(kind: kind, factor: factor, occasions: logs.count))
            let total = places.reduce(0) { $0 + $1.usual } / Double(places.count)
            let isLong = short > 1 && steps >= 5 * short && total > 0
            for mark in own {
                for step in mark.steps.clamped(to: 0..<length) {
                    guard isLong else {
                        factors[step] *= factor
                        continue
                    }
                    let place = places[step % short]
                    let own = (place.real + 0.25 * total * factor) / (place.usual + 0.25 * total)
                    factors[step] *= min(max(own, Self.factorRange.lowerBound), Self.factorRange.upperBound)
                }
            }
        }
    }

    func factor(at step: Int) -> Double { factors.indices.contains(step) ? factors[step] : 1 }

    /// What a value would have been without its marks; nil when too little of it was left to tell.
    func unmarked(_ value: Double, at step: Int) -> Double? {
        guard isMarked.indices.contains(step), isMarked[step] else { return value }
        let factor = factors[step]
        return (0.2...5).contains(factor) ? value / factor : nil
    }

    private static func usual(_ known: [Double?], _ isMarked: [Bool], _ short: Int, _ long: Int) -> [Double?] {
        known.indices.map { step in
            guard isMarked[step] else { return nil }
            for season in Set([long, short, 1]).sorted(by: >) {
                var around: [Double] = []
                for times in 1...8 where around.count < 4 {
                    for place in [step - times * season, step + times * season]
                    where known.indices.contains(place) && !isMarked[place] {
                        if let value = known[place] { around.append(value) }
                    }
                }
                guard around.count >= 2 || (season == 1 && !around.isEmpty) else { continue }
                around.sort()
                return (around[(around.count - 1) / 2] + around[around.count / 2]) / 2
            }
            return nil
        }
    }
}

/// Single explanations ranked (insight-methods, 2a): what a group explains, less twice what stays unexplained outside
/// of it, so that `template=promo` is preferred to a part of it and to something wider.
struct AlternativeSearch {
    struct Choice {
        let cuboid: Int
        let groups: [Int]
        let mark: Double
        /// Evidence for the group as such.
        let gain: Double
    }

    private struct Single {
        let cuboid: Int
        let group: Int
        let gain: Double
    }

    /// Counts of things: sums of counted and expected say it all (Poisson scan). Otherwise the deviations in
    /// proportion do.
    let isCount: Bool
    /// 1 when things rose, −1 when they fell.
    let sign: Double
    let search: ExplanationSearch

    private static let dimensionPrice = 0.02
    private static let elementPrice = 0.2
    /// Elements of a cuboid that are tried in pairs.
    private static let pairedElements = 6

    func ranked(limit: Int) -> [Choice] {
        let totals = self.totals
        var ranking = Ranking<Choice>(limit: limit)
        for (index, cuboid) in search.cuboids.enumerated() {
            let price = 1 - Self.dimensionPrice * Double(cuboid.dimensions.count - 1)
            var (first, second) = (cuboid.score, cuboid.weight)
            if isCount { (first, second) = counted(cuboid) }
            var best = Ranking<Single>(limit: Self.pairedElements)
            for group in first.indices where direction(first[group], second[group]) * sign > 0 {
                // Quick bound of the gain: what remains outside only lowers the mark.
                let bound = quickBound(first[group], second[group])
                guard ranking.takes(bound * price) || best.takes(bound) else { continue }
                let gain = self.gain(first[group], second[group])
                best.add(Single(cuboid: index, group: group, gain: gain), gain)
                guard ranking.takes(gain * price) else { continue }
                let rest = self.gain(totals.0 - first[group], totals.1 - second[group])
                ranking.add(
                    Choice(cuboid: index, groups: [group], mark: gain * price - 2 * rest, gain: gain),
                    gain * price - 2 * rest)
            }
            addPairs(best.ranked, first, second, totals, price: price, to: &ranking)
        }
        return ranking.ranked
    }

    /// Two elements of a cuboid together, where they explain more than either alone.
    private func addPairs(
        _ singles: [Single], _ first: [Double], _ second: [Double], _ totals: (Double, Double), price: Double,
        to ranking: inout Ranking<Choice>
    ) {
        let marks = singles.map { single in
            single.gain * price - 2 * gain(totals.0 - first[single.group], totals.1 - second[single.group])
        }
        for (place, one) in singles.enumerated() {
            for (next, other) in singles.enumerated().dropFirst(place + 1) {
                let a = first[one.group] + first[other.group]
                let b = second[one.group] + second[other.group]
                let gain = self.gain(a, b)
                let mark = gain * (price - Self.elementPrice) - 2 * self.gain(totals.0 - a, totals.1 - b)
                guard mark > marks[place], mark > marks[next] else { continue }
                ranking.add(
                    Choice(cuboid: one.cuboid, groups: [one.group, other.group], mark: mark, gain: gain), mark)
            }
        }
    }

    private var totals: (Double, Double) {
        if isCount {
            return search.leaves.reduce(into: (0, 0)) {
                $0.0 += search.real[$1]
                $0.1 += search.expected[$1]
            }
        }
        return (search.scores.reduce(0, +), search.weights.reduce(0, +))
    }

    private func counted(_ cuboid: Cuboid) -> ([Double], [Double]) {
        var real = [Double](repeating: 0, count: cuboid.count.count)
        var expected = real
        for place in cuboid.groupOf.indices {
            real[Int(cuboid.groupOf[place])] += search.real[search.leaves[place]]
            expected[Int(cuboid.groupOf[place])] += search.expected[search.leaves[place]]
        }
        return (real, expected)
    }

    private func direction(_ first: Double, _ second: Double) -> Double { isCount ? first - second : first }

    private func gain(_ first: Double, _ second: Double) -> Double {
        if isCount { return PoissonGain.of(max(0, first), max(0, second)) }
        return second > 1e-12 ? first * first / (2 * second) : 0
    }

    private func quickBound(_ first: Double, _ second: Double) -> Double {
        guard isCount else { return gain(first, second) }
        guard second > 0, first > second else { return .infinity }
        return (first - second) * (first - second) / (2 * second)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Greedy search for the combinations that account for a change (insight-methods, 2b, with the noise of `LeafNoise`).
///
/// Below a cause all leaves change in the same proportion (generalised ripple effect, Li et al. 2019, "Generic and
/// robust localization of multi-dimensional root causes"). A group with relative deviation m and information W = Σ w
/// is more likely than no change by S²/2W nats, S = Σ w d. The best group whose leaves agree with each other is a
/// cause; its leaves are taken out; and so on until nothing is left that chance does not make.
struct ExplanationSearch {
    struct Hit {
        let cuboid: Int
        let group: Int
        /// Relative deviation d = 2(v − f)/(v + f).
        let deviation: Double
        let information: Double
        let gain: Double
    }

    let columns: [LeafTable.Column]
    let real: [Double]
    let expected: [Double]
    /// Leaves with anything counted or expected; all places below are places in this list.
    let leaves: [Int]
    private(set) var cuboids: [Cuboid]
    private(set) var noise: LeafNoise
    private(set) var scores: [Double] = []
    private(set) var weights: [Double] = []
    private var isAlive: [Bool]

    static let causesMax = 20
    /// Groups looked at closely each round.
    private static let shortlist = 48
    /// Part of a group's leaves that must lie nearer to its deviation than to none.
    private static let purityMin = 0.8
    /// A cause with less evidence than this part of the first is left out: few causes rather than many.
    private static let evidenceShareMin = 0.002
    /// Next to a strong cause, a faint one is what the strong one or the forecast left behind.
    private static let strengthShareMin = 0.1
    /// A smaller change in proportion is no cause, however certain.
    private static let deviationMin = 0.03

    init(_ table: LeafTable) {
        let (real, expected) = table.figures.pairs
        leaves = real.indices.filter { real[$0] > 0 || expected[$0] > 0 }
        columns = table.columns
        self.real = real
        self.expected = expected
        let dimensions = table.columns.indices.filter { table.columns[$0].values.count > 0 }
        let leaves = self.leaves
        let few = dimensions.count > 8 ? Self.telling(dimensions, table.columns, leaves, real, expected) : dimensions
        cuboids = Cuboid.combinations(of: few).map { Cuboid(dimensions: $0, columns: table.columns, leaves: leaves) }
        isAlive = [Bool](repeating: true, count: leaves.count)
        noise = LeafNoise(real: real, expected: expected, leaves: leaves, oneSided: true)
        weigh()
    }

    /// Of many dimensions, those first whose values differ most.
    private static func telling(
        _ dimensions: [Int], _ columns: [LeafTable.Column], _ leaves: [Int], _ real: [Double], _ expected: [Double]
    ) -> [Int] {
        let spread = dimensions.map { dimension in
            let codes = columns[dimension].codes
            var sums = [(real: Double, expected: Double)](repeating: (0, 0), count: columns[dimension].values.count)
            for leaf in leaves {
                sums[Int(codes[leaf])].real += real[leaf]
                sums[Int(codes[leaf])].expected += expected[leaf]
            }
            return sums.reduce(0) { $0 + PoissonGain.of($1.real, $1.expected) }
        }
        return dimensions.indices.sorted { (spread[$0], $1) > (spread[$1], $0) }.map { dimensions[$0] }
    }

    private mutating func weigh(level: Double = 1) {
        scores = [Double](repeating: 0, count: leaves.count)
        weights = scores
        for place in leaves.indices {
            let terms = noise.terms(real: real[leaves[place]], expected: level * expected[leaves[place]])
            scores[place] = terms.score
            weights[place] = terms.weight
        }
        for index in cuboids.indices { cuboids[index].fill(scores: scores, weights: weights) }
        isAlive = [Bool](repeating: true, count: leaves.count)
    }

    /// What a forecast is off by everywhere is no segment's doing: the median deviation of those quiet leaves that are
    /// sure of theirs, where it is small.
    private func commonDeviation(_ quiet: [Int]) -> Double {
        var deviations: [Double] = []
        for place in quiet where weights[place] >= Self.sureWeight && expected[leaves[place]] > 0 {
            deviations.append((real[leaves[place]] - expected[leaves[place]]) / expected[leaves[place]])
        }
        guard deviations.count >= 50, 2 * deviations.count >= quiet.count else { return 0 }
        deviations.sort()
        let median = deviations[deviations.count / 2]
        return abs(median) <= Self.commonMax ? median : 0
    }

    /// A leaf that knows its own deviation to 0.2.
    private static let sureWeight = 25.0
    private static let commonMax = 0.06

    /// The causes, each one group. Searches twice: noise is first guessed from the quiet side of the leaves, then
    /// measured on all leaves that no cause holds.
    mutating func causes() -> [Hit] {
        guard !leaves.isEmpty else { return [] }
        let first = round()
        var level = 1.0
        if !first.isEmpty {
            let quiet = leaves.indices.filter { isAlive[$0] }
            if quiet.count >= max(10, leaves.count / 10) {
                noise = LeafNoise(
                    real: real, expected: expected, leaves: quiet.lazy.map { [leaves] in leaves[$0] }, oneSided: false)
                level += commonDeviation(quiet)
            }
        }
        weigh(level: level)
        let found = first.isEmpty ? [] : round()
        weigh(level: level)
        guard let best = found.map(\.gain).max() else { return [] }
        let strongest = found.map { abs($0.deviation) }.max() ?? 0
        return found.filter {
            $0.gain >= Self.evidenceShareMin * best && abs($0.deviation) >= Self.strengthShareMin * strongest
        }
    }

    private mutating func round() -> [Hit] {
        var found: [Hit] = []
        while found.count < Self.causesMax {
            guard let hit = shortlist().first(where: isPure) else { break }
            found.append(hit)
            remove(hit)
        }
        return found
    }

    /// The likeliest groups, best first. Of two groups of the same leaves the one with fewer dimensions wins, because
    /// there are fewer of its kind.
    private func shortlist() -> [Hit] {
        var best = Ranking<Hit>(limit: Self.shortlist)
        for (index, cuboid) in cuboids.enumerated() {
            let penalty = 3 * log(Double(max(2, cuboid.count.count))) + 3
            for group in cuboid.count.indices where cuboid.count[group] > 0 {
                let weight = cuboid.weight[group]
                let score = cuboid.score[group]
                guard weight > 0 else { continue }
                let gain = score * score / (2 * weight) - penalty
                guard gain > 0, best.takes(gain), abs(score) >= Self.deviationMin * weight else { continue }
                best.add(
                    Hit(cuboid: index, group: group, deviation: score / weight, information: weight, gain: gain),
                    gain)
            }
        }
        return best.ranked
    }

    /// Whether what is in a group moved together: its leaves, when they tell anything alone; otherwise its parts by
    /// each of the other dimensions.
    private func isPure(_ hit: Hit) -> Bool {
        let groupOf = cuboids[hit.cuboid].groupOf
        let places = groupOf.indices.filter { groupOf[$0] == Int32(hit.group) && isAlive[$0] }
        let alone = abs(hit.deviation) / 2 * (hit.information / Double(max(1, places.count))).squareRoot()
        let others = columns.indices.filter { !cuboids[hit.cuboid].dimensions.contains($0) }
        if alone >= 1 || others.isEmpty {
            return isPure(places.map { (scores[$0], weights[$0]) }, half: hit.deviation / 2)
        }
        return others.allSatisfy { dimension in
            var parts: [Int32: (Double, Double)] = [:]
            for place in places {
                let code = columns[dimension].codes[leaves[place]]
                let before = parts[code] ?? (0, 0)
                parts[code] = (before.0 + scores[place], before.1 + weights[place])
            }
            // In the order of codes, so that sums come out the same each time.
            return isPure(parts.sorted { $0.key < $1.key }.map(\.value), half: hit.deviation / 2)
        }
    }

    /// Noise puts some parts on the wrong side of half the deviation; how many is known, for parts that moved and for
    /// parts that did not.
    private func isPure(_ parts: [(score: Double, weight: Double)], half: Double) -> Bool {
        var near = 0.0
        var ifMoved = 0.0
        var ifNot = 0.0
        var squares = 0.0
        for part in parts where part.weight > 0 {
            // In units of the part's own noise.
            let distance = abs(half) * part.weight.squareRoot()
            let right = 0.5 * erfc(-distance * 0.707_106_781_186_547_5)
            // Parts that cannot tell either way count for less.
            let say = 2 * right - 1
            ifMoved += say * right
            ifNot += say * (1 - right)
            squares += say * say * right * (1 - right)
            let deviation = part.score / part.weight
            if half > 0 ? deviation > half : deviation < half { near += say }
        }
        let range = ifMoved - ifNot
        guard range > 0 else { return true }
        let slack = min(0.3, squares.squareRoot() / range)
        return (near - ifNot) / range + slack >= Self.purityMin
    }

    private mutating func remove(_ hit: Hit) {
        let groupOf = cuboids[hit.cuboid].groupOf
        let places = groupOf.indices.filter { groupOf[$0] == Int32(hit.group) && isAlive[$0] }
        for place in places { isAlive[place] = false }
        for index in cuboids.indices { cuboids[index].remove(places, scores: scores, weights: weights) }
    }
}

/// How much likelier a Poisson count `real` is under its own mean than under `expected`.
enum PoissonGain {
    static func of(_ real: Double, _ expected: Double) -> Double {
        guard real > 0 else { return max(0, expected) }
        guard expected > 0 else { return real * 20 }
        return real * log(real / expected) - (real - expected)
    }
}

/// The best few of many, without sorting the many.
struct Ranking<Element> {
    private var items: [(element: Element, mark: Double)] = []
    private let limit: Int
    private var floor = -Double.infinity

    init(limit: Int) { self.limit = max(1, limit) }

    func takes(_ mark: Double) -> Bool { mark > floor }

    mutating func add(_ element: Element, _ mark: Double) {
        guard takes(mark) else { return }
        items.append((element, mark))
        if items.count >= 2 * limit { shrink() }
    }

    private mutating func shrink() {
        items = Self.sorted(items)
        items.removeLast(items.count - limit)
        floor = items.last?.mark ?? floor
    }

    /// Equal marks stay in the order in which they came.
    private static func sorted(_ items: [(element: Element, mark: Double)]) -> [(element: Element, mark: Double)] {
        items.enumerated().sorted { ($0.element.mark, $1.offset) > ($1.element.mark, $0.offset) }.map(\.element)
    }

    var ranked: [Element] { Self.sorted(items).prefix(limit).map(\.element) }
}

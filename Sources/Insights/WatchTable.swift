import Catalogue
import Domain

/// The finest segments of a window, each with its bad events and what they are counted out of, and the same from the
/// time before that it is held against.
package struct WatchTable: Sendable {
    package struct Leaf: Sendable, Hashable {
        /// In the order of the table's dimensions.
        package var key: [String?]
        package var bad: Double
        package var base: Double
        package var badBefore: Double
        package var baseBefore: Double
        /// What its like have in common: what is new takes the rate of its kin.
        package var kin: String?

        package init(
            key: [String?], bad: Double, base: Double, badBefore: Double, baseBefore: Double, kin: String? = nil
        ) {
            self.key = key
            self.kin = kin
            self.bad = bad
            self.base = base
            self.badBefore = badBefore
            self.baseBefore = baseBefore
        }
    }
    package var dimensions: [Dimension]
    package var leaves: [Leaf]
    /// How many events the rate of its like weighs.
    package static let priorEvents = 60.0

    package init(dimensions: [Dimension], leaves: [Leaf]) {
        self.dimensions = dimensions
        self.leaves = leaves
    }

    /// Bad events that each leaf would have at the rate of the time before.
    package func expected() -> [Double] {
        let (bad, base) = leaves.reduce((0.0, 0.0)) { ($0.0 + $1.badBefore, $0.1 + $1.baseBefore) }
        guard base > 0 else { return leaves.map(\.bad) }
        var ofKin: [String?: (bad: Double, base: Double)] = [:]
        for leaf in leaves {
            ofKin[leaf.kin, default: (0, 0)].bad += leaf.badBefore
            ofKin[leaf.kin, default: (0, 0)].base += leaf.baseBefore
        }
        let prior = Self.priorEvents
        return leaves.map { leaf in
            let like = ofKin[leaf.kin] ?? (0, 0)
            let rate = (like.bad + prior * bad / base) / (like.base + prior)
            return leaf.base * (leaf.badBefore + prior * rate) / (leaf.baseBefore + prior)
        }
    }
}

/// A segment in which more went wrong than was to be expected.
package struct SegmentShift: Sendable, Hashable {
    package var segment: Segment
    package var bad: Double
    package var base: Double
    package var expected: Double
    /// Standard deviations beyond what chance makes.
    package var score: Double
    /// Of all that is too much, how much lies here.
    package var share: Double

    package init(segment: Segment, bad: Double, base: Double, expected: Double, score: Double, share: Double) {
        self.segment = segment
        self.bad = bad
        self.base = base
        self.expected = expected
        self.score = score
        self.share = share
    }

    package var rate: Double { base > 0 ? bad / base : 0 }
    package var expectedRate: Double { base > 0 ? expected / base : 0 }
    package var excess: Double { bad - expected }
}

/// Looks through all combinations of up to three dimension values for the one that accounts best for bad events beyond
/// expectation: a Poisson scan (Kulldorff 1997) that also weighs what stays unexplained outside, so that it prefers
/// the coarsest segment that says it all.
package struct RateScan: Sendable {
    package struct Limits: Sendable {
        /// Fewest bad events too many.
        package var excessMin: Double
        /// Least number of times the expected rate.
        package var ratioMin: Double
        /// Least rise of the rate.
        package var riseMin: Double
        package var scoreMin: Double
        /// Most dimensions of a segment.
        package var depth: Int

        package init(
            excessMin: Double = 6, ratioMin: Double = 1.5, riseMin: Double = 0.04, scoreMin: Double = 5,
            depth: Int = 3
        ) {
            self.excessMin = excessMin
            self.ratioMin = ratioMin
            self.riseMin = riseMin
            self.scoreMin = scoreMin
            self.depth = depth
        }
    }
    private struct Sums {
        var bad = 0.0
        var base = 0.0
        var expected = 0.0
    }

    /// Values of one dimension as small numbers.
    private struct Column {
        var codes: [Int] = []
        var count = 0
        init(_ values: [String?]) {
            var places: [String?: Int] = [:]
            for value in values {
                let code = places[value] ?? places.count
                places[value] = code
                codes.append(code)
            }
            count = max(1, places.count)
        }
    }

    package var limits: Limits
    package init(_ limits: Limits = Limits()) { self.limits = limits }

    /// The segment, or nil when nothing stands out.
    ///
    /// - Parameter spread: variance of a segment's count beyond Poisson's, as a share of the squared expectation: how
    ///   much its days differ when nothing is wrong.
    package func worst(of table: WatchTable, spread: (Segment) -> Double) -> SegmentShift? {
        let expected = table.expected()
        var total = Sums()
        for (leaf, mean) in zip(table.leaves, expected) { Self.add(leaf, mean, to: &total) }
        guard total.bad > 0, total.base > 0 else { return nil }
        let columns = (0..<table.dimensions.count).map { place in Column(table.leaves.map { $0.key[place] }) }
        var candidates: [(SegmentShift, Double)] = []
        for places in Self.combinations(table.dimensions.count, upTo: limits.depth) {
            var groups: [Int: (sums: Sums, leaf: Int)] = [:]
            for (index, leaf) in table.leaves.enumerated() where leaf.base > 0 || leaf.bad > 0 {
                var code = 0
                for place in places { code = code &* columns[place].count &+ columns[place].codes[index] }
                Self.add(leaf, expected[index], to: &groups[code, default: (Sums(), index)].sums)
            }
            for (sums, leaf) in groups.values where isLarge(sums) {
                let segment = Segment(
                    places.map { Segment.Element(table.dimensions[$0], table.leaves[leaf].key[$0]) })
                // What holds everything is no narrower than everything.
                guard places.isEmpty || sums.base < total.base else { continue }
                let outside = Surprise.gain(
                    total.bad - sums.bad, expected: max(0.01, total.expected - sums.expected))
                let inside = Surprise.gain(sums.bad, expected: sums.expected)
                let value = inside * (1 - 0.03 * Double(places.count)) - 2 * outside
                candidates.append((shift(segment, sums, total), value))
            }
        }
        candidates.sort { ($0.1, $1.0.segment) > ($1.1, $0.0.segment) }
        for (candidate, _) in candidates.prefix(12) {
            var shift = candidate
            guard Surprise.score(shift.bad, expected: max(shift.expected, 0.01)) >= limits.scoreMin else { continue }
            let dispersion = 1 + max(0, spread(shift.segment)) * max(shift.expected, 0.01)
            shift.score = Surprise.score(shift.bad, expected: max(shift.expected, 0.01), dispersion: dispersion)
            if shift.score >= limits.scoreMin { return shift }
        }
        return nil
    }

    private func isLarge(_ sums: Sums) -> Bool {
        let excess = sums.bad - sums.expected
        return excess >= limits.excessMin && sums.bad >= limits.ratioMin * sums.expected
            && excess >= limits.riseMin * sums.base
    }

    private func shift(_ segment: Segment, _ sums: Sums, _ total: Sums) -> SegmentShift {
        let whole = max(sums.bad - sums.expected, total.bad - total.expected)
        return SegmentShift(
            segment: segment, bad: sums.bad, base: sums.base, expected: sums.expected, score: 0,
            share: whole > 0 ? min(1, (sums.bad - sums.expected) / whole) : 1)
    }

    private static func add(_ leaf: WatchTable.Leaf, _ mean: Double, to sums: inout Sums) {
        sums.bad += leaf.bad
        sums.base += leaf.base
        sums.expected += mean
    }

    /// All sets of at most `depth` of the places `0 ..< count`, the empty one too.
    package static func combinations(_ count: Int, upTo depth: Int) -> [[Int]] {
        var all: [[Int]] = [[]]
        for place in 0..<max(0, count) { all += all.filter { $0.count < depth }.map { $0 + [place] } }
        return all
    }
}

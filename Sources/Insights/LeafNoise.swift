#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How far a leaf strays from what was expected when nothing has happened to it: Var = φ·f + σ²·f², counting noise
/// (φ = 1 for a Poisson count, more when events come in clusters) and noise in proportion.
///
/// One law for both ends: many small counts, where only sums over leaves mean anything, and large figures, where each
/// leaf tells its relative deviation. The two parts are fitted to the leaves themselves, in octaves of size.
struct LeafNoise: Sendable {
    var counting: Double
    var relative: Double

    /// Forecasts are never better than this (insight-methods, 2b).
    static let relativeFloor = 0.02 * 0.02

    /// What a leaf adds: `score / weight` is its relative deviation d = 2(v − f)/(v + f).
    ///
    /// Where noise is rough, half of v in the denominator would make falls weigh more than rises, and a quiet group
    /// look fallen; there d = (v − f)/f.
    func terms(real: Double, expected: Double) -> (score: Double, weight: Double) {
        let evenness = min(max((Self.rough - relative) / Self.rough, 0), 0.5)
        let size = expected > 0 ? expected + evenness * (real - expected) : real / 2
        let scale = counting + relative * size
        return ((real - expected) / scale, size / scale)
    }

    /// Squared noise in proportion from which denominators begin to change.
    private static let rough = 0.08

    fileprivate struct Octave {
        var count = 0
        var expected = 0.0
        var squaredExpected = 0.0
        var above: [Double] = []
        var below: [Double] = []
    }

    /// What an octave says: Σ(v − f)²/Σf at the size Σf²/Σf.
    private struct Point {
        let n: Double
        let size: Double
        let moment: Double
    }

    /// Fewer leaves than this do not measure noise.
    private static let luck = 60

    /// Below this size a count has no symmetric noise.
    private static let sparse = 3.0

    /// - Parameter oneSided: before the causes are known, noise is read from the side that they are not on.
    init(real: [Double], expected: [Double], leaves: some Sequence<Int>, oneSided: Bool) {
        var octaves: [Int: Octave] = [:]
        var isCounted = true
        for leaf in leaves where expected[leaf] > 0 {
            isCounted = isCounted && real[leaf] == real[leaf].rounded()
            let key = Int(expected[leaf].exponent)
            octaves[key, default: Octave()].add(real[leaf], expected[leaf])
        }
        counting = 0
        relative = Self.relativeFloor
        let points = octaves.keys.sorted().compactMap { key -> Point? in
            // Leaves that expect next to nothing and have nothing tell nothing.
            guard let octave = octaves[key], octave.count >= 2, octave.mean > 0.5 || octave.above.count >= 5 else {
                return nil
            }
            let moment = octave.moment(oneSided: oneSided, isSparse: octave.mean < Self.sparse)
            return Point(
                n: Double(octave.count).squareRoot(), size: octave.squaredExpected / octave.expected,
                moment: max(moment, 1e-9))
        }
        if !points.isEmpty { fit(points) }
        // Few leaves may agree by luck better than counts can.
        if isCounted, octaves.values.reduce(0, { $0 + $1.count }) < Self.luck { counting = max(counting, 0.5) }
    }

    /// Least absolute error of the logarithm, over a grid that narrows: few octaves, and some of them hold causes.
    private mutating func fit(_ points: [Point]) {
        let highest = points.map(\.moment).max() ?? 1
        var counts = [0.0] + Self.steps(from: highest * 1e-6, to: highest, 30)
        let steepest = points.map { $0.moment / $0.size }.max() ?? 1
        var slopes = Self.steps(from: Self.relativeFloor, to: max(Self.relativeFloor, steepest), 30)
        for _ in 0..<3 {
            var least = Double.infinity
            for count in counts {
                for slope in slopes {
                    let loss = points.reduce(0) {
                        $0 + $1.n * abs(log((count + slope * $1.size) / $1.moment))
                    }
                    if loss < least {
                        least = loss
                        counting = count
                        relative = slope
                    }
                }
            }
            counts = [0, counting] + (counting > 0 ? Self.steps(from: counting / 1.7, to: counting * 1.7, 10) : [])
            slopes =
                [Self.relativeFloor, relative]
                + Self.steps(from: max(Self.relativeFloor, relative / 1.7), to: relative * 1.7, 10)
        }
    }

    private static func steps(from low: Double, to high: Double, _ count: Int) -> [Double] {
        guard low > 0, high > low else { return [max(low, high)] }
        return (0...count).map { low * pow(high / low, Double($0) / Double(count)) }
    }
}

extension LeafNoise.Octave {
    var mean: Double { expected / Double(max(1, count)) }

    mutating func add(_ real: Double, _ expected: Double) {
        count += 1
        self.expected += expected
        squaredExpected += expected * expected
        if real < expected { below.append(expected - real) } else { above.append(real - expected) }
    }

    /// Σ(v − f)²/Σf, which is φ + σ² f.
    func moment(oneSided: Bool, isSparse: Bool) -> Double {
        let high = Self.meanSquare(above, clipped: !isSparse)
        let low = Self.meanSquare(below, clipped: !isSparse)
        let both: Double
        if above.count < 3 || below.count < 3 {
            // An octave without one side: what there is has to do.
            both = Self.meanSquare(above + below, clipped: !isSparse)
        } else if !oneSided {
            both = (high * Double(above.count) + low * Double(below.count)) / Double(count)
        } else {
            // Small counts stray little below and far above: the geometric mean of the sides is near the variance.
            // Below one half nearly all leaves are empty, and only both sides together make a variance.
            both =
                mean < 0.5
                ? (high * Double(above.count) + low * Double(below.count)) / Double(count)
                : isSparse ? (high * low).squareRoot() : min(high, low)
        }
        return both / mean
    }

    /// Outliers count as four times the usual distance.
    private static func meanSquare(_ distances: [Double], clipped: Bool) -> Double {
        guard !distances.isEmpty else { return 0 }
        var bound = Double.infinity
        if clipped {
            let usual = distances.sorted()[distances.count / 2] * 1.4826
            if usual > 0 { bound = 4 * usual }
        }
        return distances.reduce(0) { $0 + min($1, bound) * min($1, bound) } / Double(distances.count)
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The evidence that a rate has moved, bucket by bucket: the binomial CUSUM (Page 1954; Reynolds, Stoumbos 2000).
///
/// `S = max(0, S + [k ln(p1/p0) + (n−k) ln((1−p1)/(1−p0))] / φ)`. Small buckets add little, so they do not shout.
package struct RateCusum: Hashable, Sendable {
    package private(set) var sum = 0.0
    /// The sum as it would be without `hold`.
    package private(set) var evidence = 0.0
    /// Buckets since the sum last left zero: the estimate of when the change began.
    package private(set) var length = 0
    /// Over those buckets: good, of how many, and how many good ones were expected.
    package private(set) var numerator = 0.0
    package private(set) var denominator = 0.0
    package private(set) var expected = 0.0

    package init() {}

    /// - Parameters:
    ///   - p0: the share that is expected, seasonal and adjusted for maturity; `p1` the share that would be a change.
    ///   - dispersion: φ, Pearson's χ² over its degrees of freedom; below 1 counts as 1.
    ///   - most: what one bucket adds at most.
    package mutating func add(
        _ k: Double, of n: Double, p0: Double, p1: Double, dispersion: Double = 1, most: Double = .infinity
    ) {
        guard let k = Self.count(k, of: n), p0 > 0, p0 < 1, p1 > 0, p1 < 1 else { return }
        let step = min(Self.likelihood(k, of: n, p0: p0, p1: p1) / max(1, dispersion), most)
        sum += step
        evidence += step
        guard sum > 0, sum.isFinite else {
            self = RateCusum()
            return
        }
        length += 1
        numerator += k
        denominator += n
        expected += n * p0
    }

    /// ln of how much more likely `k` of `n` is under `p1` than under `p0`.
    package static func likelihood(_ k: Double, of n: Double, p0: Double, p1: Double) -> Double {
        k * log(p1 / p0) + (n - k) * log((1 - p1) / (1 - p0))
    }

    /// Keeps the sum from growing beyond `most`, so that the end of a long change is seen soon.
    package mutating func hold(at most: Double) { sum = min(sum, most) }

    private static func count(_ k: Double, of n: Double) -> Double? {
        guard k.isFinite, n.isFinite, n > 0 else { return nil }
        return min(max(k, 0), n)
    }

    /// P(sum ≥ this) in the long run while nothing is wrong, at most: Lundberg's bound `e^−S` for a random walk whose
    /// step is a log likelihood ratio (Siegmund 1985).
    package var pValue: Double { exp(-max(sum, evidence)) }

    /// The threshold for a mean of `runLength` buckets between false alarms, when a bucket carries `information` (the
    /// mean fall of the sum per bucket while nothing is wrong) with standard deviation `deviation`.
    ///
    /// `e^(h + κ)/information = runLength`, with κ = 1.3 deviations for the overshoot (Siegmund 1985, chapter 10;
    /// 1.166 for normal steps, more for the skewed ones of rare events). Held at 3 at least.
    package static func threshold(runLength: Double, information: Double, deviation: Double) -> Double {
        guard runLength > 1, information > 0, deviation >= 0 else { return 12 }
        let exact = log(runLength * information) - 1.3 * deviation
        return min(max(exact, 3), log(runLength) + 1)
    }

    /// Mean and standard deviation of a step while nothing is wrong, for `threshold`.
    package static func step(of n: Double, p0: Double, p1: Double) -> (information: Double, deviation: Double) {
        guard n > 0, p0 > 0, p0 < 1, p1 > 0, p1 < 1 else { return (0, 0) }
        let (up, down) = (log(p1 / p0), log((1 - p1) / (1 - p0)))
        return (-n * (p0 * up + (1 - p0) * down), abs(up - down) * (n * p0 * (1 - p0)).squareRoot())
    }

    /// The share whose odds are `ratio` times those of `p`.
    package static func shifted(_ p: Double, odds ratio: Double) -> Double {
        guard p > 0, p < 1, ratio > 0 else { return p }
        let odds = p / (1 - p) * ratio
        return odds / (1 + odds)
    }
}

/// The classic CUSUM of standardised values (Page 1954), one side: `S = max(0, S + z − k)`.
package struct NormalCusum: Hashable, Sendable {
    package private(set) var sum = 0.0
    package private(set) var evidence = 0.0
    package private(set) var length = 0
    /// Half the shift that is looked for, in standard deviations.
    package var allowance: Double

    package init(allowance: Double = 0.5) { self.allowance = allowance }

    /// - Parameter wavering: added to the allowance where the level itself is known to waver by as much.
    package mutating func add(_ z: Double, wavering: Double = 0) {
        guard z.isFinite else { return }
        let step = z - allowance - max(0, wavering)
        sum = max(0, sum + step)
        evidence = sum > 0 ? evidence + step : 0
        length = sum > 0 ? length + 1 : 0
    }

    /// Keeps the sum from growing beyond `most`, so that the end of a long shift is seen soon.
    package mutating func hold(at most: Double) { sum = min(sum, most) }

    package var pValue: Double { exp(-2 * allowance * max(sum, evidence)) }

    /// Mean buckets to a false alarm of one side (Siegmund 1985, 10.17: `(e^2kb − 1 − 2kb)/2k²`, b = h + 1.166).
    package static func runLength(threshold: Double, allowance: Double = 0.5) -> Double {
        let b = threshold + 1.166
        return (exp(2 * allowance * b) - 1 - 2 * allowance * b) / (2 * allowance * allowance)
    }

    /// The threshold with that mean, by bisection.
    package static func threshold(runLength: Double, allowance: Double = 0.5) -> Double {
        var (low, high) = (0.0, 60 / max(allowance, 0.05))
        for _ in 0..<50 {
            let middle = (low + high) / 2
            if self.runLength(threshold: middle, allowance: allowance) < runLength {
                low = middle
            } else {
                high = middle
            }
        }
        return high
    }
}

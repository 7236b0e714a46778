/// Chance that is the same on every machine: SplitMix64 (Steele, Lea, Flood 2014).
struct DetectChance {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ≤ u < 1.
    mutating func uniform() -> Double { Double(bits() >> 11) / 9_007_199_254_740_992 }

    mutating func normal() -> Double {
        // Twelve uniforms (Irwin–Hall) have variance 1 and tails to 6: enough for a test, and no logarithm of 0.
        (0..<12).reduce(-6.0) { sum, _ in sum + uniform() }
    }

    mutating func binomial(_ n: Int, _ p: Double) -> Int {
        (0..<n).reduce(0) { count, _ in count + (uniform() < p ? 1 : 0) }
    }

    /// Poisson of `mean` by multiplication in steps of at most 30 (Knuth).
    mutating func poisson(_ mean: Double) -> Int {
        var (left, count) = (mean, 0)
        while left > 0 {
            let step = min(left, 30)
            left -= step
            let limit = Self.exponential(-step)
            var product = uniform()
            while product > limit {
                count += 1
                product *= uniform()
            }
        }
        return count
    }

    /// A gamma variable with integer shape, mean 1: for over-dispersed counts.
    mutating func gammaOfMeanOne(shape: Int) -> Double {
        var sum = 0.0
        for _ in 0..<shape {
            // An exponential variable as the waiting time until the first of many small chances.
            var steps = 0
            while uniform() >= 0.01 { steps += 1 }
            sum += Double(steps) * 0.01 + 0.005
        }
        return sum / Double(shape)
    }

    private static func exponential(_ x: Double) -> Double {
        var (term, sum) = (1.0, 1.0)
        for k in 1...200 {
            term *= -x / Double(k)
            sum += term
        }
        return 1 / sum
    }
}

import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How unlikely a count is when nothing is wrong.
package enum Surprise {
    /// The signed root of the likelihood ratio of a count against its expectation (Wilks 1938), for counts that spread
    /// wider than Poisson's by `dispersion` ≥ 1: about normal with variance 1 when nothing is wrong. 0 for what makes
    /// no sense.
    package static func score(_ count: Double, expected: Double, dispersion: Double = 1) -> Double {
        guard count.isFinite, expected.isFinite, count >= 0, expected >= 0 else { return 0 }
        let root = (2 * gain(count, expected: expected) / max(1, dispersion)).squareRoot()
        return count >= expected ? root : -root
    }

    /// G(a, m) = a ln(a/m) − (a − m): the gain in log-likelihood of a count's own rate over the expected one (Kulldorff
    /// 1997). An expectation of nothing counts as a hundredth, so that one event is no infinite surprise.
    package static func gain(_ count: Double, expected: Double) -> Double {
        let expected = max(expected, 0.01)
        guard count > 0 else { return expected }
        return max(0, count * log(count / expected) - (count - expected))
    }

    /// −log10 of the chance of a standard normal beyond `score`, one-sided (Abramowitz and Stegun 26.2.12 for large
    /// ones).
    package static func exponent(ofScore score: Double) -> Double {
        guard score.isFinite else { return 0 }
        if score < 8 { return -log10(max(1e-300, 0.5 * erfc(score / 2.0.squareRoot()))) }
        return (score * score / 2 + log(score * (2 * Double.pi).squareRoot())) / log(10)
    }
}

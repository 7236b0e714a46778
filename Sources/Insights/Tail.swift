#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tails of the usual distributions.
enum Tail {
    /// P(Z ≥ z) of a standard normal.
    static func normal(_ z: Double) -> Double { 0.5 * erfc(z / 2.0.squareRoot()) }

    /// P(X ≤ count) or P(X ≥ count), the one on the count's side of the mean, of a count with this mean whose variance
    /// is `dispersion` times the mean: Poisson at 1, negative binomial above.
    static func count(_ count: Double, mean: Double, dispersion: Double) -> Double {
        guard count.isFinite, count >= 0, mean.isFinite, mean > 0 else { return 1 }
        let dispersion = dispersion.isFinite ? max(1, dispersion) : 1
        if mean > 5000 || count > 50_000 {
            return normal(abs(2 * (count.squareRoot() - mean.squareRoot())) / dispersion.squareRoot())
        }
        let x = count.rounded()
        let isOver = dispersion > 1.001
        let shape = isOver ? mean / (dispersion - 1) : 0
        let fade = isOver ? (dispersion - 1) / dispersion : 0
        var term: Double
        if isOver {
            term = lgamma(x + shape) - lgamma(x + 1) - lgamma(shape) + x * log(fade) - shape * log(dispersion)
        } else {
            term = x * log(mean) - mean - lgamma(x + 1)
        }
        term = exp(term)
        var sum = term
        var at = x
        if x > mean {
            for _ in 0..<20_000 where term > sum * 1e-9 {
                term *= isOver ? (at + shape) / (at + 1) * fade : mean / (at + 1)
                at += 1
                sum += term
            }
        } else {
            while at > 0, term > sum * 1e-9 {
                term *= isOver ? at / ((at - 1 + shape) * fade) : at / mean
                at -= 1
                sum += term
            }
        }
        return min(max(sum, 0), 1)
    }

    /// P(|T| ≥ t), two-sided, of Student's t with 4, 8, … (even) degrees of freedom, by the finite series
    /// (Abramowitz, Stegun 1964, 26.7.4).
    static func student(_ t: Double, degrees: Int) -> Double {
        guard t.isFinite else { return t.isNaN ? 1 : 0 }
        let degrees = max(2, degrees / 2 * 2)
        let share = 1 / (1 + t * t / Double(degrees))
        let sine = (1 - share).squareRoot()
        // 1 − A(t) loses its digits far out: there the leading term of the tail serves.
        var (sum, term) = (1.0, 1.0)
        for step in stride(from: 2, to: degrees, by: 2) {
            term *= share * Double(step - 1) / Double(step)
            sum += term
        }
        let p = 1 - sine * sum
        if p > 1e-9 { return min(1, p) }
        let n = Double(degrees)
        let constant: Double = lgamma((n + 1) / 2) - lgamma(n / 2) - 0.5 * log(n * Double.pi)
        let logDensity: Double = constant - (n + 1) / 2 * log(1 + t * t / n)
        return min(1, 2 * exp(logDensity) * abs(t) / n)
    }
}

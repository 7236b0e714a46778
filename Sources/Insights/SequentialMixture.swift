#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The normal-mixture confidence sequence: intervals and p-values that hold at every look, however often one looks
/// (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021; the mixture sequential probability ratio test of Johari
/// et al. 2017).
///
/// `information` is one over the variance of the difference, v = 1 / (p₁q₁/n₁ + p₂q₂/n₂).
package struct SequentialMixture: Hashable, Sendable {
    package let alpha: Double
    /// ρ, the variance of the mixture: the interval is narrowest at the information it was tuned for.
    package let rho: Double

    /// ρ = v / (2L + ln(1 + 2L)), L = ln(1/α).
    package init(tunedFor information: Double, alpha: Double = 0.05) {
        let alpha = alpha > 0 && alpha < 1 ? alpha : 0.05
        let twice = -2 * log(alpha)
        self.alpha = alpha
        let information = information.isFinite && information > 0 ? information : 1
        rho = information / (twice + log(1 + twice))
    }

    /// Bound of the score s = v·d: √((v + ρ) ln((v + ρ)/(ρα²))).
    package func bound(at information: Double) -> Double {
        guard information > 0, information.isFinite else { return .infinity }
        return ((information + rho) * log((information + rho) / (rho * alpha * alpha))).squareRoot()
    }

    /// The interval of the difference is d ± this.
    package func halfWidth(at information: Double) -> Double {
        guard information > 0, information.isFinite else { return .infinity }
        return bound(at: information) / information
    }

    /// ln of the mixture martingale at score s: s²/(2(v + ρ)) + ½ ln(ρ/(v + ρ)).
    package func logMixture(score: Double, information: Double) -> Double {
        guard information > 0, information.isFinite, score.isFinite else { return 0 }
        return score * score / (2 * (information + rho)) + log(rho / (information + rho)) / 2
    }

    /// The p-value of one look. The always-valid one is the least of all looks so far.
    package func pValue(difference: Double, information: Double) -> Double {
        min(1, exp(-logMixture(score: information * difference, information: information)))
    }

    /// Information after which a true difference is found with a probability of about `power`, when the sequence is
    /// tuned for it: v with v·d − z√v = the bound at v.
    static func informationNeeded(difference: Double, alpha: Double, power: Double) -> Double? {
        let difference = abs(difference)
        guard difference > 0, difference.isFinite, let z = SequentialBounds.quantile(power) else { return nil }
        let reaches = { (v: Double) in
            v * difference - z * v.squareRoot() >= SequentialMixture(tunedFor: v, alpha: alpha).bound(at: v)
        }
        var (low, high) = (0.0, 1 / (difference * difference))
        for _ in 0..<60 where !reaches(high) {
            low = high
            high *= 2
        }
        guard reaches(high) else { return nil }
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if reaches(middle) { high = middle } else { low = middle }
        }
        return high
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How many messages a comparison of two rates needs.
package struct SampleSize: Hashable, Sendable {
    /// For each variant, when one looks once, at the end.
    package let fixed: Int
    /// For each variant, when one may look at any time.
    package let anytime: Int
    /// Information of the difference with `anytime` messages each: what a sequential test is tuned for.
    package let information: Double

    /// - Parameters:
    ///   - rate: as it is now, 0 … 1.
    ///   - difference: the least that would matter, in the same unit; either sign.
    /// Nil when a rate would lie outside 0 … 1 or no sample is enough.
    ///
    /// n = (z_{α/2} √(2p̄q̄) + z_β √(p₁q₁ + p₂q₂))² / d² (Fleiss, Levin and Paik 2003, without continuity correction).
    package init?(rate: Double, difference: Double, alpha: Double = 0.05, power: Double = 0.8) {
        let other = rate + difference
        guard rate >= 0, rate <= 1, other >= 0, other <= 1, difference != 0, alpha > 0, alpha < 1, power > alpha,
            let zAlpha = SequentialBounds.quantile(1 - alpha / 2), let zPower = SequentialBounds.quantile(power)
        else { return nil }
        let middle = (rate + other) / 2
        let each = rate * (1 - rate) + other * (1 - other)
        guard each > 0 else { return nil }
        let root = zAlpha * (2 * middle * (1 - middle)).squareRoot() + zPower * each.squareRoot()
        let once = (root * root / (difference * difference)).rounded(.up)
        guard let needed = SequentialMixture.informationNeeded(difference: difference, alpha: alpha, power: power)
        else { return nil }
        let sequential = (needed * each).rounded(.up)
        guard sequential < 1e12, once < 1e12 else { return nil }
        fixed = Int(once)
        anytime = max(Int(sequential), Int(once))
        information = needed
    }

    /// Days until each of several variants has enough, at so many messages a day over all of them.
    package func days(variants: Int, messagesPerDay: Double) -> Int? {
        guard variants > 0, messagesPerDay > 0, messagesPerDay.isFinite else { return nil }
        let days = (Double(anytime) * Double(variants) / messagesPerDay).rounded(.up)
        return days < 1e9 ? Int(days) : nil
    }
}

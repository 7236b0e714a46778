#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Interval {
    /// The standard normal deviate of a two-sided 95 % interval.
    static let z = 1.959963984540054

    /// Wilson's score interval (1927) of `successes` out of `trials`; nil when there were no trials. Successes out of
    /// 0 … trials are clamped.
    package static func wilson(_ successes: Int64, of trials: Int64) -> Interval? {
        guard trials > 0 else { return nil }
        let n = Double(trials)
        let p = Double(min(max(successes, 0), trials)) / n
        let square = z * z
        let centre = (p + square / (2 * n)) / (1 + square / n)
        let half = z / (1 + square / n) * (p * (1 - p) / n + square / (4 * n * n)).squareRoot()
        return Interval(lower: max(0, centre - half), upper: min(1, centre + half))
    }
}

/// An estimate with its 95 % interval.
package struct Estimate: Hashable, Sendable {
    package var value: Double
    package var interval: Interval

    /// How many delivered messages were read, from two incomplete lists: those with a read receipt, and those that
    /// were replied to or tapped (Chapman 1951; variance by Seber 1970). Readers who hide receipts are on neither
    /// list only if they also stay silent, so the overlap of the lists tells how much the receipts miss.
    ///
    /// Nil when fewer than 20 messages are on both lists. As a share of `delivered`, between what is proven and 1.
    package static func readRate(read: Int64, proven: Int64, both: Int64, delivered: Int64) -> Estimate? {
        guard both >= 20, read >= both, proven >= both, delivered > 0 else { return nil }
        let (r, p, b, n) = (Double(read), Double(proven), Double(both), Double(delivered))
        let reads = (r + 1) * (p + 1) / (b + 1) - 1
        let variance = (r + 1) * (p + 1) * (r - b) * (p - b) / ((b + 1) * (b + 1) * (b + 2))
        let half = Interval.z * variance.squareRoot()
        let floor = min(1, (r + p - b) / n)
        let bounded = { (value: Double) in min(1, max(floor, value / n)) }
        return Estimate(
            value: bounded(reads), interval: Interval(lower: bounded(reads - half), upper: bounded(reads + half)))
    }

    /// The delivery rate that a cohort will reach: deliveries so far over the messages whose delivery would be known
    /// by now, `matured` = Σ F(age) (Chapelle 2014). Nil when that is under 20. Between the rate so far and 1.
    package static func deliveryRate(delivered: Int64, accepted: Int64, matured: Double) -> Estimate? {
        guard accepted > 0, matured >= 20 else { return nil }
        let observed = min(1, Double(delivered) / Double(accepted))
        let p = min(1, max(observed, Double(delivered) / matured))
        let known = min(1, matured / Double(accepted))
        let half = Interval.z * (p * max(1 - p * known, 0.01) / matured).squareRoot()
        return Estimate(
            value: p, interval: Interval(lower: max(observed, p - half), upper: min(1, max(observed, p + half))))
    }
}

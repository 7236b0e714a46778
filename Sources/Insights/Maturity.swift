#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How soon things arrive, learned while some are still on their way.
///
/// `g_d = n_d / n_{≤d}` over cohorts old enough to have shown delay d, `F(d) = Π over j > d of (1 − g_j)`: reverse
/// hazards, as of reporting delays (Lawless 1994).
package struct DelayDistribution: Hashable, Sendable {
    /// F by delay in steps: the share of all that comes within that many steps. Ascending, ends with 1.
    package let shares: [Double]

    /// Arrivals of one cohort by delay in steps, and its age in whole steps: delays below the age have been observable.
    package struct Cohort: Hashable, Sendable {
        package var age: Int
        package var arrivals: [Double]

        package init(age: Int, arrivals: [Double]) {
            self.age = age
            self.arrivals = arrivals
        }
    }

    /// - Parameters:
    ///   - prior: what is believed without these cohorts (the account's F), with the weight of `pseudo` arrivals.
    package init(_ cohorts: [Cohort], steps: Int, prior: DelayDistribution? = nil, pseudo: Double = 200) {
        let steps = max(1, min(steps, 100_000))
        var at = [Double](repeating: 0, count: steps)
        var upTo = at
        for cohort in cohorts {
            var sum = 0.0
            for delay in 0..<min(steps, max(0, cohort.age)) {
                let count = cohort.arrivals.indices.contains(delay) ? cohort.arrivals[delay] : 0
                let arrived = count.isFinite ? max(0, count) : 0
                sum += arrived
                at[delay] += arrived
                upTo[delay] += sum
            }
        }
        if let prior {
            for delay in 0..<steps {
                let now = prior.share(delay)
                at[delay] += pseudo * max(0, now - (delay > 0 ? prior.share(delay - 1) : 0))
                upTo[delay] += pseudo * now
            }
        }
        var shares = [Double](repeating: 1, count: steps)
        for delay in stride(from: steps - 1, to: 0, by: -1) {
            let hazard = upTo[delay] > 0 ? at[delay] / upTo[delay] : 0
            shares[delay - 1] = shares[delay] * (1 - hazard)
        }
        self.shares = shares
    }

    /// F(delay): the share that comes within that many steps.
    package func share(_ delay: Int) -> Double {
        delay < 0 ? 0 : delay < shares.count ? shares[delay] : 1
    }
}

/// The rate of a cohort as it will be when everything has come: `p = C/ΣF(age)`.
package struct DelayAdjustedRate: Hashable, Sendable {
    package var rate: Double
    package var standardError: Double
    /// ΣF: as many fully shown events as this is worth. Below 20 the rate is not to be shown.
    package var exposure: Double
    package var isShowable: Bool { exposure >= 20 }

    /// - Parameters:
    ///   - count: arrived so far.
    ///   - shares: F(age) of each event that may still bring one, with how many events have it.
    package init?(count: Double, shares: [(share: Double, events: Double)]) {
        var (exposure, events) = (0.0, 0.0)
        for cell in shares where cell.share.isFinite && cell.events.isFinite && cell.events > 0 {
            exposure += min(max(cell.share, 0), 1) * cell.events
            events += cell.events
        }
        guard exposure > 0, events > 0, count.isFinite else { return nil }
        let rate = min(1, max(0, count) / exposure)
        self.rate = rate
        self.exposure = exposure
        standardError = (rate * max(1 - rate * exposure / events, 0.01) / exposure).squareRoot()
    }
}

/// Counts of recent buckets as they will be when everything has come.
package struct Nowcast: Hashable, Sendable {
    /// The prior mean of a bucket, moved by each one.
    package private(set) var level: Double
    /// 1/shape of the gamma prior, learned from mature buckets, within .02 … 2.
    package private(set) var inverseShape = 0.2
    private var judged = 0.0
    /// Rms of (known at last − said then)/standard deviation, at least 1.
    package private(set) var widening = 1.0
    private var checked = 0.0

    package struct Estimate: Hashable, Sendable {
        package var total: Double
        package var standardDeviation: Double
        /// 95 %, never below what has come.
        package var interval: ClosedRange<Double>
    }

    package init(level: Double) { self.level = level.isFinite ? min(max(level, 0.01), 1e12) : 0.01 }

    /// The total of a bucket of which `count` came at maturity `share`: `n + (1−f)(k+n)/(k/m+f)`; what has not come is
    /// negative binomial with shape k + n and p = B/(B+1−f), B = k/m + f.
    package func estimate(_ count: Double, share: Double, factor: Double = 1) -> Estimate {
        let n = count.isFinite ? min(max(0, count), 1e12) : 0
        let f = share.isFinite ? min(max(share, 0), 1) : 1
        let shape = 1 / inverseShape
        let rate = shape / max(level * factor, 0.01) + f
        let missing = (1 - f) * (shape + n) / rate
        let variance = missing * (1 + (1 - f) / rate)
        let deviation = variance.squareRoot() * widening
        return Estimate(
            total: n + missing, standardDeviation: deviation,
            interval: max(n, n + missing - 1.96 * deviation)...(n + missing + 1.96 * deviation))
    }

    /// Learns the total of a mature bucket, and how far an earlier estimate of it was off.
    package mutating func learn(_ total: Double, said: Estimate? = nil) {
        guard total.isFinite, total >= 0 else { return }
        let total = min(total, 1e12)
        judged = min(judged + 1, 200)
        let excess = ((total - level) * (total - level) - level) / (level * level)
        inverseShape = min(max(inverseShape + (min(excess, 8) - inverseShape) / (judged + 5), 0.02), 2)
        if let said, said.standardDeviation > 0 {
            checked = min(checked + 1, 200)
            let z = (total - said.total) / (said.standardDeviation / widening)
            let square = widening * widening
            widening = max(1, (square + (min(z * z, 25) - square) / (checked + 5)).squareRoot())
        }
        level = max(0.01, level + 0.5 * (total - level))
    }
}

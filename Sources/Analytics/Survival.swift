import Catalogue

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The share of durations that are still running at each length, where some were watched only so long without their
/// end being seen (Kaplan & Meier 1958, product-limit estimator; variance by Greenwood 1926).
///
/// To leave out what has not ended makes times look short, since what lasts long ends last.
struct Survival: Hashable, Sendable {
    /// S after the bin, for bins in which something ended; descending.
    private(set) var steps: [Step]

    struct Step: Hashable, Sendable {
        var bin: Int32
        var share: Double
        /// Σ d / (n (n − d)) up to here: the variance of ln S.
        var variance: Double
    }

    /// - Parameters:
    ///   - events: durations whose end was seen.
    ///   - censored: durations watched so long; what was watched as long as an end came is taken to outlast it.
    init(events: Histogram, censored: [Histogram]) {
        var lost: [Int32: Int64] = [:]
        for histogram in censored {
            for (bin, count) in histogram.counts where count > 0 { lost[bin, default: 0] &+= count }
        }
        var atRisk = lost.values.reduce(0, &+) &+ events.counts.values.reduce(0) { $0 &+ max(0, $1) }
        var share = 1.0
        var variance = 0.0
        steps = []
        for bin in Set(events.counts.keys).union(lost.keys).sorted() {
            let ended = max(0, events.counts[bin] ?? 0)
            if ended > 0, atRisk > 0 {
                let (d, n) = (Double(ended), Double(atRisk))
                share *= 1 - d / n
                variance += d < n ? d / (n * (n - d)) : .infinity
                steps.append(Step(bin: bin, share: share, variance: variance))
            }
            atRisk &-= ended &+ (lost[bin] ?? 0)
        }
    }

    /// The time in seconds by which half have ended; nil while more than half outlast everything seen.
    var median: Double? { first { $0.share <= 0.5 } }

    /// Its 95 % interval: the times at which the limits of S (on the scale of ln S, Kalbfleisch & Prentice 1980) fall
    /// to one half (Brookmeyer & Crowley 1982). Nil when the upper limit does not fall so far.
    var medianInterval: Interval? {
        let limit = { (step: Step, sign: Double) -> Double in
            guard step.share > 0 else { return 0 }
            return min(1, step.share * exp(sign * Interval.z * step.variance.squareRoot()))
        }
        guard let lower = first(where: { limit($0, -1) <= 0.5 }), let upper = first(where: { limit($0, 1) <= 0.5 })
        else { return nil }
        return Interval(lower: lower, upper: upper)
    }

    private func first(where isReached: (Step) -> Bool) -> Double? {
        steps.first(where: isReached).map { Histogram.value(bin: $0.bin) }
    }
}

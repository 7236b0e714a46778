import Catalogue
import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What waiting does: how often customers write again, by how long they have waited.
package struct RepeatEffect: Hashable, Sendable {
    /// What happened while customers had waited between two lengths of time. Rates are for each minute of waiting.
    package struct Band: Hashable, Sendable {
        package var fromMinutes: Double
        /// Excluded.
        package var toMinutes: Double
        /// Waits that lasted until the band's start.
        package var waiting: Int64
        /// Minutes that waits spent in the band.
        package var exposureMinutes: Double
        /// Waits whose second message fell in the band.
        package var firstRepeats: Int64
        /// Messages beyond the first that fell in the band.
        package var extraMessages: Int64
        /// First repeats for each minute of those who had not repeated yet; nil where nobody waited.
        package var hazard: Double?
        package var hazardInterval: Interval?
        /// Extra messages for each minute that anybody waited; nil where nobody waited.
        package var rate: Double?
        package var rateInterval: Interval?
        /// The probability that a customer who is still waiting at the band's end has written again by then.
        package var repeatedByEnd: Double
    }

    /// From which waiting time on customers write again more often.
    package struct Knee: Hashable, Sendable {
        package var fromMinutes: Double
        /// Up to where the higher rate holds.
        package var toMinutes: Double
        /// Extra messages for each waiting minute before and from there on.
        package var before: Double
        package var after: Double
        package var afterInterval: Interval
    }

    /// Up to which waiting time customers write again more often than later.
    package struct Fall: Hashable, Sendable {
        package var untilMinutes: Double
        /// Extra messages for each waiting minute up to there and later.
        package var before: Double
        package var after: Double
        package var beforeInterval: Interval
    }

    package enum Verdict: Hashable, Sendable {
        case notEnough
        /// The rate does not change with the waiting time; over all, this many extra messages for each minute.
        case steady(Double)
        case rises(Knee)
        case falls(Fall)
    }

    package let waits: Int64
    package let bands: [Band]
    package let verdict: Verdict

    /// Bounds of the bands, in minutes.
    package static let bounds: [Double] = [0, 1, 2, 4, 8, 15, 30, 60, 120, 240, 480, 1_440]
    /// Fewer extra messages than this say nothing about when they are written.
    package static let messagesMin: Int64 = 30

    init(waits: Int64, bands: [Band], verdict: Verdict) {
        self.waits = waits
        self.bands = bands
        self.verdict = verdict
    }

    /// - Parameters:
    ///   - ends: how long each wait lasted or has lasted so far: answered, abandoned and open ones.
    ///   - firstRepeats: waiting times at which second messages were written.
    ///   - extraMessages: those of every message beyond the first.
    init(ends: Histogram, firstRepeats: Histogram, extraMessages: Histogram) {
        waits = ends.total
        // Of those still waiting, the share that has not written again.
        var silent = 1.0
        bands = zip(Self.edges, Self.edges.dropFirst()).map { from, to in
            let stays = Self.stays(ends, from: from, to: to)
            var band = Band(
                fromMinutes: from.nominal, toMinutes: to.nominal, waiting: ends.count(above: from.lastBin),
                exposureMinutes: stays.reduce(0) { $0 + $1.count * $1.minutes },
                firstRepeats: firstRepeats.count(above: from.lastBin) - firstRepeats.count(above: to.lastBin),
                extraMessages: extraMessages.count(above: from.lastBin) - extraMessages.count(above: to.lastBin),
                repeatedByEnd: 0)
            if let hazard = Self.hazard(repeats: Double(band.firstRepeats), stays: stays, silent: silent) {
                band.hazard = hazard
                let relative = hazard / Double(max(1, band.firstRepeats))
                let atRisk = silent * band.exposureMinutes
                band.hazardInterval =
                    band.firstRepeats > 0
                    ? Interval.poisson(band.firstRepeats).scaled(by: relative)
                    : atRisk > 0 ? Interval.poisson(0).scaled(by: 1 / atRisk) : nil
                silent *= exp(-hazard * (to.nominal - from.nominal))
            }
            if band.exposureMinutes > 0 {
                band.rate = Double(band.extraMessages) / band.exposureMinutes
                band.rateInterval = Interval.poisson(band.extraMessages).scaled(by: 1 / band.exposureMinutes)
            }
            band.repeatedByEnd = 1 - silent
            return band
        }
        verdict = Self.verdict(bands)
    }

    /// A bound of bands where it lies between two bins, so that events and the time in which they could happen are cut
    /// at the same place: within 1 % of its nominal length.
    private struct Edge {
        var nominal: Double
        var minutes: Double
        /// Of those before it; −1 when there is none.
        var lastBin: Int32

        init(_ nominal: Double) {
            self.nominal = nominal
            let bin = Histogram.bin(microseconds: Int64(nominal * 60_000_000))
            guard bin > 0 else {
                (minutes, lastBin) = (0, -1)
                return
            }
            let (lower, upper) = (Histogram.upperBound(bin: bin - 1) / 60, Histogram.upperBound(bin: bin) / 60)
            (minutes, lastBin) = nominal - lower < upper - nominal ? (lower, bin - 1) : (upper, bin)
        }
    }

    private static let edges = bounds.map(Edge.init)

    /// Times that waits spent inside a band, each with how many waits spent it.
    private static func stays(_ ends: Histogram, from: Edge, to: Edge) -> [(count: Double, minutes: Double)] {
        ends.counts.compactMap { bin, count in
            let minutes = min(Histogram.value(bin: bin) / 60, to.minutes) - from.minutes
            return count > 0 && bin > from.lastBin && minutes > 0 ? (Double(count), minutes) : nil
        }.sorted { $0.minutes < $1.minutes }
    }

    /// The rate h at which as many first repeats were to be expected as there were: Σ silent (1 − e^(−h x)) over the
    /// times x that waits spent in the band. When a wait ends is taken not to depend on whether it was repeated, as
    /// for any censoring, so that the same share of all who still wait is silent. Nil when no rate explains them.
    private static func hazard(repeats: Double, stays: [(count: Double, minutes: Double)], silent: Double) -> Double? {
        guard silent > 0, !stays.isEmpty else { return nil }
        guard repeats > 0 else { return 0 }
        let expected = { (h: Double) in
            stays.reduce(0) { $0 + $1.count * (1 - exp(-h * $1.minutes)) } * silent
        }
        var (low, high) = (0.0, 1.0)
        while expected(high) < repeats {
            high *= 2
            guard high < 1e6 else { return nil }
        }
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if expected(middle) < repeats { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}

extension Interval {
    /// Of the mean of a Poisson count, by Byar's approximation (Rothman & Boice 1979): the upper limit is within 1 % of
    /// the exact one, the lower from a count of five on; below that it is too low.
    static func poisson(_ count: Int64) -> Interval {
        let n = Double(max(0, count))
        let lower = n > 0 ? n * pow(max(0, 1 - 1 / (9 * n) - z / (3 * n.squareRoot())), 3) : 0
        let m = n + 1
        return Interval(lower: lower, upper: m * pow(1 - 1 / (9 * m) + z / (3 * m.squareRoot()), 3))
    }

    func scaled(by factor: Double) -> Interval { Interval(lower: lower * factor, upper: upper * factor) }
}

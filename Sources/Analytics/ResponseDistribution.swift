import Catalogue
import Domain
import Storage

/// How answers are spread over the time that they took: counts between bounds that are about evenly spaced in
/// logarithms, for bots answer in seconds and people in hours.
package struct ResponseDistribution: Hashable, Sendable {
    package struct Band: Hashable, Sendable {
        package var fromSeconds: Double
        /// Excluded; nil for the last, which has no end.
        package var toSeconds: Double?
        /// Answered waits, by who answered.
        package var answers: [Responder: Int64]

        package var total: Int64 { answers.values.reduce(0, &+) }
    }

    package let bands: [Band]
    /// All answers, by who gave them.
    package let answers: [Responder: Int64]

    package var total: Int64 { answers.values.reduce(0, &+) }

    /// In seconds. Bins are 2 % wide, so that a bound lies within 1 % of what it says.
    package static let bounds: [Double] = [
        0, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400,
    ]

    init(_ times: [Responder: Histogram]) {
        let ends = Self.bounds.dropFirst().map { Optional($0) } + [nil]
        bands = zip(Self.bounds, ends).map { from, to in
            Band(
                fromSeconds: from, toSeconds: to,
                answers: times.mapValues { Self.count($0, before: to) &- Self.count($0, before: from) }
                    .filter { $0.value != 0 })
        }
        answers = times.mapValues(\.total).filter { $0.value != 0 }
    }

    /// The number of durations shorter than a bound, each taken for the value of its bin.
    private static func count(_ times: Histogram, before seconds: Double?) -> Int64 {
        times.counts.reduce(0) { sum, entry in
            guard let seconds else { return sum &+ entry.value }
            return Histogram.value(bin: entry.key) < seconds ? sum &+ entry.value : sum
        }
    }

    /// Which band holds a length of time.
    package func band(of seconds: Double) -> Int? {
        bands.lastIndex { $0.fromSeconds <= seconds }
    }
}

extension Analyst {
    /// How long answers took, over the waits that began in a range.
    /// Throws a `Failure` when the filters or the range make no sense.
    package func responseDistribution(
        filters: [Filter] = [], range: QueryRange, timezone: String? = nil
    ) async throws -> ResponseDistribution {
        let asked = now()
        let query = Query(
            metrics: ["waits_answered"], dimensions: [.responder], filters: filters, range: range, timezone: timezone)
        let resolved = try query.resolved(now: asked, workspace: workspace)
        var gathering = Gathering(store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        gathering.durations = [.wait(.response)]
        let gathered = try await gathering.gather(
            Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries))
        var times: [Responder: Histogram] = [:]
        for (slot, sums) in gathered.slots {
            let responder = slot.key.first.flatMap { $0 }.flatMap(Responder.init(rawValue:)) ?? .unknown
            times[responder, default: Histogram()].add(sums[.wait(.response)])
        }
        return ResponseDistribution(times)
    }
}

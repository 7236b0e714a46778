import Catalogue
import Domain
import Storage

/// How long it took from a touch to its outcome: credited touches between bounds that people think in.
package struct OutcomeDelays: Hashable, Sendable {
    package struct Band: Hashable, Sendable {
        package var fromSeconds: Double
        /// Excluded; nil for the last, which has no end.
        package var toSeconds: Double?
        /// Credited touches.
        package var count: Int64
    }
    package let bands: [Band]
    package var total: Int64 { bands.reduce(0) { $0 &+ $1.count } }

    private static let hour = 3600.0
    private static let day = 86_400.0
    /// Bins are 2 % wide, so that a bound lies within 1 % of what it says.
    package static let bounds: [Double] = [
        0, 600, hour, 3 * hour, 6 * hour, 12 * hour, day, 2 * day, 3 * day, 5 * day, 7 * day, 14 * day, 30 * day,
    ]

    /// Bands after the last one that holds anything are left out.
    package init(_ times: Histogram) {
        let ends = Self.bounds.dropFirst().map { Optional($0) } + [nil]
        let all = zip(Self.bounds, ends).map { from, to in
            Band(
                fromSeconds: from, toSeconds: to,
                count: times.counts.reduce(0) { sum, entry in
                    let value = Histogram.value(bin: entry.key)
                    let isInside = value >= from && to.map { value < $0 } ?? true
                    return isInside ? sum &+ entry.value : sum
                })
        }
        let last = all.lastIndex { $0.count != 0 } ?? -1
        bands = Array(all.prefix(last + 1))
    }
}

extension Analyst {
    /// How long outcomes took after the messages of a range, for the touches that the model in force gives a share.
    /// Throws a `Failure` when filters or range make no sense.
    package func outcomeDelays(
        filters: [Filter] = [], range: QueryRange, timezone: String? = nil
    ) async throws -> OutcomeDelays {
        let asked = now()
        let query = Query(metrics: ["time_to_outcome_p50"], filters: filters, range: range, timezone: timezone)
        let resolved = try query.resolved(now: asked, workspace: workspace)
        let gathering = Gathering(store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        let gathered = try await gathering.gather(
            Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries))
        var times = Histogram()
        for sums in gathered.slots.values { times.add(sums[.credit(.timeToOutcome)]) }
        return OutcomeDelays(times)
    }
}

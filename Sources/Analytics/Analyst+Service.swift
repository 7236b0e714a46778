import Catalogue
import Domain
import Storage

extension Analyst {
    /// From when on answers count as outliers, for every responder and week that a range touches: the very fences of
    /// `response_outliers`, so that the list of conversations behind the number agrees with it.
    package func outlierThresholds(_ range: Range<Instant>) async throws -> OutlierThresholds {
        guard !range.isEmpty else { return OutlierThresholds(weeks: [], times: []) }
        return try await OutlierThresholds.learn(from: store, planner: try planner, range: range, now: now())
    }

    /// How often customers write again by how long they have waited, over the waits that began in a range.
    /// Throws a `Failure` when the filters or the range make no sense.
    package func repeatEffect(
        filters: [Filter] = [], range: QueryRange, timezone: String? = nil
    ) async throws -> RepeatEffect {
        let asked = now()
        let query = Query(metrics: ["waits"], filters: filters, range: range, timezone: timezone)
        let resolved = try query.resolved(now: asked, workspace: workspace)
        var gathering = Gathering(store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        let ends: [FactDuration] = [.wait(.response), .wait(.abandonedAfter), .wait(.openFor)]
        gathering.durations = Set(ends + [.wait(.firstRepeatAt), .wait(.extraMessageAt)])
        let gathered = try await gathering.gather(
            Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries))
        var total = Sums()
        for sums in gathered.slots.values { total.add(sums) }
        var all = Histogram()
        for duration in ends { all.add(total[duration]) }
        return RepeatEffect(
            ends: all, firstRepeats: total[.wait(.firstRepeatAt)], extraMessages: total[.wait(.extraMessageAt)])
    }
}

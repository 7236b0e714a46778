import Catalogue
import Domain
import Storage

/// How one kind of time is spread: counts between bounds that are about evenly spaced in logarithms, for bots answer
/// in seconds and people in hours. The same times as those of the metric's percentiles.
package struct Distribution: Hashable, Sendable {
    package struct Bin: Hashable, Sendable {
        package var fromSeconds: Double
        /// Excluded; nil for the last, which has no end.
        package var toSeconds: Double?
        package var count: Int64
    }

    package struct Line: Hashable, Sendable {
        /// Value of the dimension; nil for what has none, and where nothing is split.
        package var key: String?
        /// One for each two bounds, in order.
        package var bins: [Bin]
        package var median: Double?
        package var p90: Double?
        package var p99: Double?

        package var count: Int64 { bins.reduce(0) { $0 &+ $1.count } }
    }

    /// What is timed: `response_time`, `time_to_deliver`, …
    package let family: String
    package let dimension: Dimension?
    /// The most times first; empty without a dimension.
    package let lines: [Line]
    /// All times, those beyond the limit included.
    package let total: Line
    package let from: Instant
    package let to: Instant

    /// In seconds. The bins that durations are kept in are 2 % wide, so that a bound lies within 1 % of what it says.
    package static let bounds: [Double] = [
        0, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 604_800,
    ]

    /// Where a length of time lies.
    package static func bin(of seconds: Double) -> Int { max(0, (bounds.lastIndex { $0 <= seconds }) ?? 0) }
}

extension Distribution.Line {
    init(key: String?, _ times: Histogram) {
        self.key = key
        var counts = Array(repeating: Int64(0), count: Distribution.bounds.count)
        for (bin, count) in times.counts { counts[Distribution.bin(of: Histogram.value(bin: bin))] &+= count }
        let ends = Distribution.bounds.dropFirst().map { Optional($0) } + [nil]
        bins = zip(zip(Distribution.bounds, ends), counts).map { bounds, count in
            Distribution.Bin(fromSeconds: bounds.0, toSeconds: bounds.1, count: count)
        }
        median = times.quantile(0.5)
        p90 = times.quantile(0.9)
        p99 = times.quantile(0.99)
    }
}

extension Catalogue {
    /// What can be asked for how it is spread, by the metric of its median.
    package static let timeFamilies: [(id: String, median: Metric)] = metrics.compactMap { metric in
        guard case .quantile = metric.expression, metric.id.hasSuffix("_p50") else { return nil }
        return (String(metric.id.dropLast(4)), metric)
    }

    /// By its id, or that of one of its metrics. Throws a `Failure` that names the nearest.
    package static func requireTimeFamily(_ name: String) throws(Failure) -> (id: String, median: Metric) {
        let kinds = ["mean", "p50", "p90", "p95", "p99", "max"]
        if let family = timeFamilies.first(where: { family in
            name == family.id || kinds.contains { name == "\(family.id)_\($0)" }
        }) {
            return family
        }
        let near = nearest(to: name, among: timeFamilies.map(\.id), count: 5).joined(separator: ", ")
        let word = String(name.prefix(64))
        throw Failure(
            .unprocessable, id: "Lama waktu \"\(word)\" tidak dikenal. Yang paling mirip: \(near).",
            en: "Unknown time \"\(word)\". Nearest: \(near).")
    }
}

extension Analyst {
    /// How the times of a family (`response_time`) are spread over the rows of a range, as a whole or split by one
    /// dimension. Throws a `Failure` when the question makes no sense.
    package func distribution(
        of family: String, by dimension: Dimension? = nil, filters: [Filter] = [], range: QueryRange,
        timezone: String? = nil, limit: Int = 50
    ) async throws -> Distribution {
        let asked = now()
        let (id, median) = try Catalogue.requireTimeFamily(family)
        let query = Query(
            metrics: [median.id], dimensions: dimension.map { [$0] } ?? [], filters: filters, range: range,
            timezone: timezone)
        let resolved = try query.resolved(now: asked, workspace: workspace)
        let gathering = Gathering(store: store, planner: try planner, curves: curves, query: resolved, now: asked)
        let gathered = try await gathering.gather(
            Gathering.Layout(boundaries: resolved.boundaries, fine: resolved.fineBoundaries))
        var all = Histogram()
        var byKey: [String?: Histogram] = [:]
        for (slot, sums) in gathered.slots {
            for duration in median.expression.durations {
                all.add(sums[duration])
                if dimension != nil { byKey[slot.key.first ?? nil, default: Histogram()].add(sums[duration]) }
            }
        }
        let lines = byKey.filter { !$0.value.isEmpty }.map { Distribution.Line(key: $0.key, $0.value) }
            .sorted { ($1.count, $0.key ?? "\u{10FFFF}") < ($0.count, $1.key ?? "\u{10FFFF}") }
        return Distribution(
            family: id, dimension: dimension, lines: Array(lines.prefix(max(1, limit))),
            total: Distribution.Line(key: nil, all), from: resolved.from, to: resolved.to)
    }
}

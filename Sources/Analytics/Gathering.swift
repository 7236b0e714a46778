import Catalogue
import Domain
import Storage

/// Asks the store for what a query needs over one period, and adds it up by slot.
struct Gathering: Sendable {
    let store: any AnalyticsStore
    let planner: Planner
    let curves: CurveCache
    let query: ResolvedQuery
    let now: Instant

    struct Result: Sendable {
        var slots: [Slot: Sums] = [:]
        var isFromFacts = false
    }

    /// Time laid out in buckets of the answer and, inside them, in the finer ones that temporal dimensions need.
    struct Layout: Sendable {
        var boundaries: [Instant]
        var fine: [Instant]
    }

    /// What young cohorts still wait for, as far as the metrics asked depend on it.
    var maturities: Set<Metric.Maturity> { Set(query.metrics.map(\.maturity)).subtracting([.none]) }

    /// The period that is asked about.
    func gather(_ layout: Layout) async throws -> Result {
        var result = Result()
        try await collect(layout, into: &result)
        if !maturities.isEmpty, !result.slots.isEmpty { try await weighYoung(layout, into: &result) }
        return result
    }

    /// The period that it is held against: its maturity is not told, so it matters only to metrics that correct for it.
    func gatherCompared(_ layout: Layout) async throws -> Result {
        if query.metrics.contains(where: { $0.expression == .expectedDelivery }) { return try await gather(layout) }
        var result = Result()
        try await collect(layout, into: &result)
        return result
    }

    private func collect(_ layout: Layout, into result: inout Result) async throws {
        var measures = Set(query.metrics.flatMap(\.expression.measures))
        // A store needs something to count even when only percentiles are asked.
        measures.insert(maturities.contains(.read) ? .delivered : .accepted)
        if maturities.contains(.delivery) { measures.insert(.accepted) }
        let durations = Set(query.metrics.compactMap(\.expression.duration))
        let labels = Labels(layout, query: query)
        for part in parts(layout.fine, measures: measures, durations: durations) {
            if part.plan.source == .facts { result.isFromFacts = true }
            for row in try await store.run(part.plan).rows where part.buckets.indices.contains(row.bucket) {
                guard let slot = labels.slot(fine: part.buckets[row.bucket], key: row.key) else { continue }
                result.slots[slot, default: Sums()].add(row, of: part.plan)
            }
        }
    }

    private func parts(
        _ boundaries: [Instant], measures: Set<MessageMeasure>, durations: Set<MessageDuration>
    ) -> [Planner.Part] {
        planner.parts(
            boundaries: boundaries, measures: measures.sorted { $0.rawValue < $1.rawValue },
            durations: durations.sorted { $0.rawValue < $1.rawValue }, dimensions: query.query.dimensions,
            filters: query.query.filters)
    }

    // MARK: Young cohorts

    /// Notes for each slot how many of its messages are too young to have shown their receipts.
    private func weighYoung(_ layout: Layout, into result: inout Result) async throws {
        guard let from = layout.fine.first, let to = layout.fine.last,
            to > now.adding(seconds: -DelayCurve.windowSeconds), from < now
        else { return }
        let curves = try await curves.curves(from: store, planner: planner, now: now)
        let horizon =
            [Metric.Maturity.delivery, .read].filter(maturities.contains)
            .map { ($0 == .read ? curves.read : curves.delivery).horizonSeconds }.max() ?? 0
        let boundaries = youngBoundaries(layout.fine, horizonSeconds: horizon)
        guard boundaries.count >= 2 else { return }
        let labels = Labels(layout, query: query)
        for part in parts(boundaries, measures: [.accepted, .delivered], durations: []) {
            for row in try await store.run(part.plan).rows where row.bucket + 1 < part.plan.boundaries.count {
                let start = part.plan.boundaries[row.bucket]
                let end = min(part.plan.boundaries[row.bucket + 1], now)
                var young = Sums()
                young.add(row, of: part.plan)
                let middle = Instant(microseconds: start.microseconds &+ end.microseconds(since: start) / 2)
                let age = now.microseconds(since: middle)
                guard age >= 0, let fine = labels.fineBucket(of: start),
                    let slot = labels.slot(fine: fine, key: row.key)
                else { continue }
                weigh(young, age: age, curves, in: &result.slots[slot, default: Sums()])
            }
        }
    }

    private func weigh(_ young: Sums, age: Int64, _ curves: Curves, in sums: inout Sums) {
        for kind in maturities {
            let curve = kind == .read ? curves.read : curves.delivery
            let messages = young[kind == .read ? .delivered : .accepted]
            guard messages > 0, age < curve.horizonSeconds * 1_000_000 else { continue }
            guard curve.isKnown else {
                sums.isMaturityUnknown = true
                continue
            }
            let missing = Double(messages) * (1 - curve.share(atAge: age))
            if kind == .read { sums.unread += missing } else { sums.undelivered += missing }
        }
    }

    /// Narrow buckets where F is steep: quarter hours for the last six hours, hours for two days, and before them days
    /// of the reporting zone, which come from day cells.
    private func youngBoundaries(_ fine: [Instant], horizonSeconds: Int64) -> [Instant] {
        guard let first = fine.first, let last = fine.last else { return [] }
        let zone = planner.reporting
        let recent = zone.startOfDay(now.adding(seconds: -2 * 86_400))
        let oldest = now.adding(seconds: -horizonSeconds)
        let hour = Instant(seconds: oldest.seconds.flooredDivision(by: 3600) * 3600)
        let start = max(first, oldest < recent ? zone.startOfDay(oldest) : hour)
        let end = min(last, QuarterHour(index: QuarterHour(containing: now).index &+ 1).start)
        guard start < end else { return [] }
        var bounds: Set<Instant> = [start, end]
        bounds.formUnion(fine.filter { start < $0 && $0 < end })
        if start < recent {
            bounds.formUnion(zone.boundaries(of: start..<min(recent, end), grain: .day, max: 100) ?? [])
        }
        // Whole UTC hours and quarter hours are bounds of cells in every zone.
        let steep = now.adding(seconds: -6 * 3600)
        var at = Instant(seconds: (max(start, recent).seconds.flooredDivision(by: 3600) + 1) * 3600)
        while at < end {
            bounds.insert(at)
            at = at.adding(seconds: at < steep ? 3600 : 900)
        }
        return bounds.sorted()
    }
}

/// Which slot a store's row belongs to.
private struct Labels {
    private let fine: [Instant]
    /// By fine bucket: the answer's bucket, and the values of the temporal dimensions.
    private var owners: [Int] = []
    private var weekdays: [String] = []
    private var hours: [String] = []
    private let dimensions: [Dimension]
    private let filters: [Filter]

    init(_ layout: Gathering.Layout, query: ResolvedQuery) {
        fine = layout.fine
        dimensions = query.query.dimensions
        filters = query.query.filters.filter(\.dimension.isTemporal)
        let isTemporal = !filters.isEmpty || dimensions.contains(where: \.isTemporal)
        let hourNames = Dimension.hourOfDay.temporalValues
        var owner = 0
        for start in layout.fine.dropLast() {
            // Past empty buckets, whose ends are equal, to the last that begins here.
            while owner + 2 < layout.boundaries.count, layout.boundaries[owner + 1] <= start { owner += 1 }
            owners.append(owner)
            if isTemporal {
                let (date, second) = query.clock.local(start)
                weekdays.append(String(date.weekday))
                hours.append(hourNames[Int(second / 3600) % 24])
            }
        }
    }

    /// The fine bucket that holds an instant.
    func fineBucket(of instant: Instant) -> Int? {
        guard let first = fine.first, let last = fine.last, first <= instant, instant < last else { return nil }
        var (low, high) = (0, fine.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if fine[middle] <= instant { low = middle } else { high = middle }
        }
        return low
    }

    /// Nil when a filter on weekday or hour leaves the bucket out.
    func slot(fine bucket: Int, key stored: [String?]) -> Slot? {
        guard owners.indices.contains(bucket) else { return nil }
        for filter in filters where !filter.matches(temporal(filter.dimension, bucket)) { return nil }
        var key: [String?] = []
        key.reserveCapacity(dimensions.count)
        var next = stored.startIndex
        for dimension in dimensions {
            if dimension.isTemporal {
                key.append(temporal(dimension, bucket))
            } else {
                guard next < stored.endIndex else { return nil }
                key.append(stored[next])
                next += 1
            }
        }
        return Slot(bucket: owners[bucket], key: key)
    }

    private func temporal(_ dimension: Dimension, _ bucket: Int) -> String {
        dimension == .weekday ? weekdays[bucket] : hours[bucket]
    }
}

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
    /// Wanted beside what the metrics are computed from.
    var measures: Set<Measure> = []
    var durations: Set<FactDuration> = []

    struct Result: Sendable {
        var slots: [Slot: Sums] = [:]
        /// Measures that cannot be added up over slots, counted over the whole period.
        var whole = Sums()
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
        if !maturities.isDisjoint(with: [.delivery, .read]), !result.slots.isEmpty {
            try await weighYoung(layout, into: &result)
        }
        if maturities.contains(.outcome), !result.slots.isEmpty { try await weighUndecided(layout, into: &result) }
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
        var measures = measures.union(query.metrics.flatMap(\.expression.needed))
        measures.formUnion(maturities.map(\.cohort))
        // Times of answered waits stand beside the number still waiting.
        if query.metrics.contains(where: \.leavesOutOpenWaits) { measures.insert(.wait(.open)) }
        let durations = durations.union(query.metrics.flatMap(\.expression.durations))
        let labels = Labels(layout, query: query)
        let order = order(layout.fine, measures: measures, durations: durations)
        let parts = planner.parts(order)
        // First what makes slots, then what is only counted to those that are there.
        for part in parts where !labels.dependsOnOthers(part.plan.fact) {
            try await add(part, labels, into: &result)
        }
        for part in parts where labels.dependsOnOthers(part.plan.fact) {
            try await add(part, labels, into: &result)
        }
        try await countDistinct(measures.filter(\.isDistinct), layout, into: &result)
        if query.metrics.contains(where: { $0.expression == .outliers }) {
            try await countOutliers(layout, labels, into: &result)
        }
    }

    private func add(_ part: Planner.Part, _ labels: Labels, into result: inout Result) async throws {
        let plan = part.plan
        if plan.source == .facts { result.isFromFacts = true }
        let targets = labels.targets(of: plan.fact, among: result.slots.keys)
        for row in try await store.run(plan).rows where part.buckets.indices.contains(row.bucket) {
            guard let slot = labels.slot(fine: part.buckets[row.bucket], key: row.key, of: plan) else { continue }
            for target in targets(slot) { result.slots[target, default: Sums()].add(row, of: plan) }
        }
    }

    private func order(
        _ boundaries: [Instant], measures: Set<Measure>, durations: Set<FactDuration> = [], more: [Dimension] = []
    ) -> Planner.Order {
        Planner.Order(
            boundaries: boundaries, measures: measures, durations: durations, dimensions: query.query.dimensions + more,
            filters: query.query.filters, asOf: now)
    }

    /// Who appears in two buckets is one person in the total, so the total is asked for, not added up.
    private func countDistinct(_ measures: Set<Measure>, _ layout: Layout, into result: inout Result) async throws {
        guard !measures.isEmpty, let from = layout.fine.first, let to = layout.fine.last, from < to else { return }
        if layout.fine.count == 2, query.query.dimensions.isEmpty {
            result.whole = result.slots.values.first ?? Sums()
            return
        }
        var order = order([from, to], measures: measures)
        order.dimensions = []
        for part in planner.parts(order) {
            for row in try await store.run(part.plan).rows { result.whole.add(row, of: part.plan) }
        }
    }

    // MARK: Outliers

    private func countOutliers(_ layout: Layout, _ labels: Labels, into result: inout Result) async throws {
        guard let from = layout.fine.first, let to = layout.fine.last, from < to else { return }
        let thresholds = try await OutlierThresholds.learn(from: store, planner: planner, range: from..<to, now: now)
        let inside = thresholds.weeks.filter { from < $0 && $0 < to }
        let dimensions = query.query.dimensions
        let order = order(
            Set(layout.fine).union(inside).sorted(), measures: [.wait(.answered)], durations: [.wait(.response)],
            more: dimensions.contains(.responder) ? [] : [.responder])
        let targets = labels.targets(of: .wait, among: result.slots.keys)
        for part in planner.parts(order) {
            let place = part.plan.dimensions.firstIndex(of: .responder)
            for row in try await store.run(part.plan).rows where part.plan.boundaries.indices.contains(row.bucket) {
                let start = part.plan.boundaries[row.bucket]
                guard let place, row.key.indices.contains(place), let times = row.histograms.first,
                    let threshold = thresholds.threshold(startedAt: start, responder: row.key[place]),
                    let fine = labels.fineBucket(of: start),
                    let slot = labels.slot(fine: fine, key: row.key, of: part.plan)
                else { continue }
                for target in targets(slot) {
                    result.slots[target, default: Sums()].outliers &+= times.count(above: threshold.bin)
                }
            }
        }
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
        let order = order(boundaries, measures: [.message(.accepted), .message(.delivered)])
        let targets = labels.targets(of: .message, among: result.slots.keys)
        for part in planner.parts(order) {
            for row in try await store.run(part.plan).rows where row.bucket + 1 < part.plan.boundaries.count {
                let start = part.plan.boundaries[row.bucket]
                let end = min(part.plan.boundaries[row.bucket + 1], now)
                var young = Sums()
                young.add(row, of: part.plan)
                let middle = Instant(microseconds: start.microseconds &+ end.microseconds(since: start) / 2)
                let age = now.microseconds(since: middle)
                guard age >= 0, let fine = labels.fineBucket(of: start),
                    let slot = labels.slot(fine: fine, key: row.key, of: part.plan)
                else { continue }
                for target in targets(slot) {
                    weigh(young, age: age, curves, in: &result.slots[target, default: Sums()])
                }
            }
        }
    }

    private func weigh(_ young: Sums, age: Int64, _ curves: Curves, in sums: inout Sums) {
        for kind in maturities where kind != .outcome {
            let curve = kind == .read ? curves.read : curves.delivery
            let messages = young[kind.cohort]
            guard messages > 0, age < curve.horizonSeconds * 1_000_000 else { continue }
            guard curve.isKnown else {
                sums.isMaturityUnknown = true
                continue
            }
            let missing = Double(messages) * (1 - curve.share(atAge: age))
            if kind == .read { sums.unread += missing } else { sums.undelivered += missing }
        }
    }

    /// How long after the send results are looked for before a message counts as without.
    static let outcomeSeconds: Int64 = 7 * 86_400

    /// Notes for each slot how many delivered messages are so young that an outcome may still be counted to them.
    private func weighUndecided(_ layout: Layout, into result: inout Result) async throws {
        guard let first = layout.fine.first, let last = layout.fine.last else { return }
        let young = QuarterHour(containing: now.adding(seconds: -Self.outcomeSeconds)).start
        let start = max(first, young)
        guard start < last else { return }
        let labels = Labels(layout, query: query)
        let targets = labels.targets(of: .message, among: result.slots.keys)
        let bounds = [start] + layout.fine.filter { start < $0 }
        for part in planner.parts(order(bounds, measures: [.message(.delivered)])) {
            for row in try await store.run(part.plan).rows where part.plan.boundaries.indices.contains(row.bucket) {
                guard let fine = labels.fineBucket(of: part.plan.boundaries[row.bucket]),
                    let slot = labels.slot(fine: fine, key: row.key, of: part.plan), let delivered = row.sums.first
                else { continue }
                for target in targets(slot) { result.slots[target, default: Sums()].undecided &+= delivered }
            }
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

extension Metric {
    /// A time of waits that have been answered.
    var leavesOutOpenWaits: Bool { fact == .wait && unit == .seconds && expression != .medianWithOpen }
}

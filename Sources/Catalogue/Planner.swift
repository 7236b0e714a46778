import Domain

/// Turns the time and dimensions of a question into plans for the store: the coarsest cells that can answer exactly.
///
/// Where whole days of the reporting zone lie between ragged ends, the days come from day cells and the ends from
/// 15-minute cells. Pure: no clock, no store.
package struct Planner: Sendable {
    /// One plan, and the caller's bucket for each of its buckets.
    package struct Part: Hashable, Sendable {
        package var plan: Plan
        package var buckets: [Int]
    }

    /// The zone whose midnights bound day cells.
    package let reporting: ZoneClock

    package init(reporting: ZoneClock) { self.reporting = reporting }

    /// Plans that together cover every bucket once. Temporal dimensions are not the store's: they are left out, and
    /// the caller tells them from the bucket.
    package func parts(
        boundaries: [Instant], measures: [MessageMeasure], durations: [MessageDuration], dimensions: [Dimension],
        filters: [Filter]
    ) -> [Part] {
        guard boundaries.count >= 2 else { return [] }
        let stored = dimensions.filter { !$0.isTemporal }
        let conditions = filters.filter { !$0.dimension.isTemporal }
        let part = { (source: Plan.Source, bounds: [Instant]) in
            Part(
                plan: Plan(
                    source: source, boundaries: bounds, measures: measures, durations: durations, dimensions: stored,
                    filters: conditions),
                buckets: Self.owners(of: bounds, in: boundaries))
        }
        let needed = Set(stored).union(conditions.map(\.dimension))
        guard let cube = Self.cube(covering: needed, durations: durations),
            boundaries.allSatisfy(Self.isQuarterHour)
        else { return [part(.facts, boundaries)] }
        guard let days = wholeDays(in: boundaries) else { return [part(.cells(cube, .quarterHour), boundaries)] }
        var parts: [Part] = []
        let pieces: [(Instant, Instant, CellGrain)] = [
            (boundaries[0], days.lowerBound, .quarterHour), (days.lowerBound, days.upperBound, .day),
            (days.upperBound, boundaries[boundaries.count - 1], .quarterHour),
        ]
        for (from, to, grain) in pieces where from < to {
            let inside = boundaries.filter { from < $0 && $0 < to }
            parts.append(part(.cells(cube, grain), [from] + inside + [to]))
        }
        return parts
    }

    /// The first cube that has all of those needed; nil when none has. Cubes are declared from the one with the fewest
    /// cells on: what is sent varies together, while countries, errors and agents multiply what they are kept with.
    static func cube(covering needed: Set<Dimension>, durations: [MessageDuration]) -> Cube? {
        Cube.allCases.first { (durations.isEmpty || $0.hasDurations) && needed.isSubset(of: $0.dimensions) }
    }

    static func isQuarterHour(_ instant: Instant) -> Bool {
        QuarterHour(containing: instant).start == instant
    }

    /// The longest stretch of whole reporting days from the first midnight on that no boundary cuts.
    private func wholeDays(in boundaries: [Instant]) -> Range<Instant>? {
        guard let from = boundaries.first, let to = boundaries.last else { return nil }
        let start = reporting.startOfDay(from)
        let first = start == from ? from : reporting.instant(of: reporting.date(of: from).adding(days: 1))
        guard first > from || start == from, Self.isQuarterHour(first) else { return nil }
        let cut = boundaries.first { $0 > first && !reporting.isMidnight($0) } ?? to
        let last = reporting.startOfDay(cut)
        guard first < last, Self.isQuarterHour(last) else { return nil }
        return first..<last
    }

    /// For each bucket of `bounds` the bucket of `boundaries` that holds it.
    private static func owners(of bounds: [Instant], in boundaries: [Instant]) -> [Int] {
        var owners: [Int] = []
        var owner = 0
        for from in bounds.dropLast() {
            while owner + 2 < boundaries.count, boundaries[owner + 1] <= from { owner += 1 }
            owners.append(owner)
        }
        return owners
    }
}

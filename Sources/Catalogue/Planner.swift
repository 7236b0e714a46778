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

    /// What is wanted of one stretch of time, of any number of facts. `Scope.swift` says to which of them a dimension
    /// applies.
    package struct Order: Hashable, Sendable {
        package var boundaries: [Instant]
        package var measures: Set<Measure>
        package var durations: Set<FactDuration>
        /// Temporal ones are not the store's: they are left out, and the caller tells them from the bucket.
        package var dimensions: [Dimension]
        package var filters: [Filter]
        package var asOf: Instant

        package init(
            boundaries: [Instant], measures: Set<Measure>, durations: Set<FactDuration> = [],
            dimensions: [Dimension] = [], filters: [Filter] = [], asOf: Instant = .distantPast
        ) {
            self.boundaries = boundaries
            self.measures = measures
            self.durations = durations
            self.dimensions = dimensions
            self.filters = filters
            self.asOf = asOf
        }
    }

    /// The zone whose midnights bound day cells.
    package let reporting: ZoneClock

    package init(reporting: ZoneClock) { self.reporting = reporting }

    /// Plans that together cover every bucket once for every measure and duration.
    package func parts(_ order: Order) -> [Part] {
        guard order.boundaries.count >= 2 else { return [] }
        return Fact.allCases.flatMap { fact in
            let measures = order.measures.filter { $0.fact == fact }.sorted { $0.index < $1.index }
            let durations = order.durations.filter { $0.fact == fact }.sorted { $0.index < $1.index }
            return summed(fact, measures.filter { !$0.isDistinct }, durations.filter { !$0.isRunning }, order)
                + counted(fact, measures.filter(\.isDistinct), [], order)
                + counted(fact, [], durations.filter(\.isRunning), order)
        }
    }

    /// What cells may hold.
    private func summed(_ fact: Fact, _ measures: [Measure], _ durations: [FactDuration], _ order: Order) -> [Part] {
        guard !measures.isEmpty || !durations.isEmpty else { return [] }
        // A store needs something to count even when only percentiles are asked.
        let measures = measures.isEmpty ? [fact.count] : measures
        let (stored, conditions) = order.scope(of: fact)
        // Amounts are kept apart by currency, whether or not the question does.
        let isByCurrency = measures.contains(where: \.isMoney) && !stored.contains(.currency)
        let dimensions = stored + (isByCurrency ? [.currency] : [])
        let boundaries = order.boundaries
        let part = { (source: Plan.Source, bounds: [Instant]) in
            Part(
                plan: Plan(
                    fact: fact, source: source, boundaries: bounds, measures: measures, durations: durations,
                    dimensions: dimensions, filters: conditions, asOf: order.asOf),
                buckets: Self.owners(of: bounds, in: boundaries))
        }
        let needed = Set(dimensions).union(conditions.map(\.dimension))
        guard let cube = Self.cube(of: fact, covering: needed, durations: durations),
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

    /// What adds up to nothing: people and conversations counted once however often they appear, and waits that still
    /// run.
    private func counted(_ fact: Fact, _ measures: [Measure], _ durations: [FactDuration], _ order: Order) -> [Part] {
        guard !measures.isEmpty || !durations.isEmpty else { return [] }
        let (dimensions, conditions) = order.scope(of: fact)
        let contacts = measures.filter(\.isOfContacts)
        let pieces: [(Plan.Source, [Measure], [FactDuration])] =
            if !contacts.isEmpty, let lastDay = lastDay(in: order.boundaries) {
                [
                    (.contacts(lastDay: lastDay), contacts, []),
                    (.facts, measures.filter { !$0.isOfContacts }, durations),
                ]
            } else {
                [(.facts, measures, durations)]
            }
        return pieces.filter { !$1.isEmpty || !$2.isEmpty }.map { source, measures, durations in
            Part(
                plan: Plan(
                    fact: fact, source: source, boundaries: order.boundaries, measures: measures,
                    durations: durations, dimensions: dimensions, filters: conditions, asOf: order.asOf),
                buckets: Array(0..<order.boundaries.count - 1))
        }
    }

    /// The start of the reporting day within which the last boundary lies, or itself; nil when another boundary lies
    /// within a day.
    private func lastDay(in boundaries: [Instant]) -> Instant? {
        guard let last = boundaries.last, boundaries.allSatisfy(Self.isQuarterHour),
            boundaries.dropLast().allSatisfy(reporting.isMidnight)
        else { return nil }
        let day = reporting.startOfDay(last)
        return Self.isQuarterHour(day) ? day : nil
    }

    /// The first cube of a fact that has all of those needed; nil when none has. Cubes are declared from the one with
    /// the fewest cells on: what is sent varies together, while countries, errors and agents multiply what they are
    /// kept with.
    static func cube(of fact: Fact, covering needed: Set<Dimension>, durations: [FactDuration]) -> Cube? {
        Cube.all(of: fact).first { Set(durations).isSubset(of: $0.durations) && needed.isSubset(of: $0.dimensions) }
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

extension FactDuration {
    /// Grows by itself while nothing happens, so that no cell can hold it.
    package var isRunning: Bool { self == .wait(.openFor) }
}

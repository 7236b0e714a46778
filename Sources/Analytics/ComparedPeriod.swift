import Catalogue
import Domain

/// The earlier period that an answer is held against, bucket by bucket.
struct ComparedPeriod: Sendable {
    let from: Instant
    let to: Instant
    /// Ends early, because the period that is asked about is not over: like is compared with like.
    let isClipped: Bool
    /// Bound i is that of the answer's bound i, so many days before. Equal bounds mean a bucket that clocks left out.
    let boundaries: [Instant]
    /// Nil when nothing of the period is left to ask about.
    let layout: Gathering.Layout?

    init(_ kind: Query.Comparison, of query: ResolvedQuery, now: Instant) {
        let days = Self.days(kind, of: query)
        let clock = query.clock
        var bounds: [Instant] = []
        for bound in query.boundaries {
            let moved = clock.moved(bound, days: -days)
            bounds.append(max(moved, bounds.last ?? moved))
        }
        var end = bounds.last ?? query.from
        // Up to the quarter hour that is now, so that cells can answer.
        let elapsed = QuarterHour(index: QuarterHour(containing: now).index &+ 1).start
        let isRunning = !query.hasTime && query.from <= now && elapsed < query.to
        if isRunning {
            end = min(end, clock.moved(elapsed, days: -days))
            bounds = bounds.map { min($0, end) }
        }
        from = bounds.first ?? query.from
        to = end
        isClipped = isRunning
        boundaries = bounds
        guard from < to else {
            layout = nil
            return
        }
        let inner = query.fineTime.boundaries(of: from..<to, clock: clock, max: Limits.answerBucketsMax * 2)
        let fine = Set(bounds).union(inner ?? [])
        layout = Gathering.Layout(boundaries: bounds, fine: fine.sorted())
    }

    /// How many local days back.
    private static func days(_ kind: Query.Comparison, of query: ResolvedQuery) -> Int64 {
        switch kind {
        case .lastYear: return 364
        case .previousPeriod:
            // By the clock on the wall, so that a week with a change of clocks is still a week.
            let (first, start) = query.clock.local(query.from)
            let (last, end) = query.clock.local(query.to)
            let seconds = (last.day - first.day) * 86_400 + end - start
            let week: Int64 = 7 * 86_400
            return max(1, (seconds + week - 1).flooredDivision(by: week)) * 7
        }
    }

    /// Whether the answer's bucket has a counterpart.
    func exists(bucket: Int) -> Bool {
        boundaries.indices.contains(bucket + 1) && boundaries[bucket] < boundaries[bucket + 1]
    }
}

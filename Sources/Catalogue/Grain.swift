import Domain

/// The width of a bucket of an answer.
package enum Grain: String, Sendable, CaseIterable, Codable {
    /// The whole range as one: no time column.
    case total
    case quarterHour = "quarter_hour"
    case hour
    case day
    /// From Monday.
    case week
    case month

    /// The next coarser grain; nil for the coarsest.
    var coarser: Grain? {
        switch self {
        case .quarterHour: .hour
        case .hour: .day
        case .day: .week
        case .week: .month
        case .month, .total: nil
        }
    }
}

extension ZoneClock {
    /// Bounds of the buckets of a half-open range, ascending: both ends, and every local start of a bucket between
    /// them. The first and last bucket are as long as the range lets them be. Nil when there are more than `max`.
    package func boundaries(of range: Range<Instant>, grain: Grain, max: Int) -> [Instant]? {
        guard !range.isEmpty else { return nil }
        var bounds = [range.lowerBound]
        var at = range.lowerBound
        while let next = next(after: at, grain: grain), next < range.upperBound {
            guard bounds.count < max else { return nil }
            bounds.append(next)
            at = next
        }
        bounds.append(range.upperBound)
        return bounds
    }

    /// Bounds of a half-open range, ascending: both ends, and every instant between them at which local clocks show one
    /// of the minutes of the day. Nil when there are more than `max`.
    package func boundaries(of range: Range<Instant>, atMinutes minutes: Set<Int>, max: Int) -> [Instant]? {
        guard !range.isEmpty else { return nil }
        let seconds = minutes.sorted().map { Int64($0) * 60 }
        guard let first = seconds.first else { return [range.lowerBound, range.upperBound] }
        var bounds = [range.lowerBound]
        var at = range.lowerBound
        while at < range.upperBound {
            let wall = local(at).second
            let ahead = (seconds.first { $0 > wall } ?? first + 86_400) - wall
            var next = Instant(seconds: at.seconds).adding(seconds: ahead)
            // From a change of clocks on, the minutes of the day are elsewhere.
            if let change = change(after: at, before: next) { next = change }
            guard next > at, next < range.upperBound else { break }
            guard bounds.count < max else { return nil }
            bounds.append(next)
            at = next
        }
        bounds.append(range.upperBound)
        return bounds
    }

    /// Where the bucket that holds an instant ends.
    private func next(after instant: Instant, grain: Grain) -> Instant? {
        let date = { self.date(of: instant) }
        let next: Instant
        switch grain {
        case .total: return nil
        case .quarterHour: next = nextStep(after: instant, seconds: 900)
        case .hour: next = nextStep(after: instant, seconds: 3600)
        case .day: next = self.instant(of: date().adding(days: 1))
        case .week: next = self.instant(of: date().startOfWeek.adding(days: 7))
        case .month: next = self.instant(of: date().startOfNextMonth)
        }
        return next > instant ? next : nil
    }

    /// The next instant at which local clocks show a whole number of steps, or at which they change: then the
    /// buckets on both sides are shorter, rather than one being counted as two hours.
    private func nextStep(after instant: Instant, seconds step: Int64) -> Instant {
        let offset = offsetSeconds(at: instant)
        let wall = instant.adding(seconds: offset).seconds
        let end = Instant(seconds: (wall.flooredDivision(by: step) + 1) * step - offset)
        return change(after: instant, before: end) ?? end
    }
}

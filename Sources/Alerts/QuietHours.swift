import Domain

/// When nobody is to be disturbed, on the clock of the route.
package struct QuietHours: Hashable, Sendable {
    /// Minutes after local midnight. `to` at or before `from` is of the next day: 22:00–07:00. Equal: no nightly hours.
    package var from: Int
    package var to: Int
    /// ISO weekdays on whose evening they begin.
    package var weekdays: Set<Int>
    /// ISO weekdays that are quiet from midnight to midnight.
    package var wholeDays: Set<Int>
    /// Urgent alerts go out all the same.
    package var urgentPasses: Bool

    package init(
        from: Int = 22 * 60, to: Int = 7 * 60, weekdays: Set<Int> = Set(1...7), wholeDays: Set<Int> = [],
        urgentPasses: Bool = true
    ) {
        self.from = from
        self.to = to
        self.weekdays = weekdays
        self.wholeDays = wholeDays
        self.urgentPasses = urgentPasses
    }

    /// When the quiet that holds at `now` is over; nil when it is not quiet. Nights and whole days that touch are one.
    package func end(at now: Instant, on clock: ZoneClock) -> Instant? {
        var end: Instant?
        var at = now
        // A week has at most seven nights and seven days; more rounds than that would be a week without a break.
        for _ in 0..<16 {
            guard let next = currentEnd(at: at, on: clock), next > at else { return end }
            end = next
            at = next
        }
        return end
    }

    private func currentEnd(at now: Instant, on clock: ZoneClock) -> Instant? {
        let today = clock.date(of: now)
        var latest: Instant?
        for date in [today.adding(days: -1), today] {
            var intervals: [(Instant, Instant)] = []
            if wholeDays.contains(date.weekday) {
                intervals.append((clock.instant(of: date), clock.instant(of: date.adding(days: 1))))
            }
            if from != to, weekdays.contains(date.weekday) {
                let last = to <= from ? date.adding(days: 1) : date
                let opens = clock.instant(of: date, second: Int64(from) * 60)
                intervals.append((opens, clock.instant(of: last, second: Int64(to) * 60)))
            }
            for (opens, closes) in intervals where opens <= now && now < closes {
                latest = max(latest ?? closes, closes)
            }
        }
        return latest
    }
}

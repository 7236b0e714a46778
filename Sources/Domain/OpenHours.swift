/// A calendar made ready to count with: when it is open, between any two instants.
///
/// An interval of a day begins when that day's clock first reaches its first reading, and ends when the clock first
/// reaches its last: one shift, however clocks change meanwhile. A reading that clocks skip is reached at the leap.
package struct OpenHours: Hashable, Sendable {
    package let calendar: WorkCalendar
    private let clock: ZoneClock
    /// Shifts by weekday (Monday first): the ordinary week, then that of each special period.
    private let weeks: [[[Shift]]]
    /// Ascending, without overlaps.
    private let stretches: [Stretch]
    /// Days since 1970, ascending.
    private let holidays: [Int64]

    /// Seconds after local midnight.
    private struct Shift: Sendable {
        var from: Int64
        var to: Int64
    }

    /// Days on which another week than the ordinary one holds, both ends included.
    private struct Stretch: Sendable {
        var from: Int64
        var to: Int64
        var week: Int
    }

    /// Nothing is open outside these years, so that a wild time stamp costs no more than a century of days.
    private static let years =
        Instant(seconds: 14_245 * 86_400)..<Instant(seconds: 47_482 * 86_400)  // 2009-01-01 ..< 2100-01-01

    /// Furthest that `instant(afterOpen:from:)` looks ahead.
    package static let daysAheadMax: Int64 = 400

    /// Throws `unprocessable`, naming what is wrong, when the calendar makes no sense.
    package init(_ calendar: WorkCalendar) throws(Failure) {
        try calendar.check()
        self.calendar = calendar
        clock = try ZoneClock.named(calendar.timeZone)
        weeks = ([calendar.weekly] + calendar.specials.map(\.weekly)).map(Self.week)
        stretches = Self.stretches(calendar.specials)
        holidays = Set(calendar.holidays.map(\.date.day)).sorted()
    }

    /// Open time between two instants; 0 when `to` is not after `from`.
    package func openMicroseconds(from: Instant, to: Instant) -> Int64 {
        var sum: Int64 = 0
        visitOpen(from: from, to: to) { opens, closes in
            sum &+= closes.microseconds &- opens.microseconds
            return true
        }
        return sum
    }

    /// The first instant by which that much open time has passed since `from`: `from` itself for none. Nil when there
    /// is not so much within `daysAheadMax` days.
    package func instant(afterOpen microseconds: Int64, from: Instant) -> Instant? {
        guard microseconds > 0 else { return from }
        var left = microseconds
        var found: Instant?
        visitOpen(from: from, to: from.adding(seconds: Self.daysAheadMax * 86_400)) { opens, closes in
            let length = closes.microseconds &- opens.microseconds
            if left <= length {
                found = Instant(microseconds: opens.microseconds &+ left)
                return false
            }
            left &-= length
            return true
        }
        return found
    }

    /// The open stretches between two instants, cut to them, ascending; those that touch are one.
    package func openIntervals(from: Instant, to: Instant) -> [Range<Instant>] {
        var intervals: [Range<Instant>] = []
        visitOpen(from: from, to: to) { opens, closes in
            if let last = intervals.last, last.upperBound == opens {
                intervals[intervals.count - 1] = last.lowerBound..<closes
            } else {
                intervals.append(opens..<closes)
            }
            return true
        }
        return intervals
    }

    /// Visits the shifts that lie between two instants, cut to them, in order, until told to stop. The work is that of
    /// the days between, whatever the size of the calendar.
    private func visitOpen(from: Instant, to: Instant, _ visit: (Instant, Instant) -> Bool) {
        let from = max(from, Self.years.lowerBound)
        let to = min(to, Self.years.upperBound)
        guard from < to else { return }
        var date = clock.date(of: from)
        // One more day: where clocks go back over midnight, a day begins before the one before it is over.
        let last = clock.date(of: to).adding(days: 1)
        while date <= last {
            for shift in shifts(on: date) {
                let opens = clock.instant(of: date, second: shift.from)
                guard opens < to else { return }
                let closes = min(clock.instant(of: date, second: shift.to), to)
                guard max(opens, from) < closes else { continue }
                guard visit(max(opens, from), closes) else { return }
            }
            date = date.adding(days: 1)
        }
    }

    private func shifts(on date: LocalDate) -> [Shift] {
        let holiday = Self.firstIndex(in: holidays.count) { holidays[$0] >= date.day }
        if holiday < holidays.count, holidays[holiday] == date.day { return [] }
        let stretch = Self.firstIndex(in: stretches.count) { stretches[$0].to >= date.day }
        let isSpecial = stretch < stretches.count && stretches[stretch].from <= date.day
        return weeks[isSpecial ? stretches[stretch].week : 0][date.weekday - 1]
    }

    /// The first index from which on `holds` is true; `count` when there is none.
    private static func firstIndex(in count: Int, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func week(_ weekly: [Int: [WorkCalendar.Interval]]) -> [[Shift]] {
        (1...7).map { weekday in
            (weekly[weekday] ?? []).sorted().map { Shift(from: Int64($0.from) * 60, to: Int64($0.to) * 60) }
        }
    }

    /// Lays special periods over each other, later ones on top.
    private static func stretches(_ specials: [WorkCalendar.Special]) -> [Stretch] {
        let bounds = Set(specials.flatMap { [$0.from.day, $0.to.day + 1] }).sorted()
        var stretches: [Stretch] = []
        for (from, next) in zip(bounds, bounds.dropFirst()) {
            guard let top = specials.lastIndex(where: { $0.from.day <= from && $0.to.day >= from }) else { continue }
            stretches.append(Stretch(from: from, to: next - 1, week: top + 1))
        }
        return stretches
    }

    package static func == (a: Self, b: Self) -> Bool { a.calendar == b.calendar }
    package func hash(into hasher: inout Hasher) { hasher.combine(calendar) }
}

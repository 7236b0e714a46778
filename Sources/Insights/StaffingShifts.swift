import Domain

/// How many agents work each shift of each day, so that everybody who is needed is there: the fewest.
///
/// Method: from the first stretch to the last, where too few are there, agents are added to the shift that is on and
/// ends latest. No other choice covers more of what follows, so the total is the smallest there is (the exchange
/// argument for covering points by intervals; Dilworth-type duality of consecutive-ones matrices, Fulkerson and Gross
/// 1965). Ties go to the shift that begins latest: the fewest paid hours. The cover is then counted anew.
package struct StaffingShifts: Hashable, Sendable {
    /// A shift that can be worked.
    package struct Pattern: Hashable, Sendable {
        package var name: String
        /// Minutes after local midnight, 0 … 1439.
        package var start: Int
        /// Minutes after the midnight of the day it begins on; at or before `start` it ends on the next day.
        package var end: Int
        /// ISO, 1 Monday … 7 Sunday: days on which it begins.
        package var weekdays: Set<Int>

        package init(name: String, start: Int, end: Int, weekdays: Set<Int> = Set(1...7)) {
            self.name = name
            self.start = start
            self.end = end
            self.weekdays = weekdays
        }

        /// One of the workspace's own shifts.
        package init(_ shift: Shift, weekdays: Set<Int> = Set(1...7)) {
            self.init(name: shift.name, start: shift.from, end: shift.to, weekdays: weekdays)
        }
    }

    /// A shift on one day.
    package struct Row: Hashable, Sendable {
        package let date: LocalDate
        package let pattern: Pattern
        package let from: Instant
        package let to: Instant
        package let agents: Int
    }

    /// By time, then in the order of the patterns; shifts that nobody works are left out.
    package let rows: [Row]
    /// Agents there in each stretch of the plan, in its order.
    package let staffed: [Int]
    /// Needed in each.
    package let needed: [Int]
    /// Starts of the stretches that need somebody but in which no shift is on.
    package let uncoverable: [Instant]

    /// One agent working one shift counts one.
    package var total: Int { rows.reduce(0) { $0 + $1.agents } }
    /// Paid.
    package var agentHours: Double {
        rows.reduce(0) { $0 + Double($1.agents) * Double($1.to.seconds - $1.from.seconds) / 3_600 }
    }
    /// Agents there but not needed, as a share of all that are there.
    package var surplus: Double {
        let there = staffed.reduce(0, +)
        guard there > 0 else { return 0 }
        return Double(zip(staffed, needed).reduce(0) { $0 + max(0, $1.0 - $1.1) }) / Double(there)
    }
    package var isCovered: Bool { zip(staffed, needed).allSatisfy { $0 >= $1 } }

    package init(_ plan: StaffingPlan, patterns: [Pattern], clock: ZoneClock) throws(Failure) {
        try self.init(
            stretches: plan.needs.map { need in
                (need.demand.start, need.demand.start.adding(seconds: need.demand.seconds), need.rostered)
            }, patterns: patterns, clock: clock)
    }

    /// - Parameter stretches: in the order of time.
    package init(
        stretches: [(from: Instant, to: Instant, needed: Int)], patterns: [Pattern], clock: ZoneClock
    ) throws(Failure) {
        for pattern in patterns {
            guard (0..<1_440).contains(pattern.start), (0...1_440).contains(pattern.end),
                pattern.weekdays.isSubset(of: 1...7)
            else {
                throw Failure(
                    .unprocessable,
                    id: "Jam sif \"\(String(pattern.name.prefix(64)))\" tidak bisa dipakai: tulis menit sejak tengah "
                        + "malam (0–1439) dan hari 1 Senin sampai 7 Minggu.",
                    en: "The times of shift \"\(String(pattern.name.prefix(64)))\" cannot be used: give minutes after "
                        + "midnight (0–1439) and days 1 Monday to 7 Sunday.")
            }
        }
        let stretches =
            stretches.map { ($0.from, $0.to, min(max(0, $0.needed), ErlangQueue.serversMax)) }
            as [(from: Instant, to: Instant, needed: Int)]
        let offers = Self.offers(stretches, patterns, clock)
        var counts = Array(repeating: 0, count: offers.count)
        var staffed = Array(repeating: 0, count: stretches.count)
        var uncoverable: [Instant] = []
        for (index, stretch) in stretches.enumerated() where staffed[index] < stretch.needed {
            // Those on for the whole of the stretch.
            let on = offers.indices.filter { offers[$0].from <= stretch.from && offers[$0].to >= stretch.to }
            let best = on.max { a, b in
                (offers[a].to.microseconds, offers[a].from.microseconds)
                    < (offers[b].to.microseconds, offers[b].from.microseconds)
            }
            guard let best else {
                uncoverable.append(stretch.from)
                continue
            }
            let missing = stretch.needed - staffed[index]
            counts[best] += missing
            for later in index..<stretches.count {
                guard stretches[later].to <= offers[best].to else { break }
                staffed[later] += missing
            }
        }
        rows = offers.indices.compactMap { index in
            counts[index] > 0 ? offers[index].row(agents: counts[index]) : nil
        }
        self.uncoverable = uncoverable
        needed = stretches.map(\.needed)
        // Counted anew from the rows, so that `isCovered` proves the cover and not the way to it.
        let worked = rows
        self.staffed = stretches.map { stretch in
            worked.reduce(0) { $0 + ($1.from <= stretch.from && $1.to >= stretch.to ? $1.agents : 0) }
        }
    }

    private struct Offer {
        var date: LocalDate
        var pattern: Pattern
        var from: Instant
        var to: Instant

        func row(agents: Int) -> Row { Row(date: date, pattern: pattern, from: from, to: to, agents: agents) }
    }

    /// Every shift of every day, from the day before the first stretch on: a night shift reaches into it.
    private static func offers(
        _ stretches: [(from: Instant, to: Instant, needed: Int)], _ patterns: [Pattern], _ clock: ZoneClock
    ) -> [Offer] {
        guard let first = stretches.first, let last = stretches.last else { return [] }
        let days =
            clock.date(of: first.from).adding(days: -1)
            .day...max(
                clock.date(of: last.to).day, clock.date(of: first.from).day)
        var offers: [Offer] = []
        for day in days.prefix(400) {
            let date = LocalDate(day: day)
            for pattern in patterns where pattern.weekdays.contains(date.weekday) {
                let isOvernight = pattern.end <= pattern.start
                let from = clock.instant(of: date, second: Int64(pattern.start) * 60)
                let to = clock.instant(
                    of: isOvernight ? date.adding(days: 1) : date, second: Int64(pattern.end) * 60)
                guard to > first.from, from < last.to, from < to else { continue }
                offers.append(Offer(date: date, pattern: pattern, from: from, to: to))
            }
        }
        return offers
    }
}

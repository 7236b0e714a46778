import Domain
import Testing

/// A seeded source of chance (SplitMix64), so that a failing case can be run again.
private struct Chance: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}

/// A zone as the law has it: offsets in minutes, and from when on; the span in which it is watched.
private struct Zone: Sendable, CustomTestStringConvertible {
    var name: String
    var offsets: [(from: String, minutes: Int64)]
    var first: String
    var testDescription: String { name }

    /// Offsets with the minute since 1970 from which on each is in force.
    func changes() throws -> [(from: Int64, minutes: Int64)] {
        try offsets.map { change in
            (change.from.isEmpty ? .min : try #require(RFC3339.parse(change.from)).seconds / 60, change.minutes)
        }
    }
}

private let zones = [
    Zone(name: "Asia/Jakarta", offsets: [("", 420)], first: "2026-03-14T00:00:00Z"),
    Zone(name: "Asia/Kolkata", offsets: [("", 330)], first: "2026-03-14T00:00:00Z"),
    Zone(name: "Asia/Kathmandu", offsets: [("", 345)], first: "2026-03-14T00:00:00Z"),
    Zone(
        name: "Europe/Berlin", offsets: [("", 60), ("2026-03-29T01:00:00Z", 120)], first: "2026-03-23T00:00:00Z"),
    Zone(
        name: "Europe/Berlin", offsets: [("", 120), ("2026-10-25T01:00:00Z", 60)], first: "2026-10-19T00:00:00Z"),
    // Clocks leapt at midnight, and went back to 23:00 at midnight.
    Zone(
        name: "America/Sao_Paulo", offsets: [("", -180), ("2017-10-15T03:00:00Z", -120)],
        first: "2017-10-09T00:00:00Z"),
    Zone(
        name: "America/Sao_Paulo", offsets: [("", -120), ("2018-02-18T02:00:00Z", -180)],
        first: "2018-02-12T00:00:00Z"),
    // Half an hour of daylight saving.
    Zone(
        name: "Australia/Lord_Howe", offsets: [("", 660), ("2026-04-04T15:00:00Z", 630)],
        first: "2026-03-30T00:00:00Z"),
]

/// Counts minute by minute what the code under test computes from edges.
@Suite("Open hours, against a count of minutes")
struct OpenHoursOracleTests {
    private static let days = 12

    private func weekly(_ chance: inout Chance) -> [Int: [WorkCalendar.Interval]] {
        var weekly: [Int: [WorkCalendar.Interval]] = [:]
        for weekday in 1...7 where chance.number(1...4) > 1 {
            // Edges on round and on odd minutes, midnight included; two or four of them make one or two shifts.
            let edges = Set(
                (0..<chance.number(2...5)).map { _ in
                    [chance.number(0...24) * 60, chance.number(0...96) * 15, chance.number(0...1440)][
                        chance.number(0...2)]
                }
            ).sorted()
            let shifts = stride(from: 0, to: edges.count - 1, by: 2).map {
                WorkCalendar.Interval(from: edges[$0], to: edges[$0 + 1])
            }
            if !shifts.isEmpty { weekly[weekday] = shifts.reversed() }
        }
        return weekly
    }

    private func calendar(_ zone: Zone, around first: LocalDate, _ chance: inout Chance) -> WorkCalendar {
        func date(_ chance: inout Chance) -> LocalDate { first.adding(days: Int64(chance.number(-2...14))) }
        let holidays = (0..<chance.number(0...3)).map { _ in WorkCalendar.Holiday(date: date(&chance), name: "") }
        let specials = (0..<chance.number(0...3)).map { _ in
            let ends = [date(&chance), date(&chance)].sorted()
            return WorkCalendar.Special(name: "", from: ends[0], to: ends[1], weekly: weekly(&chance))
        }
        return WorkCalendar(
            scope: .workspace, timeZone: zone.name, weekly: weekly(&chance), holidays: holidays, specials: specials)
    }

    /// Whether each minute from `first` on is open. A shift runs from when the day's clock first shows its beginning
    /// until it first shows its end, so what counts is the furthest reading so far.
    private func openMinutes(_ calendar: WorkCalendar, _ zone: Zone, first: Int64) throws -> [Bool] {
        let holidays = Set(calendar.holidays.map(\.date))
        let changes = try zone.changes()
        var furthest = Int64.min
        var open: [Bool] = []
        for minute in (first - 2 * 1440)..<(first + Int64(Self.days) * 1440) {
            furthest = max(furthest, minute + (changes.last { $0.from <= minute }?.minutes ?? 0))
            guard minute >= first else { continue }
            let date = LocalDate(day: furthest / 1440)
            let reading = Int(furthest % 1440)
            let special = calendar.specials.last { $0.from <= date && date <= $0.to }
            let shifts = (special?.weekly ?? calendar.weekly)[date.weekday] ?? []
            open.append(!holidays.contains(date) && shifts.contains { $0.from <= reading && reading < $0.to })
        }
        return open
    }

    @Test("Sums, intervals and due times are those of the minutes", arguments: zones)
    private func minutes(_ zone: Zone) throws {
        var chance = Chance(state: 11)
        let first = try #require(RFC3339.parse(zone.first)).seconds / 60
        let instant = { (minute: Int) in Instant(seconds: (first + Int64(minute)) * 60) }
        for round in 0..<8 {
            let calendar = calendar(zone, around: LocalDate(day: first / 1440), &chance)
            guard let hours = try? OpenHours(calendar) else { continue }
            let open = try openMinutes(calendar, zone, first: first)
            var before = [0]
            for isOpen in open { before.append((before.last ?? 0) + (isOpen ? 1 : 0)) }
            for _ in 0..<30 {
                let ends = [chance.number(0...open.count), chance.number(0...open.count)].sorted()
                let (from, to) = (instant(ends[0]), instant(ends[1]))
                let expected = Int64(before[ends[1]] - before[ends[0]]) * 60_000_000
                #expect(
                    hours.openMicroseconds(from: from, to: to) == expected, "round \(round), minutes \(ends)")
                let edges = hours.openIntervals(from: from, to: to).flatMap { [$0.lowerBound, $0.upperBound] }
                let changes = (ends[0]...ends[1]).filter { minute in
                    let isOpen = minute < ends[1] && open[minute]
                    return isOpen != (minute > ends[0] && open[minute - 1])
                }
                #expect(edges == changes.map(instant), "round \(round), minutes \(ends)")
                guard expected > 0 else { continue }
                // The last minute that was needed ends when the time is up.
                let needed = chance.number(1...(before[ends[1]] - before[ends[0]]))
                let last = try #require(
                    (ends[0]..<ends[1]).first { open[$0] && before[$0 + 1] - before[ends[0]] == needed })
                #expect(
                    hours.instant(afterOpen: Int64(needed) * 60_000_000, from: from) == instant(last + 1),
                    "round \(round), \(needed) minutes from \(ends[0])")
            }
        }
    }

    @Test("Open time adds up over any cut, and a due time is the first instant with that much open time before it")
    func additiveAndInverse() throws {
        var chance = Chance(state: 12)
        for zone in zones {
            let first = try #require(RFC3339.parse(zone.first))
            let calendar = calendar(zone, around: LocalDate(day: first.seconds / 86_400), &chance)
            guard let hours = try? OpenHours(calendar) else { continue }
            for _ in 0..<100 {
                let cuts = (0..<3).map { _ in
                    Instant(microseconds: first.microseconds + Int64(chance.number(0...(12 * 86_400_000_000))))
                }.sorted()
                let whole = hours.openMicroseconds(from: cuts[0], to: cuts[2])
                let parts =
                    hours.openMicroseconds(from: cuts[0], to: cuts[1])
                    + hours.openMicroseconds(from: cuts[1], to: cuts[2])
                #expect(whole == parts)
                #expect(
                    whole
                        == hours.openIntervals(from: cuts[0], to: cuts[2])
                        .reduce(0) { $0 + $1.upperBound.microseconds(since: $1.lowerBound) })
                guard whole > 0 else { continue }
                let wanted = Int64(chance.number(1...Int(whole)))
                let due = try #require(hours.instant(afterOpen: wanted, from: cuts[0]))
                #expect(hours.openMicroseconds(from: cuts[0], to: due) == wanted)
                let justBefore = Instant(microseconds: due.microseconds - 1)
                #expect(hours.openMicroseconds(from: cuts[0], to: justBefore) == wanted - 1)
            }
        }
    }
}

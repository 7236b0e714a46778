import Domain
import Testing

@testable import Catalogue

/// Instants below are spelt in UTC, worked out from the rules of each zone, not from the code.
private func utc(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }

@Suite("Local dates")
struct LocalDateTests {
    @Test func epochWasAThursday() throws {
        let date = try #require(LocalDate("1970-01-01"))
        #expect(date.day == 0)
        #expect(date.weekday == 4)
    }

    @Test func leapYears() {
        #expect(LocalDate("2024-02-29") != nil)
        #expect(LocalDate("2026-02-29") == nil)
        #expect(LocalDate("2000-02-29") != nil)
        #expect(LocalDate("1900-02-29") == nil)
    }

    @Test(arguments: [
        "2026-13-01", "2026-00-10", "2026-04-31", "26-04-01", "2026-4-1", "2026-04-01T", "", "0000-01-01",
    ])
    func notADate(_ text: String) { #expect(LocalDate(text) == nil) }

    @Test func weeksBeginOnMonday() throws {
        // 2026-03-29 is a Sunday: 2026-01-01 is a Thursday, 87 days later.
        let sunday = try #require(LocalDate("2026-03-29"))
        #expect(sunday.weekday == 7)
        #expect("\(sunday.startOfWeek)" == "2026-03-23")
    }

    @Test func monthsEndWhereTheNextBegins() throws {
        let date = try #require(LocalDate("2026-01-31"))
        #expect("\(date.startOfMonth)" == "2026-01-01")
        #expect("\(date.startOfNextMonth)" == "2026-02-01")
        #expect("\(try #require(LocalDate("2026-12-05")).startOfNextMonth)" == "2027-01-01")
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: Int64(-73_000), through: 73_000, by: 1) {
            let date = LocalDate(day: day)
            let (year, month, number) = date.civil
            #expect(LocalDate(year: year, month: month, day: number) == date)
        }
    }

    @Test func arithmeticStaysInTheCalendar() {
        #expect("\(LocalDate(day: .max).adding(days: .max))" == "9999-12-31")
        #expect("\(LocalDate(day: .min).adding(days: .min))" == "0001-01-01")
    }
}

@Suite("Clocks of time zones")
struct ZoneClockTests {
    @Test(arguments: ["Foo/Bar", "WIB", "GMT+7", "", "asia/jakarta", "../etc/passwd", "EST"])
    func unknownZones(_ name: String) {
        #expect(throws: Failure.self) { try ZoneClock.named(name) }
    }

    @Test func daysOfBerlinAtTheChangeOfClocks() throws {
        let berlin = try ZoneClock.named("Europe/Berlin")
        // CET is UTC+1, CEST UTC+2; clocks change at 01:00 UTC on the last Sundays of March and October.
        let spring = try #require(LocalDate("2026-03-29"))
        #expect(berlin.instant(of: spring) == (try utc("2026-03-28T23:00:00Z")))
        #expect(berlin.instant(of: spring.adding(days: 1)) == (try utc("2026-03-29T22:00:00Z")))  // 23 hours
        let autumn = try #require(LocalDate("2026-10-25"))
        #expect(berlin.instant(of: autumn) == (try utc("2026-10-24T22:00:00Z")))
        #expect(berlin.instant(of: autumn.adding(days: 1)) == (try utc("2026-10-25T23:00:00Z")))  // 25 hours
    }

    @Test(arguments: [("2026-03-29", 23), ("2026-10-25", 25), ("2026-07-01", 24)])
    func hoursAreRealHours(_ day: String, _ count: Int) throws {
        let berlin = try ZoneClock.named("Europe/Berlin")
        let date = try #require(LocalDate(day))
        let range = berlin.instant(of: date)..<berlin.instant(of: date.adding(days: 1))
        let bounds = try #require(berlin.boundaries(of: range, grain: .hour, max: 100))
        #expect(bounds.count == count + 1)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $1.microseconds(since: $0) == 3_600_000_000 })
    }

    @Test func skippedAndRepeatedReadings() throws {
        let berlin = try ZoneClock.named("Europe/Berlin")
        let spring = try #require(LocalDate("2026-03-29"))
        // 02:30 is skipped: the leap is at 01:00 UTC. 03:00 exists again, as UTC+2.
        #expect(berlin.instant(of: spring, second: 9_000) == (try utc("2026-03-29T01:00:00Z")))
        #expect(berlin.instant(of: spring, second: 10_800) == (try utc("2026-03-29T01:00:00Z")))
        // 02:30 comes twice: the first time as UTC+2.
        let autumn = try #require(LocalDate("2026-10-25"))
        #expect(berlin.instant(of: autumn, second: 9_000) == (try utc("2026-10-25T00:30:00Z")))
    }

    @Test func saoPauloHasNoSummerTimeSince2019() throws {
        let zone = try ZoneClock.named("America/Sao_Paulo")
        let date = try #require(LocalDate("2026-11-01"))
        #expect(zone.instant(of: date) == (try utc("2026-11-01T03:00:00Z")))
        #expect(zone.instant(of: date.adding(days: 1)) == (try utc("2026-11-02T03:00:00Z")))
        // On 2018-11-04 the clock went from 00:00 to 01:00: the day begins at the leap.
        let gone = try #require(LocalDate("2018-11-04"))
        let start = zone.instant(of: gone)
        #expect(start == (try utc("2018-11-04T03:00:00Z")))
        #expect(zone.rfc3339(start) == "2018-11-04T01:00:00-02:00")
        #expect(zone.isMidnight(start))
        #expect(zone.instant(of: gone.adding(days: 1)) == (try utc("2018-11-05T02:00:00Z")))
    }

    @Test(arguments: [
        ("Asia/Kolkata", "+05:30", "2026-05-31T18:30:00Z"), ("Asia/Kathmandu", "+05:45", "2026-05-31T18:15:00Z"),
    ])
    func zonesOffTheHour(_ name: String, _ offset: String, _ midnight: String) throws {
        let zone = try ZoneClock.named(name)
        let start = zone.instant(of: try #require(LocalDate("2026-06-01")))
        #expect(start == (try utc(midnight)))
        #expect(zone.rfc3339(start) == "2026-06-01T00:00:00" + offset)
        #expect(Planner.isQuarterHour(start))
    }

    @Test func lordHoweChangesByHalfAnHour() throws {
        // UTC+11 in summer, UTC+10:30 in winter; on the first Sunday of April at 02:00 back to 01:30, which is
        // 2026-04-04T15:00Z; on the first Sunday of October at 02:00 on to 02:30, which is 2026-10-03T15:30Z.
        let zone = try ZoneClock.named("Australia/Lord_Howe")
        let april = try #require(LocalDate("2026-04-05"))
        #expect(zone.instant(of: april) == (try utc("2026-04-04T13:00:00Z")))
        #expect(zone.instant(of: april.adding(days: 1)) == (try utc("2026-04-05T13:30:00Z")))  // 24.5 hours
        let range = zone.instant(of: april)..<zone.instant(of: april.adding(days: 1))
        let bounds = try #require(zone.boundaries(of: range, grain: .hour, max: 100))
        #expect(bounds.contains(try utc("2026-04-04T15:00:00Z")))
        #expect(bounds.contains(try utc("2026-04-04T15:30:00Z")))  // 02:00 for good
        #expect(bounds.count == 26)  // 24 whole hours and the half hour that came twice
        let october = try #require(LocalDate("2026-10-04"))
        #expect(
            zone.instant(of: october.adding(days: 1)).microseconds(since: zone.instant(of: october)) == 84_600_000_000)
    }

    @Test func pyongyangChangedInTheMiddleOfAnHour() throws {
        // On 2018-05-04 at 23:30 (UTC+8:30) clocks went to 00:00 of the next day (UTC+9): 15:00Z.
        let zone = try ZoneClock.named("Asia/Pyongyang")
        let range = try utc("2018-05-04T14:30:00Z")..<utc("2018-05-04T17:00:00Z")
        #expect(
            zone.boundaries(of: range, grain: .hour, max: 10) == [
                range.lowerBound, try utc("2018-05-04T15:00:00Z"), try utc("2018-05-04T16:00:00Z"), range.upperBound,
            ])
        #expect(zone.instant(of: try #require(LocalDate("2018-05-05"))) == (try utc("2018-05-04T15:00:00Z")))
    }

    @Test func sameOffsetButOtherRules() throws {
        // Both are UTC+1 in winter; Lagos has no summer time (field lesson 14).
        let (berlin, lagos) = (try ZoneClock.named("Europe/Berlin"), try ZoneClock.named("Africa/Lagos"))
        let winter = try #require(LocalDate("2026-01-15"))
        let summer = try #require(LocalDate("2026-07-15"))
        #expect(berlin.instant(of: winter) == lagos.instant(of: winter))
        #expect(berlin.instant(of: summer) == (try utc("2026-07-14T22:00:00Z")))
        #expect(lagos.instant(of: summer) == (try utc("2026-07-14T23:00:00Z")))
    }

    @Test func jakartaKnowsNoSummerTime() throws {
        let jakarta = try ZoneClock.named("Asia/Jakarta")
        #expect(jakarta.rfc3339(try utc("2026-09-30T17:00:00Z")) == "2026-10-01T00:00:00+07:00")
        #expect(jakarta.startOfDay(try utc("2026-10-01T16:59:59.999999Z")) == (try utc("2026-09-30T17:00:00Z")))
        #expect(jakarta.isMidnight(try utc("2026-09-30T17:00:00Z")))
        #expect(!jakarta.isMidnight(try utc("2026-09-30T17:15:00Z")))
    }

    @Test func movingKeepsTheReadingOfTheClock() throws {
        let berlin = try ZoneClock.named("Europe/Berlin")
        // 10:00 on Monday after the change (UTC+2) and seven days before (UTC+1).
        #expect(berlin.moved(try utc("2026-03-30T08:00:00Z"), days: -7) == (try utc("2026-03-23T09:00:00Z")))
    }

    @Test func noInstantTraps() throws {
        for name in ["Asia/Jakarta", "Europe/Berlin", "UTC"] {
            let zone = try ZoneClock.named(name)
            for instant in [Instant.distantPast, .distantFuture, Instant(microseconds: 0)] {
                _ = zone.startOfDay(instant)
                _ = zone.rfc3339(instant)
                _ = zone.moved(instant, days: .max)
                _ = zone.moved(instant, days: -7)
            }
        }
    }
}

@Suite("Buckets of time")
struct GrainTests {
    private func bounds(_ from: String, _ to: String, _ grain: Grain, _ zone: String = "Asia/Jakarta") throws
        -> [String]
    {
        let clock = try ZoneClock.named(zone)
        let range = clock.instant(of: try #require(LocalDate(from)))..<clock.instant(of: try #require(LocalDate(to)))
        return try #require(clock.boundaries(of: range, grain: grain, max: 1000)).map {
            String(clock.rfc3339($0).prefix(10))
        }
    }

    @Test func total() throws {
        #expect(try bounds("2026-10-01", "2026-10-08", .total) == ["2026-10-01", "2026-10-08"])
    }

    @Test func days() throws {
        #expect(
            try bounds("2026-10-01", "2026-10-04", .day) == ["2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04"])
    }

    @Test func weeksAreCutByTheRange() throws {
        // 2026-10-01 is a Thursday; Mondays are the 5th and the 12th.
        #expect(
            try bounds("2026-10-01", "2026-10-14", .week) == ["2026-10-01", "2026-10-05", "2026-10-12", "2026-10-14"])
    }

    @Test func months() throws {
        #expect(
            try bounds("2026-01-15", "2026-03-31", .month) == ["2026-01-15", "2026-02-01", "2026-03-01", "2026-03-31"])
    }

    @Test func tooMany() throws {
        let clock = try ZoneClock.named("Asia/Jakarta")
        let range = Instant(seconds: 0)..<Instant(seconds: 864_000)
        #expect(clock.boundaries(of: range, grain: .hour, max: 240) != nil)
        #expect(clock.boundaries(of: range, grain: .hour, max: 239) == nil)
    }
}

import Domain
import Testing

private func at(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }
private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }
private let minute: Int64 = 60_000_000
private let hour: Int64 = 60 * minute

/// The same hours from Monday on for `days` days, in minutes after midnight.
private func week(_ days: Int, _ intervals: [(Int, Int)]) -> [Int: [WorkCalendar.Interval]] {
    Dictionary(
        uniqueKeysWithValues: (1...days).map { day in
            (day, intervals.map { WorkCalendar.Interval(from: $0.0, to: $0.1) })
        })
}

private func office(
    _ zone: String = "Asia/Jakarta", _ intervals: [(Int, Int)] = [(540, 1020)], days: Int = 5,
    holidays: [WorkCalendar.Holiday] = [], specials: [WorkCalendar.Special] = []
) throws -> OpenHours {
    try OpenHours(
        WorkCalendar(
            scope: .workspace, timeZone: zone, weekly: week(days, intervals), holidays: holidays, specials: specials))
}

/// 2026-11-22 is a Sunday: 20 779 days after a Thursday, and 20 779 = 7 × 2968 + 3.
@Suite("Open hours")
struct OpenHoursTests {
    @Test("Friday 16:30, Monday to Friday 9 to 17, one hour: Monday 9:30")
    func overTheWeekend() throws {
        let hours = try office()
        let asked = try at("2026-11-20T16:30:00+07:00")
        #expect(hours.instant(afterOpen: hour, from: asked) == (try at("2026-11-23T09:30:00+07:00")))
        #expect(hours.openMicroseconds(from: asked, to: try at("2026-11-23T09:30:00+07:00")) == hour)
        // Half an hour is over when the doors close, not when they open again.
        #expect(hours.instant(afterOpen: 30 * minute, from: asked) == (try at("2026-11-20T17:00:00+07:00")))
    }

    @Test func lunchDoesNotCount() throws {
        let hours = try office("Asia/Jakarta", [(480, 720), (780, 1020)])
        let asked = try at("2026-11-23T11:45:00+07:00")
        #expect(hours.openMicroseconds(from: asked, to: try at("2026-11-23T13:10:00+07:00")) == 25 * minute)
        #expect(hours.instant(afterOpen: 30 * minute, from: asked) == (try at("2026-11-23T13:15:00+07:00")))
        #expect(
            hours.openIntervals(from: asked, to: try at("2026-11-23T20:00:00+07:00")) == [
                asked..<(try at("2026-11-23T12:00:00+07:00")),
                (try at("2026-11-23T13:00:00+07:00"))..<(try at("2026-11-23T17:00:00+07:00")),
            ])
    }

    @Test func askedAtNight() throws {
        let hours = try office()
        let asked = try at("2026-11-24T22:10:00+07:00")
        #expect(hours.openMicroseconds(from: asked, to: try at("2026-11-25T08:59:59+07:00")) == 0)
        #expect(
            hours.instant(afterOpen: 1, from: asked)?.microseconds == (try at("2026-11-25T09:00:00+07:00")).microseconds
                + 1)
    }

    @Test func holidaysAreClosed() throws {
        let eve = WorkCalendar.Holiday(date: try day("2026-12-24"), name: "Cuti bersama")
        let christmas = WorkCalendar.Holiday(date: try day("2026-12-25"), name: "Natal")
        let hours = try office(holidays: [christmas, eve])
        // Wednesday 23rd, 16:00; Thursday and Friday are holidays, then comes a weekend.
        let asked = try at("2026-12-23T16:00:00+07:00")
        #expect(hours.instant(afterOpen: 2 * hour, from: asked) == (try at("2026-12-28T10:00:00+07:00")))
    }

    @Test("Ramadan hours hold on both of their last days, a holiday closes within them, a later period lies on top")
    func ramadan() throws {
        let ramadan = WorkCalendar.Special(
            name: "Ramadan", from: try day("2026-02-19"), to: try day("2026-03-20"), weekly: week(5, [(480, 900)]))
        let party = WorkCalendar.Special(
            name: "Ulang tahun", from: try day("2026-03-06"), to: try day("2026-03-06"), weekly: week(5, [(480, 600)]))
        let nyepi = WorkCalendar.Holiday(date: try day("2026-03-19"), name: "Nyepi")
        let hours = try office(holidays: [nyepi], specials: [ramadan, party])
        func open(_ date: String) throws -> Int64 {
            hours.openMicroseconds(from: try at(date + "T00:00:00+07:00"), to: try at(date + "T23:59:59+07:00")) / hour
        }
        #expect(try open("2026-02-18") == 8)
        #expect(try open("2026-02-19") == 7)
        #expect(try open("2026-03-06") == 2)
        #expect(try open("2026-03-09") == 7)
        #expect(try open("2026-03-19") == 0)
        #expect(try open("2026-03-20") == 7)
        #expect(try open("2026-03-23") == 8)
        #expect(try open("2026-03-01") == 0)  // A Sunday: the special week names none.
    }

    @Test func aNightShiftIsOneStretch() throws {
        let hours = try office("Asia/Jakarta", [(0, 360), (1320, 1440)], days: 7)
        let intervals = hours.openIntervals(
            from: try at("2026-11-23T12:00:00+07:00"), to: try at("2026-11-24T12:00:00+07:00"))
        #expect(
            intervals == [(try at("2026-11-23T22:00:00+07:00"))..<(try at("2026-11-24T06:00:00+07:00"))])
    }

    @Test(
        "Zones that are not whole hours from UTC",
        arguments: [("Asia/Kolkata", "03:30:00"), ("Asia/Kathmandu", "03:15:00")])
    func oddOffsets(zone: String, opensUTC: String) throws {
        // 09:00 at +05:30 is 03:30 UTC, at +05:45 it is 03:15 UTC.
        let hours = try office(zone)
        let opens = hours.instant(afterOpen: 1, from: try at("2026-11-22T12:00:00Z"))
        #expect(opens?.microseconds == (try at("2026-11-23T\(opensUTC)Z")).microseconds + 1)
    }

    @Test("Days on which clocks change have the hours that pass between two readings")
    func clockChanges() throws {
        let berlin = try office("Europe/Berlin", [(60, 240)], days: 7)  // 01:00 to 04:00
        func night(_ date: String) throws -> Int64 {
            let noon = try at(date + "T12:00:00Z")
            return berlin.openMicroseconds(from: noon.adding(seconds: -86_400), to: noon)
        }
        #expect(try night("2026-03-28") == 3 * hour)
        #expect(try night("2026-03-29") == 2 * hour)  // 02:00 becomes 03:00.
        #expect(try night("2026-10-25") == 4 * hour)  // 03:00 becomes 02:00.
        // An edge inside the hour that is skipped lies at the leap.
        let skipped = try office("Europe/Berlin", [(150, 240)], days: 7)  // 02:30 to 04:00
        #expect(
            skipped.openIntervals(from: try at("2026-03-29T00:00:00Z"), to: try at("2026-03-29T12:00:00Z")) == [
                (try at("2026-03-29T01:00:00Z"))..<(try at("2026-03-29T02:00:00Z"))
            ])
        // An edge inside the hour that comes twice lies in its first passing.
        let twice = try office("Europe/Berlin", [(60, 150)], days: 7)  // 01:00 to 02:30
        #expect(
            twice.openIntervals(from: try at("2026-10-24T20:00:00Z"), to: try at("2026-10-25T12:00:00Z")) == [
                (try at("2026-10-24T23:00:00Z"))..<(try at("2026-10-25T00:30:00Z"))
            ])
    }

    @Test("A day that begins at 01:00, because clocks leap at midnight")
    func noMidnight() throws {
        // Brazil: 2017-10-15, 00:00 at -03:00 became 01:00 at -02:00.
        let hours = try office("America/Sao_Paulo", [(0, 120)], days: 7)
        #expect(
            hours.openIntervals(from: try at("2017-10-15T00:00:00Z"), to: try at("2017-10-15T12:00:00Z")) == [
                (try at("2017-10-15T03:00:00Z"))..<(try at("2017-10-15T04:00:00Z"))
            ])
    }

    @Test func nothingOpensWithinFourHundredDays() throws {
        let later = WorkCalendar.Special(
            name: "Toko baru", from: try day("2028-01-03"), to: try day("2028-01-07"), weekly: week(5, [(540, 1020)]))
        let hours = try OpenHours(
            WorkCalendar(scope: .workspace, timeZone: "Asia/Jakarta", weekly: [:], specials: [later]))
        #expect(hours.instant(afterOpen: 1, from: try at("2026-11-20T00:00:00Z")) == nil)
        #expect(
            hours.instant(afterOpen: hour, from: try at("2027-06-01T00:00:00Z"))
                == (try at("2028-01-03T10:00:00+07:00")))
    }

    @Test func wildInstantsAreHarmless() throws {
        let hours = try office()
        #expect(hours.openMicroseconds(from: .distantFuture, to: .distantPast) == 0)
        #expect(hours.openMicroseconds(from: .distantFuture, to: .distantFuture) == 0)
        #expect(hours.instant(afterOpen: 1, from: .distantFuture) == nil)
        #expect(hours.instant(afterOpen: .max, from: try at("2026-11-20T00:00:00Z")) == nil)
        #expect(hours.instant(afterOpen: 0, from: .distantPast) == .distantPast)
        #expect(hours.instant(afterOpen: -5, from: .distantFuture) == .distantFuture)
        // Nothing is open before 2009 nor from 2100 on; a century of weeks of 40 hours in between.
        #expect(hours.openMicroseconds(from: .distantPast, to: try at("2009-01-01T00:00:00Z")) == 0)
        #expect(hours.openMicroseconds(from: try at("2100-01-01T00:00:00Z"), to: .distantFuture) == 0)
    }
}

@Suite("Calendars that make no sense are refused, with a reason")
struct WorkCalendarCheckTests {
    private func complaint(_ calendar: WorkCalendar) -> Failure? {
        do throws(Failure) {
            _ = try OpenHours(calendar)
            return nil
        } catch {
            return error
        }
    }

    @Test func zone() {
        let failure = complaint(WorkCalendar(scope: .workspace, timeZone: "WIB", weekly: week(5, [(540, 1020)])))
        #expect(failure?.code == .unprocessable)
        #expect(failure?.message.en.contains("WIB") == true)
    }

    @Test(arguments: [
        ([(540, 1020), (1000, 1100)], "overlap"), ([(1320, 360)], "midnight"), ([(540, 540)], "before it begins"),
        ([(-1, 60)], "between 00:00 and 24:00"), ([(0, 1441)], "between 00:00 and 24:00"),
        ([(Int.min, Int.max)], "between"),
    ])
    func intervals(_ intervals: [(Int, Int)], _ reason: String) {
        let failure = complaint(
            WorkCalendar(scope: .workspace, timeZone: "Asia/Jakarta", weekly: week(1, intervals)))
        #expect(failure?.message.en.contains(reason) == true)
        #expect(failure?.message.en.contains("Monday") == true)
        #expect(failure?.message.id.contains("Senin") == true)
    }

    @Test func touchingIntervalsAreFine() {
        #expect(
            complaint(
                WorkCalendar(scope: .workspace, timeZone: "Asia/Jakarta", weekly: week(7, [(720, 1440), (0, 720)])))
                == nil)
    }

    @Test func weekdays() {
        for weekday in [0, 8, -3] {
            let weekly = [weekday: [WorkCalendar.Interval(from: 0, to: 60)]]
            let failure = complaint(WorkCalendar(scope: .workspace, timeZone: "UTC", weekly: weekly))
            #expect(failure?.message.en.contains("weekday \(weekday)") == true)
        }
    }

    @Test func specialsAndHolidays() throws {
        let backwards = WorkCalendar.Special(
            name: "x", from: try day("2026-03-20"), to: try day("2026-02-19"), weekly: [:])
        #expect(
            complaint(
                WorkCalendar(
                    scope: .workspace, timeZone: "UTC", weekly: week(1, [(0, 60)]), specials: [backwards]))?.message.en
                .contains("before it begins") == true)
        let many = (0...1000).map { WorkCalendar.Holiday(date: LocalDate(day: Int64($0)), name: "") }
        #expect(
            complaint(WorkCalendar(scope: .workspace, timeZone: "UTC", weekly: week(1, [(0, 60)]), holidays: many))?
                .message.en.contains("1000") == true)
    }

    @Test func neverOpen() {
        #expect(
            complaint(WorkCalendar(scope: .workspace, timeZone: "UTC", weekly: [1: []]))?.message.en
                .contains("never open") == true)
    }

    @Test func namelessScopes() {
        for scope in [WorkCalendar.Scope.team(""), .phoneNumber("")] {
            #expect(
                complaint(WorkCalendar(scope: scope, timeZone: "UTC", weekly: week(1, [(0, 60)])))?.message.en
                    .contains("empty") == true)
        }
    }
}

import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Answers")
struct AnalystTests {
    private let later = "2026-12-31T00:00:00Z"

    @Test func ratesAreTakenAfterSumming() async throws {
        let store = try ListStore(
            messages(10, delivered: 9, at: "2026-10-01T01:00:00Z", [.template: "a"])
                + messages(90, delivered: 45, at: "2026-10-01T02:00:00Z", [.template: "b"]))
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: ["messages", "delivery_rate"], dimensions: [.template],
                range: try dates("2026-10-01", "2026-10-02")))
        #expect(answer.columns.map(\.name) == ["template", "messages", "delivery_rate"])
        #expect(
            answer.rows == [[.text("b"), .int(90), .double(0.5)], [.text("a"), .int(10), .double(0.9)]])
        // 54 of 100, not the mean of the two rates.
        #expect(answer.totals == [.null, .int(100), .double(0.54)])
        #expect(answer.samples["delivery_rate"] == [90, 10])
        #expect(answer.meta.isFromFacts == false)
        #expect(answer.meta.maturity == 1)
    }

    @Test func noDenominatorIsNull() async throws {
        let store = try ListStore([])
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: [
                    "messages", "delivery_rate", "time_to_read_p50", "read_rate_expected", "delivery_rate_expected",
                ],
                range: try dates("2026-10-01", "2026-10-02")))
        #expect(answer.rows == [[.int(0), .null, .null, .null, .null]])
        #expect(answer.intervals["delivery_rate"] == [nil])
    }

    @Test func theEndOfTheRangeIsExcluded() async throws {
        // Midnight in Jakarta is 17:00 UTC.
        let store = try ListStore(
            messages(1, at: "2026-09-30T16:59:59.999999Z") + messages(2, at: "2026-09-30T17:00:00Z")
                + messages(4, at: "2026-10-01T16:59:59.999999Z") + messages(8, at: "2026-10-01T17:00:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(metrics: ["messages"], range: try dates("2026-10-01", "2026-10-02")))
        #expect(answer.rows == [[.int(6)]])
    }

    @Test func everyBucketIsThere() async throws {
        let store = try ListStore(
            messages(3, at: "2026-10-01T03:00:00Z") + messages(5, delivered: 5, at: "2026-10-03T03:00:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(metrics: ["messages", "delivery_rate"], range: try dates("2026-10-01", "2026-10-04"), grain: .day))
        #expect(
            answer.rows == [
                [.text("2026-10-01T00:00:00+07:00"), .int(3), .double(0)],
                [.text("2026-10-02T00:00:00+07:00"), .int(0), .null],
                [.text("2026-10-03T00:00:00+07:00"), .int(5), .double(1)],
            ])
        #expect(store.plans.allSatisfy { $0.source == .cells(.delivery, .day) })
    }

    @Test(arguments: [("2026-03-29", "2026-03-30", 23), ("2026-10-25", "2026-10-26", 25)])
    func hoursOfADayWithAChangeOfClocks(_ from: String, _ to: String, _ hours: Int) async throws {
        let store = try ListStore([], reporting: "Europe/Berlin")
        let answer = try await analyst(store, now: later, zone: "Europe/Berlin").ask(
            Query(metrics: ["messages"], range: try dates(from, to), grain: .hour))
        #expect(answer.rows.count == hours)
        #expect(Set(answer.rows.map { $0[0] }).count == hours)
    }

    @Test func hoursOfKathmanduComeFromQuarterHours() async throws {
        // 00:00 in Kathmandu is 18:15 UTC.
        let store = try ListStore(
            messages(1, at: "2026-05-31T18:14:59Z") + messages(2, at: "2026-05-31T18:15:00Z")
                + messages(4, at: "2026-05-31T19:15:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: ["messages"], range: try dates("2026-06-01", "2026-06-02"), grain: .hour,
                timezone: "Asia/Kathmandu"))
        #expect(answer.rows.count == 24)
        #expect(answer.rows[0] == [.text("2026-06-01T00:00:00+05:45"), .int(2)])
        #expect(answer.rows[1] == [.text("2026-06-01T01:00:00+05:45"), .int(4)])
        #expect(store.plans.allSatisfy { $0.source == .cells(.delivery, .quarterHour) })
    }

    @Test func weekdayAndHourAreThoseOfTheQueryZone() async throws {
        // 2026-10-04T17:30Z is Monday 2026-10-05 00:30 in Jakarta, and Sunday in UTC.
        let store = try ListStore(
            messages(3, at: "2026-10-04T17:30:00Z") + messages(2, at: "2026-10-11T17:45:00Z")
                + messages(1, at: "2026-10-05T17:30:00Z"))
        var query = Query(
            metrics: ["messages"], dimensions: [.weekday, .hourOfDay], range: try dates("2026-10-01", "2026-10-20"))
        var answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows == [[.text("1"), .text("00"), .int(5)], [.text("2"), .text("00"), .int(1)]])
        query.timezone = "UTC"
        answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows == [[.text("7"), .text("17"), .int(5)], [.text("1"), .text("17"), .int(1)]])
        query.filters = [Filter(dimension: .weekday, op: .isIn, values: ["1"])]
        answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows == [[.text("1"), .text("17"), .int(1)]])
    }

    @Test func combinationsThatDidNotHappenAreLeftOut() async throws {
        let store = try ListStore(
            messages(3, failed: 1, at: "2026-10-01T03:00:00Z", [.errorCode: "131026"])
                + messages(7, at: "2026-10-01T03:00:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: ["messages_failed"], dimensions: [.errorCode], range: try dates("2026-10-01", "2026-10-03"),
                grain: .day))
        #expect(answer.rows == [[.text("2026-10-01T00:00:00+07:00"), .text("131026"), .int(1)]])
    }

    @Test func limitAndOrder() async throws {
        let store = try ListStore(
            (1...5).flatMap { try messages($0, delivered: 1, at: "2026-10-01T03:00:00Z", [.template: "t\($0)"]) }
                + messages(9, at: "2026-10-01T03:00:00Z"))
        var query = Query(
            metrics: ["messages", "delivery_rate"], dimensions: [.template],
            range: try dates("2026-10-01", "2026-10-02"), limit: 2)
        var answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows.map { $0[0] } == [.null, .text("t5")])
        #expect(answer.rowCount == 6)
        #expect(answer.totals[1] == .int(24))
        #expect(answer.meta.notes.contains { $0.en.contains("2 of 6 rows") })
        query.order = [Query.Order(by: "template", isDescending: true)]
        answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows.map { $0[0] } == [.text("t5"), .text("t4")])
        query.order = [Query.Order(by: "delivery_rate", isDescending: true), Query.Order(by: "template")]
        answer = try await analyst(store, now: later).ask(query)
        #expect(answer.rows.map { $0[0] } == [.text("t1"), .text("t2")])
    }

    @Test func percentilesComeFromHistograms() async throws {
        let at = try instant("2026-10-01T03:00:00Z")
        let store = try ListStore(
            (1...9).map {
                Message(
                    at: at, measures: [.accepted, .delivered], dimensions: [.country: "ID"], timeToDeliver: Double($0))
            })
        let answer = try await analyst(store, now: later).ask(
            Query(metrics: ["time_to_deliver_p50"], range: try dates("2026-10-01", "2026-10-02")))
        #expect(answer.rows == [[.double(5)]])
        #expect(answer.samples["time_to_deliver_p50"] == [9])
        // No cube keeps durations by country.
        let split = try await analyst(store, now: later).ask(
            Query(
                metrics: ["time_to_deliver_p90"], dimensions: [.country], range: try dates("2026-10-01", "2026-10-02")))
        // Rank 0.9 × 8 = 7.2, rounded down: the eighth.
        #expect(split.rows == [[.text("ID"), .double(8)]])
        #expect(split.meta.isFromFacts)
    }

    @Test func unknownNamesAreRefused() async throws {
        let analyst = try analyst(try ListStore([]), now: later)
        let failure = await #expect(throws: Failure.self) {
            try await analyst.ask(Query(metrics: ["delivry_rate"]))
        }
        #expect(failure?.code == .unprocessable)
    }
}

@Suite("Comparison with an earlier period")
struct ComparisonTests {
    private let later = "2026-12-31T00:00:00Z"

    @Test func oneDayIsHeldAgainstTheSameWeekday() async throws {
        // 2026-10-08 is a Thursday, as is 2026-10-01.
        let store = try ListStore(
            messages(12, at: "2026-10-08T03:00:00Z") + messages(10, at: "2026-10-01T03:00:00Z")
                + messages(99, at: "2026-10-07T03:00:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(metrics: ["messages"], range: try dates("2026-10-08", "2026-10-09"), compare: .previousPeriod))
        let comparison = try #require(answer.comparison)
        #expect(comparison.from == (try instant("2026-09-30T17:00:00Z")))
        #expect(comparison.to == (try instant("2026-10-01T17:00:00Z")))
        #expect(comparison.rows == [[.int(10)]])
        #expect(answer.change(0, "messages") == .relative(0.2))
        #expect(answer.totalChange("messages") == .relative(0.2))
    }

    @Test(arguments: [(1, 7), (7, 7), (8, 14), (28, 28), (31, 35), (90, 91)])
    func wholeWeeks(_ length: Int64, _ shift: Int64) async throws {
        let from = try #require(LocalDate("2026-06-01"))
        let answer = try await analyst(try ListStore([]), now: later).ask(
            Query(
                metrics: ["messages"], range: .dates(from: from, to: from.adding(days: length)),
                compare: .previousPeriod))
        let clock = try ZoneClock.named("Asia/Jakarta")
        let comparison = try #require(answer.comparison)
        #expect(clock.date(of: comparison.from) == from.adding(days: -shift))
        #expect(clock.date(of: comparison.to) == from.adding(days: length - shift))
    }

    @Test func aYearAgoIs364Days() async throws {
        let answer = try await analyst(try ListStore([]), now: later).ask(
            Query(metrics: ["messages"], range: try dates("2026-10-08", "2026-10-09"), compare: .lastYear))
        #expect(answer.comparison?.from == (try instant("2025-10-08T17:00:00Z")))  // Thursday 2025-10-09
    }

    @Test func nothingBeforeIsNew() async throws {
        let store = try ListStore(messages(12, delivered: 6, at: "2026-10-08T03:00:00Z"))
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: ["messages", "delivery_rate"], range: try dates("2026-10-08", "2026-10-09"),
                compare: .previousPeriod))
        #expect(answer.comparison?.rows == [[.int(0), .null]])
        #expect(answer.change(0, "messages") == .new)
        #expect(answer.change(0, "delivery_rate") == .none)
    }

    @Test func rowsStandBesideTheirCounterparts() async throws {
        let store = try ListStore(
            messages(5, at: "2026-10-08T03:00:00Z", [.template: "a"])
                + messages(3, at: "2026-10-09T03:00:00Z", [.template: "b"])
                + messages(4, at: "2026-10-01T03:00:00Z", [.template: "a"])
                + messages(8, at: "2026-10-02T03:00:00Z", [.template: "gone"]))
        let answer = try await analyst(store, now: later).ask(
            Query(
                metrics: ["messages"], dimensions: [.template], range: try dates("2026-10-08", "2026-10-10"),
                grain: .day,
                compare: .previousPeriod))
        #expect(answer.rows.map { $0[1] } == [.text("a"), .text("b")])
        #expect(
            answer.comparison?.rows == [
                [.text("2026-10-01T00:00:00+07:00"), .text("a"), .int(4)],
                [.text("2026-10-02T00:00:00+07:00"), .text("b"), .int(0)],
            ])
        #expect(answer.comparison?.totals.last == .int(12))
    }

    @Test func aDayThatIsNotOverIsHeldAgainstAsMuch() async throws {
        // 10:00 in Jakarta on 2026-10-08; a week before, 4 messages by 09:00 and 50 in the evening.
        let store = try ListStore(
            messages(6, at: "2026-10-08T02:00:00Z") + messages(4, at: "2026-10-01T02:00:00Z")
                + messages(50, at: "2026-10-01T12:00:00Z"))
        let answer = try await analyst(store, now: "2026-10-08T03:00:00Z").ask(
            Query(metrics: ["messages"], range: .preset(.today), compare: .previousPeriod))
        #expect(answer.comparison?.rows == [[.int(4)]])
        #expect(answer.comparison?.to == (try instant("2026-10-01T03:15:00Z")))
        #expect(answer.meta.notes.contains { $0.en.contains("not over") })
    }

    @Test func hoursAcrossAChangeOfClocks() async throws {
        // Berlin's 2026-03-29 has no 02:00; the Sunday before has, and its messages belong to no bucket of their own.
        let store = try ListStore(
            messages(1, at: "2026-03-22T00:30:00Z") + messages(2, at: "2026-03-22T01:30:00Z")
                + messages(4, at: "2026-03-22T02:30:00Z"), reporting: "Europe/Berlin")
        let answer = try await analyst(store, now: later, zone: "Europe/Berlin").ask(
            Query(
                metrics: ["messages"], range: try dates("2026-03-29", "2026-03-30"), grain: .hour,
                compare: .previousPeriod))
        let before = try #require(answer.comparison).rows
        #expect(before.count == 23)
        // 01:00 … 03:00 is one bucket there (1 + 2 messages), 03:00 … 04:00 the next.
        #expect(before[1][1] == .int(3))
        #expect(before[2][1] == .int(4))
    }
}

@Suite("Presets")
struct PresetTests {
    /// Now is Thursday 2026-10-08 00:30 in Jakarta, still Wednesday in UTC.
    private func range(_ preset: QueryRange.Preset) throws -> [String] {
        let clock = try ZoneClock.named("Asia/Jakarta")
        let (from, to) = QueryRange.preset(preset).resolved(now: try instant("2026-10-07T17:30:00Z"), clock: clock)
        return [clock.rfc3339(from), clock.rfc3339(to)].map { String($0.prefix(16)) }
    }

    @Test func all() throws {
        #expect(try range(.today) == ["2026-10-08T00:00", "2026-10-09T00:00"])
        #expect(try range(.yesterday) == ["2026-10-07T00:00", "2026-10-08T00:00"])
        #expect(try range(.last7Days) == ["2026-10-02T00:00", "2026-10-09T00:00"])
        #expect(try range(.last28Days) == ["2026-09-11T00:00", "2026-10-09T00:00"])
        #expect(try range(.last90Days) == ["2026-07-11T00:00", "2026-10-09T00:00"])
        #expect(try range(.monthToDate) == ["2026-10-01T00:00", "2026-10-09T00:00"])
    }
}

import Domain
import Testing

private func at(_ text: String) throws -> Instant { try #require(RFC3339.parse(text)) }
private func day(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

private func calendar(
    _ scope: WorkCalendar.Scope, opens: Int = 540, closes: Int = 1020, zone: String = "Asia/Jakarta",
    holidays: [WorkCalendar.Holiday] = []
) -> WorkCalendar {
    WorkCalendar(
        scope: scope, timeZone: zone,
        weekly: Dictionary(
            uniqueKeysWithValues: (1...5).map { ($0, [WorkCalendar.Interval(from: opens, to: closes)]) }),
        holidays: holidays)
}

@Suite("Whose hours count")
struct HoursBookTests {
    @Test func narrowestScopeFirst() {
        let book = HoursBook([
            calendar(.team("cs-1"), opens: 600), calendar(.workspace), calendar(.phoneNumber("n1"), opens: 480),
        ])
        func opens(_ number: PhoneNumberID?, _ team: String?) -> Int? {
            book.hours(phoneNumber: number, team: team)?.calendar.weekly[1]?.first?.from
        }
        #expect(opens("n1", "cs-1") == 600)
        #expect(opens("n1", "cs-2") == 480)
        #expect(opens("n2", nil) == 540)
        #expect(opens(nil, nil) == 540)
        #expect(book.calendars.map(\.scope) == [.workspace, .phoneNumber("n1"), .team("cs-1")])
    }

    @Test func withoutCalendarHoursDoNotApply() {
        #expect(HoursBook().hours(phoneNumber: "n1", team: "cs-1") == nil)
        #expect(HoursBook([calendar(.team("cs-1"))]).hours(phoneNumber: "n1", team: nil) == nil)
    }

    @Test func nonsenseIsLeftOutAndTheLastOneCounts() {
        let book = HoursBook([
            calendar(.workspace, opens: 600), calendar(.workspace), calendar(.team("t"), zone: "WIB"),
        ])
        #expect(book.calendars == [calendar(.workspace)])
        #expect(book == HoursBook([calendar(.workspace)]))
    }

    @Test func changesApply() {
        let set = HoursBook().applying(CalendarChange(scope: .team("t"), calendar: calendar(.team("t"))))
        #expect(set.hours(phoneNumber: nil, team: "t") != nil)
        let kept = set.applying(CalendarChange(scope: .team("t"), calendar: calendar(.team("t"), zone: "WIB")))
        #expect(kept == set)
        let removed = set.applying(CalendarChange(scope: .team("t"), calendar: nil))
        #expect(removed == HoursBook())
    }
}

@Suite("What a change of hours changes")
struct HoursDifferenceTests {
    private func range() throws -> Range<Instant> {
        (try at("2026-01-01T00:00:00Z"))..<(try at("2027-01-01T00:00:00Z"))
    }

    @Test func aHolidayChangesItsHoursOnly() throws {
        let holiday = WorkCalendar.Holiday(date: try day("2026-08-17"), name: "Proklamasi")
        let old = HoursBook([calendar(.workspace), calendar(.team("t"))])
        let new = HoursBook([calendar(.workspace, holidays: [holiday]), calendar(.team("t"))])
        let difference = HoursDifference(from: old, to: new, over: try range())
        // 2026-08-17 is a Monday.
        let span = (try at("2026-08-17T09:00:00+07:00"))..<(try at("2026-08-17T17:00:00+07:00"))
        #expect(difference.spans == [span])
        #expect(difference.spans(phoneNumber: "n1", team: nil) == [span])
        #expect(difference.spans(phoneNumber: nil, team: "t") == [])
        let noon = try at("2026-08-17T12:00:00+07:00")
        #expect(difference.touches(from: noon.adding(seconds: -86_400), to: noon, phoneNumber: nil, team: nil))
        #expect(!difference.touches(from: span.upperBound, to: .distantFuture, phoneNumber: nil, team: nil))
        #expect(!difference.touches(from: .distantPast, to: span.lowerBound, phoneNumber: nil, team: nil))
        #expect(!difference.touches(from: .distantPast, to: .distantFuture, phoneNumber: nil, team: "t"))
    }

    @Test func otherWeeklyHoursAreOneSpan() throws {
        let difference = HoursDifference(
            from: HoursBook([calendar(.workspace)]), to: HoursBook([calendar(.workspace, opens: 480)]),
            over: try range())
        // From 08:00 on Thursday 1 January until 09:00 on Thursday 31 December.
        #expect(
            difference.spans == [(try at("2026-01-01T08:00:00+07:00"))..<(try at("2026-12-31T09:00:00+07:00"))])
    }

    @Test func farHolidaysAreApart() throws {
        let holidays = try ["2026-01-01", "2026-01-02", "2026-06-01"].map {
            WorkCalendar.Holiday(date: try day($0), name: "")
        }
        let difference = HoursDifference(
            from: HoursBook([calendar(.workspace)]), to: HoursBook([calendar(.workspace, holidays: holidays)]),
            over: try range())
        #expect(
            difference.spans == [
                (try at("2026-01-01T09:00:00+07:00"))..<(try at("2026-01-02T17:00:00+07:00")),
                (try at("2026-06-01T09:00:00+07:00"))..<(try at("2026-06-01T17:00:00+07:00")),
            ])
    }

    @Test("A team's first calendar takes over from the number's, from the workspace's, or from none")
    func aNewScope() throws {
        let old = HoursBook([calendar(.workspace), calendar(.phoneNumber("n1"), opens: 480)])
        let new = HoursBook(old.calendars + [calendar(.team("t"))])
        let difference = HoursDifference(from: old, to: new, over: try range())
        // The team's hours are the workspace's, so only its waits at the number change.
        #expect(difference.spans(phoneNumber: "n2", team: "t") == [])
        #expect(difference.spans(phoneNumber: "n1", team: "t").count == 1)
        #expect(difference.spans(phoneNumber: "n1", team: nil) == [])
        let first = HoursDifference(from: HoursBook(), to: new, over: try range())
        #expect(first.spans(phoneNumber: nil, team: nil) == [try range()])
        #expect(HoursDifference(from: new, to: HoursBook(), over: try range()).spans == [try range()])
    }

    @Test func namesChangeNothing() throws {
        func named(_ name: String) throws -> HoursBook {
            HoursBook([
                calendar(.workspace, holidays: [WorkCalendar.Holiday(date: try day("2026-08-17"), name: name)])
            ])
        }
        #expect(HoursDifference(from: try named("a"), to: try named("b"), over: try range()).isEmpty)
        let far = (try at("2026-09-01T00:00:00Z"))..<(try at("2026-10-01T00:00:00Z"))
        #expect(HoursDifference(from: HoursBook([calendar(.workspace)]), to: try named("a"), over: far).isEmpty)
    }

    @Test("Outside of the spans, both books count the same")
    func nothingIsMissed() throws {
        let old = calendar(.workspace, zone: "Europe/Berlin")
        for changed in [
            calendar(.workspace, closes: 960, zone: "Europe/Berlin"), calendar(.workspace, zone: "Europe/Paris"),
            calendar(.workspace, zone: "Europe/London"),
            calendar(
                .workspace, zone: "Europe/Berlin", holidays: [.init(date: try day("2026-05-01"), name: "")]),
        ] {
            let range = try range()
            let spans = HoursDifference(from: HoursBook([old]), to: HoursBook([changed]), over: range).spans
            let edges = [range.lowerBound] + spans.flatMap { [$0.lowerBound, $0.upperBound] } + [range.upperBound]
            let (a, b) = (try OpenHours(old), try OpenHours(changed))
            for pair in stride(from: 0, to: edges.count, by: 2) {
                let (from, to) = (edges[pair], edges[pair + 1])
                #expect(a.openIntervals(from: from, to: to) == b.openIntervals(from: from, to: to))
            }
        }
    }
}

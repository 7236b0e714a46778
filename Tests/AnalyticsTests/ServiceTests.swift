import Catalogue
import Domain
import Testing

@testable import Analytics

@Suite("Answers about service")
struct ServiceTests {
    private let later = "2026-10-31T00:00:00Z"

    private func waits(
        _ seconds: [Double], at: String, _ dimensions: [Dimension: String] = [:]
    ) throws -> [Wait] {
        let at = try instant(at)
        return seconds.map { Wait(at: at, ending: .answered($0), dimensions: dimensions) }
    }

    private func ask(
        _ store: ListStore, _ metrics: [String], _ dimensions: [Dimension] = [], _ filters: [Filter] = [],
        from: String = "2026-10-05", to: String = "2026-10-12", grain: Grain = .total,
        compare: Query.Comparison? = nil
    ) async throws -> Answer {
        try await analyst(store, now: later).ask(
            Query(
                metrics: metrics, dimensions: dimensions, filters: filters, range: try dates(from, to), grain: grain,
                compare: compare))
    }

    @Test func timesAndWhatTheyLeaveOut() async throws {
        let at = try instant("2026-10-06T03:00:00Z")
        let store = try ListStore(
            waits: try waits([2, 4, 6, 8, 30], at: "2026-10-06T03:00:00Z") + [
                Wait(at: at), Wait(at: at, ending: .abandoned(90_000)),
            ])
        let answer = try await ask(
            store,
            [
                "waits", "waits_answered", "waits_open", "waits_abandoned", "response_time_mean", "response_time_p50",
                "response_time_max", "unanswered_rate",
            ])
        #expect(
            answer.rows == [
                [.int(7), .int(5), .int(1), .int(1), .double(10), .double(6), .double(30), .double(1.0 / 6)]
            ])
        #expect(answer.samples["response_time_mean"] == [5])
        #expect(answer.meta.notes.contains { $0.en.contains("1 wait of this range is still unanswered") })
        #expect(!answer.meta.isFromFacts)
        #expect(store.plans.map(\.source) == [.cells(.response, .day)])
    }

    @Test func nothingIsNullAndNotZero() async throws {
        let metrics = Catalogue.metrics.filter { [.wait, .conversation].contains($0.fact) && $0.unit != .count }.map(
            \.id)
        let answer = try await ask(try ListStore(), metrics)
        #expect(answer.rows == [Array(repeating: .null, count: metrics.count)])
        #expect(answer.totals == Array(repeating: .null, count: metrics.count))
    }

    @Test func withoutCalendarThereIsNoBusinessTime() async throws {
        var withCalendar = Wait(at: try instant("2026-10-06T03:00:00Z"), ending: .answered(7200))
        withCalendar.dimensions = [.team: "a"]
        withCalendar.measures = [
            .businessAnswered: 1, .businessResponseTime: 1_800_000_000, .businessResponseTimeLast: 600_000_000,
            .firstBusinessAnswered: 1, .firstBusinessResponseTime: 1_800_000_000,
        ]
        withCalendar.durations = [.firstBusinessResponse: [1800], .businessResponseLast: [600]]
        let without = try waits([60], at: "2026-10-06T03:00:00Z", [.team: "b"])
        let answer = try await ask(
            try ListStore(waits: [withCalendar] + without),
            [
                "waits", "response_time_business_mean", "response_time_last_business_mean",
                "first_response_time_business_mean",
            ], [.team])
        #expect(
            answer.rows == [
                [.text("a"), .int(1), .double(1800), .double(600), .double(1800)],
                [.text("b"), .int(1), .null, .null, .null],
            ])
        let longest = try await ask(
            try ListStore(waits: [withCalendar]),
            ["response_time_last_business_max", "first_response_time_business_max"])
        // Within 1 %.
        for (value, seconds) in zip(longest.rows[0], [600.0, 1800]) {
            guard case .double(let told) = value else {
                Issue.record("no number: \(value)")
                continue
            }
            #expect(abs(told - seconds) <= seconds * 0.01)
        }
    }

    @Test func whoMixesFactsGetsOneRow() async throws {
        let at = try instant("2026-10-06T03:00:00Z")
        let store = try ListStore(
            messages(3, delivered: 3, at: "2026-10-06T03:00:00Z", [.phoneNumber: "1"])
                + messages(5, at: "2026-10-06T03:00:00Z", [.phoneNumber: "2"]),
            waits: try waits([5, 7], at: "2026-10-06T03:00:00Z", [.phoneNumber: "1"]),
            conversations: [
                Conversation(
                    at: at, dimensions: [.phoneNumber: "1"],
                    measures: [.conversations: 1, .rated: 1, .rating: 4, .ratingAsked: 1], resolution: 40),
                Conversation(at: at, dimensions: [.phoneNumber: "3"], measures: [.conversations: 1, .ratingAsked: 1]),
            ])
        let answer = try await ask(
            store,
            ["messages", "waits", "response_time_mean", "conversations", "csat_mean", "csat_response_rate"],
            [.phoneNumber])
        #expect(
            answer.rows == [
                [.text("2"), .int(5), .int(0), .null, .int(0), .null, .null],
                [.text("1"), .int(3), .int(2), .double(6), .int(1), .double(4), .double(1)],
                [.text("3"), .int(0), .int(0), .null, .int(1), .null, .double(0)],
            ])
        #expect(answer.totals == [.null, .int(8), .int(2), .double(6), .int(2), .double(4), .double(0.5)])
        #expect(!answer.meta.isFromFacts)
    }

    @Test func shiftsAreThoseOfTheClockOnTheWall() async throws {
        // 06:59, 07:00, 14:59, 23:00 and 02:00 in Jakarta; the last two are one shift over two days.
        let store = try ListStore(
            waits: try waits([1], at: "2026-10-05T23:59:00Z") + waits([2], at: "2026-10-06T00:00:00Z")
                + waits([4], at: "2026-10-06T07:59:00Z") + waits([8], at: "2026-10-06T16:00:00Z")
                + waits([8], at: "2026-10-06T19:00:00Z"))
        let answer = try await ask(store, ["waits", "response_time_max"], [.shift])
        #expect(
            answer.rows == [
                [.text("malam"), .int(3), .double(8)], [.text("pagi"), .int(2), .double(4)],
            ])
        #expect(!answer.meta.isFromFacts)
        let night = Filter(dimension: .shift, op: .isIn, values: ["malam"])
        #expect(
            try await ask(store, ["waits"], [.weekday], [night]).rows == [
                [.text("2"), .int(2)], [.text("3"), .int(1)],
            ])
    }

    @Test func whatNoShiftCoversHasNone() async throws {
        let store = try ListStore(waits: try waits([1], at: "2026-10-06T03:00:00Z"))
        let now = try instant(later)
        let evening = try #require(Shift(name: "sore", from: 15 * 60 + 30, to: 20 * 60))
        let analyst = Analyst(store: store, workspace: Workspace(shifts: [evening]), now: { now })
        let answer = try await analyst.ask(
            Query(metrics: ["waits"], dimensions: [.shift], range: try dates("2026-10-05", "2026-10-12")))
        #expect(answer.rows == [[.null, .int(1)]])
    }

    @Test func openWaitsStretchTheMedian() async throws {
        // Three answered after 10, 20, 30 s; three wait since hours. S: 5/6, 4/6, 3/6.
        let open = Wait(at: try instant("2026-10-06T03:00:00Z"))
        let store = try ListStore(
            waits: try waits([10, 20, 30], at: "2026-10-06T03:00:00Z") + [open, open, open])
        let answer = try await ask(store, ["response_time_p50", "response_time_km_p50"])
        #expect(answer.rows == [[.double(20), .double(30)]])
        #expect(answer.samples["response_time_km_p50"] == [6])
        #expect(answer.intervals["response_time_km_p50"] == [nil])
        let one = try ListStore(waits: try waits([10], at: "2026-10-06T03:00:00Z") + [open, open, open])
        #expect(try await ask(one, ["response_time_km_p50"]).rows == [[.null]])
    }

    @Test func peopleAreCountedOnce() async throws {
        let (first, second) = (try instant("2026-10-05T03:00:00Z"), try instant("2026-10-06T03:00:00Z"))
        let store = try ListStore(conversations: [
            Conversation(at: first, dimensions: [.phoneNumber: "1"], contact: "a", activity: [first, first, second]),
            Conversation(at: second, dimensions: [.phoneNumber: "2"], contact: "a", activity: [second]),
            Conversation(at: second, dimensions: [.phoneNumber: "2"], contact: "b", activity: [second]),
        ])
        let metrics = ["conversations", "conversations_active", "contacts_active", "contacts_new"]
        let days = try await ask(store, metrics, from: "2026-10-05", to: "2026-10-07", grain: .day)
        #expect(
            days.rows.map { Array($0.dropFirst()) } == [
                [.int(1), .int(1), .int(1), .int(1)], [.int(2), .int(3), .int(2), .int(1)],
            ])
        #expect(days.totals == [.null, .int(3), .int(3), .int(2), .int(2)])
        let whole = try await ask(store, metrics, from: "2026-10-05", to: "2026-10-07")
        #expect(whole.rows == [[.int(3), .int(3), .int(2), .int(2)]])
        #expect(whole.totals == whole.rows[0])
        let numbers = try await ask(store, metrics, [.phoneNumber], from: "2026-10-05", to: "2026-10-07")
        #expect(
            numbers.rows == [
                [.text("2"), .int(2), .int(2), .int(2), .int(1)], [.text("1"), .int(1), .int(1), .int(1), .int(1)],
            ])
        #expect(numbers.totals.suffix(2) == [.int(2), .int(2)])
        let second2 = Filter(dimension: .phoneNumber, op: .isIn, values: ["2"])
        let filtered = try await ask(
            store, ["contacts_active"], [.phoneNumber], [second2], from: "2026-10-05", to: "2026-10-07", grain: .day)
        #expect(filtered.totals.last == .int(2))
    }

    @Test func comparedTotalsOfPeopleAreCountedOnceToo() async throws {
        let days = try ["2026-09-28T03:00:00Z", "2026-09-29T03:00:00Z"].map(instant)
        let store = try ListStore(conversations: [Conversation(at: days[0], contact: "a", activity: days)])
        let answer = try await ask(store, ["contacts_active"], grain: .day, compare: .previousPeriod)
        #expect(answer.comparison?.rows.prefix(2).map { $0[1] } == [.int(1), .int(1)])
        #expect(answer.comparison?.totals.last == .int(1))
    }

    @Test(arguments: [Grain.total, .day, .hour])
    func percentilesAreWithinOnePercent(_ grain: Grain) async throws {
        var generator = RecountTests.Generator(state: 11)
        let start = try instant("2026-10-05T17:00:00Z")
        let list = (0..<4_000).map { _ in
            var seconds = 60.0
            for _ in 0..<Int.random(in: 0..<6, using: &generator) { seconds *= 3 }
            seconds *= Double.random(in: 1..<3, using: &generator)
            return Wait(
                at: start.adding(seconds: Int64.random(in: 0..<172_800, using: &generator)), ending: .answered(seconds))
        }
        let quantiles = [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99), ("max", 1)]
        let answer = try await ask(
            try ListStore(waits: list), ["waits"] + quantiles.map { "response_time_\($0.0)" }, from: "2026-10-06",
            to: "2026-10-08", grain: grain)
        let clock = try ZoneClock.named("Asia/Jakarta")
        let shown = grain == .total ? 0 : grain == .day ? 10 : 13
        for (index, row) in answer.rows.enumerated() {
            let label = grain == .total ? "" : String((row[0].text ?? "").prefix(shown))
            let exact = list.filter { clock.rfc3339($0.at).prefix(shown) == label }.compactMap { wait -> Double? in
                if case .answered(let seconds) = wait.ending { seconds } else { nil }
            }.sorted()
            #expect(answer.cell(index, "waits") == .int(Int64(exact.count)))
            for (name, q) in quantiles {
                let truth = exact[Int((q * Double(exact.count - 1)).rounded(.down))]
                let value = try #require(answer.cell(index, "response_time_\(name)").number)
                #expect(abs(value - truth) <= 0.0101 * truth)
            }
        }
    }
}

import Domain
import Testing

@testable import Catalogue

@Suite("Queries as JSON")
struct QueryJSONTests {
    private func parse(_ text: String) throws -> Query { try Query.parse(Array(text.utf8)) }

    private func code(_ text: String) -> Failure.Code? {
        #expect(throws: Failure.self) { try parse(text) }?.code
    }

    @Test func theExampleOfTheContract() throws {
        let query = try parse(
            """
            {"metrics":["messages","delivery_rate"],"dimensions":["template"],
             "filters":[{"dimension":"use_case","op":"in","values":["broadcast"]}],
             "range":{"from":"2026-10-01","to":"2026-10-08"},
             "grain":"day","timezone":"Asia/Jakarta","compare":"previous_period","limit":100,
             "order":[{"by":"messages","desc":true}]}
            """)
        #expect(query.metrics == ["messages", "delivery_rate"])
        #expect(query.dimensions == [.template])
        #expect(query.filters == [Filter(dimension: .useCase, op: .isIn, values: ["broadcast"])])
        #expect(
            query.range
                == .dates(from: try #require(LocalDate("2026-10-01")), to: try #require(LocalDate("2026-10-08"))))
        #expect(query.grain == .day)
        #expect(query.timezone == "Asia/Jakarta")
        #expect(query.compare == .previousPeriod)
        #expect(query.limit == 100)
        #expect(query.order == [Query.Order(by: "messages", isDescending: true)])
    }

    @Test func theLeastThatCanBeAsked() throws {
        let query = try parse(#"{"metrics":["messages"]}"#)
        #expect(query == Query(metrics: ["messages"]))
        #expect(query.grain == .total && query.range == .preset(.last7Days))
    }

    @Test func instantsAndPresets() throws {
        let instants = try parse(
            #"{"metrics":["messages"],"range":{"from":"2026-10-01T00:00:00+07:00","to":"2026-10-01T12:00:00Z"}}"#)
        #expect(
            instants.range
                == .instants(
                    from: try #require(RFC3339.parse("2026-09-30T17:00:00Z")),
                    to: try #require(RFC3339.parse("2026-10-01T12:00:00Z"))))
        #expect(
            try parse(#"{"metrics":["messages"],"range":{"preset":"month_to_date"}}"#).range == .preset(.monthToDate))
    }

    @Test func valuesAreTextsOrNumbers() throws {
        let query = try parse(
            #"{"metrics":["messages"],"filters":[{"dimension":"error_code","op":"in","values":[131026]},"#
                + #"{"dimension":"hour_of_day","values":[9,"10"]}]}"#)
        #expect(query.filters[0].values == ["131026"])
        #expect(query.filters[1] == Filter(dimension: .hourOfDay, op: .isIn, values: ["09", "10"]))
    }

    @Test(arguments: [
        "", "[]", "{", "null", #"{"metrics":"messages"}"#, #"{"metrics":[1]}"#,
        #"{"metrics":["messages"],"limit":"9"}"#,
        #"{"metrics":["messages"],"limit":1.5}"#, #"{"metrics":["messages"],"range":"today"}"#,
        #"{"metrics":["messages"],"range":{"from":"2026-10-01"}}"#, #"{"metrics":["messages"],"grain":1}"#,
        #"{"metrics":["messages"],"filters":{}}"#, #"{"metrics":["messages"],"order":[{"by":"messages","desc":1}]}"#,
        #"{"metrics":["messages"],"filters":[{"dimension":"team","op":"in","values":[null]}]}"#,
        #"{"metrics":["messages"],"range":{"preset":"today","from":"2026-10-01"}}"#,
    ])
    func wrongShapes(_ text: String) { #expect(code(text) == .malformed) }

    @Test(arguments: [
        #"{"metrics":["messages"],"dimensions":["tempalte"]}"#, #"{"metrics":["messages"],"grain":"year"}"#,
        #"{"metrics":["messages"],"compare":"yesterday"}"#,
        #"{"metrics":["messages"],"range":{"preset":"last_3_days"}}"#,
        #"{"metrics":["messages"],"range":{"from":"2026-02-30","to":"2026-03-01"}}"#,
        #"{"metrics":["messages"],"range":{"from":"2026-02-01T00:00:00","to":"2026-03-01T00:00:00"}}"#,
        #"{"metrics":["messages"],"metric":[]}"#,
        #"{"metrics":["messages"],"filters":[{"dimension":"team","op":"like","values":["x"]}]}"#,
    ])
    func unknownWords(_ text: String) { #expect(code(text) == .unprocessable) }
}

@Suite("Queries that make no sense")
struct ResolvedQueryTests {
    private let now = Instant(seconds: 1_790_000_000)

    private func failure(_ query: Query) -> Failure? {
        #expect(throws: Failure.self) { try query.resolved(now: now, workspace: Workspace()) }
    }

    private func date(_ text: String) throws -> LocalDate { try #require(LocalDate(text)) }

    @Test func nothingAsked() { #expect(failure(Query(metrics: []))?.code == .unprocessable) }

    @Test func askedTwice() {
        #expect(failure(Query(metrics: ["messages", "messages"])) != nil)
        #expect(failure(Query(metrics: ["messages"], dimensions: [.team, .team])) != nil)
    }

    @Test func emptyRange() throws {
        let range = QueryRange.dates(from: try date("2026-10-01"), to: try date("2026-10-01"))
        #expect(failure(Query(metrics: ["messages"], range: range))?.message.en.contains("excluded") == true)
    }

    @Test func tooManyBuckets() throws {
        // A year has 35,040 quarter hours and 8,760 hours; the limit is 10,000.
        let year = QueryRange.dates(from: try date("2025-01-01"), to: try date("2026-01-01"))
        let message = failure(Query(metrics: ["messages"], range: year, grain: .quarterHour))?.message
        #expect(message?.en.contains("Use \"hour\"") == true)
        #expect(message?.id.contains("Pakai \"hour\"") == true)
        // Forty years have 14,610 days.
        let long = QueryRange.dates(from: try date("1990-01-01"), to: try date("2030-01-01"))
        #expect(
            failure(Query(metrics: ["messages"], range: long, grain: .hour))?.message.en.contains("\"week\"") == true)
    }

    @Test func filtersAndOrder() {
        #expect(failure(Query(metrics: ["messages"], filters: [Filter(dimension: .team, op: .isIn)])) != nil)
        #expect(
            failure(Query(metrics: ["messages"], filters: [Filter(dimension: .team, op: .isNull, values: ["a"])]))
                != nil)
        #expect(
            failure(Query(metrics: ["messages"], filters: [Filter(dimension: .weekday, op: .isIn, values: ["8"])]))
                != nil)
        #expect(failure(Query(metrics: ["messages"], order: [Query.Order(by: "time")])) != nil)
        #expect(failure(Query(metrics: ["messages"], limit: 0)) != nil)
        #expect(failure(Query(metrics: ["messages"], limit: 10_001)) != nil)
        #expect(failure(Query(metrics: ["messages"], timezone: "WIB"))?.message.en.contains("IANA") == true)
    }

    @Test func datesFarAwayDoNotTrap() throws {
        let all = QueryRange.dates(from: try date("0001-01-01"), to: try date("9999-12-31"))
        #expect(throws: Never.self) {
            _ = try Query(metrics: ["messages"], range: all, timezone: "Europe/Berlin")
                .resolved(now: now, workspace: Workspace())
        }
        let ends = QueryRange.instants(from: .distantPast, to: .distantFuture)
        #expect(failure(Query(metrics: ["messages"], range: ends, grain: .month)) != nil)
        #expect(failure(Query(metrics: ["messages"], dimensions: [.hourOfDay], range: ends)) != nil)
        #expect(failure(Query(metrics: ["waits"], dimensions: [.shift], range: ends)) != nil)
    }
}

@Suite("Queries as flags")
struct QueryFlagsTests {
    private func query(_ change: (inout QueryFlags) -> Void) throws -> Query {
        var flags = QueryFlags()
        flags.metrics = ["messages,delivery_rate", "read_rate"]
        change(&flags)
        // 2026-10-08 00:30 in Jakarta.
        let now = try #require(RFC3339.parse("2026-10-07T17:30:00Z"))
        return try flags.query(now: now, workspace: Workspace())
    }

    @Test func namesAndFilters() throws {
        let query = try query {
            $0.by = ["template,country"]
            $0.filters = ["use_case=broadcast, notification", "country!=ID", "campaign=", "agent!=", "hour_of_day=9"]
            $0.order = ["messages:desc", "template"]
            $0.grain = "day"
            $0.compare = "previous_period"
        }
        #expect(query.metrics == ["messages", "delivery_rate", "read_rate"])
        #expect(query.dimensions == [.template, .country])
        #expect(
            query.filters == [
                Filter(dimension: .useCase, op: .isIn, values: ["broadcast", "notification"]),
                Filter(dimension: .country, op: .notIn, values: ["ID"]), Filter(dimension: .campaign, op: .isNull),
                Filter(dimension: .agent, op: .notNull), Filter(dimension: .hourOfDay, op: .isIn, values: ["09"]),
            ])
        #expect(query.order == [Query.Order(by: "messages", isDescending: true), Query.Order(by: "template")])
        #expect(query.grain == .day && query.compare == .previousPeriod)
    }

    @Test func ranges() throws {
        #expect(try query { $0.last = "7d" }.range == .lastDays(7))
        #expect(try query { $0.last = "4w" }.range == .lastDays(28))
        #expect(try query { $0.last = "yesterday" }.range == .preset(.yesterday))
        let october = try #require(LocalDate("2026-10-01"))
        #expect(try query { $0.from = "2026-10-01" }.range == .dates(from: october, to: october.adding(days: 8)))
        let both = try query {
            $0.from = "2026-10-01"
            $0.to = "2026-10-03"
        }
        #expect(both.range == .dates(from: october, to: october.adding(days: 2)))
        let clock = try ZoneClock.named("Asia/Jakarta")
        let now = try #require(RFC3339.parse("2026-10-07T17:30:00Z"))
        let week = QueryRange.lastDays(7).resolved(now: now, clock: clock)
        #expect(clock.rfc3339(week.from) == "2026-10-02T00:00:00+07:00")
        #expect(clock.rfc3339(week.to) == "2026-10-09T00:00:00+07:00")
    }

    @Test(arguments: ["7", "0d", "d", "-3d", "99999999999999999999d", "9223372036854775807w", "soon"])
    func oddSpans(_ last: String) { #expect(throws: Failure.self) { try query { $0.last = last } } }

    @Test func contradictions() {
        #expect(throws: Failure.self) {
            try query {
                $0.last = "7d"
                $0.from = "2026-10-01"
            }
        }
        #expect(throws: Failure.self) { try query { $0.to = "2026-10-01" } }
        #expect(throws: Failure.self) { try query { $0.filters = ["template"] } }
        #expect(throws: Failure.self) { try query { $0.order = ["messages:down"] } }
    }
}

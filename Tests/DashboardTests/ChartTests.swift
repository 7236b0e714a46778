import Analytics
import Catalogue
import Domain
import Logging
import Storage
import SurfaceSupport
import Testing
import Web

@testable import Dashboard

/// A page's scope over a list of facts, on Monday 23 November 2026, 10:33:20 in Jakarta.
enum Drawing: Asking {
    static func scope(_ store: ListStore = ListStore(), _ language: Language = .english) throws -> Scope {
        let workspace = Workspace()
        let now = instant
        return Scope(
            language: language, filters: Filters(URLQuery([])), path: "/delivery",
            viewer: Viewer(person: nil, name: "", role: .owner, formToken: "token"),
            figures: Figures(language: language, clock: try ZoneClock.named(workspace.timeZone)),
            data: PageData(
                store: store, analyst: Analyst(store: store, workspace: workspace, now: { now }),
                arrival: { Arrival(received: 1, projected: 1, undecodable: 0, lagSeconds: 0, freshTo: nil) }),
            now: now, origin: "https://x", hasSecret: true, hasVerifyToken: true, hasDesk: true, currency: "IDR",
            logger: Logger(label: "test"))
    }

    /// `days` days of `count` messages each, the newest today.
    static func messages(_ days: Int, _ count: Int64 = 200, _ dimensions: [Dimension: String] = [:]) -> ListStore {
        var store = ListStore()
        for day in 0..<days {
            store.facts.append(
                .init(
                    at: instant.adding(seconds: -Int64(day) * 86_400 - 3600), dimensions: dimensions,
                    sums: [.accepted: count, .delivered: count * 9 / 10, .read: count / 2]))
        }
        return store
    }
}

@Suite("Charts")
struct ChartTests {
    private func chart(_ name: String, href: String? = nil) -> Chart {
        Chart(
            kind: .line, title: name, axis: "Day",
            places: [
                Chart.Place(short: "1", name: name, href: href), Chart.Place(short: "2", name: "two", isPartial: true),
            ],
            series: [
                Chart.Series(
                    name: name, thing: .read, unit: .ratio,
                    points: [Chart.Point(value: 0.5, words: "50%", before: 0.25, beforeWords: "25%"), Chart.Point()])
            ], language: .english)
    }

    /// The JSON of the first chart in a page, as a browser reads it.
    private func data(_ html: HTML) throws -> JSON.Value {
        let start = try #require(html.text.firstRange(of: "data-chart=\""))
        let rest = html.text[start.upperBound...]
        let text = rest.prefix { $0 != "\"" }
            .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
            .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
        return try JSON.parse(Array(text.utf8))
    }

    @Test(arguments: ["</canvas><script>alert(1)</script>", "\" onload=\"x", "'&<>\\\"\u{2028}\n", "ü 你好 \u{1F600}"])
    func namesFromOutsideStayNames(_ name: String) throws {
        let html = chart(name).html
        #expect(!html.text.contains("<script>alert") && !html.text.contains("onload=\"x"))
        let data = try data(html)
        #expect(data["series"]?.elements.map { $0 }.first?["name"]?.string == name)
        #expect(data["names"]?.elements.map { $0 }.first?.string == name)
    }

    @Test func nothingIsStyledInline() throws {
        #expect(!chart("a").html.text.contains("style="))
    }

    @Test func whatDoesNotExistIsNull() throws {
        let data = try data(chart("a").html)
        let series = try #require(data["series"]?.elements.map { $0 }.first)
        #expect(series["values"]?.elements.map(\.double) == [0.5, nil])
        #expect(series["before"]?.elements.map(\.double) == [0.25, nil])
        #expect(data["partial"]?.elements.map(\.int64) == [1])
        #expect(series["colour"]?.string == "--c-read")
    }

    @Test func partsAreToldInWordsAndByTheLegend() {
        let text = chart("a", href: "/delivery?from=1&to=2").html.text
        #expect(text.contains("not complete yet</span>"))
        #expect(text.contains("Compared period") && text.contains("Not complete yet"))
        #expect(text.contains("<a href=\"/delivery?from=1&amp;to=2\">a</a>"))
        #expect(text.contains("<details class=\"fold\">"))
    }

    @Test func aSeriesCanBeHiddenByKeyboardWhereThereAreSeveral() throws {
        var chart = chart("a")
        #expect(!chart.html.text.contains("data-series"))
        chart.series.append(chart.series[0])
        #expect(chart.html.text.contains("<button type=\"button\" aria-pressed=\"true\" data-series=\"1\">"))
    }

    // MARK: Of answers

    private static let lines = [ChartLine("delivery_rate", .delivered), ChartLine("read_rate", .read)]

    private func overTime(_ store: ListStore, open: String? = nil, marks: [TimelineMark] = []) async throws
        -> (chart: Chart, answer: Answer)
    {
        let scope = try Drawing.scope(store)
        let answer = try await scope.ask(
            ["delivery_rate", "read_rate", "messages"], grain: .day, order: [Query.Order(by: "time")])
        return (
            Chart.overTime(
                answer, Self.lines, scope, volume: ChartLine("messages", .volume), open: open, marks: marks), answer
        )
    }

    @Test func theTableHasTheNumbersOfTheAnswer() async throws {
        let (chart, answer) = try await overTime(Drawing.messages(10))
        #expect(chart.places.count == answer.rows.count)
        let html = chart.html.text
        for (index, id) in ["delivery_rate", "read_rate", "messages"].enumerated() {
            let values = answer.rows.indices.map { answer.cell($0, id).number }
            #expect(chart.series[index].points.map(\.value) == values)
            for row in answer.rows.indices {
                guard let exact = answer.cell(row, id).exactText else { continue }
                #expect(html.contains("<data value=\"\(exact)\" data-metric=\"\(id)\">"))
            }
        }
        #expect(chart.series.map(\.isVolume) == [false, false, true])
    }

    @Test func todayIsNotCompleteAndYesterdayIs() async throws {
        let (chart, _) = try await overTime(Drawing.messages(10))
        #expect(chart.places.last?.isPartial == true)
        #expect(chart.places.last?.name == "Mon, 23 Nov")
        #expect(chart.places.first?.isPartial == false)
    }

    @Test func aBucketLeadsToItsDay() async throws {
        let (chart, _) = try await overTime(Drawing.messages(10))
        let link = try #require(chart.places.first?.href)
        #expect(link.hasPrefix("/delivery?") && link.contains("from=2026-10-27") && link.contains("to=2026-10-27"))
    }

    @Test func marksStandWhereTheyHappened() async throws {
        let noon = Drawing.instant.adding(seconds: -(10 * 3600 + 33 * 60 + 20) - 12 * 3600)
        let event = AccountEvent(
            field: "message_template_status_update", account: nil,
            subject: .template(id: nil, name: "promo <b>", language: nil), event: "PAUSED")
        let early = TimelineMark(at: noon.adding(seconds: -400 * 86_400), event: event)
        let (chart, _) = try await overTime(
            Drawing.messages(10), marks: [early, TimelineMark(at: noon, event: event)])
        let mark = try #require(chart.marks.first)
        #expect(chart.marks.count == 1 && mark.tone == .bad)
        #expect(abs(mark.position - (Double(chart.places.count - 2) + 0.5)) < 1e-9)
        #expect(mark.words.hasPrefix("promo <b>: paused by Meta"))
        #expect(chart.html.text.contains("promo &lt;b&gt;"))
    }

    @Test func valuesOfADimensionAreLinesOfTheirOwn() async throws {
        var store = Drawing.messages(5, 200, [.template: "a"])
        store.facts += Drawing.messages(5, 100, [.template: "b"]).facts
        let scope = try Drawing.scope(store)
        let answer = try await scope.ask(
            ["messages"], by: [.template], grain: .day, order: [Query.Order(by: "time")])
        let chart = Chart.overTime(
            answer, metric: "messages", by: .template, [("a", "A", .a), ("b", "B", .b), ("c", "C", .c)], scope)
        #expect(chart.series.map(\.name) == ["A", "B", "C"])
        #expect(chart.series[0].points.compactMap(\.value).allSatisfy { $0 == 200 })
        #expect(chart.series[1].points.compactMap(\.value).allSatisfy { $0 == 100 })
        #expect(chart.series[2].points.allSatisfy { $0.value == nil })
        let ranked = Chart.ranked(
            try await scope.ask(["messages"], by: [.template]), by: .template, [ChartLine("messages", .volume)], scope)
        #expect(ranked.places.map(\.name) == ["a", "b"])
        #expect(ranked.places[1].href?.contains("template=b") == true)
    }
}

@Suite("Small pictures")
struct SmallPictureTests {
    @Test func heatmapsBeginOnMondayAtMidnight() async throws {
        // Monday 10:33 in Jakarta, and the Sunday before it at 23:30.
        var store = Drawing.messages(1, 40)
        let sunday = Drawing.instant.adding(seconds: -(11 * 3600 + 3 * 60 + 20))
        store.facts.append(.init(at: sunday, dimensions: [:], sums: [.accepted: 7]))
        let scope = try Drawing.scope(store)
        let answer = try await scope.ask(["messages"], by: [.weekday, .hourOfDay])
        let html = Heatmap(answer, "messages", scope, path: "/delivery").html.text
        let rows = html.split(separator: "<tr>").dropFirst(2)
        #expect(
            rows.map { $0.contains(">Mon<") ? "Mon" : $0.contains(">Sun<") ? "Sun" : "" } == [
                "Mon", "", "", "", "", "", "Sun",
            ])
        let cells = try #require(rows.last).split(separator: "<td").dropFirst()
        #expect(cells.count == 24)
        #expect(try #require(cells.last).contains("data-metric=\"messages\">7</data>"))
        #expect(try #require(cells.last).contains("weekday=7") && html.contains("hour_of_day=23"))
        #expect(try #require(rows.first).contains("class=\"q8\""))
    }

    @Test func gradesAscendAndEndAtEight() {
        let grades = Heatmap.Grades([1, 2, 4, 8], .count)
        #expect([0, 1, 4, 8].map(grades.step) == [0, 1, 4, 8])
        let times = Heatmap.Grades((1...16).map { pow10($0) }, .seconds)
        #expect(times.step(10) == 1 && times.step(pow10(16)) == 8)
        #expect(Heatmap.Grades([], .count).step(5) == 1)
        #expect(Heatmap.Grades([0, 0], .count).step(0) == 0)
    }

    private func pow10(_ exponent: Int) -> Double { (0..<exponent).reduce(1.0) { value, _ in value * 10 } }

    @Test func sparklinesBreakAtGapsAndDashTheEnd() {
        let line = Sparkline([1, 2, nil, 3, 4], isPartial: [false, false, false, false, true], .read)
        let text = line.html.text
        #expect(text.contains("class=\"part\"") && text.contains("t-read"))
        // Two runs of two values: one piece solid, one dashed.
        #expect(text.split(separator: "Z").count == 3)
        #expect(Sparkline([nil, 5, nil], .read).html.isEmpty)
        #expect(!Sparkline([3, 3, 3], .read).html.text.contains("nan"))
    }

    @Test func funnelsKeepAllStagesAndATraceIsSeen() throws {
        let scope = try Drawing.scope()
        let figure = FunnelFigure(
            stages: [
                .init(name: "<&", thing: .sent, count: "100000", share: 1),
                .init(name: "Outcome", thing: .outcome, count: "1", share: 0.00001, ofBefore: "0.0%"),
            ], scope: scope)
        let text = figure.html.text
        #expect(text.contains("width=\"100.0\"") && text.contains("width=\"0.4\""))
        #expect(text.contains("of the step before"))
    }

    @Test func timelinesShowTheNewestFirst() throws {
        let scope = try Drawing.scope()
        let strip = TimelineStrip(
            [.init(at: Instant(seconds: 0), words: "old"), .init(at: Drawing.instant, words: "new", tone: .bad)], scope,
            label: "x")
        let text = strip.html.text
        let (new, old) = (try #require(text.firstRange(of: "new")), try #require(text.firstRange(of: "old")))
        #expect(new.lowerBound < old.lowerBound && text.contains("<li class=\"bad\">"))
    }

    @Test func spreadsShowSharesOfEachLineAndCountsInTheTable() async throws {
        var store = ListStore()
        for _ in 0..<8 { store.waits.append(.answered(at: Drawing.instant.adding(seconds: -600), after: 4, by: .bot)) }
        for seconds in [90.0, 400] {
            store.waits.append(.answered(at: Drawing.instant.adding(seconds: -600), after: seconds, by: .human))
        }
        let scope = try Drawing.scope(store)
        let found = try await scope.analyst.distribution(
            of: "response_time", by: .responder, range: .preset(.last7Days))
        let chart = Chart.spread(
            found, scope, [(found.lines[0], "Bot", .bot), (found.lines[1], "People", .human)])
        #expect(chart.series[0].points.compactMap(\.value).reduce(0, +) == 1)
        #expect(chart.series[1].points.compactMap(\.sample).reduce(0, +) == 2)
        #expect(chart.places.first?.name == "2 s – 5 s")
        #expect(chart.marks.count == 6)
        let one = Chart.spread(found, scope, name: "All", .a)
        #expect(one.series[0].points.compactMap(\.value).reduce(0, +) == 10)
    }
}

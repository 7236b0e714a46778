import Analytics
import Catalogue
import Domain
import Web

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Do customers wait longer than they did?
struct ResponseByDayCard: Card {
    struct Day: Sendable, Hashable {
        var date: LocalDate
        var waits: Int64
        var open: Int64
        /// Seconds.
        var median: Double?
        var p90: Double?
        /// The day is not over, or somebody of it still waits.
        var isPartial: Bool
    }
    static let metrics = ["response_time_p50", "response_time_p90", "waits", "waits_open"]

    let name = "response-days"
    let title = Text(id: "Waktu jawab per hari", en: "Response time by day")

    func load(_ scope: Scope) async throws -> [Day] {
        let answer = try await scope.ask(Self.metrics, grain: .day, order: [Query.Order(by: "time")])
        let today = scope.figures.clock.date(of: scope.now)
        let days = answer.rows.indices.compactMap { row -> Day? in
            guard let date = answer.cell(row, "time").text.flatMap({ LocalDate(String($0.prefix(10))) }) else {
                return nil
            }
            let open = Int64(answer.cell(row, "waits_open").number ?? 0)
            return Day(
                date: date, waits: Int64(answer.cell(row, "waits").number ?? 0), open: open,
                median: answer.cell(row, "response_time_p50").number, p90: answer.cell(row, "response_time_p90").number,
                isPartial: date >= today || open > 0)
        }
        return days.filter { $0.date <= today }
    }

    func lead(_ days: [Day], _ scope: Scope) -> HTML {
        guard let first = days.first, let last = days.last else { return "" }
        let figures = scope.figures
        return "<p>\(figures.shortDate(first.date)) – \(figures.date(last.date)) · \(figures.zone(at: scope.now))</p>"
    }

    func view(_ days: [Day], _ scope: Scope) -> HTML {
        guard days.contains(where: { $0.waits > 0 }) else { return Empty.waits(scope) }
        return ResponseChart(days: days, scope: scope).html + table(days, scope)
    }

    private func table(_ days: [Day], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let rows = days.reversed().map { day -> HTML in
            let open = figures.integer(day.open)
            let waiting = scope.say("\(open) masih menunggu", "\(open) still waiting")
            let note: HTML = day.open > 0 ? "<span class=\"interval\">\(waiting)</span>" : ""
            return """
                <tr><th scope="row">\(figures.weekdayDate(day.date))</th>\
                <td class="number">\(figures.integer(day.waits))\(note)</td>\
                <td class="number"><strong>\(figures.value(day.median, .seconds))</strong></td>\
                <td class="number">\(figures.value(day.p90, .seconds))</td></tr>
                """
        }
        return """
            <details class="fold"><summary>\(scope.say("Lihat sebagai tabel", "Show as a table"))</summary>
            <div class="table"><table class="tight">
            <thead><tr><th scope="col">\(scope.say("Hari", "Day"))</th>\
            <th scope="col" class="number">\(scope.say("Penantian", "Waits"))</th>\
            <th scope="col" class="number">\(scope.say("Median", "Median"))</th>\
            <th scope="col" class="number">P90</th></tr></thead>
            <tbody>\(Array(rows))</tbody></table></div></details>
            """
    }
}

/// Median and ninth decile of the response time by day on a logarithmic scale: bots answer in seconds, people in hours.
struct ResponseChart {
    let days: [ResponseByDayCard.Day]
    let scope: Scope

    /// Seconds that are drawn as lines across.
    private static let steps: [Double] = [1, 10, 60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400]

    /// The steps between which all values lie.
    private var range: [Double] {
        let values = days.flatMap { [$0.median, $0.p90] }.compactMap { $0 }
        let least = values.min() ?? 1
        let most = values.max() ?? 60
        let first = Self.steps.lastIndex { $0 <= least } ?? 0
        let last = Self.steps.firstIndex { $0 >= most } ?? Self.steps.count - 1
        return Array(Self.steps[min(first, max(0, last - 1))...max(last, 1)])
    }

    var html: HTML { "<figure>\(drawing(.wide))\(drawing(.narrow))\(legend)</figure>" }

    private func drawing(_ format: DayAxis.Format) -> HTML {
        let axis = DayAxis(dates: days.map(\.date), figures: scope.figures, format: format)
        let isPartial = days.map(\.isPartial)
        let range = range
        let (low, high) = (log(range.first ?? 1), log(range.last ?? 60))
        let share = { (seconds: Double?) -> Double? in
            seconds.map { (log(max($0, 0.001)) - low) / max(high - low, 1e-9) }
        }
        let rules = range.map { axis.rule(share($0) ?? 0, scope.figures.duration($0)) }
        let title = scope.say(
            "Median dan P90 waktu jawab per hari, dengan jumlah penantian, pada skala logaritma",
            "Median and P90 of the response time by day, with the number of waits, on a logarithmic scale")
        return axis.drawing(
            title,
            """
            \(rules)\(axis.bars(isPartial: isPartial) { days[$0].waits })\
            \(axis.line("b", isPartial: isPartial) { share(days[$0].p90) })\
            \(axis.line("a", isPartial: isPartial) { share(days[$0].median) })\(axis.hovers(words))
            """)
    }

    private func words(_ index: Int) -> [String] {
        let (day, figures) = (days[index], scope.figures)
        var words = [
            figures.weekdayDate(day.date), "\(figures.integer(day.waits)) \(scope.say("penantian", "waits"))",
            "\(scope.say("median", "median")) \(figures.value(day.median, .seconds))",
            "P90 \(figures.value(day.p90, .seconds))",
        ]
        if day.open > 0 {
            words.append("\(figures.integer(day.open)) \(scope.say("masih menunggu", "still waiting"))")
        }
        return words
    }

    private var legend: HTML {
        let most = scope.figures.integer(max(1, days.map(\.waits).max() ?? 1))
        return DayAxis.legend([
            ("<path class=\"line a\" d=\"M1 5H21\"/>", scope.say("Median", "Median")),
            ("<path class=\"line b\" d=\"M1 5H21\"/>", "P90"),
            (
                "<rect class=\"volume\" x=\"6\" width=\"10\" height=\"10\"/>",
                scope.say("Penantian (tertinggi \(most))", "Waits (most \(most))")
            ),
            ("<path class=\"line a part\" d=\"M1 5H21\"/>", scope.say("Masih ada yang menunggu", "Some still wait")),
        ])
    }
}

import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Do customers wait longer than they did?
struct ResponseByDayCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var marks: [TimelineMark]
    }
    static let metrics = ["response_time_p50", "response_time_p90", "response_time_p99", "waits", "waits_open"]

    let name = "response-days"
    let title = Text(id: "Waktu jawab dari waktu ke waktu", en: "Response time over time")
    let height = CardHeight(15, narrow: 17)
    let why = ["response_time_p50", "response_time_p90", "response_time_p99", "waits"]

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(Self.metrics, grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        return Model(answer: answer, marks: try await scope.marks(answer))
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let hasWaits = (model.answer.total("waits") ?? 0) > 0
        guard hasWaits else { return switches(scope) + Empty.waits(scope) }
        var chart = Chart.overTime(
            model.answer,
            [
                ChartLine("response_time_p50", .a, "Median"), ChartLine("response_time_p90", .b, "P90"),
                ChartLine("response_time_p99", .c, "P99"),
            ], scope,
            title: scope.say(
                "Median, P90, dan P99 waktu jawab, dengan banyaknya penantian, pada skala logaritma",
                "Median, P90 and P99 of the response time, with the number of waits, on a logarithmic scale"),
            volume: ChartLine("waits", .volume), open: "waits_open", marks: model.marks, isLogarithmic: true)
        chart.note = scope.say(
            "Belum lengkap: harinya belum berakhir, atau masih ada yang menunggu jawaban.",
            "Not complete yet: the day is not over, or somebody still waits for an answer.")
        return switches(scope) + chart.html
    }

    /// Bots answer in seconds and people in hours: together they say little of either.
    private func switches(_ scope: Scope) -> HTML {
        let chosen = scope.filters.only(.responder)
        let choices: [(String?, String)] = [
            (nil, scope.say("Semua", "All")), ("bot", Responder.bot.name(scope.language)),
            ("human", Responder.human.name(scope.language)),
        ]
        let links = choices.map { value, words -> HTML in
            let filters = scope.filters.setting(.responder, to: value.map { [$0] } ?? [])
            let current: HTML = value == chosen ? " aria-current=\"true\"" : ""
            return "<a href=\"\(scope.url(filters))\"\(current)>\(words)</a>"
        }
        let label = scope.say("Dijawab oleh", "Answered by")
        return "<div class=\"choice\" role=\"group\" aria-label=\"\(label)\">\(links)</div>"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }
}

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
    static let metrics = ["response_time_p50", "response_time_p90", "waits", "waits_open"]

    let name = "response-days"
    let title = Text(id: "Waktu jawab dari waktu ke waktu", en: "Response time over time")
    let height = CardHeight(10, narrow: 10)

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(Self.metrics, grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        return Model(answer: answer, marks: try await scope.marks(answer))
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.answer.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        var chart = Chart.overTime(
            model.answer,
            [
                ChartLine("response_time_p50", .a, "Median"),
                ChartLine("response_time_p90", .c, "P90"),
            ], scope,
            title: scope.say(
                "Median dan P90 waktu jawab pada skala logaritma, dengan jumlah penantian",
                "Median and P90 of the response time on a logarithmic scale, with the number of waits"),
            volume: ChartLine("waits", .volume), open: "waits_open", marks: model.marks, isLogarithmic: true)
        chart.note = scope.say(
            "Belum lengkap: harinya belum berakhir, atau masih ada yang menunggu jawaban.",
            "Not complete yet: the day is not over, or somebody still waits for an answer.")
        return chart.html
    }
}

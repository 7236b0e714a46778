import Analytics
import Catalogue
import Domain
import Storage
import Web

/// How do outcomes and their value go over time?
struct ValueTrendCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var marks: [TimelineMark]
    }
    static let metrics = ["outcomes", "outcome_value"]
    static let marksMax = 12

    let name = "value-trend"
    let title = Text(id: "Nilai dan hasil dari waktu ke waktu", en: "Value and outcomes over time")
    let height = CardHeight(11, narrow: 13)
    let why = ["outcomes", "outcome_value"]

    func load(_ scope: Scope) async throws -> Model {
        let answer = try await scope.ask(Self.metrics, grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        let marks = try await scope.store.timeline(answer.meta.from..<answer.meta.to, limit: Self.marksMax)
        return Model(answer: answer, marks: marks)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let answer = model.answer
        guard (answer.total("outcomes") ?? 0) > 0 else {
            return scope.sentence(
                "Belum ada hasil pada rentang ini.", "There is no outcome in this range.")
        }
        // Amounts of several currencies have no line of their own.
        let hasValue = (answer.total("outcome_value") ?? 0) > 0
        let chart =
            hasValue
            ? Chart.overTime(
                answer, [ChartLine("outcome_value", .outcome)], scope, volume: ChartLine("outcomes", .volume),
                marks: model.marks)
            : Chart.overTime(answer, [ChartLine("outcomes", .outcome)], scope, kind: .bar, marks: model.marks)
        return chart.html + scope.notes(answer.meta.notes)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        (model.answer.total("outcomes") ?? 0) > 0 ? [.answer(model.answer)] : []
    }
}

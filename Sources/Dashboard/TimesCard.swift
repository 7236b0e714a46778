import Analytics
import Catalogue
import Domain
import Web

/// How long something takes: percentiles over all messages, and by use case.
struct TimesCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byUseCase: Answer
    }
    let name: String
    let title: Text
    let metrics: [String]
    let width = CardWidth.half
    let height = CardHeight(13, narrow: 18)

    init(_ name: String, title: Text, metrics: [String]) {
        self.name = name
        self.title = title
        self.metrics = metrics
    }

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(metrics)
        async let byUseCase = scope.ask(
            metrics, by: [.useCase], order: [Query.Order(by: metrics.first ?? "", isDescending: true)])
        return try await Model(total: total, byUseCase: byUseCase)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.total, title: title),
            .answer(model.byUseCase, name: "use_case", title: Dimension.useCase.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.total.totals.contains(where: { $0.number != nil }) else { return Empty.messages(scope) }
        let table = MetricTable(
            dimension: .useCase, metrics: metrics, answer: model.byUseCase, scope: scope,
            target: { scope.url(scope.filters.setting(.useCase, to: [$0])) })
        return scope.figures(model.total, metrics) + table.html + scope.notes(model.total.meta.notes)
    }
}

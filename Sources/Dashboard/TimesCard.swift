import Analytics
import Catalogue
import Domain
import Web

/// How long something takes: how times are spread, percentiles over all messages, and by use case.
struct TimesCard: Card {
    struct Model: Sendable {
        var total: Answer
        var byUseCase: Answer
        var distribution: Distribution
    }
    /// A family of times (`time_to_deliver`), also the card's name.
    let name: String
    let title: Text
    let metrics: [String]
    let thing: Palette
    let height = CardHeight(15, narrow: 20)

    init(_ family: String, title: Text, metrics: [String], _ thing: Palette) {
        name = family
        self.title = title
        self.metrics = metrics
        self.thing = thing
    }

    func load(_ scope: Scope) async throws -> Model {
        async let total = scope.ask(metrics)
        async let byUseCase = scope.ask(
            metrics, by: [.useCase], order: [Query.Order(by: metrics.first ?? "", isDescending: true)])
        async let distribution = scope.analyst.distribution(
            of: name, filters: scope.filters.conditions(for: metrics), range: scope.filters.range)
        return try await Model(total: total, byUseCase: byUseCase, distribution: distribution)
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
        let chart = Chart.spread(model.distribution, scope, name: title(scope.language), thing)
        return scope.figures(model.total, metrics) + chart.html + table.html + scope.notes(model.total.meta.notes)
    }
}

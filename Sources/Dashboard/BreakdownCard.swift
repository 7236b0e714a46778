import Analytics
import Catalogue
import Domain
import Web

/// The same metrics by one dimension after the other: which is chosen stands in the address (`by=`).
struct BreakdownCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var amounts: Answer?
        var dimension: Dimension
    }
    static let rowsMax = 40

    let name: String
    let title: Text
    let metrics: [String]
    /// The first is shown unless the address says otherwise.
    let dimensions: [Dimension]
    /// Whether rows lead to the messages that a measure counts instead of narrowing the page.
    let measure: String?
    let height = CardHeight(24, narrow: 24)

    init(_ name: String, title: Text, metrics: [String], by dimensions: [Dimension], measure: String? = nil) {
        self.name = name
        self.title = title
        self.metrics = metrics
        self.dimensions = dimensions
        self.measure = measure
    }

    private func dimension(_ scope: Scope) -> Dimension {
        let asked = scope.filters.option(.by).flatMap { Dimension(rawValue: $0) }
        return asked.flatMap { dimensions.contains($0) ? $0 : nil } ?? dimensions.first ?? .template
    }

    func load(_ scope: Scope) async throws -> Model {
        let dimension = dimension(scope)
        let order = [Query.Order(by: metrics.first ?? "messages", isDescending: true)]
        let money = metrics.filter { Catalogue.metric($0)?.isSplitByCurrency == true }
        async let answer = scope.ask(metrics, by: [dimension], order: order, limit: Self.rowsMax)
        let amounts = money.isEmpty ? nil : try await scope.ask(money, by: [dimension, .currency])
        return Model(answer: try await answer, amounts: amounts, dimension: dimension)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { scope.shown(model.answer) }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let tabs = Tabs(
            option: .by, label: scope.say("Rinci menurut", "Split by"),
            choices: dimensions.map { ($0.rawValue, $0.name(scope.language)) }, current: model.dimension.rawValue,
            scope: scope)
        guard !model.answer.rows.isEmpty else { return tabs.html + Empty.messages(scope) }
        let table = MetricTable(
            dimension: model.dimension, metrics: metrics, answer: model.answer, scope: scope, amounts: model.amounts,
            target: { value in
                model.dimension == .template && value != nil && scope.path != "/template"
                    ? scope.url("/template", .template, value)
                    : scope.url(scope.filters.setting(model.dimension, to: [value]))
            })
        return tabs.html + table.html + scope.notes(model.answer.meta.notes)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }
}

extension Metric {
    /// A sum of money, which is told for each currency by itself where there are several.
    var isSplitByCurrency: Bool {
        guard unit == .money, case .sum = expression else { return false }
        return true
    }
}

import Analytics
import Catalogue
import Domain
import Web

/// What do templates, campaigns or people of ours bring, by the model in force?
struct CreditsCard: Card {
    struct Model: Sendable {
        var answer: Answer
        /// Each currency by itself.
        var amounts: Answer
    }
    let dimension: Dimension
    let metrics: [String]
    let width = CardWidth.half
    let height = CardHeight(16, narrow: 24)

    static let messages = ["outcomes_credited", "value_credited", "conversion_rate"]
    static let sources = ["outcomes", "outcome_value", "attribution_rate"]

    init(_ dimension: Dimension, _ metrics: [String] = CreditsCard.messages) {
        self.dimension = dimension
        self.metrics = metrics
    }

    var name: String { "results-" + dimension.rawValue.replacing("_", with: "-") }
    var title: Text {
        let name = dimension.name
        return Text(id: "Hasil menurut \(name.id.lowercased())", en: "Outcomes by \(name.en.lowercased())")
    }

    func load(_ scope: Scope) async throws -> Model {
        let money = metrics.filter { Catalogue.metric($0)?.unit == .money }
        async let answer = scope.ask(
            metrics, by: [dimension], order: [Query.Order(by: metrics[0], isDescending: true)], limit: 8)
        async let amounts = scope.ask(money, by: [dimension, .currency])
        return try await Model(answer: answer, amounts: amounts)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard metrics[0] == "outcomes_credited" else { return "" }
        return "<p>\(AttributionModel.standard.name(scope.language).lowercased())</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard hasAny(model) else {
            return scope.sentence(
                "Belum ada hasil yang dapat dipilah begini pada rentang ini.",
                "There is no outcome in this range to be split like this.")
        }
        var table = NumberTable(
            dimension: dimension, metrics: metrics, answer: model.answer, scope: scope,
            none: scope.say("tanpa \(dimension.name.id.lowercased())", "no \(dimension.name.en.lowercased())"),
            amounts: model.amounts)
        // What was sent and brought nothing is on the pages of delivery.
        table.isShown = { (model.answer.cell($0, metrics[0]).number ?? 0) > 0 }
        return table.html
    }

    private func hasAny(_ model: Model) -> Bool {
        model.answer.rows.indices.contains { (model.answer.cell($0, metrics[0]).number ?? 0) > 0 }
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { hasAny(model) ? [.answer(model.answer)] : [] }
}

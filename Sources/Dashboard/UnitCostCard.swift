import Analytics
import Catalogue
import Domain
import Web

/// What does one of each cost: a delivered message, a reply, a click, an outcome?
struct UnitCostCard: Card {
    let dimension: Dimension
    let height = CardHeight(20, narrow: 24)

    static let metrics = [
        "cost", "cost_per_delivered", "cost_per_reply", "cost_per_click", "cost_per_outcome", "return_on_spend",
    ]

    struct Model: Sendable {
        var answer: Answer
        /// Each currency by itself.
        var amounts: Answer
    }

    var name: String { "unit-cost-" + dimension.rawValue }
    var title: Text {
        let name = dimension.name
        return Text(id: "Biaya satuan per \(name.id.lowercased())", en: "Cost of one, by \(name.en.lowercased())")
    }

    func load(_ scope: Scope) async throws -> Model {
        async let answer = scope.ask(
            Self.metrics, by: [dimension], order: [Query.Order(by: "cost", isDescending: true)], limit: 10)
        async let amounts = scope.ask(["cost"], by: [dimension, .currency])
        return try await Model(answer: answer, amounts: amounts)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.answer.rows.indices.contains(where: { isPaid($0, model) }) else {
            return scope.sentence(
                "Belum ada pesan berbayar pada rentang ini.", "There is no charged message in this range.")
        }
        var table = NumberTable(
            dimension: dimension, metrics: Self.metrics, answer: model.answer, scope: scope,
            none: scope.say("tanpa \(dimension.name.id.lowercased())", "no \(dimension.name.en.lowercased())"),
            amounts: model.amounts)
        table.isShown = { isPaid($0, model) }
        return table.html
    }

    /// Amounts of several currencies have no sum, and are shown one by one.
    private func isPaid(_ row: Int, _ model: Model) -> Bool {
        if let cost = model.answer.cell(row, "cost").number { return cost > 0 }
        let key = model.answer.cell(row, dimension.rawValue)
        return model.amounts.rows.indices.contains {
            model.amounts.cell($0, dimension.rawValue) == key && (model.amounts.cell($0, "cost").number ?? 0) > 0
        }
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }
}

import Analytics
import Catalogue
import Domain
import Storage
import Web

/// What was spent, on what, and what does a result cost?
struct SpendCard: Card {
    struct Model: Sendable {
        var all: Answer
        var byCategory: Answer
        /// Each currency by itself, when there are several.
        var byCurrency: Answer
        var categoryAmounts: Answer
    }
    static let overall = [
        "cost", "cost_per_delivered", "cost_per_outcome", "messages_charged", "messages_free", "cost_unknown",
    ]
    static let category = ["messages_charged", "messages_free", "cost", "cost_per_delivered", "cost_per_outcome"]

    let name = "spend"
    let title = Text(id: "Biaya menurut kategori", en: "Spend by category")
    let height = CardHeight(16, narrow: 24)
    let why = ["cost", "cost_per_delivered", "messages_charged"]

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.overall)
        async let byCategory = scope.ask(
            Self.category, by: [.category], order: [Query.Order(by: "messages_charged", isDescending: true)], limit: 20)
        async let byCurrency = scope.ask(["cost"], by: [.currency])
        async let categoryAmounts = scope.ask(["cost"], by: [.category, .currency])
        return try await Model(
            all: all, byCategory: byCategory, byCurrency: byCurrency, categoryAmounts: categoryAmounts)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let delivered = ["messages_charged", "messages_free", "cost_unknown"].reduce(0.0) {
            $0 + (model.all.total($1) ?? 0)
        }
        guard delivered > 0 else { return Empty.messages(scope) }
        var table = NumberTable(
            dimension: .category, metrics: Self.category, answer: model.byCategory, scope: scope,
            none: scope.say("tanpa kategori", "no category"), amounts: model.categoryAmounts)
        if model.all.total("cost_unknown") == 0 {
            // What has credits alone, such as a click of no message, belongs to no spending.
            table.isShown = { row in
                ["messages_charged", "messages_free"].contains { (model.byCategory.cell(row, $0).number ?? 0) > 0 }
            }
        }
        return """
            \(scope.headline(Self.overall, model.all, amounts: model.byCurrency))
            \(table.html)
            \(scope.notes(model.all.meta.notes))
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.byCategory, title: Text(id: "Menurut kategori", en: "By category")),
            .answer(model.all, name: "total", title: Text(id: "Seluruhnya", en: "All together")),
        ]
    }
}

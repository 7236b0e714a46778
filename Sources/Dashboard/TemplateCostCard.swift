import Analytics
import Catalogue
import Domain
import Web

/// What does one template cost, and for what?
struct TemplateCostCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var amounts: Answer
        var byCategory: Answer
    }
    static let metrics = [
        "cost", "cost_per_delivered", "cost_per_reply", "cost_per_outcome", "cost_wasted_share", "cost_raised",
    ]

    let name = "template_cost"
    let title = Text(id: "Biayanya", en: "What it costs")
    let height = CardHeight(11, narrow: 17)

    func load(_ scope: Scope) async throws -> Model {
        async let answer = scope.ask(Self.metrics)
        async let amounts = scope.ask(["cost", "cost_raised"], by: [.currency])
        async let byCategory = scope.ask(
            ["cost", "cost_per_delivered", "messages_charged", "messages_free"], by: [.category],
            order: [Query.Order(by: "cost", isDescending: true)])
        return try await Model(answer: answer, amounts: amounts, byCategory: byCategory)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [
            .answer(model.answer, title: title),
            .answer(model.byCategory, name: "category", title: Dimension.category.name),
        ]
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.byCategory.rows.isEmpty else {
            return scope.sentence(
                "Belum ada pesan sampai dari templat ini pada rentang ini, jadi belum ada biaya.",
                "No message of this template was delivered in this range, so it cost nothing.")
        }
        let raised: HTML =
            (model.answer.totals.indices.contains(5) ? model.answer.totals[5].number ?? 0 : 0) > 0
            ? """
            <p class="spaced">\(scope.say(
                "Meta menaikkan kategori templat ini: sebagian biayanya hanya karena itu. Ajukan banding atau pisahkan "
                    + "isi promosinya.",
                "Meta raised this template's category: a part of its cost is due to that alone. Appeal, or take the "
                    + "promotion out of it."))</p>
            """ : ""
        let table = MetricTable(
            dimension: .category, metrics: ["cost", "cost_per_delivered", "messages_charged", "messages_free"],
            answer: model.byCategory, scope: scope)
        return scope.figures(model.answer, Self.metrics, amounts: model.amounts) + raised + table.html
            + scope.notes(model.answer.meta.notes)
    }
}

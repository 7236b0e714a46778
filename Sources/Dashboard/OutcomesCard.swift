import Analytics
import Catalogue
import Domain
import Storage
import Web

/// What was achieved, of which kind, and what is it worth?
struct OutcomesCard: Card {
    struct Model: Sendable {
        var all: Answer
        /// Each currency by itself, as a whole and by kind.
        var amounts: Answer
        var kindAmounts: Answer
        var byKind: Answer
        /// Whether a result has ever been told.
        var hasOutcomes: Bool
    }
    static let overall = ["outcomes", "outcome_value", "attribution_rate", "outcomes_unmatched", "refunded_value"]
    static let kinds = ["outcomes", "outcome_value", "outcome_value_mean", "outcomes_refunded", "outcomes_cancelled"]

    let name = "outcomes"
    let title = Text(id: "Hasil dan nilainya", en: "Outcomes and their value")
    let height = CardHeight(14, narrow: 24)
    let why = ["outcomes", "outcome_value", "attribution_rate"]

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.overall)
        async let amounts = scope.ask(["outcome_value", "refunded_value"], by: [.currency])
        async let kindAmounts = scope.ask(["outcome_value"], by: [.kind, .currency])
        async let byKind = scope.ask(
            Self.kinds, by: [.kind], order: [Query.Order(by: "outcomes", isDescending: true)], limit: 20)
        var model = try await Model(
            all: all, amounts: amounts, kindAmounts: kindAmounts, byKind: byKind, hasOutcomes: true)
        if !model.hasAny {
            let ever = try await scope.analyst.ask(Query(metrics: ["outcomes"], range: .preset(.last90Days)))
            model.hasOutcomes = (ever.total("outcomes") ?? 0) > 0
        }
        return model
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        let unmatched = Int64(model.all.total("outcomes_unmatched") ?? 0)
        guard unmatched > 0 else { return "" }
        let words = scope.say(
            "\(scope.figures.integer(unmatched)) belum diketahui milik siapa",
            "\(scope.figures.integer(unmatched)) of nobody known")
        return "<a class=\"pill warn\" href=\"#card-unmatched\">\(words)</a>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.hasOutcomes else { return OutcomeLesson(scope: scope).html }
        guard model.hasAny else {
            return scope.sentence(
                "Tidak ada hasil yang cocok pada rentang ini. Pilih rentang yang lebih panjang atau hapus filter.",
                "No outcome fits in this range. Choose a longer range or clear a filter.")
        }
        let table = NumberTable(
            dimension: .kind, metrics: Self.kinds, answer: model.byKind, scope: scope,
            none: scope.say("tanpa jenis", "no kind"), amounts: model.kindAmounts)
        return """
            \(scope.headline(Self.overall, model.all, amounts: model.amounts))
            \(table.html)
            \(scope.notes(model.all.meta.notes))
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard model.hasAny else { return [] }
        return [
            .answer(model.byKind, title: Text(id: "Menurut jenis", en: "By kind")),
            .answer(model.all, name: "total", title: Text(id: "Seluruhnya", en: "All together")),
        ]
    }
}

extension OutcomesCard.Model {
    fileprivate var hasAny: Bool { (all.total("outcomes") ?? 0) > 0 || !byKind.rows.isEmpty }
}

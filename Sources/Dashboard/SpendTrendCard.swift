import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Where does the money go from day to day, and does that fit the budget?
struct SpendTrendCard: Card {
    struct Model: Sendable {
        var answer: Answer
        /// For everything, in a month.
        var budget: Money?
    }

    let name = "spend-trend"
    let title = Text(id: "Biaya dari waktu ke waktu", en: "Spend over time")
    let height = CardHeight(11, narrow: 13)
    let why = ["cost"]

    func load(_ scope: Scope) async throws -> Model {
        async let answer = scope.ask(
            ["cost"], by: [.category], grain: scope.seriesGrain, order: [Query.Order(by: "time")])
        async let settings = scope.store.costSettings()
        let budget = try await settings.budgets.first { $0.scope == .everything }?.amount
        return try await Model(answer: answer, budget: budget)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let answer = model.answer
        var sums: [String?: Double] = [:]
        for row in answer.rows.indices {
            sums[answer.cell(row, "category").text, default: 0] += answer.cell(row, "cost").number ?? 0
        }
        let paid = sums.filter { $0.value > 0 }.sorted { ($1.value, $0.key ?? "") < ($0.value, $1.key ?? "") }
        guard !paid.isEmpty else {
            guard answer.rows.isEmpty else {
                return scope.sentence(
                    "Tidak ada biaya dalam satu mata uang untuk digambar. Jumlah per mata uang ada di kartu lain.",
                    "There is no cost in one currency to draw. The amounts by currency are on the other cards.")
            }
            return scope.sentence(
                "Belum ada pesan berbayar pada rentang ini.", "There is no charged message in this range.")
        }
        let none = scope.say("tanpa kategori", "no category")
        let values = paid.enumerated().map { index, sum in
            (
                value: sum.key, name: sum.key.map { Dimension.category.word($0, scope) } ?? none,
                thing: Palette.ordinal(index)
            )
        }
        return Chart.overTime(answer, metric: "cost", by: .category, values, scope, kind: .stacked).html
            + allowance(model, scope) + scope.notes(answer.meta.notes)
    }

    /// What a day may cost by the budget, beside what it costs.
    private func allowance(_ model: Model, _ scope: Scope) -> HTML {
        guard let budget = model.budget, !scope.filters.isNarrowed, let spent = model.answer.total("cost"),
            let column = model.answer.index(of: "cost"), model.answer.columns[column].currency == budget.currency
        else { return "" }
        let days = Double(model.answer.meta.to.seconds - model.answer.meta.from.seconds) / 86_400
        guard days >= 1 else { return "" }
        // A month of the mean length, as the range may lie in several.
        let perDay = Double(budget.micros) / 1_000_000 / (365.25 / 12)
        let mean = scope.figures.money(spent / days, budget.currency)
        let allowed = scope.figures.money(perDay, budget.currency)
        let tone: HTML = spent / days > perDay ? "worse" : "better"
        let words = scope.say("Rata-rata \(mean) sehari;", "\(mean) a day on average;")
        let limit = scope.say("anggarannya \(allowed) sehari.", "the budget is \(allowed) a day.")
        return "<p class=\"small spaced\">\(words) <span class=\"\(tone)\">\(limit)</span></p>"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        model.answer.rows.isEmpty ? [] : [.answer(model.answer)]
    }
}

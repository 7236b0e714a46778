import Catalogue
import Domain
import Web

extension Board {
    /// What the channel costs, what of it was wasted, and what is still to come this month.
    static let costs = Board(
        Navigation.costs,
        about: Text(
            id: "Berapa biayanya, berapa yang terbuang, dan sisa anggaran bulan ini.",
            en: "What it costs, what of it was wasted, and what is left of this month's budget."),
        dimensions: [.category, .campaign, .template, .phoneNumber],
        cards: [
            SpendCard(), SpendTrendCard(), BudgetsCard(), LimitCard(), WasteCard(), UnitCostCard(dimension: .campaign),
            UnitCostCard(dimension: .template), RaisesCard(), QuotaCard(), UnpricedCard(), AssumptionsCard(),
        ])
}

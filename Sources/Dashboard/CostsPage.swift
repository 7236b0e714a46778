import Domain

/// What the channel costs, what of it was wasted, and what is still to come this month.
enum CostsPage {
    static let title = Text(id: "Biaya", en: "Costs")
    static let cards: [any Card] = [
        SpendCard(), WasteCard(), BudgetsCard(), QuotaCard(), RaisesCard(), AssumptionsCard(),
    ]
}

import Domain

/// What the channel is worth: results, where they come from, and who gets the credit.
enum OutcomesPage {
    static let title = Text(id: "Hasil", en: "Outcomes")
    static let cards: [any Card] = [OutcomesCard(), FunnelCard(), ModelsCard(), UnmatchedCard()]
}

import Catalogue
import Domain
import Web

extension Board {
    /// What the channel is worth: results, where they come from, and who gets the credit.
    static let outcomes = Board(
        Navigation.outcomes,
        about: Text(
            id: "Apa yang dihasilkan kanal ini, dan pesan mana yang berjasa.",
            en: "What the channel brings, and which messages deserve the credit."),
        dimensions: [.kind, .campaign, .template],
        cards: [OutcomesCard(), FunnelCard(), ModelsCard(), UnmatchedCard()])
}

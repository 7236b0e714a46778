import Catalogue
import Domain
import Storage
import Web

extension Board {
    /// What the channel is worth: results, where they come from, and who gets the credit.
    static let outcomes = Board(
        Navigation.outcomes,
        about: Text(
            id: "Apa yang dihasilkan kanal ini, dan pesan mana yang berjasa.",
            en: "What the channel brings, and which messages deserve the credit."),
        dimensions: [.kind, .campaign, .template, .agent],
        cards: [
            OutcomesCard(), ValueTrendCard(), FunnelCard(), ModelsCard(), CreditsCard(.template),
            CreditsCard(.campaign),
            CreditsCard(.agent), CreditsCard(.sourceSystem, CreditsCard.sources), TimeToOutcomeCard(), LiftCard(),
            UnmatchedCard(group: .unmatched), UnmatchedCard(group: .unattributed),
        ])
}

import Catalogue
import Domain
import Web

extension Board {
    /// How many people write, when, where they come from, and whether it leads anywhere.
    static let volume = Board(
        Navigation.volume,
        about: Text(
            id: "Berapa banyak yang menulis, kapan, dari mana, dan jadi hasil atau tidak.",
            en: "How many write, when, where they come from, and whether it leads anywhere."),
        dimensions: [.phoneNumber, .entry, .openedBy],
        cards: [VolumeCard(), VolumeSeriesCard(), ForecastCard(), StaffingCard(), InboundHoursCard(), OriginCard()])
}

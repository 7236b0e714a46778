import Catalogue
import Domain
import Web

extension Board {
    /// Do messages arrive, which do not, and why?
    static let delivery = Board(
        Navigation.delivery,
        about: Text(
            id: "Apakah pesan sampai, mana yang tidak, dan apa yang dapat dilakukan.",
            en: "Whether messages arrive, which do not, and what can be done."),
        dimensions: [.template, .useCase, .campaign, .country, .phoneNumber],
        cards: [
            DeliveryByDayCard(),
            BreakdownCard(
                "delivery_by", title: Text(id: "Pengiriman dan hasilnya", en: "Delivery and what it brings"),
                metrics: [
                    "messages", "delivery_rate", "delivery_rate_expected", "failure_rate", "conversion_rate",
                    "cost_per_outcome",
                ],
                by: [.template, .useCase, .category, .campaign, .country, .phoneNumber]),
            FailuresCard(), MaturityCard(),
            TimesCard(
                "time_to_deliver", title: Text(id: "Waktu sampai", en: "Time to deliver"),
                metrics: ["time_to_deliver_p50", "time_to_deliver_p90", "time_to_deliver_p99"], .delivered),
            SilenceCard(), AcceptanceCard(),
        ])
}

import Catalogue
import Domain
import Web

extension Board {
    /// Are messages read, answered, clicked, and when do they drive people away?
    static let engagement = Board(
        Navigation.engagement,
        about: Text(
            id: "Apakah pesan dibaca dan ditanggapi, dan kapan justru membuat orang berhenti.",
            en: "Whether messages are read and acted upon, and when they drive people away instead."),
        dimensions: [.template, .useCase, .campaign, .country, .phoneNumber],
        cards: [
            EngagementStepsCard(), ReadRatesCard(),
            BreakdownCard(
                "engagement_by", title: Text(id: "Tanggapan dan hasilnya", en: "Reactions and what they bring"),
                metrics: [
                    "messages_delivered", "read_rate_floor", "reply_rate", "click_rate", "opt_out_rate",
                    "conversion_rate",
                ],
                by: [.template, .campaign, .useCase, .category, .variant, .templateLanguage, .country]),
            TimesCard(
                "time_to_read", title: Text(id: "Waktu sampai dibaca", en: "Time to read"),
                metrics: ["time_to_read_p50", "time_to_read_p90"], .read),
            OptOutCard(), SendingHoursCard(),
        ])
}

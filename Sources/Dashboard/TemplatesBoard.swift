import Catalogue
import Domain
import Web

extension Board {
    static let templates = Board(
        Navigation.templates,
        about: Text(
            id: "Templat mana yang sampai, ditanggapi, dan menghasilkan, dan berapa biayanya.",
            en: "Which templates arrive, are acted upon and bring something, and what they cost."),
        dimensions: [.useCase, .category, .campaign, .phoneNumber],
        cards: [TemplatesCard()])

    /// Which of several templates or variants works better.
    static let compare = Board(
        Navigation.templates, path: "/compare", title: Text(id: "Bandingkan", en: "Compare"),
        about: Text(
            id: "Mana yang terbukti lebih baik, apa harganya, dan apakah datanya sudah cukup untuk tahu.",
            en: "Which is proven better, what it costs, and whether there is enough data to know."),
        dimensions: [.template, .variant, .campaign, .phoneNumber], cards: [CompareCard(), SampleSizeCard()])

    /// One template: its life, its numbers before and after each change, where it works and where it fails.
    static let template = Board(
        Navigation.templates, path: "/template", title: Text(id: "Templat", en: "Template"),
        about: Text(
            id: "Riwayat satu templat, angkanya sebelum dan sesudah tiap perubahan, dan di mana ia gagal.",
            en: "One template's life, its numbers before and after each change, and where it fails."),
        dimensions: [.templateLanguage, .campaign, .country, .phoneNumber], subject: .template,
        cards: [
            TemplateStateCard(), TemplateDaysCard(), TemplateLifeCard(),
            BreakdownCard(
                "template_variants", title: Text(id: "Bahasa dan varian", en: "Languages and variants"),
                metrics: [
                    "messages", "delivery_rate", "read_rate_floor", "reply_rate", "click_rate", "opt_out_rate",
                    "conversion_rate",
                ],
                by: [.templateLanguage, .variant]),
            BreakdownCard(
                "template_by", title: Text(id: "Di mana ia dikirim", en: "Where it is sent"),
                metrics: [
                    "messages", "delivery_rate", "failure_rate", "reply_rate", "conversion_rate", "cost_per_outcome",
                ],
                by: [.campaign, .country, .phoneNumber]),
            FailuresCard(), TemplateCostCard(),
        ])
}

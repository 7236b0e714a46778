import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Where does one template stand, and what does it bring?
struct TemplateStateCard: Card {
    struct Model: Sendable {
        var answer: Answer
        var amounts: Answer
        var states: [TemplateLife.State]
    }
    static let metrics = [
        "messages", "delivery_rate", "read_rate_expected", "reply_rate", "conversion_rate", "cost_per_outcome",
        "value_credited", "return_on_spend",
    ]

    let name = "template_state"
    let title = Text(id: "Keadaan sekarang", en: "Where it stands")
    let height = CardHeight(7, narrow: 12)

    func load(_ scope: Scope) async throws -> Model {
        guard let template = scope.filters.only(.template) else { throw TemplateDaysCard.nameless }
        async let answer = scope.ask(Self.metrics)
        async let amounts = scope.ask(["value_credited"], by: [.currency])
        async let marks = scope.store.timeline(ofTemplate: template, limit: TemplateLife.momentsMax)
        return try await Model(answer: answer, amounts: amounts, states: TemplateLife.states(marks))
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] { [.answer(model.answer)] }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        MessagesPage.link(scope, nil, scope.say("Lihat pesannya satu per satu", "Show its messages"))
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        scope.figures(model.answer, Self.metrics, amounts: model.amounts)
            + "<ul class=\"traits\">\(states(model, scope))</ul>"
    }

    private func states(_ model: Model, _ scope: Scope) -> [HTML] {
        guard !model.states.isEmpty else {
            let words = scope.say(
                "Meta belum memberitahukan perubahan status, kualitas, atau kategori templat ini.",
                "Meta has told no change of this template's status, quality or category.")
            return ["<li>\(words)</li>"]
        }
        return model.states.flatMap { state -> [HTML] in
            let language = state.language.map { " (\($0))" } ?? ""
            return [
                (scope.say("Status", "Status") + language, state.status),
                (scope.say("Kualitas", "Quality") + language, state.quality),
                (scope.say("Kategori", "Category") + language, state.category),
            ].compactMap { name, word in
                word.map { "<li>\(name): <strong>\(TimelineWords.value($0, scope.language))</strong></li>" }
            }
        }
    }
}

extension TimelineWords {
    /// One of Meta's words by itself.
    static func value(_ word: String, _ language: Language) -> String {
        let known: Text? =
            switch word.uppercased() {
            case "GREEN", "HIGH": Text(id: "hijau", en: "green")
            case "YELLOW", "MEDIUM": Text(id: "kuning", en: "yellow")
            case "RED", "LOW": Text(id: "merah", en: "red")
            case "APPROVED", "REINSTATED", "UNPAUSED": Text(id: "boleh dikirim", en: "may be sent")
            case "PAUSED": Text(id: "dijeda", en: "paused")
            case "REJECTED": Text(id: "ditolak", en: "rejected")
            case "DISABLED": Text(id: "dimatikan", en: "disabled")
            case "MARKETING": Text(id: "pemasaran", en: "marketing")
            case "UTILITY": Text(id: "utilitas", en: "utility")
            case "AUTHENTICATION": Text(id: "autentikasi", en: "authentication")
            default: nil
            }
        return known?(language) ?? word.replacing("_", with: " ").lowercased()
    }
}

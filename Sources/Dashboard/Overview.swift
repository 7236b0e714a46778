import Catalogue
import Domain
import Storage
import Web

/// The first page: is data arriving, do messages arrive, which template works, why do they fail.
struct Overview {
    static let cards: [any Card] = [ArrivalCard(), DeliveryByDayCard(), TemplatesCard(), FailuresCard()]

    /// Choices of the filter bar.
    struct Choices: Sendable {
        var templates: [String]
        var phoneNumbers: [String]
        /// A store that fails leaves the bar without choices; the cards say what is wrong.
        static func load(_ scope: Scope) async -> Choices {
            async let templates = scope.store.values(of: .template, limit: 200)
            async let phoneNumbers = scope.store.values(of: .phoneNumber, limit: 200)
            return Choices(templates: (try? await templates) ?? [], phoneNumbers: (try? await phoneNumbers) ?? [])
        }
    }
    let scope: Scope
    let version: String
    let isSignedIn: Bool

    func render() async -> HTML {
        async let choices = Choices.load(scope)
        let sections = await withTaskGroup(of: (Int, HTML).self) { group in
            for (index, card) in Self.cards.enumerated() {
                group.addTask { (index, await card.section(scope)) }
            }
            var sections: [Int: HTML] = [:]
            for await (index, html) in group { sections[index] = html }
            return Self.cards.indices.compactMap { sections[$0] }
        }
        let title = Text(id: "Ringkasan", en: "Overview")
        return Page(
            title: title, language: scope.language, path: "/", query: scope.filters.query,
            links: Page.standardLinks("/"), account: isSignedIn ? signOut : nil, foot: foot,
            body: """
                \(banner)
                <div class="head"><div><h1>\(title(scope.language))</h1></div>\(await filterBar(choices))</div>
                \(sections)
                """
        ).render()
    }

    private var banner: HTML? {
        guard !scope.hasSecret else { return nil }
        let text = scope.say(
            "Webhook sedang ditolak: PANTAU_META_APP_SECRET belum diisi, jadi tanda tangan Meta "
                + "tidak dapat diperiksa. Isi, lalu jalankan ulang.",
            "Webhooks are being refused: PANTAU_META_APP_SECRET is not set, so Meta's "
                + "signature cannot be checked. Set it and restart."
        )
        return "<div class=\"card banner\" role=\"status\"><p>\(text)</p></div>"
    }

    private var foot: HTML {
        let zone = scope.figures.zone(at: scope.now)
        return """
            <span>\(scope.say("Zona waktu", "Time zone")): \(zone)</span><span>Pantau \(version)</span>
            """
    }

    private var signOut: HTML {
        let words = scope.say("Keluar", "Sign out")
        return "<form method=\"post\" action=\"/sign-out\"><button type=\"submit\">\(words)</button></form>"
    }

    private func filterBar(_ choices: Choices) -> HTML {
        let spans = Filters.Span.allCases.map { span -> HTML in
            let url = scope.filters.query.setting("range", to: String(span.rawValue)).url(path: "/")
            let current: HTML = span == scope.filters.span ? " aria-current=\"true\"" : ""
            return "<a href=\"\(url)\"\(current)>\(span.name(scope.language))</a>"
        }
        return """
            <form class="filters" method="get" action="/" data-send-on-change>
            <div class="choice" role="group" aria-label="\(scope.say("Rentang", "Range"))">\(spans)</div>
            <input type="hidden" name="range" value="\(scope.filters.span.rawValue)">
            \(select("template", .template, choices.templates, chosen: scope.filters.template))
            \(select("phone_number", .phoneNumber, choices.phoneNumbers, chosen: scope.filters.phoneNumber))
            <noscript><button type="submit">\(scope.say("Terapkan", "Apply"))</button></noscript>
            </form>
            """
    }

    private func select(_ name: String, _ dimension: Dimension, _ values: [String], chosen: String?) -> HTML {
        // What is chosen stays in the list, also when it is no longer among the frequent values.
        let values = chosen.map { values.contains($0) ? values : [$0] + values } ?? values
        guard !values.isEmpty else { return "" }
        let options = values.map { value -> HTML in
            let selected: HTML = value == chosen ? " selected" : ""
            return "<option value=\"\(value)\"\(selected)>\(value)</option>"
        }
        return """
            <label>\(dimension.name(scope.language)) <select name="\(name)">\
            <option value="">\(scope.say("semua", "all"))</option>\(options)</select></label>
            """
    }
}

import Domain
import Ledgers
import Storage
import Web

/// What do these costs rest on?
struct AssumptionsCard: Card {
    struct Model: Sendable {
        var settings: CostSettings
        /// The newest date of each card in force, by currency.
        var cards: [(currency: String, from: LocalDate, isImported: Bool)]
    }

    let name = "assumptions"
    let title = Text(id: "Dasar perhitungan biaya", en: "What these costs rest on")
    let height = CardHeight(9, narrow: 16)

    func load(_ scope: Scope) async throws -> Model {
        let settings = try await scope.store.costSettings()
        let prices = RateCard.inForce(settings.rates, on: scope.figures.clock.date(of: scope.now))
        let cards = Dictionary(grouping: prices, by: \.currency).compactMap { currency, prices in
            prices.map(\.effectiveFrom).max().map { (currency, $0, prices.contains(where: \.isImported)) }
        }
        return Model(settings: settings, cards: cards.sorted { $0.0 < $1.0 })
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.settings.recounted < 1 else { return "" }
        let share = scope.figures.percent(model.settings.recounted, places: 0)
        return "<span class=\"pill waiting\">\(scope.say("Menghitung ulang: \(share)", "Recounting: \(share)"))</span>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let words = scope.say(
            "Yang tidak dijelaskan Meta adalah asumsi dan dapat diubah di",
            "What Meta does not say is an assumption and can be changed at")
        return """
            <ul class="steps">\(items(model, scope).map { "<li>\($0)</li>" as HTML })</ul>
            <p class="muted small spaced">\(words) \(SettingsSection.prices.link(scope)).</p>
            """
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        [.table(ExportTable(columns: ["assumption"], rows: items(model, scope).map { [.words($0)] }))]
    }

    private func items(_ model: Model, _ scope: Scope) -> [String] {
        rates(model, scope) + accounts(model.settings, scope) + assumed(model.settings, scope)
    }

    private func rates(_ model: Model, _ scope: Scope) -> [String] {
        let cards = model.cards.map { card in
            let date = scope.figures.date(card.from)
            let origin =
                card.isImported
                ? scope.say("diimpor", "imported") : scope.say("bawaan Pantau", "shipped with Pantau")
            return scope.say(
                "Kartu tarif \(card.currency) per \(date) (\(origin)).",
                "Rate card in \(card.currency) of \(date) (\(origin)).")
        }
        let exchange = Dictionary(grouping: model.settings.exchange) { "\($0.from) → \($0.to)" }
            .compactMapValues { $0.max { $0.effectiveFrom < $1.effectiveFrom } }
        return cards
            + exchange.sorted { $0.key < $1.key }.map { pair, rate in
                let date = scope.figures.date(rate.effectiveFrom)
                let value = Money.decimal(rate.rateMicros)
                return scope.say(
                    "Kurs \(pair): \(value) sejak \(date), diisi oleh bisnis.",
                    "Exchange rate \(pair): \(value) since \(date), entered by the business.")
            }
    }

    private func accounts(_ settings: CostSettings, _ scope: Scope) -> [String] {
        settings.accounts.map { terms in
            let told = [terms.currency, terms.timeZone, terms.portfolio].compactMap { $0 }.joined(separator: ", ")
            return scope.say("Akun \(terms.account): \(told).", "Account \(terms.account): \(told).")
        }
    }

    private func assumed(_ settings: CostSettings, _ scope: Scope) -> [String] {
        let currency = scope.currency
        return settings.assumptions.told(workspaceCurrency: currency).map { $0.sentence(scope.language) }
    }
}

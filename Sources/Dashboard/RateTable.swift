import Domain
import Ledgers
import Storage
import Web

/// Prices in force on a day: markets down, categories across.
struct RateTable {
    let desk: SettingsDesk
    let settings: CostSettings

    private static let path = SettingsSection.prices.path

    private var day: LocalDate { desk.query["date"].flatMap { LocalDate($0) } ?? desk.today }
    private var prices: [RateCard.Price] { RateCard.inForce(settings.rates, on: day) }
    private var currencies: [String] { Set(prices.map(\.currency)).sorted() }

    /// The one asked for, else the workspace's, else the first there is.
    private var currency: String? {
        if let asked = desk.query["card"], currencies.contains(asked) { return asked }
        return currencies.contains(desk.workspace.currency) ? desk.workspace.currency : currencies.first
    }

    var html: HTML {
        let changes = desk.say("Perubahan harga Meta yang diketahui", "Known changes of Meta's prices")
        return """
            <section class="card" id="rate-cards"><h2>\(desk.say("Kartu tarif", "Rate cards"))</h2>
            \(table)
            <details class="fold"><summary>\(changes)</summary><ul class="steps">\(RateCard.changes.reversed().map(change))</ul></details></section>
            """
    }

    private var table: HTML {
        guard let currency else {
            return
                "<p>\(desk.say("Tidak ada tarif untuk tanggal ini.", "There is no price for this date."))</p>\(dates)"
        }
        let rows = Dictionary(grouping: prices.filter { $0.currency == currency }, by: \.market)
        let home = Market.of(country: desk.installed.country, on: day)
        let others = rows.keys.filter { $0 != home }.sorted()
        let date = desk.figures.date(day)
        return """
            <p>\(desk.say("Berlaku \(date), dalam \(currency).", "In force on \(date), in \(currency)."))
            <span class="muted small">\(HTML(prose: desk.say(
                "Bertanda • diimpor sendiri; lainnya kartu bawaan: \(RateCard.source.id). – berarti kartunya tidak "
                    + "menyebut harga.",
                "• was imported; the others are shipped: \(RateCard.source.en). – means that the card names no "
                    + "price.")))\
            </span></p>
            \(dates)
            \(grid([home].filter { rows[$0] != nil }, rows))
            <details class="fold"><summary>\(desk.say("\(others.count) pasar lain", "\(others.count) other markets"))\
            </summary>\(grid(others, rows))</details>
            """
    }

    private func grid(_ markets: [String], _ rows: [String: [RateCard.Price]]) -> HTML {
        guard !markets.isEmpty else { return "" }
        let heads = PricedCategory.listed.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML }
        return """
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(desk.say("Pasar", "Market"))</th>\
            \(heads)</tr></thead><tbody>\(markets.map { row($0, rows[$0] ?? []) })</tbody></table></div>
            """
    }

    private func row(_ market: String, _ prices: [RateCard.Price]) -> HTML {
        let cells = PricedCategory.listed.map { category -> HTML in
            let price = prices.first { $0.category == category }
            return "<td class=\"number\" data-label=\"\(category)\"><div>\(cell(price))</div></td>"
        }
        return "<tr><th scope=\"row\">\(market)</th>\(cells)</tr>\n"
    }

    private func cell(_ price: RateCard.Price?) -> HTML {
        guard let price else { return "–" }
        let mark = price.isImported ? "• " : ""
        let first = price.tiers.first?.rateMicros
        let list = first.map { desk.figures.money(Money(micros: $0, currency: price.currency)) } ?? "–"
        guard price.tiers.count > 1 else { return "\(mark)\(list)" }
        let tiers = price.tiers.map { tier -> HTML in
            let rate = tier.rateMicros.map { desk.figures.money(Money(micros: $0, currency: price.currency)) } ?? "–"
            let from = desk.figures.integer(tier.tierFrom + 1)
            return
                "<span class=\"interval\">\(desk.say("mulai pesan ke-\(from)", "from message \(from)")): \(rate)</span>"
        }
        return "\(mark)\(list)\(Array(tiers.dropFirst()))"
    }

    /// Days on which prices begin, and the other currencies.
    private var dates: HTML {
        let days = Set((RateCard.shipped + settings.rates).map(\.effectiveFrom)).sorted()
        let others = currencies.filter { $0 != currency }.map { link("card", $0, $0) }
        let links = days.map { link("date", $0.description, desk.figures.date($0)) }
        let more: HTML = others.isEmpty ? "" : " · \(desk.say("Mata uang lain", "Other currencies")): \(others)"
        return "<p class=\"small\">\(desk.say("Mulai berlaku", "Prices begin on")): \(links)\(more)</p>"
    }

    private func link(_ name: String, _ value: String, _ words: String) -> HTML {
        var query = URLQuery()
        if let date = desk.query["date"] { query = query.setting("date", to: date) }
        if let card = desk.query["card"] { query = query.setting("card", to: card) }
        let url = query.setting(name, to: value).url(path: Self.path) + "#rate-cards"
        return "<a href=\"\(url)\">\(words)</a> "
    }

    private func change(_ change: RateCard.Change) -> HTML {
        """
        <li><strong>\(desk.figures.date(change.effectiveFrom))</strong> \(desk.say(change.what)) \
        <span class="muted small">\(change.source)</span></li>
        """
    }
}

/// A file of prices: chosen, looked at, and only then taken.
struct RateImport {
    let desk: SettingsDesk

    var html: HTML {
        let since = desk.say(
            "Berlaku sejak, bila berkasnya tidak menyebut", "In force since, where the file does not say")
        let currency = desk.say("Mata uang, bila berkasnya tidak menyebut", "Currency, where the file does not say")
        return """
            <form class="card document" id="rate-import" data-import data-send="/api/v1/rate-cards" data-method="POST" \
            \(SettingsForm.words(desk)) novalidate>
            <h2>\(desk.say("Impor kartu tarif", "Import a rate card"))</h2>
            <p class="muted small">\(HTML(prose: desk.say(
                "CSV yang diunduh dari Meta (isi tanggal dan mata uangnya), atau CSV sendiri dengan baris judul "
                    + "`effective_from,currency,market,category,tier_from,tier_to,rate`. Baris untuk tanggal, mata "
                    + "uang, "
                    + "pasar, dan kategori yang sama diganti; yang lain tetap.",
                "The CSV that Meta offers (say its date and currency), or your own with the header line "
                    + "`effective_from,currency,market,category,tier_from,tier_to,rate`. Lines of the same date, "
                    + "currency, market and category are replaced; others stay.")))</p>
            <div class="grid"><label class="field"><span>\(desk.say("Berkas", "File"))</span>\
            <input type="file" data-file accept=".csv,text/csv,text/plain"></label>\
            <label class="field"><span>\(since)</span>\
            <input type="date" name="effective_from" data-query></label>\
            <label class="field"><span>\(currency)</span>\
            <input type="text" name="currency" data-query list="currencies" placeholder="IDR" \
            autocomplete="off"></label></div>
            <div data-preview aria-live="polite"></div>
            <div class="actions"><button type="submit" class="primary" data-store hidden>\
            \(desk.say("Pakai tarif ini", "Use these prices"))</button>
            <p class="said" data-said role="status" tabindex="-1"></p></div></form>
            """
    }

    /// What a file would change; or what is wrong with it, and on which line.
    static func preview(_ desk: SettingsDesk, _ text: [UInt8]) async throws -> (html: HTML, isUsable: Bool) {
        let query = desk.query
        let date = (query["effective_from"] ?? "").isEmpty ? nil : query["effective_from"].flatMap { LocalDate($0) }
        let currency = (query["currency"] ?? "").isEmpty ? nil : query["currency"]?.uppercased()
        let entries: [RateEntry]
        do {
            entries = try desk.installed.readRates(text, date, currency)
        } catch let failure as Failure {
            let title = desk.say("Berkas ini belum dapat dipakai", "This file cannot be used yet")
            let detail = failure.message(desk.language)
            return ("<div class=\"failed\"><strong>\(title)</strong><p>\(HTML(prose: detail))</p></div>", false)
        }
        let settings = try await desk.store.costSettings()
        let known = Dictionary(grouping: settings.rates, by: \.price)
        let replaced = Set(entries.map(\.price)).count { known[$0] != nil }
        let shown = entries.prefix(rowsShown).map { row($0, settings, desk) }
        let lines = desk.figures.integer(entries.count)
        let more: HTML =
            entries.count > rowsShown
            ? "<p class=\"muted small\">\(desk.say("\(rowsShown) yang pertama.", "The first \(rowsShown)."))</p>" : ""
        return (
            """
            <p><strong>\(desk.say("\(lines) baris terbaca.", "\(lines) lines read."))</strong> \
            \(desk.say("\(replaced) harga impor lama diganti.", "\(replaced) prices imported before are replaced."))</p>
            <div class="table"><table><thead><tr><th scope="col">\(desk.say("Sejak", "Since"))</th>\
            <th scope="col">\(desk.say("Pasar", "Market"))</th><th scope="col">\(desk.say("Kategori", "Category"))</th>\
            <th scope="col" class="number">\(desk.say("Sekarang", "Now"))</th>\
            <th scope="col" class="number">\(desk.say("Menjadi", "Becomes"))</th></tr></thead>
            <tbody>\(shown)</tbody></table></div>\(more)
            """, true
        )
    }

    private static let rowsShown = 50

    private static func row(_ entry: RateEntry, _ settings: CostSettings, _ desk: SettingsDesk) -> HTML {
        func money(_ micros: Int64?) -> String {
            micros.map { desk.figures.money(Money(micros: $0, currency: entry.currency)) } ?? "–"
        }
        let now = RateCard.inForce(settings.rates, on: entry.effectiveFrom).first {
            $0.currency == entry.currency && $0.market == entry.market
                && $0.category == PricedCategory.spelling(entry.category)
        }
        let tier = now?.tiers.last { $0.tierFrom <= entry.tierFrom }
        let from = desk.figures.integer(entry.tierFrom + 1)
        let place = entry.tierFrom > 0 ? desk.say("mulai pesan ke-\(from)", "from message \(from)") : ""
        return """
            <tr><td>\(desk.figures.date(entry.effectiveFrom))</td><td>\(entry.market)</td>\
            <td>\(entry.category)<span class="interval">\(place)</span></td><td \
            class="number">\(money(tier?.rateMicros))</td>\
            <td class="number"><strong>\(money(entry.rateMicros))</strong></td></tr>

            """
    }
}

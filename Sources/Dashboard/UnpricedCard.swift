import Analytics
import Catalogue
import Domain
import Web

/// Which messages have no known price, and how is that mended?
struct UnpricedCard: Card {
    let name = "unpriced"
    let title = Text(id: "Pesan tanpa tarif", en: "Messages without a price")
    let width = CardWidth.half
    let height = CardHeight(3, narrow: 3)

    func load(_ scope: Scope) async throws -> Answer {
        try await scope.ask(
            ["cost_unknown"], by: [.pricingType, .market], order: [Query.Order(by: "cost_unknown", isDescending: true)],
            limit: 12)
    }

    func lead(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("cost_unknown") ?? 0) > 0 else { return "" }
        return "<p>\(scope.total(answer, "cost_unknown")) \(About.metric("cost_unknown", scope))</p>"
    }

    func view(_ answer: Answer, _ scope: Scope) -> HTML {
        guard (answer.total("cost_unknown") ?? 0) > 0 else {
            return scope.sentence(
                "Tidak ada: tarif setiap pesan pada rentang ini diketahui.",
                "None: the price of every message in this range is known.")
        }
        let heads = [
            scope.say("Pasar", "Market"), scope.say("Harga menurut Meta", "Pricing by Meta"),
            scope.say("Pesan", "Messages"),
        ]
        let rows = answer.rows.indices.filter { (answer.cell($0, "cost_unknown").number ?? 0) > 0 }.map { row -> HTML in
            let type = answer.cell(row, "pricing_type").text
            return """
                <tr><th scope="row">\(answer.cell(row, "market").text ?? "–")</th>\
                <td data-label="\(heads[1])">\(type.map { Dimension.pricingType.word($0, scope) } ?? "–")</td>\
                <td class="number" data-label="\(heads[2])">\(scope.number(answer, row, "cost_unknown"))</td></tr>

                """
        }
        let words = scope.say(
            "Pesan ini tidak ada dalam biaya mana pun. Impor kartu tarif mata uang akun, sebut mata uang akunnya, atau "
                + "nyalakan asumsi kategori pada catatan pengiriman di",
            "These messages are in no cost. Import the rate card of the account's currency, name the account's "
                + "currency, "
                + "or switch on the assumption about declared categories at")
        return """
            <p class="muted small note">\(words) \(SettingsSection.prices.link(scope)).</p>
            <div class="table"><table class="stack three"><thead><tr><th scope="col">\(heads[0])</th>\
            <th scope="col">\(heads[1])</th><th scope="col" class="number">\(heads[2])</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    func exports(_ answer: Answer, _ scope: Scope) -> [Export] {
        (answer.total("cost_unknown") ?? 0) > 0 ? [.answer(answer)] : []
    }
}

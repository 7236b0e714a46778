import Analytics
import Domain
import Insights
import Storage
import Web

/// Will the month's money last?
struct BudgetsCard: Card {
    let name = "budgets"
    let title = Text(id: "Anggaran bulan ini", en: "This month's budgets")
    let height = CardHeight(7, narrow: 9)

    func load(_ scope: Scope) async throws -> [BudgetStanding] {
        try await scope.analyst.budgetStandings(try await scope.store.costSettings().budgets)
    }

    func lead(_ standings: [BudgetStanding], _ scope: Scope) -> HTML {
        guard let month = standings.first?.month else { return "" }
        return "<p>\(scope.say("sejak", "since")) \(scope.figures.date(month))</p>"
    }

    func view(_ standings: [BudgetStanding], _ scope: Scope) -> HTML {
        guard !standings.isEmpty else {
            let words = scope.say(
                "Belum ada anggaran. Buat satu untuk semua, per kategori, atau per kampanye, dan kartu ini menunjukkan "
                    + "kapan uangnya habis:",
                "There is no budget. Make one for everything, a category or a campaign, and this card tells when the "
                    + "money runs out:")
            return "<div class=\"empty\"><p>\(words) \(SettingsSection.prices.link(scope))</p></div>"
        }
        let heads = [
            scope.say("Anggaran", "Budget"), scope.say("Terpakai", "Spent"),
            scope.say("Perkiraan akhir bulan", "Projected"),
            scope.say("Keadaan", "Standing"),
        ]
        return """
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(heads[0])</th>\
            \(heads[1...2].map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })\
            <th scope="col">\(heads[3])</th></tr></thead>
            <tbody>\(standings.map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ standing: BudgetStanding, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let share = Double(standing.spent.micros) / Double(max(1, standing.budget.amount.micros))
        return """
            <tr><th scope="row">\(standing.budget.scope.name(scope.language))\
            <span class="interval">\(figures.money(standing.budget.amount))</span></th>\
            <td class="number" data-label="\(heads[1])"><div><strong>\(figures.money(standing.spent))</strong>\
            <span class="interval">\(figures.percent(share))</span>\(scope.bar(share, isCalm: !standing.isUsedUp))</div></td>\
            <td class="number" data-label="\(heads[2])"><div>\(figures.money(standing.projected))\(range(standing, scope))</div></td>\
            <td data-label="\(heads[3])"><div>\(state(standing, scope))\(beneath(standing, scope))</div></td></tr>

            """
    }

    /// Where the month's end lies in eight cases of ten, and the chance that the budget is passed.
    private func range(_ standing: BudgetStanding, _ scope: Scope) -> HTML {
        guard let projection = standing.projection, projection.upper80 > projection.lower80 else { return "" }
        let currency = standing.budget.amount.currency
        let low = scope.figures.money(projection.lower80, currency)
        let high = scope.figures.money(projection.upper80, currency)
        guard !standing.isUsedUp else { return "<span class=\"interval\">80\u{A0}%: \(low)–\(high)</span>" }
        let chance = scope.figures.percent(projection.chanceOfPassing, places: 0)
        return """
            <span class="interval">80\u{A0}%: \(low)–\(high)</span><span class="interval">\(scope.say(
                "kemungkinan lewat \(chance)", "chance of passing it \(chance)"))</span>
            """
    }

    private func state(_ standing: BudgetStanding, _ scope: Scope) -> HTML {
        if standing.isUsedUp { return "<span class=\"pill bad\">\(scope.say("habis", "used up"))</span>" }
        if let day = standing.usedUpOn {
            let date = scope.figures.shortDate(day)
            return "<span class=\"pill warn\">\(scope.say("habis sekitar \(date)", "used up around \(date)"))</span>"
        }
        guard standing.projected != nil else {
            return "<span class=\"pill quiet\">\(scope.say("belum dapat diperkirakan", "too early to tell"))</span>"
        }
        return "<span class=\"pill good\">\(scope.say("cukup", "enough"))</span>"
    }

    /// What the amount leaves out.
    private func beneath(_ standing: BudgetStanding, _ scope: Scope) -> HTML {
        var words: [String] = []
        if standing.unknownPrices > 0 {
            let count = scope.figures.integer(standing.unknownPrices)
            words.append(scope.say("\(count) pesan tanpa tarif", "\(count) messages without a price"))
        }
        if !standing.otherCurrencies.isEmpty {
            let list = standing.otherCurrencies.joined(separator: ", ")
            words.append(scope.say("belum termasuk \(list)", "without what was spent in \(list)"))
        }
        return words.isEmpty ? "" : "<span class=\"interval\">\(words.joined(separator: " · "))</span>"
    }

    func exports(_ standings: [BudgetStanding], _ scope: Scope) -> [Export] {
        guard !standings.isEmpty else { return [] }
        let rows = standings.map { standing -> [ExportTable.Value] in
            let (kind, name): (String, ExportTable.Value) =
                switch standing.budget.scope {
                case .everything: ("everything", .none)
                case .category(let category): ("category", .words(category))
                case .campaign(let campaign): ("campaign", .words(campaign))
                }
            return [
                .words(kind), name, .amount(standing.budget.amount), .amount(standing.spent),
                standing.projected.map { .amount($0) } ?? .none,
                standing.projection.map { .number(VolumeForecast.rounded($0.lower80)) } ?? .none,
                standing.projection.map { .number(VolumeForecast.rounded($0.upper80)) } ?? .none,
                standing.projection.map { .number(VolumeForecast.rounded($0.chanceOfPassing)) } ?? .none,
                .words(standing.budget.amount.currency),
                standing.usedUpOn.map { .words($0.description) } ?? .none,
            ]
        }
        let columns = [
            "scope", "name", "budget", "spent", "projected", "projected_low80", "projected_high80",
            "chance_of_passing", "currency", "used_up_on",
        ]
        return [.table(ExportTable(columns: columns, rows: rows, api: "/api/v1/budgets", command: "pantau budgets"))]
    }
}

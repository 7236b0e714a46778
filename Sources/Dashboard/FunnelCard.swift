import Analytics
import Catalogue
import Domain
import Web

/// How far do messages get, and what does each step cost?
struct FunnelCard: Card {
    struct Model: Sendable {
        var funnel: Funnel
        /// By campaign and currency.
        var amounts: Answer
    }
    static let rowsMax = 12

    let name = "funnel"
    let title = Text(id: "Dari kirim sampai hasil", en: "From send to outcome")
    let height = CardHeight(24, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let funnel = scope.analyst.funnel(
            by: .campaign, filters: scope.filters.conditions(for: ["messages", "conversion_rate"]),
            range: scope.filters.range, limit: Self.rowsMax)
        async let amounts = scope.ask(["cost", "value_credited"], by: [.campaign, .currency])
        return try await Model(funnel: funnel, amounts: amounts)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard let maturity = model.funnel.total.maturity, maturity < 0.99 else { return "" }
        let share = scope.figures.percent(maturity, places: 0)
        return "<p>\(scope.say("\(share) sudah lewat 7 hari", "\(share) older than 7 days"))</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let funnel = model.funnel
        guard (funnel.total.stages.first?.count ?? 0) > 0 else { return Empty.messages(scope) }
        return """
            \(FunnelFigure(funnel.total, scope).html)
            \(campaigns(model, scope))
            \(scope.notes(funnel.notes))
            """
    }

    private static func head(_ name: String) -> HTML { "<th scope=\"col\" class=\"number\">\(name)</th>" }

    private func campaigns(_ model: Model, _ scope: Scope) -> HTML {
        let funnel = model.funnel
        guard funnel.lines.contains(where: { $0.key != nil }) else { return "" }
        let figures = scope.figures
        let metrics = ["cost", "cost_per_outcome", "value_credited", "return_on_spend"]
        let heads =
            Funnel.Step.allCases.map { $0.name(scope.language) }
            + metrics.map { Catalogue.metric($0)?.name(scope.language) ?? $0 }
        let rows = funnel.lines.map { line -> HTML in
            let sum = { (metric: String) in
                figures.sums(model.amounts, metric) { model.amounts.cell($0, "campaign").text == line.key }
            }
            let steps = line.stages.map { figures.integer($0.count) }
            let money = [
                line.cost.map { figures.money($0) } ?? sum("cost"),
                figures.money(line.stages.last?.costEach, line.cost?.currency),
                line.value.map { figures.money($0) } ?? sum("value_credited"),
                line.returnOnSpend.map { figures.decimal($0, places: 1) + "×" } ?? "–",
            ]
            let cells = zip(heads, steps + money).map { head, value -> HTML in
                "<td class=\"number sum\" data-label=\"\(head)\">\(value)</td>"
            }
            return "<tr><th scope=\"row\" class=\"name\">\(title(line.key, scope))</th>\(cells)</tr>\n"
        }
        return """
            <div class="table spaced"><table class="stack two">
            <thead><tr><th scope="col">\(Dimension.campaign.name(scope.language))</th>\(heads.map(Self.head))</tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }

    private func title(_ campaign: String?, _ scope: Scope) -> HTML {
        guard let campaign else {
            return "<span class=\"muted\">\(scope.say("tanpa kampanye", "no campaign"))</span>"
        }
        return scope.link(.campaign, campaign, campaign)
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        guard (model.funnel.total.stages.first?.count ?? 0) > 0 else { return [] }
        let rows = [(String?.none, model.funnel.total)] + model.funnel.lines.map { ($0.key, $0) }
        let values = rows.map { key, line -> [ExportTable.Value] in
            [key.map { .words($0) } ?? .none] + line.stages.map { .whole($0.count) }
                + [
                    line.cost.map { .amount($0) } ?? .none, line.cost.map { .words($0.currency) } ?? .none,
                    line.value.map { .amount($0) } ?? .none, line.value.map { .words($0.currency) } ?? .none,
                    line.returnOnSpend.map { .number($0) } ?? .none,
                ]
        }
        let columns =
            ["campaign"] + Funnel.Step.allCases.map(\.rawValue)
            + ["cost", "cost_currency", "value_credited", "value_currency", "return_on_spend"]
        return [
            .table(
                ExportTable(
                    columns: columns, rows: values, api: "/api/v1/funnel?by=campaign",
                    command: "pantau funnel --by campaign"))
        ]
    }
}

import Analytics
import Catalogue
import Domain
import Web

/// Which templates did Meta make dearer?
struct RaisesCard: Card {
    let name = "raises"
    let title = Text(id: "Kategori yang dinaikkan Meta", en: "Categories raised by Meta")
    let height = CardHeight(5, narrow: 6)

    func load(_ scope: Scope) async throws -> [CategoryRaiseEffect] {
        let raises = try await scope.analyst.categoryRaiseEffects(range: .preset(.last90Days))
        guard let template = scope.filters.only(.template) else { return raises }
        return raises.filter { $0.template == template }
    }

    func lead(_ raises: [CategoryRaiseEffect], _ scope: Scope) -> HTML {
        "<p>\(scope.say("90 hari terakhir", "last 90 days"))</p>"
    }

    func view(_ raises: [CategoryRaiseEffect], _ scope: Scope) -> HTML {
        guard !raises.isEmpty else {
            return scope.sentence(
                "Tidak ada templat yang kategorinya dinaikkan. Kenaikan diketahui dari webhook "
                    + "`template_category_update`; aktifkan bidang itu di aplikasi Meta.",
                "No template's category was raised. Raises are known from the webhook `template_category_update`; "
                    + "subscribe to that field in the Meta app.")
        }
        let heads = [
            scope.say("Templat", "Template"), scope.say("Kategori", "Category"),
            scope.say("Biaya per pesan sebelum", "Cost of each before"), scope.say("Sesudah", "After"),
            scope.say("Tambahan biaya", "Extra cost"),
        ]
        return """
            <div class="table"><table class="stack two">
            <thead><tr>\(heads[0...1].map { "<th scope=\"col\">\($0)</th>" as HTML })\
            \(heads[2...].map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(raises.map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ raise: CategoryRaiseEffect, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let each = { (side: CategoryRaiseEffect.Side) in figures.money(side.costEach, side.cost?.currency) }
        return """
            <tr><th scope="row">\(raise.template)<span class="interval">\(figures.time(raise.at))</span></th>\
            <td data-label="\(heads[1])">\(raise.from) → \(raise.to)</td>\
            <td class="number" data-label="\(heads[2])">\(each(raise.before))</td>\
            <td class="number" data-label="\(heads[3])">\(each(raise.after))</td>\
            <td class="number" data-label="\(heads[4])"><strong>\(figures.money(raise.after.raised))</strong></td></tr>

            """
    }

    func exports(_ raises: [CategoryRaiseEffect], _ scope: Scope) -> [Export] {
        guard !raises.isEmpty else { return [] }
        func number(_ value: Double?) -> ExportTable.Value { value.map { .number($0) } ?? .none }
        let rows = raises.map { raise -> [ExportTable.Value] in
            [
                .words(raise.template), .words(RFC3339.format(raise.at)), .words(raise.from), .words(raise.to),
                number(raise.before.costEach), number(raise.after.costEach),
                raise.after.raised.map { .amount($0) } ?? .none, raise.after.cost.map { .words($0.currency) } ?? .none,
            ]
        }
        let columns = ["template", "at", "from", "to", "cost_each_before", "cost_each_after", "raised", "currency"]
        return [.table(ExportTable(columns: columns, rows: rows, api: "/api/v1/category-raises"))]
    }
}

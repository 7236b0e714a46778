import Catalogue
import Domain
import Storage
import Web

/// How many free messages are left, and how far is the next price?
struct QuotaCard: Card {
    static let rowsMax = 30

    let width = CardWidth.half
    let height = CardHeight(7, narrow: 10)

    let name = "quota"
    let title = Text(id: "Kuota gratis dan tingkat volume", en: "Free quota and volume tiers")

    func load(_ scope: Scope) async throws -> [QuotaStanding] {
        let all = try await scope.store.quotas(at: scope.now)
        guard let number = scope.filters.only(.phoneNumber) else { return all }
        return all.filter { $0.phoneNumber == nil || $0.phoneNumber?.value == number }
    }

    func lead(_ standings: [QuotaStanding], _ scope: Scope) -> HTML { "" }

    func view(_ standings: [QuotaStanding], _ scope: Scope) -> HTML {
        guard !standings.isEmpty else {
            return scope.sentence(
                "Bulan ini belum ada pesan yang memakai kuota. Sejak 1 Oktober 2026 tiap nomor mendapat 1.000 pesan "
                    + "layanan gratis per bulan; sesudahnya ditagih.",
                "No message has used a quota this month. Since 1 October 2026 each number has 1,000 free service "
                    + "messages a month; after that they are charged.")
        }
        let heads = [
            scope.say("Nomor atau pasar", "Number or market"), scope.say("Terpakai", "Used"),
            scope.say("Sisa", "Left"), scope.say("Bulan", "Month"),
        ]
        return """
            <div class="table"><table class="stack three">
            <thead><tr><th scope="col">\(heads[0])</th>\
            \(heads[1...2].map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })\
            <th scope="col">\(heads[3])</th></tr></thead>
            <tbody>\(standings.prefix(Self.rowsMax).map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ standing: QuotaStanding, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let title: String
        let kind: String
        switch standing.kind {
        case .freeService:
            title = standing.phoneNumber?.value ?? "–"
            kind = scope.say("pesan layanan gratis", "free service messages")
        case .volumeTier:
            title = [standing.market, standing.category].compactMap { $0 }.joined(separator: " · ")
            kind = scope.say("tingkat volume", "volume tier")
        }
        return """
            <tr><th scope="row">\(title)<span class="interval">\(kind)</span></th>\
            <td class="number" data-label="\(heads[1])"><strong>\(figures.integer(standing.used))</strong></td>\
            <td class="number" data-label="\(heads[2])">\(left(standing, scope))</td>\
            <td data-label="\(heads[3])">\(figures.date(standing.month))</td></tr>

            """
    }

    private func left(_ standing: QuotaStanding, _ scope: Scope) -> HTML {
        guard let next = standing.next else {
            guard standing.kind == .freeService else { return "\(scope.say("tingkat terakhir", "last tier"))" }
            return "<span class=\"pill bad\">\(scope.say("habis, ditagih", "used up, charged"))</span>"
        }
        let left = scope.figures.integer(max(0, next &- standing.used))
        guard standing.kind == .freeService, next &- standing.used <= next / 10 else { return "\(left)" }
        return "<span class=\"pill warn\">\(left)</span>"
    }

    func exports(_ standings: [QuotaStanding], _ scope: Scope) -> [Export] {
        guard !standings.isEmpty else { return [] }
        func words(_ text: String?) -> ExportTable.Value { text.map { .words($0) } ?? .none }
        let rows = standings.map { standing -> [ExportTable.Value] in
            [
                .words(standing.kind.rawValue), .words(standing.month.description), words(standing.phoneNumber?.value),
                words(standing.portfolio), words(standing.market), words(standing.category), .whole(standing.used),
                standing.next.map { .whole($0) } ?? .none,
            ]
        }
        let columns = ["kind", "month", "phone_number", "portfolio", "market", "category", "used", "next"]
        return [.table(ExportTable(columns: columns, rows: rows, api: "/api/v1/quotas"))]
    }
}

import Analytics
import Catalogue
import Domain
import Ledgers
import Web

/// What was paid for nothing, why, and what to do about it?
struct WasteCard: Card {
    let name = "waste"
    let title = Text(id: "Biaya terbuang", en: "Cost wasted")
    let height = CardHeight(11, narrow: 22)

    func load(_ scope: Scope) async throws -> Waste {
        try await scope.analyst.waste(
            filters: scope.filters.conditions(for: ["cost", "cost_wasted"]), range: scope.filters.range)
    }

    func lead(_ waste: Waste, _ scope: Scope) -> HTML {
        let totals = waste.totals.filter { $0.wasted.micros > 0 }.map { total in
            "\(scope.figures.money(total.wasted)) (\(scope.figures.percent(total.share)))"
        }
        guard !totals.isEmpty else { return "" }
        return "<p>\(totals.joined(separator: " + ")) \(About.metric("cost_wasted", scope))</p>"
    }

    func view(_ waste: Waste, _ scope: Scope) -> HTML {
        guard !waste.totals.isEmpty else {
            return scope.sentence(
                "Belum ada pesan berbayar pada rentang ini. Pesan dinilai tujuh hari setelah dikirim.",
                "No charged message in this range. Messages are judged seven days after the send.")
        }
        guard !waste.lines.isEmpty else {
            return scope.sentence(
                "Tidak ada biaya yang terbuang. Pesan dinilai tujuh hari setelah dikirim, jadi yang baru belum ikut.",
                "Nothing was wasted. Messages are judged seven days after the send, so new ones are not in it yet.")
                + scope.notes(waste.notes)
        }
        let heads = [
            scope.say("Sebab", "Reason"), scope.say("Yang dapat dilakukan", "What to do"),
            scope.say("Pesan", "Messages"), scope.say("Biaya", "Cost"), scope.say("Dapat dihemat", "Recoverable"),
        ]
        let words = scope.say(
            "Pesan berbayar yang tidak dibaca, dibalas, diklik, atau diikuti hasil dalam 7 hari. Daftar penerimanya: "
                + "`pantau recipients --measure wasted`.",
            "Charged messages neither read, answered, clicked nor followed by an outcome within 7 days. The recipients "
                + "behind it: `pantau recipients --measure wasted`.")
        return """
            <p class="muted small note">\(HTML(prose: words))</p>
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(heads[0])</th><th scope="col">\(heads[1])</th>\
            \(heads.dropFirst(2).map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(waste.lines.map { row($0, waste, heads, scope) })</tbody></table></div>
            \(scope.notes(waste.notes))
            """
    }

    private func row(_ line: Waste.Line, _ waste: Waste, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let reason = WasteReason(rawValue: line.reason)
        let all = waste.totals.first { $0.wasted.currency == line.cost.currency }?.wasted.micros ?? 0
        let share = all > 0 ? Double(line.cost.micros) / Double(all) : 0
        return """
            <tr><th scope="row">\(reason?.name(scope.language) ?? line.reason)</th>\
            <td class="remedy">\(reason?.action(scope.language) ?? "")</td>\
            <td class="number" data-label="\(heads[2])">\(figures.integer(line.messages))</td>\
            <td class="number" data-label="\(heads[3])"><div><strong>\(figures.money(line.cost))</strong>\
            \(scope.bar(share))</div></td>\
            <td class="number" data-label="\(heads[4])">\(recoverable(line, reason, scope))</td></tr>

            """
    }

    private func recoverable(_ line: Waste.Line, _ reason: WasteReason?, _ scope: Scope) -> HTML {
        guard let reason, let kept = reason.recoverable(of: line.cost, raised: line.raised) else { return "–" }
        let amount = scope.figures.money(kept)
        guard reason.recovery == .atMost else { return "\(amount)" }
        return "\(scope.say("paling banyak \(amount)", "at most \(amount)"))"
    }

    func exports(_ waste: Waste, _ scope: Scope) -> [Export] {
        guard !waste.lines.isEmpty else { return [] }
        let rows = waste.lines.map { line -> [ExportTable.Value] in
            let kept = WasteReason(rawValue: line.reason)?.recoverable(of: line.cost, raised: line.raised)
            return [
                .words(line.reason), .whole(line.messages), .amount(line.cost), .words(line.cost.currency),
                kept.map { .amount($0) } ?? .none,
            ]
        }
        let columns = ["waste_reason", "messages_wasted", "cost_wasted", "currency", "recoverable"]
        return [.table(ExportTable(columns: columns, rows: rows, api: "/api/v1/waste", command: "pantau waste"))]
    }
}

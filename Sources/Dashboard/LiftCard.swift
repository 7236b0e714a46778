import Analytics
import Catalogue
import Domain
import Storage
import Web

/// What did campaigns cause, where people were held out from them?
struct LiftCard: Card {
    struct Line: Sendable {
        var campaign: String
        var lift: Lift
    }
    static let rowsMax = 8

    let name = "lift"
    let title = Text(id: "Apa yang benar-benar disebabkan kampanye", en: "What campaigns truly caused")
    let height = CardHeight(6, narrow: 9)

    func load(_ scope: Scope) async throws -> [Line] {
        let held = try await scope.ask(
            ["messages_held_out"], by: [.campaign], order: [Query.Order(by: "messages_held_out", isDescending: true)],
            limit: Self.rowsMax)
        let kinds = scope.filters.only(.kind).map { [$0] } ?? []
        var lines: [Line] = []
        for row in held.rows.indices where (held.cell(row, "messages_held_out").number ?? 0) > 0 {
            guard let campaign = held.cell(row, "campaign").text else { continue }
            let lift = try await scope.analyst.lift(
                filters: [Filter(dimension: .campaign, op: .isIn, values: [campaign])], kinds: kinds,
                range: scope.filters.range)
            lines.append(Line(campaign: campaign, lift: lift))
        }
        return lines
    }

    func view(_ lines: [Line], _ scope: Scope) -> HTML {
        guard !lines.isEmpty else {
            return scope.sentence(
                "Atribusi hanya tahu apa yang mendahului. Untuk tahu apa yang disebabkan, tahan 5–10 % daftar secara "
                    + "acak dan catat di catatan pengiriman dengan `\"status\":\"held_out\"`; perbandingannya muncul "
                    + "di sini.",
                "Attribution only knows what came before. To learn what was caused, hold out 5–10% of a list by "
                    + "lot and record them in the send log with `\"status\":\"held_out\"`; the comparison then "
                    + "appears here.")
        }
        let heads = [
            scope.say("Kampanye", "Campaign"), scope.say("Dikirimi", "Sent to"), scope.say("Ditahan", "Held out"),
            scope.say("Selisih", "Difference"), scope.say("Orang tambahan", "Extra people"),
        ]
        let words = scope.say(
            "Orang dengan hasil dalam 7 hari, di antara yang dikirimi dan yang ditahan. Bila rentang selisihnya "
                + "memuat 0, "
                + "dampaknya belum terbukti.",
            "People with an outcome within 7 days, among those sent to and those held out. When the interval of the "
                + "difference holds 0, no effect is shown.")
        return """
            <p class="muted small note">\(words)</p>
            <div class="table"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            \(heads.dropFirst().map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(lines.map { row($0, heads, scope) })</tbody></table></div>
            """
    }

    private func row(_ line: Line, _ heads: [String], _ scope: Scope) -> HTML {
        let (figures, lift) = (scope.figures, line.lift)
        let points = { (value: Double) in figures.decimal(value * 100, places: 1) }
        let difference: String =
            lift.difference.map { scope.say("\(points($0)) poin", "\(points($0)) pts") } ?? "–"
        let interval = lift.interval.map { "\(points($0.lower)) … \(points($0.upper))" } ?? ""
        let extra = lift.extra.map { figures.decimal($0, places: 0) } ?? "–"
        let extras = lift.extraInterval.map {
            "\(figures.decimal($0.lower, places: 0)) … \(figures.decimal($0.upper, places: 0))"
        }
        let people = { (count: Int64) in
            scope.say("\(figures.integer(count)) orang", "\(figures.integer(count)) people")
        }
        let note: HTML = lift.note.map { "<span class=\"interval\">\($0(scope.language))</span>" } ?? ""
        let faint: HTML = lift.isEnough ? "" : " faint"
        return """
            <tr><th scope="row">\(scope.link(.campaign, line.campaign, line.campaign))\(note)</th>\
            <td class="number" data-label="\(heads[1])"><div><strong>\(figures.percent(lift.treatedRate))</strong>\
            <span class="interval">\(people(lift.counts.treated))</span></div></td>\
            <td class="number" data-label="\(heads[2])"><div><strong>\(figures.percent(lift.heldOutRate))</strong>\
            <span class="interval">\(people(lift.counts.heldOut))</span></div></td>\
            <td class="number\(faint)" data-label="\(heads[3])"><div><strong>\(difference)</strong>\
            <span class="interval">\(interval)</span></div></td>\
            <td class="number\(faint)" data-label="\(heads[4])"><div><strong>\(extra)</strong>\
            <span class="interval">\(extras ?? "")</span></div></td></tr>

            """
    }

    func exports(_ lines: [Line], _ scope: Scope) -> [Export] {
        guard !lines.isEmpty else { return [] }
        let rows = lines.map { line -> [ExportTable.Value] in
            let (lift, counts) = (line.lift, line.lift.counts)
            return [
                .words(line.campaign), .whole(counts.treated), .whole(counts.treatedConverted), .whole(counts.heldOut),
                .whole(counts.heldOutConverted), lift.difference.map { .number($0) } ?? .none,
                lift.interval.map { .number($0.lower) } ?? .none, lift.interval.map { .number($0.upper) } ?? .none,
                lift.extra.map { .number($0) } ?? .none,
            ]
        }
        let columns = [
            "campaign", "treated", "treated_converted", "held_out", "held_out_converted", "difference",
            "difference_lower", "difference_upper", "extra",
        ]
        return [.table(ExportTable(columns: columns, rows: rows, api: "/api/v1/lift", command: "pantau lift"))]
    }
}

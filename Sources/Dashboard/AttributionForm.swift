import Catalogue
import Domain
import Storage
import Web

/// How far back touches may lie, and what each model does with them.
struct AttributionForm {
    let desk: SettingsDesk
    let settings: AttributionSettings
    let kinds: [String]

    static func load(_ desk: SettingsDesk) async throws -> AttributionForm {
        AttributionForm(
            desk: desk, settings: try await desk.store.outcomeSettings().attribution, kinds: await desk.values(.kind))
    }

    var html: HTML {
        let form = SettingsForm(
            id: "attribution", send: "/api/v1/outcome-settings", desk: desk,
            title: desk.say("Rentang mundur", "Look-back"),
            fields: """
                <div data-object="attribution"><div class="grid">\
                \(Control.length(
                    "lookback", desk.say("Untuk semua jenis hasil", "For every kind of outcome"),
                    seconds: settings.lookbackSeconds, units: [.hour, .day], desk))</div>
                <h3>\(desk.say("Kecuali jenis ini", "Except these kinds"))</h3>
                \(Control.rows(
                    "by_kind", kind: .pairs,
                    settings.lookbackByKind.sorted { $0.key < $1.key }.map { row($0.key, $0.value) },
                    blank: row("", nil), add: desk.say("Tambah jenis", "Add a kind"),
                    none: desk.say("Tidak ada: semua jenis memakai rentang di atas.", "None: all use the one above."),
                    desk))</div>
                """)
        return """
            \(form.html)\(Control.offers("kinds", kinds))\(models)
            \(Control.elsewhere(
                desk, api: "GET | PUT /api/v1/outcome-settings (attribution)",
                command: "pantau outcome-rules show | set"))
            """
    }

    private func row(_ kind: String, _ seconds: Int64?) -> HTML {
        """
        <div class="grid">\
        \(Control.text(
            "key", desk.say("Jenis hasil", "Kind of outcome"), kind, example: "payment_confirmed", values: "kinds"))\
        \(Control.length(
            "value", desk.say("Rentang mundur", "Look-back"), seconds: seconds, units: [.day, .hour], desk))</div>
        """
    }

    private var models: HTML {
        let rows = AttributionModel.allCases.map { model -> HTML in
            let standard: HTML =
                model == .standard
                ? " <span class=\"pill good\">\(desk.say("dipakai di semua halaman", "used on all pages"))</span>" : ""
            return """
                <tr><th scope="row">\(model.name(desk.language))\(standard)</th>\
                <td>\(model.rule(desk.language))</td></tr>
                """
        }
        return """
            <section class="card"><h2>\(desk.say("Model", "Models"))</h2>
            <p class="muted small">\(HTML(prose: desk.say(
                "Keenam model selalu dihitung; halaman Hasil menampilkannya berdampingan. Model lain untuk satu "
                    + "pertanyaan: filter `model`. Model tidak pernah dijumlahkan.",
                "All six are always counted; the page Outcomes shows them side by side. Another one for a question: "
                    + "the "
                    + "filter `model`. Models are never added up.")))</p>
            <div class="table"><table><thead><tr><th scope="col">\(desk.say("Model", "Model name"))</th>\
            <th scope="col">\(desk.say("Siapa yang mendapat kredit", "Who gets the credit"))</th></tr></thead>
            <tbody>\(rows)</tbody></table></div></section>
            """
    }
}

extension AttributionModel {
    /// Who gets the credit by it.
    var rule: Text {
        switch self {
        case .lastTouch:
            Text(id: "Sentuhan terakhir mendapat semuanya.", en: "The last touch gets everything.")
        case .firstTouch:
            Text(id: "Sentuhan pertama mendapat semuanya.", en: "The first touch gets everything.")
        case .linear: Text(id: "Semua sentuhan sama banyak.", en: "All touches get alike.")
        case .position:
            Text(
                id: "40 % yang pertama, 40 % yang terakhir, 20 % dibagi di antaranya.",
                en: "40% the first, 40% the last, 20% shared by those between.")
        case .timeDecay:
            Text(
                id: "Waktu paruh 7 hari: sentuhan yang seminggu lebih lama bernilai setengahnya.",
                en: "Half-life of 7 days: a touch a week older counts half.")
        case .lastClick:
            Text(
                id: "Klik terakhir mendapat semuanya; tanpa klik, tidak ada yang mendapat kredit.",
                en: "The last click gets everything; without a click nobody does.")
        }
    }
}

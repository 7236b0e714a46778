import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Who gets the credit, by each way of sharing it out?
struct ModelsCard: Card {
    struct Model: Sendable {
        /// By campaign and model.
        var answer: Answer
        /// By model.
        var totals: Answer
        /// By campaign, model and currency.
        var amounts: Answer
        var settings: OutcomeSettings
    }
    private struct Share {
        var outcomes: Double?
        var value: String
    }
    static let metrics = ["outcomes_credited", "value_credited"]
    static let rowsMax = 12

    let name = "models"
    let title = Text(
        id: "Siapa yang berjasa: semua model berdampingan", en: "Who gets the credit: all models side by side")
    let height = CardHeight(17, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let answer = scope.ask(
            Self.metrics, by: [.campaign, .model], order: [Query.Order(by: "outcomes_credited", isDescending: true)])
        async let totals = scope.ask(Self.metrics, by: [.model])
        async let amounts = scope.ask(["value_credited"], by: [.campaign, .model, .currency])
        async let settings = scope.store.outcomeSettings()
        return try await Model(answer: answer, totals: totals, amounts: amounts, settings: settings)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.totals.rows.isEmpty else {
            return scope.sentence(
                "Belum ada hasil yang didahului sentuhan di WhatsApp pada rentang ini. Setiap hasil dibagi kepada "
                    + "pesan, klik, balasan, dan iklan sebelumnya begitu pelanggannya dikenali.",
                "No outcome in this range had a touch on WhatsApp before it. Each is shared out among the messages, "
                    + "clicks, replies and ads before it as soon as its customer is known.")
        }
        let lookback = scope.figures.duration(Double(model.settings.attribution.lookbackSeconds))
        let words = scope.say(
            "Sentuhan sampai \(lookback) sebelum hasilnya ikut dihitung. Tiap kolom membagi semua hasil dari awal, "
                + "jadi kolom tidak dijumlahkan. Mendahului belum tentu menyebabkan: bandingkan dengan kelompok yang "
                + "ditahan (`pantau lift`).",
            "Touches up to \(lookback) before an outcome count. Each column shares out all outcomes anew, so columns "
                + "do not add up. Before does not mean because: compare with a held-out group (`pantau lift`).")
        let chart = Chart.ranked(
            model.totals, by: .model, [ChartLine("outcomes_credited", .outcome)], scope, kind: .bar,
            named: { Dimension.model.word($0, scope) })
        return """
            <p class="muted small note">\(HTML(prose: words))</p>
            \(chart.html)
            <div class="table"><table class="stack three">
            <thead><tr><th scope="col">\(Dimension.campaign.name(scope.language))</th>\
            \(AttributionModel.allCases.map { Self.head($0, scope) })</tr></thead>
            <tbody>\(rows(model, scope))</tbody></table></div>
            """
    }

    private static func head(_ model: AttributionModel, _ scope: Scope) -> HTML {
        "<th scope=\"col\" class=\"number\">\(model.name(scope.language))</th>"
    }

    private func rows(_ model: Model, _ scope: Scope) -> [HTML] {
        let all = row(
            "<strong>\(scope.say("Semua", "All"))</strong>",
            shares(model.totals, model.amounts, scope) { _, _ in true },
            scope)
        var campaigns: [String?] = []
        for index in model.answer.rows.indices {
            let campaign = model.answer.cell(index, "campaign").text
            if !campaigns.contains(campaign) { campaigns.append(campaign) }
        }
        let lines = campaigns.prefix(Self.rowsMax).map { campaign -> HTML in
            let title: HTML =
                campaign.map { "\($0)" }
                ?? "<span class=\"muted\">\(scope.say("tanpa kampanye", "no campaign"))</span>"
            let shares = shares(model.answer, model.amounts, scope) { $0.cell($1, "campaign").text == campaign }
            return row(title, shares, scope)
        }
        return [all] + lines
    }

    /// - Parameter amounts: split by currency, too.
    private func shares(
        _ answer: Answer, _ amounts: Answer, _ scope: Scope, where isPart: (Answer, Int) -> Bool
    ) -> [AttributionModel: Share] {
        var shares: [AttributionModel: Share] = [:]
        for index in answer.rows.indices where isPart(answer, index) {
            let cell = answer.cell(index, "model")
            guard let model = cell.text.flatMap(AttributionModel.init), shares[model] == nil else { continue }
            let value = scope.figures.sums(amounts, "value_credited") {
                amounts.cell($0, "model") == cell && isPart(amounts, $0)
            }
            shares[model] = Share(outcomes: answer.cell(index, "outcomes_credited").number, value: value)
        }
        return shares
    }

    private func row(_ title: HTML, _ shares: [AttributionModel: Share], _ scope: Scope) -> HTML {
        let cells = AttributionModel.allCases.map { model -> HTML in
            let share = shares[model]
            let outcomes = scope.figures.decimal(share?.outcomes ?? 0, places: 1)
            return """
                <td class="number" data-label="\(model.name(scope.language))"><div><strong>\(outcomes)</strong>\
                <span class="interval sum">\(share?.value ?? "–")</span></div></td>
                """
        }
        return "<tr><th scope=\"row\" class=\"name\">\(title)</th>\(cells)</tr>\n"
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        model.totals.rows.isEmpty
            ? []
            : [
                .answer(model.totals, title: Text(id: "Menurut model", en: "By model")),
                .answer(model.answer, name: "campaigns", title: Text(id: "Menurut kampanye", en: "By campaign")),
            ]
    }
}

extension AttributionModel {
    var name: Text {
        switch self {
        case .lastTouch: Text(id: "Sentuhan terakhir", en: "Last touch")
        case .firstTouch: Text(id: "Sentuhan pertama", en: "First touch")
        case .linear: Text(id: "Rata", en: "Linear")
        case .position: Text(id: "Posisi 40/20/40", en: "Position 40/20/40")
        case .timeDecay: Text(id: "Luruh waktu", en: "Time decay")
        case .lastClick: Text(id: "Klik terakhir", en: "Last click")
        }
    }
}

import Analytics
import Catalogue
import Domain
import Insights
import Web

/// Which of several templates or variants works better?
struct CompareCard: Card {
    let name = "compare"
    let title = Text(id: "Mana yang lebih baik", en: "Which works better")
    let height = CardHeight(20, narrow: 24)

    static func question(_ scope: Scope) -> CompareQuestion {
        let by = scope.filters.option(.by).flatMap(Dimension.init).flatMap {
            CompareQuestion.dimensions.contains($0) ? $0 : nil
        }
        let dimension = by ?? .template
        var values: [String] = []
        if case .values(let chosen)? = scope.filters[dimension] {
            values = Array(chosen.prefix(VariantComparison.armsMax))
        }
        return CompareQuestion(
            dimension: dimension, values: values,
            filters: scope.filters.conditions(for: ArmComparison.metrics).filter { $0.dimension != dimension },
            range: scope.filters.range,
            measure: scope.filters.option(.measure).flatMap(VariantComparison.Measure.init) ?? .reply)
    }

    func load(_ scope: Scope) async throws -> ArmComparison { try await scope.analyst.compare(Self.question(scope)) }

    func view(_ made: ArmComparison, _ scope: Scope) -> HTML {
        let question = made.question
        guard !made.answer.rows.isEmpty else { return Empty.messages(scope) }
        let table = NumberTable(
            dimension: question.dimension, metrics: ArmComparison.metrics, answer: made.answer, scope: scope,
            none: scope.say("(tanpa)", "(none)"))
        let offered =
            question.values.isEmpty
            ? scope.say(
                "Yang paling banyak dikirim. Pilih yang ingin dibandingkan di baris filter.",
                "Those sent most. Choose what to compare in the filter bar.") : ""
        return tabs(made, scope) + "<p class=\"statement spaced\"><strong>\(made.sentence(scope.language))</strong></p>"
            + table.html + pairs(made, scope) + scope.notes(made.notes)
            + (offered.isEmpty ? "" : "<p class=\"muted small\">\(offered)</p>" as HTML)
    }

    private func tabs(_ made: ArmComparison, _ scope: Scope) -> HTML {
        let arms = CompareQuestion.dimensions.map { dimension in
            (word: dimension == .template ? "" : dimension.rawValue, title: dimension.name(scope.language))
        }
        let measures = VariantComparison.Measure.allCases.map { measure in
            (
                word: measure == .reply ? "" : measure.rawValue,
                title: Catalogue.metric(measure.metric)?.name(scope.language) ?? measure.rawValue
            )
        }
        let by = made.question.dimension
        let measure = made.question.measure
        return Tabs(
            option: .by, label: scope.say("Yang dibandingkan", "What is compared"), choices: arms,
            current: by == .template ? "" : by.rawValue, scope: scope
        ).html
            + Tabs(
                option: .measure, label: scope.say("Menurut", "By"), choices: measures,
                current: measure == .reply ? "" : measure.rawValue, scope: scope
            ).html
    }

    private func pairs(_ made: ArmComparison, _ scope: Scope) -> HTML {
        guard let comparison = made.comparison else { return "" }
        let heads = [
            scope.say("Dibandingkan", "Compared"), scope.say("Selisih", "Difference"),
            scope.say("Selang yang selalu berlaku", "Interval that always holds"),
        ]
        let rows = comparison.pairs.map { pair -> HTML in
            let names = "\(comparison.arms[pair.second].name) − \(comparison.arms[pair.first].name)"
            let difference = points(pair.difference, scope)
            let interval =
                pair.hasEnough
                ? "\(points(pair.lower, scope)) … \(points(pair.upper, scope))"
                : scope.say("data belum cukup", "not enough data")
            return """
                <tr><th scope="row" class="name">\(names)</th>\
                <td class="number" data-label="\(heads[1])">\(difference)</td>\
                <td class="number" data-label="\(heads[2])">\(interval)</td></tr>

                """
        }
        return """
            <div class="table spaced"><table class="stack two"><thead><tr><th scope="col">\(heads[0])</th>\
            <th scope="col" class="number">\(heads[1])</th><th scope="col" class="number">\(heads[2])</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            <p class="muted small">\(scope.say(
                "Boleh dilihat kapan saja dan sesering apa pun: selang ini memuat selisih sebenarnya setiap saat, "
                    + "dengan keyakinan 95\u{A0}%. Yang memuat 0 belum membuktikan apa-apa.",
                "Look whenever and as often as you like: this interval holds the true difference at every moment, with "
                    + "95% confidence. One that holds 0 proves nothing yet."))</p>
            """
    }

    private func points(_ difference: Double, _ scope: Scope) -> String {
        let number = scope.figures.decimal(abs(difference) * 100, places: 1)
        let sign = difference < 0 ? "−" : "+"
        return "\(sign)\(number) \(scope.say("poin", "points"))"
    }

    func exports(_ made: ArmComparison, _ scope: Scope) -> [Export] { [.answer(made.answer)] }
}

/// How many messages does a comparison need?
struct SampleSizeCard: Card {
    struct Model: Sendable {
        var rate: Double
        var difference: Double
        var size: SampleSize?
        /// Of the templates chosen on the page, over all of them.
        var messagesPerDay: Double
        var measure: VariantComparison.Measure
    }
    let name = "sample-size"
    let title = Text(id: "Berapa pesan yang perlu", en: "How many messages it takes")
    let height = CardHeight(6, narrow: 12)

    func load(_ scope: Scope) async throws -> Model {
        let made = try await scope.analyst.compare(CompareCard.question(scope))
        let asked = { (option: Filters.Option) -> Double? in
            scope.filters.option(option).flatMap(Double.init).flatMap { (0.1...99).contains($0) ? $0 / 100 : nil }
        }
        let metric = made.question.measure.metric
        let seen = made.answer.index(of: metric).flatMap { made.answer.totals[$0].number }
        let rate = asked(.rate) ?? seen.map { ($0 * 1_000).rounded() / 1_000 } ?? 0.1
        let difference = asked(.difference) ?? 0.02
        let size = SampleSize(rate: rate, difference: rate + difference > 1 ? -difference : difference)
        return Model(
            rate: rate, difference: difference, size: size, messagesPerDay: made.messagesPerDay,
            measure: made.question.measure)
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        let percent = { (share: Double) -> String in
            let tenths = (share * 1_000).rounded() / 10
            return tenths == tenths.rounded() ? String(Int(tenths)) : tenths.description
        }
        let metric = Catalogue.metric(model.measure.metric)?.name(scope.language) ?? model.measure.rawValue
        let form = AskForm(
            card: name,
            fields: [
                .init(
                    option: .rate, label: scope.say("\(metric) sekarang", "\(metric) now"), value: percent(model.rate),
                    range: nil, unit: "%", step: "0.1"),
                .init(
                    option: .difference, label: scope.say("Beda yang ingin terlihat", "Difference to be seen"),
                    value: percent(model.difference), range: nil, unit: scope.say("poin", "points"), step: "0.1"),
            ], button: scope.say("Hitung", "Work it out"), scope: scope
        ).html
        return form + "<p class=\"statement\">\(answer(model, scope))</p>"
    }

    private func answer(_ model: Model, _ scope: Scope) -> String {
        guard let size = model.size else {
            return scope.say(
                "Dengan angka ini tidak ada jumlah pesan yang cukup; pilih tingkat dan beda antara 0 dan 100\u{A0}%.",
                "No number of messages is enough for these; choose a rate and a difference between 0 and 100%.")
        }
        let figures = scope.figures
        let (anytime, fixed) = (figures.integer(size.anytime), figures.integer(size.fixed))
        let text = scope.say(
            "Sekitar \(anytime) pesan untuk tiap varian bila ingin boleh melihat kapan saja; \(fixed) bila hanya "
                + "dilihat sekali di akhir.",
            "About \(anytime) messages for each variant if you want to look at any time; \(fixed) if you look once, at "
                + "the end.")
        guard let days = size.days(variants: 2, messagesPerDay: model.messagesPerDay) else { return text }
        let pace = figures.count(model.messagesPerDay)
        return text
            + scope.say(
                " Dengan dua varian dan \(pace) pesan per hari seperti sekarang: \(figures.integer(days)) hari.",
                " With two variants and \(pace) messages a day as now: \(figures.integer(days)) days.")
    }
}

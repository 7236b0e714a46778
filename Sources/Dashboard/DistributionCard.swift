import Analytics
import Catalogue
import Domain
import Storage
import Web

/// How are answers spread: many at once and some after hours, or all after a while?
struct DistributionCard: Card {
    struct Model: Sendable {
        var distribution: ResponseDistribution
        /// Percentiles by who answered.
        var answer: Answer
        /// Targets by the clock on the wall.
        var targets: [ServiceTarget]
    }
    private static let percentiles = ["response_time_p50", "response_time_p90", "response_time_p99"]
    private static let responders: [Responder] = [.bot, .human, .unknown]

    let name = "distribution"
    let title = Text(id: "Sebaran waktu jawab", en: "How response times are spread")
    let height = CardHeight(20, narrow: 24)

    func load(_ scope: Scope) async throws -> Model {
        async let distribution = scope.analyst.responseDistribution(
            filters: scope.filters.conditions(among: Dimension.stored(.wait)), range: scope.filters.range)
        async let answer = scope.ask(Self.percentiles + ["waits_answered"], by: [.responder])
        async let settings = scope.store.serviceSettings()
        return try await Model(
            distribution: distribution, answer: answer,
            targets: settings.targets.filter { $0.clock == .elapsed })
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.distribution.total > 0 else { return "" }
        return "<p>\(scope.total(model.answer, "waits_answered")) \(scope.say("jawaban", "answers"))</p>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard model.distribution.total > 0 else { return Empty.waits(scope) }
        let shown = Self.responders.filter { (model.distribution.answers[$0] ?? 0) > 0 }
        let bands = Self.trimmed(model.distribution.bands)
        let heads = shown.map { "<th scope=\"col\" class=\"number\">\($0.name(scope.language))</th>" as HTML }
        let about = scope.say(
            "Tiap baris kira-kira dua sampai tiga kali lebih lama dari sebelumnya; panjang batang adalah bagian dari "
                + "semua jawaban penjawab itu.",
            "Each row is about two to three times as long as the one before; bars are shares of all answers of that "
                + "kind of responder.")
        return """
            <p class="muted small">\(about)</p>
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(scope.say("Dijawab dalam", "Answered within"))</th>\(heads)\
            <th scope="col">\(Self.marked(scope))</th></tr></thead>
            <tbody>\(bands.map { row($0, shown, model, scope) })</tbody></table></div>
            """
    }

    /// From the first band with an answer to the last.
    private static func trimmed(_ bands: [ResponseDistribution.Band]) -> [ResponseDistribution.Band] {
        guard let first = bands.firstIndex(where: { $0.total > 0 }), let last = bands.lastIndex(where: { $0.total > 0 })
        else { return [] }
        return Array(bands[first...last])
    }

    private func row(
        _ band: ResponseDistribution.Band, _ responders: [Responder], _ model: Model, _ scope: Scope
    ) -> HTML {
        let figures = scope.figures
        let from = figures.duration(band.fromSeconds)
        let span =
            band.toSeconds.map { "\(from) – \(figures.duration($0))" }
            ?? scope.say("\(from) ke atas", "\(from) or more")
        let cells = responders.map { responder -> HTML in
            let count = band.answers[responder] ?? 0
            guard count > 0 else {
                return "<td class=\"number muted\" data-label=\"\(responder.name(scope.language))\">–</td>"
            }
            let share = Double(count) / Double(max(1, model.distribution.answers[responder] ?? 0))
            return """
                <td class="number" data-label="\(responder.name(scope.language))"><div>\
                <strong>\(figures.percent(share))</strong> <span class="muted">(\(figures.integer(count)))</span>\
                \(scope.bar(share, isCalm: true))</div></td>
                """
        }
        let pills = responders.map { marks(band, $0, model, scope) }
        return """
            <tr><th scope="row">\(span)</th>\(cells)\
            <td data-label="\(Self.marked(scope))"><div>\(pills)</div></td></tr>

            """
    }

    private static func marked(_ scope: Scope) -> String { scope.say("Di sini", "In here") }

    /// Where the percentiles and the target of a kind of responder lie.
    private func marks(
        _ band: ResponseDistribution.Band, _ responder: Responder, _ model: Model, _ scope: Scope
    ) -> HTML {
        let answer = model.answer
        let row = answer.rows.indices.first { answer.cell($0, "responder").text == responder.rawValue }
        let words = [
            "response_time_p50": "median", "response_time_p90": "P90",
            "response_time_p99": "P99",
        ]
        var marks: HTML = ""
        for id in Self.percentiles {
            guard let row, let seconds = answer.cell(row, id).number, holds(band, seconds) else { continue }
            marks += """
                <span class="pill quiet">\(responder.name(scope.language)): \(words[id] ?? "") \
                \(scope.number(answer, row, id))</span>
                """
        }
        let targets = model.targets.filter { $0.responder == responder || ($0.responder == nil && responder == .human) }
        for seconds in Set(targets.map(\.seconds)).sorted() where holds(band, Double(seconds)) {
            let limit = scope.figures.duration(Double(seconds))
            marks += "<span class=\"pill good\">\(responder.name(scope.language)): target \(limit)</span>"
        }
        return marks
    }

    private func holds(_ band: ResponseDistribution.Band, _ seconds: Double) -> Bool {
        band.fromSeconds <= seconds && seconds < band.toSeconds ?? .infinity
    }

    func exports(_ model: Model, _ scope: Scope) -> [Export] {
        let rows = model.distribution.bands.map { band -> [ExportTable.Value] in
            [.number(band.fromSeconds), band.toSeconds.map { .number($0) } ?? .none]
                + Self.responders.map { .whole(band.answers[$0] ?? 0) }
        }
        let table = ExportTable(
            columns: ["from_seconds", "to_seconds"] + Self.responders.map(\.rawValue), rows: rows,
            api: scope.api("/api/v1/waits/distribution", among: Dimension.stored(.wait)))
        return [
            .answer(model.answer, title: Text(id: "Persentil", en: "Percentiles")),
            .table(table, name: "bands", title: Text(id: "Sebarannya", en: "The distribution")),
        ]
    }
}

import Analytics
import Catalogue
import Domain
import Storage
import Web

/// Are the service targets kept?
struct PromiseCard: Card {
    struct Model: Sendable {
        /// By team.
        var answer: Answer
        var all: Answer
        var settings: ServiceSettings
    }
    static let metrics = ["sla_attainment", "sla_breaches"]
    static let rowsMax = 30

    let name = "sla"
    let title = Text(id: "Target layanan (SLA)", en: "Service targets (SLA)")

    func load(_ scope: Scope) async throws -> Model {
        async let answer = scope.ask(
            Self.metrics, by: [.team], order: [Query.Order(by: "sla_breaches", isDescending: true)],
            limit: Self.rowsMax)
        async let all = scope.ask(Self.metrics + ["waits"])
        async let settings = scope.store.serviceSettings()
        return try await Model(answer: answer, all: all, settings: settings)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML {
        guard model.settings.recounted < 1 else { return "" }
        let share = scope.figures.percent(model.settings.recounted, places: 0)
        let words = scope.say("Menghitung ulang: \(share)", "Recounting: \(share)")
        return "<span class=\"pill waiting\">\(words)</span>"
    }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard !model.settings.targets.isEmpty else { return Self.teach(scope) }
        guard (model.all.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        let rows = model.answer.rows.indices.filter { judged($0, model.answer) > 0 }
        guard !rows.isEmpty else {
            let words = scope.say(
                "Belum ada penantian yang terkena target dan sudah dapat dinilai pada rentang ini.",
                "No wait of this range has a target that can be judged yet.")
            return "<div class=\"empty\"><p>\(words)</p></div>"
        }
        let heads = [
            Catalogue.metric("sla_attainment")?.name(scope.language) ?? "",
            Catalogue.metric("sla_breaches")?.name(scope.language) ?? "", scope.say("Dinilai", "Judged"),
        ]
        return """
            \(Figure.list(Self.metrics, model.all, scope))
            <div class="table spaced"><table class="stack three"><thead><tr>
            <th scope="col">\(Dimension.team.name(scope.language))</th>\
            \(heads.map { "<th scope=\"col\" class=\"number\">\($0)</th>" as HTML })</tr></thead>
            <tbody>\(rows.map { row($0, model.answer, heads, scope) })</tbody></table></div>
            """
    }

    /// Waits whose target was met or missed.
    private func judged(_ row: Int, _ answer: Answer) -> Int64 {
        answer.samples["sla_attainment"].flatMap { $0.indices.contains(row) ? $0[row] : nil } ?? 0
    }

    private func row(_ row: Int, _ answer: Answer, _ heads: [String], _ scope: Scope) -> HTML {
        let figures = scope.figures
        let judged = judged(row, answer)
        let isSmall = judged < Catalogue.metric("sla_attainment")?.minimumSample ?? 0
        let intervals = answer.intervals["sla_attainment"] ?? []
        let interval: HTML =
            intervals.indices.contains(row)
            ? intervals[row].map { "<span class=\"interval\">\(figures.interval($0))</span>" } ?? "" : ""
        let team: HTML =
            answer.cell(row, "team").text.map { scope.link(.team, $0, $0) }
            ?? "<span class=\"muted\">\(scope.say("tanpa tim", "no team"))</span>"
        return """
            <tr\(isSmall ? " class=\"few\"" : "")><th scope="row">\(team)</th>\
            <td class="number" data-label="\(heads[0])"><div>\
            <strong>\(figures.percent(answer.cell(row, "sla_attainment").number))</strong>\(interval)</div></td>\
            <td class="number" data-label="\(heads[1])">\(figures.count(answer.cell(row, "sla_breaches").number))</td>\
            <td class="number" data-label="\(heads[2])">\(figures.integer(judged))</td></tr>

            """
    }

    private static func teach(_ scope: Scope) -> HTML {
        let words = scope.say(
            "Belum ada target. Tetapkan janji waktu jawab per penjawab, tim, nomor, atau prioritas dengan "
                + "`PUT /api/v1/service-targets` atau `pantau targets set`; penantian yang sudah lewat ikut dinilai.",
            "No targets are set. Promise a response time by responder, team, number or priority with "
                + "`PUT /api/v1/service-targets` or `pantau targets set`; waits of the past are judged too.")
        let link = scope.say("Bentuk dan contohnya", "Format and example")
        return """
            <div class="empty"><p>\(HTML(prose: words)) <a href="/docs#putApiV1ServiceTargets">\(link)</a></p></div>
            """
    }
}

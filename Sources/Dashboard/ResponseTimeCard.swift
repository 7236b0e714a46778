import Analytics
import Catalogue
import Domain
import Web

/// How long do customers wait for bots, and how long for people?
struct ResponseTimeCard: Card {
    struct Model: Sendable {
        var all: Answer
        /// By responder; answered waits only.
        var byResponder: Answer
    }
    static let overall = ["waits", "waits_answered", "waits_open", "unanswered_rate", "response_time_km_p50"]
    static let times = ["response_time_p50", "response_time_p90", "response_time_p99", "response_time_mean"]

    let name = "response"
    let title = Text(id: "Waktu jawab: bot dan orang", en: "Response time: bots and people")

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.overall)
        async let byResponder = scope.ask(Self.times + ["waits_answered"], by: [.responder])
        return try await Model(all: all, byResponder: byResponder)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.all.total("waits") ?? 0) > 0 else { return Empty.waits(scope) }
        let heads = Self.times.map { Self.head($0, scope) }
        let note = scope.say(
            "Hanya penantian yang sudah terjawab; yang masih menunggu ada di atas. Angka pudar: sampelnya terlalu "
                + "kecil untuk disimpulkan.",
            "Answered waits only; those still waiting stand above. Pale numbers: the sample is too small to conclude "
                + "from.")
        return """
            \(Figure.list(Self.overall, model.all, scope))
            <p class="muted small note spaced">\(note)</p>
            <div class="table"><table class="stack two">
            <thead><tr><th scope="col">\(Dimension.responder.name(scope.language))</th>\(heads)\
            \(Self.head("waits_answered", scope))</tr></thead>
            <tbody>\(rows(model.byResponder, scope))</tbody></table></div>
            """
    }

    private static func head(_ id: String, _ scope: Scope) -> HTML {
        "<th scope=\"col\" class=\"number\">\(shortName(id, scope)) \(About.metric(id, scope))</th>"
    }

    /// The table's title says what is timed.
    private static func shortName(_ id: String, _ scope: Scope) -> String {
        switch id {
        case "response_time_p50": scope.say("Median", "Median")
        case "response_time_p90": "P90"
        case "response_time_p99": "P99"
        case "response_time_mean": scope.say("Rata-rata", "Mean")
        default: Catalogue.metric(id)?.name(scope.language) ?? id
        }
    }

    private func rows(_ answer: Answer, _ scope: Scope) -> [HTML] {
        let responders: [Responder] = [.bot, .human, .unknown]
        let found = responders.compactMap { responder -> HTML? in
            guard
                let row = answer.rows.indices.first(where: { answer.cell($0, "responder").text == responder.rawValue })
            else { return nil }
            return self.row(responder.name(scope.language), scope) { id in
                let sample = answer.samples[id].flatMap { $0.indices.contains(row) ? $0[row] : nil }
                return (answer.cell(row, id).number, sample, answer.hasBefore ? answer.change(row, id) : .none)
            }
        }
        let total = row(scope.say("Semua", "All"), scope) { id in
            (answer.total(id), nil, answer.hasBefore ? answer.totalChange(id) : .none)
        }
        return found + [total]
    }

    private func row(
        _ title: String, _ scope: Scope, _ value: (String) -> (number: Double?, sample: Int64?, change: Change)
    ) -> HTML {
        let cells = (Self.times + ["waits_answered"]).map { id -> HTML in
            guard let metric = Catalogue.metric(id) else { return "<td></td>" }
            let (number, sample, change) = value(id)
            let isSmall = sample.map { $0 < metric.minimumSample } ?? false
            let moved = isSmall ? "" : scope.figures.change(change, metric.direction)
            let beneath: HTML = moved.isEmpty ? "" : "<span class=\"interval\">\(moved)</span>"
            return """
                <td class="number\(isSmall ? " faint" : "")" data-label="\(Self.shortName(id, scope))"><div>\
                <strong>\(scope.figures.value(number, metric.unit))</strong>\(beneath)</div></td>
                """
        }
        return "<tr><th scope=\"row\">\(title)</th>\(cells)</tr>\n"
    }
}

extension Answer {
    /// A metric over all rows.
    func total(_ metric: String) -> Double? { index(of: metric).flatMap { totals[$0].number } }
}

extension Figure {
    /// The totals of some metrics, each with its change against the period before.
    /// - Parameter amounts: the same sums of money split by currency, for when they are of several.
    static func list(_ metrics: [String], _ answer: Answer, _ scope: Scope, amounts: Answer? = nil) -> HTML {
        metrics.compactMap { id -> Figure? in
            guard let metric = Catalogue.metric(id) else { return nil }
            let change = answer.hasBefore ? scope.figures.change(answer.totalChange(id), metric.direction) : ""
            return Figure(
                name: metric.name(scope.language), about: About.metric(id, scope),
                value: scope.figures.total(answer, metric, amounts: amounts), beside: change)
        }.html
    }
}

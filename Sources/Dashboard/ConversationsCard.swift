import Analytics
import Catalogue
import Domain
import Web

/// How many conversations are there, and how do they end?
struct ConversationsCard: Card {
    struct Model: Sendable {
        var all: Answer
        var byHandler: Answer
    }
    static let overall = [
        "conversations", "contacts_active", "contacts_new", "resolution_rate", "resolution_time_p50", "reopen_rate",
        "bot_containment_rate", "handoff_rate", "csat_mean", "csat_response_rate",
    ]
    /// Those that any filter of the page fits: people are told apart by number only.
    private static func metrics(_ filters: Filters) -> [String] {
        overall.filter { id in
            guard let metric = Catalogue.metric(id) else { return false }
            return filters.dimensions.allSatisfy { metric.conditions.contains($0) }
        }
    }
    static let handled = ["conversations", "resolution_rate", "reopen_rate", "csat_mean"]

    let name = "conversations"
    let title = Text(id: "Percakapan dan akhirnya", en: "Conversations and how they end")

    func load(_ scope: Scope) async throws -> Model {
        async let all = scope.ask(Self.metrics(scope.filters))
        async let byHandler = scope.ask(
            Self.handled, by: [.handledBy], order: [Query.Order(by: "conversations", isDescending: true)])
        return try await Model(all: all, byHandler: byHandler)
    }

    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }

    func view(_ model: Model, _ scope: Scope) -> HTML {
        guard (model.all.total("conversations") ?? 0) > 0 else { return Empty.waits(scope) }
        let heads = Self.handled.map { id -> HTML in
            "<th scope=\"col\" class=\"number\">\(Catalogue.metric(id)?.name(scope.language) ?? id)</th>"
        }
        return """
            \(Figure.list(Self.metrics(scope.filters), model.all, scope))
            <div class="table spaced"><table class="stack two">
            <thead><tr><th scope="col">\(Dimension.handledBy.name(scope.language))</th>\(heads)</tr></thead>
            <tbody>\(model.byHandler.rows.indices.map { row($0, model.byHandler, scope) })</tbody></table></div>
            """
    }

    private func row(_ row: Int, _ answer: Answer, _ scope: Scope) -> HTML {
        let cells = Self.handled.map { id -> HTML in
            guard let metric = Catalogue.metric(id) else { return "<td></td>" }
            let sample = answer.samples[id].flatMap { $0.indices.contains(row) ? $0[row] : nil }
            let isSmall = sample.map { $0 < metric.minimumSample } ?? false
            return """
                <td class="number\(isSmall ? " faint" : "")" data-label="\(metric.name(scope.language))">\
                \(scope.figures.value(answer.cell(row, id).number, metric.unit))</td>
                """
        }
        return "<tr><th scope=\"row\">\(Self.handler(answer.cell(row, "handled_by").text, scope))</th>\(cells)</tr>\n"
    }

    private static func handler(_ word: String?, _ scope: Scope) -> String {
        switch word {
        case "bot": scope.say("Hanya bot", "Bots only")
        case "human": scope.say("Hanya orang", "People only")
        case "both": scope.say("Bot dan orang", "Bots and people")
        case "none", nil: scope.say("Belum dijawab", "Nobody yet")
        case let word?: word
        }
    }
}

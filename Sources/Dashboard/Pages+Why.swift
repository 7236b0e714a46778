import Analytics
import Catalogue
import Domain
import Hummingbird
import Web

extension Pages {
    private static let metricUnknown = Problem(
        Failure(
            .notFound, id: "Angka ini tidak dikenal atau tidak dapat dipecah menurut segmen.",
            en: "This number is not known, or cannot be split by segment."))

    /// The panel behind "Why?" on charts: with `panel=1` alone, as a script puts it into a dialog.
    func addWhy(to routes: Routes) {
        routes.add(.get, WhyPanel.path, access: .page(.numbers)) { request, context in
            let query = request.urlQuery
            guard let metric = query["metric"].flatMap(Catalogue.metric), metric.canBeExplained else {
                throw Self.metricUnknown
            }
            let board = query["page"].flatMap(Board.at)
            let scope = try await scope(request, context, path: board?.path ?? Navigation.overview.path)
            let card = query["card"].flatMap(Board.card)
            let panel = try await Self.panel(metric, card, scope)
            guard query["panel"] == nil else { return .html(panel.html(isDialog: true)) }
            var page = scope
            page.path = WhyPanel.path
            let back = scope.say("Kembali", "Back")
            let kept = scope.filters.query.setting("metric", to: metric.id).setting("card", to: card?.name)
                .setting("page", to: board?.path)
            return .html(
                frame.page(
                    title: panel.title, entry: board?.entry, scope: page, query: kept,
                    body: """
                        <section class="card full why-page"><p class="kicker">\
                        <a href="\(scope.url(scope.path))">\(back)</a></p>\(panel.html(isDialog: false))</section>
                        """))
        }
    }

    private static func panel(_ metric: Metric, _ card: (any Card)?, _ scope: Scope) async throws -> WhyPanel {
        let choices = (card?.explained ?? []).compactMap(Catalogue.metric)
        var answer: WhyAnswer?
        var failure: Failure?
        do {
            answer = try await scope.analyst.why(
                WhyQuestion(
                    metric: metric.id, filters: scope.filters.conditions(for: [metric.id]),
                    range: scope.filters.range, compare: scope.filters.compare ?? .previousPeriod))
        } catch let told as Failure where told.code == .unprocessable {
            failure = told
        }
        return WhyPanel(
            metric: metric, answer: answer, failure: failure, choices: choices, card: card?.name, scope: scope)
    }
}

extension Card {
    /// Those of its metrics whose changes can be explained.
    var explained: [String] { why.filter { Catalogue.metric($0)?.canBeExplained ?? false } }
}

/// The button in the head of a card with a chart.
struct WhyButton {
    let metrics: [String]
    let card: String
    let title: String
    let scope: Scope

    var html: HTML {
        guard let first = metrics.first else { return "" }
        let words = scope.say("Mengapa?", "Why?")
        return """
            <a class="why" href="\(WhyPanel.url(first, scope, card: card))" data-why>\(words)\
            <span class="unseen"> \(title)</span></a>
            """
    }
}

import Analytics
import Catalogue
import Domain
import Logging
import Storage
import Web

/// What a card may use, and for whom it draws.
struct Scope: Sendable {
    var language: Language
    var filters: Filters
    var figures: Figures
    var analyst: Analyst
    var store: any AnalyticsStore
    var arrival: @Sendable () async throws -> Arrival
    var now: Instant
    /// The address that the reader reached this server by: the best guess at what Meta and desks can reach.
    var origin: String
    var hasSecret: Bool
    var hasVerifyToken: Bool
    var hasDesk: Bool
    /// The workspace's.
    var currency: String
    var logger: Logger

    func say(_ id: String, _ en: String) -> String { Text(id: id, en: en)(language) }

    /// A question about the range and filters of the page.
    func ask(
        _ metrics: [String], by dimensions: [Dimension] = [], grain: Grain = .total, order: [Query.Order] = [],
        limit: Int? = nil
    ) async throws -> Answer {
        try await analyst.ask(
            Query(
                metrics: metrics, dimensions: dimensions, filters: filters.conditions, range: filters.span.range,
                grain: grain, compare: .previousPeriod, limit: limit, order: order))
    }
}

/// One part of a page with one question to answer. It is drawn with the page, and again by itself at `/cards/{name}`.
protocol Card: Sendable {
    associatedtype Model: Sendable
    /// Its word in the URL.
    var name: String { get }
    var title: Text { get }
    /// Seconds between refreshes while the page is open.
    var everySeconds: Int { get }
    /// Whether it is sent whenever it changes instead.
    var isLive: Bool { get }
    func load(_ scope: Scope) async throws -> Model
    /// What stands beside the title.
    func lead(_ model: Model, _ scope: Scope) -> HTML
    func view(_ model: Model, _ scope: Scope) -> HTML
}

extension Card {
    var isLive: Bool { false }

    /// The whole card, for a page.
    func section(_ scope: Scope) async -> HTML {
        let query = scope.filters.query.setting("lang", to: scope.language.rawValue)
        let fresh: HTML =
            isLive
            ? "data-live=\"\(query.url(path: "/live/\(name)"))\""
            : "data-card=\"\(query.url(path: "/cards/\(name)"))\" data-every=\"\(everySeconds)\""
        return """
            <section class="card" id="card-\(name)" aria-labelledby="title-\(name)" \(fresh)>
            \(await content(scope))
            </section>
            """
    }

    /// The inside of the card. A card that fails says so in its own place and leaves the page standing.
    func content(_ scope: Scope) async -> HTML {
        do {
            let model = try await load(scope)
            return head(lead(model, scope), scope) + view(model, scope)
        } catch {
            let failure = error as? Failure
            if failure == nil || failure?.code == .internal {
                scope.logger.error("a card failed", metadata: ["card": "\(name)", "error": "\(type(of: error))"])
            }
            return head("", scope) + Self.failed(failure, scope)
        }
    }

    private func head(_ lead: HTML, _ scope: Scope) -> HTML {
        "<div class=\"card-head\"><h2 id=\"title-\(name)\">\(title(scope.language))</h2>\(lead)</div>\n"
    }

    private static func failed(_ failure: Failure?, _ scope: Scope) -> HTML {
        let detail =
            failure?.message(scope.language)
            ?? scope.say(
                "Muat ulang sebentar lagi; bila tetap begini, jalankan `pantau doctor`.",
                "Reload in a moment; if it stays like this, run `pantau doctor`.")
        let title = scope.say("Bagian ini tidak dapat dimuat", "This part could not be loaded")
        return "<div class=\"failed\" role=\"alert\"><strong>\(title)</strong><p>\(HTML(prose: detail))</p></div>"
    }
}

/// The definition behind a number.
enum About {
    static func metric(_ id: String, _ scope: Scope) -> HTML {
        guard let metric = Catalogue.metric(id) else { return "" }
        return text(metric.name(scope.language), metric.definition(scope.language), formula: metric.formula, scope)
    }

    static func text(_ name: String, _ definition: String, formula: String? = nil, _ scope: Scope) -> HTML {
        let code: HTML = formula.map { "<br><code>\($0)</code>" } ?? ""
        let label = scope.say("Apa arti \(name)?", "What does \(name) mean?")
        return """
            <details class="about"><summary aria-label="\(label)" title="\(definition)">i</summary>\
            <div><strong>\(name)</strong><br>\(definition)\(code)</div></details>
            """
    }
}

/// A number with its name, definition, and what stands beside it.
struct Figure {
    var name: String
    var about: HTML
    var value: String
    var beside: HTML

    var html: HTML {
        // Amounts of money can be wider than their place.
        let isLong: HTML = value.count > 12 ? " class=\"long\"" : ""
        let beside: HTML = beside.isEmpty ? "" : "<span class=\"beside\">\(beside)</span>"
        return "<div><dt>\(name) \(about)</dt><dd\(isLong)>\(value)\(beside)</dd></div>"
    }
}

extension [Figure] {
    var html: HTML { "<dl class=\"figures\">\(map(\.html))</dl>" }
}

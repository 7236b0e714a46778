import Analytics
import Catalogue
import Domain
import Logging
import Web

/// One part of a page with one question to answer. The page brings it when it is ready in time; otherwise it comes by
/// itself from `/cards/{name}`, as it does whenever it is refreshed.
protocol Card: Sendable {
    associatedtype Model: Sendable
    /// Its word in the URL; one for all pages.
    var name: String { get }
    var title: Text { get }
    /// The room that it takes before it has come.
    var height: CardHeight { get }
    var width: CardWidth { get }
    /// What somebody must be allowed to see it at all.
    var permission: Permission { get }
    /// Whether it is fetched anew whenever data have changed; others are so every minute.
    var isLive: Bool { get }
    /// Metrics of its chart whose changes people ask about, the main one first.
    var why: [String] { get }
    func load(_ scope: Scope) async throws -> Model
    /// What stands beside the title.
    func lead(_ model: Model, _ scope: Scope) -> HTML
    func view(_ model: Model, _ scope: Scope) -> HTML
    /// What is shown, as data. A card without exports has no menu.
    func exports(_ model: Model, _ scope: Scope) -> [Export]
}

/// In steps of 40 pixels.
struct CardHeight: Sendable, Hashable {
    /// On wide screens, and up to 720 pixels.
    var wide: Int
    var narrow: Int

    init(_ wide: Int, narrow: Int? = nil) {
        self.wide = min(max(wide, 1), 24)
        self.narrow = min(max(narrow ?? wide, 1), 24)
    }

    var classes: String { "h\(wide) n\(narrow)" }
}

enum CardWidth: String, Sendable { case full, half, third }

extension Card {
    var height: CardHeight { CardHeight(7, narrow: 9) }
    var width: CardWidth { .full }
    var permission: Permission { .numbers }
    var isLive: Bool { false }
    var why: [String] { [] }
    func lead(_ model: Model, _ scope: Scope) -> HTML { "" }
    func exports(_ model: Model, _ scope: Scope) -> [Export] { [] }
}

// MARK: Drawing

extension Card {
    /// The place of the card on a page, with its content if that is there already.
    func section(_ content: HTML?, _ scope: Scope) -> HTML {
        let query = scope.filters.query.setting("page", to: scope.path)
            .setting("lang", to: scope.language.rawValue)
        let state: HTML = content == nil ? " loading" : ""
        let live: HTML = isLive ? " data-live" : ""
        let busy: HTML = content == nil ? " aria-busy=\"true\"" : ""
        return """
            <section class="card \(width.rawValue) \(height.classes)\(state)" id="card-\(name)" \
            aria-labelledby="title-\(name)" data-card="\(query.url(path: "/cards/\(name)"))"\(live)\(busy)>
            \(content ?? skeleton(scope))
            </section>

            """
    }

    /// What stands in the card's place until it has come. Without scripts it never comes: then the link leads there.
    private func skeleton(_ scope: Scope) -> HTML {
        let words = scope.say("Sedang dimuat…", "Loading…")
        return head("", menu: "", scope) + "<p class=\"muted loading-words\">\(words)</p>"
    }

    /// The inside of the card. A card that fails says so in its own place and leaves the page standing.
    func content(_ scope: Scope) async -> (html: HTML, isWhole: Bool) {
        do {
            let model = try await load(scope)
            let exports = exports(model, scope)
            let html =
                head(
                    lead(model, scope) + whyButton(scope),
                    menu: CardMenu(card: name, exports: exports, scope: scope).html, scope)
                + view(model, scope) + unfiltered(exports, scope)
            return (html, true)
        } catch {
            let failure = error as? Failure
            if failure == nil || failure?.code == .internal {
                scope.logger.error("a card failed", metadata: ["card": "\(name)", "error": "\(type(of: error))"])
            }
            return (head("", menu: "", scope) + Self.failed(failure, scope), false)
        }
    }

    private func head(_ lead: HTML, menu: HTML, _ scope: Scope) -> HTML {
        "<div class=\"card-head\"><h2 id=\"title-\(name)\">\(title(scope.language))</h2>\(lead)\(menu)</div>\n"
    }

    private func whyButton(_ scope: Scope) -> HTML {
        WhyButton(metrics: explained, card: name, title: title(scope.language), scope: scope).html
    }

    /// Says by which filters of the page this card is not narrowed: its numbers cannot be.
    private func unfiltered(_ exports: [Export], _ scope: Scope) -> HTML {
        let answers = exports.compactMap { export in
            if case .answer(let answer) = export.content { answer } else { nil }
        }
        guard let first = answers.first else { return "" }
        let taken = Set(first.meta.query.filters.map(\.dimension))
        let left = scope.filters.dimensions.filter { !taken.contains($0) }
        guard !left.isEmpty else { return "" }
        let names = left.map { $0.name(scope.language).lowercased() }.joined(separator: ", ")
        return """
            <p class="muted small spaced">\(scope.say(
                "Tidak disaring menurut \(names): angka ini tidak dapat dipilah begitu.",
                "Not filtered by \(names): these numbers cannot be split that way."))</p>
            """
    }

    private static func failed(_ failure: Failure?, _ scope: Scope) -> HTML {
        let detail =
            failure?.message(scope.language)
            ?? scope.say(
                "Coba lagi sebentar lagi; bila tetap begini, jalankan `pantau doctor`.",
                "Try again in a moment; if it stays like this, run `pantau doctor`.")
        let title = scope.say("Bagian ini tidak dapat dimuat", "This part could not be loaded")
        let again = scope.say("Coba lagi", "Try again")
        return """
            <div class="failed" role="alert"><strong>\(title)</strong><p>\(HTML(prose: detail))</p>\
            <button type="button" data-again>\(again)</button></div>
            """
    }
}

/// What a card's numbers can be taken away as.
struct CardMenu {
    let card: String
    let exports: [Export]
    let scope: Scope

    var html: HTML {
        guard !exports.isEmpty else { return "" }
        let label = scope.say("Unduh dan bagikan", "Download and share")
        return """
            <details class="menu"><summary aria-label="\(label)" title="\(label)">⋯</summary><div>
            \(exports.enumerated().map(part))\
            <button type="button" data-png hidden>PNG</button>
            </div></details>
            """
    }

    private func part(_ index: Int, _ export: Export) -> HTML {
        let title: HTML = export.title.map { "<strong>\($0(scope.language))</strong>" } ?? ""
        return """
            \(title)<a href="\(url(index, "csv"))" download>CSV</a> <a href="\(url(index, "json"))" download>JSON</a>
            \(same(export))
            """
    }

    private func url(_ index: Int, _ format: String) -> String {
        scope.filters.query.setting("page", to: scope.path).setting("part", to: index == 0 ? nil : String(index))
            .setting("lang", to: scope.language.rawValue).url(path: "/cards/\(card)/\(format)")
    }

    /// How a program gets the same.
    private func same(_ export: Export) -> HTML {
        let request: String?
        let command: String?
        switch export.content {
        case .answer(let answer):
            request = nil
            command = answer.meta.query.commandLine
        case .table(let table):
            request = table.api
            command = table.command
        }
        let lines = [request.map { "GET \($0)" }, command].compactMap { $0 }.map { "<code>\($0)</code>" as HTML }
        guard !lines.isEmpty else { return "" }
        let words = scope.say("Sama lewat API atau terminal", "The same by API or command line")
        return "<details><summary>\(words)</summary>\(lines)</details>"
    }
}

import Catalogue
import Domain
import Storage
import Web

/// A page of cards under one filter bar.
struct CardPage {
    let board: Board
    let scope: Scope
    let frame: PageFrame
    let views: [SavedView]
    /// Of the request.
    let asked: URLQuery
    let cache: CardCache
    let known: FilterValues
    let version: Int64
    let patience: Duration

    func render() async -> HTML {
        let scope = scope
        let cards = board.cards.filter { scope.viewer.may($0.permission) }
        async let bar = board.hasFilters ? FilterBar(board: board, scope: scope, known: known).html() : ""
        let drawn = await drawn(cards)
        let sections = zip(cards, drawn).map { card, html in card.section(html, scope) }
        let subject = board.subject.flatMap { scope.filters.only($0) }
        let menu = ViewMenu(views: views, scope: scope, asked: asked)
        let kicker: HTML = subject == nil ? "" : "<p class=\"kicker\">\(board.title(scope.language))</p>"
        return frame.page(
            title: subject.map { Text(id: $0, en: $0) } ?? board.title, entry: board.entry, scope: scope,
            body: """
                \(menu.notice)\(board.banner(scope))
                <div class="head"><div>\(kicker)<h1>\(subject ?? board.title(scope.language))</h1>
                <p class="muted">\(board.about(scope.language))</p></div>\(board.hasFilters ? menu.html : "")</div>
                \(await bar)
                <div class="cards">
                \(sections)
                </div>
                """)
    }

    /// Those that are ready in time, in their order; nil for the others, which go on and are kept for when they are
    /// asked for.
    private func drawn(_ cards: [any Card]) async -> [HTML?] {
        let (scope, cache, version, patience) = (scope, cache, version, patience)
        let (results, report) = AsyncStream.makeStream(of: (Int, HTML).self)
        for (index, card) in cards.enumerated() {
            Task { report.yield((index, await cache.card(card, scope, version: version).html)) }
        }
        let deadline = Task {
            try? await Task.sleep(for: patience)
            report.finish()
        }
        var drawn: [HTML?] = Array(repeating: nil, count: cards.count)
        var missing = cards.count
        if missing > 0 {
            for await (index, html) in results {
                drawn[index] = html
                missing -= 1
                if missing == 0 { break }
            }
        }
        deadline.cancel()
        return drawn
    }
}

/// What all pages of one server have around them.
struct PageFrame: Sendable {
    /// Of the program.
    var version: String
    /// Above every page; nil when these are the business's own data.
    var banner: @Sendable (Scope) -> HTML?
    var scripts: [Asset]

    func page(
        title: Text, entry: Navigation.Entry?, scope: Scope, query: URLQuery? = nil, scripts more: [Asset] = [],
        body: HTML
    ) -> HTML {
        Page(
            title: title, language: scope.language, path: scope.path, query: query ?? scope.filters.query,
            carried: scope.filters.withoutOptions.query, entry: entry, viewer: scope.viewer, scripts: scripts + more,
            banner: banner(scope), foot: scope.foot(version), body: body
        ).render()
    }
}

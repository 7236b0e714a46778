import Catalogue
import Domain
import Storage
import Web

/// A page of cards under one filter bar.
struct CardPage {
    /// Choices of the filter bar.
    private struct Choice: Sendable {
        static let valuesMax = 200
        var dimension: Dimension
        var values: [String]
        /// A store that fails leaves the bar without choices; the cards say what is wrong.
        static func load(_ dimension: Dimension, _ scope: Scope) async -> Choice {
            Choice(
                dimension: dimension,
                values: (try? await scope.store.values(of: dimension, limit: valuesMax)) ?? [])
        }
    }
    let scope: Scope
    let version: String
    let isSignedIn: Bool

    private var board: Filters.Board { scope.filters.board }

    func render() async -> HTML {
        let (scope, board) = (scope, board)
        async let choices = Self.ordered(board.dimensions) { await Choice.load($0, scope) }
        let sections = await Self.ordered(board.cards) { await $0.section(scope) }
        return Page(
            title: board.title, language: scope.language, path: board.path, query: scope.filters.query,
            links: Page.standardLinks(board.path), account: isSignedIn ? scope.signOut : nil,
            foot: scope.foot(version),
            body: """
                \(board.banner(scope))
                <div class="head"><div><h1>\(board.title(scope.language))</h1></div>\(filterBar(await choices))</div>
                \(sections)
                """
        ).render()
    }

    /// All at once, and back in their order.
    private static func ordered<Part: Sendable, Result: Sendable>(
        _ parts: [Part], _ make: @escaping @Sendable (Part) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            for (index, part) in parts.enumerated() { group.addTask { (index, await make(part)) } }
            var results: [Int: Result] = [:]
            for await (index, result) in group { results[index] = result }
            return parts.indices.compactMap { results[$0] }
        }
    }

    private func filterBar(_ choices: [Choice]) -> HTML {
        let spans = Filters.Span.allCases.map { span -> HTML in
            let url = scope.filters.query.setting("range", to: String(span.rawValue)).url(path: board.path)
            let current: HTML = span == scope.filters.span ? " aria-current=\"true\"" : ""
            return "<a href=\"\(url)\"\(current)>\(span.name(scope.language))</a>"
        }
        return """
            <form class="filters" method="get" action="\(board.path)" data-send-on-change>
            <div class="choice" role="group" aria-label="\(scope.say("Rentang", "Range"))">\(spans)</div>
            <input type="hidden" name="range" value="\(scope.filters.span.rawValue)">
            \(choices.map { select($0, chosen: scope.filters[$0.dimension]) })
            <noscript><button type="submit">\(scope.say("Terapkan", "Apply"))</button></noscript>
            </form>
            """
    }

    private func select(_ choice: Choice, chosen: String?) -> HTML {
        // What is chosen stays in the list, also when it is no longer among the frequent values.
        let values = chosen.map { choice.values.contains($0) ? choice.values : [$0] + choice.values } ?? choice.values
        guard !values.isEmpty else { return "" }
        let options = values.map { value -> HTML in
            let selected: HTML = value == chosen ? " selected" : ""
            return "<option value=\"\(value)\"\(selected)>\(value)</option>"
        }
        return """
            <label>\(choice.dimension.name(scope.language)) <select name="\(choice.dimension.rawValue)">\
            <option value="">\(scope.say("semua", "all"))</option>\(options)</select></label>
            """
    }
}

extension Scope {
    /// At the foot of every page.
    func foot(_ version: String) -> HTML {
        """
        <span>\(say("Zona waktu", "Time zone")): \(figures.zone(at: now))</span><span>Pantau \(version)</span>
        """
    }

    var signOut: HTML {
        let words = say("Keluar", "Sign out")
        return "<form method=\"post\" action=\"/sign-out\"><button type=\"submit\">\(words)</button></form>"
    }
}

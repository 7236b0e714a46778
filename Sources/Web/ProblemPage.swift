import Domain
import HTTPTypes
import Hummingbird

/// A problem as a page, with the sign-in form where a key would help.
package enum ProblemPage {
    /// Where the sign-in form posts to.
    package static let signInPath = "/sign-in"

    package static func response(_ problem: Problem, request: Request, language: Language) -> Response {
        let needsKey = problem.status == .forbidden || problem.status == .unauthorized
        // Before a closed door the way in matters more than the refusal.
        let title = needsKey ? Text(id: "Masuk ke Pantau", en: "Sign in to Pantau") : problem.title
        let page = Page(
            title: title, language: language, path: needsKey ? "/" : request.uri.path,
            query: needsKey ? URLQuery() : request.urlQuery,
            body: """
                <section class="card notice">
                \(needsKey ? "" : "<p class=\"kicker\">\(problem.status.code)</p>")
                <h1>\(title(language))</h1>
                \(paragraphs(problem, language: language, inBoth: needsKey))
                \(needsKey ? signIn(language) : "")
                </section>
                """)
        var response = Response.html(page.render(), status: problem.status)
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }

    /// A closed page speaks both languages: whoever stands before it may not have found the switch yet.
    private static func paragraphs(_ problem: Problem, language: Language, inBoth: Bool) -> HTML {
        let other: Language = language == .indonesian ? .english : .indonesian
        let first: HTML = "<p>\(HTML(prose: problem.detail(language)))</p>"
        guard inBoth else { return first }
        return first + "<p class=\"muted\" lang=\"\(other.rawValue)\">\(HTML(prose: problem.detail(other)))</p>"
    }

    private static func signIn(_ language: Language) -> HTML {
        let label = Text(id: "Kunci admin", en: "Admin key")
        let button = Text(id: "Masuk", en: "Sign in")
        return """
            <form method="post" action="\(signInPath)" class="sign-in">
            <label for="key">\(label(language))</label>
            <input id="key" name="key" type="password" required autocomplete="current-password" spellcheck="false">
            <button type="submit">\(button(language))</button>
            </form>
            """
    }
}

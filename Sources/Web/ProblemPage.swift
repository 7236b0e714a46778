import Domain
import HTTPTypes
import Hummingbird

/// A problem as a page.
package enum ProblemPage {
    package static let signInPath = "/sign-in"

    /// - Parameter viewer: who looks; nil for nobody, who gets no navigation.
    package static func response(
        _ problem: Problem, request: Request, language: Language, viewer: Viewer? = nil
    ) -> Response {
        let needsSignIn = problem.status == .unauthorized
        let (way, words) =
            needsSignIn
            ? (signInPath, Text(id: "Masuk", en: "Sign in"))
            : ("/", Text(id: "Ke halaman depan", en: "To the front page"))
        let page = Page(
            title: problem.title, language: language, path: request.uri.path, query: request.urlQuery,
            viewer: viewer,
            body: """
                <section class="card notice">
                <p class="kicker">\(problem.status.code)</p>
                <h1>\(problem.title(language))</h1>
                <p>\(HTML(prose: problem.detail(language)))</p>
                <p><a href="\(way)">\(words(language))</a></p>
                </section>
                """)
        var response = Response.html(page.render(), status: problem.status)
        for field in problem.headers { response.headers[field.name] = field.value }
        return response
    }

    /// To the sign-in page, and from there back to where somebody wanted to go.
    static func toSignIn(_ request: Request) -> Response {
        let isReading = request.method == .get
        let next = isReading ? SameSitePath.checked(request.uri.string) : "/"
        let query = URLQuery(next == "/" ? [] : [("next", next)])
        return .redirect(to: query.url(path: signInPath), type: .normal)
    }
}

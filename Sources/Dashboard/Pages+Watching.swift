import Domain
import HTTPTypes
import Hummingbird
import Insights
import Storage
import Web

/// The page of the watch's rules and what its form does. All of it works without scripts.
extension Pages {
    private static let formBytesMax = 64 * 1024
    /// After how many seconds a page that waits for a trial looks again.
    private static let againSeconds = 2

    func addWatching(to routes: Routes) {
        let path = WatchingPage.path
        routes.add(.get, path, access: .page(.settings)) { request, context in
            guard let watching else { throw Problem.pathUnknown }
            let desk = try desk(request, context)
            let draft = request.urlQuery["draft"].flatMap { watching.draft($0) }
            let inForce = try await watching.rules()
            var page = WatchingPage(desk: desk, rules: draft ?? inForce, isDraft: draft != nil)
            if request.urlQuery["saved"] != nil {
                page.said = Notice(text: desk.say("Tersimpan dan berlaku.", "Saved and in force.")).html
            }
            if let draft { page.trial = try await watching.trial(draft) }
            var response = Response.html(try await framed(page, request, context))
            if case .running? = page.trial, let refresh = HTTPField.Name("Refresh") {
                response.headers[refresh] = String(Self.againSeconds)
            }
            return response
        }
        routes.add(.post, path + "/try", access: .page(.settings)) { request, context in
            try await withRules(request, context) { watching, rules in
                URLQuery([("draft", watching.keepDraft(rules))]).url(path: path)
            }
        }
        routes.add(.post, path + "/save", access: .page(.settings)) { request, context in
            try await withRules(request, context) { watching, rules in
                try await watching.save(rules)
                try await note(.settingsChanged, context, subject: "watch rules")
                return URLQuery([("saved", "1")]).url(path: path)
            }
        }
    }

    private func withRules(
        _ request: Request, _ context: WebContext,
        _ work: (any WatchDesk, WatchRules) async throws -> String
    ) async throws -> Response {
        guard let watching else { throw Problem.pathUnknown }
        let desk = try desk(request, context)
        let body = try await request.bytes(upTo: Self.formBytesMax)
        let form = URLQuery(parsing: String(decoding: body, as: UTF8.self))
        do {
            let rules = try WatchingPage.rules(form, clock: desk.figures.clock)
            return .redirect(to: try await work(watching, rules), type: .normal)
        } catch let failure as Failure where failure.code == .unprocessable {
            var page = WatchingPage(desk: desk, rules: try await watching.rules(), isDraft: false)
            page.said = Notice(text: failure.message(desk.language), isBad: true).html
            return .html(try await framed(page, request, context), status: .unprocessableContent)
        }
    }

    private func framed(_ page: WatchingPage, _ request: Request, _ context: WebContext) async throws -> HTML {
        let frame = SettingsPage(section: .watching, desk: page.desk, body: page.html)
        return try await render(frame, request, context)
    }
}

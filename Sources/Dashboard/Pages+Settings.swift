import Domain
import Hummingbird
import Storage
import Web

/// The pages of settings and what their module asks.
extension Pages {
    func addSettings(to routes: Routes) {
        routes.add(.get, SettingsSection.root, access: .page(.settings)) { _, _ in
            Response.redirect(to: SettingsSection.workspace.path, type: .normal)
        }
        for section in SettingsSection.allCases where !section.hasOwnPages {
            routes.add(.get, section.path, access: .page(section.permission)) { request, context in
                let desk = try desk(request, context)
                let recounted = try await section.recounted(store)
                guard let body = try await section.body(desk) else { throw Problem.pathUnknown }
                let page = SettingsPage(section: section, desk: desk, body: body, recounted: recounted)
                return .html(try await render(page, request, context))
            }
        }
        routes.add(.get, "/settings/progress", access: .page(.settings)) { request, context in
            try await progress(request, try desk(request, context))
        }
        // It changes nothing, so that it needs no token.
        routes.add(.post, "/settings/prices/preview", access: .page(.settings)) { request, context in
            let text = try await request.bytes(upTo: Limits.webhookBodyBytesMax)
            let (html, isUsable) = try await RateImport.preview(try desk(request, context), text)
            return .html(html, status: isUsable ? .ok : .unprocessableContent)
        }
    }

    /// What a page of settings may use.
    func desk(_ request: Request, _ context: WebContext) throws -> SettingsDesk {
        guard let viewer = context.viewer else { throw Problem.signInNeeded }
        let clock = try ZoneClock.named(workspace.timeZone)
        return SettingsDesk(
            language: context.language, figures: Figures(language: context.language, clock: clock), store: store,
            workspace: workspace, installed: installed, viewer: viewer, now: now(), query: request.urlQuery)
    }

    /// The page in the frame that all pages have.
    func render(_ page: SettingsPage, _ request: Request, _ context: WebContext) async throws -> HTML {
        let section = page.section
        // The switch of languages stays on the form that is open; what answers a form has no address of its own.
        let path = request.method == .get ? request.uri.path : section.path
        return frame.page(
            title: section.title, entry: Navigation.settings, scope: try await scope(request, context, path: path),
            query: page.desk.query.setting("lang", to: nil), scripts: [Assets.settings], body: page.content)
    }

    /// Whether a stored change is in force, and how far it has been counted.
    private func progress(_ request: Request, _ desk: SettingsDesk) async throws -> Response {
        let query = request.urlQuery
        var writer = JSONWriter()
        if let delivery = query["delivery"].flatMap({ Int64($0) }) {
            let status = try await store.projectionStatus()
            writer.object { $0.member("in_force", status.projected >= delivery) }
        } else {
            let section = query["section"].flatMap(SettingsSection.init) ?? .workspace
            let recounted = try await section.recounted(store)
            writer.object {
                $0.member("recounted", recounted)
                $0.member("said", SettingsPage.words(recounted, desk))
            }
        }
        return .json(writer)
    }
}

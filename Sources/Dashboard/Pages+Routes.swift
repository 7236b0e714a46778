import Alerts
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// The pages of routes and what their forms do. All of it works without scripts.
extension Pages {
    func addRoutes(to routes: Routes) {
        let path = RoutesPage.path
        routes.add(.get, path, access: .page(.settings)) { request, context in
            .html(try await routesPage(request, context))
        }
        routes.add(.get, path + "/new", access: .page(.settings)) { request, context in
            let desk = try desk(request, context)
            let kind = request.urlQuery["type"].flatMap(AlertChannel.Kind.init(rawValue:)) ?? .slack
            let form = RouteForm(
                desk: desk, id: "", kind: kind, values: RouteForm.standard(kind, language: desk.workspace.language),
                hasSecret: false)
            return .html(try await framed(form.html, desk, request, context))
        }
        routes.add(.get, path + "/edit", access: .page(.settings)) { request, context in
            let desk = try desk(request, context)
            guard let entry = try await route(request.urlQuery["route"]) else { return onward() }
            let form = RouteForm(
                desk: desk, id: entry.route.id, kind: entry.route.channel.kind,
                values: RouteForm.values(entry.route), hasSecret: entry.hasSecret)
            return .html(try await framed(form.html, desk, request, context))
        }
        routes.add(.post, path + "/save", access: .page(.settings)) { request, context in
            try await saveRoute(request, context)
        }
        routes.add(.post, path + "/test", access: .page(.settings)) { request, context in
            try await testRoute(request, context)
        }
        routes.add(.post, path + "/mail", access: .page(.settings)) { request, context in
            try await saveMail(request, context)
        }
        addRouteChanges(to: routes)
    }

    private func addRouteChanges(to routes: Routes) {
        let path = RoutesPage.path
        routes.add(.post, path + "/on", access: .page(.settings)) { request, context in
            let form = try await OwnForm.read(request, context)
            let isOn = form["on"] == "1"
            guard let id = form["route"], let route = try await alerts?.setOn(isOn, route: id) else { return onward() }
            try await note(
                .settingsChanged, context, subject: isOn ? "route on: \(route.name)" : "route off: \(route.name)")
            return onward()
        }
        routes.add(.post, path + "/remove", access: .page(.settings)) { request, context in
            let form = try await OwnForm.read(request, context)
            guard let id = form["route"], let route = try await alerts?.setRemoved(true, route: id) else {
                return onward()
            }
            try await note(.settingsChanged, context, subject: "route removed: \(route.name)")
            return onward([("removed", id)])
        }
        routes.add(.post, path + "/restore", access: .page(.settings)) { request, context in
            let form = try await OwnForm.read(request, context)
            guard let id = form["route"], let route = try await alerts?.setRemoved(false, route: id) else {
                return onward()
            }
            try await note(.settingsChanged, context, subject: "route restored: \(route.name)")
            return onward()
        }
    }

    private func onward(_ query: [(String, String)] = []) -> Response {
        .redirect(to: URLQuery(query).url(path: RoutesPage.path), type: .normal)
    }

    private func route(_ id: String?) async throws -> RouteEntry? {
        try await alerts?.routes().first { $0.route.id == id }
    }

    // MARK: Forms

    private func saveRoute(_ request: Request, _ context: WebContext) async throws -> Response {
        let desk = try desk(request, context)
        let form = try await OwnForm.read(request, context)
        guard let alerts, let kind = form["type"].flatMap(AlertChannel.Kind.init(rawValue:)) else { return onward() }
        let known = try await route(form["id"])
        let id = known?.route.id ?? Self.newRouteID(kind)
        do {
            let route = try RouteForm.route(
                form, id: id, isOn: known?.route.isOn ?? true, zone: known?.route.zone ?? workspace.timeZone)
            try await alerts.save(route, secret: form["secret"].map { Secret($0) })
            try await note(.settingsChanged, context, subject: "route: \(route.name)")
            return onward([("saved", id)])
        } catch let failure as Failure where failure.code == .unprocessable || failure.code == .malformed {
            let page = RouteForm(
                desk: desk, id: known?.route.id ?? "", kind: kind, values: form.setting("secret", to: nil),
                hasSecret: known?.hasSecret ?? false, objection: failure.message(desk.language))
            return .html(try await framed(page.html, desk, request, context), status: .unprocessableContent)
        }
    }

    private static func newRouteID(_ kind: AlertChannel.Kind) -> String {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
        return "\(kind.rawValue)-\(Hexadecimal.text(bytes))"
    }

    private func testRoute(_ request: Request, _ context: WebContext) async throws -> Response {
        let desk = try desk(request, context)
        let form = try await OwnForm.read(request, context)
        guard let alerts, let entry = try await route(form["route"]) else { return onward() }
        let results = try await alerts.test(route: entry.route.id)
        try await note(.settingsChanged, context, subject: "route tested: \(entry.route.name)")
        let said = Self.words(results, entry.route, desk)
        return .html(try await routesPage(request, context, said: said.html), status: .ok)
    }

    private static func words(_ results: [DispatchResult], _ route: AlertRoute, _ desk: SettingsDesk) -> Notice {
        let failures = results.compactMap { result -> Text? in
            switch result {
            case .delivered: nil
            case .retry(let why, _), .givenUp(let why): why
            }
        }
        guard let first = failures.first else {
            return Notice(
                text: desk.say(
                    "Pesan uji lewat “\(route.name)” diterima. Periksa apakah pesannya tampil di sana.",
                    "The test by “\(route.name)” was taken. See whether it shows there."))
        }
        let count = failures.count
        let text =
            results.count == 1
            ? desk.say("Pesan uji lewat “\(route.name)” gagal: ", "The test by “\(route.name)” failed: ")
            : desk.say(
                "\(count) dari \(results.count) pesan uji lewat “\(route.name)” gagal: ",
                "\(count) of \(results.count) tests by “\(route.name)” failed: ")
        return Notice(text: text + first(desk.language), isBad: true)
    }

    private func saveMail(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await OwnForm.read(request, context)
        guard let alerts else { return onward() }
        do {
            try await alerts.save(RoutesPage.server(form), password: form["password"].map { Secret($0) })
            try await note(.settingsChanged, context, subject: "mail server")
            return onward([("saved", "mail")])
        } catch let failure as Failure where failure.code == .unprocessable {
            let said = Notice(text: failure.message(context.language), isBad: true).html
            let page = try await routesPage(
                request, context, said: said, mailValues: form.setting("password", to: nil))
            return .html(page, status: .unprocessableContent)
        }
    }

    // MARK: Pages

    private func routesPage(
        _ request: Request, _ context: WebContext, said: HTML = "", mailValues: URLQuery? = nil
    ) async throws -> HTML {
        let desk = try desk(request, context)
        guard let alerts else { throw Problem.pathUnknown }
        let mail = try await alerts.mailServer()
        var page = RoutesPage(
            desk: desk, base: alerts.base, hasBase: alerts.hasBase, routes: try await alerts.routes(),
            server: mail.server, hasPassword: mail.hasPassword,
            events: try await alerts.events(route: nil, limit: RoutesPage.eventsMax))
        page.said = said.isEmpty ? done(request, desk) : said
        page.mailValues = mailValues
        return try await framed(page.html, desk, request, context)
    }

    /// What was just done, with the way back.
    private func done(_ request: Request, _ desk: SettingsDesk) -> HTML {
        if request.urlQuery["saved"] != nil {
            return Notice(
                text: desk.say(
                    "Tersimpan. Kirim pesan uji untuk memastikan pesannya sampai.",
                    "Saved. Send a test to make sure that messages arrive.")
            ).html
        }
        guard let id = request.urlQuery["removed"] else { return "" }
        let undo = ActionButton(
            path: "\(RoutesPage.path)/restore", title: desk.say("Urungkan", "Undo"),
            about: desk.say("penghapusan rute", "removing the route"), fields: [("route", id)], viewer: desk.viewer)
        return """
            <div class="card banner calm" role="status"><p>\(desk.say("Rute dihapus.", "The route is removed."))</p>\
            \(undo.html)</div>

            """
    }

    private func framed(
        _ body: HTML, _ desk: SettingsDesk, _ request: Request, _ context: WebContext
    ) async throws -> HTML {
        let page = SettingsPage(section: .routes, desk: desk, body: body)
        return try await render(page, request, context)
    }
}

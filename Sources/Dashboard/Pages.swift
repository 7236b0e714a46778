import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// The pages of the dashboard, for the router of the server.
package struct Pages: Sendable {
    package var store: any AnalyticsStore
    package var analyst: Analyst
    package var workspace: Workspace
    package var gate: Gate
    package var arrival: @Sendable () async throws -> Arrival
    package var now: @Sendable () -> Instant
    package var version: String
    package var hasSecret: Bool
    package var hasVerifyToken: Bool
    package var isBehindTLS: Bool

    /// `arrival` tells how far the numbers are behind; `gate` knows the keys of the sign-in form.
    package init(
        store: any AnalyticsStore, analyst: Analyst, workspace: Workspace, gate: Gate,
        arrival: @escaping @Sendable () async throws -> Arrival, now: @escaping @Sendable () -> Instant,
        version: String, hasSecret: Bool, hasVerifyToken: Bool, isBehindTLS: Bool = false
    ) {
        self.store = store
        self.analyst = analyst
        self.workspace = workspace
        self.gate = gate
        self.arrival = arrival
        self.now = now
        self.version = version
        self.hasSecret = hasSecret
        self.hasVerifyToken = hasVerifyToken
        self.isBehindTLS = isBehindTLS
    }

    package func add(to routes: Routes) {
        routes.add(.get, "/", access: .page) { request, context in
            let scope = try scope(request, context)
            let page = Overview(scope: scope, version: version, isSignedIn: context.identity != nil)
            return .html(await page.render())
        }
        routes.add(.get, "/cards/{name}", access: .page) { request, context in
            let name = context.parameters.get("name")
            guard let card = Overview.cards.first(where: { $0.name == name }) else { throw Problem.pathUnknown }
            return .html(await card.content(try scope(request, context)))
        }
        addSignIn(to: routes)
    }

    private func scope(_ request: Request, _ context: WebContext) throws -> Scope {
        let clock = try ZoneClock.named(workspace.timeZone)
        return Scope(
            language: context.language, filters: Filters(request.urlQuery),
            figures: Figures(language: context.language, clock: clock), analyst: analyst, store: store,
            arrival: arrival, now: now(), webhookURL: webhookURL(request), hasSecret: hasSecret,
            hasVerifyToken: hasVerifyToken, logger: context.logger)
    }

    /// The address that the reader reached this server by, which is the best guess at what Meta can reach.
    private func webhookURL(_ request: Request) -> String {
        let host = request.head.authority ?? "localhost"
        return "\(isBehindTLS ? "https" : "http")://\(host)/webhooks/meta"
    }

    // MARK: Sign-in

    private static let formBytesMax = 4096
    /// A working month; after it the key is asked for again.
    private static let cookieSeconds = 30 * 86_400

    private func addSignIn(to routes: Routes) {
        routes.add(.get, ProblemPage.signInPath, access: .open) { request, context in
            var response = ProblemPage.response(.pageClosed, request: request, language: context.language)
            response.status = .ok
            return response
        }
        routes.add(.post, ProblemPage.signInPath, access: .open) { request, _ in
            try Self.requireOwnForm(request)
            let form = URLQuery(
                parsing: String(decoding: try await request.bytes(upTo: Self.formBytesMax), as: UTF8.self))
            let key = String((form["key"] ?? "").filter { !$0.isWhitespace })
            guard let identity = try await gate.owner(of: key), identity.role == .admin else { throw Self.keyRefused }
            return leave(with: cookie(key, seconds: Self.cookieSeconds))
        }
        routes.add(.post, "/sign-out", access: .open) { request, _ in
            try Self.requireOwnForm(request)
            return leave(with: cookie("", seconds: 0))
        }
    }

    /// SameSite keeps another site from using the cookie, not from planting or clearing one with a form of its own.
    private static func requireOwnForm(_ request: Request) throws {
        for name in HTTPFieldNames.fetchSite {
            guard let site = request.headers[name], site != "same-origin", site != "none" else { continue }
            throw formForeign
        }
    }

    private static let formForeign = Problem(
        Failure(
            .forbidden, id: "Formulir ini dikirim dari situs lain. Masuklah dari halaman ini.",
            en: "This form was sent from another site. Sign in on this page."))

    private func cookie(_ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: Gate.cookie, value: value, maxAge: seconds, path: "/", secure: isBehindTLS, httpOnly: true,
            sameSite: .strict)
    }

    private func leave(with cookie: Cookie) -> Response {
        var response = Response.redirect(to: "/", type: .normal)
        response.setCookie(cookie)
        return response
    }

    private static let keyRefused = Problem(
        Failure(
            .forbidden,
            id: "Kunci itu tidak dikenal, sudah dicabut, atau bukan kunci admin. "
                + "Buat yang baru dengan `pantau key create --role admin`.",
            en: "That key is unknown, revoked, or not an admin's. Make a new one with `pantau key create --role admin`."
        ))
}

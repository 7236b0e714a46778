import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// The pages of the dashboard, for the router of the server.
package struct Pages: Sendable {
    /// The business's own data.
    package var store: any AnalyticsStore
    package var analyst: Analyst
    package var workspace: Workspace
    package var gate: Gate
    package var arrival: @Sendable () async throws -> Arrival
    /// Saved views; nil where none can be kept.
    package var views: (any ViewStore)?
    /// Who saw what; nil where nothing is noted.
    package var audit: (any AuditStore)?
    package var now: @Sendable () -> Instant
    package var version: String
    package var hasSecret: Bool
    package var hasVerifyToken: Bool
    /// Whether Chatwoot's webhooks are accepted.
    package var hasDesk: Bool
    package var isBehindTLS: Bool
    package var streams: EventStreams
    package var installed = Installed()
    /// Connections to Meta and others; without them there is nothing to set up and to test.
    package var outside: Outside?
    /// How the business's own data are.
    package var health: (@Sendable () async throws -> DataHealth)?
    /// What the watch finds in them.
    package var findings: Findings?
    /// Routes of alerts; nil where nobody tells anything.
    package var alerts: (any AlertDesk)?
    /// Rules of the watch; nil where nobody watches.
    package var watching: (any WatchDesk)?
    /// Prints a page of ours to PDF; nil where nothing can.
    package var printPage: (@Sendable (_ html: String) async throws -> [UInt8])?
    /// Made-up data beside the business's own; nil where there can be none.
    package var demo: (any DemoSwitch)?
    /// How long a page waits for its cards. What takes longer comes by itself.
    package var patience: Duration = .milliseconds(120)
    let cards = CardCache()
    let filterValues = FilterValues()

    /// `arrival` tells how far the numbers are behind; `gate` knows the keys of the sign-in form; `streams` are shared
    /// with the API.
    package init(
        store: any AnalyticsStore, analyst: Analyst, workspace: Workspace, gate: Gate,
        arrival: @escaping @Sendable () async throws -> Arrival, views: (any ViewStore)? = nil,
        now: @escaping @Sendable () -> Instant, version: String, hasSecret: Bool, hasVerifyToken: Bool,
        hasDesk: Bool = false, isBehindTLS: Bool = false, streams: EventStreams = EventStreams()
    ) {
        self.store = store
        self.analyst = analyst
        self.workspace = workspace
        self.gate = gate
        self.arrival = arrival
        self.views = views
        self.now = now
        self.version = version
        self.hasSecret = hasSecret
        self.hasVerifyToken = hasVerifyToken
        self.hasDesk = hasDesk
        self.streams = streams
        self.isBehindTLS = isBehindTLS
    }

    package func add(to routes: Routes) {
        for board in Board.all { add(board, to: routes) }
        addCards(to: routes)
        addConversation(to: routes)
        addMessage(to: routes)
        addRecipientExport(to: routes)
        addViews(to: routes)
        addSettings(to: routes)
        addHealth(to: routes)
        addStart(to: routes)
        addDemo(to: routes)
        addOutcome(to: routes)
        addFinding(to: routes)
        addWhy(to: routes)
        addDigest(to: routes)
        guard alerts != nil else { return }
        addRoutes(to: routes)
        addWatching(to: routes)
        addMute(to: routes)
    }

    // MARK: What a request is about

    /// The data that a request asks for.
    func data(_ request: Request, _ context: WebContext) async throws -> PageData {
        if let made = await demoData(request) { return made }
        return PageData(store: store, analyst: analyst, arrival: arrival, health: health, findings: findings)
    }

    func scope(_ request: Request, _ context: WebContext, path: String) async throws -> Scope {
        guard let viewer = context.viewer else { throw Problem.signInNeeded }
        let data = try await data(request, context)
        let workspace = data.workspace ?? workspace
        let clock = try ZoneClock.named(workspace.timeZone)
        let host = request.head.authority ?? "localhost"
        return Scope(
            language: context.language, filters: Filters(request.urlQuery), path: path, viewer: viewer,
            figures: Figures(language: context.language, clock: clock), data: data, now: now(),
            origin: "\(isBehindTLS ? "https" : "http")://\(host)", hasSecret: hasSecret,
            hasVerifyToken: hasVerifyToken, hasDesk: hasDesk, currency: workspace.currency, logger: context.logger,
            outside: outside)
    }

    var frame: PageFrame { PageFrame(version: version, banner: DemoBanner.html, scripts: [Assets.charts, Assets.why]) }

    /// The data version. A store that fails has none, and its cards say what is wrong.
    private func version(_ scope: Scope) async -> Int64 {
        let found = (try? await scope.data.findings?.store.version()) ?? 0
        return ((try? await scope.store.version()) ?? -1) &+ (outside?.connections.changes ?? 0) &+ found
    }

    // MARK: Boards and their cards

    private func add(_ board: Board, to routes: Routes) {
        routes.add(.get, board.path, access: .page(board.permission)) { request, context in
            let scope = try await scope(request, context, path: board.path)
            if let subject = board.subject, scope.filters.only(subject) == nil {
                return .redirect(to: scope.url(board.entry.path), type: .normal)
            }
            if board.path == Board.overview.path, let start = await startRedirect(scope) {
                return .redirect(to: start, type: .normal)
            }
            let page = CardPage(
                board: board, scope: scope, frame: frame, views: await kept(scope), asked: request.urlQuery,
                cache: cards, known: filterValues,
                version: await version(scope), patience: patience)
            return .html(await page.render())
        }
    }

    private func addCards(to routes: Routes) {
        routes.add(.get, "/cards/{name}", access: .page(.numbers)) { request, context in
            let (card, scope) = try await card(request, context)
            let drawn = await cards.card(card, scope, version: await version(scope))
            return Self.tagged(drawn, request)
        }
        routes.add(.get, "/cards/{name}/{format}", access: .page(.numbers)) { request, context in
            let (card, scope) = try await card(request, context)
            guard let format = context.parameters.get("format").flatMap(ExportFormat.init) else {
                throw Problem.pathUnknown
            }
            let part = request.urlQuery["part"].flatMap { Int($0) } ?? 0
            if card.permission == .reveal { try await note(.exportedPeopleTable, context, subject: card.name) }
            return try await format.response(card, part: part, scope)
        }
        routes.add(.get, "/filters", access: .page(.numbers)) { request, context in
            let path = request.urlQuery["page"] ?? "/"
            guard let board = Board.at(path) else { throw Problem.pathUnknown }
            let scope = try await scope(request, context, path: path)
            return .html(await FilterBar(board: board, scope: scope, known: filterValues).further())
        }
        // Tells that data have changed; pages then fetch the cards that are live.
        routes.add(.get, "/live", access: .page(.numbers)) { request, context in
            let data = try await data(request, context)
            let version: @Sendable () async throws -> Int64 = { [outside] in
                let found = try await data.findings?.store.version() ?? 0
                return try await data.store.version() &+ (outside?.connections.changes ?? 0) &+ found
            }
            return try await streams.response("version", version: version) { String(try await version()) }
        }
    }

    private func card(_ request: Request, _ context: WebContext) async throws -> (any Card, Scope) {
        guard let card = context.parameters.get("name").flatMap(Board.card) else { throw Problem.pathUnknown }
        let path = request.urlQuery["page"].flatMap(Board.at)?.path ?? "/"
        let scope = try await scope(request, context, path: path)
        guard scope.viewer.may(card.permission) else {
            throw Problem.permissionLacking(card.permission, role: scope.viewer.role, owners: [])
        }
        return (card, scope)
    }

    /// A browser that has the same already is told so, and nothing is sent.
    private static func tagged(_ drawn: CardCache.Drawn, _ request: Request) -> Response {
        guard drawn.isWhole else { return .html(drawn.html) }
        let tag = "\"\(drawn.tag)\""
        // Weak, since the same content may be sent in another encoding.
        let headers: HTTPFields = [.eTag: "W/\(tag)", .cacheControl: "private, no-cache"]
        if request.headers[.ifNoneMatch]?.contains(tag) ?? false {
            return Response(status: .notModified, headers: headers)
        }
        var response = Response.html(drawn.html)
        for field in headers { response.headers[field.name] = field.value }
        return response
    }
}

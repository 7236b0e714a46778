import Analytics
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
    /// Whether Chatwoot's webhooks are accepted.
    package var hasDesk: Bool
    package var isBehindTLS: Bool
    package var streams: EventStreams

    /// `arrival` tells how far the numbers are behind; `gate` knows the keys of the sign-in form; `streams` are shared
    /// with the API.
    package init(
        store: any AnalyticsStore, analyst: Analyst, workspace: Workspace, gate: Gate,
        arrival: @escaping @Sendable () async throws -> Arrival, now: @escaping @Sendable () -> Instant,
        version: String, hasSecret: Bool, hasVerifyToken: Bool, hasDesk: Bool = false, isBehindTLS: Bool = false,
        streams: EventStreams = EventStreams()
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
        self.hasDesk = hasDesk
        self.streams = streams
        self.isBehindTLS = isBehindTLS
    }

    package func add(to routes: Routes) {
        for board in Filters.Board.allCases {
            routes.add(.get, board.path, access: .page(.numbers)) { request, context in
                let scope = try scope(request, context, board)
                return .html(
                    await CardPage(scope: scope, version: version, isSignedIn: context.identity != nil).render())
            }
        }
        routes.add(.get, "/cards/{name}", access: .page(.numbers)) { request, context in
            let (card, board) = try Self.card(context)
            return .html(await card.content(try scope(request, context, board)))
        }
        routes.add(.get, "/live/{name}", access: .page(.numbers)) { request, context in
            let (card, board) = try Self.card(context)
            guard card.isLive else { throw Problem.pathUnknown }
            return try await streams.response("card", version: store.version) {
                await card.content(try scope(request, context, board)).text
            }
        }
        routes.add(.get, ConversationPage.path + "**", access: .page(.conversations)) { request, context in
            let id = PercentCoding.decode(request.uri.path.utf8.dropFirst(ConversationPage.path.utf8.count))
            guard !id.isEmpty, let story = try await store.conversation(id) else {
                throw ConversationPage.unknown
            }
            let page = ConversationPage(story: story, scope: try scope(request, context, .service))
            return .html(page.render(version: version, isSignedIn: context.identity != nil))
        }
    }

    private static func card(_ context: WebContext) throws -> (any Card, Filters.Board) {
        let name = context.parameters.get("name")
        for board in Filters.Board.allCases {
            if let card = board.cards.first(where: { $0.name == name }) { return (card, board) }
        }
        throw Problem.pathUnknown
    }

    private func scope(_ request: Request, _ context: WebContext, _ board: Filters.Board) throws -> Scope {
        let clock = try ZoneClock.named(workspace.timeZone)
        let host = request.head.authority ?? "localhost"
        return Scope(
            language: context.language, filters: Filters(request.urlQuery, of: board),
            figures: Figures(language: context.language, clock: clock), analyst: analyst, store: store,
            arrival: arrival, now: now(), origin: "\(isBehindTLS ? "https" : "http")://\(host)", hasSecret: hasSecret,
            hasVerifyToken: hasVerifyToken, hasDesk: hasDesk, currency: workspace.currency, logger: context.logger)
    }
}

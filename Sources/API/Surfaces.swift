import Analytics
import Connectors
import Domain
import HTTPTypes
import Hummingbird
import Insights
import Storage
import Web
import WhatsApp

/// Everything that the HTTP surfaces stand on, and the router over it.
package struct Surfaces: Sendable {
    package var inbox: any Inbox
    package var store: any AnalyticsStore
    package var keys: any KeyStore
    /// Who may sign in, and the audit list; nil where nobody can.
    package var people: (any PeopleStore)?
    package var analyst: Analyst
    package var workspace: Workspace
    /// Nil when none is configured: then webhooks are refused with a word on how to mend it.
    package var secrets: AppSecrets?
    /// Nil when none is configured: then Chatwoot's webhooks are refused with a word on how to mend it.
    package var chatwootSecrets: ChatwootSecrets?
    /// Nil when none is configured: then the handshake is refused.
    package var verifyToken: String?
    /// Short links by their codes.
    package var links: any LinkStore
    /// Where customers reach this server, without a slash at its end; nil for the host that a request names.
    package var linkBaseURL: String?
    /// Of payment and booking providers, and of systems of the business's own.
    package var outcomeSecrets: [OutcomeProvider: WebhookSecrets] = [:]
    /// How phone numbers and amounts are read that do not say.
    package var home = Home()
    package var now: @Sendable () -> Instant
    /// Of the program, as `GET /version` tells it.
    package var version: String
    /// Browsers reach this server by https only, through a proxy that ends TLS.
    package var isBehindTLS = false
    /// What else must work for webhooks to be accepted; nil when it does.
    package var readiness: @Sendable () async -> Failure? = { nil }
    /// What happened at Meta's door.
    package var connections = ConnectionLog()
    /// Files and space of the data directory.
    package var disk: @Sendable () -> DataHealth.Disk = { DataHealth.Disk() }
    /// What the watch found; nil where nothing is kept.
    package var findings: (any FindingStore)?
    /// What people may do to it; nil in a process that does not watch.
    package var findingDesk: FindingDesk?
    /// Routes of alerts and rules of the watch; nil in a process that does neither.
    package var alerting: AlertSource?
    package let telemetry: Telemetry
    /// Openings of short links on their way to the inbox.
    package let clicks: ClickQueue
    /// Of the API and the pages together.
    package let streams: EventStreams
    package let gate: Gate
    let startedAt: Instant

    package init(
        inbox: any Inbox, store: any AnalyticsStore, keys: any KeyStore, links: any LinkStore, analyst: Analyst,
        workspace: Workspace, secrets: AppSecrets?, chatwootSecrets: ChatwootSecrets? = nil, verifyToken: String?,
        now: @escaping @Sendable () -> Instant, version: String, streams: EventStreams = EventStreams(),
        people: (any PeopleStore)? = nil, letsLocalVisitorsIn: Bool = false
    ) {
        self.inbox = inbox
        self.store = store
        self.keys = keys
        self.people = people
        self.links = links
        self.analyst = analyst
        self.workspace = workspace
        self.secrets = secrets.flatMap { $0.isEmpty ? nil : $0 }
        self.chatwootSecrets = chatwootSecrets.flatMap { $0.isEmpty ? nil : $0 }
        self.verifyToken = verifyToken
        self.streams = streams
        self.now = now
        self.version = version
        startedAt = now()
        let telemetry = Telemetry()
        self.telemetry = telemetry
        clicks = ClickQueue(inbox: inbox, now: now, telemetry: telemetry)
        gate = Gate(
            letsLocalVisitorsIn: letsLocalVisitorsIn,
            identify: { digest in
                guard let key = try await keys.key(digest: digest), key.revokedAt == nil,
                    let role = Role(rawValue: key.role.rawValue)
                else { return nil }
                return Identity(name: key.name, role: role)
            },
            session: { digest in
                guard let (session, person) = try await people?.signedIn(digest: digest, at: now()),
                    let role = PersonRole(rawValue: person.role)
                else { return nil }
                return SignedIn(session: session.id, person: person.id, name: person.name, role: role)
            },
            owners: {
                let all = (try? await people?.people()) ?? []
                return all.filter { $0.role == PersonRole.owner.rawValue && $0.disabledAt == nil }.map(\.name)
            })
    }

    /// Writes into the audit list who did something. What cannot be noted must not be done.
    func note(
        _ action: AuditAction, _ context: WebContext, subject: String? = nil, rows: Int? = nil
    ) async throws {
        let (person, name) = context.actor
        try await people?.note(
            AuditEntry(at: now(), person: person, actor: name, action: action, subject: subject, rows: rows))
    }

    /// The router of the whole server. `pages` adds what people look at; it stands under the same middleware.
    package func router(pages: (Routes) -> Void = { _ in }) -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        let routes = Routes(router: router, gate: gate)

        // Webhooks come first and so stand before the middleware: tens of thousands a second pass here.
        let doors =
            [MetaWebhook.door(secrets, telemetry), DeskWebhook.door(chatwootSecrets, telemetry)]
            + OutcomeWebhooks.doors(outcomeSecrets, telemetry)
        for door in doors {
            let receiver = WebhookReceiver(
                door: door, inbox: inbox, now: now, telemetry: telemetry, connections: connections,
                language: workspace.language)
            router.on(RouterPath(door.path), method: .post, responder: receiver)
            routes.note(.post, door.path)
        }
        let redirect = Redirect(
            links: links, clicks: clicks, openings: RepeatedOpenings(), now: now, telemetry: telemetry,
            language: workspace.language, isBehindTLS: isBehindTLS)
        for method: HTTPRequest.Method in [.get, .head] {
            router.on(RouterPath(Redirect.path), method: method, responder: redirect)
            routes.note(method, Redirect.path)
        }

        router.add(middleware: CompressionMiddleware())
        router.add(middleware: RequestLog(telemetry: telemetry))
        router.add(middleware: SecurityHeaders(isBehindTLS: isBehindTLS))
        router.add(middleware: LanguageMiddleware(standard: workspace.language))
        router.add(middleware: ProblemMiddleware(gate: gate))

        let operations = self.operations()
        for operation in operations {
            operation.add(to: routes) { path, context in try await note(.settingsChanged, context, subject: path) }
        }
        APIDocument(operations: operations, version: version).add(to: routes, gate: gate)
        for asset in Assets.all { asset.add(to: routes) }
        pages(routes)
        routes.close()
        return router
    }

    /// Everything that the API does, in the order of its documentation.
    func operations() -> [Operation] {
        metaOperations() + [DeskWebhook.operation] + OutcomeWebhooks.operations + sendOperations() + [deskEvents]
            + outcomeOperations() + linkOperations() + questionOperations() + findingOperations()
            + aheadOperations()
            + distributionOperations() + serviceOperations() + storyOperations() + outcomeAnswers() + moneyAnswers()
            + recipientOperations()
            + settingsOperations() + moneySettings() + alertOperations() + processOperations()
    }

    /// What tells how the data is.
    package var health: HealthSources {
        HealthSources(
            inbox: inbox, store: store, keys: keys, timeZone: workspace.timeZone, now: now,
            connection: { [secrets, verifyToken, connections] in
                DataHealth.Connection(
                    hasSecret: secrets != nil, hasVerifyToken: verifyToken?.isEmpty == false,
                    marks: try await connections.marks())
            }, disk: disk)
    }

    /// How far the numbers are behind what has arrived.
    package func arrival() async throws -> Arrival {
        let status = try await store.projectionStatus()
        // Read after the status, so that a delivery which arrives in between never makes more projected than received.
        let received = max(try await inbox.lastSequence(), status.projected)
        var lag = 0.0
        if received > status.projected, let oldest = try await inbox.receivedAt(after: status.projected) {
            lag = max(0, Double(now().microseconds(since: oldest)) / 1_000_000)
        }
        return Arrival(
            received: received, projected: status.projected, undecodable: status.notUnderstood, lagSeconds: lag,
            freshTo: status.freshTo)
    }
}

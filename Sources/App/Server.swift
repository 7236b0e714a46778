import API
import Analytics
import Connectors
import Dashboard
import Domain
import Foundation
import Hummingbird
import Insights
import Logging
import NIOCore
import Pipeline
import ServiceLifecycle
import Storage
import StoreSQLite
import UnixSignals
import Web
import WhatsApp

/// The composition root: an installation and settings become a running program. Tests and benchmarks build it too.
package struct Server: Sendable {
    package let installation: Installation
    package let surfaces: Surfaces
    /// Looks every quarter of an hour, where the program does everything.
    package let watcher: Watcher
    /// Tells what it finds.
    package let alerts: AlertCenter
    let watching: WatchCenter
    private let settings: Settings
    private let logger: Logger
    private let now: @Sendable () -> Instant
    /// Of the made-up data that can be asked for.
    package var demoSize = DemoSize()

    /// - Parameter isDemo: whether all data are made up: then visitors on this machine need no account.
    package init(
        _ installation: Installation, settings: Settings, logger: Logger, isDemo: Bool = false,
        now: @escaping @Sendable () -> Instant = Clock.now
    ) {
        self.installation = installation
        self.settings = settings
        self.logger = logger
        self.now = now
        let inbox = installation.inbox
        let store = installation.store
        var analyst = Analyst(store: store, workspace: settings.workspace, now: now) {
            let received = try await inbox.lastSequence()
            return received == 0 ? nil : min(1, Double(try await store.cursor()) / Double(received))
        }
        analyst.holidays = PublicHolidays.known(in: installation.directory)
        var surfaces = Surfaces(
            inbox: inbox, store: store, keys: installation.keys, links: installation.links, analyst: analyst,
            workspace: settings.workspace,
            secrets: settings.metaAppSecrets.isEmpty ? nil : AppSecrets(settings.metaAppSecrets),
            chatwootSecrets: ChatwootSecrets(settings.chatwootSecrets),
            verifyToken: settings.metaVerifyToken, now: now, version: Version.number,
            people: installation.people, letsLocalVisitorsIn: isDemo)
        surfaces.outcomeSecrets = settings.outcomeSecrets
        surfaces.linkBaseURL = settings.linkBaseURL
        surfaces.home = installation.home
        surfaces.isBehindTLS = settings.isBehindTLS
        surfaces.readiness = { inbox.lastFailure }
        surfaces.connections = ConnectionLog(keeper: .init(installation.connections))
        surfaces.disk = { [directory = installation.directory] in DataHealth.Disk(directory: directory) }
        surfaces.findings = installation.findings
        watcher = Watcher(
            store: store, findings: installation.findings, workspace: installation.workspace(settings),
            rules: { [alerts = installation.alerts] in try await RouteBook.watchRules(alerts) }, now: now,
            logger: logger)
        let desk = FindingDesk(watcher)
        surfaces.findingDesk = desk
        alerts = AlertCenter(
            installation, settings: settings, analyst: analyst,
            muteFinding: { id, until, person in _ = try await desk.mute(id, until, person) }, now: now,
            logger: logger)
        watching = WatchCenter(
            book: alerts.book,
            replay: WatchReplay(store: store, workspace: installation.workspace(settings), now: now), now: now)
        surfaces.alerting = AlertSource(alerts, watching)
        self.surfaces = surfaces
    }

    /// How long a client that stalls in the middle of its request is waited for when the program is to stop.
    private static let drainSecondsMax: Int64 = 10

    /// Runs until SIGTERM or SIGINT; then takes no more, finishes what is on its way, and returns.
    package func run(_ application: some ApplicationProtocol) async throws {
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: application)], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(Self.drainSecondsMax)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            let address = "\(settings.host):\(settings.port)"
            throw Failure(
                .misconfigured,
                id: "Alamat \(address) sedang dipakai program lain. Pilih yang lain dengan --listen atau --port.",
                en: "The address \(address) is in use by another program. Choose another with --listen or --port.")
        }
    }

    /// What the program runs beside the HTTP server.
    package enum Work: Sendable {
        /// Take webhooks in and count them.
        case everything
        /// Only take webhooks in: for measuring acknowledgement alone.
        case inboxOnly
    }

    /// The HTTP server with its background services; stops in reverse order on SIGTERM and drains.
    /// - Parameter onReady: told the port once it listens.
    package func application(
        _ work: Work = .everything, services: [any Service] = [],
        onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        var pages = Pages(
            store: surfaces.store, analyst: surfaces.analyst, workspace: surfaces.workspace, gate: surfaces.gate,
            arrival: surfaces.arrival, views: installation.views, now: now, version: Version.number,
            hasSecret: surfaces.secrets != nil, hasVerifyToken: surfaces.verifyToken != nil,
            hasDesk: surfaces.chatwootSecrets != nil,
            isBehindTLS: settings.isBehindTLS, streams: surfaces.streams)
        pages.audit = installation.people
        pages.findings = Findings(store: installation.findings, desk: surfaces.findingDesk)
        pages.installed = Installed(settings, directory: installation.directory)
        let listener = WebhookTester.Listener()
        pages.outside = outside(listener)
        let look = HealthLook(surfaces.health, connections: surfaces.connections)
        pages.health = { try await look.look() }
        pages.alerts = alerts
        pages.watching = watching
        if let printer = PagePrinter() { pages.printPage = { try await printer.pdf($0) } }
        let demo = work == .everything ? demoWorkspace : nil
        pages.demo = demo
        let (inbox, now) = (installation.inbox, now)
        let accounts = Accounts(
            people: installation.people, keys: installation.keys, pages: pages, gate: surfaces.gate,
            workspace: surfaces.workspace, now: now, version: Version.number, isBehindTLS: settings.isBehindTLS,
            hasData: { (try? await inbox.lastSequence()) ?? 0 > 0 })
        let router = surfaces.router { [pages] routes in
            pages.add(to: routes)
            accounts.add(to: routes)
        }
        var application = Application(
            router: router,
            // A client that stops in the middle of a request must not hold its connection for ever.
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(settings.host, port: settings.port), serverName: "pantau"),
            onServerRunning: { channel in
                listener.port = channel.localAddress?.port
                await onReady(channel.localAddress?.port ?? 0)
            },
            logger: logger)
        // Stops after the HTTP server, so that every opening that was answered is in the inbox.
        application.addServices(ClickDrain(clicks: surfaces.clicks))
        if work == .everything {
            application.addServices(
                LinkRestorer(inbox: installation.inbox, links: installation.links, logger: logger))
            application.addServices(
                Projector(
                    inbox: installation.inbox, store: installation.store, home: installation.home, now: now,
                    logger: logger),
                Compactor(
                    inbox: installation.inbox, store: installation.store, now: now, logger: logger,
                    retentionDays: settings.retentionDays),
                WatchService(watcher: watcher, alerts: alerts))
            application.addServices(alerts.dispatcher)
        }
        if let demo { application.addServices(demo) }
        for service in services { application.addServices(service) }
        return application
    }

    /// None in a directory that holds nothing but made-up data.
    private var demoWorkspace: DemoWorkspace? {
        let mark = installation.directory.appending(path: "DEMO").path
        guard !FileManager.default.fileExists(atPath: mark) else { return nil }
        return DemoWorkspace(in: installation.directory, size: demoSize, logger: logger)
    }

    private func outside(_ listener: WebhookTester.Listener) -> Outside {
        let tester = WebhookTester(
            listener: listener, host: settings.host, baseURL: settings.linkBaseURL,
            secret: settings.metaAppSecrets.first, verifyToken: settings.metaVerifyToken,
            connections: surfaces.connections, now: now)
        var ready = Set(settings.outcomeSecrets.filter { !$0.value.isEmpty }.map(\.key.source.name))
        if !settings.chatwootSecrets.isEmpty { ready.insert(DeliverySource.chatwoot.name) }
        return Outside(
            connections: surfaces.connections, verifyToken: settings.metaVerifyToken, baseURL: settings.linkBaseURL,
            ready: ready, test: { await tester.run(byPublicAddress: $0) })
    }
}

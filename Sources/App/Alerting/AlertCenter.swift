import Alerts
import Analytics
import Dashboard
import Domain
import Insights
import Logging
import Pipeline
import ServiceLifecycle
import Storage
import StoreSQLite

/// Everything that tells findings, put together: routes, the teller, the dispatcher that drives it, and what pages and
/// commands may do with them.
package struct AlertCenter: AlertDesk {
    package let book: RouteBook
    package let teller: Teller
    package let dispatcher: Dispatcher
    package let hasBase: Bool
    private let store: any AlertStore
    package let findings: any FindingStore
    private let silence: Silence
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - inbox: where buttons that recipients press come in.
    ///   - base: public address of this server; nil when nobody entered it.
    ///   - standard: the address to go by then.
    ///   - digests: writes what a digest tells.
    package init(
        store: any AlertStore, findings: any FindingStore, inbox: (any Inbox)? = nil, base: String?, standard: String,
        digests: DigestWriter,
        send: @escaping SendRequest = AlertTransport().send, mail: @escaping SendMail = SMTPClient().send,
        muteFinding: (@Sendable (String, Instant, String) async throws -> Void)? = nil,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.store = store
        self.findings = findings
        self.now = now
        hasBase = base != nil
        let book = RouteBook(store: store, base: base ?? standard)
        self.book = book
        var surroundings = Teller.Surroundings(
            load: { try await store.alertState() }, save: { try await store.setAlertState($0) },
            routes: { try await book.routes(now: now()) },
            digest: { try await digests.content($0.period, from: $0.from, to: $0.to, zone: $0.zone) },
            send: send, mail: mail)
        surroundings.note = { results in
            let at = now()
            // The messages are out; a log that cannot be written must not send them again.
            do {
                try await store.noteAlerts(results.map { AlertEvent($0.0, $0.1, at: at) })
            } catch {
                logger.warning("the log of alerts cannot be written")
            }
        }
        let teller = Teller(surroundings)
        self.teller = teller
        let silence = Silence(teller: teller, findings: findings, muteFinding: muteFinding)
        self.silence = silence
        dispatcher = Dispatcher(
            teller: teller, book: book, store: store, findings: findings,
            buttons: inbox.map { ButtonReader(inbox: $0, store: store) },
            onMute: { command, mute in try await silence.begin(command, mute, now: now()) }, now: now,
            logger: logger)
    }

    package var base: String { book.base }

    // MARK: Routes

    package func routes() async throws -> [RouteEntry] {
        let state = try await teller.state()
        // What was sent by hand passes the outbox by, and is in the log alone.
        let sent = try await store.alertEvents(route: nil, limit: 500).filter { $0.outcome == .sent }
        return try await book.entries().map { entry in
            let known = state.routes[entry.route.id]
            let told = known?.deliveredAt.map { Instant(seconds: $0) }
            let deliveredAt = [told, sent.first { $0.route == entry.route.id }?.at].compactMap(\.self).max()
            let failure = known?.failures.last.flatMap { last in last.at > deliveredAt ?? .distantPast ? last : nil }
            return RouteEntry(
                route: entry.route, hasSecret: entry.hasSecret, underway: known?.outbox.count ?? 0,
                deliveredAt: deliveredAt, failure: failure?.reason)
        }
    }

    package func save(_ route: AlertRoute, secret: Secret?) async throws {
        try await book.save(route, secret: secret)
        await dispatcher.wake()
    }

    package func setOn(_ isOn: Bool, route id: String) async throws -> AlertRoute? {
        let route = try await book.setOn(isOn, id)
        await dispatcher.wake()
        return route
    }

    package func setRemoved(_ isRemoved: Bool, route id: String) async throws -> AlertRoute? {
        let route = try await book.setRemoved(isRemoved ? now() : nil, id)
        await dispatcher.wake()
        return route
    }

    package func test(route id: String) async throws -> [DispatchResult] {
        guard let entry = try await book.entry(id), entry.removedAt == nil else { throw Self.unknownRoute }
        let setup = try await book.setup()
        let results = await teller.test(entry.route, setup: setup, now: now())
        let at = now()
        let events = results.map { result in
            AlertEvent(Dispatch(id: "", route: id, recipient: "", content: .test, at: at), result, at: at)
        }
        try await store.noteAlerts(events)
        return results
    }

    /// Sends a digest now, outside of its hours, and says what came of it.
    func send(_ digest: DigestContent, by route: AlertRoute) async throws -> [DispatchResult] {
        let results = await teller.send(.digest(digest), by: route, setup: try await book.setup(), now: now())
        let at = now()
        let events = results.map { result in
            AlertEvent(
                Dispatch(id: "", route: route.id, recipient: "", content: .digest(digest), at: at), result, at: at)
        }
        try await store.noteAlerts(events)
        return results
    }

    static let unknownRoute = Failure(
        .notFound, id: "Rute ini tidak ada. Lihat daftarnya dengan `pantau routes list`.",
        en: "There is no such route. See the list with `pantau routes list`.")

    // MARK: Mail and log

    package func mailServer() async throws -> (server: MailServer?, hasPassword: Bool) {
        try await book.mailServer()
    }

    package func save(_ server: MailServer, password: Secret?) async throws {
        try await book.save(server, password: password)
    }

    package func events(route: String?, limit: Int) async throws -> [AlertEvent] {
        try await store.alertEvents(route: route, limit: limit)
    }

    // MARK: Muting

    package func muteCommand(_ token: String) async throws -> MuteCommand {
        guard let links = try await book.muteLinks() else {
            throw Failure(.internal, id: "Kunci tautan tidak ada.", en: "There is no key for links.")
        }
        return try links.verify(token, now: now())
    }

    package func subject(of command: MuteCommand) async throws -> Text? {
        if let period = DigestPeriod.allCases.first(where: { $0.reference == command.finding }) {
            return period == .daily
                ? Text(id: "rangkuman harian berikutnya", en: "the next daily digest")
                : Text(id: "rangkuman mingguan berikutnya", en: "the next weekly digest")
        }
        let found = try await silence.meant(command)
        guard let first = found.first else { return nil }
        guard found.count > 1 else { return first.title }
        return Text(id: "\(first.title.id) (+\(found.count - 1))", en: "\(first.title.en) (+\(found.count - 1))")
    }

    package func mute(_ command: MuteCommand, by person: String?) async throws {
        let now = now()
        try await silence.begin(command, command.mute(at: now, by: person), now: now)
        await dispatcher.wake()
    }
}

extension AlertCenter {
    /// Where colleagues reach the server: as entered, else as it listens.
    static func base(_ settings: Settings) -> String {
        // What listens everywhere has no name of its own.
        let host = ["0.0.0.0", "::"].contains(settings.host) ? "localhost" : settings.host
        return settings.baseURL ?? settings.linkBaseURL ?? "http://\(host):\(settings.port)"
    }

    package init(
        _ installation: Installation, settings: Settings, analyst: Analyst,
        muteFinding: (@Sendable (String, Instant, String) async throws -> Void)? = nil,
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.init(
            store: installation.alerts, findings: installation.findings, inbox: installation.inbox,
            base: settings.baseURL ?? settings.linkBaseURL, standard: Self.base(settings),
            digests: DigestWriter(
                store: installation.store, analyst: analyst, findings: installation.findings,
                workspace: installation.workspace(settings), base: Self.base(settings), now: now),
            muteFinding: muteFinding, now: now, logger: logger)
    }
}

/// The watch, with somebody who is told.
struct WatchService: Service {
    let watcher: Watcher
    let alerts: AlertCenter

    func run() async throws {
        await watcher.tell { [dispatcher = alerts.dispatcher] _ in await dispatcher.wake() }
        try await watcher.run()
    }
}

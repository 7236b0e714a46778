import Alerts
import Domain
import Insights
import Logging
import ServiceLifecycle
import Storage

/// Brings findings to people: reads them, lets the teller decide and send, and keeps a log of what became of them.
package actor Dispatcher: Service {
    /// Pause between looks at the clock.
    static let pauseSeconds: Int64 = 5
    /// At least this often time is let pass for what waits.
    static let tickSeconds: Int64 = 30
    /// Another process may have changed findings.
    static let rereadSeconds: Int64 = 300
    /// What was resolved longer ago is no news.
    static let resolvedSeconds: Int64 = 2 * 86_400
    private static let findingsMax = 1_000

    private let teller: Teller
    private let book: RouteBook
    private let store: any AlertStore
    private let findings: any FindingStore
    private let buttons: ButtonReader?
    private let onMute: @Sendable (MuteCommand, Mute) async throws -> Void
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private var alerts: [Alert]?
    private var readAt = Instant.distantPast
    private var tickedAt = Instant.distantPast
    private var isWoken = true

    package init(
        teller: Teller, book: RouteBook, store: any AlertStore, findings: any FindingStore,
        buttons: ButtonReader? = nil,
        onMute: @escaping @Sendable (MuteCommand, Mute) async throws -> Void = { _, _ in },
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.teller = teller
        self.book = book
        self.store = store
        self.findings = findings
        self.buttons = buttons
        self.onMute = onMute
        self.now = now
        self.logger = logger
    }

    /// Findings or routes have changed: they are looked at again soon.
    package func wake() {
        alerts = nil
        isWoken = true
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                // What is being sent when the server stops is sent to its end, so that it is known to be sent.
                await Task { await self.tickAndLog() }.value
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    private func tickAndLog() async {
        let now = now()
        guard isWoken || now >= tickedAt.adding(seconds: Self.tickSeconds) else { return }
        do {
            try await tick(at: now)
        } catch {
            logger.error("alerting failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    /// One tick, as of an instant.
    package func tick(at now: Instant) async throws {
        isWoken = false
        tickedAt = now
        try await book.forgetSecrets(now: now)
        let (routes, _) = try await book.routes(now: now)
        guard !routes.isEmpty else { return }
        for (command, mute) in try await buttons?.mutes(routes, now: now) ?? [] { try await onMute(command, mute) }
        let alerts = try await current(now: now)
        let decisions = try await teller.tick(alerts, now: now)
        try await noteHeld(decisions, alerts, now: now)
    }

    private func current(now: Instant) async throws -> [Alert] {
        if let alerts, now < readAt.adding(seconds: Self.rereadSeconds) { return alerts }
        var kept: [KeptFinding] = []
        for state in [FindingState.open, .acknowledged, .muted] {
            kept += try await findings.findings(state: state.rawValue, limit: Self.findingsMax)
        }
        let edge = now.adding(seconds: -Self.resolvedSeconds)
        kept += try await findings.findings(state: FindingState.resolved.rawValue, limit: Self.findingsMax)
            .filter { $0.updatedAt > edge }
        let read = kept.compactMap { Finding(json: $0.json) }.map { Alert($0, link: link(to: $0.id)) }
        alerts = read
        readAt = now
        return read
    }

    package nonisolated func link(to finding: String) -> String { "\(book.base)/findings/\(finding)" }

    /// What is held back gets one line when that begins.
    private func noteHeld(_ decisions: [AlertDecision], _ alerts: [Alert], now: Instant) async throws {
        let state = try await teller.state()
        var events: [AlertEvent] = []
        let titles = Dictionary(alerts.map { ($0.key, $0.title) }, uniquingKeysWith: { first, _ in first })
        let (routes, _) = try await book.routes(now: now)
        for decision in decisions {
            guard case .withheld(let reason) = decision.outcome, Self.isTold(reason),
                state.routes[decision.route]?.withheld[decision.key]?.since == now,
                let title = titles[decision.key],
                let route = routes.first(where: { $0.id == decision.route })
            else { continue }
            let clock = (try? ZoneClock.named(route.zone)) ?? .utc
            events.append(
                AlertEvent(
                    at: now, route: decision.route, outcome: .held, title: title, reason: reason.sentence(on: clock),
                    findings: [decision.key]))
        }
        try await store.noteAlerts(events)
    }

    /// Whether a reader of the log would miss it: that a route is for other things, or that all is said already, is
    /// the rule and not the exception.
    private static func isTold(_ reason: WithheldReason) -> Bool {
        switch reason {
        case .alreadyTold, .routeOff, .otherKind, .tooMild, .otherSegment, .overUntold, .resolvedUnwanted: false
        case .inhibited, .muted, .acknowledged, .flapping, .grouping, .quietHours, .hourlyLimit: true
        }
    }
}

extension AlertEvent {
    /// What came of one attempt to send.
    package init(_ dispatch: Dispatch, _ result: DispatchResult, at now: Instant) {
        var findings: [String] = []
        var reason: Text?
        let title: Text
        switch dispatch.content {
        case .test: title = Text(id: "Pesan uji", en: "Test message")
        case .digest(let digest):
            title = Text(id: DigestText.subject(digest, .indonesian), en: DigestText.subject(digest, .english))
        case .notice(let notice):
            findings = notice.items.map(\.alert.key)
            let first = notice.items.first?.alert.title ?? Text(id: "Temuan", en: "Findings")
            let more = notice.items.count - 1
            title = more > 0 ? Text(id: "\(first.id) (+\(more))", en: "\(first.en) (+\(more))") : first
            reason = Self.words(of: notice)
        }
        let outcome: Outcome
        switch result {
        case .delivered: outcome = .sent
        case .retry(let why, _): (outcome, reason) = (.retried, why)
        case .givenUp(let why): (outcome, reason) = (.failed, why)
        }
        self.init(at: now, route: dispatch.route, outcome: outcome, title: title, reason: reason, findings: findings)
    }

    private static func words(of notice: Notice) -> Text? {
        switch notice.kind {
        case .afterQuiet: Text(id: "Rangkuman sesudah jam tenang.", en: "Summary after quiet hours.")
        case .aboveLimit(let limit):
            Text(
                id: "Rangkuman di atas batas \(limit) pesan per jam.",
                en: "Summary of what was above \(limit) messages an hour.")
        case .alerts:
            notice.items.count > 1
                ? Text(
                    id: "\(notice.items.count) temuan dalam satu pesan.",
                    en: "\(notice.items.count) findings in one message.")
                : notice.items.first.flatMap { $0.reason.label }.map { Text(id: "\($0.id).", en: "\($0.en).") }
        }
    }
}

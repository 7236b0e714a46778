import API
import Alerts
import Dashboard
import Domain
import Insights
import Pipeline
import Storage
import Synchronization

/// Rules of the watch, and what they would have said.
package final class WatchCenter: WatchDesk {
    private struct Draft {
        var id: String
        var rules: WatchRules
    }
    private static let draftsMax = 20

    private let book: RouteBook
    private let replay: WatchReplay
    private let onChange: @Sendable () async -> Void
    private let now: @Sendable () -> Instant
    private let drafts = Mutex<[Draft]>([])

    /// - Parameter onChange: told once rules were saved.
    package init(
        book: RouteBook, replay: WatchReplay, now: @escaping @Sendable () -> Instant,
        onChange: @escaping @Sendable () async -> Void = {}
    ) {
        self.book = book
        self.replay = replay
        self.now = now
        self.onChange = onChange
    }

    package func rules() async throws -> WatchRules { try await book.watchRules() }

    package func save(_ rules: WatchRules) async throws {
        try await book.save(rules)
        await onChange()
    }

    package func keepDraft(_ rules: WatchRules) -> String {
        drafts.withLock { drafts in
            if let known = drafts.first(where: { $0.rules == rules }) { return known.id }
            var random = SystemRandomNumberGenerator()
            let id = Hexadecimal.text((0..<8).map { _ in UInt8.random(in: 0...255, using: &random) })
            drafts.append(Draft(id: id, rules: rules))
            if drafts.count > Self.draftsMax { drafts.removeFirst() }
            return id
        }
    }

    package func draft(_ id: String) -> WatchRules? {
        drafts.withLock { $0.first { $0.id == id }?.rules }
    }

    package func trial(_ rules: WatchRules) async throws -> WatchTrialState {
        switch await replay.progress() {
        case .running(let share): return .running(share)
        case .failed: return .failed
        case .done(let from, let to):
            let routes = try await book.entries().map(\.route)
            let post = Post(routes)
            let findings = await replay.tell(rules) { at, findings in post.tell(findings, at: at) }
            let inForce = await replay.tell(try await self.rules())
            return .done(
                WatchTrial(
                    from: from, to: to, findings: findings, findingsNow: inForce.count, messages: post.counts))
        }
    }

    /// Counts what routes would have sent.
    private final class Post: Sendable {
        private let routes: [AlertRoute]
        private let inside = Mutex((state: AlertState(), counts: [String: Int]()))

        init(_ routes: [AlertRoute]) { self.routes = routes }

        func tell(_ findings: [Finding], at now: Instant) {
            guard !routes.isEmpty else { return }
            let alerts = findings.map { Alert($0, link: "") }
            inside.withLock { inside in
                // Once to take them in and once when the wait for others of their group is over.
                for later in [Int64(0), 900] {
                    let at = now.adding(seconds: later)
                    _ = inside.state.step(AlertScene(alerts: alerts, routes: routes, now: at))
                    while case let due = inside.state.due(now: at), !due.isEmpty {
                        for dispatch in due {
                            inside.counts[dispatch.route, default: 0] += 1
                            inside.state.record(.delivered, of: dispatch, now: at)
                        }
                    }
                }
            }
        }

        var counts: [(route: String, count: Int)] {
            let counts = inside.withLock { $0.counts }
            return routes.filter(\.isOn).map { ($0.name, counts[$0.id] ?? 0) }
        }
    }
}

extension AlertSource {
    init(_ alerts: AlertCenter, _ watching: WatchCenter) {
        self.init(
            routes: {
                try await alerts.routes().map { $0.route.json(masked: true, hasSecret: $0.hasSecret) }
            }, rules: { try await watching.rules() }, setRules: { try await watching.save($0) })
    }
}

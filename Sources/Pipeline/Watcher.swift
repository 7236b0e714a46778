import Analytics
import Domain
import Insights
import Logging
import ServiceLifecycle
import Storage

/// Looks every quarter of an hour, and keeps what it finds. The only one who writes findings.
package actor Watcher: Service {
    /// A quarter of an hour.
    package static let stepSeconds: Int64 = 900
    /// Findings that were over this long ago are not opened again, nor held in memory.
    private static let heldMax = 2_000

    private let store: any AnalyticsStore
    private let findings: any FindingStore
    private let workspace: Workspace
    /// What the business wants to hear of, as it is now.
    private let rules: @Sendable () async throws -> WatchRules
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private var watch: Watch?
    private var book: FindingBook?
    private var onChange: (@Sendable ([FindingBook.Change]) async -> Void)?

    package init(
        store: any AnalyticsStore, findings: any FindingStore, workspace: Workspace,
        rules: @escaping @Sendable () async throws -> WatchRules = { WatchRules() },
        now: @escaping @Sendable () -> Instant, logger: Logger
    ) {
        self.store = store
        self.findings = findings
        self.workspace = workspace
        self.rules = rules
        self.now = now
        self.logger = logger
    }

    /// What is told of every change, such as alerts.
    package func tell(_ onChange: @escaping @Sendable ([FindingBook.Change]) async -> Void) {
        self.onChange = onChange
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            await catchUp()
            while !Task.isCancelled {
                await lookAndLog()
                let now = now().seconds
                // A minute after the quarter, so that what happened in it has been counted.
                let next = (now.flooredDivision(by: Self.stepSeconds) + 1) * Self.stepSeconds + 60
                try? await Task.sleep(for: .seconds(max(1, next - now)))
            }
        }
    }

    /// Days that are looked through when nobody has looked yet.
    private static let firstDays: Int64 = 28

    /// Looks by the hour through what has passed since the last look: of a stop, or of a business that was here before
    /// the watch was.
    private func catchUp() async {
        do {
            let end = now()
            let oldest = end.adding(seconds: -Self.firstDays * 86_400)
            let from = max(oldest, try await findings.watchedTo() ?? oldest)
            guard end.seconds - from.seconds > 3_600, try await store.projectionStatus().messages > 0 else { return }
            let opened = try await refresh(from: from, to: end, stepSeconds: 3_600)
            logger.info("caught up watching", metadata: ["opened": "\(opened)"])
        } catch is CancellationError {
            return
        } catch {
            logger.error("watching failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    private func lookAndLog() async {
        do {
            let changes = try await look(at: now())
            let opened = changes.filter { $0.kind == .opened || $0.kind == .reopened }.count
            if opened > 0 { logger.info("findings", metadata: ["opened": "\(opened)"]) }
        } catch is CancellationError {
            return
        } catch {
            logger.error("watching failed", metadata: ["error": "\(type(of: error))"])
        }
    }

    /// One look, as of an instant; what changed is saved.
    @discardableResult
    package func look(at instant: Instant) async throws -> [FindingBook.Change] {
        var watch = try self.watch ?? Watch(store: store, workspace: workspace)
        let look = try await watch.look(at: instant)
        self.watch = watch
        var book = try await loadedBook()
        let sightings = try await rules().admitted(look.sightings, at: instant)
        let changes = book.note(sightings, at: instant) { look.judged.contains($0.kind) }
        self.book = book
        try await findings.save(changes.map { KeptFinding($0.finding) })
        try await findings.setWatchedTo(instant)
        if let onChange, !changes.isEmpty { await onChange(changes) }
        return changes
    }

    /// Goes through stored history from an instant on, as it would have been watched then. What was found since is
    /// found anew; what people did to it is kept where it is the same finding.
    ///
    /// - Parameter onProgress: how far it has come.
    /// - Returns: the number of findings opened.
    package func refresh(
        from start: Instant, to end: Instant, stepSeconds: Int64 = Watcher.stepSeconds,
        onProgress: @Sendable (Instant) -> Void = { _ in }
    ) async throws -> Int {
        let told = try await findings.findings(state: nil, limit: 100_000).compactMap { Finding(json: $0.json) }
        try await findings.deleteFindings(openedSince: start)
        watch = nil
        book = FindingBook(told.filter { $0.openedAt < start })
        var changed: [String: Finding] = [:]
        var opened = 0
        let rules = try await rules()
        var at = Instant(seconds: (start.seconds.flooredDivision(by: stepSeconds) + 1) * stepSeconds)
        while at <= end {
            try Task.checkCancellation()
            var watch = try self.watch ?? Watch(store: store, workspace: workspace)
            let look = try await watch.look(at: at)
            self.watch = watch
            let changes =
                book?.note(rules.admitted(look.sightings, at: at), at: at) { look.judged.contains($0.kind) } ?? []
            for change in changes {
                changed[change.finding.id] = change.finding
                if change.kind == .opened { opened += 1 }
            }
            onProgress(at)
            at = at.adding(seconds: stepSeconds)
        }
        for old in told where changed[old.id] != nil && old.openedAt >= start {
            changed[old.id]?.keepActs(of: old)
        }
        try await findings.save(changed.values.map(KeptFinding.init))
        try await findings.setWatchedTo(end)
        book = nil
        return opened
    }

    private func loadedBook() async throws -> FindingBook {
        if let book { return book }
        return FindingBook(
            try await findings.findings(state: nil, limit: Self.heldMax).compactMap { Finding(json: $0.json) })
    }

    // MARK: What people do

    package func act(
        _ work: @Sendable (inout FindingBook, Instant) throws(Failure) -> Finding
    ) async throws -> Finding {
        // Another process may have gone through history meanwhile.
        var book = try await freshBook()
        let finding = try work(&book, now())
        try await findings.save([KeptFinding(finding)])
        self.book = book
        if let onChange { await onChange([FindingBook.Change(kind: .acted, finding: finding)]) }
        return finding
    }

    private func freshBook() async throws -> FindingBook {
        book = nil
        let book = try await loadedBook()
        self.book = book
        return book
    }
}

extension KeptFinding {
    package init(_ finding: Finding) {
        self.init(
            id: finding.id, kind: finding.kind.rawValue, state: finding.state.rawValue, openedAt: finding.openedAt,
            updatedAt: finding.updatedAt, json: finding.json)
    }
}

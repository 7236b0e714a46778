import Analytics
import Domain
import Insights
import Storage

/// Goes once through the last weeks as they would have been watched, and then tells of any rules what they would have
/// said: the looks are kept, so that a second set of rules takes no time.
package actor WatchReplay {
    package static let days = 60
    /// Between looks. The watch itself looks four times as often.
    static let stepSeconds: Int64 = 3_600
    /// Kept looks are believed for so long.
    static let keptSeconds: Int64 = 6 * 3_600

    /// What one look saw.
    private struct Seen: Sendable {
        var at: Instant
        var sightings: [Sighting]
        var judged: Set<FindingKind>
    }

    package enum Progress: Sendable {
        /// The share that is done.
        case running(Double)
        case done(from: Instant, to: Instant)
        case failed
    }

    private let store: any AnalyticsStore
    private let workspace: Workspace
    private let now: @Sendable () -> Instant
    private var seen: [Seen] = []
    private var range: (from: Instant, to: Instant)?
    private var doneAt: Instant?
    private var share = 0.0
    private var hasFailed = false
    private var task: Task<Void, Never>?

    package init(store: any AnalyticsStore, workspace: Workspace, now: @escaping @Sendable () -> Instant) {
        self.store = store
        self.workspace = workspace
        self.now = now
    }

    /// How far it is; begins when there is nothing, or only something old.
    package func progress() -> Progress {
        if let doneAt, let range, now() < doneAt.adding(seconds: Self.keptSeconds), now() >= doneAt {
            return .done(from: range.from, to: range.to)
        }
        if hasFailed {
            hasFailed = false
            return .failed
        }
        if task == nil {
            doneAt = nil
            share = 0
            task = Task(priority: .utility) { await self.go() }
        }
        return .running(share)
    }

    package func stop() {
        task?.cancel()
        task = nil
    }

    private func go() async {
        defer { task = nil }
        do {
            try await look()
            doneAt = now()
        } catch {
            hasFailed = true
        }
    }

    private func look() async throws {
        let end = now()
        let step = Self.stepSeconds
        var at = end.adding(seconds: -Int64(Self.days) * 86_400)
        if let first = try await store.projectionStatus().firstMessageAt { at = min(max(at, first), end) }
        at = Instant(seconds: (at.seconds.flooredDivision(by: step) + 1) * step)
        let start = at
        range = (start, end)
        var watch = try Watch(store: store, workspace: workspace)
        var seen: [Seen] = []
        while at <= end {
            try Task.checkCancellation()
            let look = try await watch.look(at: at)
            let sightings = look.sightings.map { sighting in
                var sighting = sighting
                // Sixty days of series are not needed to know what would have been said.
                sighting.evidence.points = []
                return sighting
            }
            seen.append(Seen(at: at, sightings: sightings, judged: look.judged))
            share = Double(at.seconds - start.seconds) / Double(max(1, end.seconds - start.seconds))
            at = at.adding(seconds: step)
        }
        self.seen = seen
    }

    /// The findings that rules would have made, and at each look those that were open or just over.
    package func tell(_ rules: WatchRules, each: @Sendable (Instant, [Finding]) -> Void = { _, _ in }) -> [Finding] {
        var book = FindingBook()
        for look in seen {
            _ = book.note(rules.admitted(look.sightings, at: look.at), at: look.at) { look.judged.contains($0.kind) }
            let edge = look.at.adding(seconds: -Dispatcher.resolvedSeconds)
            each(look.at, book.findings.filter { $0.isLasting || $0.updatedAt > edge })
        }
        return book.findings
    }
}

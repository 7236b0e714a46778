import Domain
import Logging
import ServiceLifecycle
import Storage

/// Moves deliveries from the inbox into facts, at its own pace: reads a batch, decodes it, and lets the store
/// fold and commit it together with the cursor. Killing the process at any instant loses and doubles nothing,
/// because the cursor moves with the facts.
package actor Projector: Service {
    private let inbox: any Inbox
    private let store: any AnalyticsStore
    private let now: @Sendable () -> Instant
    private let logger: Logger
    /// Told after each committed batch: deliveries projected.
    private let onProgress: (@Sendable (Int64) -> Void)?
    private var lastSweep = Instant.distantPast
    private var consecutiveFailures = 0

    /// Bytes of deliveries in one transaction: ten thousand single-status webhooks. The more, the fewer pages are
    /// written for each; the more, the longer until they show.
    static let batchBytesMax = 8 * 1024 * 1024
    static let idleMilliseconds: Int64 = 20
    static let sweepSeconds: Int64 = 30

    package init(
        inbox: any Inbox, store: any AnalyticsStore, now: @escaping @Sendable () -> Instant, logger: Logger,
        onProgress: (@Sendable (Int64) -> Void)? = nil
    ) {
        self.inbox = inbox
        self.store = store
        self.now = now
        self.logger = logger
        self.onProgress = onProgress
    }

    /// Runs until graceful shutdown. A failing store is retried with growing pauses; deliveries wait in the inbox.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await self.catchUp()
                    try await self.expire()
                    await self.succeeded()
                    try await Task.sleep(for: .milliseconds(Self.idleMilliseconds))
                } catch is CancellationError {
                    return
                } catch {
                    let pause = await self.failed(error)
                    try? await Task.sleep(for: .seconds(pause))
                }
            }
        }
    }

    private func succeeded() { consecutiveFailures = 0 }

    private func failed(_ error: any Error) -> Int64 {
        consecutiveFailures += 1
        // The type only: a description could quote data.
        let description = (error as? Failure)?.message.en ?? String(describing: type(of: error))
        logger.error("projection failed, will retry", metadata: ["error": "\(description)"])
        return min(30, 1 << Int64(min(consecutiveFailures, 5)))
    }

    /// Projects everything that is in the inbox now. The next batch is read and decoded while the store commits
    /// the one before.
    package func catchUp() async throws {
        let cursor = try await store.cursor()
        guard try await inbox.lastSequence() > cursor else { return }
        var next = try await Self.batch(after: cursor, inbox: inbox, asOf: now())
        while let batch = next {
            try Task.checkCancellation()
            async let following = Self.batch(after: batch.cursor, inbox: inbox, asOf: now())
            try await store.apply(batch)
            onProgress?(batch.cursor)
            next = try await following
        }
    }

    private static func batch(
        after cursor: Int64, inbox: any Inbox, asOf: Instant
    ) async throws -> ProjectionBatch? {
        let deliveries = try await inbox.read(after: cursor, bytesMax: batchBytesMax)
        guard let last = deliveries.last else { return nil }
        return ProjectionBatch(
            items: DeliveryDecoder.items(of: deliveries), cursor: last.sequence, receivedAt: last.receivedAt, asOf: asOf
        )
    }

    /// Lets messages expire whose time-to-live is over, also when nothing arrives.
    private func expire() async throws {
        let asOf = now()
        // A clock that was set back must not stop the sweep.
        guard asOf >= lastSweep.adding(seconds: Self.sweepSeconds) || asOf < lastSweep else { return }
        lastSweep = asOf
        let cursor = try await store.cursor()
        try await store.apply(ProjectionBatch(items: [], cursor: cursor, receivedAt: asOf, asOf: asOf))
    }
}

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
    private let decoder: DeliveryDecoder
    private let now: @Sendable () -> Instant
    private let logger: Logger
    /// Told after each committed batch: deliveries projected.
    private let onProgress: (@Sendable (Int64) -> Void)?
    private var lastSweep = Instant.distantPast
    private var consecutiveFailures = 0

    /// Bytes of deliveries in one transaction: some fifteen thousand single-status webhooks.
    static let batchBytesMax = 10 * 1024 * 1024
    static let idleMilliseconds: Int64 = 20
    /// Under load, deliveries gather for this long. A message is mostly sent, delivered and read within moments: one
    /// write then serves all three, and a page that many messages share is written once.
    static let gatherMilliseconds: Int64 = 800
    /// Deliveries in a batch that count as load.
    static let loadDeliveriesMin = 500
    static let sweepSeconds: Int64 = 30

    package init(
        inbox: any Inbox, store: any AnalyticsStore, home: Home, now: @escaping @Sendable () -> Instant,
        logger: Logger, onProgress: (@Sendable (Int64) -> Void)? = nil
    ) {
        self.inbox = inbox
        self.store = store
        decoder = DeliveryDecoder(home: home)
        self.now = now
        self.logger = logger
        self.onProgress = onProgress
    }

    /// Runs until graceful shutdown. A failing store is retried with growing pauses; deliveries wait in the inbox.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let isLoaded = try await self.catchUp() >= Self.loadDeliveriesMin
                    try await self.expire()
                    let isRecounting = try await self.store.recountStale()
                    await self.succeeded()
                    let pause = isLoaded ? Self.gatherMilliseconds : isRecounting ? 1 : Self.idleMilliseconds
                    try await Task.sleep(for: .milliseconds(pause))
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

    /// Projects everything that is in the inbox now; returns the number of deliveries. As long as batches are full
    /// the next one is read and decoded while the store commits the one before.
    @discardableResult
    package func catchUp() async throws -> Int {
        let cursor = try await store.cursor()
        guard try await inbox.lastSequence() > cursor else { return 0 }
        var projected = 0
        var next = try await load(after: cursor, inbox: inbox, asOf: now())
        while let load = next {
            try Task.checkCancellation()
            let cursor = load.batch.cursor
            async let following = load.isFull ? self.load(after: cursor, inbox: inbox, asOf: now()) : nil
            try await store.apply(load.batch)
            onProgress?(cursor)
            projected += load.count
            next = try await following
        }
        return projected
    }

    private struct Load {
        var batch: ProjectionBatch
        /// Deliveries in it.
        var count: Int
        /// There may be more to read at once.
        var isFull: Bool
    }

    private nonisolated func load(after cursor: Int64, inbox: any Inbox, asOf: Instant) async throws -> Load? {
        let deliveries = try await inbox.read(after: cursor, bytesMax: Self.batchBytesMax)
        guard let batch = decoder.batch(deliveries, asOf: asOf) else { return nil }
        let bytes = deliveries.reduce(0) { $0 + $1.body.count }
        return Load(batch: batch, count: deliveries.count, isFull: bytes >= Self.batchBytesMax / 2)
    }

    /// Lets messages expire, waits be given up and conversations end when their time has come, also when nothing
    /// arrives.
    private func expire() async throws {
        let asOf = now()
        // A clock that was set back must not stop the sweep.
        guard asOf >= lastSweep.adding(seconds: Self.sweepSeconds) || asOf < lastSweep else { return }
        lastSweep = asOf
        let cursor = try await store.cursor()
        try await store.apply(ProjectionBatch(items: [], cursor: cursor, receivedAt: asOf, asOf: asOf))
    }
}

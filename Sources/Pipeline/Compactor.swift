import Domain
import Logging
import ServiceLifecycle
import Storage

/// Compresses old deliveries once an hour. They stay readable, so facts can be rebuilt from any point.
package struct Compactor: Service {
    private let inbox: any Inbox
    private let store: any AnalyticsStore
    private let now: @Sendable () -> Instant
    private let logger: Logger
    private let retentionDays: Int64

    package init(
        inbox: any Inbox, store: any AnalyticsStore, now: @escaping @Sendable () -> Instant, logger: Logger,
        retentionDays: Int64
    ) {
        self.inbox = inbox
        self.store = store
        self.now = now
        self.logger = logger
        self.retentionDays = retentionDays
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    let before = now().adding(seconds: -retentionDays * 86_400)
                    let count = try await inbox.compact(before: before, projectedTo: store.cursor())
                    if count > 0 { logger.info("compressed old deliveries", metadata: ["count": "\(count)"]) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("compaction failed", metadata: ["error": "\(type(of: error))"])
                }
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
    }
}

import API
import Connectors
import Domain
import Logging
import ServiceLifecycle
import Storage

/// Brings openings of short links to the inbox beside the HTTP server, and those that are left when it has stopped.
struct ClickDrain: Service {
    let clicks: ClickQueue

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskCancellationHandler {
                await clicks.run()
            } onCancel: {
                clicks.finish()
            }
        } onGracefulShutdown: {
            clicks.finish()
        }
    }
}

/// Puts links into their store that the inbox holds and the store does not: after a crash between the two, or when
/// `links.sqlite` was lost or restored from an older copy. After an orderly stop there is nothing to read.
struct LinkRestorer: Service {
    let inbox: any Inbox
    let links: any LinkStore
    let logger: Logger

    private static let bytesAtOnce = 4 * 1024 * 1024

    func run() async throws {
        var isWhole = false
        do {
            isWhole = try await restore()
        } catch {
            logger.error("links could not be restored", metadata: ["error": "\(type(of: error))"])
        }
        // Cancelled when something else would not stop in time: then there is no telling, and the next start looks.
        guard (try? await gracefulShutdown()) != nil else { return }
        // Every link of this run was put into the store before its maker was answered.
        if isWhole, let last = try? await inbox.lastSequence() { try? await links.cover(to: last) }
    }

    /// Whether it came to the end.
    private func restore() async throws -> Bool {
        var covered = try await links.coveredSequence()
        let end = try await inbox.lastSequence()
        while covered < end {
            if Task.isShuttingDownGracefully { return false }
            let deliveries = try await inbox.read(after: covered, bytesMax: Self.bytesAtOnce)
            guard let last = deliveries.last else { break }
            let found = deliveries.lazy.filter { $0.source == .links }.flatMap { LinkDelivery.links(in: $0.body) }
            if !found.isEmpty { try await links.insert(Array(found)) }
            covered = last.sequence
            try await links.cover(to: covered)
        }
        return true
    }
}

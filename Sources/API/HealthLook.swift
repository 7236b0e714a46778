import Analytics
import Synchronization
import Web

/// One look at the data's health for all who ask within a moment: the cards of a page ask at once. What somebody has
/// just done at the door is seen at once all the same.
package final class HealthLook: Sendable {
    private struct Look {
        var task: Task<DataHealth, any Error>
        var until: ContinuousClock.Instant
        var changes: Int64
    }
    private let sources: HealthSources
    private let connections: ConnectionLog
    private let last = Mutex<Look?>(nil)
    private static let life = Duration.milliseconds(500)

    package init(_ sources: HealthSources, connections: ConnectionLog) {
        self.sources = sources
        self.connections = connections
    }

    package func look() async throws -> DataHealth {
        let changes = connections.changes
        let task = last.withLock { last in
            if let last, last.changes == changes, ContinuousClock.now < last.until { return last.task }
            let sources = sources
            let task = Task { try await sources.look() }
            last = Look(task: task, until: .now.advanced(by: Self.life), changes: changes)
            return task
        }
        return try await task.value
    }
}

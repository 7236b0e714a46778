import Domain
import Synchronization

/// One look at the data's health for all who ask within a moment: the cards of a page ask at once.
package final class HealthLook: Sendable {
    private struct Look {
        var task: Task<DataHealth, any Error>
        var at: Instant
    }
    private let sources: HealthSources
    private let last = Mutex<Look?>(nil)
    private static let lifeMicroseconds: Int64 = 500_000

    package init(_ sources: HealthSources) { self.sources = sources }

    package func look() async throws -> DataHealth {
        let task = last.withLock { last in
            let now = sources.now()
            if let last, (0..<Self.lifeMicroseconds).contains(now.microseconds(since: last.at)) { return last.task }
            let sources = sources
            let task = Task { try await sources.look() }
            last = Look(task: task, at: now)
            return task
        }
        return try await task.value
    }
}

import Analytics
import Synchronization

/// One look at the data's health for all who ask within a moment: the cards of a page ask at once.
package final class HealthLook: Sendable {
    private struct Look {
        var task: Task<DataHealth, any Error>
        var until: ContinuousClock.Instant
    }
    private let sources: HealthSources
    private let last = Mutex<Look?>(nil)
    private static let life = Duration.milliseconds(500)

    package init(_ sources: HealthSources) { self.sources = sources }

    package func look() async throws -> DataHealth {
        let task = last.withLock { last in
            if let last, ContinuousClock.now < last.until { return last.task }
            let sources = sources
            let task = Task { try await sources.look() }
            last = Look(task: task, until: .now.advanced(by: Self.life))
            return task
        }
        return try await task.value
    }
}

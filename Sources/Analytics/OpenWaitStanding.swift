import Domain
import Storage

/// How an open wait stands with its service target.
package enum WaitStanding: String, Hashable, Sendable, CaseIterable {
    /// The target has passed.
    case missed
    /// The last fifth of the time that the target allows, and never more than an hour of it, has begun.
    case dueSoon = "due_soon"
    case inTime = "in_time"
    /// No target applies.
    case noTarget = "no_target"
}

extension OpenWait {
    private static let soonMicrosecondsMax: Int64 = 3_600_000_000

    /// Judged by the clock, so that a wait passes its target also while nothing happens.
    package func standing(at now: Instant) -> WaitStanding {
        if isMissed { return .missed }
        guard let dueAt else { return .noTarget }
        let left = dueAt.microseconds(since: now)
        guard left > 0 else { return .missed }
        let allowed = max(0, dueAt.microseconds(since: startedAt))
        return left <= min(allowed / 5, Self.soonMicrosecondsMax) ? .dueSoon : .inTime
    }

    /// How long the customer has waited for what they wait for now, in seconds.
    package func waitedSeconds(at now: Instant) -> Double {
        Double(max(0, now.microseconds(since: since))) / 1_000_000
    }
}

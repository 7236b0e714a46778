import Alerts
import Domain
import Insights

/// What rules would have said over the last weeks.
package struct WatchTrial: Sendable {
    package var from: Instant
    package var to: Instant
    /// The newest first.
    package var findings: [Finding]
    /// How many there would have been by the rules that hold now.
    package var findingsNow: Int
    /// Messages by name of the route.
    package var messages: [(route: String, count: Int)]

    package init(
        from: Instant, to: Instant, findings: [Finding], findingsNow: Int, messages: [(route: String, count: Int)]
    ) {
        self.from = from
        self.to = to
        self.findings = findings
        self.findingsNow = findingsNow
        self.messages = messages
    }
}

package enum WatchTrialState: Sendable {
    /// The share that is done.
    case running(Double)
    case done(WatchTrial)
    case failed
}

/// What pages may do with the rules of the watch.
package protocol WatchDesk: Sendable {
    func rules() async throws -> WatchRules
    func save(_ rules: WatchRules) async throws
    /// Rules that are only tried; they are forgotten after a while.
    func keepDraft(_ rules: WatchRules) -> String
    func draft(_ id: String) -> WatchRules?
    func trial(_ rules: WatchRules) async throws -> WatchTrialState
}

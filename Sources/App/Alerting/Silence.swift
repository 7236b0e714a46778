import Alerts
import Domain
import Insights
import Pipeline
import Storage

/// Mutes what a link or a button names: on its way out, and where it is shown.
struct Silence: Sendable {
    let teller: Teller
    let findings: any FindingStore
    /// Nil where nobody watches.
    let muteFinding: (@Sendable (_ id: String, _ until: Instant, _ person: String) async throws -> Void)?

    private static let findingsMax = 1_000

    /// The findings that a reference stands for: one, or those of a group.
    func meant(_ command: MuteCommand) async throws -> [Finding] {
        var found: [Finding] = []
        for state in [FindingState.open, .acknowledged, .muted] {
            for kept in try await findings.findings(state: state.rawValue, limit: Self.findingsMax) {
                guard let finding = Finding(json: kept.json) else { continue }
                let alert = Alert(finding, link: "")
                if [alert.reference, alert.groupReference].contains(command.finding) { found.append(finding) }
            }
        }
        return found
    }

    func begin(_ command: MuteCommand, _ mute: Mute, now: Instant) async throws {
        try await teller.mute(mute, now: now)
        guard let muteFinding else { return }
        for finding in try await meant(command) {
            // One that was resolved in between needs no silence.
            try? await muteFinding(finding.id, mute.until, mute.by ?? "–")
        }
    }
}

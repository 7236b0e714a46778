import Analytics
import Connectors
import Domain
import Foundation
import Insights
import Logging
import Pipeline
import Simulator
import Storage
import StoreSQLite

/// A simulated business with known troubles, watched as it lives: what was found, when, and with which cause first.
package struct FindingBench: Sendable {
    /// A trouble that has to be found, or the control that must not be told of as a change of the business.
    package struct Trouble: Sendable {
        package var name: String
        package var kinds: Set<FindingKind>
        package var window: Range<Instant>
        /// Longest time from its beginning to the finding.
        package var deadlineSeconds: Int64
        /// Whether the first cause is the right one.
        package var isCause: @Sendable (Finding) -> Bool
    }

    package struct Result: Sendable {
        package var found: [(trouble: String, delaySeconds: Int64, isRightCause: Bool)] = []
        package var missed: [String] = []
        /// Findings that no trouble explains.
        package var wrong: [Finding] = []
        package var weeks = 0.0
        package var looks = 0
        /// Time that the looks took in all.
        package var lookTime = Duration.zero
        package var findings: [Finding] = []
    }

    package var scenario: Scenario
    package var troubles: [Trouble]
    /// Days without a look, to learn from.
    package var quietDays: Int
    /// Seconds between looks.
    package var stepSeconds: Int64

    package init(scenario: Scenario, troubles: [Trouble], quietDays: Int = 10, stepSeconds: Int64 = 3_600) {
        self.scenario = scenario
        self.troubles = troubles
        self.quietDays = quietDays
        self.stepSeconds = stepSeconds
    }

    /// Lives through the scenario in a directory of its own.
    package func run(in directory: String) async throws -> Result {
        let store = try SQLiteStore(path: directory + "/pantau.sqlite", zone: "Asia/Jakarta")
        try await store.migrate()
        let findings = SQLiteFindings(try SettingsFile(path: directory + "/settings.sqlite"))
        let watcher = Watcher(
            store: store, findings: findings, workspace: Workspace(), now: { .distantPast },
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() })
        var business = Simulator(scenario).run(recordsTruth: false)
        let decoder = DeliveryDecoder(home: Home())
        var sequence: Int64 = 0
        var at = scenario.startOfDay(quietDays)
        var result = Result()
        while at <= scenario.end {
            business.until = at
            var deliveries: [Delivery] = []
            while let next = business.next() {
                sequence += 1
                deliveries.append(
                    Delivery(sequence: sequence, source: next.source, receivedAt: next.receivedAt, body: next.body))
                if deliveries.count >= 1_000 { try await Self.apply(&deliveries, decoder, store, asOf: at) }
            }
            try await Self.apply(&deliveries, decoder, store, asOf: at)
            while try await store.recountStale() {}
            let began = ContinuousClock.now
            _ = try await watcher.look(at: at)
            result.lookTime += ContinuousClock.now - began
            result.looks += 1
            at = at.adding(seconds: stepSeconds)
        }
        result.weeks = Double(scenario.days - quietDays) / 7
        result.findings = try await findings.findings(state: nil, limit: 1_000).compactMap { Finding(json: $0.json) }
        judge(&result)
        return result
    }

    private static func apply(
        _ deliveries: inout [Delivery], _ decoder: DeliveryDecoder, _ store: SQLiteStore, asOf: Instant
    ) async throws {
        guard let batch = decoder.batch(deliveries, asOf: asOf) else { return }
        try await store.apply(batch)
        deliveries.removeAll(keepingCapacity: true)
    }

    private func judge(_ result: inout Result) {
        var explained: Set<String> = []
        for trouble in troubles {
            let after = trouble.window.upperBound.adding(seconds: 86_400)
            let fitting = result.findings.filter { finding in
                trouble.kinds.contains(finding.kind) && finding.openedAt >= trouble.window.lowerBound
                    && finding.openedAt <= after
            }.sorted { $0.openedAt < $1.openedAt }
            explained.formUnion(fitting.map(\.id))
            let right = fitting.first { trouble.isCause($0) }
            let limit = trouble.window.lowerBound.adding(seconds: trouble.deadlineSeconds)
            guard let first = right ?? fitting.first, first.openedAt <= limit else {
                result.missed.append(trouble.name)
                continue
            }
            let delay = first.openedAt.seconds - trouble.window.lowerBound.seconds
            result.found.append((trouble.name, delay, right != nil))
        }
        result.wrong = result.findings.filter { !explained.contains($0.id) }
    }
}

import Analytics
import App
import Catalogue
import Domain
import Foundation
import Pipeline
import Simulator
import Storage
import StoreSQLite
import Testing

import enum Catalogue.Dimension

/// A simulated business from raw bytes to answers, against what the simulator knows it made happen. The simulator
/// shares no code with the ledgers.
@Suite struct TruthTests {
    @Test(arguments: [3, 8] as [UInt64]) func answersEqualTheTruth(seed: UInt64) async throws {
        let scenario = Scenario(seed: seed, days: 12, messagesPerDay: 250)
        let (deliveries, truth) = Simulator(scenario).history()
        let directory = FileManager.default.temporaryDirectory.appending(path: "pantau-truth-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let installation = try await Installation(directory: directory.path, zone: "Asia/Jakarta")
        try await installation.inbox.append(all: deliveries)
        try await Replayer.fill(
            installation.store, from: installation.inbox, to: installation.inbox.lastSequence(),
            home: installation.home, asOf: scenario.end)
        let analyst = Analyst(store: installation.store, workspace: Workspace(), now: { scenario.end })
        let range = QueryRange.instants(
            from: scenario.start.adding(seconds: -86_400), to: scenario.end.adding(seconds: 86_400))

        try await byDayAndTemplate(analyst, range, truth, scenario)
        try await byDimension(analyst, range, truth, scenario)
        try await percentiles(analyst, range, truth, scenario)
        #expect(try await installation.store.auditCells() == [])
        await installation.close()
    }

    private static let counts = [
        "messages_attempted", "messages_rejected", "messages", "messages_delivered", "messages_read",
        "messages_failed", "messages_pending", "messages_expired", "messages_replied", "messages_opted_out",
    ]

    private static func sums(_ totals: TrueTotals) -> [Int64] {
        [
            totals.attempted, totals.rejected, totals.accepted, totals.delivered, totals.read, totals.failed,
            totals.pending, totals.expired, totals.replied, totals.optedOut,
        ].map(Int64.init)
    }

    private struct Key: Hashable {
        var day: String
        var template: String?
    }

    private func byDayAndTemplate(
        _ analyst: Analyst, _ range: QueryRange, _ truth: Truth, _ scenario: Scenario
    ) async throws {
        let expected = truth.totals(asOf: scenario.end) { message in
            Key(
                day: String(RFC3339.format(message.cohortAt, offsetSeconds: 7 * 3_600).prefix(10)),
                template: message.template)
        }
        let answer = try await analyst.ask(
            Query(metrics: Self.counts, dimensions: [.template], range: range, grain: .day, limit: 10_000))
        var told: [Key: [Int64]] = [:]
        for row in answer.rows {
            let day = String((row[0].text ?? "").prefix(10))
            told[Key(day: day, template: row[1].text)] = row[2...].map { Int64($0.number ?? -1) }
        }
        #expect(expected.count > 50)
        for (key, totals) in expected {
            #expect(told[key] == Self.sums(totals), "\(key)")
        }
        #expect(told.keys.allSatisfy { expected[$0] != nil })
    }

    private func byDimension(
        _ analyst: Analyst, _ range: QueryRange, _ truth: Truth, _ scenario: Scenario
    ) async throws {
        let messages = truth.messages(asOf: scenario.end)
        let parts: [(Dimension, (TrueMessage) -> String?)] = [
            (.country, { $0.country }), (.campaign, { $0.campaign }), (.variant, { $0.variant }),
            (.category, { $0.category }), (.useCase, { $0.useCase }), (.senderKind, { $0.senderKind.rawValue }),
            (.agent, { $0.agent }), (.team, { $0.team }), (.phoneNumber, { $0.phoneNumber.value }),
            (.templateLanguage, { $0.templateLanguage }),
            (.errorCode, { $0.isFailed || $0.isRejected ? $0.errorCode.map(String.init) : nil }),
        ]
        for (dimension, value) in parts {
            var expected: [String?: Int64] = [:]
            for message in messages { expected[value(message), default: 0] += 1 }
            let answer = try await analyst.ask(
                Query(metrics: ["messages_attempted"], dimensions: [dimension], range: range, limit: 1_000))
            var told: [String?: Int64] = [:]
            for row in answer.rows { told[row[0].text] = Int64(row[1].number ?? -1) }
            #expect(told == expected, "\(dimension.rawValue)")
        }
    }

    /// Percentiles from cells lie within 1 % of the exact ones (below 50 s: whole seconds).
    private func percentiles(
        _ analyst: Analyst, _ range: QueryRange, _ truth: Truth, _ scenario: Scenario
    ) async throws {
        let totals = truth.totals(asOf: scenario.end)
        let metrics: [(String, [Int64], Double)] = [
            ("time_to_deliver_p50", totals.deliverDelays, 0.5), ("time_to_deliver_p90", totals.deliverDelays, 0.9),
            ("time_to_deliver_p99", totals.deliverDelays, 0.99), ("time_to_read_p50", totals.readDelays, 0.5),
            ("time_to_read_p90", totals.readDelays, 0.9),
        ]
        let answer = try await analyst.ask(Query(metrics: metrics.map(\.0), range: range))
        #expect(!answer.meta.isFromFacts)
        for (name, delays, q) in metrics {
            let sorted = delays.sorted()
            let exact = Double(sorted[Int(q * Double(sorted.count - 1))]) / 1_000_000
            let told = try #require(answer.cell(0, name).number)
            #expect(abs(told - exact) <= max(0.011 * exact, 0.5), "\(name): told \(told), exact \(exact)")
        }
    }
}

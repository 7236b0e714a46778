import Analytics
import App
import Catalogue
import Connectors
import Domain
import Foundation
import Pipeline
import Simulator
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension

/// A simulated business with payments, bookings, leads, links and a control group, from raw bytes to money, against
/// what the simulator knows: late, doubled and shuffled deliveries included.
@Suite struct OutcomeTruthTests {
    @Test(.timeLimit(.minutes(10)), arguments: [5, 12] as [UInt64])
    func moneyEqualsTheTruth(seed: UInt64) async throws {
        try await withDirectory { directory in
            let scenario = Scenario(
                seed: seed, days: 21, messagesPerDay: 240, hasDesk: true,
                appLine: BusinessLine.usual.last?.phoneNumber, outcomes: .usual)
            let (deliveries, truth) = Simulator(scenario).history()
            let installation = try await Installation(
                directory: directory.appending(path: "data").path, zone: "Asia/Jakarta")
            for body in Self.settings {
                _ = try await installation.inbox.append(body, source: .settings, receivedAt: scenario.start)
            }
            try await installation.inbox.append(all: deliveries)
            let last = try await installation.inbox.lastSequence()
            try await Replayer.fill(
                installation.store, from: installation.inbox, to: last, home: installation.home, asOf: scenario.end)
            let check = Check(
                analyst: Analyst(store: installation.store, workspace: Workspace(), now: { scenario.end }),
                store: installation.store, truth: truth, scenario: scenario)
            try await check.outcomes()
            try await check.values()
            try await check.credits()
            try await check.charges()
            try await check.lift()
            #expect(try await installation.store.auditCells() == [])
            await installation.close()
        }
    }

    private static let settings = [
        SettingsDelivery.encode([
            OutcomeRule(trigger: .flow(tokenPrefix: "lead-"), kind: OutcomeKind.lead),
            OutcomeRule(trigger: .order, kind: OutcomeKind.order),
        ])
    ]

    private struct Check {
        let analyst: Analyst
        let store: SQLiteStore
        let truth: Truth
        let scenario: Scenario

        private var range: QueryRange {
            .instants(from: scenario.start.adding(seconds: -86_400), to: scenario.end.adding(seconds: 86_400))
        }

        private var known: [TrueOutcome] { truth.outcomes(asOf: scenario.end) }

        /// How many of each kind and system, and how many were called off.
        func outcomes() async throws {
            for (dimension, value) in [
                (Dimension.kind, { $0.kind }), (.sourceSystem, { $0.source }),
            ] as [(Dimension, (TrueOutcome) -> String)] {
                let answer = try await analyst.ask(
                    Query(metrics: ["outcomes", "outcomes_cancelled"], dimensions: [dimension], range: range))
                var told: [String: [Int64]] = [:]
                // What a desk resolved is told by its conversations, see ServiceTruthTests.
                for row in answer.rows where row[0].text != "ticket_resolved" && row[0].text != "chatwoot" {
                    told[row[0].text ?? ""] = row[1...].map { Int64($0.number ?? -1) }
                }
                var expected: [String: [Int64]] = [:]
                for outcome in known where outcome.counts || outcome.isCancelled {
                    let key = value(outcome)
                    var counts = expected[key] ?? [0, 0]
                    counts[outcome.counts ? 0 : 1] += 1
                    // A booking that was moved is told as one called off and a new one.
                    counts[1] += Int64(outcome.formerIDs.count)
                    expected[key] = counts
                }
                told = told.filter { expected[$0.key] != nil }
                #expect(told == expected, "\(dimension.rawValue)")
            }
        }

        /// Money to the last unit, by currency: what was paid less what went back.
        func values() async throws {
            let answer = try await analyst.ask(
                Query(metrics: ["outcome_value"], dimensions: [.currency, .kind], range: range))
            var told: [[String]: Int64] = [:]
            for row in answer.rows {
                if case .decimal(let micros) = row[2] { told[[row[0].text ?? "", row[1].text ?? ""]] = micros }
            }
            var expected: [[String]: Int64] = [:]
            for outcome in known where outcome.counts {
                guard let net = outcome.net else { continue }
                expected[[net.currency, outcome.kind], default: 0] += net.micros
            }
            #expect(told.filter { $0.value != 0 } == expected.filter { $0.value != 0 })
        }

        /// Every outcome with a touch before it is credited once in each model that looks at all touches.
        func credits() async throws {
            let total = try await analyst.ask(Query(metrics: ["outcomes", "outcomes_unattributed"], range: range))
            let counts = total.rows[0].map { $0.number ?? 0 }
            for model in AttributionModel.allCases where model != .lastClick {
                let answer = try await analyst.ask(
                    Query(
                        metrics: ["outcomes_credited"],
                        filters: [Filter(dimension: .model, op: .isIn, values: [model.rawValue])],
                        range: .instants(
                            from: scenario.start.adding(seconds: -30 * 86_400),
                            to: scenario.end.adding(seconds: 86_400))))
                #expect(answer.rows[0][0].number == counts[0] - counts[1], "\(model.rawValue)")
            }
            #expect(counts[1] > 0 && counts[1] < counts[0] / 2)
        }

        /// Which messages were charged, by category and country.
        func charges() async throws {
            for (dimension, value) in [
                (Dimension.category, { $0.category }), (.country, { $0.country }),
                (.phoneNumber, { $0.phoneNumber.value }),
            ] as [(Dimension, (TrueCharge) -> String)] {
                let answer = try await analyst.ask(
                    Query(
                        metrics: ["messages_charged", "cost_unknown"], dimensions: [dimension], range: range, limit: 500
                    ))
                var told: [String: Int64] = [:]
                var unknown: Int64 = 0
                for row in answer.rows {
                    told[row[0].text ?? ""] = Int64(row[1].number ?? 0)
                    unknown += Int64(row[2].number ?? 0)
                }
                var expected: [String: Int64] = [:]
                let charges = truth.charges(asOf: scenario.end)
                for charge in charges where charge.kind == .regular && charge.isPriceTold {
                    expected[value(charge), default: 0] += 1
                }
                #expect(told.filter { $0.value != 0 } == expected, "\(dimension.rawValue)")
                #expect(unknown == charges.count { !$0.isPriceTold })
            }
        }

        /// The experiment as it was planned: people, and who of them bought.
        func lift() async throws {
            for expected in truth.holdOuts(asOf: scenario.end, kinds: [OutcomeKind.payment]) {
                let told = try await store.lift(
                    in: scenario.start..<scenario.end.adding(seconds: 1),
                    matching: [Filter(dimension: .campaign, op: .isIn, values: [expected.campaign])],
                    kinds: [OutcomeKind.payment], windowSeconds: 7 * 86_400)
                #expect(told.heldOut == Int64(expected.heldOut))
                #expect(told.heldOutConverted == Int64(expected.heldOutConverted))
                // As they were chosen: also those to whom Meta refused to send.
                #expect(told.treated == Int64(expected.treated + expected.onlyRejected))
                // The truth takes a week after any of several sends, the comparison one after the first.
                #expect(told.treatedConverted <= Int64(expected.treatedConverted))
                #expect(told.treatedConverted * 10 >= Int64(expected.treatedConverted) * 8)
            }
        }
    }
}

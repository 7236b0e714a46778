import Analytics
import App
import Catalogue
import Domain
import Foundation
import Pipeline
import Simulator
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension

/// A simulated business with a bot, people and a desk, from raw bytes to service figures, against what the simulator
/// knows: late, doubled and shuffled deliveries included.
@Suite struct ServiceTruthTests {
    @Test(.timeLimit(.minutes(10)), arguments: [4, 9] as [UInt64])
    func serviceFiguresEqualTheTruth(seed: UInt64) async throws {
        try await withDirectory { directory in
            let scenario = Scenario(
                seed: seed, days: 14, messagesPerDay: 260, hasDesk: true, appLine: BusinessLine.usual.last?.phoneNumber)
            let (deliveries, truth) = Simulator(scenario).history()
            let installation = try await Installation(
                directory: directory.appending(path: "data").path, zone: "Asia/Jakarta")
            try await installation.inbox.append(all: deliveries)
            let last = try await installation.inbox.lastSequence()
            try await Replayer.fill(
                installation.store, from: installation.inbox, to: last, home: installation.home, asOf: scenario.end)
            let check = Check(
                analyst: Analyst(store: installation.store, workspace: Workspace(), now: { scenario.end }),
                truth: truth, scenario: scenario)
            try await check.waits()
            try await check.percentiles()
            try await check.conversations()
            try await check.distinct()
            #expect(try await installation.store.auditCells() == [])
            let open = try await installation.store.openWaits(matching: [], limit: 10_000)
            let expected = truth.waits(asOf: scenario.end).filter { $0.ending == .open }
            #expect(
                Set(open.filter { $0.handedOffAt == nil }.map(\.startedAt)).isSubset(of: Set(expected.map(\.startedAt)))
            )
            #expect(open.count >= expected.count)
            await installation.close()
        }
    }

    private struct Check {
        let analyst: Analyst
        let truth: Truth
        let scenario: Scenario

        private var range: QueryRange {
            .instants(from: scenario.start.adding(seconds: -86_400), to: scenario.end.adding(seconds: 86_400))
        }

        private func told(_ metrics: [String], by dimension: Dimension) async throws -> [String?: [Int64]] {
            let answer = try await analyst.ask(
                Query(metrics: metrics, dimensions: [dimension], range: range, limit: 5_000))
            #expect(!answer.meta.isFromFacts)
            var told: [String?: [Int64]] = [:]
            for row in answer.rows { told[row[0].text] = row[1...].map { Int64($0.number ?? -1) } }
            return told
        }

        func waits() async throws {
            let parts: [(Dimension, (TrueWait) -> String?)] = [
                (.responder, { $0.responder.rawValue }), (.agent, { $0.agent }), (.team, { $0.team }),
                (.desk, { $0.desk }), (.entry, { $0.entry.rawValue }), (.template, { $0.template }),
                (.campaign, { $0.campaign }), (.country, { $0.country }), (.phoneNumber, { $0.phoneNumber.value }),
                (.priority, { $0.priority }),
            ]
            for (dimension, value) in parts {
                let totals = truth.waitTotals(asOf: scenario.end, by: value)
                let expected = totals.mapValues { sum in
                    [sum.waits, sum.answered, sum.open, sum.abandoned].map(Int64.init)
                }
                #expect(
                    try await told(
                        ["waits", "waits_answered", "waits_open", "waits_abandoned"], by: dimension) == expected,
                    "\(dimension.rawValue)")
            }
            let totals = TrueWaitTotals(truth.waits(asOf: scenario.end))
            let answer = try await analyst.ask(
                Query(metrics: ["repeat_rate", "extra_messages_per_wait", "response_time_mean"], range: range))
            let mean = totals.sortedResponseTimes().map(Double.init).reduce(0, +) / Double(totals.answered) / 1e6
            #expect(answer.cell(0, "repeat_rate").number == Double(totals.repeated) / Double(totals.waits))
            #expect(
                answer.cell(0, "extra_messages_per_wait").number
                    == Double(totals.extraMessages) / Double(totals.waits))
            #expect(abs((answer.cell(0, "response_time_mean").number ?? -1) - mean) < 1e-6 * mean)
        }

        func percentiles() async throws {
            let totals = TrueWaitTotals(truth.waits(asOf: scenario.end))
            let names = ["response_time_p50", "response_time_p90", "response_time_p95", "response_time_p99"]
            for responder in [Responder.bot, .human] {
                let sorted = totals.sortedResponseTimes(responder)
                #expect(sorted.count > 100)
                let filter = Filter(dimension: .responder, op: .isIn, values: [responder.rawValue])
                let answer = try await analyst.ask(Query(metrics: names, filters: [filter], range: range))
                for (name, q) in zip(names, [0.5, 0.9, 0.95, 0.99]) {
                    let exact = Double(sorted[Int(q * Double(sorted.count - 1))]) / 1_000_000
                    let told = try #require(answer.cell(0, name).number)
                    #expect(abs(told - exact) <= max(0.0101 * exact, 0.5), "\(responder) \(name): \(told) \(exact)")
                }
            }
        }

        func conversations() async throws {
            let parts: [(Dimension, (TrueConversation) -> String?)] = [
                (.openedBy, { $0.openedBy.rawValue }), (.handledBy, { $0.handledBy.rawValue }),
                (.team, { $0.team }), (.template, { $0.template }), (.phoneNumber, { $0.phoneNumber.value }),
            ]
            for (dimension, value) in parts {
                let totals = truth.conversationTotals(asOf: scenario.end, by: value)
                let expected = totals.mapValues { sum in
                    [sum.conversations, sum.inbound, sum.outbound].map(Int64.init)
                }
                #expect(
                    try await told(["conversations", "messages_inbound", "messages_outbound"], by: dimension)
                        == expected, "\(dimension.rawValue)")
            }
            let all = truth.conversations(asOf: scenario.end)
            let totals = TrueConversationTotals(all)
            let answer = try await analyst.ask(
                Query(
                    metrics: [
                        "reopen_rate", "bot_containment_rate", "handoff_rate", "csat_mean", "csat_response_rate",
                    ], range: range))
            let expected = [
                (totals.reopened, totals.resolved), (totals.contained, totals.closed),
                (totals.handedOff, totals.withBot), (totals.rating, totals.rated), (totals.rated, totals.ratingAsked),
            ]
            for (cell, (part, whole)) in zip(answer.rows[0], expected) {
                #expect(cell.number == Double(part) / Double(whole), "\(part) of \(whole)")
            }
        }

        /// By local day: people and conversations with a message in it.
        func distinct() async throws {
            struct Day: Hashable { var number: Int64 }
            func day(_ instant: Instant) -> Day {
                Day(number: instant.adding(seconds: 7 * 3_600).seconds.flooredDivision(by: 86_400))
            }
            var people: [Day: Set<Int>] = [:]
            var active: [Day: Int64] = [:]
            for conversation in truth.conversations(asOf: scenario.end) {
                let days = Set((conversation.inbound + conversation.outbound).map(day))
                for day in days {
                    people[day, default: []].insert(conversation.person)
                    active[day, default: 0] += 1
                }
            }
            let answer = try await analyst.ask(
                Query(metrics: ["conversations_active"], range: range, grain: .day))
            for row in answer.rows {
                let at = try #require(row[0].text.flatMap { RFC3339.parse($0) })
                #expect(Int64(row[1].number ?? -1) == active[day(at)] ?? 0)
            }
        }
    }
}

import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Hummingbird
import Logging
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Web

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure this machine: ingest and queries. Use a release build.",
        subcommands: [
            Fill.self, Ingest.self, Ask.self, FillService.self, Service.self, FillOutcomes.self, Outcomes.self,
            RedirectLoad.self, PageLoads.self, Findings.self,
        ])

    /// Facts are made once and used by many runs.
    struct Fill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fill", abstract: "Fill a directory with stored messages to measure against.")
        @Option(help: "Directory of the data; keep it for later runs.") var dir: String
        @Option(help: "Messages stored.") var messages = 1_000_000
        @Option(help: "Days over which they are spread, ending today.") var days = 90

        func run() async throws {
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            try await BenchData.fill(installation, messages: messages, days: days)
            await installation.close()
        }
    }

    struct Ingest: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ingest",
            abstract: "Signed status webhooks over loopback HTTP, durable, with the load on the same cores.")
        @Option(help: "Directory made by `bench fill`; a fresh temporary one unless given.") var dir: String?
        @Option(help: "Seconds of load.") var seconds = 20
        @Option(help: "Connections, each with one request on its way.") var connections = 96
        @Option(help: "Requests a second in all; 0 is as fast as answers come.") var rate = 0
        @Flag(help: "Only acknowledge: no projection.") var ackOnly = false

        func run() async throws {
            guard (1...600).contains(seconds), (1...1_024).contains(connections), (0...200_000).contains(rate) else {
                throw ValidationError("--seconds is 1 to 600, --connections 1 to 1024, --rate 0 to 200000.")
            }
            try await IngestBench(
                directory: dir, seconds: seconds, connections: connections, rate: rate, ackOnly: ackOnly
            ).run()
        }
    }

    struct Ask: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "query", abstract: "The questions of the first page over what `bench fill` made.")
        @Option(help: "Directory made by `bench fill`.") var dir: String
        @Option(help: "Times that each question is asked.") var repeats = 9

        func run() async throws {
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            let analyst = Analyst(store: installation.store, workspace: Workspace(), now: Clock.now)
            let status = try await installation.store.projectionStatus()
            print("\(status.messages) messages")
            try await BenchData.ask(BenchData.questions, analyst, repeats: max(1, repeats))
            print("memory \(ProcessFigures.residentBytes().map { $0 / 1_000_000 } ?? 0) MB")
            await installation.close()
        }
    }
}

/// Data and questions to measure with.
enum BenchData {
    static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let duration = ContinuousClock.now - start
        return Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) / 1e15
    }

    static func round(_ value: Double) -> String {
        value.formatted(.number.precision(.fractionLength(1)).grouping(.never))
    }

    /// Median and worst of several runs.
    static func timed(_ repeats: Int, _ body: () async throws -> Void) async rethrows -> String {
        var times: [Double] = []
        for _ in 0..<repeats {
            let start = ContinuousClock.now
            try await body()
            times.append(milliseconds(since: start))
        }
        let median = times.sorted()[times.count / 2]
        return "median \(round(median)) ms, worst \(round(times.max() ?? 0)) ms"
    }

    /// Asks each question several times, and prints how long that took and what answered.
    static func ask(_ questions: [(String, Query)], _ analyst: Analyst, repeats: Int) async throws {
        for (name, query) in questions {
            var plan = ""
            let times = try await timed(repeats) {
                let answer = try await analyst.ask(query)
                plan = "\(answer.rows.count) rows, \(answer.meta.isFromFacts ? "facts" : "cells")"
            }
            print("\(name): \(times) (\(plan))")
        }
    }

    static let questions: [(String, Query)] = {
        var byDay = Query(metrics: ["messages", "delivery_rate", "read_rate", "failure_rate"])
        byDay.range = .preset(.last90Days)
        byDay.grain = .day
        var byTemplate = byDay
        byTemplate.grain = .total
        byTemplate.dimensions = [.template]
        var both = byDay
        both.dimensions = [.template]
        both.limit = 10_000
        var percentiles = byTemplate
        percentiles.metrics = ["time_to_deliver_p50", "time_to_deliver_p99", "time_to_read_p90"]
        var byHour = byDay
        byHour.grain = .hour
        byHour.limit = 10_000
        var byError = byTemplate
        byError.dimensions = [.errorCode]
        byError.metrics = ["messages_failed"]
        return [
            ("90 days by day", byDay), ("90 days by template", byTemplate), ("90 days by day and template", both),
            ("90 days, percentiles by template", percentiles), ("90 days by hour", byHour),
            ("90 days by error code", byError),
        ]
    }()

    /// Stores messages with their final statuses directly, many times faster than by HTTP: what matters to a later
    /// measurement is how much is stored.
    static func fill(_ installation: Installation, messages: Int, days: Int) async throws {
        let store = installation.store
        let bar = ProgressBar("storing messages", unit: "messages", total: Int64(messages))
        let end = Clock.now().seconds
        let start = end - Int64(days) * 86_400
        var cursor = try await store.cursor()
        let first = Int(try await store.projectionStatus().messages)
        var items: [ProjectionBatch.Item] = []
        for number in first..<max(first, messages) {
            let at = start + Int64(number) * Int64(days) * 86_400 / Int64(max(1, messages))
            items += events(number, at: at).map {
                ProjectionBatch.Item(event: $0, receivedAt: Instant(seconds: at), source: .metaWebhook)
            }
            guard items.count >= 30_000 || number == messages - 1 else { continue }
            cursor += 1
            let now = Instant(seconds: end)
            try await store.apply(.init(items: items, cursor: cursor, receivedAt: now, asOf: now))
            items.removeAll(keepingCapacity: true)
            bar.update(to: Int64(number + 1))
        }
        bar.finish()
        let begun = ContinuousClock.now
        while try await store.recountStale() {}
        print("judged after \(round(milliseconds(since: begun) / 1_000)) s more")
        try await store.checkpoint()
    }

    private static func events(_ number: Int, at: Int64) -> [Event] {
        var chance = Chance(seed: 17, stream: UInt64(number))
        let template = chance.below(20)
        let person = chance.below(2_000_000)
        let isMarketing = template < 8
        var status = MessageStatus(
            message: MessageID(
                "wamid.HBgN\(String(chance.next(), radix: 36))\(String(chance.next(), radix: 36))AEhgU\(number)"),
            line: BusinessLine.usual.first.map {
                Line(account: $0.account, phoneNumber: $0.phoneNumber, displayPhoneNumber: $0.display)
            } ?? Line(),
            recipient: Party(phone: "628\(1_000_000_000 + person)", userID: "ID.\(String(person &* 7_919, radix: 36))"),
            status: .sent, at: Instant(seconds: at),
            pricing: Pricing(model: "PMP", type: "regular", category: isMarketing ? "marketing" : "utility"),
            tags: SendTags(
                template: "load_\(template)", useCase: isMarketing ? "broadcast" : "notification",
                campaign: isMarketing ? "load-\(template % 5)" : nil, variant: chance.happens(0.5) ? "A" : "B",
                senderKind: .system))
        if chance.happens(0.06) {
            status.status = .failed
            status.errors = [ErrorNote(code: chance.happens(0.6) ? 131_026 : 131_049)]
            status.pricing = nil
            return [.status(status)]
        }
        // The last status says that it was delivered too; the send time comes from `sent`.
        var last = status
        last.status = chance.happens(0.6) ? .read : .delivered
        last.at = Instant(seconds: at + 2 + Int64(chance.below(600)))
        last.tags = nil
        return [.status(status), .status(last)]
    }
}

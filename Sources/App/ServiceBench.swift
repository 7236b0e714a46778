import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Simulator
import Storage
import StoreSQLite
import Web

extension BenchCommand {
    /// Waits are made once and asked about by many runs.
    struct FillService: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fill-service",
            abstract: "Fill a directory with conversations to measure service figures over.")
        @Option(help: "Directory of the data; keep it for later runs.") var dir: String
        @Option(help: "Waits stored.") var waits = 1_000_000
        @Option(help: "Days over which they are spread, ending today.") var days = 90

        func run() async throws {
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            try await ServiceBench.fill(installation, waits: waits, days: days)
            await installation.close()
        }
    }

    struct Service: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "service",
            abstract: "Service figures over what `bench fill-service` made, and a late event in a long thread.")
        @Option(help: "Directory made by `bench fill-service`.") var dir: String
        @Option(help: "Times that each question is asked.") var repeats = 9

        func run() async throws {
            let installation = try await Installation(directory: dir, zone: "Asia/Jakarta")
            try await ServiceBench.ask(installation, repeats: max(1, repeats))
            try await ServiceBench.late(installation, repeats: max(1, repeats))
            print("memory \(ProcessFigures.residentBytes().map { $0 / 1_000_000 } ?? 0) MB")
            await installation.close()
        }
    }
}

/// Conversations and questions to measure with.
enum ServiceBench {
    // MARK: Questions

    private static let overview = [
        "waits", "waits_answered", "waits_open", "response_time_mean", "response_time_p50", "response_time_p90",
        "response_time_p99", "first_response_time_p50", "repeat_rate", "sla_attainment", "unanswered_rate",
        "conversations", "resolution_rate", "bot_containment_rate",
    ]

    private static var questions: [(String, Query)] {
        var total = Query(metrics: overview)
        total.range = .preset(.last90Days)
        var byResponder = total
        byResponder.metrics = Array(overview.prefix(11))
        byResponder.dimensions = [.responder]
        var byDay = Query(metrics: ["waits", "response_time_p50", "response_time_p90", "sla_attainment"])
        byDay.range = .preset(.last90Days)
        byDay.grain = .day
        var byAgent = byDay
        byAgent.grain = .total
        byAgent.dimensions = [.agent]
        var heat = Query(metrics: ["waits", "response_time_p50"], dimensions: [.weekday, .hourOfDay])
        heat.range = .preset(.last90Days)
        return [
            ("90 days, service overview", total), ("90 days by responder", byResponder), ("90 days by day", byDay),
            ("90 days by agent", byAgent), ("90 days, weekday by hour", heat),
        ]
    }

    static func ask(_ installation: Installation, repeats: Int) async throws {
        let analyst = Analyst(store: installation.store, workspace: Workspace(), now: Clock.now)
        var count = Query(metrics: ["waits"])
        count.range = .preset(.last90Days)
        if case .int(let waits) = try await analyst.ask(count).totals[0] { print("\(waits) waits in 90 days") }
        try await BenchData.ask(questions, analyst, repeats: repeats)
        let open = try await BenchData.timed(repeats) {
            _ = try await installation.store.openWaits(matching: [], limit: 100)
        }
        print("open waits: \(open)")
        let effect = try await BenchData.timed(repeats) {
            _ = try await analyst.repeatEffect(range: .preset(.last90Days))
        }
        print("repeat effect over 90 days: \(effect)")
    }

    // MARK: A late event

    /// Two years, 10,000 messages: what one more costs, at the end, a year and two years late. In conversations of two
    /// dozen messages, and as one conversation that never paused for a day. A new person each time.
    static func late(_ installation: Installation, repeats: Int) async throws {
        for (name, phone, times) in [
            (
                "365 conversations", "6281",
                { (number: Int64) in (number / 14) * 172_800 + (number % 14) * 600 }
            ),
            ("one conversation", "6282", { (number: Int64) in number * 730 * 86_400 / 5_000 }),
        ] {
            try await late(installation, name, Party(phone: phone + "\(Clock.now().seconds)"), times, repeats: repeats)
        }
    }

    private static func late(
        _ installation: Installation, _ name: String, _ person: Party, _ seconds: (Int64) -> Int64, repeats: Int
    ) async throws {
        let store = installation.store
        let now = Clock.now()
        let start = now.seconds - 730 * 86_400
        var items: [ProjectionBatch.Item] = []
        for number in Int64(0)..<5_000 {
            let at = start + seconds(number)
            let id = "\(name)-\(now.seconds)-\(number)"
            items.append(item(.inbound(inbound(id, from: person, at: at))))
            items.append(item(.send(reply(id, to: person, at: at + 240, isBot: number % 3 == 0))))
        }
        var cursor = try await store.cursor() + 1
        try await store.apply(.init(items: items, cursor: cursor, receivedAt: now, asOf: now))
        for (when, back) in [("now", Int64(0)), ("a year late", 365), ("two years late", 729)] {
            var number = 0
            let times = try await BenchData.timed(repeats) {
                number += 1
                cursor += 1
                let at = now.seconds - back * 86_400 - 7_200 + Int64(number) * 60
                let id = "\(name)-late-\(back)-\(number)-\(now.microseconds)"
                try await store.apply(
                    .init(
                        items: [item(.inbound(inbound(id, from: person, at: at)))], cursor: cursor, receivedAt: now,
                        asOf: now))
            }
            print("one more message, 10,000 in \(name), \(when): \(times), committed")
        }
    }

    // MARK: Data

    private static func item(_ event: Event) -> ProjectionBatch.Item {
        .init(event: event, receivedAt: Clock.now(), source: .metaWebhook)
    }

    private static let line = Line(account: "bench", phoneNumber: "1065000000000001")

    private static func inbound(_ id: String, from person: Party, at: Int64) -> InboundMessage {
        InboundMessage(
            message: MessageID("wamid.in.\(id)"), line: line, sender: person, at: Instant(seconds: at), kind: .content,
            type: "text")
    }

    private static func reply(_ id: String, to person: Party, at: Int64, isBot: Bool, agent: Int = 0) -> SendRecord {
        SendRecord(
            message: MessageID("wamid.out.\(id)"), line: line, recipient: person, sentAt: Instant(seconds: at),
            messageType: "text",
            tags: SendTags(
                useCase: "customer_service", senderKind: isBot ? .bot : .human,
                agent: isBot ? "bot" : "agent-\(agent)", team: isBot ? nil : "team-\(agent % 4)"))
    }

    static func fill(_ installation: Installation, waits: Int, days: Int) async throws {
        let store = installation.store
        let bar = ProgressBar("storing waits", unit: "waits", total: Int64(waits))
        let end = Clock.now().seconds
        let start = end - Int64(days) * 86_400
        var cursor = try await store.cursor()
        var items: [ProjectionBatch.Item] = []
        for number in 0..<waits {
            let at = start + Int64(number) * Int64(days) * 86_400 / Int64(max(1, waits))
            var chance = Chance(seed: 23, stream: UInt64(number))
            let person = Party(phone: "628\(2_000_000_000 + chance.below(1_000_000))")
            items.append(item(.inbound(inbound("\(number)", from: person, at: at))))
            let isBot = chance.happens(0.6)
            let wait =
                isBot ? 2 + Int64(chance.below(8)) : Int64(min(chance.logNormal(median: 260, sigma: 1.1), 40_000))
            if !isBot, chance.happens(0.25) {
                items.append(item(.inbound(inbound("\(number)b", from: person, at: at + wait / 2))))
            }
            if chance.happens(0.96) {
                items.append(
                    item(
                        .send(
                            reply(
                                "\(number)", to: person, at: at + max(1, wait), isBot: isBot, agent: chance.below(60))))
                )
            }
            guard items.count >= 30_000 || number == waits - 1 else { continue }
            cursor += 1
            let now = Instant(seconds: end)
            try await store.apply(.init(items: items, cursor: cursor, receivedAt: now, asOf: Instant(seconds: at)))
            items.removeAll(keepingCapacity: true)
            bar.update(to: Int64(number + 1))
        }
        bar.finish()
        try await store.checkpoint()
    }
}

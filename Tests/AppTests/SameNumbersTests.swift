import App
import Catalogue
import Domain
import Foundation
import Simulator
import Storage
import StoreSQLite
import TestSupport
import Testing
import Web

/// One question has one answer, wherever and whenever it is asked.
@Suite struct SameNumbersTests {
    private static let metrics = [
        "messages_attempted", "messages", "messages_delivered", "messages_read", "messages_failed", "delivery_rate",
        "read_rate", "time_to_deliver_p50", "time_to_deliver_p90",
    ]

    private static let serviceMetrics = [
        "waits", "waits_answered", "waits_open", "waits_abandoned", "response_time_mean", "response_time_p50",
        "response_time_p99", "response_time_max", "response_time_last_p50", "first_response_time_p90",
        "handoff_response_time_p50", "response_time_business_p50", "response_outliers", "response_time_km_p50",
        "repeat_rate", "extra_messages_per_wait", "sla_attainment", "unanswered_rate",
    ]
    private static let conversationMetrics = [
        "conversations", "conversations_active", "contacts_active", "contacts_new", "messages_inbound",
        "messages_outbound", "resolution_rate", "resolution_time_p50", "reopen_rate", "bot_containment_rate",
        "handoff_rate", "csat_mean", "csat_response_rate",
    ]

    /// Field case 13: the API's JSON, its CSV, the command line's JSON and its CSV.
    @Test(.timeLimit(.minutes(10))) func everySurfaceTellsTheSame() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (_, scenario) = try await fill(data)
            let (program, server) = try await Program.serve(data)
            let key = try await key(data, role: "analyst")
            let from = RFC3339.format(scenario.start, offsetSeconds: 7 * 3_600).prefix(10)
            let to = RFC3339.format(scenario.start.adding(seconds: 3 * 86_400), offsetSeconds: 7 * 3_600).prefix(10)
            let questions: [(metrics: [String], dimensions: [String], grain: String)] = [
                (Self.metrics, ["template"], "day"), (Self.metrics, ["country", "error_code"], "total"),
                (Self.metrics, [], "hour"), (Self.serviceMetrics, ["responder"], "day"),
                (Self.serviceMetrics, ["agent"], "total"), (Self.serviceMetrics, ["weekday", "shift"], "total"),
                (Self.conversationMetrics, ["phone_number"], "day"),
                // Numbers of three facts that share what they are split by.
                (["messages", "waits", "conversations"], ["phone_number", "team"], "total"),
            ]
            for (metrics, dimensions, grain) in questions {
                let question = Self.question(
                    from: String(from), to: String(to), dimensions: dimensions, grain: grain, metrics: metrics)
                let json = try await ask(server, question, key)
                let csv = try await ask(server, question, key, accept: "text/csv")
                let flags =
                    [
                        "query", "--data-dir", data.path, "--metrics", metrics.joined(separator: ","), "--from",
                        String(from), "--to", String(to), "--grain", grain, "--limit", "10000",
                    ] + (dimensions.isEmpty ? [] : ["--by", dimensions.joined(separator: ",")])
                let lineJSON = try await Program.run(flags + ["-o", "json"], in: directory)
                let lineCSV = try await Program.run(flags + ["-o", "csv"], in: directory)
                #expect(lineJSON.exit == .code(0), "\(lineJSON.errors)")
                let rows = try Rows(json: json.body)
                #expect(rows.count > 0)
                #expect(try Rows(json: Array(lineJSON.output.utf8)) == rows)
                #expect(lineCSV.output == csv.text)
                #expect(Rows(csv: csv.text) == rows)
            }
            withExtendedLifetime(program) {}
        }
    }

    /// Field case 20: a day that arrives again, and a replay of everything, leave every number as it was.
    @Test(.timeLimit(.minutes(10))) func aDayThatIsReplayedChangesNothing() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (deliveries, scenario) = try await fill(data)
            let day = deliveries.filter {
                $0.receivedAt >= scenario.start.adding(seconds: 86_400)
                    && $0.receivedAt < scenario.start.adding(seconds: 2 * 86_400)
            }
            #expect(day.count > 100)
            let flags = [
                "query", "--data-dir", data.path, "--metrics", Self.metrics.joined(separator: ","), "--by",
                "template,campaign", "--grain", "hour", "--from", "2026-01-01", "--to", "2027-01-01", "--limit",
                "10000", "-o", "csv",
            ]
            let before = try await Program.run(flags, in: directory)
            #expect(before.exit == .code(0), "\(before.errors)")
            let facts = try await digests(data)

            let (program, server) = try await Program.serve(data)
            let ingest = try await key(data, role: "ingest")
            for delivery in day {
                let answer =
                    switch delivery.source {
                    case .metaWebhook: try await server.deliver(delivery.body)
                    default:
                        try await server.call(
                            "POST", "/api/v1/\(delivery.source.name)", body: delivery.body,
                            headers: [("Authorization", "Bearer \(ingest)")])
                    }
                #expect(answer.status == 200, "\(answer.text)")
            }
            try await server.counted(atLeast: Int64(deliveries.count + day.count))
            program.send(SIGTERM)
            #expect(try await program.waitForEnd() == .code(0))
            #expect(try await digests(data) == facts)
            #expect(try await Program.run(flags, in: directory).output == before.output)

            let replay = try await Program.run(["replay", "--data-dir", data.path], in: directory)
            #expect(replay.exit == .code(0), "\(replay.errors)")
            #expect(try await digests(data) == facts)
            #expect(try await Program.run(flags, in: directory).output == before.output)
        }
    }

    /// Field case 14: a day ends where the next begins, in the zone that is asked for.
    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            // Zone, and for the local date 2026-11-01 its first and last second in UTC.
            ("Asia/Jakarta", "2026-10-31T17:00:00Z", "2026-11-01T16:59:59Z"),
            ("Asia/Kolkata", "2026-10-31T18:30:00Z", "2026-11-01T18:29:59Z"),
            ("Asia/Kathmandu", "2026-10-31T18:15:00Z", "2026-11-01T18:14:59Z"),
            // Clocks go back on that day: it has 25 hours. Bogotá has the same offset as New York after it, and 24
            // hours.
            ("America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z"),
            ("America/Bogota", "2026-11-01T05:00:00Z", "2026-11-02T04:59:59Z"),
            ("Pacific/Kiritimati", "2026-10-31T10:00:00Z", "2026-11-01T09:59:59Z"),
        ])
    func aDayHoldsItsFirstAndLastSecond(zone: String, first: String, last: String) async throws {
        let start = try #require(RFC3339.parse(first))
        let end = try #require(RFC3339.parse(last))
        // Two before, three inside at the edges and in the middle, two after: only the three count.
        let times =
            [-900, -1, 0].map { start.adding(seconds: $0) } + [start.adding(seconds: 40_000), end]
            + [1, 900].map { end.adding(seconds: $0) }
        try await withDirectory { directory in
            try await InProcess.with(directory.appending(path: "data")) { server async throws in
                for (number, time) in times.enumerated() {
                    let body = Webhook.status("wamid.\(number)", "delivered", at: time.seconds)
                    #expect(try await server.caller.deliver(body).status == 200)
                }
                try await server.caller.counted(atLeast: Int64(times.count))
                let key = try await server.key(.analyst)
                for grain in ["total", "day", "hour", "quarter_hour"] {
                    let question = Self.question(
                        from: "2026-11-01", to: "2026-11-02", dimensions: [], grain: grain, metrics: ["messages"],
                        zone: zone)
                    let answer = try await server.caller.call(
                        "POST", "/api/v1/query", body: question, headers: [("Authorization", "Bearer \(key)")])
                    #expect(answer.status == 200, "\(answer.text)")
                    #expect(try Rows(json: answer.body).sum(of: "messages") == 3, "\(zone) \(grain)")
                }
                // The days around it hold the others.
                let question = Self.question(
                    from: "2026-10-31", to: "2026-11-03", dimensions: [], grain: "day", metrics: ["messages"],
                    zone: zone)
                let answer = try await server.caller.call(
                    "POST", "/api/v1/query", body: question, headers: [("Authorization", "Bearer \(key)")])
                #expect(try Rows(json: answer.body).column("messages") == ["2", "3", "2"], "\(answer.text)")
            }
        }
    }

    /// A command that is run with another zone than the server's asks by its own days and leaves the server's alone.
    @Test(.timeLimit(.minutes(10))) func aGuestWithAnotherZoneMovesNoMidnight() async throws {
        try await withDirectory { directory in
            let data = directory.appending(path: "data")
            let (program, server) = try await Program.serve(data)
            let midnight = try #require(RFC3339.parse("2026-11-01T00:00:00+07:00"))
            for (number, offset) in [Int64(-1), 0, 3_600, 86_399, 86_400].enumerated() {
                let body = Webhook.status("wamid.\(number)", "sent", at: midnight.adding(seconds: offset).seconds)
                #expect(try await server.deliver(body).status == 200)
            }
            try await server.counted(atLeast: 5)
            let flags = [
                "query", "--data-dir", data.path, "--metrics", "messages", "--from", "2026-11-01", "--to", "2026-11-02",
                "-o", "csv",
            ]
            // Tokyo's day is two hours ahead of Jakarta's: 31 October 22:00 to 1 November 22:00 there.
            for (zone, count) in [("Asia/Jakarta", "3"), ("Asia/Tokyo", "3"), ("Asia/Jakarta", "3")] {
                let run = try await Program.run(
                    flags + ["--timezone", zone], in: directory, environment: ["PANTAU_TIMEZONE": zone])
                #expect(run.exit == .code(0), "\(run.errors)")
                #expect(
                    run.output.split(whereSeparator: \.isNewline).last == Substring(count), "\(zone)\n\(run.output)")
            }
            #expect(try await server.deliver(Webhook.status("wamid.9", "sent", at: midnight.seconds)).status == 200)
            try await server.counted(atLeast: 6)
            let verify = try await Program.run(
                ["verify", "--data-dir", data.path], in: directory, environment: ["PANTAU_TIMEZONE": "Asia/Tokyo"])
            #expect(verify.exit == .code(0), "\(verify.output)")
            withExtendedLifetime(program) {}
        }
    }

    /// An event that is processed late lands at its own time, not at the time of its processing.
    @Test(.timeLimit(.minutes(10))) func lateEventsLandAtTheirOwnTime() async throws {
        try await withDirectory { directory in
            try await InProcess.with(directory.appending(path: "data")) { server async throws in
                let time = try #require(RFC3339.parse("2026-11-01T03:00:00+07:00"))
                #expect(
                    try await server.caller.deliver(Webhook.status("wamid.1", "read", at: time.seconds)).status == 200)
                try await server.caller.counted(atLeast: 1)
                let key = try await server.key(.analyst)
                for (from, to, count) in [("2026-11-01", "2026-11-02", 1.0), ("2026-11-02", "2026-12-31", 0)] {
                    let question = Self.question(
                        from: from, to: to, dimensions: [], grain: "total", metrics: ["messages"])
                    let answer = try await server.caller.call(
                        "POST", "/api/v1/query", body: question, headers: [("Authorization", "Bearer \(key)")])
                    #expect(try Rows(json: answer.body).sum(of: "messages") == count, "\(answer.text)")
                }
            }
        }
    }

    // MARK: Parts

    /// Four simulated days, received and counted as of their end.
    private func fill(
        _ data: URL, start: Instant = Scenario.usualStart
    ) async throws -> (deliveries: [SimulatedDelivery], scenario: Scenario) {
        let scenario = Scenario(
            seed: 13, start: start, days: 4, messagesPerDay: 150, hasDesk: true,
            appLine: BusinessLine.usual.last?.phoneNumber)
        let deliveries = Simulator(scenario).history().deliveries
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for delivery in deliveries {
                group.addTask {
                    try await installation.inbox.append(
                        delivery.body, source: delivery.source, receivedAt: delivery.receivedAt)
                }
            }
            try await group.waitForAll()
        }
        await installation.close()
        let replay = try await Program.run(["replay", "--data-dir", data.path], in: data.deletingLastPathComponent())
        #expect(replay.exit == .code(0), "\(replay.errors)")
        return (deliveries, scenario)
    }

    private func digests(_ data: URL) async throws -> [Fact: [Int64: UInt64]] {
        let installation = try await Installation(directory: data.path, zone: "Asia/Jakarta", as: .guest)
        var digests: [Fact: [Int64: UInt64]] = [:]
        for fact in Fact.allCases { digests[fact] = try await installation.store.factDigests(fact) }
        await installation.close()
        return digests
    }

    private func key(_ data: URL, role: String) async throws -> String {
        let run = try await Program.run(
            ["key", "create", "--role", role, "--data-dir", data.path], in: data.deletingLastPathComponent())
        #expect(run.exit == .code(0), "\(run.errors)")
        return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func ask(
        _ server: Caller, _ question: [UInt8], _ key: String, accept: String = "application/json"
    ) async throws -> Caller.Answer {
        let answer = try await server.call(
            "POST", "/api/v1/query", body: question,
            headers: [("Authorization", "Bearer \(key)"), ("Accept", accept), ("Content-Type", "application/json")])
        #expect(answer.status == 200, "\(answer.text)")
        return answer
    }

    private static func question(
        from: String, to: String, dimensions: [String], grain: String, metrics: [String] = metrics,
        zone: String = "Asia/Jakarta"
    ) -> [UInt8] {
        func list(_ words: [String]) -> String { "[" + words.map { "\"\($0)\"" }.joined(separator: ",") + "]" }
        return Array(
            (#"{"metrics":\#(list(metrics)),"dimensions":\#(list(dimensions)),"range":{"from":"\#(from)","to":"\#(to)"},"#
                + #""grain":"\#(grain)","timezone":"\#(zone)","limit":10000}"#).utf8)
    }
}

/// The rows of an answer as words, so that JSON and CSV can be compared.
private struct Rows: Equatable {
    private var header: [String]
    private var rows: [[String]]
    var count: Int { rows.count }

    /// Read with another reader of JSON than the one under test.
    init(json: [UInt8]) throws {
        struct Answer: Decodable {
            struct Column: Decodable { var name: String }
            enum Cell: Decodable {
                case text(String), number(Double), null
                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if container.decodeNil() {
                        self = .null
                    } else if let number = try? container.decode(Double.self) {
                        self = .number(number)
                    } else {
                        self = .text(try container.decode(String.self))
                    }
                }
                var word: String {
                    switch self {
                    case .text(let text): Rows.word(text)
                    case .number(let number): "\(number)"
                    case .null: ""
                    }
                }
            }
            var columns: [Column]
            var rows: [[Cell]]
        }
        let answer = try JSONDecoder().decode(Answer.self, from: Data(json))
        header = answer.columns.map(\.name)
        rows = answer.rows.map { $0.map(\.word) }
    }

    /// Good for answers without quotes in them.
    init(csv: String) {
        let lines = csv.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        header = lines.first ?? []
        rows = lines.dropFirst().map { $0.map(Self.word) }
    }

    /// A number as Swift writes it, whoever wrote it: a file of CSV does not tell numbers from words.
    private static func word(_ text: String) -> String { Double(text).map { "\($0)" } ?? text }

    func column(_ name: String) -> [String] {
        guard let index = header.firstIndex(of: name) else { return [] }
        return rows.map { row in Double(row[index]).map { String(Int($0)) } ?? row[index] }
    }

    func sum(of name: String) -> Double { column(name).compactMap { Double($0) }.reduce(0, +) }
}

extension InProcess {
    func key(_ role: APIKey.Role) async throws -> String {
        let secret = APIKeySecret.generate(role: role.rawValue)
        _ = try await installation.keys.insertKey(
            name: "test", role: role, digest: APIKeySecret.digest(of: secret), createdAt: Clock.now())
        return secret
    }
}

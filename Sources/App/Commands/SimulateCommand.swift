import ArgumentParser
import Domain
import Foundation
import Simulator
import WhatsApp

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Write a simulated business to files, with the truth about it.",
        discussion: """
            Writes webhooks.ndjson (one body a line, for `pantau import --format meta-webhooks`), sends.ndjson (for \
            `--format sends`), desk-events.ndjson (for `--format desk-events`), outcomes.ndjson (for `--format \
            outcomes`), midtrans.ndjson, calcom.ndjson, links.ndjson and clicks.ndjson (as they came), signatures.tsv (receipt time and \
            X-Hub-Signature-256 of each webhook line), truth.csv (what really happened, by local day and template) \
            and truth-waits.csv (who really waited how long, by local day and responder).
            """)

    /// What beside Meta, the send log and the desk tells something of the business, and the name of its file.
    private static let others: [DeliverySource: String] = [
        .outcomes: "outcomes", .midtrans: "midtrans", .calcom: "calcom", .links: "links", .clicks: "clicks",
    ]

    @Option(help: "Directory for the files.") var out: String
    @Option(help: "Days.") var days = 60
    @Option(help: "Messages a day, about.") var messages = 1_500
    @Option(help: "Another seed is another business.") var seed: UInt64 = 11
    @Option(help: "First day, YYYY-MM-DD (WIB).") var start = "2026-09-24"
    @Option(help: "App secret that signs.") var secret = "demo-secret"

    func run() async throws {
        guard let first = RFC3339.parse("\(start)T00:00:00+07:00") else {
            throw ValidationError("--start is a date such as 2026-09-24.")
        }
        guard (1...730).contains(days), (1...200_000).contains(messages) else {
            throw ValidationError("--days is 1 to 730, --messages 1 to 200000.")
        }
        let directory = URL(fileURLWithPath: out, isDirectory: true)
        try Installation.prepare(directory)
        let scenario = Scenario(
            seed: seed, start: first, days: days, messagesPerDay: messages, hasDesk: true,
            appLine: BusinessLine.usual.last?.phoneNumber, outcomes: .usual)
        var run = Simulator(scenario).run()
        run.until = scenario.end
        let webhooks = try LineWriter(directory.appending(path: "webhooks.ndjson"))
        let sends = try LineWriter(directory.appending(path: "sends.ndjson"))
        let desk = try LineWriter(directory.appending(path: "desk-events.ndjson"))
        let others = try Self.others.mapValues { try LineWriter(directory.appending(path: "\($0).ndjson")) }
        let signatures = try LineWriter(directory.appending(path: "signatures.tsv"))
        let bar = ProgressBar("simulating \(days) days", unit: "deliveries", total: nil)
        var count: Int64 = 0
        while let delivery = run.next() {
            switch delivery.source {
            case .metaWebhook:
                try webhooks.write(delivery.body)
                let signature = Signature.sign(body: delivery.body, secret: secret)
                try signatures.write(Array("\(RFC3339.format(delivery.receivedAt))\t\(signature)".utf8))
            case .sendLog:
                try sends.write(delivery.body)
            case .deskEvents:
                try desk.write(delivery.body)
            case let source:
                guard let file = others[source] else { continue }
                try file.write(delivery.body)
            }
            count += 1
            bar.update(to: count)
        }
        for writer in [webhooks, sends, desk, signatures] + others.values { try writer.close() }
        bar.finish()
        try Data(TruthTable.csv(run.truth, scenario).utf8).write(to: directory.appending(path: "truth.csv"))
        try Data(TruthTable.waits(run.truth, scenario).utf8).write(to: directory.appending(path: "truth-waits.csv"))
    }
}

/// Writes lines in large pieces.
final class LineWriter {
    private let handle: FileHandle
    private var buffer = Data()

    init(_ url: URL) throws {
        guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
            throw Failure(
                .misconfigured, id: "Berkas \(url.lastPathComponent) tidak dapat ditulis.",
                en: "The file \(url.lastPathComponent) cannot be written.")
        }
        handle = try FileHandle(forWritingTo: url)
    }

    func write(_ line: [UInt8]) throws {
        buffer.append(contentsOf: line)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 1 << 20 { try flush() }
    }

    func close() throws {
        try flush()
        try handle.close()
    }

    private func flush() throws {
        try handle.write(contentsOf: buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}

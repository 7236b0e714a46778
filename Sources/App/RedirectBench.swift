import ArgumentParser
import Connectors
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Simulator
import StoreSQLite
import Web

extension BenchCommand {
    struct RedirectLoad: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "redirect",
            abstract: "Openings of short links over loopback HTTP at a fixed rate, with the load on the same cores.")
        @Option(help: "Openings a second in all.") var rate = 2_000
        @Option(help: "Seconds of load.") var seconds = 20
        @Option(help: "Links to open, at random.") var links = 100_000
        @Option(help: "Connections over which they come.") var connections = 64
        @Option(help: "Signed webhooks a second beside them; 0 for none.") var ingest = 0

        func run() async throws {
            guard (1...600).contains(seconds), (1...1_024).contains(connections), (1...50_000).contains(rate),
                (1...1_000_000).contains(links), (0...20_000).contains(ingest)
            else {
                throw ValidationError(
                    "--seconds is 1 to 600, --connections 1 to 1024, --rate 1 to 50000, --links 1 to 1000000, "
                        + "--ingest 0 to 20000.")
            }
            try await RedirectBench(
                rate: rate, seconds: seconds, linkCount: links, connections: connections, ingest: ingest
            ).run()
        }
    }
}

/// An open loop: openings are due at fixed times, however long the answers take, and each is timed from when it was
/// due. A server that stalls shows it in every opening that was kept waiting, not in one.
struct RedirectBench {
    let rate: Int
    let seconds: Int
    let linkCount: Int
    let connections: Int
    let ingest: Int

    func run() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "pantau-bench-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let settings = try BenchServer.settings(directory: path)
        let installation = try await Installation(settings, as: .owner)
        let codes = try await fill(installation.links)
        var openings: [[Int64]] = []
        try await BenchServer(installation: installation, settings: settings).serve { port in
            openings = try await measure(port, codes)
        }
        try await report(openings, installation)
        await installation.close()
    }

    private func fill(_ links: SQLiteLinks) async throws -> [String] {
        var generator = SystemRandomNumberGenerator()
        let now = Clock.now()
        let made = (0..<linkCount).map { number in
            ShortLink(
                link: TrackedLink(
                    code: LinkCode.random(using: &generator), recipient: Party(phone: "628\(1_000_000_000 + number)"),
                    campaign: "bench", createdAt: now),
                target: "https://shop.example/promo?n=\(number % 100)")
        }
        let bar = ProgressBar("making links", unit: "links", total: Int64(linkCount))
        for start in stride(from: 0, to: made.count, by: 10_000) {
            try await links.insert(Array(made[start..<min(made.count, start + 10_000)]))
            bar.update(to: Int64(min(made.count, start + 10_000)))
        }
        bar.finish()
        return made.map(\.link.code)
    }

    /// Latencies of each connection, in microseconds; below zero for another answer than a redirect.
    private func measure(_ port: Int, _ codes: [String]) async throws -> [[Int64]] {
        let start = ContinuousClock.now.advanced(by: .milliseconds(200))
        let group = MultiThreadedEventLoopGroup.singleton
        return try await withThrowingTaskGroup(of: [Int64]?.self) { tasks in
            for number in 0..<connections {
                let schedule = Schedule(
                    start: start.advanced(by: .nanoseconds(number * 1_000_000_000 / rate)),
                    interval: .nanoseconds(connections * 1_000_000_000 / rate),
                    end: start.advanced(by: .seconds(seconds)))
                let done = group.next().makePromise(of: [Int64].self)
                _ = try await ClientBootstrap(group: group)
                    .channelOption(.socketOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(
                                Opener(codes: codes, schedule: schedule, done: done))
                        }
                    }
                    .connect(host: "127.0.0.1", port: port).get()
                tasks.addTask { try await done.futureResult.get() }
            }
            if ingest > 0 {
                let stream = StatusStream(seed: 7, people: 500_000, start: Clock.now())
                let load = WebhookLoad(
                    stream: stream, secret: BenchServer.secret, seconds: seconds, rate: ingest, connections: 16)
                tasks.addTask {
                    _ = try await load.run(port: port)
                    return nil
                }
            }
            return try await tasks.reduce(into: []) { all, one in if let one { all.append(one) } }
        }
    }

    private func report(_ openings: [[Int64]], _ installation: Installation) async throws {
        let all = openings.flatMap { $0 }
        let sorted = all.filter { $0 >= 0 }.sorted()
        func milliseconds(_ share: Double) -> String {
            guard !sorted.isEmpty else { return "–" }
            return BenchData.round(Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1_000)
        }
        print("redirects: \(sorted.count) of \(rate * seconds) due; other answers \(all.count - sorted.count)")
        print(
            "from due time: p50 \(milliseconds(0.5)) ms, p90 \(milliseconds(0.9)) ms, p99 \(milliseconds(0.99)) ms, "
                + "worst \(milliseconds(1)) ms")
        print("deliveries in the inbox: \(try await installation.inbox.lastSequence())")
        print("memory: \(ProcessFigures.residentBytes().map { $0 / 1_000_000 } ?? 0) MB (with the load generator)")
    }
}

/// When the openings of one connection are due.
private struct Schedule: Sendable {
    var start: ContinuousClock.Instant
    var interval: Duration
    var end: ContinuousClock.Instant
}

/// Opens links on one connection as they come due; those that come due before an answer wait for it, and are late.
private final class Opener: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let codes: [String]
    private let schedule: Schedule
    private let done: EventLoopPromise<[Int64]>
    private var due: ContinuousClock.Instant
    private var generator = SystemRandomNumberGenerator()
    private var answer: [UInt8] = []
    private var latencies: [Int64] = []

    init(codes: [String], schedule: Schedule, done: EventLoopPromise<[Int64]>) {
        self.codes = codes
        self.schedule = schedule
        self.done = done
        due = schedule.start
    }

    func channelActive(context: ChannelHandlerContext) { wait(context) }

    private func wait(_ context: ChannelHandlerContext) {
        guard due < schedule.end else {
            done.succeed(latencies)
            context.close(promise: nil)
            return
        }
        let pause = due - ContinuousClock.now
        guard pause > .zero else { return open(context) }
        let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(pause)) { loop.value.0.open(loop.value.1) }
    }

    private func open(_ context: ChannelHandlerContext) {
        let code = codes.randomElement(using: &generator) ?? ""
        let request =
            "GET /l/\(code) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: Mozilla/5.0 (Linux; Android 14; SM-A155F) "
            + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        // A redirect has no body, so that its head is all of it.
        guard answer.count > 12, answer.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
        let isRedirect = answer[9..<12].elementsEqual("302".utf8)
        answer.removeAll(keepingCapacity: true)
        let (seconds, attoseconds) = (ContinuousClock.now - due).components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        latencies.append(isRedirect ? max(0, microseconds) : -1)
        due = due.advanced(by: schedule.interval)
        wait(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { done.succeed(latencies) }
}

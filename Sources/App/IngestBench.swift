import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOPosix
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Synchronization
import Web
import WhatsApp

/// Load on a server of our own over loopback: how many signed webhooks a second are acknowledged, and counted?
struct IngestBench {
    let directory: String?
    let seconds: Int
    let connections: Int
    let rate: Int
    let ackOnly: Bool

    func run() async throws {
        let path =
            directory
            ?? FileManager.default.temporaryDirectory.appending(path: "pantau-bench-\(UUID().uuidString)").path
        defer { if directory == nil { try? FileManager.default.removeItem(atPath: path) } }
        let settings = try BenchServer.settings(directory: path)
        let installation = try await Installation(directory: path, zone: settings.workspace.timeZone)
        let server = BenchServer(installation: installation, settings: settings)
        try await server.serve(ackOnly ? .inboxOnly : .everything) { try await measure($0, installation) }
        await installation.close()
    }

    private func measure(_ port: Int, _ installation: Installation) async throws {
        let stored = try await installation.store.projectionStatus().messages
        let before = try await installation.inbox.lastSequence()
        let load = WebhookLoad(
            stream: StatusStream(seed: UInt64(Clock.now().microseconds), people: 500_000, start: Clock.now()),
            secret: BenchServer.secret, seconds: seconds, rate: rate, connections: connections)
        let lag = LagWatch(installation, isOn: !ackOnly)
        let watching = Task { await lag.run() }
        let start = ContinuousClock.now
        let result = try await load.run(port: port)
        let elapsed = BenchData.milliseconds(since: start) / 1_000
        let received = try await installation.inbox.lastSequence() - before
        print("stored messages before: \(stored)")
        print(
            "acknowledged: \(result.acknowledged) in \(BenchData.round(elapsed)) s = "
                + "\(Int(Double(result.acknowledged) / elapsed))/s; refused \(result.refused)"
        )
        print(
            "acknowledgement: p50 \(result.milliseconds(0.5)) ms, p99 \(result.milliseconds(0.99)) ms, "
                + "worst \(result.milliseconds(1)) ms"
        )
        print("in the inbox: \(received)")
        if !ackOnly {
            let last = try await installation.inbox.lastSequence()
            while try await installation.store.cursor() < last { try await Task.sleep(for: .milliseconds(20)) }
            let drained = BenchData.milliseconds(since: start) / 1_000
            print(
                "counted after \(BenchData.round(drained)) s = \(Int(Double(received) / drained))/s; "
                    + "most behind \(lag.most) deliveries, \(BenchData.round(lag.mostSeconds)) s"
            )
        }
        watching.cancel()
        print(
            "memory: \(ProcessFigures.residentBytes().map { $0 / 1_000_000 } ?? 0) MB (with the load generator), "
                + "most \(lag.mostMegabytes) MB"
        )
    }
}

/// Watches how far the projection is behind, and memory.
private final class LagWatch: Sendable {
    private struct State {
        var deliveries: Int64 = 0
        var seconds = 0.0
        var megabytes: Int64 = 0
    }
    private let installation: Installation
    private let isOn: Bool
    private let state = Mutex(State())
    var most: Int64 { state.withLock { $0.deliveries } }
    var mostSeconds: Double { state.withLock { $0.seconds } }
    var mostMegabytes: Int64 { state.withLock { $0.megabytes } }

    init(_ installation: Installation, isOn: Bool) {
        self.installation = installation
        self.isOn = isOn
    }

    func run() async {
        while !Task.isCancelled {
            let memory = (ProcessFigures.residentBytes() ?? 0) / 1_000_000
            state.withLock { $0.megabytes = max($0.megabytes, memory) }
            if isOn { try? await look() }
            try? await Task.sleep(for: .milliseconds(250))
        }
    }

    private func look() async throws {
        let cursor = try await installation.store.cursor()
        let behind = try await installation.inbox.lastSequence() - cursor
        let oldest = behind > 0 ? try await installation.inbox.receivedAt(after: cursor) : nil
        let seconds = oldest.map { Double(Clock.now().microseconds(since: $0)) / 1e6 } ?? 0
        state.withLock { state in
            state.deliveries = max(state.deliveries, behind)
            state.seconds = max(state.seconds, seconds)
        }
    }
}

/// A closed loop of connections, each with one request on its way: bounded in time, loopback only.
final class WebhookLoad: Sendable {
    struct Result {
        var acknowledged = 0
        var refused = 0
        var microseconds: [Int32] = []

        func milliseconds(_ share: Double) -> String {
            guard !microseconds.isEmpty else { return "–" }
            let sorted = microseconds.sorted()
            let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
            return BenchData.round(Double(sorted[index]) / 1_000)
        }
    }

    private let stream: Mutex<StatusStream>
    private let secret: String
    private let rate: Int
    private let connections: Int
    private let seconds: Int
    private let start = ContinuousClock.now

    init(stream: StatusStream, secret: String, seconds: Int, rate: Int, connections: Int) {
        self.stream = Mutex(stream)
        self.secret = secret
        self.rate = rate
        self.connections = connections
        self.seconds = seconds
    }

    /// The next request as it goes on the wire.
    func request() -> [UInt8] {
        let body = stream.withLock { $0.next() }
        var bytes = Array(
            "POST /webhooks/meta HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Hub-Signature-256: "
                .utf8)
        bytes.append(contentsOf: Signature.sign(body: body, secret: secret).utf8)
        bytes.append(contentsOf: "\r\nContent-Length: \(body.count)\r\n\r\n".utf8)
        bytes.append(contentsOf: body)
        return bytes
    }

    func run(port: Int) async throws -> Result {
        let deadline = start.advanced(by: .seconds(seconds))
        let pause: Duration? = rate > 0 ? .microseconds(connections * 1_000_000 / rate) : nil
        return try await withThrowingTaskGroup(of: Result.self) { group in
            for _ in 0..<connections {
                let done = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Result.self)
                _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .channelOption(.socketOption(.tcp_nodelay), value: 1)
                    .channelInitializer { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try channel.pipeline.syncOperations.addHandler(
                                Requester(load: self, deadline: deadline, pause: pause, done: done))
                        }
                    }
                    .connect(host: "127.0.0.1", port: port).get()
                group.addTask { try await done.futureResult.get() }
            }
            var total = Result()
            for try await result in group {
                total.acknowledged += result.acknowledged
                total.refused += result.refused
                total.microseconds += result.microseconds
            }
            return total
        }
    }
}

/// Sends one request after another on a connection. It reads only what it must of an answer: status and end.
private final class Requester: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let load: WebhookLoad
    private let deadline: ContinuousClock.Instant
    private let pause: Duration?
    private let done: EventLoopPromise<WebhookLoad.Result>
    private var result = WebhookLoad.Result()
    private var sentAt = ContinuousClock.now
    private var due = ContinuousClock.now
    private var answer: [UInt8] = []

    init(
        load: WebhookLoad, deadline: ContinuousClock.Instant, pause: Duration?,
        done: EventLoopPromise<WebhookLoad.Result>
    ) {
        self.load = load
        self.deadline = deadline
        self.pause = pause
        self.done = done
    }

    func channelActive(context: ChannelHandlerContext) { send(context) }

    private func send(_ context: ChannelHandlerContext) {
        sentAt = .now
        guard sentAt < deadline else {
            done.succeed(result)
            context.close(promise: nil)
            return
        }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: load.request())), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer.append(contentsOf: unwrapInboundIn(data).readableBytesView)
        guard let status = Self.complete(answer) else { return }
        answer.removeAll(keepingCapacity: true)
        if status == 200 { result.acknowledged += 1 } else { result.refused += 1 }
        let duration = ContinuousClock.now - sentAt
        let micros = duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
        result.microseconds.append(Int32(clamping: micros))
        guard let pause else { return send(context) }
        due = max(due.advanced(by: pause), ContinuousClock.now - .seconds(1))
        let wait = due - ContinuousClock.now
        guard wait > .zero else { return send(context) }
        let loop = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(wait)) { loop.value.0.send(loop.value.1) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        done.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { done.succeed(result) }

    /// The status code once the head and the announced body are there. On bytes: as text this took more time than
    /// the server's own work.
    private static func complete(_ bytes: [UInt8]) -> Int? {
        guard let end = firstIndex(of: headEnd, in: bytes, from: 0), bytes.count > 12 else { return nil }
        var length = 0
        if let field = firstIndex(of: lengthField, in: bytes, from: 0), field < end {
            for byte in bytes[(field + lengthField.count)...] {
                guard (48...57).contains(byte) else { break }
                length = length &* 10 &+ Int(byte - 48)
            }
        }
        guard bytes.count >= end + headEnd.count + length else { return nil }
        return Int(bytes[9] &- 48) * 100 + Int(bytes[10] &- 48) * 10 + Int(bytes[11] &- 48)
    }

    private static let headEnd = Array("\r\n\r\n".utf8)
    private static let lengthField = Array("Content-Length: ".utf8)

    private static func firstIndex(of pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (start...(bytes.count - pattern.count)).first { offset in
            pattern.indices.allSatisfy { bytes[offset + $0] == pattern[$0] }
        }
    }
}

import App
import AsyncHTTPClient
import Domain
import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Storage
import Testing
import WhatsApp

/// A client of one server on loopback.
struct Caller: Sendable {
    struct Answer: Sendable {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    var port: Int

    /// Says at once when nobody listens, instead of trying until the time is over.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        // What a redirect says is what a test asks about.
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
        // On a loaded machine a request may wait for a free connection longer than the usual ten seconds.
        configuration.timeout.connect = .seconds(60)
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    func call(
        _ method: String, _ path: String, body: [UInt8]? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(body) }
        let response = try await Self.client.execute(request, timeout: .seconds(60))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        var fields: [String: String] = [:]
        for (name, value) in response.headers { fields[name.lowercased(), default: ""] += value + "\n" }
        fields = fields.mapValues { String($0.dropLast()) }
        return Answer(status: Int(response.status.code), headers: fields, body: Array(bytes.readableBytesView))
    }

    /// A webhook, signed unless another signature is given.
    func deliver(_ body: [UInt8], signature: String? = nil, secret: String = Program.secret) async throws -> Answer {
        try await call(
            "POST", "/webhooks/meta", body: body,
            headers: [
                ("X-Hub-Signature-256", signature ?? Signature.sign(body: body, secret: secret)),
                ("Content-Type", "application/json"),
            ])
    }

    func status() async throws -> (received: Int64, projected: Int64, undecodable: Int64) {
        let answer = try await call("GET", "/api/v1/status")
        let inbox = try #require(try JSON.parse(answer.body)["inbox"])
        return (
            try #require(inbox["received"]?.int64), try #require(inbox["projected"]?.int64),
            try #require(inbox["undecodable"]?.int64)
        )
    }

    /// Waits until everything that was received is counted; returns how much that is.
    @discardableResult
    func counted(atLeast received: Int64 = 0) async throws -> Int64 {
        try await eventually("everything is counted", seconds: 90) {
            let status = try await self.status()
            return status.projected == status.received && status.received >= received ? status.received : nil
        }
    }
}

/// A server inside the test process, for what needs a hand on its clock or its files.
struct InProcess: Sendable {
    let installation: Installation
    let caller: Caller

    static func with<T: Sendable>(
        _ data: URL, secret: String = Program.secret, zone: String = "Asia/Jakarta",
        now: @escaping @Sendable () -> Instant = Clock.now, demo: DemoSize = DemoSize(),
        _ body: @escaping @Sendable (InProcess) async throws -> T
    ) async throws -> T {
        let settings = try Settings(
            flags: [
                "data-dir": data.path, "listen": "127.0.0.1:0", "meta-app-secret": secret, "timezone": zone,
                "meta-verify-token": "token",
            ], environment: [:])
        let installation = try await Installation(settings, as: .owner)
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var server = Server(installation, settings: settings, logger: logger, now: now)
        server.demoSize = demo
        let (ports, portIn) = AsyncStream.makeStream(of: Int.self)
        let application = server.application(onReady: { portIn.yield($0) })
        let result = try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.runService(gracefulShutdownSignals: [])
                return nil
            }
            guard let port = await ports.first(where: { $0 > 0 }) else { throw CancellationError() }
            group.addTask { try await body(InProcess(installation: installation, caller: Caller(port: port))) }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let finished { return finished }
            }
            throw CancellationError()
        }
        await installation.close()
        return result
    }
}

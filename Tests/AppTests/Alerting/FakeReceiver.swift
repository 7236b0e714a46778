import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A server that alerts are sent to; it answers as it is told, and keeps what it got.
final class FakeReceiver: Sendable {
    struct Call: Sendable {
        var key: String
        var signature: String
        var body: String
    }
    private struct State {
        var status = 200
        var calls: [Call] = []
    }
    private let state = Mutex(State())

    var calls: [Call] { state.withLock { $0.calls } }
    func answer(_ status: Int) { state.withLock { $0.status = status } }

    /// - Parameter body: told the address.
    func run<T: Sendable>(_ body: @escaping @Sendable (String) async throws -> T) async throws -> T {
        let router = Router()
        router.post("/hook") { request, _ -> Response in
            let bytes = try await request.body.collect(upTo: 1 << 20)
            let field = { (name: String) in HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
            let status = self.state.withLock { state in
                state.calls.append(
                    Call(
                        key: field("Idempotency-Key"), signature: field("Pantau-Signature"),
                        body: String(buffer: bytes)))
                return state.status
            }
            return Response(status: .init(code: status))
        }
        var logger = Logger(label: "receiver")
        logger.logLevel = .critical
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                try await application.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)/hook") }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}

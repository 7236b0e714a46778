import Hummingbird
import Logging
import ServiceLifecycle

/// A real server on loopback for as long as a measurement takes, with the load in the same process.
struct BenchServer {
    let installation: Installation
    let settings: Settings

    static let secret = "bench-secret"

    /// The settings of a server that only a benchmark asks.
    static func settings(directory: String) throws -> Settings {
        try Settings(
            flags: [
                Setting.dataDirectory.name: directory, Setting.listen.name: "127.0.0.1:0",
                Setting.metaAppSecret.name: secret, Setting.logLevel.name: "error",
            ], environment: [:])
    }

    /// Runs `body` with the port once the server answers, and stops it afterwards.
    func serve(_ work: Server.Work = .everything, _ body: (Int) async throws -> Void) async throws {
        var logger = Logger(label: "bench") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let server = Server(installation, settings: settings, logger: logger)
        let (ports, portIn) = AsyncStream.makeStream(of: Int.self)
        let application = server.application(work, onReady: { portIn.yield($0) })
        let group = ServiceGroup(
            configuration: .init(services: [.init(service: application)], gracefulShutdownSignals: [], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await ports.first(where: { $0 > 0 }) else { return }
            do {
                try await body(port)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}

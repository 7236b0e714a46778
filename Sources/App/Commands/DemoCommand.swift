import ArgumentParser
import Connectors
import Domain
import Foundation
import Hummingbird
import Logging
import Pipeline
import ServiceLifecycle
import Simulator
import Storage
import StoreSQLite
import Synchronization

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Serve a simulated business: 60 days of an Indonesian shop.",
        discussion: "Nothing leaves this machine. With --live the business goes on in real time.")

    @OptionGroup var data: DataOptions
    @Option(help: "HOST:PORT.") var listen = "127.0.0.1:8080"
    @Option(help: "Port on 127.0.0.1; short for --listen.") var port: Int?
    @Option(help: "Days of history.") var days = 60
    @Option(help: "Messages a day, about.") var messages = 1_500
    @Option(help: "Another seed is another business.") var seed: UInt64 = 11
    @Flag(help: "Keep the business running in real time.") var live = false
    @Flag(help: "Fill the data directory and stop.") var fillOnly = false

    func validate() throws {
        if !(1...730).contains(days) { throw ValidationError("--days is 1 to 730.") }
        if !(1...200_000).contains(messages) { throw ValidationError("--messages is 1 to 200000.") }
    }

    func run() async throws {
        let directory = data.dataDirectory ?? "demo-data"
        let flags = [
            Setting.dataDirectory.name: directory, Setting.listen.name: port.map { "127.0.0.1:\($0)" } ?? listen,
            // A demonstration needs no word from Meta; the secret lets people try signed webhooks with curl.
            Setting.metaAppSecret.name: "demo-secret", Setting.metaVerifyToken.name: "demo-token",
        ]
        let settings = try Settings(flags: flags, environment: ProcessInfo.processInfo.environment)
        let logger = ServeCommand.logger(settings)
        let installation = try await Installation(settings, as: .owner)
        try Self.refuseRealData(installation.directory, received: try await installation.inbox.lastSequence())

        var business = DemoBusiness(installation: installation, days: days, messages: messages, seed: seed)
        let bars = DemoBars(days: days)
        business.onProgress = { bars.show($0) }
        let run = try await business.fill()
        bars.finish()
        if fillOnly {
            await installation.close()
            return
        }
        let server = Server(installation, settings: settings, logger: logger, isDemo: true)
        let services: [any Service] = live ? [LiveBusiness(run: run, inbox: installation.inbox)] : []
        let host = settings.host
        let people = installation.people
        let application = server.application(
            services: services,
            onReady: { port in
                let origin = OneTimeLinks.origin(host: host, port: port)
                let link = try? await OneTimeLinks.firstOwner(in: people, origin: origin)
                Self.announce(origin, link)
            })
        try await server.run(application)
        await installation.close()
    }

    /// Simulated deliveries must never mix with a business's own.
    private static func refuseRealData(_ directory: URL, received: Int64) throws {
        let mark = directory.appending(path: "DEMO")
        if FileManager.default.fileExists(atPath: mark.path) { return }
        guard received == 0 else {
            throw Failure(
                .unprocessable, id: "Direktori ini berisi data nyata. Pilih direktori lain untuk demo.",
                en: "This directory holds real data. Choose another directory for the demonstration.")
        }
        try Data("This directory holds simulated data.\n".utf8).write(to: mark)
    }

    private static func announce(_ origin: String, _ link: String?) {
        let elsewhere =
            link.map { "From elsewhere make an account with this link, once:\n    \($0)" }
            ?? "From elsewhere sign in with your account."
        let text =
            """

              Pantau is ready:  \(origin)

              Sign in: nothing to do. All data are made up, so browsers on this machine are let in.
              \(elsewhere)
              Stop with Ctrl-C.


            """
        // Not through stdout's buffer: whoever waits for the address in a pipe must see it now.
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}

/// How far the filling is, on a terminal.
private final class DemoBars: Sendable {
    private let simulating: ProgressBar
    private let counting = Mutex<ProgressBar?>(nil)

    init(days: Int) { simulating = ProgressBar("simulating \(days) days", unit: "deliveries", total: nil) }

    func show(_ progress: DemoBusiness.Progress) {
        switch progress {
        case .simulated(let count, _): simulating.update(to: count)
        case .counted(let count, let total):
            let bar = counting.withLock { bar in
                if bar == nil {
                    simulating.finish()
                    bar = ProgressBar("counting", unit: "deliveries", total: total)
                }
                return bar
            }
            bar?.update(to: count)
        }
    }

    func finish() { counting.withLock { $0?.finish() } }
}

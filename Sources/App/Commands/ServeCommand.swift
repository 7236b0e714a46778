import ArgumentParser
import Domain
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take webhooks in, count them, and show the numbers.")

    @OptionGroup var data: DataOptions
    @Option(help: "HOST:PORT (PANTAU_LISTEN).") var listen: String?
    @Option(help: "Port on 127.0.0.1; short for --listen.") var port: Int?

    func run() async throws {
        let settings = try data.settings([
            Setting.listen.name: listen ?? port.map { "127.0.0.1:\($0)" }
        ])
        let logger = Self.logger(settings)
        let installation = try await Installation(settings, as: .owner)
        Self.greet(settings, logger)
        if let putAside = installation.putAside {
            logger.error(
                "pantau.sqlite was damaged and is put aside; everything is counted again from the inbox",
                metadata: ["file": "\(putAside)"])
        }
        let missing = try await installation.missingDeliveries()
        if missing > 0 {
            logger.warning(
                "the inbox lacks deliveries that are counted; numbers stand, but a replay would forget them",
                metadata: ["missing": "\(missing)"])
        }
        let server = Server(installation, settings: settings, logger: logger)
        let people = installation.people
        let application = server.application(onReady: { port in
            logger.notice("listening", metadata: ["address": "\(settings.host):\(port)"])
            let origin = OneTimeLinks.origin(host: settings.host, port: port)
            do {
                guard let link = try await OneTimeLinks.firstOwner(in: people, origin: origin) else { return }
                Self.tellFirstOwner(link)
            } catch {
                logger.warning("no link for the first owner could be made; try `pantau people add --role owner`")
            }
        })
        try await server.run(application)
        await installation.close()
    }

    /// On standard output, never in the log: whoever has the link becomes the owner.
    private static func tellFirstOwner(_ link: String) {
        let text =
            """

              Nobody has an account yet. Make yours, the owner's, with this link:

                \(link)

              It works once, for 24 hours; the next start prints a new one. Behind a proxy or on another
              machine, put the address of this server in place of the one above.


            """
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    static func logger(_ settings: Settings) -> Logger {
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "pantau")
        logger.logLevel = settings.logLevel
        return logger
    }

    /// Says at the start what will not work and how to mend it.
    private static func greet(_ settings: Settings, _ logger: Logger) {
        logger.notice(
            "Pantau \(Version.number)",
            metadata: ["data": "\(settings.dataDirectory)", "zone": "\(settings.workspace.timeZone)"])
        if settings.metaAppSecrets.isEmpty {
            logger.warning("no app secret: webhooks are refused until PANTAU_META_APP_SECRET is set")
        }
        if settings.metaVerifyToken == nil {
            logger.warning("no verify token: Meta's handshake is refused until PANTAU_META_VERIFY_TOKEN is set")
        }
    }
}

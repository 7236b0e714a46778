import Alerts
import ArgumentParser
import Dashboard
import Domain
import Foundation
import Logging
import Storage
import StoreSQLite

/// `pantau routes`: who is told about findings.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Who is told about findings, and by what means. Works while the server runs.",
        discussion: "Routes are made on the page Settings → Alert routes. Secrets are never printed.",
        subcommands: [List.self, Test.self, Log.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the routes.")
        @OptionGroup var data: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let asking = try await Asking(data, language: output.language)
            let routes = try await AlertCenter(asking, data).routes()
            await asking.installation.close()
            var table = OutputTable(columns: [
                .text("id", "ID", "id"), .text("name", "nama", "name"), .text("channel", "lewat", "by"),
                .text("state", "keadaan", "state"), .text("last_sent", "terakhir terkirim", "last sent"),
            ])
            table.rows = routes.map { entry in
                let state = entry.route.isOn ? asking.say("menyala", "on") : asking.say("dijeda", "paused")
                return [
                    entry.route.id, entry.route.name, entry.route.channel.kind.rawValue,
                    entry.failure?(asking.language) ?? state, entry.deliveredAt.map { RFC3339.format($0) },
                ]
            }
            table.write(as: output.format, asking.language) {
                var writer = JSONWriter()
                writer.object { object in
                    object.member(
                        "routes",
                        array: { list in
                            for entry in routes { list.raw(entry.route.json(masked: true, hasSecret: entry.hasSecret)) }
                        })
                }
                return writer.bytes
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send a test by a route, and say what came of it. Exit code 3 when it failed.")
        @OptionGroup var data: DataOptions
        @Argument(help: "The route's name or id.") var route: String
        @Option(help: "id or en.") var language: String?

        func run() async throws {
            let asking = try await Asking(data, language: language)
            let center = try AlertCenter(asking, data)
            let entry = try await center.entry(named: route)
            let results = try await center.test(route: entry.route.id)
            await asking.installation.close()
            try RoutesCommand.say(results, asking)
        }
    }

    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What became of the last messages: sent, held back, tried again or failed, and why.")
        @OptionGroup var data: DataOptions
        @Option(help: "Lines at most.") var limit = 50
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if !(1...5_000).contains(limit) { throw ValidationError("--limit is 1 to 5000.") }
        }

        func run() async throws {
            let asking = try await Asking(data, language: output.language)
            let events = try await asking.installation.alerts.alertEvents(route: nil, limit: limit)
            await asking.installation.close()
            var table = OutputTable(columns: [
                .text("at", "kapan", "when"), .text("route", "rute", "route"), .text("outcome", "hasil", "result"),
                .text("title", "apa", "what"), .text("reason", "alasan", "why"),
            ])
            table.rows = events.map { event in
                [
                    RFC3339.format(event.at), event.route, event.outcome.rawValue, event.title(asking.language),
                    event.reason?(asking.language),
                ]
            }
            table.write(as: output.format, asking.language) {
                var writer = JSONWriter()
                writer.object { object in
                    object.member("events", array: { list in events.forEach { $0.write(to: &list) } })
                }
                return writer.bytes
            }
        }
    }

    /// One line for each recipient.
    static func say(_ results: [DispatchResult], _ asking: Asking) throws {
        var hasFailed = false
        for result in results {
            switch result {
            case .delivered: print(asking.say("Terkirim.", "Sent."))
            case .retry(let why, _), .givenUp(let why):
                hasFailed = true
                FileHandle.standardError.write(Data("! \(why(asking.language))\n".utf8))
            }
        }
        if hasFailed { throw exitDifference }
    }
}

extension AlertCenter {
    /// For a command, beside a server that may be running: it decides nothing, so that nothing is told twice.
    init(_ asking: Asking, _ data: DataOptions) throws {
        self.init(
            asking.installation, settings: try data.settings(), analyst: asking.analyst, now: Clock.now,
            logger: Logger(label: "alerts") { _ in SwiftLogNoOpLogHandler() })
    }

    /// The route of that name or id.
    func entry(named name: String) async throws -> RouteEntry {
        let routes = try await routes()
        guard let found = routes.first(where: { $0.route.id == name }) ?? routes.first(where: { $0.route.name == name })
        else { throw Self.unknownRoute }
        return found
    }
}

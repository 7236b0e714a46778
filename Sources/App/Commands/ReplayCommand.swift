import ArgumentParser
import Domain
import Foundation
import Pipeline
import Storage
import StoreSQLite

struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Rebuild all facts and cells from the inbox.",
        discussion: "Stop the server first. Numbers are the same afterwards unless a definition has changed.")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let settings = try data.settings()
        let installation = try await Installation(settings, as: .owner)
        let last = try await installation.inbox.lastSequence()
        try await installation.store.reset(home: settings.home)
        let bar = ProgressBar("replaying", unit: "deliveries", total: last)
        _ = try await Replayer.fill(
            installation.store, from: installation.inbox, to: last, home: settings.home, asOf: Clock.now(),
            onProgress: bar.update(to:))
        bar.finish()
        await installation.close()
    }
}

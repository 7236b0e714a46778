import ArgumentParser
import Domain
import Foundation
import Logging
import Pipeline
import Storage
import StoreSQLite

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Recount cells from facts and facts from the inbox, and print every difference.",
        discussion: "Exits 0 when all agrees, 3 when something differs. Works while the server runs.")

    @OptionGroup var data: DataOptions
    @Flag(help: "Only recount the cells, not the facts (faster).") var cellsOnly = false

    func run() async throws {
        let settings = try data.settings()
        let installation = try await Installation(settings, as: .guest)
        let differences = try await Verifier.differences(
            installation, zone: installation.zone, cellsOnly: cellsOnly)
        await installation.close()
        for difference in differences { print(difference) }
        guard differences.isEmpty else {
            FileHandle.standardError.write(Data("\(differences.count) differences found.\n".utf8))
            throw exitDifference
        }
        print("Everything agrees.")
    }
}

/// Counts everything a second time.
package enum Verifier {
    /// Differences between cells and facts, and between facts and what the inbox folds into a fresh store.
    package static func differences(
        _ installation: Installation, zone: String, cellsOnly: Bool = false
    ) async throws -> [Difference] {
        let store = installation.store
        var differences = try await store.auditCells()
        if cellsOnly { return differences }
        let directory = installation.directory.appending(path: "verify-\(UUID().uuidString)")
        try Installation.prepare(directory)
        defer { try? FileManager.default.removeItem(at: directory) }
        // A copy of the inbox's reach at this moment: a server may be adding to it.
        let cursor = try await store.cursor()
        let recount = try SQLiteStore(
            path: directory.appending(path: "recount.sqlite").path, zone: zone, rules: installation.rules,
            currency: installation.currency, home: installation.home)
        try await recount.migrate()
        let asOf = try await store.asOf()
        let bar = ProgressBar("recounting the inbox", unit: "deliveries", total: cursor)
        let reached = try await Replayer.fill(
            recount, from: installation.inbox, to: cursor, home: installation.home, asOf: asOf,
            onProgress: bar.update(to:))
        bar.finish()
        differences += try await store.auditFacts(against: recount)
        // The server may have moved on meanwhile; then what differs is only what came later.
        if try await store.cursor() != reached { return try await auditedAgain(store, recount, installation) }
        return differences
    }

    private static func auditedAgain(
        _ store: SQLiteStore, _ recount: SQLiteStore, _ installation: Installation
    ) async throws -> [Difference] {
        for _ in 0..<5 {
            let cursor = try await store.cursor()
            _ = try await Replayer.fill(
                recount, from: installation.inbox, to: cursor, home: installation.home, asOf: store.asOf())
            let differences = try await store.auditCells() + store.auditFacts(against: recount)
            if differences.isEmpty { return [] }
            if try await store.cursor() == cursor { return differences }
        }
        throw Failure(
            .unavailable, id: "Terlalu banyak data masuk untuk dibandingkan. Coba lagi saat lebih sepi.",
            en: "Too much is arriving to compare. Try again at a quieter moment.")
    }
}

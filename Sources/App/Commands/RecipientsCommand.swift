import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite

/// `pantau recipients`: the people behind a number.
struct RecipientsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipients", abstract: "List the people behind a number, as CSV. Holds phone numbers.",
        discussion: """
            pantau recipients --measure failed --filter campaign=11.11 --last 7d > failed.csv
            pantau recipients --measure wasted --filter waste_reason=unreachable > unreachable.csv
            Measures: \(RecipientSelection.measures.map(\.word).joined(separator: ", ")).
            Handle the file as you handle your customers' data, and delete it when it has served its purpose.
            """)

    @OptionGroup var data: DataOptions
    @OptionGroup var range: RangeOptions
    @Option(help: "Which messages count; all unless given.") var measure: String?
    @Option(help: "Rows at most.") var limit = 100_000

    func validate() throws {
        if !(1...1_000_000).contains(limit) { throw ValidationError("--limit is 1 to 1000000.") }
    }

    func run() async throws {
        let asking = try await Asking(data, language: nil)
        let query = try range.query(of: "messages", workspace: asking.workspace)
        let selection = try RecipientSelection.checked(
            range: query.range, filters: query.filters, measure: measure, limit: limit + 1, now: Clock.now(),
            workspace: asking.workspace)
        let found = try await asking.store.recipients(selection)
        await asking.installation.close()
        FileHandle.standardOutput.write(Data(RecipientTable.csv(found.prefix(limit)).utf8))
        guard found.count > limit else { return }
        asking.note([Text(id: "Masih ada yang lain; naikkan --limit.", en: "There are more; raise --limit.")])
    }
}

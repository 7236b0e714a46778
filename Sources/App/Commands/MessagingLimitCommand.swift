import Analytics
import ArgumentParser
import Domain
import Foundation
import Insights

/// `pantau messaging-limit`: when sending comes up against Meta's limit.
struct MessagingLimitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messaging-limit",
        abstract: "When Meta's messaging limit is reached at the pace of the last hour.",
        discussion: "pantau messaging-limit --planned 8000 --limit TIER_10K")

    @OptionGroup var data: DataOptions
    @Option(help: "People still to be written to; by default as many as the pace makes.") var planned: Int?
    @Option(help: "In place of the limit that Meta told: TIER_10K or 10000.") var limit: String?
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let limit, MessagingLimit(limit) == nil { throw ValidationError("--limit is TIER_10K or 10000.") }
    }

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        let standing = try await asking.analyst.limitStanding(
            planned: planned, limit: limit.flatMap { MessagingLimit($0) })
        await asking.installation.close()
        switch output.format {
        case .json: FileHandle.standardOutput.write(Data(standing.json().bytes + [10]))
        case .csv:
            let rows = standing.sent.map { [standing.clock.rfc3339($0.at), String($0.recipients)] as [String?] }
            FileHandle.standardOutput.write(Data(CSVText.table(["time", "recipients"], rows).utf8))
        case .table: print(standing.sentence(asking.language))
        }
    }
}

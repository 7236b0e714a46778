import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights

/// `pantau staffing`: how many agents the next week needs.
struct StaffingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staffing", abstract: "Agents needed in the next seven days for a service target.",
        discussion: """
            pantau staffing --target-seconds 300 --target-share 80 --handling 150 --chats 3
            pantau staffing --agents 6 --filter team=cs-1
            Turns that need a person are forecast by the hour; agents follow by Erlang A or C. A table of shifts on a
            terminal; quarter hours as csv or json.
            """)

    @OptionGroup var data: DataOptions
    @Option(help: "Answered within so many seconds; by default of the service targets, else 900.")
    var targetSeconds: Double?
    @Option(help: "Share of customers, per cent.") var targetShare = 80.0
    @Option(help: "Handling time of one turn, in seconds.") var handling = 180.0
    @Option(help: "Chats that an agent holds at once.") var chats = 3
    @Option(help: "How much longer a turn takes with each further chat, per cent.") var slowdown = 30.0
    @Option(help: "Paid time in which agents do not serve, per cent.") var shrinkage = 30.0
    @Option(help: "Agents on the roster to be tried.") var agents: Int?
    @Option(help: "team=cs-1 · phone_number=ID. May be repeated.") var filter: [String] = []
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let asking = try await Asking(data, language: output.language)
        var flags = QueryFlags()
        flags.metrics = ["waits"]
        flags.filters = filter
        let filters = try flags.query(now: Clock.now(), workspace: asking.workspace).filters
        let outlook = try await asking.analyst.staffing(
            StaffingQuestion(
                filters: filters, targetSeconds: targetSeconds, targetShare: targetShare / 100,
                handlingSeconds: handling, chats: chats, slowdown: slowdown / 100, shrinkage: shrinkage / 100,
                agents: agents))
        await asking.installation.close()
        switch output.format {
        case .json: FileHandle.standardOutput.write(Data(outlook.json().bytes + [10]))
        case .csv: FileHandle.standardOutput.write(Data(outlook.csv.utf8))
        case .table:
            var table = OutputTable(columns: [
                .text("date", "tanggal", "date"), .text("shift", "sif", "shift"),
                .text("from", "mulai", "from"), .text("to", "sampai", "to"), .number("agents", "agen", "agents"),
            ])
            table.rows = (outlook.shifts?.rows ?? []).map { row in
                [
                    row.date.description, row.pattern.name, outlook.clock.rfc3339(row.from),
                    outlook.clock.rfc3339(row.to), String(row.agents),
                ]
            }
            print(table.text(asking.language), terminator: "")
            if let sentence = outlook.trialSentence { print(sentence(asking.language)) }
        }
        asking.note(outlook.remarks)
    }
}

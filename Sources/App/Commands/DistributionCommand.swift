import API
import Analytics
import ArgumentParser
import Catalogue
import Domain
import Storage

/// `pantau distribution`: how times are spread.
struct DistributionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distribution", abstract: "How times are spread: response times, times to deliver and others.",
        discussion: """
            pantau distribution response_time --by responder --last 28d
            pantau distribution time_to_deliver --filter country=ID -o csv
            """)

    @OptionGroup var data: DataOptions
    @Argument(help: "What is timed, such as response_time, time_to_deliver or resolution_time.")
    var metric = "response_time"
    @OptionGroup var range: RangeOptions
    @Option(help: "One dimension, such as responder or template.") var by: String?
    @Option(help: "Values of that dimension at most.") var limit = 50
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !(1...1_000).contains(limit) { throw ValidationError("--limit is 1 to 1000.") }
    }

    func run() async throws {
        let family = try Catalogue.requireTimeFamily(metric)
        let asking = try await Asking(data, language: output.language)
        let query = try range.query(of: family.median.id, workspace: asking.workspace)
        let dimension = try by.map(Catalogue.requireDimension)
        let found = try await asking.analyst.distribution(
            of: family.id, by: dimension, filters: query.filters, range: query.range, limit: limit)
        await asking.installation.close()
        Self.table(found).write(as: output.format, asking.language) { found.json.bytes }
    }

    private static func table(_ found: Distribution) -> OutputTable {
        let lines = found.dimension == nil ? [found.total] : found.lines + [found.total]
        var table = OutputTable(
            columns: [
                .number("from_seconds", "mulai (dtk)", "from (s)"), .number("to_seconds", "sampai (dtk)", "to (s)"),
            ]
                + lines.enumerated().map { index, line in
                    let isTotal = index == lines.count - 1
                    let name = isTotal ? "count" : line.key ?? ""
                    return OutputTable.Column(
                        id: name, title: isTotal ? Text(id: "jumlah", en: "count") : Text(id: name, en: name),
                        isNumeric: true)
                })
        table.rows = found.total.bins.enumerated().map { index, bin in
            ["\(Int(bin.fromSeconds))", bin.toSeconds.map { "\(Int($0))" }] + lines.map { "\($0.bins[index].count)" }
        }
        return table
    }
}

import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Insights

/// `pantau forecast`: how a series goes on.
struct ForecastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Continue a series with 80 % and 95 % intervals: CSV on stdin, or a metric of the data directory.",
        discussion: """
            pantau forecast --horizon 336 --season 24,168 hours.csv
            pantau forecast --horizon 28 --season 7 -o json < days.csv
            Columns: timestamp,value. Gaps and empty values are allowed; times go on by the usual step.

            pantau forecast --metric messages_inbound --days 14
            pantau forecast --metric waits --filter team=cs-1 --planned 2026-12-12 -o csv
            Stored counts go on by the hour. Holidays, Ramadan, paydays and large campaigns are known; planned
            campaigns are named with --planned.
            """)

    @Option(help: "Steps to forecast.") var horizon = 336
    @Option(help: "Steps of a season, or of two: 24,168. Without it, what steps of this length usually have.")
    var season: String?
    @Option(help: "A count to forecast from stored data, such as messages_inbound, conversations or waits.")
    var metric: String?
    @Option(help: "With --metric: template=a,b · country!=ID · campaign= (has none). May be repeated.")
    var filter: [String] = []
    @Option(help: "With --metric: local days ahead, 1 to 28.") var days: Int?
    @Option(help: "With --metric: the date of a planned campaign. May be repeated.") var planned: [String] = []
    @OptionGroup var data: DataOptions
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "csv or json; with --metric also table, as on a terminal.")
    var output: String?
    @Option(help: "With --metric: id or en.") var language: String?
    @Argument(help: "A CSV file; - reads standard input.") var file = "-"

    func validate() throws {
        if !(1...ForecastRequest.horizonMax).contains(horizon) {
            throw ValidationError("--horizon is 1 to \(ForecastRequest.horizonMax).")
        }
        if let output, ForecastText.Form(rawValue: output) == nil, metric == nil || output != "table" {
            throw ValidationError("--output is csv or json; with --metric also table.")
        }
        if metric == nil, !filter.isEmpty || days != nil || !planned.isEmpty {
            throw ValidationError("--filter, --days and --planned go with --metric.")
        }
        if let wrong = planned.first(where: { LocalDate($0) == nil }) {
            throw ValidationError("--planned \(wrong) is no date; write it as 2026-12-12.")
        }
        _ = try seasons()
    }

    func run() async throws {
        if let metric { return try await stored(metric) }
        let form = output.flatMap(ForecastText.Form.init) ?? .csv
        let text = try ForecastText.forecast(
            try TableInput.read(file), horizon: horizon, seasons: try seasons(), form: form)
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    private func stored(_ metric: String) async throws {
        let asking = try await Asking(data, language: language)
        var flags = QueryFlags()
        flags.metrics = [metric]
        flags.filters = filter
        let filters = try flags.query(now: Clock.now(), workspace: asking.workspace).filters
        let forecast = try await asking.analyst.forecast(
            ForecastQuestion(
                metric: metric, filters: filters, days: days ?? 14, planned: planned.compactMap { LocalDate($0) }))
        await asking.installation.close()
        let isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1
        let notes = forecast.notes + [forecast.trialSentence].compactMap { $0 }
        switch output ?? (isTerminal ? "table" : "csv") {
        case "json": FileHandle.standardOutput.write(Data(forecast.json().bytes + [10]))
        case "csv":
            FileHandle.standardOutput.write(Data(forecast.csv.utf8))
            asking.note(notes)
        default:
            var table = OutputTable(columns: [
                .text("date", "tanggal", "date"), .number("mean", "perkiraan", "mean"),
                .number("lo80", "bawah 80 %", "lo 80 %"), .number("hi80", "atas 80 %", "hi 80 %"),
                .number("lo95", "bawah 95 %", "lo 95 %"), .number("hi95", "atas 95 %", "hi 95 %"),
            ])
            table.rows = forecast.days.map { day in
                [day.date.description]
                    + VolumeForecast.numbers(day.point).map { String(Int64($0.rounded())) }
            }
            print(table.text(asking.language), terminator: "")
            asking.note(notes)
        }
    }

    private func seasons() throws -> [Int]? {
        guard let season else { return nil }
        let parts = season.split(separator: ",", omittingEmptySubsequences: false)
            .map { Int($0.trimmingCharacters(in: .whitespaces)) }
        let numbers = parts.compactMap(\.self)
        guard (1...2).contains(parts.count), numbers.count == parts.count,
            numbers.allSatisfy({ (1...10_000).contains($0) })
        else { throw ValidationError("--season is one or two numbers of steps, such as 24,168.") }
        return numbers
    }
}

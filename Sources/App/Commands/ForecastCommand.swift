import ArgumentParser
import Domain
import Foundation
import Insights

/// `pantau forecast`: how a series goes on.
struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Continue a series with 80 % and 95 % intervals (CSV in, CSV or JSON out).",
        discussion: """
            pantau forecast --horizon 336 --season 24,168 hours.csv
            pantau forecast --horizon 28 --season 7 -o json < days.csv
            Columns: timestamp,value. Gaps and empty values are allowed; times go on by the usual step.
            """)

    @Option(help: "Steps to forecast.") var horizon = 336
    @Option(help: "Steps of a season, or of two: 24,168. Without it, what steps of this length usually have.")
    var season: String?
    @Option(name: [.customShort("o"), .customLong("output")], help: "csv or json.") var output = "csv"
    @Argument(help: "A CSV file; - reads standard input.") var file = "-"

    func validate() throws {
        if !(1...ForecastRequest.horizonMax).contains(horizon) {
            throw ValidationError("--horizon is 1 to \(ForecastRequest.horizonMax).")
        }
        if ForecastText.Form(rawValue: output) == nil { throw ValidationError("--output is csv or json.") }
        _ = try seasons()
    }

    func run() throws {
        let form = ForecastText.Form(rawValue: output) ?? .csv
        let text = try ForecastText.forecast(
            try TableInput.read(file), horizon: horizon, seasons: try seasons(), form: form)
        FileHandle.standardOutput.write(Data(text.utf8))
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

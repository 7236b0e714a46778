import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Ask for metrics; the same numbers as the API and the pages.",
        discussion: """
            pantau query --metrics delivery_rate,messages --by template --last 7d
            pantau query --metrics messages --grain day --last 28d --compare previous_period -o json
            pantau query --metrics messages_failed --by error_code --filter template=promo_11_11 -o csv
            `pantau metrics` lists what can be asked.
            """)

    enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
        case table, json, csv
    }

    @OptionGroup var data: DataOptions
    @Option(help: "Metric ids, with commas.") var metrics: [String] = []
    @Option(help: "Dimensions, with commas.") var by: [String] = []
    @Option(help: "7d, 4w, or a preset such as last_28_days.") var last: String?
    @Option(help: "First date, or an RFC 3339 instant.") var from: String?
    @Option(help: "End, excluded.") var to: String?
    @Option(help: "total, quarter_hour, hour, day, week or month.") var grain: String?
    @Option(help: "template=a,b · country!=ID · campaign= (has none).") var filter: [String] = []
    @Option(help: "IANA zone; the workspace's unless given.") var timezone: String?
    @Option(help: "previous_period or last_year.") var compare: String?
    @Option(help: "Rows at most.") var limit: Int?
    @Option(help: "column, column:desc.") var order: [String] = []
    @Option(name: .shortAndLong, help: "table, json or csv; table on a terminal, json in a pipe.") var output:
        OutputFormat?
    @Option(help: "id or en, for notes.") var language: String?

    func validate() throws {
        if metrics.isEmpty { throw ValidationError("Name at least one metric with --metrics; see `pantau metrics`.") }
    }

    func run() async throws {
        let settings = try data.settings([Setting.language.name: language])
        var flags = QueryFlags()
        flags.metrics = metrics
        flags.by = by
        flags.last = last
        flags.from = from
        flags.to = to
        flags.grain = grain
        flags.filters = filter
        flags.timezone = timezone
        flags.compare = compare
        flags.limit = limit
        flags.order = order
        let installation = try await Installation(settings, as: .guest)
        let workspace = installation.workspace(settings)
        let query = try flags.query(now: Clock.now(), workspace: workspace)
        let inbox = installation.inbox
        let store = installation.store
        let analyst = Analyst(store: store, workspace: workspace, now: Clock.now) {
            let received = try await inbox.lastSequence()
            return received == 0 ? nil : min(1, Double(try await store.cursor()) / Double(received))
        }
        let answer = try await analyst.ask(query)
        await installation.close()
        let isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1
        let format: OutputFormat = output ?? (isTerminal ? .table : .json)
        switch format {
        case .json:
            FileHandle.standardOutput.write(Data(answer.json(language: settings.workspace.language) + [10]))
        case .csv:
            FileHandle.standardOutput.write(Data(answer.csv().utf8))
        case .table:
            print(AnswerView.render(answer, settings.workspace.language), terminator: "")
        }
    }
}

/// An answer for a terminal: units, intervals beside small samples, a sparkline for each metric over time.
enum AnswerView {
    static func render(_ answer: Answer, _ language: Language) -> String {
        let metrics = answer.columns.indices.filter { answer.columns[$0].kind == .metric }
        let header = answer.columns.map(\.name)
        var numeric = Set(metrics)
        var titles = header
        var rows = answer.rows.enumerated().map { index, row in
            zip(answer.columns, row).map { column, cell in
                text(cell, column, currency: answer.currency(index, column.name))
            }
        }
        if answer.comparison != nil {
            numeric.formUnion(titles.count..<titles.count + metrics.count)
            titles += metrics.map { "Δ \(header[$0])" }
            for row in rows.indices { rows[row] += metrics.map { change(answer.change(row, header[$0])) } }
        }
        var view = TextTable.render(titles, rows, numeric: numeric)
        if answer.columns.first?.kind == .time, answer.rows.count > 2,
            !answer.columns.contains(where: { $0.kind == .dimension })
        {
            for column in metrics {
                view += "\(header[column])  \(sparkline(answer.rows.map { $0[column].number }))\n"
            }
        }
        if answer.rows.isEmpty {
            view += language == .indonesian ? "Tidak ada data pada rentang ini.\n" : "No data in this range.\n"
        }
        view += "\n\(answer.meta.timezone)"
        if let maturity = answer.meta.maturity { view += " · maturity \(percent(maturity))" }
        if let completeness = answer.meta.completeness { view += " · completeness \(percent(completeness))" }
        view += "\n"
        for note in answer.meta.notes { view += "! \(note(language))\n" }
        return view
    }

    /// - Parameter currency: of money.
    static func text(_ cell: Cell, _ column: Answer.Column, currency: String? = nil) -> String {
        switch cell {
        case .null: return "–"
        case .decimal(let millionths):
            return ([Money.decimal(millionths)] + [currency].compactMap { $0 }).joined(separator: " ")
        case .text(let text): return text
        case .int(let value): return column.unit == .seconds ? "\(value) s" : "\(value)"
        case .double(let value):
            switch column.unit {
            case .ratio: return percent(value)
            case .seconds: return seconds(value)
            case .money:
                return ([MoneyView.number(value) ?? "–"] + [currency].compactMap { $0 }).joined(separator: " ")
            case .count, .number, nil:
                return value.formatted(.number.precision(.fractionLength(0...2)).grouping(.never))
            }
        }
    }

    /// How a number moved against the comparison: rates in percentage points, all else in percent.
    static func change(_ change: Change) -> String {
        switch change {
        case .new: return "new"
        case .none: return "–"
        case .relative(let share): return (share < 0 ? "" : "+") + percent(share)
        case .points(let points):
            let number = (points * 100).formatted(.number.precision(.fractionLength(1)).grouping(.never))
            return (points < 0 ? "" : "+") + number + " pt"
        }
    }

    static func percent(_ ratio: Double) -> String {
        (ratio * 100).formatted(.number.precision(.fractionLength(1)).grouping(.never)) + " %"
    }

    private static func seconds(_ value: Double) -> String {
        let number = FloatingPointFormatStyle<Double>.number.precision(.fractionLength(0...1)).grouping(.never)
        if value < 120 { return value.formatted(number) + " s" }
        return value < 7_200 ? (value / 60).formatted(number) + " min" : (value / 3_600).formatted(number) + " h"
    }

    static func sparkline(_ values: [Double?]) -> String {
        let bars = Array("▁▂▃▄▅▆▇█")
        let known = values.compactMap { $0 }
        guard let low = known.min(), let high = known.max() else { return "" }
        return String(
            values.map { value in
                guard let value else { return " " }
                guard high > low else { return bars[3] }
                return bars[min(7, Int((value - low) / (high - low) * 7.999))]
            })
    }
}

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "List every metric and dimension with its definition.")

    @OptionGroup var data: DataOptions
    @Option(help: "id or en.") var language: String?

    func run() async throws {
        let language = try data.settings([Setting.language.name: language]).workspace.language
        let metrics = Catalogue.metrics.map { [$0.id, $0.unit.rawValue, $0.definition(language)] }
        print(TextTable.render(["metric", "unit", "definition"], metrics))
        let dimensions = Dimension.allCases.map { [$0.rawValue, $0.name(language)] }
        print(TextTable.render(["dimension", "meaning"], dimensions), terminator: "")
    }
}

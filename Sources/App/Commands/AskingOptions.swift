import Analytics
import ArgumentParser
import Catalogue
import Domain
import Foundation
import Storage
import StoreSQLite

/// Range and filters of a question.
struct RangeOptions: ParsableArguments {
    @Option(help: "7d, 4w, or a preset such as last_28_days.") var last: String?
    @Option(help: "First date, or an RFC 3339 instant.") var from: String?
    @Option(help: "End, excluded.") var to: String?
    @Option(help: "campaign=11.11 · country!=ID · template= (has none). May be repeated.") var filter: [String] = []

    /// The flags as a query about a metric; the last 28 days unless they say otherwise.
    func query(of metric: String, workspace: Workspace) throws -> Query {
        var flags = QueryFlags()
        flags.metrics = [metric]
        flags.last = last ?? (from == nil && to == nil ? "last_28_days" : nil)
        flags.from = from
        flags.to = to
        flags.filters = filter
        return try flags.query(now: Clock.now(), workspace: workspace)
    }
}

/// How an answer is written.
struct OutputOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "table, json or csv; table on a terminal, json in a pipe.") var output:
        QueryCommand.OutputFormat?
    @Option(help: "id or en.") var language: String?

    var format: QueryCommand.OutputFormat {
        let isTerminal = isatty(FileHandle.standardOutput.fileDescriptor) == 1
        return output ?? (isTerminal ? .table : .json)
    }
}

/// Rows with a heading for people and one for programs.
struct OutputTable {
    struct Column {
        /// In CSV.
        var id: String
        var title: Text
        var isNumeric = false

        static func text(_ id: String, _ titleID: String, _ titleEN: String) -> Column {
            Column(id: id, title: Text(id: titleID, en: titleEN))
        }
        static func number(_ id: String, _ titleID: String, _ titleEN: String) -> Column {
            Column(id: id, title: Text(id: titleID, en: titleEN), isNumeric: true)
        }
    }
    var columns: [Column]
    var rows: [[String?]] = []

    /// Writes in one of the three forms; `json` is asked only when it is needed.
    func write(as format: QueryCommand.OutputFormat, _ language: Language, json: () -> [UInt8]) {
        switch format {
        case .json: FileHandle.standardOutput.write(Data(json() + [10]))
        case .csv: FileHandle.standardOutput.write(Data(CSVText.table(columns.map(\.id), rows).utf8))
        case .table: print(text(language), terminator: "")
        }
    }

    func text(_ language: Language) -> String {
        TextTable.render(
            columns.map { $0.title(language) }, rows.map { $0.map { $0 ?? "–" } },
            numeric: Set(columns.indices.filter { columns[$0].isNumeric }))
    }
}

/// A data directory opened to be asked.
struct Asking {
    let installation: Installation
    let workspace: Workspace
    let analyst: Analyst
    var language: Language { workspace.language }
    var store: any AnalyticsStore { installation.store }

    init(_ data: DataOptions, language: String?) async throws {
        let settings = try data.settings([Setting.language.name: language])
        installation = try await Installation(settings, as: .guest)
        workspace = installation.workspace(settings)
        var analyst = Analyst(store: installation.store, workspace: workspace, now: Clock.now)
        analyst.holidays = PublicHolidays.known(in: installation.directory)
        self.analyst = analyst
    }

    func say(_ id: String, _ en: String) -> String { language == .indonesian ? id : en }

    /// Said on stderr, so that it is in nobody's pipe.
    func note(_ notes: [Text]) {
        for note in notes { FileHandle.standardError.write(Data("! \(note(language))\n".utf8)) }
    }
}

/// Money on a terminal.
enum MoneyView {
    static func text(_ money: Money?) -> String? { money.map { "\($0.decimal) \($0.currency)" } }

    /// A number that is no exact amount.
    static func number(_ value: Double?) -> String? {
        value?.formatted(
            .number.precision(.significantDigits(1...6)).grouping(.never).locale(Locale(identifier: "en_US")))
    }
}

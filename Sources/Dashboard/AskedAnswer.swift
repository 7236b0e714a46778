import Analytics
import Catalogue
import Domain
import Web

/// Any answer as a picture and a table.
struct AskedAnswer {
    let answer: Answer
    let scope: Scope

    private static let linesMax = 4

    var html: HTML {
        guard !answer.rows.isEmpty else {
            return scope.sentence("Tidak ada data pada rentang ini.", "No data in this range.")
        }
        return chart + table + scope.notes(answer.meta.notes)
    }

    private var metrics: [String] { answer.columns.filter { $0.kind == .metric }.map(\.name) }
    private var dimensions: [Dimension] {
        answer.columns.filter { $0.kind == .dimension }.compactMap { Dimension(rawValue: $0.name) }
    }
    private var hasTime: Bool { answer.columns.contains { $0.kind == .time } }

    private var chart: HTML {
        let lines = metrics.prefix(Self.linesMax).enumerated().map { index, metric in
            ChartLine(metric, Palette.ordinal(index))
        }
        // Lines of different units have no scale in common.
        let unit = lines.first.flatMap { Catalogue.metric($0.metric)?.unit }
        let alike = lines.filter { Catalogue.metric($0.metric)?.unit == unit }
        if hasTime {
            guard dimensions.isEmpty, answer.rows.count > 1 else { return "" }
            return Chart.overTime(answer, alike, scope).html
        }
        guard dimensions.count == 1, let dimension = dimensions.first, answer.rows.count > 1 else { return "" }
        return Chart.ranked(answer, by: dimension, alike, scope, named: { dimension.word($0, scope) }).html
    }

    private var table: HTML {
        let heads = answer.columns.map { column -> HTML in
            guard column.kind == .metric else {
                let name = Dimension(rawValue: column.name)?.name(scope.language) ?? scope.say("Waktu", "Time")
                return "<th scope=\"col\">\(name)</th>"
            }
            let name = Catalogue.metric(column.name)?.name(scope.language) ?? column.name
            return "<th scope=\"col\" class=\"number\">\(name) \(About.metric(column.name, scope))</th>"
        }
        let shown = answer.rows.indices.prefix(AskCard.rowsMax)
        let rest: HTML =
            answer.rowCount > shown.count
            ? """
            <p class="muted small">\(scope.say(
                "Menampilkan \(shown.count) dari \(scope.figures.integer(answer.rowCount)) baris; unduh untuk "
                    + "semuanya.",
                "Showing \(shown.count) of \(scope.figures.integer(answer.rowCount)) rows; download for all."))</p>
            """ : ""
        return """
            <div class="table spaced" tabindex="0" role="region" aria-label="\(scope.say("Jawaban", "Answer"))">\
            <table class="tight"><thead><tr>\(heads)</tr></thead>
            <tbody>\(shown.map(row))</tbody></table></div>\(rest)
            """
    }

    private func row(_ row: Int) -> HTML {
        let cells = answer.columns.map { column -> HTML in
            guard column.kind == .metric else { return "<th scope=\"row\">\(label(row, column))</th>" }
            let sample = scope.sample(answer, row, column.name)
            let small: HTML = sample?.isSmall ?? false ? " faint" : ""
            let beneath: HTML =
                sample.map { sample in
                    guard sample.isSmall, sample.count > 0 else { return "" }
                    let interval = scope.interval(answer, row, column.name).map { "\($0) · " } ?? ""
                    return "<span class=\"interval\">\(interval)n = \(scope.figures.integer(sample.count))</span>"
                } ?? ""
            return "<td class=\"number\(small)\">\(scope.number(answer, row, column.name))\(beneath)</td>"
        }
        return "<tr>\(cells)</tr>\n"
    }

    private func label(_ row: Int, _ column: Answer.Column) -> String {
        guard let text = answer.cell(row, column.name).text else { return scope.say("(tanpa)", "(none)") }
        guard column.kind == .time else {
            return Dimension(rawValue: column.name)?.word(text, scope) ?? text
        }
        guard let start = RFC3339.parse(text) else { return text }
        let date = scope.figures.weekdayDate(scope.figures.clock.date(of: start))
        switch answer.meta.query.grain {
        case .quarterHour, .hour:
            let clock = scope.figures.time(start).split(separator: " ").last.map(String.init) ?? ""
            return "\(date) \(clock)"
        case .total, .day, .week, .month: return date
        }
    }
}

/// A question as the form of its parts spells it: in the address, and back.
struct AskedParts: Hashable {
    var metrics: [String] = []
    var by: [String] = []
    var grain = Grain.total.rawValue
    /// `last_7_days`, `14d`, or two dates, both included, or two instants.
    var when = QueryRange.Preset.last7Days.rawValue
    /// Conditions as the command line has them, with semicolons between.
    var only = ""

    init(_ filters: Filters) {
        let list = { (option: Filters.Option) in
            (filters.option(option) ?? "").split(separator: ",").map(String.init)
        }
        metrics = list(.metrics)
        by = list(.by)
        grain = filters.option(.grain) ?? grain
        when = filters.option(.when) ?? when
        only = filters.option(.only) ?? ""
    }

    init(_ query: Query) {
        metrics = query.metrics
        by = query.dimensions.map(\.rawValue)
        grain = query.grain.rawValue
        switch query.range {
        case .preset(let preset): when = preset.rawValue
        case .lastDays(let days): when = "\(days)d"
        case .dates(let from, let to): when = "\(from)..\(to.adding(days: -1))"
        case .instants(let from, let to): when = "\(RFC3339.format(from))..\(RFC3339.format(to))"
        }
        only = query.filters.map { filter in
            let sign = filter.op == .isIn || filter.op == .isNull ? "=" : "!="
            return filter.dimension.rawValue + sign + filter.values.joined(separator: ",")
        }.joined(separator: "; ")
    }

    /// Nil when it is longer than an address may say.
    func url(path: String) -> String? {
        let items = [
            ("metrics", metrics.joined(separator: ",")), ("by", by.joined(separator: ",")), ("grain", grain),
            ("when", when), ("only", only),
        ].filter { !$0.1.isEmpty }
        guard items.allSatisfy({ $0.1.utf8.count <= Limits.labelBytesMax }) else { return nil }
        return URLQuery(items).url(path: path)
    }

    func query(now: Instant, clock: ZoneClock) throws(Failure) -> Query {
        var flags = QueryFlags()
        flags.metrics = metrics
        flags.by = by
        flags.grain = grain
        if let gap = when.firstRange(of: "..") {
            let from = String(when[..<gap.lowerBound])
            let to = String(when[gap.upperBound...])
            flags.from = from
            flags.to = LocalDate(to).map { $0.adding(days: 1).description } ?? to
        } else {
            flags.last = when.filter { $0 != " " }
        }
        flags.filters = only.split(separator: ";").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
        return try flags.query(now: now, workspace: Workspace(timeZone: clock.identifier))
    }
}

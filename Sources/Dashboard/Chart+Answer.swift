import Analytics
import Catalogue
import Domain
import Storage
import Web

/// A metric of an answer as a series.
struct ChartLine: Sendable {
    var metric: String
    var thing: Palette
    /// Short, where the chart's title says the rest; the metric's own when nil.
    var name: String?

    init(_ metric: String, _ thing: Palette, _ name: String? = nil) {
        self.metric = metric
        self.thing = thing
        self.name = name
    }
}

extension Chart {
    /// Below this share of known receipts a bucket is drawn as incomplete.
    static let maturityMin = 0.95

    /// Metrics of an answer with a time column and no dimension. The compared period is dashed, buckets that are not
    /// over, not matured or `open` are dashed and hollow, intervals are bands.
    /// - Parameters:
    ///   - volume: bars behind the lines.
    ///   - open: a count; a bucket where it is not 0 will still change.
    ///   - path: a bucket leads to this page, narrowed to its days; nil for the page itself.
    static func overTime(
        _ answer: Answer, _ lines: [ChartLine], _ scope: Scope, kind: Kind = .line, title: String? = nil,
        volume: ChartLine? = nil, open: String? = nil, marks: [TimelineMark] = [], isLogarithmic: Bool = false,
        path: String? = nil
    ) -> Chart {
        let buckets = TimeBuckets(answer, scope, open: open)
        let series =
            lines.map { Self.series($0, answer, buckets.rows, scope) }
            + [volume].compactMap { $0 }.map { line in
                var series = Self.series(line, answer, buckets.rows, scope)
                series.isVolume = true
                for index in series.points.indices { series.points[index].before = nil }
                return series
            }
        let names = series.map(\.name).joined(separator: ", ")
        return Chart(
            kind: kind, title: title ?? scope.say("\(names) dari waktu ke waktu", "\(names) over time"),
            axis: buckets.axis, places: buckets.places(path), series: series, marks: buckets.marks(marks),
            isLogarithmic: isLogarithmic, language: scope.language,
            note: series.contains(where: \.hasIntervals)
                ? scope.say(
                    "Di bawah sebuah angka: selang kepercayaan 95\u{A0}%.", "Below a number: its 95% interval.") : nil)
    }

    /// One metric over time for each value of a dimension, in the order of `values`.
    /// - Parameter values: nil stands for what has none.
    static func overTime(
        _ answer: Answer, metric: String, by dimension: Dimension,
        _ values: [(value: String?, name: String, thing: Palette)], _ scope: Scope, kind: Kind = .line,
        title: String? = nil, open: String? = nil, marks: [TimelineMark] = [], isLogarithmic: Bool = false,
        path: String? = nil
    ) -> Chart {
        let buckets = TimeBuckets(answer, scope, open: open)
        let series = values.map { value, name, thing -> Series in
            let rows = buckets.starts.map { start in
                answer.rows.indices.first {
                    answer.cell($0, dimension.rawValue).text == value && buckets.start(ofRow: $0) == start
                }
            }
            var series = Self.series(ChartLine(metric, thing, name), answer, rows, scope)
            series.name = name
            return series
        }
        let word = Catalogue.metric(metric)?.name(scope.language) ?? metric
        return Chart(
            kind: kind, title: title ?? scope.say("\(word) dari waktu ke waktu", "\(word) over time"),
            axis: buckets.axis, places: buckets.places(path), series: series, marks: buckets.marks(marks),
            isLogarithmic: isLogarithmic, language: scope.language)
    }

    /// Metrics by the values of a dimension, one bar for each, in the order of the answer.
    /// - Parameter path: a bar leads to this page, narrowed to its value; nil for the page itself.
    static func ranked(
        _ answer: Answer, by dimension: Dimension, _ lines: [ChartLine], _ scope: Scope, kind: Kind = .horizontal,
        title: String? = nil, limit: Int = 12, path: String? = nil, named: (String) -> String = { $0 }
    ) -> Chart {
        let rows = Array(answer.rows.indices.prefix(limit))
        let none = scope.say("(tanpa)", "(none)")
        let places = rows.map { row -> Place in
            let value = answer.cell(row, dimension.rawValue).text
            let name = value.map(named) ?? none
            let short = name.count > 28 ? String(name.prefix(27)) + "…" : name
            return Place(short: short, name: name, href: scope.url(path ?? scope.path, dimension, value))
        }
        let series = lines.map { Self.series($0, answer, rows.map { $0 }, scope) }
        let names = series.map(\.name).joined(separator: ", ")
        let by = dimension.name(scope.language)
        return Chart(
            kind: kind, title: title ?? scope.say("\(names) menurut \(by)", "\(names) by \(by)"), axis: by,
            places: places, series: series, size: rows.count > 7 ? .high : .normal, language: scope.language)
    }

    /// - Parameter rows: of the answer, by place; nil where it has none.
    static func series(_ line: ChartLine, _ answer: Answer, _ rows: [Int?], _ scope: Scope) -> Series {
        let metric = Catalogue.metric(line.metric)
        let unit = metric?.unit ?? .count
        let currency = answer.index(of: line.metric).flatMap { answer.columns[$0].currency }
        let points = rows.map { row -> Point in
            guard let row else { return Point() }
            let interval = answer.intervals[line.metric].flatMap { $0.indices.contains(row) ? $0[row] : nil }
            let sample = scope.sample(answer, row, line.metric)
            var point = Point(
                value: answer.cell(row, line.metric).number, words: scope.number(answer, row, line.metric),
                interval: interval, sample: sample?.count, isSmall: sample?.isSmall ?? false)
            point.intervalWords = interval.map { interval in
                unit == .ratio
                    ? scope.figures.interval(interval)
                    : "\(scope.figures.value(interval.lower, unit))–\(scope.figures.value(interval.upper, unit))"
            }
            if unit == .money, currency == nil { point.currency = answer.currency(row, line.metric) }
            if let comparison = answer.comparison, comparison.rows.indices.contains(row),
                let column = answer.index(of: line.metric)
            {
                let cell = comparison.rows[row][column]
                let then = comparison.currencies[line.metric].flatMap { $0.indices.contains(row) ? $0[row] : nil }
                point.before = cell.number
                point.beforeWords = "\(scope.figures.value(cell.number, unit, currency: currency ?? then))"
            }
            return point
        }
        return Series(
            name: line.name ?? metric?.name(scope.language) ?? line.metric, thing: line.thing, unit: unit,
            currency: currency, points: points)
    }
}

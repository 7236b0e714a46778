import Catalogue
import Domain
import Web

/// What the pages show: the filters of a URL. Every page has the same, and links carry them along.
struct Filters: Sendable, Hashable {
    enum Span: Sendable, Hashable {
        case preset(QueryRange.Preset)
        /// Whole local days, `to` excluded.
        case dates(from: LocalDate, to: LocalDate)
    }
    /// What a dimension is narrowed to.
    enum Choice: Sendable, Hashable {
        /// One of these.
        case values([String])
        /// Has none.
        case none
    }
    static let presets: [QueryRange.Preset] = [.today, .yesterday, .last7Days, .last28Days, .last90Days, .monthToDate]
    /// The bar offers no longer range: two years of days are about what a chart can show.
    static let daysMax: Int64 = 731
    static let valuesMax = 50
    static let standard = Filters()

    var span = Span.preset(.last28Days)
    var compare: Query.Comparison? = .previousPeriod
    private var choices: [Dimension: Choice] = [:]
    var options: [Option: String] = [:]

    init() {}

    /// Reads `?range=last_28_days&template=…`, `?from=2026-10-01&to=2026-10-07` (both included), `?none=campaign`,
    /// `?compare=last_year`. What is not understood is as if it were not there.
    init(_ query: URLQuery) {
        if let from = query["from"].flatMap({ LocalDate($0) }), let to = query["to"].flatMap({ LocalDate($0) }),
            from <= to, to.day - from.day < Self.daysMax
        {
            span = .dates(from: from, to: to.adding(days: 1))
        } else if let preset = query["range"].flatMap(QueryRange.Preset.init) {
            span = .preset(preset)
        }
        switch query["compare"] {
        case "none": compare = nil
        case let name?: compare = Query.Comparison(rawValue: name) ?? .previousPeriod
        case nil: break
        }
        for dimension in Dimension.allCases {
            let values = query.items.filter { $0.name == dimension.rawValue }.map(\.value).filter(Self.isValue)
            if !values.isEmpty { choices[dimension] = .values(Self.unique(values)) }
        }
        for item in query.items where item.name == "none" {
            if let dimension = Dimension(rawValue: item.value) { choices[dimension] = Choice.none }
        }
        for option in Option.allCases {
            options[option] = query[option.rawValue].flatMap { Self.isValue($0) ? $0 : nil }
        }
    }

    private static func isValue(_ text: String) -> Bool { !text.isEmpty && text.utf8.count <= Limits.labelBytesMax }

    private static func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return Array(values.filter { seen.insert($0).inserted }.prefix(valuesMax))
    }

    // MARK: Choices

    subscript(dimension: Dimension) -> Choice? { choices[dimension] }

    /// The one value that a dimension is narrowed to; nil when it is not, or to several.
    func only(_ dimension: Dimension) -> String? {
        guard case .values(let values)? = choices[dimension], values.count == 1 else { return nil }
        return values.first
    }

    /// The same filters, with a dimension narrowed to these values; with none of them, to what has none of its own.
    func setting(_ dimension: Dimension, to values: [String?]) -> Filters {
        var changed = self
        changed.options[.after] = nil
        let known = values.compactMap { $0 }
        changed.choices[dimension] = values.isEmpty ? nil : known.isEmpty ? Choice.none : .values(Self.unique(known))
        return changed
    }

    func setting(_ span: Span) -> Filters {
        var changed = self
        changed.options[.after] = nil
        changed.span = span
        return changed
    }

    func setting(compare: Query.Comparison?) -> Filters {
        var changed = self
        changed.compare = compare
        return changed
    }

    /// The same time, nothing left out.
    var cleared: Filters {
        var changed = self
        changed.choices = [:]
        return changed
    }

    /// Those that are narrowed, in the catalogue's order.
    var dimensions: [Dimension] { Dimension.allCases.filter { choices[$0] != nil } }

    /// Whether anything is left out but by time.
    var isNarrowed: Bool { !choices.isEmpty }

    // MARK: As a URL

    var query: URLQuery {
        var items: [(String, String)] = []
        switch span {
        case .preset(.last28Days): break
        case .preset(let preset): items.append(("range", preset.rawValue))
        case .dates(let from, let to):
            items += [("from", from.description), ("to", to.adding(days: -1).description)]
        }
        switch compare {
        case .previousPeriod?: break
        case .lastYear?: items.append(("compare", Query.Comparison.lastYear.rawValue))
        case nil: items.append(("compare", "none"))
        }
        for dimension in dimensions {
            switch choices[dimension] {
            case .values(let values)?: items += values.map { (dimension.rawValue, $0) }
            case Choice.none?: items.append(("none", dimension.rawValue))
            case nil: break
            }
        }
        for option in Option.allCases {
            if let value = options[option] { items.append((option.rawValue, value)) }
        }
        return URLQuery(items)
    }

    func url(path: String) -> String { query.url(path: path) }

    // MARK: As a question

    var range: QueryRange {
        switch span {
        case .preset(let preset): .preset(preset)
        case .dates(let from, let to): .dates(from: from, to: to)
        }
    }

    /// As conditions of a question, those of some dimensions only.
    func conditions(among allowed: some Sequence<Dimension>) -> [Filter] {
        let allowed = Set(allowed)
        return dimensions.filter(allowed.contains).compactMap { dimension in
            switch choices[dimension] {
            case .values(let values)?: Filter(dimension: dimension, op: .isIn, values: values)
            case Choice.none?: Filter(dimension: dimension, op: .isNull, values: [])
            case nil: nil
            }
        }
    }

    /// As conditions of a question about these metrics: what they cannot be narrowed by is left out, and the card says
    /// so.
    func conditions(for metrics: [String]) -> [Filter] {
        conditions(among: Catalogue.conditions(common: metrics))
    }

    // MARK: Time

    /// The days of the range, `to` excluded.
    func dates(now: Instant, clock: ZoneClock) -> (from: LocalDate, to: LocalDate) {
        if case .dates(let from, let to) = span { return (from, to) }
        let (from, to) = range.resolved(now: now, clock: clock)
        return (clock.date(of: from), clock.date(of: to.adding(seconds: -1)).adding(days: 1))
    }

    /// The range moved by its own length; nil when it would begin after today.
    func moved(_ steps: Int64, now: Instant, clock: ZoneClock) -> Filters? {
        let (from, to) = dates(now: now, clock: clock)
        let days = (to.day - from.day) * steps
        let first = from.adding(days: days)
        guard first <= clock.date(of: now) else { return nil }
        return setting(.dates(from: first, to: to.adding(days: days)))
    }
}

import Domain

/// A question as the flags of a command line spell it.
///
/// `--metrics delivery_rate,messages --by template --last 7d --filter use_case=broadcast,notification`
package struct QueryFlags: Hashable, Sendable {
    /// Each may hold several names, with commas between them.
    package var metrics: [String] = []
    package var by: [String] = []
    /// `7d`, `4w`, or a preset: `today`, `yesterday`, `last_7_days`, …
    package var last: String?
    /// A date or an RFC 3339 instant.
    package var from: String?
    /// Excluded. Without it a range of dates ends with today.
    package var to: String?
    package var grain: String?
    /// `dimension=value,value`, `dimension!=value,value`, `dimension=` (has none), `dimension!=` (has one).
    package var filters: [String] = []
    package var timezone: String?
    package var compare: String?
    package var limit: Int?
    /// `column`, `column:desc`, `column:asc`.
    package var order: [String] = []

    package init() {}

    /// - Parameter now: for a range without an end.
    package func query(now: Instant, workspace: Workspace) throws(Failure) -> Query {
        var query = Query(metrics: Self.names(metrics))
        for name in Self.names(by) { query.dimensions.append(try Catalogue.requireDimension(name)) }
        for filter in filters { query.filters.append(try Self.filter(filter)) }
        query.timezone = timezone
        query.range = try range(now: now, workspace: workspace)
        if let grain { query.grain = try Query.choice(grain, "grain") }
        if let compare { query.compare = try Query.choice(compare, "compare") }
        query.limit = limit
        for item in Self.names(order) { query.order.append(try Self.order(item)) }
        return query
    }

    private static func order(_ text: String) throws(Failure) -> Query.Order {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let direction = parts.count == 2 ? parts[1] : "asc"
        guard let column = parts.first, direction == "asc" || direction == "desc" else {
            throw Failure(
                .unprocessable,
                id: "Urutan \"\(String(text.prefix(64)))\" tidak jelas. Contoh: messages:desc, template:asc.",
                en: "The order \"\(String(text.prefix(64)))\" is not clear. Examples: messages:desc, template:asc.")
        }
        return Query.Order(by: column, isDescending: direction == "desc")
    }

    private static func names(_ lists: [String]) -> [String] {
        lists.flatMap { $0.split(separator: ",").map { trimmed($0) } }.filter { !$0.isEmpty }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    private func range(now: Instant, workspace: Workspace) throws(Failure) -> QueryRange {
        if let last {
            guard from == nil, to == nil else {
                throw Failure(
                    .unprocessable, id: "Pakai --last, atau --from dan --to; jangan keduanya.",
                    en: "Use --last, or --from and --to; not both.")
            }
            return try Self.lastRange(last)
        }
        guard let from else {
            guard to == nil else {
                throw Failure(.unprocessable, id: "--to perlu --from.", en: "--to needs --from.")
            }
            return .preset(.last7Days)
        }
        if let to { return try QueryRange(from: from, to: to) }
        let clock = try ZoneClock.named(timezone ?? workspace.timeZone)
        let tomorrow = clock.date(of: now).adding(days: 1)
        let isDate = LocalDate(from) != nil
        return try QueryRange(from: from, to: isDate ? "\(tomorrow)" : clock.rfc3339(clock.instant(of: tomorrow)))
    }

    private static func lastRange(_ text: String) throws(Failure) -> QueryRange {
        if let preset = QueryRange.Preset(rawValue: text) { return .preset(preset) }
        let days: Int? =
            switch text.last {
            case "d": Int(text.dropLast())
            case "w": Int(text.dropLast()).flatMap { (0...1_000).contains($0) ? $0 * 7 : nil }
            default: nil
            }
        guard let days, (1...7_000).contains(days) else {
            let presets = QueryRange.Preset.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .unprocessable,
                id: "--last tidak mengenal \"\(String(text.prefix(64)))\". Contoh: 7d, 4w, atau \(presets).",
                en: "--last does not know \"\(String(text.prefix(64)))\". Examples: 7d, 4w, or \(presets).")
        }
        return .lastDays(days)
    }

    private static func filter(_ text: String) throws(Failure) -> Filter {
        guard let sign = text.firstIndex(of: "=") else {
            throw Failure(
                .unprocessable,
                id: "Filter \"\(String(text.prefix(64)))\" tidak jelas. Contoh: template=promo, country!=ID, "
                    + "campaign= (yang kosong).",
                en: "The filter \"\(String(text.prefix(64)))\" is not clear. Examples: template=promo, country!=ID, "
                    + "campaign= (has none).")
        }
        var name = text[..<sign]
        let isNegated = name.last == "!"
        if isNegated { name.removeLast() }
        let dimension = try Catalogue.requireDimension(trimmed(name))
        let values = names([String(text[text.index(after: sign)...])]).map(dimension.normalised)
        if values.isEmpty { return Filter(dimension: dimension, op: isNegated ? .notNull : .isNull) }
        return Filter(dimension: dimension, op: isNegated ? .notIn : .isIn, values: values)
    }
}

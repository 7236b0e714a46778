import Catalogue
import Domain

/// Slots → rows: gaps filled, ordered, cut at the limit, arithmetic done.
struct AnswerTable: Sendable {
    private let query: ResolvedQuery
    /// The slots that are shown, in the order of the rows.
    let shown: [(slot: Slot, sums: Sums)]
    /// Rows before the limit.
    let rowCount: Int
    /// Over all slots, shown or not.
    let total: Sums

    init(_ query: ResolvedQuery, _ gathered: Gathering.Result) {
        let slots = gathered.slots
        self.query = query
        total = Self.total(gathered, query)
        var rows: [(slot: Slot, sums: Sums)]
        if query.query.dimensions.isEmpty {
            // A line has a point for each bucket: what did not happen is told as 0, not left out.
            rows = (0..<max(0, query.boundaries.count - 1)).map { bucket in
                let slot = Slot(bucket: bucket, key: [])
                return (slot, slots[slot] ?? Sums())
            }
        } else {
            rows = slots.filter { slot, sums in
                query.metrics.contains { Self.says(something: $0.cell(sums)) }
            }.map { ($0.key, $0.value) }
        }
        rowCount = rows.count
        rows = Self.sorted(rows, query)
        shown = Array(rows.prefix(query.limit))
    }

    private static func total(_ gathered: Gathering.Result, _ query: ResolvedQuery) -> Sums {
        var total = Sums()
        // In one order, so that sums of fractions are the same each time.
        let model = query.query.dimensions.firstIndex(of: .model)
        for (slot, sums) in gathered.slots.sorted(by: { precedes($0.key, $1.key) }) {
            // What is no credit stands beside each model: it is counted with the first.
            if let model, slot.key[model] != query.models.first { continue }
            total.add(sums)
        }
        total.hasSeveralModels = query.models.count > 1
        for measure in query.metrics.flatMap(\.expression.measures) where measure.isDistinct {
            total[measure] = gathered.whole[measure]
        }
        return total
    }

    /// Rates say something when they exist, counts when they are not 0.
    private static func says(something cell: Cell) -> Bool {
        switch cell {
        case .null: false
        case .int(let count), .decimal(let count): count != 0
        case .double, .text: true
        }
    }

    // MARK: Order

    private static func precedes(_ a: Slot, _ b: Slot) -> Bool {
        if a.bucket != b.bucket { return a.bucket < b.bucket }
        for (left, right) in zip(a.key, b.key) where left != right {
            guard let left else { return false }
            guard let right else { return true }
            return left < right
        }
        return false
    }

    private enum SortKey {
        case bucket
        case dimension(Int)
        case metric(Int)
    }

    private static func sorted(_ rows: [(slot: Slot, sums: Sums)], _ query: ResolvedQuery) -> [(slot: Slot, sums: Sums)]
    {
        let keys: [(key: SortKey, isDescending: Bool)] = query.order.compactMap { order in
            if order.by == "time" { return (.bucket, order.isDescending) }
            if let index = query.query.dimensions.firstIndex(where: { $0.rawValue == order.by }) {
                return (.dimension(index), order.isDescending)
            }
            return query.metrics.firstIndex { $0.id == order.by }.map { (.metric($0), order.isDescending) }
        }
        let metrics = Set(keys.compactMap { if case .metric(let index) = $0.key { index } else { nil } })
        let decorated = rows.map { row in
            (
                row: row,
                values: metrics.reduce(into: [Int: Double]()) { $0[$1] = query.metrics[$1].cell(row.sums).number }
            )
        }
        return decorated.sorted { a, b in
            for (key, isDescending) in keys {
                let before: Bool?
                switch key {
                case .bucket: before = ordered(a.row.slot.bucket, b.row.slot.bucket, isDescending)
                case .dimension(let index): before = ordered(a.row.slot.key[index], b.row.slot.key[index], isDescending)
                case .metric(let index): before = ordered(a.values[index], b.values[index], isDescending)
                }
                if let before { return before }
            }
            return false
        }.map(\.row)
    }

    /// Whether a comes before b; nil when they are alike. What does not exist comes last either way.
    private static func ordered<Value: Comparable>(_ a: Value?, _ b: Value?, _ isDescending: Bool) -> Bool? {
        switch (a, b) {
        case (nil, nil): nil
        case (nil, _): false
        case (_, nil): true
        case (let a?, let b?): a == b ? nil : (a < b) != isDescending
        }
    }

    // MARK: Rows

    private func columns(_ currencies: [String: String] = [:]) -> [Answer.Column] {
        (query.hasTime ? [Answer.Column(name: "time", kind: .time)] : [])
            + query.query.dimensions.map { Answer.Column(name: $0.rawValue, kind: .dimension) }
            + query.metrics.map {
                Answer.Column(name: $0.id, kind: .metric, unit: $0.unit, currency: currencies[$0.id])
            }
    }

    private func row(_ slot: Slot, _ numbers: [Cell], boundaries: [Instant]) -> [Cell] {
        let time: [Cell] =
            query.hasTime && boundaries.indices.contains(slot.bucket)
            ? [.text(query.clock.rfc3339(boundaries[slot.bucket]))] : query.hasTime ? [.null] : []
        return time + slot.key.map { $0.map(Cell.text) ?? .null } + numbers
    }

    private func totals(_ sums: Sums) -> [Cell] {
        Array(repeating: .null, count: (query.hasTime ? 1 : 0) + query.query.dimensions.count)
            + query.metrics.map { $0.cell(sums) }
    }

    /// By metric of money, the currency of each of some rows.
    private func currencies(_ rows: [Sums]) -> [String: [String?]] {
        query.metrics.reduce(into: [:]) { lists, metric in
            if metric.unit == .money { lists[metric.id] = rows.map(metric.currency) }
        }
    }

    /// By metric of money, the one currency of all its amounts; none where there are several.
    private func sharedCurrencies(
        _ rows: [String: [String?]], _ comparison: Answer.Comparison?
    ) -> [String: String] {
        query.metrics.reduce(into: [:]) { shared, metric in
            guard metric.unit == .money else { return }
            var all = Set((rows[metric.id] ?? []).compactMap(\.self))
            all.formUnion((comparison?.currencies[metric.id] ?? []).compactMap(\.self))
            if let currency = comparison?.totalCurrencies[metric.id] { all.insert(currency) }
            if let currency = metric.currency(total) { all.insert(currency) }
            all.formUnion(metric.mixedCurrencies(total))
            if all.count <= 1 { shared[metric.id] = all.first ?? query.currency }
        }
    }

    func answer(maturities: Set<Metric.Maturity>, comparison: Answer.Comparison?, meta: Answer.Meta) -> Answer {
        var intervals: [String: [Interval?]] = [:]
        var samples: [String: [Int64]] = [:]
        for metric in query.metrics {
            if metric.hasInterval { intervals[metric.id] = shown.map { metric.interval($0.sums) } }
            if metric.hasSample { samples[metric.id] = shown.map { metric.sample($0.sums) ?? 0 } }
        }
        let currencies = currencies(shown.map(\.sums))
        return Answer(
            columns: columns(sharedCurrencies(currencies, comparison)),
            rows: shown.map { shown in
                row(shown.slot, query.metrics.map { $0.cell(shown.sums) }, boundaries: query.boundaries)
            },
            intervals: intervals, samples: samples, currencies: currencies,
            maturities: shown.map { $0.sums.maturity(maturities) },
            totals: totals(total), rowCount: rowCount, comparison: comparison, meta: meta)
    }

    /// The counterparts of the shown rows.
    func comparison(_ period: ComparedPeriod, _ gathered: Gathering.Result) -> Answer.Comparison {
        let rows = shown.map { shown in
            let numbers = query.metrics.map { metric -> Cell in
                period.exists(bucket: shown.slot.bucket) ? metric.cell(gathered.slots[shown.slot] ?? Sums()) : .null
            }
            return row(shown.slot, numbers, boundaries: period.boundaries)
        }
        let then = Self.total(gathered, query)
        return Answer.Comparison(
            from: period.from, to: period.to, rows: rows,
            totals: period.from < period.to
                ? totals(then) : Array(repeating: .null, count: columns().count),
            currencies: currencies(shown.map { gathered.slots[$0.slot] ?? Sums() }),
            totalCurrencies: query.metrics.reduce(into: [:]) { $0[$1.id] = $1.currency(then) })
    }
}

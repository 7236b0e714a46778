import Catalogue
import Domain

/// One row of an answer before arithmetic: a bucket and a value for each dimension of the query.
struct Slot: Hashable, Sendable {
    var bucket: Int
    var key: [String?]
}

/// Sums of measures and histograms of durations for one slot.
struct Sums: Hashable, Sendable {
    /// By raw value of the measure.
    private var counts: [Int64]
    private var histograms: [Histogram]
    /// Messages whose receipt of delivery is still to be expected by their age: Σ n (1 − F(age)).
    var undelivered = 0.0
    /// Delivered messages whose receipt of reading is still to be expected by their age.
    var unread = 0.0
    /// Young messages exist, but how fast receipts come is not known.
    var isMaturityUnknown = false

    init() {
        counts = Array(repeating: 0, count: MessageMeasure.allCases.count)
        histograms = Array(repeating: Histogram(), count: MessageDuration.allCases.count)
    }

    subscript(measure: MessageMeasure) -> Int64 { counts[measure.rawValue] }
    subscript(duration: MessageDuration) -> Histogram { histograms[duration.rawValue] }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } && histograms.allSatisfy(\.isEmpty) }

    /// Adds a store's row of `plan`.
    mutating func add(_ row: Table.Row, of plan: Plan) {
        for (measure, sum) in zip(plan.measures, row.sums) { counts[measure.rawValue] &+= sum }
        for (duration, histogram) in zip(plan.durations, row.histograms) {
            histograms[duration.rawValue].add(histogram)
        }
    }

    mutating func add(_ other: Sums) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        for index in histograms.indices { histograms[index].add(other.histograms[index]) }
        undelivered += other.undelivered
        unread += other.unread
        isMaturityUnknown = isMaturityUnknown || other.isMaturityUnknown
    }

    /// Share of receipts of one kind that are known by now; nil when it cannot be told.
    func maturity(_ kind: Metric.Maturity) -> Double? {
        guard kind != .none else { return 1 }
        guard !isMaturityUnknown else { return nil }
        let base = Double(self[kind == .read ? .delivered : .accepted])
        guard base > 0 else { return 1 }
        return min(1, max(0, 1 - (kind == .read ? unread : undelivered) / base))
    }

    /// The least mature of several kinds.
    func maturity(_ kinds: Set<Metric.Maturity>) -> Double? {
        var least = 1.0
        for kind in kinds {
            guard let share = maturity(kind) else { return nil }
            least = min(least, share)
        }
        return least
    }
}

extension Metric {
    /// The number, or null when there is none.
    func cell(_ sums: Sums) -> Cell {
        switch expression {
        case .sum(let measure): .int(sums[measure])
        case .ratio(let terms, let denominator):
            sums[denominator] == 0
                ? .null : .double(Double(Self.numerator(terms, sums)) / Double(sums[denominator]))
        case .quantile(let duration, let q): sums[duration].quantile(q).map(Cell.double) ?? .null
        case .expectedDelivery, .expectedRead: estimate(sums).map { .double($0.value) } ?? .null
        }
    }

    /// The 95 % interval of a rate; nil for counts and durations, and where there is no rate.
    func interval(_ sums: Sums) -> Interval? {
        switch expression {
        case .sum, .quantile: nil
        case .ratio(let terms, let denominator): .wilson(Self.numerator(terms, sums), of: sums[denominator])
        case .expectedDelivery, .expectedRead: estimate(sums)?.interval
        }
    }

    /// What the number rests on; nil for counts, which rest on themselves.
    func sample(_ sums: Sums) -> Int64? {
        if let duration = expression.duration { return sums[duration].total }
        return expression.denominator.map { sums[$0] }
    }

    private static func numerator(_ terms: [Expression.Term], _ sums: Sums) -> Int64 {
        terms.reduce(0) { $1.isSubtracted ? $0 &- sums[$1.measure] : $0 &+ sums[$1.measure] }
    }

    private func estimate(_ sums: Sums) -> Estimate? {
        if expression == .expectedRead {
            return .readRate(
                read: sums[.read], proven: sums[.proven], both: sums[.provenRead], delivered: sums[.delivered])
        }
        guard !sums.isMaturityUnknown else { return nil }
        return .deliveryRate(
            delivered: sums[.delivered], accepted: sums[.accepted],
            matured: max(0, Double(sums[.accepted]) - sums.undelivered))
    }
}

import Catalogue

/// One row of an answer before arithmetic: a bucket and a value for each dimension of the query.
struct Slot: Hashable, Sendable {
    var bucket: Int
    var key: [String?]
}

/// Sums of measures and histograms of durations for one slot, of all facts side by side.
struct Sums: Hashable, Sendable {
    /// By place of the measure among those of all facts.
    private var counts: [Int64]
    private var histograms: [Histogram]
    /// By place of the measure among those that are money.
    private var amounts: [Amounts]
    /// Answered waits beyond their threshold (`OutlierThresholds`).
    var outliers: Int64 = 0
    /// Messages whose receipt of delivery is still to be expected by their age: Σ n (1 − F(age)).
    var undelivered = 0.0
    /// Delivered messages whose receipt of reading is still to be expected by their age.
    var unread = 0.0
    /// Delivered messages to which an outcome may still come within the seven days that are looked at.
    var undecided: Int64 = 0
    /// Credits of several attribution models are in it, which do not add up.
    var hasSeveralModels = false
    /// Young messages exist, but how fast receipts come is not known.
    var isMaturityUnknown = false

    init() {
        counts = Array(repeating: 0, count: Measure.placeCount)
        histograms = Array(repeating: Histogram(), count: FactDuration.placeCount)
        amounts = Array(repeating: Amounts(), count: Measure.money.count)
    }

    /// Of measures that are no money.
    subscript(measure: Measure) -> Int64 {
        get { counts[measure.place] }
        set { counts[measure.place] = newValue }
    }
    subscript(duration: FactDuration) -> Histogram { histograms[duration.place] }
    subscript(measures: [Measure]) -> Int64 { measures.reduce(0) { $0 &+ self[$1] } }

    /// Of measures that are money; nothing for others.
    func amounts(_ measure: Measure) -> Amounts {
        Measure.money.firstIndex(of: measure).map { amounts[$0] } ?? Amounts()
    }

    /// All currencies of some amounts.
    func currencies(_ measures: [Measure]) -> Set<String> {
        measures.reduce(into: []) { $0.formUnion(amounts($1).currencies) }
    }

    /// A count, a sum of times or shares, or millionths of money; nil for money that is no single amount.
    func whole(_ measure: Measure) -> Int64? { measure.isMoney ? amounts(measure).only : self[measure] }

    /// Adds a store's row of `plan`.
    mutating func add(_ row: Table.Row, of plan: Plan) {
        for (measure, sum) in zip(plan.measures, row.sums) {
            guard measure.isMoney else {
                counts[measure.place] &+= sum
                continue
            }
            guard let money = Measure.money.firstIndex(of: measure) else { continue }
            let place = plan.dimensions.firstIndex(of: .currency)
            amounts[money].add(sum, place.flatMap { row.key.indices.contains($0) ? row.key[$0] : nil })
        }
        for (duration, histogram) in zip(plan.durations, row.histograms) {
            histograms[duration.place].add(histogram)
        }
    }

    mutating func add(_ other: Sums) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        for index in histograms.indices where !other.histograms[index].isEmpty {
            histograms[index].add(other.histograms[index])
        }
        for index in amounts.indices { amounts[index].add(other.amounts[index]) }
        outliers &+= other.outliers
        undecided &+= other.undecided
        hasSeveralModels = hasSeveralModels || other.hasSeveralModels
        undelivered += other.undelivered
        unread += other.unread
        isMaturityUnknown = isMaturityUnknown || other.isMaturityUnknown
    }

    /// Share of what one kind waits for that is known by now; nil when it cannot be told.
    func maturity(_ kind: Metric.Maturity) -> Double? {
        let missing: Double
        switch kind {
        case .none: return 1
        case .delivery: missing = undelivered
        case .read: missing = unread
        case .outcome: missing = Double(undecided)
        }
        guard kind == .outcome || !isMaturityUnknown else { return nil }
        let base = Double(self[kind.cohort])
        guard base > 0 else { return 1 }
        return min(1, max(0, 1 - missing / base))
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

extension Metric.Maturity {
    /// The messages that wait for it.
    var cohort: Measure {
        switch self {
        case .none, .delivery: .message(.accepted)
        case .read, .outcome: .message(.delivered)
        }
    }
}

extension Measure {
    /// Its place among the measures of all facts.
    fileprivate var place: Int { Self.starts[fact.place] + index }
    private static let starts = Fact.allCases.reduce(into: [0]) { $0.append(($0.last ?? 0) + all(of: $1).count) }
    fileprivate static let placeCount = starts.last ?? 0
    fileprivate static let money = Fact.allCases.flatMap(all).filter(\.isMoney)
}

extension FactDuration {
    /// Its place among the durations of all facts.
    fileprivate var place: Int { Self.starts[fact.place] + index }
    private static let starts = Fact.allCases.reduce(into: [0]) { $0.append(($0.last ?? 0) + all(of: $1).count) }
    fileprivate static let placeCount = starts.last ?? 0
}

extension Fact {
    fileprivate var place: Int {
        switch self {
        case .message: 0
        case .wait: 1
        case .conversation: 2
        case .charge: 3
        case .outcome: 4
        case .credit: 5
        }
    }
}

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
    /// Answered waits beyond their threshold (`OutlierThresholds`).
    var outliers: Int64 = 0
    /// Messages whose receipt of delivery is still to be expected by their age: Σ n (1 − F(age)).
    var undelivered = 0.0
    /// Delivered messages whose receipt of reading is still to be expected by their age.
    var unread = 0.0
    /// Young messages exist, but how fast receipts come is not known.
    var isMaturityUnknown = false

    init() {
        counts = Array(repeating: 0, count: Measure.placeCount)
        histograms = Array(repeating: Histogram(), count: FactDuration.placeCount)
    }

    subscript(measure: Measure) -> Int64 {
        get { counts[measure.place] }
        set { counts[measure.place] = newValue }
    }
    subscript(duration: FactDuration) -> Histogram { histograms[duration.place] }
    subscript(measures: [Measure]) -> Int64 { measures.reduce(0) { $0 &+ self[$1] } }

    var isEmpty: Bool { counts.allSatisfy { $0 == 0 } && histograms.allSatisfy(\.isEmpty) }

    /// Adds a store's row of `plan`.
    mutating func add(_ row: Table.Row, of plan: Plan) {
        for (measure, sum) in zip(plan.measures, row.sums) { counts[measure.place] &+= sum }
        for (duration, histogram) in zip(plan.durations, row.histograms) {
            histograms[duration.place].add(histogram)
        }
    }

    mutating func add(_ other: Sums) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
        for index in histograms.indices where !other.histograms[index].isEmpty {
            histograms[index].add(other.histograms[index])
        }
        outliers &+= other.outliers
        undelivered += other.undelivered
        unread += other.unread
        isMaturityUnknown = isMaturityUnknown || other.isMaturityUnknown
    }

    /// Share of receipts of one kind that are known by now; nil when it cannot be told.
    func maturity(_ kind: Metric.Maturity) -> Double? {
        guard kind != .none else { return 1 }
        guard !isMaturityUnknown else { return nil }
        let base = Double(self[kind.cohort])
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

extension Metric.Maturity {
    /// The messages that wait for the receipts.
    var cohort: Measure { self == .read ? .message(.delivered) : .message(.accepted) }
}

extension Measure {
    /// Its place among the measures of all facts.
    fileprivate var place: Int {
        switch self {
        case .message(let measure): measure.rawValue
        case .wait(let measure): Self.waits + measure.rawValue
        case .conversation(let measure): Self.conversations + measure.rawValue
        }
    }
    private static let waits = MessageMeasure.allCases.count
    private static let conversations = waits + WaitMeasure.allCases.count
    fileprivate static let placeCount = conversations + ConversationMeasure.allCases.count
}

extension FactDuration {
    /// Its place among the durations of all facts.
    fileprivate var place: Int {
        switch self {
        case .message(let duration): duration.rawValue
        case .wait(let duration): Self.waits + duration.rawValue
        case .conversation(let duration): Self.conversations + duration.rawValue
        }
    }
    private static let waits = MessageDuration.allCases.count
    private static let conversations = waits + WaitDuration.allCases.count
    fileprivate static let placeCount = conversations + ConversationDuration.allCases.count
}

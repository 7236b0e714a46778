import Catalogue

extension Metric {
    /// The number, or null when there is none.
    func cell(_ sums: Sums) -> Cell {
        switch expression {
        case .sum(let measure): .int(sums[measure])
        case .outliers: .int(sums.outliers)
        case .ratio(let terms, let denominators):
            Self.quotient(Double(Self.numerator(terms, sums)), sums[denominators])
        case .mean(let measure, let denominators):
            Self.quotient(Double(sums[measure]) / (unit == .seconds ? 1_000_000 : 1), sums[denominators])
        case .quantile(let duration, let q): sums[duration].quantile(q).map(Cell.double) ?? .null
        case .maximum(let duration): sums[duration].maximum.map(Cell.double) ?? .null
        case .medianWithOpen: Self.survival(sums).median.map(Cell.double) ?? .null
        case .expectedDelivery, .expectedRead: estimate(sums).map { .double($0.value) } ?? .null
        }
    }

    /// Whether the number can have a 95 % interval.
    var hasInterval: Bool { unit == .ratio || expression == .medianWithOpen }

    /// The 95 % interval of a rate or of the median with open waits; nil for others, and where there is no number.
    func interval(_ sums: Sums) -> Interval? {
        switch expression {
        case .sum, .mean, .quantile, .maximum, .outliers: nil
        case .ratio(let terms, let denominators): .wilson(Self.numerator(terms, sums), of: sums[denominators])
        case .medianWithOpen: Self.survival(sums).medianInterval
        case .expectedDelivery, .expectedRead: estimate(sums)?.interval
        }
    }

    /// What the number rests on; nil for counts, which rest on themselves.
    func sample(_ sums: Sums) -> Int64? {
        let durations = expression.durations
        if !durations.isEmpty { return durations.reduce(0) { $0 &+ sums[$1].total } }
        let denominators = expression.denominators
        return denominators.isEmpty ? nil : sums[denominators]
    }

    private static func quotient(_ numerator: Double, _ denominator: Int64) -> Cell {
        denominator == 0 ? .null : .double(numerator / Double(denominator))
    }

    private static func numerator(_ terms: [Expression.Term], _ sums: Sums) -> Int64 {
        terms.reduce(0) { $1.isSubtracted ? $0 &- sums[$1.measure] : $0 &+ sums[$1.measure] }
    }

    private static func survival(_ sums: Sums) -> Survival {
        Survival(events: sums[.wait(.response)], censored: [sums[.wait(.abandonedAfter)], sums[.wait(.openFor)]])
    }

    private func estimate(_ sums: Sums) -> Estimate? {
        let delivered = sums[.message(.delivered)]
        if expression == .expectedRead {
            return .readRate(
                read: sums[.message(.read)], proven: sums[.message(.proven)], both: sums[.message(.provenRead)],
                delivered: delivered)
        }
        guard !sums.isMaturityUnknown else { return nil }
        let accepted = sums[.message(.accepted)]
        return .deliveryRate(
            delivered: delivered, accepted: accepted, matured: max(0, Double(accepted) - sums.undelivered))
    }
}

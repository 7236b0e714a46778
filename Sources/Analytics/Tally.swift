import Catalogue
import Domain

extension Metric {
    /// The number, or null when there is none.
    func cell(_ sums: Sums) -> Cell {
        guard isTellable(sums) else { return .null }
        switch expression {
        case .sum(let measure):
            guard measure.isMillionths else { return .int(sums[measure]) }
            return sums.whole(measure).map(Cell.decimal) ?? .null
        case .outliers: return .int(sums.outliers)
        case .ratio(let terms, let denominators):
            return Self.quotient(terms, denominators, sums, scale: 1)
        case .mean(let measure, let denominators):
            let millionths = unit == .seconds || measure.isMillionths
            let over = denominators.contains(where: \.isMillionths)
            return Self.quotient(
                [.plus(measure)], denominators, sums, scale: millionths == over ? 1 : millionths ? 1e6 : 1e-6)
        case .quantile(let duration, let q): return sums[duration].quantile(q).map(Cell.double) ?? .null
        case .maximum(let duration): return sums[duration].maximum.map(Cell.double) ?? .null
        case .medianWithOpen: return Self.survival(sums).median.map(Cell.double) ?? .null
        case .expectedDelivery, .expectedRead: return estimate(sums).map { .double($0.value) } ?? .null
        }
    }

    // MARK: Money

    /// Currencies that would have to be added up or divided by each other; empty when there is but one.
    func mixedCurrencies(_ sums: Sums) -> Set<String> {
        let currencies = sums.currencies(amounts)
        return currencies.count > 1 ? currencies : []
    }

    /// Costs without those messages whose price is not known say too little: a sum of none but those, and a quotient
    /// where more than 1 % are.
    func lacksPrices(_ sums: Sums) -> Bool {
        guard amounts.contains(.charge(.cost)) else { return false }
        let (unknown, all) = (sums[.charge(.unknown)], sums[.charge(.messages)])
        if case .sum = expression { return unknown > 0 && unknown >= all }
        return Double(unknown) * 100 > Double(all)
    }

    private func isTellable(_ sums: Sums) -> Bool {
        if sums.hasSeveralModels, restsOnCredit { return false }
        return amounts.isEmpty || (mixedCurrencies(sums).isEmpty && !lacksPrices(sums))
    }

    /// The currency of the number; nil when it is no money, does not exist, or is nothing.
    func currency(_ sums: Sums) -> String? {
        guard unit == .money, isTellable(sums) else { return nil }
        return sums.currencies(amounts).first
    }

    /// The sum as an amount; nil when it does not exist. What is nothing is nothing of `fallback`.
    func money(_ sums: Sums, fallback: String) -> Money? {
        guard unit == .money, case .decimal(let micros) = cell(sums) else { return nil }
        return Money(micros: micros, currency: currency(sums) ?? fallback)
    }

    /// Whether the number can have a 95 % interval.
    var hasInterval: Bool {
        (unit == .ratio && amounts.isEmpty) || expression == .medianWithOpen
    }

    /// The 95 % interval of a rate or of the median with open waits; nil for others, and where there is no number.
    func interval(_ sums: Sums) -> Interval? {
        switch expression {
        case .sum, .mean, .quantile, .maximum, .outliers: nil
        case .ratio(let terms, let denominators):
            // Shares of an amount are no shares of trials.
            !amounts.isEmpty || !isTellable(sums)
                ? nil : .wilson(Self.total(terms, sums) ?? 0, of: sums[denominators])
        case .medianWithOpen: Self.survival(sums).medianInterval
        case .expectedDelivery, .expectedRead: estimate(sums)?.interval
        }
    }

    /// Whether it rests on more than itself.
    var hasSample: Bool { !expression.durations.isEmpty || !expression.samples.isEmpty }

    /// What the number rests on; nil for counts, which rest on themselves.
    func sample(_ sums: Sums) -> Int64? {
        let durations = expression.durations
        if !durations.isEmpty { return durations.reduce(0) { $0 &+ sums[$1].total } }
        let samples = expression.samples
        return samples.isEmpty ? nil : sums[samples]
    }

    /// - Parameter scale: a million when the numerator alone is in millionths, its inverse when the denominator alone
    ///   is.
    private static func quotient(
        _ terms: [Expression.Term], _ denominators: [Measure], _ sums: Sums, scale: Double
    ) -> Cell {
        guard let numerator = total(terms, sums), let denominator = total(denominators.map { .plus($0) }, sums),
            denominator != 0
        else { return .null }
        return .double(Double(numerator) / (Double(denominator) * scale))
    }

    private static func total(_ terms: [Expression.Term], _ sums: Sums) -> Int64? {
        terms.reduce(0) { total, term in
            guard let total, let sum = sums.whole(term.measure) else { return nil }
            return term.isSubtracted ? total &- sum : total &+ sum
        }
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

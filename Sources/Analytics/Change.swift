import Catalogue

/// How a number moved against another period: what may honestly be said of it.
package enum Change: Hashable, Sendable {
    /// There was nothing before: no percentage exists.
    case new
    /// One of the two numbers does not exist, or both are nothing.
    case none
    /// Counts, durations, means and money: 0.1 is ten percent more.
    case relative(Double)
    /// Rates: the difference of the two, 0.02 is two percentage points more. Percent of percent misleads.
    case points(Double)

    package init(from before: Double?, to now: Double?, unit: Metric.Unit) {
        guard let before, let now, before.isFinite, now.isFinite else {
            self = .none
            return
        }
        switch unit {
        case .ratio: self = .points(now - before)
        case .count, .seconds, .number, .money:
            if before == 0 {
                self = now == 0 ? .none : .new
            } else {
                self = .relative((now - before) / before)
            }
        }
    }

    /// Whether it is for the better; nil when it did not move or moving has no good side.
    package func isGood(_ direction: Metric.Direction) -> Bool? {
        let isUp: Bool
        switch self {
        case .none: return nil
        case .new: isUp = true
        case .relative(let amount), .points(let amount):
            guard amount != 0 else { return nil }
            isUp = amount > 0
        }
        switch direction {
        case .neutral: return nil
        case .higherIsBetter: return isUp
        case .lowerIsBetter: return !isUp
        }
    }
}

import Domain

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How a budget will end by a forecast of daily costs, with a range: what is spent, and what is expected of the days
/// that are left.
package struct BudgetProjection: Hashable, Sendable {
    /// Costs forecast for one day, or for what is left of today; in units of the budget's currency.
    package struct Day: Hashable, Sendable {
        package var date: LocalDate
        package var mean: Double
        package var lower80: Double
        package var upper80: Double

        package init(date: LocalDate, mean: Double, lower80: Double, upper80: Double) {
            self.date = date
            self.mean = ErlangQueue.usable(mean)
            self.lower80 = min(self.mean, ErlangQueue.usable(lower80))
            self.upper80 = max(self.mean, ErlangQueue.usable(upper80))
        }
    }

    package let spent: Double
    package let budget: Double
    /// At the end of the last day.
    package let mean: Double
    package let lower80: Double
    package let upper80: Double
    package let lower95: Double
    package let upper95: Double
    /// That the budget is passed by then, 0 … 1.
    package let chanceOfPassing: Double
    /// The day on which it is used up by the mean, and at the dear and the cheap end of the 80 % range.
    package let usedUpOn: LocalDate?
    package let usedUpEarliest: LocalDate?
    package let usedUpLatest: LocalDate?

    /// A busy day is rarely alone: days' errors are correlated so much.
    package static let correlation = 0.5

    /// - Parameter days: those that are left, in any order; of a day told twice, the last.
    package init(spent: Double, budget: Double, days: [Day], correlation: Double = correlation) {
        let spent = ErlangQueue.usable(spent)
        let budget = ErlangQueue.usable(budget)
        let correlation = min(max(correlation.isFinite ? correlation : Self.correlation, 0), 1)
        self.spent = spent
        self.budget = budget
        let days = Dictionary(days.map { ($0.date, $0) }, uniquingKeysWith: { $1 }).values.sorted { $0.date < $1.date }
        var total = spent
        var (below, above) = (Spread(), Spread())
        var (usedUp, earliest, latest): (LocalDate?, LocalDate?, LocalDate?)
        for day in days {
            total += day.mean
            below.add(day.mean - day.lower80)
            above.add(day.upper80 - day.mean)
            if usedUp == nil, total >= budget { usedUp = day.date }
            if earliest == nil, total + above.width(correlation) >= budget { earliest = day.date }
            if latest == nil, total - below.width(correlation) >= budget { latest = day.date }
        }
        mean = total
        let (down, up) = (below.width(correlation), above.width(correlation))
        let widening = 1.959963984540054 / Self.deviate80
        lower80 = max(spent, total - down)
        upper80 = total + up
        lower95 = max(spent, total - down * widening)
        upper95 = total + up * widening
        let side = total >= budget ? down : up
        if spent >= budget {
            chanceOfPassing = 1
        } else if side > 0 {
            chanceOfPassing = SequentialBounds.upperTail((budget - total) / (side / Self.deviate80))
        } else {
            chanceOfPassing = total > budget ? 1 : 0
        }
        usedUpOn = usedUp
        usedUpEarliest = earliest
        usedUpLatest = latest
    }

    private static let deviate80 = 1.2815515655446004

    /// The width of a sum whose parts are equally correlated.
    private struct Spread {
        var sum = 0.0
        var squares = 0.0

        mutating func add(_ width: Double) {
            sum += width
            squares += width * width
        }

        func width(_ correlation: Double) -> Double {
            ((1 - correlation) * squares + correlation * sum * sum).squareRoot()
        }
    }
}

import Catalogue
import Domain
import Insights
import Storage

/// How much of a month's budget is spent, and how the month will end at the pace of the last four weeks.
///
/// Only what is spent in the budget's own currency counts; what is spent in another is named, never converted.
package struct BudgetStanding: Hashable, Sendable {
    package let budget: Budget
    /// First day of the month, in the workspace's zone.
    package let month: LocalDate
    /// From the month's first day until now.
    package let spent: Money
    /// At the month's end: what is spent, and for what is left of it the mean of the same weekdays in the last 28 days.
    /// Nil while there are not seven days to learn from.
    package let projected: Money?
    /// The day on which the budget was used up, or will be; nil when that is not to be expected this month.
    package let usedUpOn: LocalDate?
    /// Delivered messages of the month without a known price: they are not in `spent`.
    package let unknownPrices: Int64
    /// Currencies in which more was spent this month.
    package let otherCurrencies: [String]
    /// The range that the month's end lies in, and the chance that the budget is passed; nil as `projected` is.
    package let projection: BudgetProjection?

    package var isUsedUp: Bool { spent.micros >= budget.amount.micros }

    /// One day's spending.
    struct Day: Hashable, Sendable {
        var costs = Amounts()
        var unknown: Int64 = 0
    }

    /// How many days the pace is learned from.
    static let paceDays: Int64 = 28

    /// - Parameters:
    ///   - days: spending by day, from four weeks ago or the month's beginning on; days without any may be absent.
    ///   - firstDay: the first day with messages: the pace is not learned from days before it.
    init(_ budget: Budget, days: [LocalDate: Day], firstDay: LocalDate?, today: LocalDate) {
        self.budget = budget
        month = today.startOfMonth
        let currency = budget.amount.currency
        let spending = { (date: LocalDate) in days[date]?.costs.micros(in: currency) ?? 0 }
        let first = month
        let past = (first.day...today.day).map(LocalDate.init(day:))
        spent = Money(micros: past.reduce(0) { Self.sum($0, spending($1)) }, currency: currency)
        unknownPrices = past.reduce(0) { $0 &+ (days[$1]?.unknown ?? 0) }
        otherCurrencies = past.reduce(into: Set<String>()) { $0.formUnion(days[$1]?.costs.currencies ?? []) }
            .subtracting([currency]).sorted()

        let pace = Self.pace(spending, firstDay: firstDay, today: today)
        var total: Int64 = 0
        var usedUp: LocalDate?
        for day in first.day..<first.startOfNextMonth.day {
            let date = LocalDate(day: day)
            if date <= today { total = Self.sum(total, spending(date)) }
            if date >= today {
                guard let pace, let mean = pace[date.weekday] else {
                    if usedUp == nil, total >= budget.amount.micros { usedUp = date }
                    break
                }
                total = Self.sum(total, date == today ? max(0, mean &- spending(today)) : mean)
            }
            if usedUp == nil, total >= budget.amount.micros { usedUp = date }
        }
        let spentNow = spent
        projection = pace.flatMap { pace in
            Self.projection(
                budget, spent: spentNow, spending, pace, firstDay: firstDay, today: today, end: first.startOfNextMonth)
        }
        projected = pace == nil ? nil : Money(micros: total, currency: currency)
        usedUpOn = usedUp
    }

    /// Mean spending by weekday over the days before today; nil unless every weekday has been there.
    private static func pace(
        _ spending: (LocalDate) -> Int64, firstDay: LocalDate?, today: LocalDate
    ) -> [Int: Int64]? {
        guard let firstDay else { return nil }
        var sums: [Int: (total: Int64, days: Int64)] = [:]
        for back in 1...paceDays {
            let date = today.adding(days: -back)
            guard date >= firstDay else { break }
            let known = sums[date.weekday] ?? (0, 0)
            sums[date.weekday] = (sum(known.total, spending(date)), known.days + 1)
        }
        guard sums.count == 7 else { return nil }
        return sums.compactMapValues { Money.scaled($0.total, by: 1, over: $0.days) }
    }

    /// Days to come have the pace as their mean, and spread as past days did around theirs.
    private static func projection(
        _ budget: Budget, spent: Money, _ spending: (LocalDate) -> Int64, _ pace: [Int: Int64], firstDay: LocalDate?,
        today: LocalDate, end: LocalDate
    ) -> BudgetProjection? {
        guard let firstDay else { return nil }
        let units = { (micros: Int64) in Double(micros) / 1_000_000 }
        var squares = 0.0
        var count = 0.0
        for back in 1...paceDays {
            let date = today.adding(days: -back)
            guard date >= firstDay, let mean = pace[date.weekday] else { break }
            let error = units(spending(date)) - units(mean)
            squares += error * error
            count += 1
        }
        // Seven means were learned from these days.
        guard count >= 14 else { return nil }
        let half = 1.2815515655446004 * (squares / (count - 7)).squareRoot()
        let days = (today.day..<end.day).map { day -> BudgetProjection.Day in
            let date = LocalDate(day: day)
            let usual = pace[date.weekday] ?? 0
            let mean = units(date == today ? max(0, usual &- spending(today)) : usual)
            let width = date == today ? half / 2 : half
            return .init(date: date, mean: mean, lower80: max(0, mean - width), upper80: mean + width)
        }
        return BudgetProjection(spent: units(spent.micros), budget: units(budget.amount.micros), days: days)
    }

    /// Stays at the end of the range rather than beginning anew at the other.
    private static func sum(_ a: Int64, _ b: Int64) -> Int64 {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? (a < 0 ? .min : .max) : sum
    }
}

extension Analyst {
    /// How each budget stands now, in their order.
    package func budgetStandings(_ budgets: [Budget]) async throws -> [BudgetStanding] {
        guard !budgets.isEmpty else { return [] }
        let planner = try planner
        let zone = planner.reporting
        let asked = now()
        let today = zone.date(of: asked)
        let start = min(today.startOfMonth, today.adding(days: -BudgetStanding.paceDays))
        let bounds = (start.day...today.day + 1).map { zone.instant(of: LocalDate(day: $0)) }
        let firstDay = try await store.projectionStatus().firstMessageAt.map(zone.date)
        var spending: [Dimension?: [String?: [LocalDate: BudgetStanding.Day]]] = [:]
        for dimension in Set(budgets.map(\.scope.dimension)) {
            let order = Planner.Order(
                boundaries: bounds, measures: [.charge(.cost), .charge(.unknown)],
                dimensions: dimension.map { [$0] } ?? [], asOf: asked)
            var days: [String?: [LocalDate: BudgetStanding.Day]] = [:]
            for part in planner.parts(order) {
                for row in try await store.run(part.plan).rows where part.buckets.indices.contains(row.bucket) {
                    let date = start.adding(days: Int64(part.buckets[row.bucket]))
                    var sums = Sums()
                    sums.add(row, of: part.plan)
                    let key = dimension == nil ? nil : row.key.first ?? nil
                    days[key, default: [:]][date, default: BudgetStanding.Day()].costs.add(
                        sums.amounts(.charge(.cost)))
                    days[key, default: [:]][date, default: BudgetStanding.Day()].unknown &+= sums[.charge(.unknown)]
                }
            }
            spending[dimension] = days
        }
        return budgets.map { budget in
            BudgetStanding(
                budget, days: spending[budget.scope.dimension]?[budget.scope.value] ?? [:], firstDay: firstDay,
                today: today)
        }
    }
}

extension Budget.Scope {
    /// What it is one value of; nil for everything.
    fileprivate var dimension: Dimension? {
        switch self {
        case .everything: nil
        case .category: .category
        case .campaign: .campaign
        }
    }
    fileprivate var value: String? {
        switch self {
        case .everything: nil
        case .category(let value), .campaign(let value): value
        }
    }
}

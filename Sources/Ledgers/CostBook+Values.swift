import Domain

extension CostBook {
    /// An amount as it is shown: in the workspace's currency where it was told in it or the business has said what the
    /// other was worth on the day; else as it was told.
    package func converted(_ money: Money, at instant: Instant) -> Money {
        let counting = counting(money.currency, at: instant)
        return counting.counted(money.micros).map { Money(micros: $0, currency: counting.currency) } ?? money
    }
}

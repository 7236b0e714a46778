import Domain

/// Everything that a price depends on beside the message: cards, terms of accounts, exchange rates, assumptions, and
/// the templates whose category Meta changed.
package struct CostBook: Sendable {
    let rates: RateBook
    let assumptions: CostAssumptions
    let raises: CategoryRaises
    private let termsByAccount: [AccountID: Terms]
    private let usualTerms: Terms
    /// Of the workspace: exchange rates begin at its midnights.
    private let clock: ZoneClock
    private let currency: String
    /// Into the workspace's currency, by the other, the oldest first.
    private let exchange: [String: [ExchangeRate]]

    /// How one account is billed.
    struct Terms: Hashable, Sendable {
        var clock: ZoneClock
        var currency: String
        /// Nil for all accounts that name none: they are taken for one portfolio.
        var portfolio: String?
    }

    /// - Parameters:
    ///   - rates: imported lines; the shipped ones are beside them.
    ///   - timeZone: of the workspace, and of accounts whose terms name none that exists.
    ///   - currency: of the workspace.
    ///   - raises: changes of templates' categories, in any order.
    package init(
        rates: [RateEntry], accounts: [AccountTerms], exchange: [ExchangeRate], assumptions: CostAssumptions,
        timeZone: ZoneClock, currency: String, raises: [CategoryRaise]
    ) {
        let book = RateBook(imported: rates)
        let usual = Terms(
            clock: timeZone,
            currency: assumptions.currency
                ?? (book.currencies.contains(currency) ? currency : RateCard.shippedCurrency))
        self.rates = book
        self.assumptions = assumptions
        self.raises = CategoryRaises(raises)
        usualTerms = usual
        termsByAccount = accounts.reduce(into: [:]) { known, account in
            let clock = account.timeZone.flatMap { try? ZoneClock.named($0) }
            known[account.account] = Terms(
                clock: clock ?? timeZone, currency: account.currency ?? usual.currency, portfolio: account.portfolio)
        }
        clock = timeZone
        self.currency = currency
        self.exchange = Dictionary(grouping: exchange.filter { $0.to == currency }, by: \.from)
            .mapValues { $0.sorted { $0.effectiveFrom < $1.effectiveFrom } }
    }

    func terms(of account: AccountID?) -> Terms { account.flatMap { termsByAccount[$0] } ?? usualTerms }

    // MARK: Currencies

    /// How amounts of one currency are counted on a day.
    struct Counting: Hashable, Sendable {
        /// What the amounts are counted in.
        var currency: String
        /// Its units for one unit of the billing currency, in millionths; nil when they are the same.
        var rateMicros: Int64?

        /// Nil when the amount does not fit.
        func counted(_ micros: Int64) -> Int64? {
            guard let rateMicros else { return micros }
            return Money.scaled(micros, by: rateMicros, over: 1_000_000)
        }
    }

    /// In the workspace's currency where that is the currency of the bill or the business has said what it is worth;
    /// else in the currency of the bill.
    func counting(_ billed: String, at instant: Instant) -> Counting {
        guard billed != currency, let rates = exchange[billed] else { return Counting(currency: billed) }
        let day = clock.date(of: instant)
        guard let rate = rates.last(where: { $0.effectiveFrom <= day }) else { return Counting(currency: billed) }
        return Counting(currency: currency, rateMicros: rate.rateMicros)
    }

    // MARK: Service messages

    /// What a free-form message to the same person would have cost when this one was delivered, in the currency in
    /// which its account's costs are counted; nil when that is not known.
    /// - Parameter isQuotaUsed: whether the free service messages of the number's month were used up then.
    package func servicePrice(for state: MessageState, isQuotaUsed: Bool) -> Int64? {
        guard let deliveredAt = state.reachedAt else { return nil }
        let site = CostSite(state, at: deliveredAt, by: self)
        if site.day < RateCard.serviceChargedFrom { return site.day < RateCard.serviceFreeFrom ? nil : 0 }
        guard isQuotaUsed else { return 0 }
        return site.version(PricedCategory.service)?.micros(rank: 0).flatMap { site.counting.counted($0) }
    }
}

/// Where and when a message is charged: what looking its price up takes.
struct CostSite {
    let book: CostBook
    let terms: CostBook.Terms
    let at: Instant
    /// Of the delivery, in the account's zone.
    let day: LocalDate
    /// Nil when the recipient's country is not known.
    let place: RateBook.Place?
    let counting: CostBook.Counting

    init(_ state: MessageState, at: Instant, by book: CostBook) {
        self.book = book
        self.at = at
        terms = book.terms(of: state.line.account)
        let day = terms.clock.date(of: at)
        self.day = day
        place = state.recipient.country.map {
            RateBook.Place(country: $0, market: Market.of(country: $0, on: day))
        }
        counting = book.counting(terms.currency, at: at)
    }

    var market: String? { place?.market }

    /// The line of the card in force; nil when there is none.
    ///
    /// Since service messages are charged they cost what utility costs without tiers, so a card without a service
    /// column still tells their price.
    func version(_ category: String) -> RateBook.Version? {
        guard let place else { return nil }
        let version = book.rates.version(category, in: place, currency: terms.currency, on: day)
        if version == nil, category == PricedCategory.service, day >= RateCard.serviceChargedFrom {
            return book.rates.version(PricedCategory.utility, in: place, currency: terms.currency, on: day)
        }
        return version
    }
}

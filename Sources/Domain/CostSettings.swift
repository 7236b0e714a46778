/// One line of a rate card: the price of one message from a date on.
package struct RateEntry: Hashable, Sendable {
    /// In force from local midnight of this day in the account's zone.
    package var effectiveFrom: LocalDate
    /// ISO 4217: cards of different currencies are cards of their own, never converted into each other.
    package var currency: String
    /// Meta's name of a market (`Indonesia`, `Rest of Latin America`), or an ISO 3166-1 code for one country.
    package var market: String
    /// As Meta's `pricing.category` spells it: `marketing`, `utility`, `authentication`,
    /// `authentication_international`, `service`.
    package var category: String
    /// The first and last message of the month that this price is for, counted from 0: `[tierFrom, tierTo)`; nil means
    /// no end.
    package var tierFrom: Int64
    package var tierTo: Int64?
    /// Price of one message in millionths; nil where the card says that there is none (`n/a`).
    package var rateMicros: Int64?

    package init(
        effectiveFrom: LocalDate, currency: String, market: String, category: String, tierFrom: Int64 = 0,
        tierTo: Int64? = nil, rateMicros: Int64?
    ) {
        self.effectiveFrom = effectiveFrom
        self.currency = currency
        self.market = market
        self.category = category
        self.tierFrom = tierFrom
        self.tierTo = tierTo
        self.rateMicros = rateMicros
    }

    /// What the tiers of one price have in common.
    package struct Price: Hashable, Sendable {
        package var effectiveFrom: LocalDate
        package var currency: String
        package var market: String
        package var category: String
    }
    package var price: Price {
        Price(effectiveFrom: effectiveFrom, currency: currency, market: market, category: category)
    }
}

/// What Meta's bill depends on and no webhook tells about one WhatsApp Business account. What is nil is assumed: the
/// workspace's zone, the currency of the cards, one portfolio for all accounts.
package struct AccountTerms: Hashable, Sendable {
    package var account: AccountID
    /// IANA name: months, tiers and new rates begin at its midnights.
    package var timeZone: String?
    /// Billing currency, ISO 4217.
    package var currency: String?
    /// Volume tiers are counted over all accounts of one portfolio.
    package var portfolio: String?

    package init(account: AccountID, timeZone: String? = nil, currency: String? = nil, portfolio: String? = nil) {
        self.account = account
        self.timeZone = timeZone
        self.currency = currency
        self.portfolio = portfolio
    }
}

/// What the business says one unit of a currency was worth in another from a day on, in the workspace's zone.
package struct ExchangeRate: Hashable, Sendable {
    package var effectiveFrom: LocalDate
    package var from: String
    package var to: String
    /// Units of `to` for one unit of `from`, in millionths.
    package var rateMicros: Int64

    package init(effectiveFrom: LocalDate, from: String, to: String, rateMicros: Int64) {
        self.effectiveFrom = effectiveFrom
        self.from = from
        self.to = to
        self.rateMicros = rateMicros
    }
}

/// What Meta does not document about its bill. Each is shown beside costs and can be switched.
package struct CostAssumptions: Hashable, Sendable {
    /// Free-form messages in a free entry point window use up the 1,000 free ones of the month.
    package var entryPointUsesQuota: Bool
    /// A delivered message whose webhooks carried no `pricing` is priced by the category that the send declared.
    package var declaredCategoryPrices: Bool
    /// `marketing_lite` without Meta's own estimate costs what `marketing` costs.
    package var marketingLiteAsMarketing: Bool
    /// Currency of an account whose terms name none; nil means the workspace's when there is a card in it, else USD.
    package var currency: String?

    package init(
        entryPointUsesQuota: Bool = false, declaredCategoryPrices: Bool = false, marketingLiteAsMarketing: Bool = true,
        currency: String? = nil
    ) {
        self.entryPointUsesQuota = entryPointUsesQuota
        self.declaredCategoryPrices = declaredCategoryPrices
        self.marketingLiteAsMarketing = marketingLiteAsMarketing
        self.currency = currency
    }
}

/// What the business means to spend in a calendar month.
package struct Budget: Hashable, Sendable {
    package enum Scope: Hashable, Sendable {
        case everything
        case category(String)
        case campaign(String)
    }
    package var scope: Scope
    package var amount: Money

    package init(scope: Scope, amount: Money) {
        self.scope = scope
        self.amount = amount
    }
}

/// A change of what costs are counted by.
package enum CostChange: Hashable, Sendable {
    /// Lines added to the cards; a line for the same date, currency, market and category replaces those before it.
    case rates([RateEntry])
    /// Terms of accounts; all that are known from here on.
    case accounts([AccountTerms])
    /// All exchange rates from here on.
    case exchange([ExchangeRate])
    case assumptions(CostAssumptions)
    /// All budgets from here on.
    case budgets([Budget])
}

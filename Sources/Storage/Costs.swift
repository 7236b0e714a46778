import Domain
import Ledgers

/// What costs rest on, beside the facts.
package struct CostSettings: Hashable, Sendable {
    /// Lines that the business imported; the shipped card is beside them.
    package var rates: [RateEntry]
    package var accounts: [AccountTerms]
    package var exchange: [ExchangeRate]
    package var assumptions: CostAssumptions
    package var budgets: [Budget]
    /// Share of the messages that a change of these has been counted into, 0 … 1; 1 when all are.
    package var recounted: Double

    package init(
        rates: [RateEntry] = [], accounts: [AccountTerms] = [], exchange: [ExchangeRate] = [],
        assumptions: CostAssumptions = CostAssumptions(), budgets: [Budget] = [], recounted: Double = 1
    ) {
        self.rates = rates
        self.accounts = accounts
        self.exchange = exchange
        self.assumptions = assumptions
        self.budgets = budgets
        self.recounted = recounted
    }
}

/// How far a month's count of messages has come that a price depends on: the free ones of a number, or a volume tier.
package struct QuotaStanding: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Free service messages of one number.
        case freeService = "free_service"
        /// Volume tier of a portfolio, market and category.
        case volumeTier = "volume_tier"
    }
    package var kind: Kind
    /// First day of the month, in the account's zone.
    package var month: LocalDate
    /// The number, for free service messages.
    package var phoneNumber: PhoneNumberID?
    package var portfolio: String?
    package var market: String?
    package var category: String?
    package var used: Int64
    /// Where the next price begins; nil when there is none.
    package var next: Int64?

    package init(
        kind: Kind, month: LocalDate, phoneNumber: PhoneNumberID? = nil, portfolio: String? = nil,
        market: String? = nil, category: String? = nil, used: Int64, next: Int64?
    ) {
        self.kind = kind
        self.month = month
        self.phoneNumber = phoneNumber
        self.portfolio = portfolio
        self.market = market
        self.category = category
        self.used = used
        self.next = next
    }
}

/// Links in marketing messages that Meta itself counted: it names neither message nor person.
package struct LinkClickCount: Hashable, Sendable {
    package var phoneNumber: PhoneNumberID?
    /// `cta` or `body`.
    package var component: String?
    package var count: Int64

    package init(phoneNumber: PhoneNumberID?, component: String?, count: Int64) {
        self.phoneNumber = phoneNumber
        self.component = component
        self.count = count
    }
}

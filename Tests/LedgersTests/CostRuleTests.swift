import Domain
import Ledgers
import Testing

/// One rule of Meta's pricing, or one assumption about it, at a time.
@Suite("What is charged and what is free")
struct CostRuleTests {
    private func book(
        rates: [RateEntry] = [], accounts: [AccountTerms] = [], exchange: [ExchangeRate] = [],
        _ assumptions: CostAssumptions = CostAssumptions(), currency: String = "USD", raises: [CategoryRaise] = []
    ) throws -> CostBook {
        CostBook(
            rates: rates, accounts: accounts, exchange: exchange, assumptions: assumptions,
            timeZone: try ZoneClock.named("Asia/Jakarta"), currency: currency, raises: raises)
    }

    private func state(
        _ pricing: Pricing?, _ at: String = "2026-10-10T10:00", phone: String = "6281200000001"
    ) throws -> MessageState {
        CostMessage(id: "A", phone: phone, deliveredAt: try CostTimes.at(at), pricing: pricing).state
    }

    private func charge(
        _ pricing: Pricing?, _ at: String = "2026-10-10T10:00", step: Int = 0,
        _ assumptions: CostAssumptions = CostAssumptions()
    ) throws -> MessageCharge {
        let book = try book(assumptions)
        return try #require(CostLedger.assess(try state(pricing, at), by: book)).charge(step: step)
    }

    // MARK: The table of situations

    @Test("Every situation of Meta's table, to Indonesia in October 2026, beyond the free service messages")
    func situations() throws {
        let cases: [(Pricing, Int64?)] = [
            (.regular("marketing"), 41_100), (.regular("marketing_lite"), 41_100),
            (.regular("authentication"), 25_000), (.regular("authentication-international"), 136_000),
            (.regular("authentication_international"), 136_000), (.regular("utility"), 25_000),
            (.regular("service"), 25_000), (.free("free_customer_service", "utility"), 0),
            (.free("free_customer_service", "service"), 0), (.free("free_entry_point", "referral_conversion"), 0),
            (.free("free_entry_point", "marketing"), 0), (.free("free_group_customer_service", "group_service"), 0),
            (.free("free_group_customer_service", "group_marketing"), 0), (.regular("group_marketing"), 41_100),
            (.regular("group_utility"), 25_000), (.regular("group_service"), 25_000),
            (.regular("general_purpose_ai"), nil), (.regular("something_new"), nil),
            // The object without some of its members.
            (Pricing(category: "referral_conversion"), 0), (Pricing(category: "marketing", billable: false), 0),
            (Pricing(category: "marketing", billable: true), 41_100), (Pricing(category: "marketing"), nil),
            (Pricing(type: "regular"), nil), (Pricing(type: "halved", category: "marketing"), nil),
            (Pricing(type: "free_of_a_new_kind", category: "marketing"), 0),
            // What `billable` says counts only where `type` says nothing.
            (Pricing(type: "regular", category: "marketing", billable: false), 41_100),
        ]
        for (pricing, micros) in cases {
            #expect(try charge(pricing, step: 1).micros == micros, "\(pricing)")
        }
    }

    @Test("The word says why")
    func words() throws {
        let cases: [(Pricing?, String)] = [
            (.regular("marketing"), "regular"), (.free("free_entry_point", "service"), "free_entry_point"),
            (.free("free_customer_service", "utility"), "free_customer_service"),
            (Pricing(category: "marketing", billable: false), "not_billable"),
            (Pricing(category: "marketing", billable: true), "regular"), (Pricing(category: "marketing"), "unknown"),
            (Pricing(type: "halved", category: "marketing"), "halved"), (nil, "unknown"),
        ]
        for (pricing, type) in cases {
            #expect(try charge(pricing).pricingType == type, "\(String(describing: pricing))")
        }
    }

    @Test("Only what is delivered is charged, and a group message only by its participants")
    func delivery() throws {
        let book = try book()
        var state = MessageState(id: "A")
        let sent = CostMessage(
            id: "A", deliveredAt: try CostTimes.at("2026-10-10T10:00"), pricing: .regular("marketing")
        ).statuses[0]
        MessageLedger.join(sent, into: &state)
        #expect(CostLedger.assess(state, by: book) == nil)
        var read = sent
        read.status = .read
        read.pricing = nil
        MessageLedger.join(read, into: &state)
        // Meta leaves `delivered` out when the chat is open.
        #expect(CostLedger.assess(state, by: book)?.charge(step: 0).micros == 41_100)
        state.participants = ["6281200000001"]
        #expect(CostLedger.assess(state, by: book) == nil)
        #expect(CostLedger.assess(MessageState(id: "B"), by: book) == nil)
    }

    @Test("What is typed in the WhatsApp Business app is free whatever else is told")
    func businessApp() throws {
        var state = try state(.regular("service"))
        let echo = EchoedMessage(
            message: "A", line: Line(), recipient: Party(phone: "6281200000001"),
            at: try CostTimes.at("2026-10-10T10:00"), type: "text", origin: .businessApp)
        MessageLedger.join(echo, into: &state)
        let assessment = try #require(CostLedger.assess(state, by: try book()))
        #expect(assessment.rank == nil)
        #expect(assessment.charge(step: 0).micros == 0)
        #expect(assessment.pricingType == "free_business_app")
    }

    @Test("A message whose country is not known has no price, but may be free")
    func noCountry() throws {
        let book = try book()
        let charged = try #require(CostLedger.assess(try state(.regular("marketing"), phone: "999"), by: book))
        #expect(charged.charge(step: 0).micros == nil)
        #expect(charged.market == nil)
        let free = try state(.free("free_entry_point", "marketing"), phone: "999")
        #expect(CostLedger.assess(free, by: book)?.charge(step: 0).micros == 0)
    }

    // MARK: Service messages

    @Test("1 000 service messages of a number and month are free, whatever the webhook says")
    func quota() throws {
        let october = try #require(
            CostLedger.assess(try state(.regular("service"), "2026-10-01T00:00"), by: try book()))
        let group = try #require(october.rank)
        #expect(group.kind == .freeService)
        #expect(group.thresholds == [1_000])
        #expect(group.month == LocalDate("2026-10-01"))
        #expect(group.phoneNumber == "P1")
        #expect(october.charge(step: 0).micros == 0)
        #expect(october.charge(step: 0).pricingType == "free_quota")
        #expect(october.charge(step: 1).micros == 25_000)
        #expect(october.charge(step: 1).pricingType == "regular")

        let told = try #require(
            CostLedger.assess(try state(.free("free_customer_service", "service")), by: try book()))
        #expect(told.rank == group, "free ones are counted, too")
        for step in 0...1 {
            #expect(told.charge(step: step).micros == 0)
            #expect(told.charge(step: step).pricingType == "free_customer_service")
        }
        let silent = try #require(CostLedger.assess(try state(Pricing(category: "service")), by: try book()))
        #expect(silent.charge(step: 0).micros == 0)
        #expect(silent.charge(step: 1).micros == nil, "beyond them nothing says whether it is charged")
    }

    @Test("The free ones begin at midnight of 1 October 2026 in the account's zone")
    func quotaBegins() throws {
        let before = try #require(
            CostLedger.assess(try state(.regular("service"), "2026-09-30T23:59"), by: try book()))
        #expect(before.rank == nil)
        #expect(before.charge(step: 0).micros == nil, "the card of July has no price of service messages")
        let accounts = [AccountTerms(account: "waba-a", timeZone: "Pacific/Auckland")]
        let there = CostMessage(
            id: "A", deliveredAt: try CostTimes.at("2026-10-01T00:00", "Pacific/Auckland"),
            pricing: .regular("service"))
        #expect(CostLedger.assess(there.state, by: try book(accounts: accounts))?.rank != nil)
        #expect(CostLedger.assess(there.state, by: try book())?.rank == nil)
    }

    @Test("Which messages use the free ones up")
    func quotaUse() throws {
        func isCounted(_ pricing: Pricing, _ assumptions: CostAssumptions = CostAssumptions()) throws -> Bool {
            let book = try book(assumptions)
            return CostLedger.assess(try state(pricing), by: book)?.rank?.kind == .freeService
        }
        #expect(try isCounted(.regular("group_service")))
        #expect(try !isCounted(.free("free_group_customer_service", "group_service")))
        #expect(try !isCounted(.free("free_customer_service", "utility")))
        #expect(try !isCounted(.free("free_entry_point", "service")))
        let uses = CostAssumptions(entryPointUsesQuota: true)
        #expect(try isCounted(.free("free_entry_point", "service"), uses))
        #expect(try isCounted(.free("free_entry_point", "referral_conversion"), uses))
        var template = try state(.free("free_entry_point", "referral_conversion"))
        template.loggedTags.template = "promo"
        let assessment = try #require(CostLedger.assess(template, by: try book(uses)))
        #expect(assessment.rank == nil, "a template is none of the service messages")
        #expect(assessment.charge(step: 0).micros == 0)
    }

    @Test("A card without a service column: since October service costs what utility costs")
    func serviceByUtility() throws {
        let card = try RateEntry(
            effectiveFrom: CostTimes.day("2026-09-01"), currency: "IDR", market: "Indonesia", category: "utility",
            rateMicros: 405_500_000)
        let none = try RateEntry(
            effectiveFrom: CostTimes.day("2026-10-05"), currency: "IDR", market: "Indonesia", category: "service",
            rateMicros: nil)
        let service = try state(.regular("service"))
        let assumptions = CostAssumptions(currency: "IDR")
        let derived = CostLedger.assess(service, by: try book(rates: [card], assumptions))
        #expect(derived?.charge(step: 1).micros == 405_500_000)
        // A card that says n/a means it.
        let told = CostLedger.assess(service, by: try book(rates: [card, none], assumptions))
        #expect(told?.charge(step: 1).micros == nil)
        let early = CostLedger.assess(
            try state(.regular("service"), "2026-09-10T10:00"), by: try book(rates: [card], assumptions))
        #expect(early?.charge(step: 0).micros == nil)
    }

    @Test("What free text would have cost in a template's place")
    func servicePrice() throws {
        let book = try book(
            exchange: [
                ExchangeRate(
                    effectiveFrom: try CostTimes.day("2026-10-01"), from: "USD", to: "IDR",
                    rateMicros: 16_000_000_000)
            ], CostAssumptions(currency: "USD"), currency: "IDR")
        func price(_ at: String, isQuotaUsed: Bool) throws -> Int64? {
            book.servicePrice(for: try state(.regular("marketing"), at), isQuotaUsed: isQuotaUsed)
        }
        #expect(try price("2026-10-10T10:00", isQuotaUsed: true) == 400_000_000)  // 0.0250 × 16 000
        #expect(try price("2026-10-10T10:00", isQuotaUsed: false) == 0)
        #expect(try price("2026-09-30T23:59", isQuotaUsed: true) == 0)
        #expect(try price("2024-11-01T00:00", isQuotaUsed: true) == 0)
        #expect(try price("2024-10-31T23:59", isQuotaUsed: true) == nil)
        #expect(book.servicePrice(for: MessageState(id: "B"), isQuotaUsed: false) == nil)
    }

    // MARK: Assumptions

    @Test("Without pricing, the declared category is a price only where the business says so")
    func declared() throws {
        var declared = try state(nil)
        declared.loggedTags.category = "MARKETING"
        #expect(CostLedger.assess(declared, by: try book())?.charge(step: 0).micros == nil)
        let assumes = try book(CostAssumptions(declaredCategoryPrices: true))
        let charge = try #require(CostLedger.assess(declared, by: assumes)).charge(step: 0)
        #expect(charge.micros == 41_100)
        #expect(charge.pricingType == "declared")
        // Nothing declared: free text is a service message, anything else stays unknown.
        let silent = try state(nil)
        #expect(CostLedger.assess(silent, by: assumes)?.charge(step: 0).micros == nil)
        var text = silent
        text.messageType = "text"
        #expect(CostLedger.assess(text, by: assumes)?.rank?.kind == .freeService)
        #expect(CostLedger.assess(text, by: try book())?.rank == nil)
        // What the webhook says wins over what the send declared.
        var told = declared
        told.pricing = try state(.regular("utility")).pricing
        #expect(CostLedger.assess(told, by: assumes)?.charge(step: 0).micros == 25_000)
    }

    @Test("marketing_lite: Meta's estimate, a price of its own, marketing's, or none")
    func marketingLite() throws {
        let own = try RateEntry(
            effectiveFrom: CostTimes.day("2026-10-01"), currency: "USD", market: "Indonesia",
            category: "marketing_lite", rateMicros: 39_000)
        let lite = try state(.regular("marketing_lite"))
        func micros(_ state: MessageState, _ rates: [RateEntry], _ isAssumed: Bool) throws -> Int64? {
            let assumptions = CostAssumptions(marketingLiteAsMarketing: isAssumed)
            return CostLedger.assess(state, by: try book(rates: rates, assumptions))?.charge(step: 0).micros
        }
        #expect(try micros(lite, [], true) == 41_100)
        #expect(try micros(lite, [], false) == nil)
        #expect(try micros(lite, [own], true) == 39_000)
        #expect(try micros(lite, [own], false) == 39_000)
        var estimated = lite
        estimated.pricing?.pricing.estimatedCostMicros = 12_345
        #expect(try micros(estimated, [own], false) == 12_345)
        // An estimate in another currency is counted in that one.
        estimated.pricing?.pricing.costCurrency = "EUR"
        let charge = try #require(CostLedger.assess(estimated, by: try book())).charge(step: 0)
        #expect(charge.currency == "EUR")
        #expect(charge.micros == 12_345)
    }

    @Test("The currency of an account: its terms, the assumption, the workspace's where a card has it, US dollars")
    func currency() throws {
        let idr = try RateEntry(
            effectiveFrom: CostTimes.day("2026-10-01"), currency: "IDR", market: "Indonesia", category: "marketing",
            rateMicros: 586_330_000)
        let message = try state(.regular("marketing"))
        func charged(_ book: CostBook) throws -> MessageCharge {
            try #require(CostLedger.assess(message, by: book)).charge(step: 0)
        }
        let dollars = try charged(try book(currency: "IDR"))
        #expect(dollars.currency == "USD" && dollars.micros == 41_100)
        let rupiah = try charged(try book(rates: [idr], currency: "IDR"))
        #expect(rupiah.currency == "IDR" && rupiah.micros == 586_330_000)
        let assumed = try charged(try book(rates: [idr], CostAssumptions(currency: "USD"), currency: "IDR"))
        #expect(assumed.currency == "USD")
        let terms = [AccountTerms(account: "waba-a", currency: "IDR")]
        let own = try charged(try book(rates: [idr], accounts: terms, CostAssumptions(currency: "USD")))
        #expect(own.currency == "IDR" && own.micros == 586_330_000)
        // No card in the currency: unknown, and counted in it.
        let euro = try charged(try book(accounts: [AccountTerms(account: "waba-a", currency: "EUR")]))
        #expect(euro.currency == "EUR" && euro.micros == nil)
    }

    @Test("Exchange: the newest rate that has begun in the workspace's zone, each message rounded half away from zero")
    func exchange() throws {
        func rate(_ day: String, from: String = "USD", to: String = "IDR", _ micros: Int64) throws -> ExchangeRate {
            ExchangeRate(effectiveFrom: try CostTimes.day(day), from: from, to: to, rateMicros: micros)
        }
        let rates = try [
            rate("2026-10-10", 16_250_500_000), rate("2026-10-01", 16_000_000_000),
            rate("2026-10-05", from: "EUR", 18_000_000_000), rate("2026-10-05", from: "IDR", to: "USD", 1_000),
        ]
        func charged(_ at: String, _ pricing: Pricing = .regular("marketing")) throws -> MessageCharge {
            let book = try book(exchange: rates, currency: "IDR")
            return try #require(CostLedger.assess(try state(pricing, at), by: book)).charge(step: 0)
        }
        #expect(try charged("2026-09-30T23:59").currency == "USD")
        #expect(try charged("2026-10-09T23:59").micros == 657_600_000)
        // 0.0411 × 16 250.5 = 667.89555
        #expect(try charged("2026-10-10T00:00").micros == 667_895_550)
        #expect(try charged("2026-10-10T00:00").currency == "IDR")
        // A free message counts in the currency in which it would have been charged.
        #expect(try charged("2026-10-10T00:00", .free("free_entry_point", "marketing")).currency == "IDR")
        // 41 100 × 50.013382 = 2 055 550.0002
        let half = try book(exchange: [rate("2026-10-01", to: "XYZ", 50_013_382)], currency: "XYZ")
        let rounded = try #require(CostLedger.assess(try state(.regular("marketing")), by: half)).charge(step: 0)
        #expect(rounded.micros == 2_055_550)
        // 25 000 × 0.00002 = 0.5 → 1
        let tiny = try book(exchange: [rate("2026-10-01", to: "XYZ", 20)], currency: "XYZ")
        #expect(CostLedger.assess(try state(.regular("utility")), by: tiny)?.charge(step: 0).micros == 1)
    }
}

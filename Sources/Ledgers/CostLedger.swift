import Domain

/// Messages whose prices depend on each other's order: each costs by its rank among them.
package struct RankGroup: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Service messages of one number in a month: the first ones are free.
        case freeService
        /// Charged messages of one portfolio, market and category in a month: volume tiers.
        case volumeTier
        /// Messages of one 24-hour conversation: the first one pays for all (until 30 Jun 2025).
        case conversation
    }
    package var kind: Kind
    /// Tells groups of one kind apart; the same in every process.
    package var key: String
    /// Ranks, counted from 0, at which another price begins: ascending, all above 0.
    package var thresholds: [Int64]
    /// First day of the month in the account's zone; nil for conversations.
    package var month: LocalDate?
    /// Free service messages only.
    package var phoneNumber: PhoneNumberID?
    /// Volume tiers only; nil is the one portfolio of all accounts whose terms name none.
    package var portfolio: String?
    package var market: String?
    /// `authentication` stands for the international ones, too: they are counted together.
    package var category: String?

    init(
        _ kind: Kind, key: [String], thresholds: [Int64], month: LocalDate? = nil, phoneNumber: PhoneNumberID? = nil,
        portfolio: String? = nil, market: String? = nil, category: String? = nil
    ) {
        self.kind = kind
        // A separator that no name holds, so that two lists of parts never make one key.
        self.key = key.joined(separator: "\u{1F}")
        self.thresholds = thresholds
        self.month = month
        self.phoneNumber = phoneNumber
        self.portfolio = portfolio
        self.market = market
        self.category = category
    }
}

/// What one delivered message costs.
package struct MessageCharge: Hashable, Sendable {
    /// Why it is charged or free, see `PricingType`.
    package var pricingType: String
    /// Meta's market of the recipient's country on the day; nil when no country is known.
    package var market: String?
    /// Currency of the amounts, also where none is known: the one in which its account's costs are counted that day.
    package var currency: String?
    /// Nil when no price is known.
    package var micros: Int64?
    /// Of `micros`: because Meta raised the category of the template; nil when it did not.
    package var raisedMicros: Int64?

    package init(
        pricingType: String, market: String? = nil, currency: String? = nil, micros: Int64?,
        raisedMicros: Int64? = nil
    ) {
        self.pricingType = pricingType
        self.market = market
        self.currency = currency
        self.micros = micros
        self.raisedMicros = raisedMicros
    }
}

/// What a message costs on each step of the group that its price depends on.
package struct ChargeAssessment: Hashable, Sendable {
    /// The delivery: its place in the order of the group.
    package var at: Instant
    /// Nil when the price depends on no other message.
    package var rank: RankGroup?
    private let first: MessageCharge
    /// By step, from 1 on: as many as the group has thresholds.
    private let further: [MessageCharge]

    init(at: Instant, rank: RankGroup? = nil, first: MessageCharge, further: [MessageCharge] = []) {
        self.at = at
        self.rank = rank
        self.first = first
        self.further = further
    }

    package var pricingType: String { first.pricingType }
    package var market: String? { first.market }

    /// - Parameter step: how many of the group's thresholds are at or below the message's rank; 0 without a group.
    package func charge(step: Int) -> MessageCharge {
        step <= 0 || further.isEmpty ? first : further[min(step, further.count) - 1]
    }
}

/// What a delivered message costs, by everything known about it.
///
/// Meta charges what was delivered, at the card of the day of the delivery in the account's zone. Whether a message is
/// charged is what the webhook said; what it says nothing about is settled by the rules of Meta's pricing and by
/// `CostAssumptions`.
package enum CostLedger {
    /// Nil for what is not delivered, and for a group message whose participants have rows of their own.
    package static func assess(_ state: MessageState, by book: CostBook) -> ChargeAssessment? {
        guard state.isAccepted, let deliveredAt = state.reachedAt else { return nil }
        let site = CostSite(state, at: deliveredAt, by: book)
        let word = PricingWord(state, book.assumptions)
        let isService = usesQuota(word, state, book.assumptions)
        if isService, site.day >= RateCard.serviceChargedFrom { return service(word, state, site) }
        if word.isConversation, word.verdict == .charged { return conversation(word, state, site) }
        if word.verdict == .charged, let assessment = tiered(word, state, site) { return assessment }
        return ChargeAssessment(at: deliveredAt, first: charge(word, state, site, rank: 0))
    }

    // MARK: One price

    private static func charge(
        _ word: PricingWord, _ state: MessageState, _ site: CostSite, rank: Int64
    ) -> MessageCharge {
        var charge = MessageCharge(
            pricingType: word.type, market: site.market, currency: site.counting.currency, micros: nil)
        switch word.verdict {
        case .free: charge.micros = 0
        case .unknown: break
        case .charged:
            let billed = billed(word, site, rank: rank)
            let counting = billed?.currency.map { site.book.counting($0, at: site.at) } ?? site.counting
            charge.currency = counting.currency
            charge.micros = billed.flatMap { counting.counted($0.micros) }
            if let billed, charge.micros != nil {
                charge.raisedMicros = raised(billed.micros, word, state, site).flatMap { counting.counted($0) }
            }
        }
        return charge
    }

    /// What is billed; the currency is nil when it is the account's.
    private static func billed(
        _ word: PricingWord, _ site: CostSite, rank: Int64
    ) -> (micros: Int64, currency: String?)? {
        guard let category = word.category else { return nil }
        guard category == PricedCategory.marketingLite else {
            return site.version(category)?.micros(rank: rank).map { ($0, nil) }
        }
        // Of marketing with a highest price Meta tells what it charges, or nobody.
        if let estimate = word.estimatedMicros { return (estimate, word.estimateCurrency) }
        if let own = site.version(category) { return own.micros(rank: rank).map { ($0, nil) } }
        guard site.book.assumptions.marketingLiteAsMarketing else { return nil }
        return site.version(PricedCategory.marketing)?.micros(rank: rank).map { ($0, nil) }
    }

    /// How much more it costs than in the category that its template had before Meta moved it, by list prices; nil when
    /// Meta did not, or it costs no more.
    private static func raised(
        _ micros: Int64, _ word: PricingWord, _ state: MessageState, _ site: CostSite
    ) -> Int64? {
        guard let change = site.book.raises.change(of: state), let category = word.category,
            change.to == (category == PricedCategory.marketingLite ? PricedCategory.marketing : category),
            let before = site.version(change.from)?.micros(rank: 0), before < micros
        else { return nil }
        return micros - before
    }

    // MARK: Prices by rank

    /// Service messages that Meta counts: those in a customer service window of one person. Groups and entry points are
    /// free by rules of their own.
    private static func usesQuota(
        _ word: PricingWord, _ state: MessageState, _ assumptions: CostAssumptions
    ) -> Bool {
        switch word.type {
        case PricingType.freeBusinessApp, PricingType.freeGroupCustomerService: false
        case PricingType.freeEntryPoint:
            // The category says `referral_conversion` for templates, too.
            assumptions.entryPointUsesQuota && (word.category == PricedCategory.service || !state.isKnownTemplate)
        default: word.category == PricedCategory.service
        }
    }

    private static func service(_ word: PricingWord, _ state: MessageState, _ site: CostSite) -> ChargeAssessment {
        let month = site.day.startOfMonth
        let number = state.line.phoneNumber
        let group = RankGroup(
            .freeService,
            key: [
                month.description, number?.value ?? "", number == nil ? state.line.displayPhoneNumber ?? "" : "",
            ], thresholds: [RateCard.freeServiceMessages], month: month, phoneNumber: number)
        let isFree = word.verdict == .free
        let first = MessageCharge(
            pricingType: isFree ? word.type : PricingType.freeQuota, market: site.market,
            currency: site.counting.currency, micros: 0)
        return ChargeAssessment(
            at: site.at, rank: group, first: first, further: [charge(word, state, site, rank: 0)])
    }

    /// The first message of a conversation that is delivered pays for all of it.
    private static func conversation(
        _ word: PricingWord, _ state: MessageState, _ site: CostSite
    ) -> ChargeAssessment {
        var first = charge(word, state, site, rank: 0)
        guard let id = state.conversationID else {
            // Whether another message has paid for it cannot be told.
            first.micros = nil
            first.raisedMicros = nil
            return ChargeAssessment(at: site.at, first: first)
        }
        let further = MessageCharge(
            pricingType: PricingType.freeConversation, market: site.market, currency: first.currency, micros: 0)
        return ChargeAssessment(
            at: site.at, rank: RankGroup(.conversation, key: [id], thresholds: [1]), first: first, further: [further])
    }

    /// Nil when the card has one price however many there are.
    private static func tiered(_ word: PricingWord, _ state: MessageState, _ site: CostSite) -> ChargeAssessment? {
        guard let market = site.market, let category = word.category, category != PricedCategory.service else {
            return nil
        }
        let month = site.day.startOfMonth
        let thresholds = site.book.rates.thresholds(category, market: market, month: month)
        guard !thresholds.isEmpty else { return nil }
        let counted = RateBook.counted(category)
        let group = RankGroup(
            .volumeTier, key: [month.description, site.terms.portfolio ?? "", market, counted],
            thresholds: thresholds, month: month, portfolio: site.terms.portfolio, market: market, category: counted)
        return ChargeAssessment(
            at: site.at, rank: group, first: charge(word, state, site, rank: 0),
            further: thresholds.map { charge(word, state, site, rank: $0) })
    }
}

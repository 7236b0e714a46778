import Domain
import Ledgers
import Testing

/// Prices that depend on other messages, on cards that change, and on categories that Meta raised.
@Suite("Tiers, conversations, cards and raised categories")
struct CostGroupTests {
    private func line(
        _ from: String, _ market: String, _ category: String, from tier: Int64 = 0, to: Int64? = nil,
        currency: String = "USD", _ micros: Int64?
    ) throws -> RateEntry {
        RateEntry(
            effectiveFrom: try CostTimes.day(from), currency: currency, market: market, category: category,
            tierFrom: tier, tierTo: to, rateMicros: micros)
    }

    private func book(
        _ rates: [RateEntry], accounts: [AccountTerms] = [], raises: [CategoryRaise] = []
    ) throws -> CostBook {
        CostBook(
            rates: rates, accounts: accounts, exchange: [], assumptions: CostAssumptions(),
            timeZone: try ZoneClock.named("Asia/Jakarta"), currency: "USD", raises: raises)
    }

    private func state(
        _ category: String, _ at: String = "2026-10-10T10:00", phone: String = "6281200000001",
        account: AccountID = "waba-a"
    ) throws -> MessageState {
        CostMessage(
            id: "A", account: account, phone: phone, deliveredAt: try CostTimes.at(at), pricing: .regular(category)
        ).state
    }

    // MARK: Tiers

    @Test("Authentication of both kinds is counted together, each at its own prices")
    func sharedCount() throws {
        let book = try book([
            line("2026-10-01", "Indonesia", "authentication", to: 100, 25_000),
            line("2026-10-01", "Indonesia", "authentication", from: 100, 24_000),
            line("2026-10-01", "Indonesia", "authentication_international", to: 750, 136_000),
            line("2026-10-01", "Indonesia", "authentication_international", from: 750, 120_000),
        ])
        let plain = try #require(CostLedger.assess(try state("authentication"), by: book))
        let abroad = try #require(CostLedger.assess(try state("authentication-international"), by: book))
        #expect(plain.rank == abroad.rank)
        #expect(plain.rank?.thresholds == [100, 750])
        #expect((0...2).map { plain.charge(step: $0).micros } == [25_000, 24_000, 24_000])
        #expect((0...2).map { abroad.charge(step: $0).micros } == [136_000, 136_000, 120_000])
        #expect(plain.rank?.category == "authentication")
        // Utility has one price: it depends on no other message.
        #expect(CostLedger.assess(try state("utility"), by: book)?.rank == nil)
    }

    @Test("A group is one portfolio, market, category and month of the account's zone")
    func groups() throws {
        let tiers = try [
            line("2026-07-01", "Indonesia", "utility", to: 10, 25_000),
            line("2026-07-01", "Indonesia", "utility", from: 10, 24_000),
            line("2026-07-01", "Malaysia", "utility", to: 10, 14_000),
            line("2026-07-01", "Malaysia", "utility", from: 10, 13_000),
        ]
        let book = try book(
            tiers,
            accounts: [
                AccountTerms(account: "waba-b", timeZone: "America/Sao_Paulo"),
                AccountTerms(account: "waba-c", portfolio: "other"),
            ])
        func group(_ state: MessageState) throws -> RankGroup {
            try #require(CostLedger.assess(state, by: book)?.rank)
        }
        let usual = try group(try state("utility"))
        #expect(usual.kind == .volumeTier)
        #expect(usual.month == LocalDate("2026-10-01"))
        #expect(usual.market == "Indonesia")
        #expect(try group(try state("utility", account: "waba-b")) == usual, "no portfolio: one for all")
        #expect(try group(try state("utility", account: "waba-c")) != usual)
        #expect(try group(try state("utility", phone: "60123456789")) != usual)
        #expect(try group(try state("utility", "2026-11-01T00:00")) != usual)
        // Ten hours into November in Jakarta it is still October in São Paulo.
        #expect(try group(try state("utility", "2026-11-01T09:59", account: "waba-b")) == usual)
        #expect(try group(try state("utility", "2026-11-01T10:00", account: "waba-b")) != usual)
    }

    @Test("Bounds of a month are those of every card in force in it, and no others")
    func unionOfBounds() throws {
        let book = try book([
            line("2026-10-01", "Indonesia", "utility", to: 3, 25_000),
            line("2026-10-01", "Indonesia", "utility", from: 3, 24_000),
            line("2026-10-16", "Indonesia", "utility", to: 5, 23_000),
            line("2026-10-16", "Indonesia", "utility", from: 5, to: 9, 22_000),
            line("2026-10-16", "Indonesia", "utility", from: 9, 21_000),
        ])
        func assessed(_ at: String) throws -> ChargeAssessment {
            try #require(CostLedger.assess(try state("utility", at), by: book))
        }
        #expect(try assessed("2026-09-30T12:00").rank == nil)
        let early = try assessed("2026-10-15T23:59")
        #expect(early.rank?.thresholds == [3, 5, 9])
        #expect((0...3).map { early.charge(step: $0).micros } == [25_000, 24_000, 24_000, 24_000])
        let late = try assessed("2026-10-16T00:00")
        #expect(late.rank == early.rank)
        #expect((0...3).map { late.charge(step: $0).micros } == [23_000, 23_000, 22_000, 21_000])
        #expect(try assessed("2026-11-05T12:00").rank?.thresholds == [5, 9])
        // Steps that no group has: the nearest.
        #expect(late.charge(step: 99).micros == 21_000)
        #expect(late.charge(step: -1).micros == 23_000)
    }

    @Test("Tiers of one country are counted in its market")
    func countryTiers() throws {
        let book = try book([
            line("2026-09-01", "TH", "utility", to: 4, 10_000), line("2026-09-01", "TH", "utility", from: 4, 9_000),
            line("2026-09-01", "HK", "utility", to: 6, 8_000), line("2026-09-01", "HK", "utility", from: 6, 7_000),
        ])
        let thailand = try #require(CostLedger.assess(try state("utility", phone: "66812345678"), by: book))
        let vietnam = try #require(CostLedger.assess(try state("utility", phone: "84912345678"), by: book))
        #expect(thailand.rank == vietnam.rank)
        // Hong Kong was a market of its own by then.
        #expect(thailand.rank?.thresholds == [4])
        #expect((0...1).map { thailand.charge(step: $0).micros } == [10_000, 9_000])
        #expect((0...1).map { vietnam.charge(step: $0).micros } == [11_300, 11_300])
        let hongKong = try #require(CostLedger.assess(try state("utility", phone: "85212345678"), by: book))
        #expect(hongKong.rank?.market == "Hong Kong")
        #expect(hongKong.rank?.thresholds == [6])
    }

    @Test("Tiers of a country that moves are counted in the market of each month")
    func movingCountryTiers() throws {
        let book = try book([
            line("2026-08-01", "BD", "utility", to: 4, 10_000), line("2026-08-01", "BD", "utility", from: 4, 9_000),
        ])
        func group(_ at: String, _ phone: String) throws -> RankGroup? {
            CostLedger.assess(try state("utility", at, phone: phone), by: book)?.rank
        }
        let (bangladesh, vietnam) = ("8801712345678", "84912345678")
        #expect(try group("2026-09-10T10:00", bangladesh)?.market == "Rest of Asia Pacific")
        #expect(try group("2026-09-10T10:00", vietnam) == group("2026-09-10T10:00", bangladesh))
        #expect(try group("2026-10-10T10:00", bangladesh)?.market == "Bangladesh")
        #expect(try group("2026-10-10T10:00", bangladesh)?.thresholds == [4])
        #expect(try group("2026-10-10T10:00", vietnam) == nil)
        #expect(try group("2026-07-31T10:00", bangladesh) == nil)
    }

    // MARK: Cards

    @Test("The shipped cards: July, October, and nothing before")
    func shipped() throws {
        let book = try book([])
        func micros(_ category: String, _ at: String, _ phone: String = "6281200000001") throws -> Int64? {
            CostLedger.assess(try state(category, at, phone: phone), by: book)?.charge(step: 1).micros
        }
        #expect(try micros("marketing", "2026-06-30T23:59") == nil)
        #expect(try micros("marketing", "2026-07-01T00:00") == 41_100)
        let changed: [(phone: String, category: String, july: Int64, october: Int64)] = [
            ("5215500000001", "marketing", 30_500, 39_700), ("923001234567", "utility", 10_000, 15_000),
            ("923001234567", "authentication", 10_000, 15_000), ("51912345678", "utility", 20_000, 30_000),
            ("966501234567", "marketing", 50_100, 57_600), ("27821234567", "utility", 7_600, 9_500),
            ("971501234567", "marketing", 49_900, 57_600), ("66812345678", "marketing", 73_200, 84_200),
            ("97312345678", "marketing", 34_100, 39_200),
            // Bangladesh: Rest of Asia Pacific until September, then a market of its own.
            ("8801712345678", "marketing", 73_200, 73_200), ("8801712345678", "utility", 11_300, 3_700),
            // Ukraine: Rest of Central & Eastern Europe.
            ("380501234567", "utility", 21_200, 29_800),
        ]
        for (phone, category, july, october) in changed {
            #expect(try micros(category, "2026-09-30T23:59", phone) == july, "\(phone) \(category)")
            #expect(try micros(category, "2026-10-01T00:00", phone) == october, "\(phone) \(category)")
        }
        // n/a is not 0.
        #expect(try micros("authentication_international", "2026-10-01T00:00", "5511912345678") == nil)
        // 47 markets with five columns, and 38 markets with four.
        #expect(RateCard.shipped.count == 47 * 5 + 38 * 4)
        #expect(Set(RateCard.shipped.map(\.market)) == Set(Market.names))
    }

    @Test(
        "Imported lines: newest that has begun, a country before its market, from their first date instead of shipped")
    func imported() throws {
        let rates = try [
            line("2026-10-10", "Indonesia", "marketing", 50_000), line("2026-10-20", "Indonesia", "marketing", 60_000),
            line("2026-10-20", "Indonesia", "marketing", 61_000), line("2026-10-15", "ID", "marketing", 70_000),
            line("2026-10-10", "Indonesia", "marketing", currency: "EUR", 1),
        ]
        let book = try book(rates)
        func micros(_ at: String) throws -> Int64? {
            CostLedger.assess(try state("marketing", at), by: book)?.charge(step: 0).micros
        }
        #expect(try micros("2026-10-09T23:59") == 41_100)
        #expect(try micros("2026-10-10T00:00") == 50_000)
        #expect(try micros("2026-10-15T00:00") == 70_000)
        #expect(try micros("2026-10-25T00:00") == 70_000, "the country's own line still beats the market's newer one")
        let market = try self.book(Array(rates.prefix(3)))
        let late = CostLedger.assess(try state("marketing", "2026-10-25T00:00"), by: market)
        #expect(late?.charge(step: 0).micros == 61_000, "of two for one date, the last")
        // An import that begins before the shipped lines replaces them all; other categories keep theirs.
        let early = try self.book([line("2026-01-01", "Indonesia", "marketing", 1)])
        #expect(CostLedger.assess(try state("marketing", "2026-03-01T00:00"), by: early)?.charge(step: 0).micros == 1)
        #expect(CostLedger.assess(try state("marketing", "2026-11-01T00:00"), by: early)?.charge(step: 0).micros == 1)
        #expect(CostLedger.assess(try state("utility"), by: early)?.charge(step: 0).micros == 25_000)
    }

    @Test("Market moves by date")
    func markets() throws {
        let cases = [
            ("ZW", "2025-09-30", "Other"), ("ZW", "2025-10-01", "Rest of Africa"),
            ("HK", "2026-06-30", "Rest of Asia Pacific"), ("HK", "2026-07-01", "Hong Kong"),
            ("PL", "2026-06-30", "Rest of Central & Eastern Europe"), ("PL", "2026-07-01", "Poland"),
            ("QA", "2026-06-30", "Rest of Middle East"), ("QA", "2026-07-01", "Qatar"),
            ("KZ", "2026-09-30", "Other"), ("KZ", "2026-10-01", "Kazakhstan"),
            ("MA", "2026-09-30", "Rest of Africa"), ("MA", "2026-10-01", "Morocco"),
            ("ID", "2020-01-01", "Indonesia"), ("US", "2026-10-01", "North America"),
            ("PR", "2026-10-01", "Rest of Latin America"), ("BB", "2026-10-01", "Other"),
            ("KR", "2026-10-01", "Other"), ("??", "2026-10-01", "Other"),
        ]
        for (country, day, market) in cases {
            #expect(Market.of(country: country, on: try CostTimes.day(day)) == market, "\(country) \(day)")
        }
        #expect(Market.names.count == 47)
        #expect(Market.named("rest of central and eastern europe") == "Rest of Central & Eastern Europe")
        #expect(Market.named(" INDONESIA ") == "Indonesia")
        #expect(Market.named("Indonesai") == nil)
        #expect(Market.nearest(to: "Indonesai") == "Indonesia")
        #expect(Market.nearest(to: "Thailan") == "TH")
        #expect(Market.nearest(to: "zzzzzzzz") == nil)
    }

    // MARK: Conversations

    @Test("Until June 2025 the first delivered message of a conversation pays for it")
    func conversations() throws {
        let rates = try [line("2025-01-01", "Indonesia", "marketing", 41_100)]
        func message(_ id: MessageID, _ at: String, conversation: String?, model: String = "CBP") throws -> CostMessage
        {
            CostMessage(
                id: id, deliveredAt: try CostTimes.at(at),
                pricing: Pricing(model: model, category: "marketing", billable: true), conversation: conversation)
        }
        let ranker = CostRanker(
            book: try book(rates),
            states: try [
                message("A", "2025-06-10T10:05", conversation: "c1"),
                message("B", "2025-06-10T10:00", conversation: "c1"),
                message("C", "2025-06-10T11:00", conversation: "c1"),
                message("D", "2025-06-10T10:00", conversation: "c2"),
                message("E", "2025-06-10T10:00", conversation: nil),
            ].map(\.state))
        #expect(ranker.charges.map { $0?.micros } == [0, 41_100, 0, 41_100, nil])
        #expect(ranker.charges.map { $0?.pricingType }.prefix(2) == ["free_conversation", "regular"])
        let assessment = try #require(
            CostLedger.assess(try message("A", "2025-06-10T10:05", conversation: "c1").state, by: try book(rates)))
        #expect(assessment.rank?.kind == .conversation)
        #expect(assessment.rank?.thresholds == [1])
        // Ids of conversations mean nothing since messages are paid for.
        #expect(try message("A", "2025-07-10T10:05", conversation: "c1", model: "PMP").state.conversationID == nil)
        // Not billable stays free, and the price of the first may be unknown while the others are free all the same.
        var free = try message("A", "2025-06-10T10:05", conversation: "c1")
        free.pricing?.billable = false
        #expect(CostLedger.assess(free.state, by: try book(rates))?.charge(step: 0).micros == 0)
        let dear = try message("A", "2025-06-10T10:05", conversation: "c1")
        #expect(CostLedger.assess(dear.state, by: try book([]))?.charge(step: 0).micros == nil)
        #expect(CostLedger.assess(dear.state, by: try book([]))?.charge(step: 1).micros == 0)
    }

    // MARK: Raised categories

    private func raise(
        _ at: String, from: String = "utility", to: String = "marketing", template: TemplateID? = "77",
        name: String? = "receipt", language: String? = "id"
    ) throws -> CategoryRaise {
        CategoryRaise(
            template: template, name: name, language: language, at: try CostTimes.at(at), from: from, to: to)
    }

    @Test("A template that Meta raised costs the difference more, while the raise stands")
    func raised() throws {
        var message = try state("marketing")
        message.loggedTags.template = "receipt"
        message.loggedTags.templateLanguage = "id"
        func raisedMicros(_ state: MessageState, _ raises: CategoryRaise...) throws -> Int64? {
            CostLedger.assess(state, by: try book([], raises: raises))?.charge(step: 0).raisedMicros
        }
        let standing = try raise("2026-10-05T00:00")
        // 0.0411 − 0.0250
        #expect(try raisedMicros(message, standing) == 16_100)
        #expect(try raisedMicros(message) == nil)
        #expect(try raisedMicros(message, raise("2026-10-11T00:00")) == nil, "sent before")
        let back = try raise("2026-10-07T00:00", from: "marketing", to: "utility")
        #expect(try raisedMicros(message, standing, back) == nil, "taken back")
        #expect(try raisedMicros(message, back, standing) == nil, "in any order")
        #expect(try raisedMicros(message, raise("2026-10-05T00:00", language: "en")) == nil)
        #expect(try raisedMicros(message, raise("2026-10-05T00:00", name: "other")) == nil)
        #expect(try raisedMicros(message, raise("2026-10-05T00:00", from: "marketing", to: "utility")) == nil)
        var byID = try state("marketing")
        byID.templateID = "77"
        #expect(try raisedMicros(byID, standing) == 16_100)
        // Priced as utility after all, or free: nothing more is paid.
        var utility = try state("utility")
        utility.templateID = "77"
        #expect(try raisedMicros(utility, standing) == nil)
        var free = byID
        free.pricing?.pricing = .free("free_entry_point", "marketing")
        #expect(try raisedMicros(free, standing) == nil)
        // Turkey: 0.0109 − 0.0009; Meta's other marketing is marketing, too.
        var lite = try state("marketing_lite", phone: "905321234567")
        lite.templateID = "77"
        #expect(try raisedMicros(lite, standing) == 10_000)
    }

    @Test("Which events tell of a change")
    func raiseEvents() throws {
        func event(_ word: String, previous: String?, field: String = "template_category_update") throws -> AccountEvent
        {
            AccountEvent(
                field: field, account: "waba-a", subject: .template(id: "77", name: "receipt", language: "id"),
                event: word, previous: previous, at: try CostTimes.at("2026-10-05T00:00"))
        }
        #expect(try CategoryRaise(event("MARKETING", previous: "UTILITY")) == raise("2026-10-05T00:00"))
        #expect(try CategoryRaise(event("IMPENDING", previous: "UTILITY")) == nil)
        #expect(try CategoryRaise(event("MARKETING", previous: nil)) == nil)
        #expect(try CategoryRaise(event("MARKETING", previous: "MARKETING")) == nil)
        #expect(try CategoryRaise(event("MARKETING", previous: "UTILITY", field: "account_alerts")) == nil)
        var undated = try event("MARKETING", previous: "UTILITY")
        undated.at = nil
        #expect(CategoryRaise(undated) == nil)
    }

    @Test("What is shown of the history of prices is dated and in order")
    func changes() {
        let days = RateCard.changes.map(\.effectiveFrom)
        #expect(days == days.sorted())
        #expect(days.first == LocalDate("2025-07-01"))
        #expect(days.count == 8)
        #expect(RateCard.shippedFrom == LocalDate("2026-07-01"))
        #expect(RateCard.serviceChargedFrom == LocalDate("2026-10-01"))
        #expect(RateCard.serviceFreeFrom == LocalDate("2024-11-01"))
    }
}

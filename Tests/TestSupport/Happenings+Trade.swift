import Domain

/// What outcomes and costs are made of, in the same small world.
extension Happenings {
    /// Settings that costs and outcomes are counted by: each once, since of two the later one holds.
    package static let tradeSettings: [Event] = [
        .cost(.rates(rates)),
        .cost(
            .accounts([
                AccountTerms(account: "waba-1", timeZone: "Asia/Jakarta", currency: "USD"),
                AccountTerms(account: "waba-2", timeZone: "America/Sao_Paulo", currency: "IDR", portfolio: "other"),
            ])),
        .cost(
            .exchange([
                ExchangeRate(
                    effectiveFrom: LocalDate(day: 20_606), from: "USD", to: "IDR", rateMicros: 16_250_123_456)
            ])),
        .outcomeRules([
            OutcomeRule(
                trigger: .tap(payloadPrefix: "Bel"), kind: "lead", value: Money(micros: 5_000_000, currency: "IDR")),
            OutcomeRule(trigger: .flow(tokenPrefix: nil), kind: "booking"),
            OutcomeRule(trigger: .automatic(name: "Purchase"), kind: "payment_confirmed"),
        ]),
        .attribution(
            AttributionSettings(lookbackSeconds: 3 * 86_400, lookbackByKind: ["payment_confirmed": 2 * 86_400])),
        .account(
            AccountEvent(
                field: "template_category_update", account: "waba-1",
                subject: .template(id: "1", name: "promo", language: nil), event: "MARKETING", previous: "UTILITY",
                at: start.adding(seconds: 3 * 86_400))),
    ]

    /// Tiers of a few messages, so that small worlds cross them; another price from the third day on.
    private static let rates: [RateEntry] = ["Indonesia", "Malaysia"].flatMap { market in
        ["USD", "IDR"].flatMap { currency in
            let unit: Int64 = currency == "USD" ? 1 : 16_000
            return [
                line(market, currency, "marketing", 41_100 * unit),
                line(market, currency, "utility", 25_000 * unit, to: 2),
                line(market, currency, "utility", 20_001 * unit, from: 2, to: 4),
                line(market, currency, "utility", 15_003 * unit, from: 4),
                line(market, currency, "authentication", 30_000 * unit, to: 1),
                line(market, currency, "authentication", 10_000 * unit, from: 1),
                line(market, currency, "utility", 26_000 * unit, day: 20_607, to: 3),
                line(market, currency, "utility", 16_000 * unit, day: 20_607, from: 3),
            ]
        }
    }

    private static func line(
        _ market: String, _ currency: String, _ category: String, _ micros: Int64, day: Int64 = 20_500,
        from: Int64 = 0, to: Int64? = nil
    ) -> RateEntry {
        RateEntry(
            effectiveFrom: LocalDate(day: day), currency: currency, market: market, category: category, tierFrom: from,
            tierTo: to, rateMicros: micros)
    }

    package mutating func tradeEvents(count: Int) -> [Event] { (0..<count).map { _ in tradeEvent() } }

    private mutating func tradeEvent() -> Event {
        switch Int.random(in: 0..<16, using: &dice) {
        case 0..<5: .outcome(outcome())
        case 5..<8: .status(pricedStatus())
        case 8: .link(link())
        case 9..<11: .click(click())
        case 11: .inbound(adMessage())
        case 12: .inbound(form())
        case 13: .automatic(automatic())
        case 14: .payment(payment())
        default: .send(control())
        }
    }

    private mutating func outcome() -> OutcomeEvent {
        let number = Int.random(in: 0..<6, using: &dice)
        let change: OutcomeEvent.Change
        switch Int.random(in: 0..<12, using: &dice) {
        case 0: change = .cancelled
        case 1: change = .pending
        case 2: change = .failed
        case 3:
            change = .refunded(
                id: dice.pick(["r1", "r2", nil]), amount: Money(micros: 1_000_000, currency: "IDR"),
                isTotal: dice.one(in: 2))
        case 4: change = .chargedBack(id: "d1", amount: nil, isReversed: dice.one(in: 2))
        default: change = .confirmed
        }
        return OutcomeEvent(
            source: "shop", id: "o\(number)", kind: dice.pick(["payment_confirmed", "lead", nil]), change: change,
            at: time(),
            value: dice.one(in: 3)
                ? nil : Money(micros: dice.pick([7_000_001, 250_000_000_000]), currency: dice.pick(["IDR", "USD"])),
            identity: identity(number))
    }

    private mutating func identity(_ number: Int) -> OutcomeIdentity {
        let message = message()
        return switch Int.random(in: 0..<7, using: &dice) {
        case 0..<3: OutcomeIdentity(party: name(of: number % Self.people.count))
        case 3: OutcomeIdentity(message: id(message))
        case 4: OutcomeIdentity(message: inboundID(message))
        case 5: OutcomeIdentity(link: "L\(message % 3)")
        default: OutcomeIdentity(clickID: "clid-\(message % 2)")
        }
    }

    private mutating func pricedStatus() -> MessageStatus {
        let message = message()
        return MessageStatus(
            message: id(message), line: line(message), recipient: name(of: recipient(message)),
            status: dice.pick([.sent, .delivered, .delivered, .read]), at: time(),
            pricing: Pricing(
                model: "PMP", type: "regular",
                // One message has one category; which of contradicting ones holds is the ledger's own test.
                category: ["marketing", "utility", "utility", "authentication"][message % 4]),
            tags: SendTags(template: "promo", campaign: "11.11"))
    }

    private mutating func link() -> TrackedLink {
        let number = Int.random(in: 0..<3, using: &dice)
        // A link is always the same link, however often it is told.
        return TrackedLink(
            code: "L\(number)", message: number == 0 ? id(0) : nil,
            recipient: number == 1 ? Self.people[1] : Party(), campaign: number == 2 ? "11.11" : nil,
            createdAt: Self.start)
    }

    private mutating func click() -> TrackedClick {
        let number = Int.random(in: 0..<3, using: &dice)
        let opening = Int.random(in: 0..<4, using: &dice)
        return TrackedClick(
            id: "k\(number).\(opening)", code: "L\(number)",
            at: Self.start.adding(seconds: Int64(number * 4 + opening) * 11 * 3_600),
            person: number == 1 ? Self.people[1] : number == 2 ? Self.people[opening % 3] : Party(),
            message: number == 0 ? id(0) : nil, campaign: number == 2 ? "11.11" : nil, isRobot: opening == 3)
    }

    private mutating func adMessage() -> InboundMessage {
        let person = person()
        return InboundMessage(
            message: MessageID("wamid.A\(person)"), line: Self.lines[person % 2], sender: name(of: person),
            at: Self.start.adding(seconds: Int64(person) * 86_400), kind: .content, type: "text",
            referral: Referral(sourceID: "ad-\(person)", sourceType: "ad", clickID: "clid-\(person % 2)"))
    }

    private mutating func form() -> InboundMessage {
        let message = message()
        return InboundMessage(
            message: MessageID("wamid.F\(message)"), line: line(message), sender: name(of: recipient(message)),
            at: Self.start.adding(seconds: Int64(message) * 50_000),
            kind: message % 2 == 0
                ? .form(name: "flow", token: "t-\(message)")
                : .order(items: 2, totalMicros: 99_000_000, currency: "IDR"),
            type: "interactive", repliesTo: id(message))
    }

    private mutating func automatic() -> AutomaticEvent {
        let number = message()
        return AutomaticEvent(
            message: MessageID("wamid.I\(number).\(number)"), line: line(number),
            name: number % 2 == 0 ? "Purchase" : "LeadSubmitted",
            clickID: "clid-\(number % 2)", valueMicros: 12_000_000, currency: "IDR",
            at: Self.start.adding(seconds: Int64(number) * 40_000))
    }

    private mutating func payment() -> PaymentStatus {
        let message = message()
        return PaymentStatus(
            message: id(message), line: line(message), payer: name(of: recipient(message)),
            referenceID: "ref-\(message)", status: dice.pick(["pending", "captured"]), amountMicros: 21_000_000,
            currency: "INR", refundedMicros: dice.one(in: 4) ? 1_000_000 : 0,
            at: Self.start.adding(seconds: Int64(message) * 30_000))
    }

    private mutating func control() -> SendRecord {
        let number = Int.random(in: 0..<3, using: &dice)
        return SendRecord(
            message: MessageID("held-\(number)"), isHeldOut: true, line: Self.lines[0], recipient: Self.people[number],
            sentAt: Self.start.adding(seconds: Int64(number) * 70_000), messageType: "template",
            tags: SendTags(template: "promo", campaign: "11.11"))
    }
}

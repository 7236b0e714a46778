import Domain

/// Payments, bookings, leads and orders, and who tells of them.
extension World {
    mutating func perform(_ step: Trade.Step, at time: Int64) {
        guard var chance = trade?.nextChance() else { return }
        switch step {
        case .open(let link, let isRobot): open(link, isRobot: isRobot, at: time)
        case .buy(let intent): buy(intent, at: time, chance: &chance)
        case .book(let intent): book(intent, at: time, chance: &chance)
        case .completeFlow(let intent): completeFlow(intent, at: time, chance: &chance)
        case .orderFromCatalogue(let intent): order(intent, at: time, chance: &chance)
        case .sendAgain(let person, let template, let campaign, let variant):
            sendTemplate(template, to: person, campaign: campaign, variant: variant, at: time, chance: &chance)
        }
    }

    // MARK: In the truth

    /// Index of the outcome in the truth; -1 where nobody asks for it.
    private mutating func record(
        _ source: String, _ id: String, _ kind: String, _ intent: Trade.Intent, _ toldBy: TrueOutcome.ToldBy,
        _ value: Money?, _ tellings: [Truth.OutcomeStory.Telling]
    ) -> Int {
        guard recordsTruth else { return -1 }
        truth.outcomeStories.append(
            Truth.OutcomeStory(
                source: source, id: id, kind: kind, person: intent.person, cause: intent.cause,
                causeCampaign: intent.campaign, link: intent.link, toldBy: toldBy, value: value, tellings: tellings))
        return truth.outcomeStories.count - 1
    }

    private static func reference(_ index: Int, telling: Int) -> Truth.Reference {
        index < 0 ? .nothing : .outcome(index, telling: telling)
    }

    // MARK: Payments

    private mutating func buy(_ intent: Trade.Intent, at time: Int64, chance: inout Chance) {
        let isBroken = scenario.incidents.contains { incident in
            incident.kind == .paymentOutage && intent.link != nil && incident.strikes(time)
                && incident.segment.campaign == intent.campaign
        }
        let amount = intent.amount ?? Self.amount(&chance)
        let country = intent.person.map { people[$0].country } ?? "ID"
        let isAtProvider = country == "ID" && !intent.namesMessage && chance.happens(0.6)
        if isBroken || isAtProvider {
            payAtMidtrans(amount, intent, isBroken: isBroken, at: time, chance: &chance)
            return
        }
        let value =
            country == "MY" && chance.happens(0.5)
            ? Money(micros: amount * 1_000_000 / 3_500 / 10_000 * 10_000, currency: "MYR") : Rupiah.money(amount)
        tellOnce(OutcomeKind.payment, value, intent, at: time, chance: &chance)
    }

    /// Whole rupiah, on five hundred.
    private static func amount(_ chance: inout Chance) -> Int64 {
        Int64(min(8_000_000, max(15_000, chance.logNormal(median: 185_000, sigma: 0.8)))) / 500 * 500
    }

    /// The shop's own program tells of it, once.
    private mutating func tellOnce(
        _ kind: String, _ value: Money?, _ intent: Trade.Intent, at time: Int64, chance: inout Chance
    ) {
        guard let rates = trade?.rates, let number = trade?.next("order") else { return }
        let name = name(of: intent, chance: &chance)
        let id = "ORD-\(number)"
        let index = record(
            "shop", id, kind, intent, name.toldBy, value, [Truth.OutcomeStory.Telling(change: .confirmed, at: time)])
        let bytes = OutcomeFormat.record(source: "shop", id: id, kind: kind, at: time, name: name, value: value)
        trade?.traffic.tell(
            bytes, at: time, late: intent.namesMessage ? 0 : rates.tellsLate, learn: Self.reference(index, telling: 0))
    }

    /// Numbers that nobody of the scenario's people has.
    private static func strangersPhone(_ chance: inout Chance) -> String {
        "6280" + String(100_000_000 + chance.below(899_999_999))
    }

    /// How the shop's program says whose it is, out of what it knows.
    private func name(of intent: Trade.Intent, chance: inout Chance) -> OutcomeFormat.Name {
        guard let index = intent.person else {
            return OutcomeFormat.Name(
                key: "contact", value: Self.strangersPhone(&chance), toldBy: .phone)
        }
        let person = people[index]
        if let cause = intent.cause, intent.namesMessage || chance.happens(0.15) {
            return OutcomeFormat.Name(key: "message_id", value: cause, toldBy: .message)
        }
        if let link = ownLink(of: intent), chance.happens(0.4) {
            return OutcomeFormat.Name(key: "link", value: link, toldBy: .link)
        }
        guard let phone = person.phoneIfVisible, person.userIDIfVisible == nil || chance.happens(0.85) else {
            return OutcomeFormat.Name(key: "user_id", value: person.userID, toldBy: .userID)
        }
        if person.country == "ID", chance.happens(0.5) {
            let text = OutcomeFormat.nationalIndonesian(phone, chance: &chance)
            return OutcomeFormat.Name(key: "contact", value: text, toldBy: .nationalPhone)
        }
        return OutcomeFormat.Name(key: "contact", value: (chance.happens(0.5) ? "+" : "") + phone, toldBy: .phone)
    }

    /// The code of a link that a whole campaign shares says nothing of one recipient.
    private func ownLink(of intent: Trade.Intent) -> String? {
        let isShared = intent.campaign.map { trade?.isShared($0) ?? true } ?? false
        return isShared ? nil : intent.link
    }

    private mutating func payAtMidtrans(
        _ amount: Int64, _ intent: Trade.Intent, isBroken: Bool, at time: Int64, chance: inout Chance
    ) {
        guard let rates = trade?.rates, let count = trade?.next("order") else { return }
        let person = intent.person.map { people[$0] }
        let number = person.map { $0.phoneIfVisible ?? $0.userID } ?? Self.strangersPhone(&chance)
        let link = chance.happens(0.4) ? ownLink(of: intent) : nil
        let method = ["qris", "gopay", "bank_transfer", "credit_card"][chance.weighted([0.35, 0.2, 0.25, 0.2])]
        let order = MidtransFormat.Order(
            id: "ORD-\(count)", transaction: chance.next(), amount: amount, method: method, begunAt: time,
            mark: link.map { "link:" + $0 } ?? "wa:" + number)
        var said = payment(order, isPaid: !isBroken && !chance.happens(rates.expires), rates: rates, chance: &chance)
        if said.last?.change == .confirmed, let settledAt = said.last?.at, chance.happens(rates.refunds) {
            said += refunds(of: order, after: settledAt, chance: &chance)
        }
        let index = record(
            "midtrans", order.id, OutcomeKind.payment, intent, link == nil ? .metadata : .link, Rupiah.money(amount),
            said.map { Truth.OutcomeStory.Telling(change: $0.change, at: $0.at) })
        for (place, word) in said.enumerated() {
            trade?.traffic.postFromProvider(
                .midtrans, MidtransFormat.notification(order, word.status, at: word.at, settledAt: word.settledAt),
                at: word.at, learn: Self.reference(index, telling: place))
        }
    }

    private struct Word {
        var status: MidtransFormat.Status
        var change: Truth.OutcomeStory.Telling.Change
        var at: Int64
        var settledAt: Int64?
    }

    /// Cards are captured at once and settled the next day: two words of one payment.
    private func payment(
        _ order: MidtransFormat.Order, isPaid: Bool, rates: OutcomeRates, chance: inout Chance
    ) -> [Word] {
        let at = order.begunAt
        if order.method == "credit_card", isPaid {
            let capture = Word(status: .capture, change: .confirmed, at: at)
            if chance.happens(rates.cancels) {
                return [capture, Word(status: .cancel, change: .cancelled, at: at + Int64(chance.whole(600...14_400)))]
            }
            let settledAt = at + Int64(chance.whole(50_000...93_600))
            return [capture, Word(status: .settlement, change: .confirmed, at: settledAt, settledAt: settledAt)]
        }
        let isByBank = order.method == "bank_transfer"
        let pending = Word(status: .pending, change: .pending, at: at)
        guard isPaid else {
            return [pending, Word(status: .expire, change: .failed, at: at + (isByBank ? 86_400 : 900))]
        }
        let paidAt = at + Int64(min(15 + chance.logNormal(median: isByBank ? 900 : 60, sigma: 1), 80_000))
        return [pending, Word(status: .settlement, change: .confirmed, at: paidAt, settledAt: paidAt)]
    }

    private func refunds(of order: MidtransFormat.Order, after settledAt: Int64, chance: inout Chance) -> [Word] {
        let at = settledAt + Int64(chance.whole(86_400...10 * 86_400))
        func refund(_ total: Int64, part: Int64, number: Int64, at: Int64) -> Word {
            Word(
                status: .refund(total: total, part: part, number: number), change: .refunded(Rupiah.micros(total)),
                at: at, settledAt: settledAt)
        }
        guard chance.happens(0.5) else { return [refund(order.amount, part: order.amount, number: 1, at: at)] }
        let first = max(500, order.amount * Int64(chance.whole(20...60)) / 100 / 500 * 500)
        let words = [refund(first, part: first, number: 1, at: at)]
        let second = (order.amount - first) / 2 / 500 * 500
        guard second > 0, chance.happens(0.25) else { return words }
        let later = at + Int64(chance.whole(3_600...3 * 86_400))
        return words + [refund(first + second, part: second, number: 2, at: later)]
    }

    // MARK: Bookings

    private mutating func book(_ intent: Trade.Intent, at time: Int64, chance: inout Chance) {
        guard let rates = trade?.rates, let index = intent.person else { return }
        let person = people[index]
        var startsAt = (time / 3_600 + Int64(chance.whole(24...240))) * 3_600
        var id = Trade.code(chance.next())
        let firstID = id
        var said: [(telling: Truth.OutcomeStory.Telling, bytes: Bytes)] = []
        func say(_ trigger: BookingFormat.Trigger, _ change: Truth.OutcomeStory.Telling.Change, at second: Int64) {
            let bytes = BookingFormat.webhook(trigger, id: id, at: second, startsAt: startsAt, person: person)
            let telling = Truth.OutcomeStory.Telling(
                change: change, at: second, newID: change == .confirmed && id != firstID ? id : nil)
            said.append((telling, bytes))
        }
        say(.created, .confirmed, at: time)
        var latest = time
        if chance.happens(rates.reschedules) {
            latest += Int64(chance.whole(900...80_000))
            startsAt += Int64(chance.whole(1...72)) * 3_600
            let before = id
            id = Trade.code(chance.next())
            say(.rescheduled(from: before), .confirmed, at: latest)
        }
        if chance.happens(rates.cancels) { say(.cancelled, .cancelled, at: latest + Int64(chance.whole(600...80_000))) }
        let story = record(
            "calcom", firstID, OutcomeKind.booking, intent, person.phoneIfVisible == nil ? .userID : .phone, nil,
            said.map(\.telling))
        for (place, word) in said.enumerated() {
            trade?.traffic.postFromProvider(
                .calcom, word.bytes, at: word.telling.at, learn: Self.reference(story, telling: place))
        }
    }

    // MARK: In the chat

    /// The flow's answer is a message: it is the outcome, by the business's rule for flows.
    private mutating func completeFlow(_ intent: Trade.Intent, at time: Int64, chance: inout Chance) {
        guard let person = intent.person, let number = trade?.next("flow") else { return }
        var words = Words(kind: .flow, quotes: intent.cause, wantsAnswer: chance.happens(0.6))
        words.flowToken = "\(Trade.leadToken)\(number)"
        say(words, OutcomeKind.lead, nil, intent, from: person, at: time, chance: &chance)
    }

    private mutating func order(_ intent: Trade.Intent, at time: Int64, chance: inout Chance) {
        guard let person = intent.person else { return }
        var words = Words(kind: .order, wantsAnswer: true)
        words.basket = (0..<chance.whole(1...3)).map { _ in
            Words.Item(
                product: chance.whole(1...40), quantity: chance.whole(1...3),
                price: Int64(chance.whole(30...600)) * 500)
        }
        let total = words.basket.reduce(Int64(0)) { $0 + $1.price * Int64($1.quantity) }
        say(words, OutcomeKind.order, Rupiah.money(total), intent, from: person, at: time, chance: &chance)
        if chance.happens(0.5) {
            var payment = intent
            payment.amount = total
            trade?.plan(.buy(payment), at: time + Int64(min(300 + chance.logNormal(median: 1_800, sigma: 1), 86_400)))
        }
    }

    private mutating func say(
        _ words: Words, _ kind: String, _ value: Money?, _ intent: Trade.Intent, from person: Int, at time: Int64,
        chance: inout Chance
    ) {
        let word = truth.words.count
        let (id, at) = write(words, from: person, at: time, chance: &chance)
        let outcome = record(
            Trade.chatSource, id, kind, intent, .chat, value,
            [Truth.OutcomeStory.Telling(change: .confirmed, at: at)])
        if outcome >= 0 { truth.words[word].outcome = outcome }
    }
}

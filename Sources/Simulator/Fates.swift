import Domain

/// How a message fares, decided at its send from what is true of the person, the template and the hour.
extension World {
    /// The code with which Meta refuses the send at once, or nil.
    func rejection(of message: Outbound, chance: inout Chance) -> Int? {
        if let template = message.template {
            let name = scenario.templates[template].name
            for incident in scenario.incidents where incident.kind == .templatePaused {
                if incident.strikes(message.at), incident.segment.template == name { return 132_015 }
            }
        }
        guard chance.happens(0.004) else { return nil }
        let codes = [131_056, 130_429, 132_000, 131_000, 100]
        return codes[chance.weighted([0.35, 0.25, 0.15, 0.15, 0.10])]
    }

    func price(of message: Outbound, person: Person) -> Price {
        if message.at < person.freeEntryUntil {
            return Price(
                type: "free_entry_point", category: "referral_conversion", isBillable: false,
                conversation: "fep-\(message.person)-\(person.freeEntryNumber)",
                conversationExpiresAt: person.freeEntryUntil)
        }
        // Since 2026-10-01T00:00 (WIB, the accounts' zone) window messages are charged, 1 000 a number and month apart.
        let isCharged = message.at >= 1_790_787_600
        let isInWindow = isInServiceWindow(person, at: message.at)
        guard let index = message.template else {
            // Without outcomes the message itself has been counted.
            if !isCharged || serviceSends[message.line] <= (trade == nil ? 1_000 : 999) {
                return Price(type: "free_customer_service", category: "service", isBillable: false)
            }
            return Price(type: "regular", category: "service", isBillable: true)
        }
        let template = scenario.templates[index]
        if let day = template.raisedToMarketingFromDay, message.at >= scenario.startOfDay(day).seconds {
            return Price(type: "regular", category: "marketing", isBillable: true)
        }
        if template.category == .utility, isInWindow, !isCharged {
            return Price(type: "free_customer_service", category: "utility", isBillable: false)
        }
        return Price(type: "regular", category: template.category.rawValue, isBillable: true)
    }

    func isInServiceWindow(_ person: Person, at second: Int64) -> Bool {
        person.lastInboundAt != .min && second - person.lastInboundAt < 24 * 3600
    }

    func fate(of message: Outbound, person: Person, price: Price, chance: inout Chance) -> Fate {
        let sentAt = message.at + Int64(chance.below(2))
        if let code = failure(of: message, person: person, price: price, chance: &chance) {
            // Most failures come instead of `sent`; some after it, seconds to hours later.
            if chance.happens(0.8) {
                return Fate(failedAt: message.at + Int64(chance.whole(1...3)), errorCode: code)
            }
            let delay = 5 + Int64(min(chance.logNormal(median: 40, sigma: 2), 86_400))
            return Fate(sentAt: sentAt, failedAt: sentAt + delay, errorCode: code)
        }
        var fate = Fate(sentAt: sentAt)
        let isSilent = person.reach == .silent || person.reach == .notOnWhatsApp || chance.happens(0.004)
        guard !isSilent else { return fate }
        let delay = deliveryDelay(of: message, person: person, chance: &chance)
        guard delay < timeToLive(of: message) else { return fate }
        fate.deliveredAt = sentAt + delay
        if chance.happens(0.0008) {
            // Meta takes its word back: `failed`, and delivered all the same later.
            fate.failedAt = sentAt + 1
            fate.errorCode = 131_026
            fate.deliveredAt = sentAt + 60 + delay
        }
        read(message, person: person, fate: &fate, chance: &chance)
        return fate
    }

    private func failure(of message: Outbound, person: Person, price: Price, chance: inout Chance) -> Int? {
        let template = message.template.map { scenario.templates[$0] }
        for incident in scenario.incidents where incident.strikes(message.at) {
            let segment = incident.segment
            let isInside =
                (segment.template == nil || segment.template == template?.name)
                && (segment.country == nil || segment.country == person.country)
                && (segment.account == nil || segment.account == scenario.lines[message.line].account)
                && (segment.phoneNumber == nil || segment.phoneNumber == scenario.lines[message.line].phoneNumber)
            guard isInside else { continue }
            switch incident.kind {
            case .billingOutage where price.isPaid: return 131_042
            case .deliveryDrop(let code, let share) where chance.happens(share): return code
            default: continue
            }
        }
        if person.reach == .notOnWhatsApp { return 131_026 }
        if template == nil {
            if !isInServiceWindow(person, at: message.at) { return 131_047 }
            if message.type != "text", chance.happens(0.006) { return 131_053 }
        }
        if template?.category == .marketing {
            if person.stoppedMarketingAt != .min { return 131_050 }
            if person.isHoldout { return 130_472 }
            let isRecent = person.lastMarketingAt != .min && message.at - person.lastMarketingAt < 2 * 86_400
            if chance.happens(isRecent ? 0.10 : 0.025) { return 131_049 }
        }
        let draw = chance.unit()
        if draw < 0.0012 { return 131_026 }
        if draw < 0.0018 { return 131_056 }
        return draw < 0.0022 ? 131_000 : nil
    }

    private func timeToLive(of message: Outbound) -> Int64 {
        guard let template = message.template, scenario.templates[template].category == .authentication else {
            return 30 * 86_400
        }
        return 600
    }

    private func deliveryDelay(of message: Outbound, person: Person, chance: inout Chance) -> Int64 {
        // Who has just written, or waits for a password, holds the phone in the hand.
        let isInHand = message.template.map { scenario.templates[$0].category == .authentication } ?? true
        if person.reach == .seldomOnline, !isInHand {
            return Int64(min(chance.logNormal(median: 5 * 3600, sigma: 1.2), 25 * 86_400))
        }
        if chance.happens(isInHand ? 0.985 : 0.88) {
            return Int64(min(chance.logNormal(median: 2.2, sigma: 0.9), 600))
        }
        return Int64(min(chance.logNormal(median: 1_500, sigma: 1.5), 20 * 86_400))
    }

    private func read(_ message: Outbound, person: Person, fate: inout Fate, chance: inout Chance) {
        guard let deliveredAt = fate.deliveredAt, person.sendsReceipts else { return }
        var probability: Double
        let median: Double
        let sigma: Double
        switch message.template.map({ scenario.templates[$0].category }) {
        case .marketing: (probability, median, sigma) = (message.variant == "B" ? 0.66 : 0.58, 900, 1.7)
        case .utility: (probability, median, sigma) = (0.84, 480, 1.6)
        case .authentication: (probability, median, sigma) = (0.93, 9, 0.7)
        case nil: (probability, median, sigma) = (0.95, 25, 1.3)
        }
        let name = message.template.map { scenario.templates[$0].name }
        for incident in scenario.incidents where incident.strikes(message.at) {
            guard case .readDrop(let share) = incident.kind else { continue }
            if incident.segment.template == nil || incident.segment.template == name { probability *= 1 - share }
        }
        guard chance.happens(probability) else { return }
        let isChatOpen = chance.happens(message.template == nil ? 0.30 : 0.03)
        if isChatOpen, fate.failedAt == nil {
            // Seen the moment it came: Meta says only `read`.
            fate.deliveredAt = nil
            fate.readAt = deliveredAt
        } else {
            let delay = 1 + Int64(min(chance.logNormal(median: median, sigma: sigma), 12 * 86_400))
            fate.readAt = awake(deliveredAt + delay, chance: &chance)
        }
        if message.type == "audio", let readAt = fate.readAt, chance.happens(0.8) {
            fate.playedAt = readAt + Int64(chance.whole(2...90))
        }
    }

    /// Moves most of what would fall between midnight and five to the morning.
    func awake(_ second: Int64, chance: inout Chance) -> Int64 {
        let hour = WallClock(seconds: second).hour
        guard hour < 5, chance.happens(0.8) else { return second }
        return second + Int64(5 - hour) * 3600 + Int64(chance.below(5_400))
    }
}

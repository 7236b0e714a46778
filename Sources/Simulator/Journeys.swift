import Domain

/// Why people come to buy: decided when a message reaches them, and at midnight for those whom no message moves.
extension World {
    // MARK: Who is left out

    func isDormant(_ person: Int) -> Bool { trade?.isDormant(person) ?? false }

    /// In the control group: the campaign is not sent, which only the send log can tell.
    func isHeldOut(_ person: Int, from campaign: String?, template: Int) -> Bool {
        guard let trade, let campaign, scenario.templates[template].name == trade.rates.heldOutTemplate else {
            return false
        }
        return trade.holdsOut(person, from: campaign)
    }

    mutating func holdOut(_ person: Int, template: Int, campaign: String, at time: Int64) {
        var learn = Truth.Reference.nothing
        if recordsTruth {
            learn = .heldOut(truth.heldOut.count)
            truth.heldOut.append(
                Truth.HeldOut(person: person, template: template, campaign: campaign, at: time))
        }
        let number = trade?.next("held-out") ?? 0
        let record = SendLogFormat.heldOut(
            id: "held-out-\(number)", person: people[person], template: scenario.templates[template],
            campaign: campaign, line: scenario.lines[people[person].line], at: time)
        trade?.traffic.log(record, at: time, learn: learn)
    }

    // MARK: Before the message

    func hasLink(_ template: MessageTemplate) -> Bool {
        template.category == .marketing || template.raisedToMarketingFromDay != nil
    }

    /// Seconds that the statuses of a message come late, 0 for nearly all.
    mutating func statusDelay(_ template: MessageTemplate) -> Int64 {
        guard let rates = trade?.rates, hasLink(template), template.name != rates.heldOutTemplate else { return 0 }
        guard var chance = trade?.nextChance(), chance.happens(rates.statusesHeldBack) else { return 0 }
        return Int64(chance.whole(86_400...3 * 86_400))
    }

    /// The links of a campaign are made before it is sent, and its list holds some people twice.
    mutating func planTrade(
        of campaign: Campaign, midnight: Int64, recipients: [(person: Int, variant: String, at: Int64)]
    ) {
        guard let rates = trade?.rates, var chance = trade?.nextChance() else { return }
        let template = scenario.templates[campaign.template]
        let listed = recipients.filter { !isHeldOut($0.person, from: campaign.name, template: campaign.template) }
        for recipient in listed where chance.happens(rates.duplicates) {
            let step = Trade.Step.sendAgain(
                person: recipient.person, template: campaign.template, campaign: campaign.name,
                variant: recipient.variant)
            trade?.plan(step, at: recipient.at + Int64(chance.whole(1_800...18_000)))
        }
        guard hasLink(template) else { return }
        let madeAt = midnight + Int64(max(0, campaign.startSecond - 1_200))
        trade?.linksMadeAt[campaign.name] = madeAt
        let isShared = trade?.isShared(campaign.name) ?? true
        let owners: [Int?] = isShared ? [nil] : listed.map { $0.person }
        let entries = owners.map { owner in
            LinkFormat.link(
                code: trade?.linkCode(campaign.name, person: owner ?? 0) ?? "", person: owner.map { people[$0] },
                message: nil, campaign: campaign.name, createdAt: madeAt)
        }
        for start in stride(from: 0, to: entries.count, by: 200) {
            let part = entries[start..<min(entries.count, start + 200)]
            trade?.traffic.post(.links, LinkFormat.links(part), at: madeAt + Int64(start / 200))
        }
    }

    // MARK: After it

    /// - Parameter answeredAt: when the recipient is going to answer; nil when not at all.
    mutating func planTrade(
        after message: Outbound, template: MessageTemplate, fate: Fate, answeredAt: Int64?
    ) {
        guard let rates = trade?.rates, let reachedAt = fate.reachedAt, var chance = trade?.nextChance() else { return }
        var intent = Trade.Intent(person: message.person, cause: message.id, campaign: message.campaign)
        let link = hasLink(template) ? makeLink(for: message, chance: &chance) : nil
        if let link, chance.happens(rates.robotOpens) {
            trade?.plan(.open(link, isRobot: true), at: reachedAt + Int64(chance.whole(0...5)))
        }
        guard !isDormant(message.person) else { return }
        if message.statusDelay > 0, chance.happens(0.1) {
            intent.namesMessage = true
            trade?.plan(.buy(intent), at: reachedAt + Int64(chance.whole(600...7_200)))
            return
        }
        if let answeredAt, let campaign = message.campaign {
            trade?.talkedInto[message.person] = (campaign, answeredAt + 3 * WallClock.secondsPerDay)
        }
        let recipient = people[message.person]
        let seenAt = fate.readAt ?? reachedAt + Int64(min(chance.logNormal(median: 1_200, sigma: 1.2), 86_400))
        let interest = fate.readAt != nil ? 1 : recipient.sendsReceipts ? 0.05 : 0.6
        if let link, chance.happens(rates.opens * interest) {
            let openedAt = awake(seenAt + Int64(chance.whole(3...900)), chance: &chance)
            trade?.plan(.open(link, isRobot: false), at: openedAt)
            if chance.happens(0.12) {
                trade?.plan(.open(link, isRobot: false), at: openedAt + Int64(chance.whole(30...7_200)))
            }
            intent.link = link.code
            if plan(intent, from: openedAt + 20, median: 600, rates.paysAfterClick, rates.booksAfterClick, &chance) {
                return
            }
            intent.link = nil
        }
        if let answeredAt {
            planTrade(intent, answeredAt: answeredAt, rates: rates, chance: &chance)
        } else if template.category == .marketing, chance.happens(rates.paysAfterView * interest) {
            let delay = 600 + Int64(min(chance.logNormal(median: 8 * 3600, sigma: 1), 6 * 86_400))
            let at = awake(seenAt + delay, chance: &chance)
            trade?.plan(.buy(intent), at: at)
        }
    }

    private mutating func planTrade(
        _ intent: Trade.Intent, answeredAt: Int64, rates: OutcomeRates, chance: inout Chance
    ) {
        if plan(intent, from: answeredAt + 30, median: 2_400, rates.paysAfterReply, rates.booksAfterReply, &chance) {
            return
        }
        let draw = chance.unit()
        let at = answeredAt + Int64(chance.whole(60...1_200))
        if draw < rates.leads {
            trade?.plan(.completeFlow(intent), at: at)
        } else if draw < rates.leads + rates.orders {
            trade?.plan(.orderFromCatalogue(intent), at: at)
        }
    }

    /// A person of the business wrote, and the customer does what they had talked about.
    mutating func planTrade(afterAgent message: Outbound, reachedAt: Int64) {
        guard let rates = trade?.rates, var chance = trade?.nextChance(), !isDormant(message.person),
            !onlyLooking.contains(message.person)
        else { return }
        let root = trade?.talkedInto[message.person]
        let campaign = root.flatMap { reachedAt <= $0.until ? $0.campaign : nil }
        let intent = Trade.Intent(person: message.person, cause: message.id, campaign: campaign)
        _ = plan(intent, from: reachedAt + 60, median: 3_600, rates.paysAfterAgent, rates.booksAfterAgent, &chance)
    }

    /// True when something will come of it.
    private mutating func plan(
        _ intent: Trade.Intent, from time: Int64, median: Double, _ pays: Double, _ books: Double,
        _ chance: inout Chance
    ) -> Bool {
        let draw = chance.unit()
        let at = awake(time + Int64(min(chance.logNormal(median: median, sigma: 1.2), 5 * 86_400)), chance: &chance)
        if draw < pays {
            trade?.plan(.buy(intent), at: at)
        } else if draw < pays + books {
            trade?.plan(.book(intent), at: at)
        }
        return draw < pays + books
    }

    /// Those who buy without having been moved by anything that the business sent.
    mutating func planOrganicTrade(midnight: Int64, busy: Double) {
        guard let rates = trade?.rates, var chance = trade?.nextChance() else { return }
        let expected = rates.organicPerPersonDay * Double(people.count) * busy
        for (hour, share) in Rhythm.hours.enumerated() {
            for _ in 0..<chance.count(expected: expected * share) {
                let person = chance.happens(rates.strangers) ? nil : chance.below(people.count)
                let at = midnight + Int64(hour * 3600 + chance.below(3600))
                trade?.plan(.buy(Trade.Intent(person: person)), at: at)
            }
        }
    }
}

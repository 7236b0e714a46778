import Domain

/// Everything the business sends, and what comes of each message.
extension World {
    mutating func sendTemplate(
        _ index: Int, to person: Int, campaign: String?, variant: String?, at time: Int64, chance: inout Chance
    ) {
        let template = scenario.templates[index]
        let recipient = people[person]
        // One-time passwords need a phone number (131062); whoever stopped marketing is left alone, stale lists apart.
        if template.category == .authentication, recipient.visibility == .userIDOnly { return }
        if template.category == .marketing, recipient.stoppedMarketingAt != .min, !recipient.isOnStaleList { return }
        if let campaign, isHeldOut(person, from: campaign, template: index) {
            holdOut(person, template: index, campaign: campaign, at: time)
            return
        }
        let isAnswered = chance.happens(template.replyRate * (variant == "B" ? 1.4 : 1)) && !isDormant(person)
        let isFreeEntry = recipient.awaitsFreeEntry || time < recipient.freeEntryUntil
        let knowledge: (logged: Double, tagged: Double) =
            switch template.category {
            case .marketing: (0.65, 0.40)
            case .utility: (0.70, 0.25)
            case .authentication: (0.20, 0.50)
            }
        var message = Outbound(
            id: nextMessageID(chance: &chance), person: person, line: recipient.line,
            at: moment(of: person, from: time),
            template: index, type: "template", language: recipient.isEnglish ? "en" : "id", campaign: campaign,
            variant: variant, sender: .system, agent: nil, team: nil, isLogged: chance.happens(knowledge.logged),
            logsUseCase: template.raisedToMarketingFromDay != nil || chance.happens(0.5),
            // Where the priced category does not say what a template is for, the business does.
            isTagged: template.raisedToMarketingFromDay != nil || isFreeEntry || chance.happens(knowledge.tagged))
        message.statusDelay = statusDelay(template)
        if message.statusDelay > 0 { message.isLogged = false }
        // Who was treated is known of everybody, or the experiment says nothing.
        if campaign != nil, template.name == scenario.outcomes?.heldOutTemplate { message.isLogged = true }
        let fate = send(message, isAnswered: isAnswered, chance: &chance)
        if template.category == .marketing { people[person].lastMarketingAt = message.at }
        guard let fate else { return }
        let answeredAt = follow(message, template: template, fate: fate, isAnswered: isAnswered, chance: &chance)
        planTrade(after: message, template: template, fate: fate, answeredAt: answeredAt)
    }

    /// A free-form message into an open conversation; nil when Meta refused it.
    mutating func sendFreeForm(
        to person: Int, type: String, sender: SenderKind, agent: String?, at time: Int64, chance: inout Chance
    ) -> (message: Outbound, fate: Fate)? {
        let line = people[person].line
        let isBot = sender == .bot
        let isFreeEntry = people[person].awaitsFreeEntry || time < people[person].freeEntryUntil
        let message = Outbound(
            id: nextMessageID(chance: &chance), person: person, line: line, at: moment(of: person, from: time),
            template: nil, type: type, language: nil, campaign: nil, variant: nil, sender: sender, agent: agent,
            team: isBot ? nil : scenario.lines[line].team, isLogged: chance.happens(isBot ? 0.15 : 0.55),
            logsUseCase: chance.happens(0.5), isTagged: isBot || isFreeEntry || chance.happens(0.3))
        if trade == nil { countServiceSend(line: line, at: message.at) } else { beginServiceMonth(at: message.at) }
        guard let fate = send(message, isAnswered: false, chance: &chance) else { return nil }
        return (message, fate)
    }

    /// Nil when Meta refused the send.
    private mutating func send(_ message: Outbound, isAnswered: Bool, chance: inout Chance) -> Fate? {
        let person = message.person
        if people[person].awaitsFreeEntry {
            // The answer to somebody who came from an ad opens three free days.
            people[person].awaitsFreeEntry = false
            if message.at - people[person].lastInboundAt < 24 * 3600 {
                people[person].freeEntryUntil = message.at + 72 * 3600
                people[person].freeEntryNumber += 1
            }
        }
        let recipient = people[person]
        let price = price(of: message, person: recipient)
        if let code = rejection(of: message, chance: &chance) {
            // Only the send log can tell of it: there will never be a webhook.
            if message.isLogged { record(message, price: price, rejection: code, fate: nil, chance: &chance) }
            return nil
        }
        var fate = fate(of: message, person: recipient, price: price, chance: &chance)
        if isAnswered, recipient.sendsReceipts, fate.readAt == nil {
            // Who is going to answer has read it, and the receipt precedes the answer.
            fate.readAt = fate.deliveredAt.map { $0 + Int64(chance.whole(5...400)) }
        }
        if isDormant(person) {
            fate.deliveredAt = fate.reachedAt
            (fate.readAt, fate.playedAt) = (nil, nil)
        }
        if trade != nil, price.category == "service", fate.reachedAt != nil {
            countServiceSend(line: message.line, at: message.at)
        }
        let firstWord = fate.sentAt ?? fate.failedAt ?? message.at
        people[person].lastMoment = max(people[person].lastMoment, firstWord)
        record(message, price: price, rejection: nil, fate: fate, chance: &chance)
        return fate
    }

    /// Books the message in the truth and hands its traces to the transport.
    private mutating func record(
        _ message: Outbound, price: Price, rejection: Int?, fate: Fate?, chance: inout Chance
    ) {
        let recipient = people[message.person]
        var story = Truth.Story(outbound: message, country: recipient.country, pricedCategory: price.category)
        story.pricedType = price.type
        story.isRejected = rejection != nil
        story.rejectionCode = rejection
        story.failureCode = fate?.errorCode
        // Pricing comes with `sent` and with one of the two that follow.
        let isOnRead = fate?.deliveredAt == nil || (fate?.readAt != nil && chance.happens(0.3))
        story.sent = Truth.Tick(at: fate?.sentAt ?? .min, carriesPricing: true)
        story.delivered = Truth.Tick(at: fate?.deliveredAt ?? .min, carriesPricing: !isOnRead)
        story.read = Truth.Tick(at: fate?.readAt ?? .min, carriesPricing: isOnRead)
        story.played = Truth.Tick(at: fate?.playedAt ?? .min)
        story.failed = Truth.Tick(at: fate?.failedAt ?? .min)
        var index = -1
        if recordsTruth {
            index = truth.stories.count
            truth.stories.append(story)
        }
        func reference(_ make: (Int) -> Truth.Reference) -> Truth.Reference { index < 0 ? .nothing : make(index) }

        if message.isLogged {
            let record = SendLogFormat.record(
                message, person: recipient, scenario: scenario, rejection: rejection, chance: &chance)
            transport.log(
                record, line: message.line, at: message.at, learn: reference(Truth.Reference.log), chance: &chance)
        }
        let steps: [(at: Int64?, word: StatusWord, pricing: Bool, learn: Truth.Reference)] = [
            (fate?.sentAt, .sent, true, reference(Truth.Reference.sent)),
            (fate?.deliveredAt, .delivered, !isOnRead, reference(Truth.Reference.delivered)),
            (fate?.readAt, .read, isOnRead, reference(Truth.Reference.read)),
            (fate?.playedAt, .played, false, reference(Truth.Reference.played)),
            (fate?.failedAt, .failed, false, reference(Truth.Reference.failed)),
        ]
        let template = message.template.map { scenario.templates[$0].name }
        for step in steps {
            guard let at = step.at else { continue }
            var update = Update(line: message.line, section: .statuses, learn: step.learn)
            update.item = WireFormat.status(
                message, person: recipient, template: template, word: step.word, at: at,
                price: step.pricing ? price : nil, errorCode: fate?.errorCode, hasUnknownKey: chance.happens(0.01))
            if step.word != .failed {
                update.contact = WireFormat.contact(recipient, withName: false)
            }
            transport.post(update, at: at + message.statusDelay, chance: &chance)
        }
    }

    /// What a template moves its recipient to do in the chat. Returns when they are going to answer.
    private mutating func follow(
        _ message: Outbound, template: MessageTemplate, fate: Fate, isAnswered: Bool, chance: inout Chance
    ) -> Int64? {
        guard let reachedAt = fate.reachedAt, !isDormant(message.person) else { return nil }
        var answeredAt: Int64?
        if isAnswered {
            let delay = 8 + Int64(min(chance.logNormal(median: 1_100, sigma: 1.4), 3 * 86_400))
            let at = awake(max(reachedAt, fate.readAt ?? reachedAt) + delay, chance: &chance)
            let kind = chance.weighted(template.hasButtons ? [0.55, 0.15, 0.30] : [0, 0.35, 0.65])
            var words = Words(wantsAnswer: chance.happens(kind == 0 ? 0.25 : 0.75))
            if kind == 0 { words.kind = .button }
            if kind < 2 { words.quotes = message.id }
            agenda.add(.write(person: message.person, words), at: at)
            answeredAt = at
        } else if chance.happens(0.004) {
            let words = Words(kind: .reaction, quotes: message.id)
            agenda.add(.write(person: message.person, words), at: reachedAt + Int64(chance.whole(20...7_200)))
        }
        guard template.category == .marketing else { return answeredAt }
        if fate.readAt != nil, chance.happens(0.05) {
            agenda.add(.linkClick(line: message.line), at: (fate.readAt ?? reachedAt) + Int64(chance.whole(3...300)))
        }
        if chance.happens(0.006) {
            let delay = 20 + Int64(min(chance.logNormal(median: 3_600, sigma: 1.5), 20 * 86_400))
            agenda.add(.preference(person: message.person, wish: "stop"), at: reachedAt + delay)
        }
        return answeredAt
    }
}

import Domain

/// Customers who write, and the bot and the people who answer them.
extension World {
    mutating func openConversation(_ person: Int, isFromAd: Bool, at time: Int64, chance: inout Chance) {
        guard people[person].reach == .active, time >= people[person].busyUntil, !isDormant(person) else { return }
        var words = Words(isFromAd: isFromAd, wantsAnswer: true)
        words.kind = [.text, .image, .audio, .location][chance.weighted([0.86, 0.08, 0.05, 0.01])]
        let extra = chance.weighted([0.6, 0.27, 0.13])
        var at = time
        for _ in 0..<extra {
            at += Int64(chance.whole(4...50))
            agenda.add(.write(person: person, Words()), at: at)
        }
        write(words, from: person, at: time, chance: &chance)
    }

    /// Returns the message's id and time.
    @discardableResult
    mutating func write(
        _ words: Words, from person: Int, at time: Int64, chance: inout Chance
    ) -> (id: String, at: Int64) {
        let at = moment(of: person, from: time)
        let id = nextMessageID(chance: &chance)
        let sender = people[person]
        var learn = Truth.Reference.nothing
        let index = truth.words.count
        if recordsTruth {
            let isContent = words.kind != .reaction
            learn = .word(index)
            truth.words.append(
                Truth.Word(
                    person: person, line: sender.line, at: at, quotes: isContent ? words.quotes : nil,
                    isContent: isContent, isFromAd: words.isFromAd, country: sender.country,
                    isTap: words.kind == .button || words.kind == .interactive))
        }
        var update = Update(line: sender.line, section: .messages, learn: learn)
        update.item = WireFormat.inbound(
            id: id, from: sender, line: scenario.lines[sender.line], words: words, at: at, chance: &chance)
        update.contact = WireFormat.contact(sender, withName: true)
        transport.post(update, at: at, chance: &chance)

        guard words.kind != .reaction else { return (id, at) }
        people[person].lastInboundAt = at
        if words.isFromAd { people[person].awaitsFreeEntry = true }
        let told = Desk.Message(id: id, at: at, learn: recordsTruth ? .deskWord(index) : .nothing)
        guard words.wantsAnswer, at >= people[person].busyUntil else {
            deskHears(told, from: person, taker: nil)
            return (id, at)
        }
        people[person].busyUntil = at + 3 * 3600
        let isForBot = words.isFromAd || chance.happens(0.7)
        deskHears(told, from: person, taker: isForBot ? .bot : .human)
        if isForBot, isBotSilent(for: person, at: at) {
            let taken = at + Int64(chance.whole(240...1_500))
            planHumanReply(to: person, rounds: 1, from: taken, since: at, chance: &chance)
        } else if isForBot {
            if scenario.hasDesk { desk.expectReply(to: person) }
            agenda.add(.botReply(person: person, after: at), at: at + Int64(chance.whole(2...9)))
        } else {
            planHumanReply(to: person, rounds: chance.weighted([0.5, 0.3, 0.2]), from: at, chance: &chance)
        }
        return (id, at)
    }

    mutating func botReply(to person: Int, after: Int64, at time: Int64, chance: inout Chance) {
        let type = chance.happens(0.5) ? "interactive" : "text"
        let sent = sendFreeForm(to: person, type: type, sender: .bot, agent: "bot-nusa", at: time, chance: &chance)
        deskReplied(to: person, sent)
        guard let (message, fate) = sent, let reachedAt = fate.reachedAt else {
            planHumanReply(to: person, rounds: 0, from: time, chance: &chance)
            return
        }
        guard chance.happens(0.55) else {
            deskPlansEnd(for: person, by: .bot, from: max(time, reachedAt))
            return
        }
        // The bot was not enough: the customer goes on, by button or by word, and a person takes over.
        var words = Words()
        if type == "interactive", chance.happens(0.6) {
            words.kind = .interactive
            words.quotes = message.id
        }
        let at = reachedAt + Int64(min(6 + chance.logNormal(median: 40, sigma: 1), 3_600))
        agenda.add(.write(person: person, words), at: at)
        planHumanReply(to: person, rounds: chance.weighted([0.45, 0.35, 0.2]), from: at + 1, chance: &chance)
    }

    mutating func humanReply(to person: Int, rounds: Int, at time: Int64, chance: inout Chance) {
        let line = scenario.lines[people[person].line]
        let type = ["text", "image", "document", "audio"][chance.weighted([0.86, 0.06, 0.04, 0.04])]
        let free = chance.pick(line.agents, or: "agent-0")
        let reachedAt: Int64?
        if people[person].line == appLine, chance.happens(Self.appShare) {
            reachedAt = typeInApp(to: person, at: time, chance: &chance)
        } else {
            let agent = desk.agent(for: person, or: free)
            let sent = sendFreeForm(to: person, type: type, sender: .human, agent: agent, at: time, chance: &chance)
            deskReplied(to: person, sent)
            reachedAt = sent?.fate.reachedAt
            if let sent, let reachedAt { planTrade(afterAgent: sent.message, reachedAt: reachedAt) }
        }
        guard rounds > 0, let reachedAt else {
            deskPlansEnd(for: person, by: .human, from: time)
            return
        }
        let at = reachedAt + Int64(min(10 + chance.logNormal(median: 80, sigma: 1.1), 7_200))
        agenda.add(.write(person: person, Words(kind: chance.happens(0.05) ? .image : .text)), at: at)
        people[person].busyUntil = max(people[person].busyUntil, at + 3_600)
        planHumanReply(to: person, rounds: rounds - 1, from: at + 1, chance: &chance)
    }

    /// Agents work from eight to nine in the evening; what comes later waits for the morning.
    ///
    /// - Parameter since: when the customer began to wait; nil when that is when people take over.
    mutating func planHumanReply(
        to person: Int, rounds: Int, from time: Int64, since: Int64? = nil, chance: inout Chance
    ) {
        var delay = 15 + min(chance.logNormal(median: 230, sigma: 0.95), 20_000)
        let team = scenario.lines[people[person].line].team
        for incident in scenario.incidents {
            if case .slowReplies(let factor) = incident.kind, incident.strikes(time, team: team) { delay *= factor }
        }
        var at = time + Int64(delay)
        let clock = WallClock(seconds: at)
        let secondOfDay = clock.hour * 3600 + clock.minute * 60 + clock.second
        if secondOfDay < 8 * 3600 {
            at += Int64(8 * 3600 - secondOfDay) + Int64(chance.below(2_700))
        } else if secondOfDay >= 21 * 3600 {
            at += Int64(32 * 3600 - secondOfDay) + Int64(chance.below(2_700))
        }
        agenda.add(.humanReply(person: person, rounds: rounds), at: at)
        people[person].busyUntil = max(people[person].busyUntil, at + 3_600)
        deskPlansPeople(for: person, from: time, since: since ?? time, replyAt: at)
    }

    private func isBotSilent(for person: Int, at second: Int64) -> Bool {
        let team = scenario.lines[people[person].line].team
        return scenario.incidents.contains { $0.kind == .botOutage && $0.strikes(second, team: team) }
    }

    /// Share of the people's answers that are typed in the phone, on the number that has it.
    private static let appShare = 0.4

    /// An answer in the WhatsApp Business app: Meta echoes it and tells nothing more. Returns when it got there.
    private mutating func typeInApp(to person: Int, at time: Int64, chance: inout Chance) -> Int64 {
        let at = moment(of: person, from: time)
        let recipient = people[person]
        let id = nextMessageID(chance: &chance)
        var learn = Truth.Reference.nothing
        if recordsTruth {
            learn = .echo(truth.echoes.count)
            truth.echoes.append(
                Truth.Echo(person: person, line: recipient.line, at: at, country: recipient.country))
        }
        var update = Update(line: recipient.line, section: .echoes, learn: learn)
        update.item = WireFormat.echo(
            id: id, to: recipient, line: scenario.lines[recipient.line], at: at, chance: &chance)
        update.contact = WireFormat.contact(recipient, withName: false)
        transport.post(update, at: at, chance: &chance)
        if scenario.hasDesk { desk.repliedElsewhere(to: person, at: at) }
        return at + Int64(chance.whole(1...4))
    }

    mutating func changePreference(of person: Int, wish: StaticString, at time: Int64, chance: inout Chance) {
        let isStop = wish.utf8CodeUnitCount == 4
        guard isStop == (people[person].stoppedMarketingAt == .min) else { return }
        let at = moment(of: person, from: time)
        let sender = people[person]
        var learn = Truth.Reference.nothing
        if isStop {
            people[person].stoppedMarketingAt = at
            people[person].isOnStaleList = chance.happens(0.25)
            if recordsTruth {
                learn = .stop(truth.stops.count)
                truth.stops.append(Truth.Stop(person: person, line: sender.line, at: at))
            }
            if chance.happens(0.15) {
                agenda.add(.preference(person: person, wish: "resume"), at: at + Int64(chance.whole(3_600...864_000)))
            }
        } else {
            people[person].stoppedMarketingAt = .min
            people[person].isOnStaleList = false
        }
        var update = Update(line: sender.line, section: .preferences, learn: learn)
        update.item = WireFormat.preference(sender, wish: wish, at: at)
        update.contact = WireFormat.contact(sender, withName: true)
        transport.post(update, at: at, chance: &chance)
    }

    mutating func changeNumber(of person: Int, at time: Int64, chance: inout Chance) {
        guard people[person].visibility != .userIDOnly, people[person].reach == .active else { return }
        let before = people[person]
        // The kept block of numbers serves one change a person.
        guard !before.phone.dropFirst(3).hasPrefix("9") else { return }
        let at = moment(of: person, from: time)
        people[person].changeNumber(chance: &chance)
        var update = Update(line: before.line, section: .messages)
        update.item = WireFormat.changedNumber(
            id: nextMessageID(chance: &chance), from: before, to: people[person], at: at)
        transport.post(update, at: at, chance: &chance)
        if before.visibility == .both { postUserIDUpdate(before: before, person: person, at: at, chance: &chance) }
    }

    mutating func changeUserID(of person: Int, at time: Int64, chance: inout Chance) {
        let before = people[person]
        guard before.visibility != .phoneOnly, before.reach == .active else { return }
        people[person].userID = Person.userID(country: before.country, chance: &chance)
        postUserIDUpdate(before: before, person: person, at: moment(of: person, from: time), chance: &chance)
    }

    private mutating func postUserIDUpdate(before: Person, person: Int, at: Int64, chance: inout Chance) {
        var update = Update(line: before.line, section: .userIDUpdates)
        update.item = WireFormat.userIDUpdate(before: before, after: people[person], at: at)
        update.contact = WireFormat.contact(people[person], withName: true)
        transport.post(update, at: at, chance: &chance)
    }
}

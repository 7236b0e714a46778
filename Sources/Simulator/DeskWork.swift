import Domain

/// What happens at the desk, and what it tells of it.
extension World {
    // MARK: What it hears

    /// - Parameter taker: who takes the word up; nil when nobody does, or somebody is at it already.
    mutating func deskHears(_ message: Desk.Message, from person: Int, taker: SenderKind?) {
        guard scenario.hasDesk else { return }
        let isResolved = thread(person).status == .resolved
        if isResolved {
            let resolvedAt = thread(person).resolvedAt
            let isLately = resolvedAt != .min && message.at - resolvedAt <= Desk.reopenSeconds
            if !isLately { desk.threads[person, default: Desk.Thread()].conversation = desk.nextConversation() }
        }
        tell(.message(message, author: nil), of: person, at: message.at)
        desk.threads[person]?.heardAt = message.at
        guard isResolved || taker != nil else { return }
        let isForBot = taker.map { $0 == .bot } ?? desk.chance.happens(0.6)
        setStatus(isForBot ? .pending : .open, by: nil, of: person, at: message.at)
        if thread(person).agent != nil { assign(nil, team: nil, to: person, at: message.at) }
    }

    /// The reply that somebody owed has been written, or Meta refused it.
    mutating func deskReplied(to person: Int, _ sent: (message: Outbound, fate: Fate)?) {
        guard scenario.hasDesk else { return }
        desk.threads[person]?.repliesDue -= 1
        guard let (message, fate) = sent else { return }
        if fate.failedAt == nil { desk.threads[person]?.answeredAt = message.at }
        let learn = recordsTruth ? Truth.Reference.deskStory(truth.stories.count - 1) : .nothing
        tell(
            .message(Desk.Message(id: message.id, at: message.at, learn: learn), author: message), of: person,
            at: message.at)
    }

    /// - Parameter since: when the customer began to wait.
    mutating func deskPlansPeople(for person: Int, from time: Int64, since: Int64, replyAt: Int64) {
        guard scenario.hasDesk else { return }
        desk.expectReply(to: person)
        planImpatience(of: person, since: since, replyAt: replyAt)
        desk.plan(.takeOver(replyAt: replyAt), for: person, at: time)
    }

    /// Nothing more is planned: most conversations are closed after a while, and not all.
    mutating func deskPlansEnd(for person: Int, by closer: SenderKind, from time: Int64) {
        guard scenario.hasDesk else { return }
        if closer == .bot, desk.chance.happens(0.7) {
            desk.plan(.resolve(by: .bot), for: person, at: time + Int64(desk.chance.whole(600...1_500)))
        } else if closer == .human, desk.chance.happens(0.8) {
            let delay = 20 + Int64(min(desk.chance.logNormal(median: 900, sigma: 1.2), 2 * 86_400))
            desk.plan(.resolve(by: .human), for: person, at: time + delay)
        }
    }

    // MARK: What it does

    mutating func perform(_ task: Desk.Task, at time: Int64) {
        let thread = thread(task.person)
        guard thread.conversation == task.conversation else { return }
        guard time > thread.notedAt else {
            desk.plan(task.step, for: task.person, at: thread.notedAt + 1)
            return
        }
        switch task.step {
        case .takeOver(let replyAt):
            if thread.status != .resolved { takeOver(task.person, thread, at: time, replyAt: replyAt) }
        case .assign(let replyAt, let isSecond):
            if thread.status == .open { giveToAgent(task.person, at: time, replyAt: replyAt, isSecond: isSecond) }
        case .resolve(let closer):
            resolve(task, thread: thread, by: closer, at: time)
        case .rate(let stars):
            // Whoever writes again has other worries than stars.
            guard thread.status == .resolved, people[task.person].lastMoment < thread.resolvedAt else { return }
            note(.rated(stars), of: task.person, at: time)
        case .writeAgain(let since):
            writeAgain(task.person, since: since, at: time)
        }
    }

    private mutating func takeOver(_ person: Int, _ thread: Desk.Thread, at time: Int64, replyAt: Int64) {
        if thread.status == .pending {
            note(.handoff, of: person, at: time)
            setStatus(.open, by: .bot, of: person, at: time)
        }
        if thread.team == nil {
            assign(nil, team: scenario.lines[people[person].line].team, to: person, at: time)
        }
        if !thread.isUrgent, desk.chance.happens(0.06) {
            desk.threads[person]?.isUrgent = true
            note(.priority(desk.chance.happens(0.4) ? "urgent" : "high"), of: person, at: time)
        }
        // Some answers come from people whom nobody asked.
        if thread.agent == nil ? desk.chance.happens(0.88) : desk.chance.happens(0.06) {
            let share = 0.1 + 0.7 * desk.chance.unit()
            let at = time + 1 + Int64(Double(max(0, replyAt - time)) * share)
            desk.plan(.assign(replyAt: replyAt, isSecond: thread.agent != nil), for: person, at: at)
        }
    }

    private mutating func giveToAgent(_ person: Int, at time: Int64, replyAt: Int64, isSecond: Bool) {
        let line = scenario.lines[people[person].line]
        let before = thread(person).agent
        let agent = desk.chance.pick(line.agents.filter { $0 != before }, or: "agent-0")
        if !isSecond, replyAt - time > 60, desk.chance.happens(0.12) {
            let at = time + 1 + Int64(Double(replyAt - time) * 0.8 * desk.chance.unit())
            desk.plan(.assign(replyAt: replyAt, isSecond: true), for: person, at: at)
        }
        assign(agent, team: line.team, to: person, at: time)
    }

    /// Closed only when all is answered, and in a second in which nobody wrote.
    private mutating func resolve(_ task: Desk.Task, thread: Desk.Thread, by closer: SenderKind, at time: Int64) {
        guard thread.status != .resolved, thread.repliesDue <= 0, thread.answeredAt > thread.heardAt else { return }
        guard time > people[task.person].lastMoment else {
            desk.plan(task.step, for: task.person, at: people[task.person].lastMoment + 1)
            return
        }
        if thread.isUrgent {
            desk.threads[task.person]?.isUrgent = false
            note(.priority(nil), of: task.person, at: time)
        }
        if closer == .human, desk.chance.happens(0.55) {
            note(.ratingAsked, of: task.person, at: time)
            if desk.chance.happens(0.4) {
                let stars = 1 + desk.chance.weighted([0.06, 0.05, 0.12, 0.30, 0.47])
                let delay = 15 + Int64(min(desk.chance.logNormal(median: 240, sigma: 1.1), 86_400))
                desk.plan(.rate(stars), for: task.person, at: time + delay)
            }
        }
        setStatus(.resolved, by: closer, of: task.person, at: time)
        desk.threads[task.person]?.resolvedAt = time
    }

    // MARK: What it tells

    private func thread(_ person: Int) -> Desk.Thread { desk.threads[person] ?? Desk.Thread() }

    private mutating func setStatus(_ status: DeskStatus, by author: SenderKind?, of person: Int, at time: Int64) {
        guard thread(person).status != status else { return }
        desk.threads[person]?.status = status
        note(.status(status, by: author), of: person, at: time)
    }

    private mutating func assign(_ agent: String?, team: String?, to person: Int, at time: Int64) {
        desk.threads[person]?.agent = agent
        desk.threads[person]?.team = team
        note(.assigned(agent: agent, team: team), of: person, at: time)
    }

    private mutating func note(_ what: Truth.DeskNote.What, of person: Int, at time: Int64) {
        desk.threads[person]?.notedAt = time
        tell(.note(what), of: person, at: time)
    }

    private mutating func tell(_ saying: DeskFormat.Saying, of person: Int, at time: Int64) {
        let line = people[person].line
        var learn = Truth.Reference.nothing
        switch saying {
        case .message(let message, _): learn = message.learn
        case .note(let what):
            if recordsTruth {
                learn = .deskNote(truth.deskNotes.count)
                truth.deskNotes.append(Truth.DeskNote(person: person, line: line, at: time, what: what))
            }
        }
        let record = DeskFormat.record(
            saying, number: desk.nextEvent(), conversation: thread(person).conversation, person: people[person],
            line: scenario.lines[line], at: time)
        transport.tell(record, at: time, learn: learn)
    }
}

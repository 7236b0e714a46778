import Domain

/// Waits and conversations, straight from their definitions. Slow and plain on purpose: it is what the ledgers are
/// compared with.
extension Truth {
    /// Every wait that the deliveries received at or before `instant` tell of, by person and start.
    package func waits(asOf instant: Instant) -> [TrueWait] {
        serviceTimelines(asOf: instant.microseconds).flatMap { timeline in
            timeline.sessions(asOf: instant.microseconds).flatMap { waits(of: $0, in: timeline, asOf: instant) }
        }
    }

    /// Every conversation that the deliveries received at or before `instant` tell of, by person and start.
    package func conversations(asOf instant: Instant) -> [TrueConversation] {
        serviceTimelines(asOf: instant.microseconds).flatMap { timeline in
            let sessions = timeline.sessions(asOf: instant.microseconds)
            return sessions.indices.map { index in
                let next = index + 1 < sessions.count ? sessions[index + 1] : nil
                return conversation(sessions[index], next: next, in: timeline, asOf: instant)
            }
        }
    }

    /// Sums over the waits for each value of a key.
    package func waitTotals<Key: Hashable>(asOf instant: Instant, by key: (TrueWait) -> Key) -> [Key: TrueWaitTotals] {
        var totals: [Key: TrueWaitTotals] = [:]
        for wait in waits(asOf: instant) { totals[key(wait), default: TrueWaitTotals()].add(wait) }
        return totals
    }

    /// Sums over the conversations for each value of a key.
    package func conversationTotals<Key: Hashable>(
        asOf instant: Instant, by key: (TrueConversation) -> Key
    ) -> [Key: TrueConversationTotals] {
        var totals: [Key: TrueConversationTotals] = [:]
        for conversation in conversations(asOf: instant) {
            totals[key(conversation), default: TrueConversationTotals()].add(conversation)
        }
        return totals
    }

    // MARK: Waits

    private func waits(
        of session: ServiceTimeline.Session, in timeline: ServiceTimeline, asOf now: Instant
    ) -> [TrueWait] {
        session.spans.indices.map { index in
            let span = session.spans[index]
            let next = index + 1 < session.spans.count ? session.spans[index + 1].words[0] : Int.max
            var wait = wait(span, in: timeline)
            wait.beginsConversation = session.messages[0] == span.words[0]
            wait.isFirstInConversation = index == 0
            if let end = wait.endedAt {
                wait.split = timeline.split(of: span, until: end.microseconds, isForBot: wait.responder == .bot)
            }
            guard let handoff = session.handoffs.first(where: { $0 > span.words[0] && $0 < next }) else { return wait }
            wait.handoffAt = Instant(microseconds: timeline.entries[handoff].at)
            wait.handoffReplyAt = session.messages.first { place in
                guard place > handoff, let reply = timeline.answer(at: place) else { return false }
                return reply.responder != .bot
            }.map { Instant(microseconds: timeline.entries[$0].at) }
            return wait
        }
    }

    private func wait(_ span: ServiceTimeline.Span, in timeline: ServiceTimeline) -> TrueWait {
        let entries = timeline.entries
        let start = entries[span.words[0]].at
        let line = scenario.lines[timeline.thread.line]
        var wait = TrueWait(
            person: timeline.thread.person, account: line.account, phoneNumber: line.phoneNumber,
            country: timeline.country, startedAt: Instant(microseconds: start),
            repeats: span.words.dropFirst().map { entries[$0].at - start }, ending: .open, responder: .none,
            entry: .organic, isFirstInConversation: false, beginsConversation: false,
            split: TrueWait.Split())
        let (way, template) = timeline.entry(of: span.words[0])
        (wait.entry, wait.template, wait.campaign) = (way, template?.template, template?.campaign)
        let charge = timeline.charge(before: timeline.end(of: span))
        (wait.assignedAgent, wait.assignedTeam, wait.priority) = (charge.agent, charge.team, charge.priority)
        wait.desk = timeline.desk(before: timeline.end(of: span) + (span.reply == nil ? 0 : 1))
        if let place = span.reply, let reply = timeline.answer(at: place) {
            wait.ending = .answered(Instant(microseconds: entries[place].at))
            (wait.responder, wait.replyAgent, wait.replyTeam) = (reply.responder, reply.agent, reply.team)
        } else if let givenUpAt = span.givenUpAt {
            wait.ending = .abandoned(Instant(microseconds: givenUpAt))
        }
        return wait
    }

    // MARK: Conversations

    private func conversation(
        _ session: ServiceTimeline.Session, next: ServiceTimeline.Session?, in timeline: ServiceTimeline,
        asOf now: Instant
    ) -> TrueConversation {
        let entries = timeline.entries
        let line = scenario.lines[timeline.thread.line]
        let first = entries[session.messages[0]]
        let firstAnswer = session.spans.compactMap(\.reply).first.flatMap(timeline.answer(at:))
        var told = TrueConversation(
            person: timeline.thread.person, account: line.account, phoneNumber: line.phoneNumber,
            country: timeline.country, startedAt: Instant(microseconds: first.at), openedBy: .business, inbound: [],
            outbound: [], firstResponder: firstAnswer?.responder ?? .none, hasBot: session.isPassedOnByBot,
            hasHuman: false, isHandedOff: !session.handoffs.isEmpty, isReopened: session.isReopened, isOver: false,
            isRatingAsked: false)
        describe(&told, session, in: timeline)
        if case .word = first.what { told.openedBy = .customer }
        for place in session.messages {
            let at = Instant(microseconds: entries[place].at)
            if case .word = entries[place].what { told.inbound.append(at) } else { told.outbound.append(at) }
            guard let reply = timeline.answer(at: place) else { continue }
            if reply.responder == .bot { told.hasBot = true } else { told.hasHuman = true }
        }
        for place in session.notes {
            guard case .note(let what) = entries[place].what else { continue }
            switch what {
            case .status(.resolved, let author):
                (told.resolvedAt, told.resolvedBy) = (Instant(microseconds: entries[place].at), author)
            case .ratingAsked: told.isRatingAsked = true
            case .rated(let stars): (told.isRatingAsked, told.rating) = (true, stars)
            case .status, .assigned, .handoff, .priority: continue
            }
        }
        if session.isResolved, let resolvedAt = told.resolvedAt, let next = next.map({ entries[$0.messages[0]] }),
            case .word = next.what, next.at - resolvedAt.microseconds <= 7 * ServiceTimeline.day
        {
            told.isReopened = true
        }
        let isSilent = now.microseconds(since: told.lastAt) >= ServiceTimeline.day
        told.isOver = next != nil || session.isResolved || isSilent
        return told
    }

    /// Who had it, and how the customer came.
    private func describe(
        _ told: inout TrueConversation, _ session: ServiceTimeline.Session, in timeline: ServiceTimeline
    ) {
        let places = (session.messages + session.notes).sorted()
        let charge = timeline.charge(before: places[places.count - 1] + 1)
        let writer = session.messages.compactMap { place -> ServiceTimeline.Reply? in
            guard let reply = timeline.answer(at: place), reply.responder != .bot, reply.agent != nil else {
                return nil
            }
            return reply
        }.last
        (told.agent, told.team) = (writer?.agent ?? charge.agent, writer?.team ?? charge.team)
        told.priority = charge.priority
        told.desk = timeline.desk(before: places[places.count - 1] + 1)
        let arrival = session.spans.first.map { timeline.entry(of: $0.words[0]) }
        told.entry = arrival?.way
        (told.template, told.campaign) = (arrival?.template?.template, arrival?.template?.campaign)
        if case .reply(let opening) = timeline.entries[session.messages[0]].what {
            (told.template, told.campaign) = (opening.template, opening.campaign)
            // A message to which nothing was said is nobody's but its writer's.
            guard places.count == 1 else { return }
            let isSigned = opening.responder != .bot && opening.agent != nil
            (told.agent, told.team) = isSigned ? (opening.agent, opening.team) : (nil, nil)
            told.priority = nil
            told.desk = opening.isToldByDesk ? DeskFormat.source : nil
        }
    }
}

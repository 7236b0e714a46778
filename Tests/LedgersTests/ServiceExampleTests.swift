import Catalogue
import Domain
import Ledgers
import Testing

/// What other desks get wrong, worked out by hand. Times are microseconds.
@Suite struct ServiceExampleTests {
    private let start = Tell.monday + 10 * Tell.hour

    private func at(_ offset: Int64) -> Instant { Instant(microseconds: start + offset) }

    private func value(_ dimension: Dimension, of wait: WaitFact) -> String? {
        Dimension.stored(.wait).firstIndex(of: dimension).flatMap { wait.dimensions[$0] }
    }

    private func value(_ dimension: Dimension, of fact: ConversationFact) -> String? {
        Dimension.stored(.conversation).firstIndex(of: dimension).flatMap { fact.dimensions[$0] }
    }

    @Test("After a bot's answer and a silence, the next wait is counted from the next message")
    func silenceAfterBot() throws {
        let again = start + 14 * Tell.day
        let sessions = Tell.fold(
            [
                Tell.customer(start), Tell.bot(start + 3 * Tell.second), Tell.customer(again),
                Tell.human(again + 10 * Tell.minute),
            ], .late())
        try #require(sessions.count == 2 && sessions.allSatisfy { $0.waits.count == 1 })
        let (first, second) = (sessions[0].waits[0], sessions[1].waits[0])
        #expect(first.ending == .answered(at(3_000_000)) && first.responder == .bot)
        #expect(first.split == .init(bot: 3_000_000))
        #expect(second.startedAt == at(14 * Tell.day) && second.responder == .human)
        #expect(second.ending == .answered(at(14 * Tell.day + 600_000_000)))
        #expect(second.split == .init(queue: 600_000_000) && second.isFirstInConversation)
    }

    @Test("A person's time starts when the bot hands over")
    func handoff() throws {
        let entries = [
            Tell.customer(start), Tell.bot(start + 3 * Tell.second), Tell.entry(start + 4 * Tell.second, .handoff),
            Tell.human(start + 10 * Tell.minute, "ani"),
        ]
        let session = try #require(Tell.fold(entries, .late()).first)
        let wait = try #require(session.waits.first)
        #expect(session.waits.count == 1 && wait.ending == .answered(at(3_000_000)) && wait.responder == .bot)
        #expect(wait.handoffAt == at(4_000_000) && wait.handoffReplyAt == at(600_000_000))
        let part = try #require(wait.contribution.parts.first)
        #expect(part.measures[WaitMeasure.handoffResponseTime.rawValue] == 596_000_000)
        #expect(part.durations[WaitDuration.handoffResponse.rawValue] == [596_000_000])
        #expect(value(.handledBy, of: session.conversation) == "both")

        // The customer writes once more to the queue: a wait of its own, and the hand-off stays with the first.
        let more = try #require(Tell.fold(entries + [Tell.customer(start + Tell.minute)], .late()).first)
        #expect(more.waits.count == 2 && more.waits[0].handoffReplyAt == at(600_000_000))
        #expect(more.waits[1].ending == .answered(at(600_000_000)) && more.waits[1].responder == .human)
        #expect(more.waits[1].split == .init(queue: 540_000_000) && more.waits[1].handoffAt == nil)
    }

    @Test("A bot hands over before it answers: bot time and queue time are apart")
    func silentHandoff() throws {
        let session = try #require(
            Tell.fold(
                [
                    Tell.status(start - 1, .pending), Tell.customer(start),
                    Tell.status(start + 20 * Tell.second, .open), Tell.human(start + Tell.minute, "ani"),
                ], .late()
            ).first)
        let wait = try #require(session.waits.first)
        #expect(wait.split == .init(bot: 20_000_000, queue: 40_000_000))
        #expect(wait.handoffAt == at(20_000_000) && wait.handoffReplyAt == at(60_000_000))
        #expect(session.conversation.hasBot && session.conversation.isHandedOff)
    }

    @Test("A person who opens what the bot had, was not handed it")
    func takenFromBot() throws {
        let session = try #require(
            Tell.fold(
                [
                    Tell.status(start - 1, .pending), Tell.customer(start),
                    Tell.status(start + 20 * Tell.second, .open, by: .human), Tell.human(start + Tell.minute),
                ], .late()
            ).first)
        #expect(!session.conversation.isHandedOff && session.waits.first?.handoffAt == nil)
    }

    @Test("Resolved by the bot, taken up five days later: no wait of five days")
    func reopened() throws {
        func sessions(after silence: Int64) -> [ServiceSession] {
            Tell.fold(
                [
                    Tell.customer(start), Tell.bot(start + 5 * Tell.second),
                    Tell.status(start + 10 * Tell.minute, .resolved, by: .bot), Tell.customer(start + silence),
                    Tell.human(start + silence + 2 * Tell.minute),
                ], .late())
        }
        let soon = sessions(after: 5 * Tell.day)
        try #require(soon.count == 2)
        #expect(soon[0].conversation.resolvedAt == at(600_000_000) && soon[0].conversation.isReopened)
        let part = try #require(soon[0].conversation.contribution.parts.first)
        #expect(part.measures[ConversationMeasure.resolutionTime.rawValue] == 600_000_000)
        #expect(part.measures[ConversationMeasure.reopened.rawValue] == 1)
        #expect(part.measures[ConversationMeasure.contained.rawValue] == 1)
        #expect(soon[1].waits.first?.ending == .answered(at(5 * Tell.day + 120_000_000)))
        #expect(soon[1].waits.first?.split == .init(queue: 120_000_000))
        // Seven days from the resolution are the limit, and still within it.
        let limit = 7 * Tell.day + 10 * Tell.minute
        #expect(sessions(after: limit)[0].conversation.isReopened)
        #expect(!sessions(after: limit + 1)[0].conversation.isReopened)
    }

    @Test("Reopened by the desk without a message: no conversation begins, and nobody waits")
    func reopenedByDesk() throws {
        let sessions = Tell.fold(
            [
                Tell.customer(start), Tell.bot(start + 5 * Tell.second),
                Tell.status(start + 10 * Tell.minute, .resolved, by: .bot), Tell.status(start + 5 * Tell.day, .open),
                Tell.human(start + 5 * Tell.day + Tell.minute),
            ], .late())
        try #require(sessions.count == 2)
        #expect(sessions[0].conversation.isReopened && !sessions[0].conversation.isHandedOff)
        #expect(sessions[1].isLone && sessions.flatMap(\.waits).count == 1)
    }

    @Test("The answer is that of who wrote it, not of the assignee")
    func answeredByAnother() throws {
        for (assignee, split) in [
            ("ani", WaitFact.Split(queue: 60_000_000, agent: 240_000_000)), (nil, .init(queue: 300_000_000)),
        ] {
            let session = try #require(
                Tell.fold(
                    [
                        Tell.customer(start), Tell.assigned(start + Tell.minute, assignee, team: "sales"),
                        Tell.human(start + 5 * Tell.minute, "budi"),
                    ], .late()
                ).first)
            let wait = try #require(session.waits.first)
            #expect(value(.agent, of: wait) == "budi" && value(.team, of: wait) == "sales")
            #expect(wait.split == split && value(.agent, of: session.conversation) == "budi")
        }
        let unsigned = try #require(
            Tell.fold([Tell.assigned(start - 1, "ani"), Tell.customer(start), Tell.human(start + 1)], .late()).first)
        #expect(value(.agent, of: unsigned.waits[0]) == nil)
        #expect(value(.agent, of: unsigned.conversation) == "ani")
    }

    @Test("Two agents assigned in turn: one wait, and each one's part in the story")
    func twoAgents() throws {
        let entries = [
            Tell.customer(start), Tell.assigned(start + Tell.minute, "ani"),
            Tell.assigned(start + 10 * Tell.minute, "budi"), Tell.human(start + 15 * Tell.minute, "budi"),
        ]
        let session = try #require(Tell.fold(entries, .late()).first)
        #expect(session.waits.map(\.split) == [.init(queue: 60_000_000, agent: 840_000_000)])
        let story = ServiceStory(session: session, entries: entries, context: .late())
        #expect(
            story.intervals == [
                .init(from: at(0), to: at(60_000_000), waitingFor: .queue),
                .init(from: at(60_000_000), to: at(600_000_000), waitingFor: .agent("ani")),
                .init(from: at(600_000_000), to: at(900_000_000), waitingFor: .agent("budi")),
                .init(from: at(900_000_000), to: at(900_000_000 + Tell.day), waitingFor: .customer),
            ])
    }

    @Test("Who was never answered is an open wait, then an abandoned one, and never absent")
    func neverAnswered() throws {
        let entries = [Tell.customer(start), Tell.customer(start + 30 * Tell.second)]
        var context = ServiceContext.late()
        context.asOf = at(2 * Tell.hour)
        let open = try #require(Tell.fold(entries, context).first)
        #expect(open.waits.map(\.ending) == [.open] && open.waits[0].repeats == [30_000_000])
        #expect(open.openSplit == .init(queue: 7_200_000_000) && open.waits[0].split == .init())
        // One day after the second message.
        let end = at(30_000_000 + 86_400_000_000)
        #expect(open.waits[0].dueAt == end && open.conversation.dueAt == end && !open.conversation.isOver)
        #expect(open.waits[0].contribution.parts[0].measures[WaitMeasure.open.rawValue] == 1)
        context.asOf = end
        let over = try #require(Tell.fold(entries, context).first)
        #expect(over.waits.map(\.ending) == [.abandoned(end)] && over.waits[0].responder == .none)
        #expect(over.waits[0].split == .init(queue: 86_430_000_000) && over.conversation.isOver)
        let part = over.waits[0].contribution.parts[0]
        #expect(part.durations[WaitDuration.abandonedAfter.rawValue] == [86_430_000_000])
        #expect(part.durations[WaitDuration.response.rawValue] == nil)
        #expect(
            part.measures[WaitMeasure.abandoned.rawValue] == 1 && part.measures[WaitMeasure.extraMessages.rawValue] == 1
        )
    }

    // MARK: Opening hours

    /// Friday 16:30.
    private var friday: Int64 { Tell.monday + 4 * Tell.day + 16 * Tell.hour + 30 * Tell.minute }

    private func weekend(answerAfter: Int64?, now: Int64, rules: ServiceRules = .init(abandonSeconds: 72 * 3_600))
        -> WaitFact?
    {
        var context = ServiceContext.late(
            rules: rules, hours: HoursBook([.office([(9, 17)])]),
            targets: [ServiceTarget(seconds: 3_600, clock: .business)])
        context.asOf = Instant(microseconds: now)
        let reply = answerAfter.map { [Tell.human(friday + $0)] } ?? []
        return Tell.fold([Tell.customer(friday)] + reply, context).first?.waits.first
    }

    @Test("Friday 16:30, one hour of office hours: until Monday 9:30")
    func acrossTheWeekend() throws {
        let due = Tell.monday + 7 * Tell.day + 9 * Tell.hour + 30 * Tell.minute
        let open = try #require(weekend(answerAfter: nil, now: friday + Tell.hour))
        #expect(open.target == .due(Instant(microseconds: due)) && open.dueAt == Instant(microseconds: due))
        #expect(try #require(weekend(answerAfter: nil, now: due)).target == .missed)
        let met = try #require(weekend(answerAfter: due - friday, now: due))
        #expect(met.target == .met && met.businessMicroseconds == 3_600_000_000)
        #expect(met.businessLastMicroseconds == 3_600_000_000)
        // 17:00 to 9:00 with two whole days between: 64 hours.
        #expect(met.split == .init(queue: 3_600_000_000, closed: 230_400_000_000))
        let missed = try #require(weekend(answerAfter: due - friday + 1, now: due + 1))
        #expect(missed.target == .missed && missed.businessMicroseconds == 3_600_000_001)
    }

    @Test("In business time too, first and last message count apart, and the first wait is told by itself")
    func businessVariants() throws {
        // Friday 16:30 and 16:50, answered on Monday 9:20; one more question at 9:30, answered at 9:45.
        let monday = Tell.monday + 7 * Tell.day + 9 * Tell.hour
        let words = [friday, friday + 20 * Tell.minute, monday + 30 * Tell.minute]
        let context = ServiceContext.late(
            rules: .init(abandonSeconds: 72 * 3_600), hours: HoursBook([.office([(9, 17)])]))
        let answers = [Tell.human(monday + 20 * Tell.minute), Tell.human(monday + 45 * Tell.minute)]
        let session = try #require(Tell.fold(words.map { Tell.customer($0) } + answers, context).first)
        try #require(session.waits.count == 2)
        // 30 minutes on Friday and 20 on Monday; from 16:50 on ten and twenty.
        #expect(session.waits.map(\.businessMicroseconds) == [3_000_000_000, 900_000_000])
        #expect(session.waits.map(\.businessLastMicroseconds) == [1_800_000_000, 900_000_000])
        let parts = session.waits.map { $0.contribution.parts[0] }
        #expect(parts.map { $0.durations[WaitDuration.firstBusinessResponse.rawValue] } == [[3_000_000_000], nil])
        #expect(parts.map { $0.measures[WaitMeasure.firstBusinessResponseTime.rawValue] } == [3_000_000_000, nil])
        #expect(parts.map { $0.measures[WaitMeasure.firstBusinessAnswered.rawValue] } == [1, nil])
        #expect(
            parts.map { $0.measures[WaitMeasure.businessResponseTimeLast.rawValue] } == [1_800_000_000, 900_000_000])
        #expect(
            parts.map { $0.durations[WaitDuration.businessResponseLast.rawValue] } == [[1_800_000_000], [900_000_000]])
        // Written again while all is closed, the last message's clock begins on Monday.
        let saturday = Tell.customer(Tell.monday + 5 * Tell.day + 11 * Tell.hour)
        let closed = try #require(
            Tell.fold([Tell.customer(friday), saturday, answers[0]], context).first?.waits.first)
        #expect(closed.businessMicroseconds == 3_000_000_000 && closed.businessLastMicroseconds == 1_200_000_000)
    }

    @Test("By default the wait is given up with the window, before its target passes: neither kept nor missed")
    func windowClosesFirst() throws {
        let wait = try #require(weekend(answerAfter: nil, now: friday + 3 * Tell.day, rules: .init()))
        #expect(wait.ending == .abandoned(Instant(microseconds: friday + Tell.day)) && wait.target == .none)
    }

    @Test("A lunch break is closed, and an edited calendar counts anew")
    func lunch() throws {
        let noon = Tell.monday + 11 * Tell.hour + 50 * Tell.minute
        let entries = [Tell.customer(noon), Tell.human(noon + 75 * Tell.minute)]
        func wait(_ calendar: WorkCalendar) -> WaitFact? {
            Tell.fold(entries, .late(hours: HoursBook([calendar]))).first?.waits.first
        }
        let split = try #require(wait(.office([(9, 12), (13, 17)])))
        #expect(split.businessMicroseconds == 900_000_000)
        #expect(split.split == .init(queue: 900_000_000, closed: 3_600_000_000))
        let edited = try #require(wait(.office([(8, 20)])))
        #expect(edited.businessMicroseconds == 4_500_000_000 && edited.split == .init(queue: 4_500_000_000))
    }

    @Test("Without a calendar there is no business time, and outside its hours there is none of it: nil is not 0")
    func notApplicable() throws {
        let saturday = Tell.monday + 5 * Tell.day + 10 * Tell.hour
        let entries = [Tell.customer(saturday), Tell.human(saturday + 5 * Tell.minute)]
        let without = try #require(Tell.fold(entries, .late()).first?.waits.first)
        #expect(without.businessLastMicroseconds == nil)
        #expect(without.businessMicroseconds == nil && without.split == .init(queue: 300_000_000))
        let part = without.contribution.parts[0]
        #expect(part.measures[WaitMeasure.businessAnswered.rawValue] == nil)
        #expect(part.durations[WaitDuration.businessResponse.rawValue] == nil)
        #expect(part.measures[WaitMeasure.firstBusinessAnswered.rawValue] == nil)
        #expect(part.durations[WaitDuration.businessResponseLast.rawValue] == nil)
        let closed = try #require(
            Tell.fold(entries, .late(hours: HoursBook([.office([(9, 17)])]))).first?.waits.first)
        #expect(closed.businessMicroseconds == 0 && closed.split == .init(closed: 300_000_000))
        #expect(closed.contribution.parts[0].measures[WaitMeasure.businessAnswered.rawValue] == 1)
        #expect(closed.contribution.parts[0].durations[WaitDuration.businessResponse.rawValue] == [0])
        #expect(closed.businessLastMicroseconds == 0)
        #expect(closed.contribution.parts[0].measures[WaitMeasure.firstBusinessAnswered.rawValue] == 1)
        #expect(closed.contribution.parts[0].durations[WaitDuration.businessResponseLast.rawValue] == [0])
        // A bot never closes.
        let bot = Tell.fold(
            [Tell.status(saturday - 1, .pending), Tell.customer(saturday), Tell.bot(saturday + Tell.minute)],
            .late(hours: HoursBook([.office([(9, 17)])])))
        #expect(bot.first?.waits.first?.split == .init(bot: 60_000_000))
    }
}

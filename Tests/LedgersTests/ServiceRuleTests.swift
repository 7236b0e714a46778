import Catalogue
import Domain
import Ledgers
import Testing

/// The rules at their limits.
@Suite struct ServiceRuleTests {
    private let start = Tell.monday + 10 * Tell.hour

    private func at(_ offset: Int64) -> Instant { Instant(microseconds: start + offset) }

    private func waits(_ entries: [ThreadEntry], _ context: ServiceContext = .late()) -> [WaitFact] {
        Tell.fold(entries, context).flatMap(\.waits)
    }

    private func value(_ dimension: Dimension, of wait: WaitFact?) -> String? {
        Dimension.stored(.wait).firstIndex(of: dimension).flatMap { wait?.dimensions[$0] }
    }

    @Test("A day later the same wait goes on, a microsecond after that it is another one")
    func abandonment() {
        let same = waits([Tell.customer(start), Tell.customer(start + Tell.day)])
        #expect(same.map(\.repeats) == [[86_400_000_000]])
        let other = waits([Tell.customer(start), Tell.customer(start + Tell.day + 1)])
        #expect(other.map(\.ending).first == .abandoned(at(86_400_000_000)) && other.count == 2)
        let answered = waits([Tell.customer(start), Tell.human(start + Tell.day)])
        #expect(answered.map(\.ending) == [.answered(at(86_400_000_000))])
        let late = waits([Tell.customer(start), Tell.human(start + Tell.day + 1)])
        #expect(late.map(\.ending) == [.abandoned(at(86_400_000_000))])
    }

    @Test("With a shorter limit an answer still counts for a day, a further message does not")
    func shortLimit() {
        let context = ServiceContext.late(rules: ServiceRules(abandonSeconds: 3_600))
        #expect(waits([Tell.customer(start), Tell.human(start + 2 * Tell.hour)], context).count == 1)
        let two = waits([Tell.customer(start), Tell.customer(start + 2 * Tell.hour)], context)
        #expect(two.map(\.startedAt) == [at(0), at(2 * Tell.hour)])
        #expect(two.first?.ending == .abandoned(at(3_600_000_000)))
    }

    @Test("A conversation in which a customer waits is not silent, however short the silence is set")
    func waitingIsNoSilence() {
        let context = ServiceContext.late(rules: ServiceRules(silenceSeconds: 3_600))
        let sessions = Tell.fold(
            [Tell.customer(start), Tell.human(start + 5 * Tell.hour), Tell.human(start + 6 * Tell.hour)], context)
        #expect(sessions.count == 2 && sessions[0].waits.map(\.ending) == [.answered(at(5 * Tell.hour))])
        #expect(sessions[1].isLone)
    }

    @Test("A template answers nothing, unless the business says so")
    func templates() {
        let entries = [
            Tell.customer(start), Tell.template(start + Tell.minute, "promo"), Tell.human(start + Tell.hour),
        ]
        #expect(waits(entries).map(\.ending) == [.answered(at(3_600_000_000))])
        let counting = ServiceContext.late(rules: ServiceRules(templatesAnswer: true))
        #expect(waits(entries, counting).map(\.ending) == [.answered(at(60_000_000))])
        #expect(waits(entries, counting).map(\.responder) == [.bot])
    }

    @Test("What the customer answers: the quoted template, else the last one for a day")
    func templateReplies() {
        let promo = Tell.template(start, "promo", campaign: "june")
        let second = Tell.template(start + Tell.hour, "otp")
        func wait(_ entries: [ThreadEntry], _ inbound: ThreadEntry.Inbound = .init(), after: Int64) -> WaitFact? {
            waits(entries + [Tell.customer(start + after, inbound)]).first
        }
        let last = wait([promo], after: Tell.day - 1)
        #expect(value(.entry, of: last) == "template_reply" && value(.campaign, of: last) == "june")
        #expect(value(.entry, of: wait([promo], after: Tell.day)) == "organic")
        #expect(value(.entry, of: wait([promo, Tell.bot(start + 1)], after: Tell.hour)) == "organic")
        #expect(value(.template, of: wait([promo, second], after: 2 * Tell.hour)) == "otp")
        let quoting = wait([promo, second], .init(repliesTo: promo.key), after: 2 * Tell.hour)
        #expect(value(.template, of: quoting) == "promo")
        let long = wait(
            [promo], .init(repliesTo: promo.key, quoted: .init(template: "promo", campaign: "june")),
            after: 9 * Tell.day)
        #expect(value(.entry, of: long) == "template_reply" && value(.template, of: long) == "promo")
        let ad = wait([promo], .init(isFromAd: true), after: Tell.hour)
        #expect(value(.entry, of: ad) == "ad" && value(.template, of: ad) == nil)
    }

    @Test("Resolved without an answer: the customer stopped waiting then, unless it is reopened before the next word")
    func resolvedUnanswered() {
        let entries = [Tell.customer(start), Tell.status(start + Tell.hour, .resolved)]
        #expect(waits(entries).map(\.ending) == [.abandoned(at(3_600_000_000))])
        let again = waits(entries + [Tell.customer(start + 2 * Tell.hour)])
        #expect(again.count == 2 && again[0].ending == .abandoned(at(3_600_000_000)))
        let reopened = [Tell.status(start + 2 * Tell.hour, .open), Tell.human(start + 3 * Tell.hour)]
        #expect(waits(entries + reopened).map(\.ending) == [.answered(at(3 * Tell.hour))])
    }

    @Test("A farewell belongs to the conversation that was just resolved, a template does not")
    func farewell() {
        let entries = [
            Tell.customer(start), Tell.human(start + Tell.minute), Tell.status(start + 2 * Tell.minute, .resolved),
        ]
        let limit = start + 3 * Tell.minute
        #expect(Tell.fold(entries + [Tell.bot(limit)], .late()).count == 1)
        #expect(Tell.fold(entries + [Tell.bot(limit + 1)], .late()).map(\.isLone) == [false, true])
        #expect(Tell.fold(entries + [Tell.template(limit, "promo")], .late()).map(\.isLone) == [false, true])
        #expect(Tell.fold(entries + [Tell.customer(limit)], .late()).count == 2)
    }

    @Test("An unsigned answer is nobody's, or by choice a bot's when it is quick; so is what follows it at once")
    func unsigned() {
        let entries = [
            Tell.customer(start), Tell.entry(start + 3 * Tell.second, .outbound(.init())),
            Tell.entry(start + 7 * Tell.second, .outbound(.init())),
        ]
        let plain = Tell.fold(entries, .late())
        #expect(plain.flatMap(\.waits).map(\.responder) == [.unknown])
        #expect(plain.first?.conversation.hasHuman == true && plain.first?.conversation.hasBot == false)
        let quick = Tell.fold(entries, .late(rules: ServiceRules(botReplySeconds: 5)))
        #expect(quick.flatMap(\.waits).map(\.responder) == [.bot])
        #expect(quick.first?.conversation.hasHuman == false && quick.first?.conversation.hasBot == true)
        let slow = Tell.fold(entries, .late(rules: ServiceRules(botReplySeconds: 2)))
        #expect(slow.flatMap(\.waits).map(\.responder) == [.unknown])
    }

    @Test("The target with the most conditions counts, of equals the first; of the open only what fits its charge")
    func targets() {
        let targets = [
            ServiceTarget(seconds: 600), ServiceTarget(responder: .human, seconds: 120),
            ServiceTarget(team: "sales", seconds: 60), ServiceTarget(responder: .bot, seconds: 10),
            ServiceTarget(responder: .human, team: "sales", seconds: 300),
        ]
        func due(_ entries: [ThreadEntry]) -> WaitFact.TargetState? {
            var context = ServiceContext.late(targets: targets)
            context.asOf = at(1)
            return waits(entries + [Tell.customer(start)], context).first?.target
        }
        #expect(due([]) == .due(at(120_000_000)))
        #expect(due([Tell.status(start - 1, .pending)]) == .due(at(10_000_000)))
        #expect(due([Tell.assigned(start - 1, nil, team: "sales")]) == .due(at(300_000_000)))
        func state(_ reply: ThreadEntry) -> WaitFact.TargetState? {
            waits([Tell.customer(start), reply], .late(targets: targets)).first?.target
        }
        #expect(state(Tell.human(start + 120 * Tell.second)) == .met)
        #expect(state(Tell.human(start + 120 * Tell.second + 1)) == .missed)
        #expect(state(Tell.bot(start + 11 * Tell.second)) == .missed)
        #expect(state(Tell.entry(start + 600 * Tell.second, .outbound(.init()))) == .met)
    }

    @Test("The rating belongs to the conversation that it is about, and stars out of range are none")
    func rating() throws {
        let entries = [
            Tell.customer(start), Tell.human(start + 1), Tell.entry(start + 2, .ratingAsked),
            Tell.status(start + 2, .resolved), Tell.entry(start + 3 * Tell.day, .rated(4)),
        ]
        let sessions = Tell.fold(entries + [Tell.entry(start + 4 * Tell.day, .rated(0))], .late())
        #expect(sessions.map(\.conversation.rating) == [4] && sessions[0].conversation.isRatingAsked)
    }

    @Test("What a desk says before the first message opens nothing, but holds")
    func before() throws {
        let sessions = Tell.fold(
            [
                Tell.assigned(start - Tell.hour, "ani", team: "sales"), Tell.entry(start - 1, .priority("urgent")),
                Tell.customer(start),
            ], .late())
        let charge = try #require(sessions.first?.carryBefore.charge)
        #expect(
            sessions.count == 1 && charge == Charge(holder: .people, agent: "ani", team: "sales", priority: "urgent"))
        #expect(sessions[0].waits.first?.split == .init(agent: 86_400_000_000))
        #expect(Tell.fold([Tell.assigned(start, "ani")], .late()).isEmpty)
    }

    @Test("A story names every stretch: the bot, closed hours, the customer, nobody")
    func story() throws {
        let evening = Tell.monday + 16 * Tell.hour
        func at(_ hours: Int64) -> Instant { Instant(microseconds: evening + hours * Tell.hour) }
        let entries = [
            Tell.status(evening - 1, .pending), Tell.customer(evening), Tell.status(evening + Tell.hour / 2, .open),
            Tell.human(evening + 18 * Tell.hour, "ani"), Tell.customer(evening + 20 * Tell.hour),
            Tell.template(evening + 43 * Tell.hour, "promo"), Tell.human(evening + 50 * Tell.hour),
            Tell.status(evening + 51 * Tell.hour, .resolved), Tell.entry(evening + 52 * Tell.hour, .rated(5)),
        ]
        let context = ServiceContext.late(hours: HoursBook([.office([(9, 17)])]))
        let session = try #require(Tell.fold(entries, context).first)
        let story = ServiceStory(session: session, entries: entries, context: context)
        let half = Instant(microseconds: evening + Tell.hour / 2)
        #expect(
            story.intervals == [
                .init(from: at(0), to: half, waitingFor: .bot),
                .init(from: half, to: at(1), waitingFor: .queue),
                .init(from: at(1), to: at(17), waitingFor: .closed),
                .init(from: at(17), to: at(18), waitingFor: .queue),
                .init(from: at(18), to: at(20), waitingFor: .customer),
                .init(from: at(20), to: at(25), waitingFor: .queue),
                .init(from: at(25), to: at(41), waitingFor: .closed),
                .init(from: at(41), to: at(44), waitingFor: .queue),
                // The window closed without an answer: the customer gave up.
                .init(from: at(44), to: at(50), waitingFor: .nobody),
                .init(from: at(50), to: at(51), waitingFor: .customer),
            ])
        #expect(
            story.steps.map(\.what) == [
                .customerMessage, .open, .reply, .customerMessage, .template, .gaveUp, .reply, .resolved, .rated,
            ])
        #expect(story.steps.map(\.by)[2] == .human && story.steps[2].agent == "ani" && story.steps[8].detail == "5")
    }

    @Test("Times and rules at the ends of their range do no harm")
    func extremes() {
        let ends: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
        let kinds: [ThreadEntry.Kind] = [
            .inbound(.init()), .outbound(.init()), .status(.resolved, by: nil), .handoff, .rated(.max), .rated(.min),
        ]
        let entries = ends.flatMap { at in kinds.map { Tell.entry(at, $0) } }.sorted()
        for seconds in [Int64.min, -1, 0, .max] {
            for now in [Instant.distantPast, .distantFuture] {
                let context = ServiceContext(
                    rules: ServiceRules(
                        abandonSeconds: seconds, silenceSeconds: seconds, botReplySeconds: seconds),
                    hours: HoursBook([.office([(9, 17)])]),
                    targets: [
                        ServiceTarget(seconds: seconds, clock: .business), ServiceTarget(team: "a", seconds: seconds),
                    ], asOf: now)
                let sessions = Tell.fold(entries, context)
                #expect(!sessions.isEmpty)
                for session in sessions {
                    _ = session.conversation.contribution
                    _ = session.waits.map(\.contribution)
                    _ = ServiceStory(session: session, entries: entries, context: context)
                }
            }
        }
    }
}

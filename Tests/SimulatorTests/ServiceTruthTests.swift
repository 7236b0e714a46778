import Domain
import Testing

@testable import Simulator

/// Threads written by hand; every time is seconds after `zero`.
@Suite struct ServiceTruthTests {
    private static let zero: Int64 = 1_790_000_000
    private static let day: Int64 = 86_400

    /// Puts together what happened in one thread.
    private struct Story {
        var truth = Truth(scenario: Scenario(days: 1))
        private var count = 0

        mutating func word(
            _ at: Int64, quotes: String? = nil, isFromAd: Bool = false, isContent: Bool = true, knownAt: Int64? = nil
        ) {
            truth.words.append(
                Truth.Word(
                    person: 0, line: 0, at: zero + at, quotes: quotes, isContent: isContent, isFromAd: isFromAd,
                    country: "ID", knownAt: known(knownAt ?? at)))
        }

        /// Everything in the send log, and `sent` a second later.
        @discardableResult
        mutating func send(
            _ at: Int64, by sender: SenderKind, template: Int? = nil, failedAt: Int64? = nil, isRejected: Bool = false,
            agent: String? = nil, isLogged: Bool = true, knownAt: Int64? = nil, deskKnownAt: Int64? = nil
        ) -> String {
            count += 1
            let outbound = Outbound(
                id: "wamid.HBgN\(count)", person: 0, line: 0, at: zero + at, template: template,
                type: template == nil ? "text" : "template", language: nil, campaign: template.map { "c-\($0)" },
                variant: nil, sender: sender, agent: agent, team: agent.map { _ in "cs-jakarta" }, isLogged: isLogged,
                logsUseCase: false, isTagged: false)
            var story = Truth.Story(outbound: outbound, country: "ID", pricedCategory: "service")
            story.isRejected = isRejected
            story.rejectionCode = isRejected ? 100 : nil
            if isLogged { story.logKnownAt = known(knownAt ?? at) }
            if !isRejected {
                let tick = knownAt ?? at + 1
                story.sent = Truth.Tick(at: zero + at + 1, knownAt: known(tick), carriesPricing: true)
            }
            if let failedAt {
                story.failed = Truth.Tick(at: zero + failedAt, knownAt: known(failedAt))
                story.failureCode = 131_026
            }
            if let deskKnownAt { story.deskKnownAt = known(deskKnownAt) }
            truth.stories.append(story)
            return outbound.id
        }

        mutating func echo(_ at: Int64) {
            truth.echoes.append(Truth.Echo(person: 0, line: 0, at: zero + at, country: "ID", knownAt: known(at)))
        }

        mutating func note(_ what: Truth.DeskNote.What, _ at: Int64) {
            truth.deskNotes.append(
                Truth.DeskNote(person: 0, line: 0, at: zero + at, what: what, knownAt: known(at)))
        }

        func waits(_ asOf: Int64 = 40 * day) -> [TrueWait] { truth.waits(asOf: Instant(seconds: zero + asOf)) }
        func conversations(_ asOf: Int64 = 40 * day) -> [TrueConversation] {
            truth.conversations(asOf: Instant(seconds: zero + asOf))
        }

        private func known(_ at: Int64) -> Int64 { (zero + at) * 1_000_000 }
    }

    private static func at(_ seconds: Int64) -> Instant { Instant(seconds: zero + seconds) }

    // MARK: Waits

    @Test func aBurstIsOneWait() throws {
        var story = Story()
        for second in [0, 20, 45] as [Int64] { story.word(second) }
        story.send(50, by: .bot, agent: "bot-nusa")
        story.word(300)
        story.send(900, by: .human, agent: "agent-1")
        let waits = story.waits()
        #expect(waits.count == 2)
        #expect(waits[0].startedAt == Self.at(0) && waits[0].repeats == [20_000_000, 45_000_000])
        #expect(waits[0].ending == .answered(Self.at(50)) && waits[0].responder == .bot)
        #expect(waits[0].responseTime == 50_000_000 && waits[0].responseTimeLast == 5_000_000)
        #expect(waits[0].beginsConversation && waits[0].isFirstInConversation)
        #expect(waits[1].responder == .human && waits[1].agent == "agent-1" && waits[1].team == "cs-jakarta")
        #expect(waits[1].responseTime == 600_000_000 && !waits[1].isFirstInConversation)
        let totals = TrueWaitTotals(waits)
        #expect(totals.messages == 4 && totals.extraMessages == 2 && totals.repeated == 1)
        #expect(totals.sortedResponseTimes(.bot) == [50_000_000])
        #expect(totals.sortedResponseTimes() == [50_000_000, 600_000_000])
    }

    @Test func templatesFailuresAndRefusalsAnswerNothing() {
        var story = Story()
        story.word(0)
        story.word(5, isContent: false)
        story.send(10, by: .system, template: 0)
        story.send(20, by: .bot, failedAt: 22)
        story.send(30, by: .human, isRejected: true)
        story.send(70, by: .human)
        #expect(story.waits().map(\.ending) == [.answered(Self.at(70))])
        #expect(story.waits()[0].repeats.isEmpty)
        // Before the failure was told, the message was an answer.
        #expect(story.waits(21).map(\.ending) == [.answered(Self.at(20))])
    }

    /// Without a send log the time of an answer is that of its earliest status, and nobody says who wrote it; the desk
    /// may.
    @Test func anAnswerIsDatedByWhoeverTells() {
        var story = Story()
        story.word(0)
        story.send(10, by: .human, agent: "agent-2", isLogged: false)
        #expect(story.waits()[0].responseTime == 11_000_000)
        #expect(story.waits()[0].responder == .unknown && story.waits()[0].agent == nil)
        story.truth.stories[0].deskKnownAt = (Self.zero + 10) * 1_000_000
        #expect(story.waits()[0].responder == .human && story.waits()[0].agent == "agent-2")
        #expect(story.waits()[0].desk == "desk" && story.waits()[0].responseTime == 11_000_000)
        // Nothing of Meta's yet: the desk's own time.
        #expect(story.waits(10)[0].responseTime == 10_000_000)
        #expect(story.waits(9)[0].ending == .open)
    }

    @Test func inOneSecondTheCustomerIsFirst() {
        var story = Story()
        story.send(0, by: .bot)
        story.word(0)
        #expect(story.waits().map(\.responseTime) == [0])
        #expect(story.conversations().map(\.openedBy) == [.customer])
    }

    @Test func aWaitIsGivenUpAfterADay() {
        var story = Story()
        story.word(0)
        story.word(100)
        story.word(100 + Self.day)
        #expect(story.waits(100 + Self.day).count == 1)
        story.word(101 + 2 * Self.day)
        let waits = story.waits(102 + 2 * Self.day)
        #expect(waits.map(\.ending) == [.abandoned(Self.at(100 + 2 * Self.day)), .open])
        #expect(waits.map(\.messages) == [3, 1])
        #expect(waits.allSatisfy { $0.responder == .none })
    }

    @Test func openUntilADayHasPassed() {
        var story = Story()
        story.word(0)
        #expect(story.waits(Self.day - 1).map(\.ending) == [.open])
        #expect(story.waits(Self.day).map(\.ending) == [.abandoned(Self.at(Self.day))])
        // An answer in the phone that comes later than that answers nothing.
        story.echo(Self.day + 1)
        #expect(story.waits().map(\.ending) == [.abandoned(Self.at(Self.day))])
        #expect(story.waits(-1).isEmpty)
    }

    @Test func whatIsToldLateIsKnownLate() {
        var story = Story()
        story.word(0)
        story.word(60, knownAt: 4_000)
        story.send(90, by: .human, knownAt: 5_000)
        #expect(story.waits(3_999).map(\.messages) == [1])
        #expect(story.waits(4_999).map(\.messages) == [2])
        #expect(story.waits(4_999).map(\.ending) == [.open])
        #expect(story.waits(5_000).map(\.responseTime) == [90_000_000])
    }

    @Test func anAnswerInThePhoneIsAPersons() {
        var story = Story()
        story.word(0)
        story.echo(40)
        #expect(story.waits()[0].responder == .human && story.waits()[0].agent == nil)
        #expect(story.conversations()[0].hasHuman && story.conversations()[0].outbound == [Self.at(40)])
    }

    @Test func whereAWaitCameFrom() {
        var ad = Story()
        ad.send(0, by: .system, template: 6)
        ad.word(5, isFromAd: true)
        #expect(ad.waits()[0].entry == .ad && ad.waits()[0].template == nil)

        var fresh = Story()
        fresh.send(0, by: .system, template: 6)
        fresh.word(Self.day - 1)
        #expect(fresh.waits()[0].entry == .templateReply)
        #expect(fresh.waits()[0].template == "promo_mingguan" && fresh.waits()[0].campaign == "c-6")
        #expect(fresh.waits()[0].isFirstInConversation)

        var stale = Story()
        stale.send(0, by: .system, template: 6)
        stale.word(Self.day)
        #expect(stale.waits()[0].entry == .organic)

        var quote = Story()
        let first = quote.send(0, by: .system, template: 6)
        quote.send(Self.day, by: .system, template: 0)
        quote.word(3 * Self.day, quotes: first)
        #expect(quote.waits()[0].entry == .templateReply && quote.waits()[0].template == "promo_mingguan")

        var menu = Story()
        menu.word(0)
        let question = menu.send(5, by: .bot)
        menu.word(30, quotes: question)
        #expect(menu.waits().map(\.entry) == [.organic, .organic])
    }

    @Test func aWaitIsSplitByWhoOwesTheAnswer() {
        var story = Story()
        story.word(0)
        story.note(.status(.pending, by: nil), 0)
        story.note(.handoff, 30)
        story.note(.status(.open, by: .bot), 30)
        story.note(.priority("high"), 31)
        story.note(.assigned(agent: "agent-1", team: "cs-jakarta"), 60)
        story.note(.assigned(agent: "agent-2", team: "cs-jakarta"), 80)
        #expect(story.waits(90)[0].split == TrueWait.Split())
        #expect(story.waits(70)[0].assignedAgent == "agent-1")
        story.send(100, by: .human, agent: "agent-3")
        let wait = story.waits()[0]
        #expect(wait.split == TrueWait.Split(bot: 30_000_000, queue: 30_000_000, agent: 40_000_000))
        #expect(wait.agent == "agent-3" && wait.assignedAgent == "agent-2" && wait.priority == "high")
        #expect(wait.handoffAt == Self.at(30) && wait.handoffReplyAt == Self.at(100))
    }

    /// The bot answers and hands over in one go: the hand-off is the wait's that it answered, and the person's reply
    /// ends no wait.
    @Test func aHandoffAfterTheBotsAnswer() {
        var story = Story()
        story.word(0)
        story.note(.status(.pending, by: nil), 0)
        story.send(4, by: .bot)
        story.note(.handoff, 5)
        story.send(605, by: .human)
        story.word(700)
        let waits = story.waits(800)
        #expect(waits.map(\.ending) == [.answered(Self.at(4)), .open])
        #expect(waits[0].handoffAt == Self.at(5) && waits[0].handoffReplyAt == Self.at(605))
        #expect(waits[1].handoffAt == nil)
        #expect(story.conversations().map(\.handledBy) == [.both])
        #expect(TrueConversationTotals(story.conversations()).handedOff == 1)
    }

    // MARK: Conversations

    @Test func silenceOfADayBeginsAnother() {
        var story = Story()
        story.word(0)
        story.send(10, by: .bot)
        story.word(9 + Self.day)
        story.send(11 + Self.day, by: .bot)
        story.send(11 + 2 * Self.day, by: .system, template: 0)
        let conversations = story.conversations(12 + 2 * Self.day)
        #expect(conversations.map(\.openedBy) == [.customer, .business])
        #expect(conversations[0].inbound == [Self.at(0), Self.at(9 + Self.day)])
        #expect(conversations[0].outbound == [Self.at(10), Self.at(11 + Self.day)])
        #expect(conversations[1].outbound == [Self.at(11 + 2 * Self.day)])
        #expect(conversations[0].isOver && !conversations[1].isOver)
        #expect(conversations[1].handledBy == .none && !conversations[1].isAnswered)
        let totals = TrueConversationTotals(conversations)
        #expect(totals.conversations == 2 && totals.withCustomer == 1 && totals.inbound == 2 && totals.outbound == 3)
        #expect(totals.closed == 1 && totals.contained == 1)
    }

    /// Who is waiting is not silent: what comes at the very end of the day still belongs.
    @Test func nobodyIsSilentWhoWaits() {
        var story = Story()
        story.word(0)
        story.send(Self.day, by: .human)
        #expect(story.conversations().count == 1)
        #expect(story.waits().map(\.ending) == [.answered(Self.at(Self.day))])
    }

    @Test func aResolutionGivesUpWhoStillWaits() {
        var story = Story()
        story.word(0)
        story.note(.status(.resolved, by: .human), 300)
        #expect(story.waits(400).map(\.ending) == [.abandoned(Self.at(300))])
        story.word(1_000)
        story.send(1_010, by: .bot)
        #expect(story.waits().map(\.ending) == [.abandoned(Self.at(300)), .answered(Self.at(1_010))])
        #expect(story.conversations().map(\.firstResponder) == [.none, .bot])
        #expect(story.conversations().map(\.isReopened) == [true, false])
    }

    @Test func reopenedBeforeAnythingIsSaidItGoesOn() {
        var story = Story()
        story.word(0)
        story.note(.status(.resolved, by: .human), 300)
        story.note(.status(.open, by: .human), 600)
        story.send(900, by: .human)
        #expect(story.waits().map(\.ending) == [.answered(Self.at(900))])
        let conversations = story.conversations(1_000)
        #expect(conversations.count == 1 && conversations[0].isReopened && !conversations[0].isOver)
        #expect(conversations[0].resolvedAt == Self.at(300))
    }

    /// What an agent writes within a minute of closing belongs to what was closed; a template or a later word does not.
    @Test func aFarewellBelongsToTheEnd() {
        var story = Story()
        story.word(0)
        story.note(.status(.resolved, by: .human), 100)
        story.send(160, by: .human)
        #expect(story.conversations().map(\.outbound.count) == [1])
        #expect(story.waits().map(\.ending) == [.answered(Self.at(160))])
        story.send(161, by: .human)
        #expect(story.conversations().map(\.openedBy) == [.customer, .business])
    }

    /// A bot that passes a customer on without a word took part, and who writes without a name is a person.
    @Test func whoTookPart() {
        var story = Story()
        story.word(0)
        story.note(.status(.pending, by: nil), 0)
        story.note(.status(.open, by: .bot), 5)
        story.send(60, by: .human, isLogged: false)
        let conversation = story.conversations()[0]
        #expect(conversation.isHandedOff && conversation.handledBy == .both && conversation.firstResponder == .unknown)
        #expect(story.waits()[0].handoffAt == Self.at(5) && story.waits()[0].handoffReplyAt == Self.at(61))
    }

    @Test func aResolvedOneIsTakenUpAgain() {
        var story = Story()
        story.word(0)
        story.send(60, by: .human)
        story.note(.ratingAsked, 60)
        story.note(.status(.resolved, by: .human), 60)
        story.note(.rated(4), 200)
        story.word(60 + 7 * Self.day)
        story.note(.status(.pending, by: nil), 60 + 7 * Self.day)
        story.send(70 + 7 * Self.day, by: .bot)
        story.note(.status(.resolved, by: .bot), 700 + 7 * Self.day)
        story.word(701 + 14 * Self.day)
        let conversations = story.conversations()
        #expect(conversations.count == 3)
        #expect(conversations[0].resolvedAt == Self.at(60) && conversations[0].resolvedBy == .human)
        #expect(conversations[0].resolutionTime == 60_000_000)
        #expect(conversations[0].isRatingAsked && conversations[0].rating == 4)
        // Seven days are inside, a second more is not.
        #expect(conversations.map(\.isReopened) == [true, false, false])
        #expect(conversations.map(\.firstResponder) == [.human, .bot, .none])
        let totals = TrueConversationTotals(conversations)
        #expect(totals.resolved == 2 && totals.reopened == 1 && totals.rated == 1 && totals.rating == 4)
        #expect(totals.ratingAsked == 1 && totals.contained == 1 && totals.closed == 3)
    }

    /// A campaign is no word of the customer: it begins a conversation and takes nothing up again.
    @Test func aTemplateTakesNothingUpAgain() {
        var story = Story()
        story.word(0)
        story.send(5, by: .bot)
        story.note(.status(.resolved, by: .bot), 600)
        story.send(3_600, by: .system, template: 6)
        story.word(4_000)
        #expect(story.conversations().map(\.openedBy) == [.customer, .business])
        #expect(story.conversations().map(\.isReopened) == [false, false])
    }
}

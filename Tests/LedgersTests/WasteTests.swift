import Domain
import Ledgers
import Testing

/// Why money was wasted: the first reason that holds.
@Suite("Waste")
struct WasteTests {
    private static let hour: Int64 = 3600
    private static let sentAt = Instant(seconds: 1_790_000_000)

    private func message(
        template: String? = "promo", isMarketing: Bool = true, micros: Int64 = 41_100, raised: Int64? = 16_100,
        service: Int64? = 25_000
    ) -> WasteLedger.Candidate {
        WasteLedger.Candidate(
            sentAt: Self.sentAt, template: template, isTemplate: template != nil, isMarketing: isMarketing,
            micros: micros, raisedMicros: raised, serviceMicros: service)
    }

    private func earlier(
        hours: Int64, template: String? = "other", isReached: Bool = true, isUnreachable: Bool = false
    ) -> WasteLedger.Earlier {
        WasteLedger.Earlier(
            at: Self.sentAt.adding(seconds: -hours * Self.hour), template: template, isReached: isReached,
            isUnreachable: isUnreachable)
    }

    private func inbound(hoursBefore hours: Int64) -> Instant { Self.sentAt.adding(seconds: -hours * Self.hour) }

    @Test("All hold at once; one taken away at a time, the next in order is the reason")
    func precedence() {
        // The person wrote an hour ago and yet "has never acted" cannot hold then: that reason has a person of its own.
        let gone = earlier(hours: 5, isReached: false, isUnreachable: true)
        let again = earlier(hours: 6, template: "promo")
        let open = WasteLedger.Marks(lastInboundAt: inbound(hoursBefore: 1), hasStopped: true, hasEverActed: true)
        let silent = WasteLedger.Marks(hasStopped: true)
        func reason(_ earlier: [WasteLedger.Earlier], _ marks: WasteLedger.Marks, _ message: WasteLedger.Candidate)
            -> WasteReason
        {
            WasteLedger.reason(of: message, earlier: earlier, marks: marks)
        }
        #expect(reason([gone, again], silent, message()) == .unreachable)
        #expect(reason([again], silent, message()) == .optedOut)
        #expect(reason([again], WasteLedger.Marks(), message()) == .neverActive)
        var active = open
        active.hasStopped = false
        #expect(reason([gone, again], open, message()) == .unreachable)
        #expect(reason([again], open, message()) == .optedOut)
        #expect(reason([again], active, message()) == .duplicate)
        #expect(reason([earlier(hours: 6)], active, message()) == .freeTextCheaper)
        #expect(reason([], active, message(service: nil)) == .categoryRaised)
        #expect(reason([], active, message(raised: nil, service: nil)) == .noEffect)
    }

    @Test("Unreachable: the latest message with a known fate did not arrive, within 30 days")
    func unreachable() {
        let marks = WasteLedger.Marks(hasEverActed: true)
        func isUnreachable(_ earlier: [WasteLedger.Earlier]) -> Bool {
            WasteLedger.reason(of: message(), earlier: earlier, marks: marks) == .unreachable
        }
        let lost = earlier(hours: 48, isReached: false, isUnreachable: true)
        #expect(isUnreachable([lost]))
        #expect(!isUnreachable([lost, earlier(hours: 40)]), "it arrived again after that")
        #expect(isUnreachable([earlier(hours: 60), lost]))
        // A failure of another kind says nothing about the person.
        #expect(isUnreachable([lost, earlier(hours: 40, isReached: false)]))
        #expect(!isUnreachable([lost, earlier(hours: 48)]), "at the same instant one arrived")
        #expect(isUnreachable([earlier(hours: 30 * 24, isReached: false, isUnreachable: true)]))
        #expect(!isUnreachable([earlier(hours: 30 * 24 + 1, isReached: false, isUnreachable: true)]))
        #expect(!isUnreachable([earlier(hours: 0, isReached: false, isUnreachable: true)]), "not earlier")
        #expect(!isUnreachable([earlier(hours: -1, isReached: false, isUnreachable: true)]), "later")
    }

    @Test("Opted out counts for marketing only; never active needs a message that arrived before")
    func personReasons() {
        let stopped = WasteLedger.Marks(hasStopped: true, hasEverActed: true)
        let utility = message(isMarketing: false, raised: nil)
        #expect(WasteLedger.reason(of: utility, earlier: [], marks: stopped) == .noEffect)
        let first = message(raised: nil)
        #expect(
            WasteLedger.reason(of: first, earlier: [], marks: .init()) == .noEffect, "nothing before tells anything")
        let lost = earlier(hours: 30, isReached: false)
        #expect(WasteLedger.reason(of: first, earlier: [lost], marks: .init()) == .noEffect)
        let longAgo = WasteLedger.Marks(lastInboundAt: inbound(hoursBefore: 5_000))
        #expect(WasteLedger.reason(of: first, earlier: [earlier(hours: 30)], marks: longAgo) == .noEffect)
    }

    @Test("A duplicate is the same template that arrived within 24 hours")
    func duplicate() {
        let marks = WasteLedger.Marks(hasEverActed: true)
        func isDuplicate(_ message: WasteLedger.Candidate, _ earlier: WasteLedger.Earlier) -> Bool {
            WasteLedger.reason(of: message, earlier: [earlier], marks: marks) == .duplicate
        }
        #expect(isDuplicate(message(), earlier(hours: 24, template: "promo")))
        #expect(!isDuplicate(message(), earlier(hours: 25, template: "promo")))
        #expect(!isDuplicate(message(), earlier(hours: 1, template: "promo", isReached: false)))
        #expect(!isDuplicate(message(), earlier(hours: 1)))
        #expect(!isDuplicate(message(template: nil), earlier(hours: 1, template: nil)))
    }

    @Test("Free text was cheaper: a template, an open window, a lower price")
    func freeText() {
        func isCheaper(_ message: WasteLedger.Candidate, inboundHours: Int64) -> Bool {
            let marks = WasteLedger.Marks(lastInboundAt: inbound(hoursBefore: inboundHours), hasEverActed: true)
            return WasteLedger.reason(of: message, earlier: [], marks: marks) == .freeTextCheaper
        }
        #expect(isCheaper(message(), inboundHours: 23))
        #expect(isCheaper(message(), inboundHours: 0))
        #expect(!isCheaper(message(), inboundHours: 24), "the window is over")
        #expect(!isCheaper(message(), inboundHours: -1), "written afterwards")
        #expect(!isCheaper(message(micros: 25_000), inboundHours: 1), "the same price")
        #expect(isCheaper(message(micros: 25_000, service: 0), inboundHours: 1), "one of the free ones was left")
        #expect(!isCheaper(message(template: nil), inboundHours: 1))
        #expect(!isCheaper(message(service: nil), inboundHours: 1))
    }

    @Test("Judged seven days after the send, by whole hours")
    func judged() {
        let sentAt = Instant(seconds: 1_790_000_000)
        // The send is 2 800 s before the whole hour 1 790 002 800: seven days after that hour its time is over.
        let seventhDay = Instant(seconds: 1_790_002_800 + 7 * 86_400)
        #expect(!WasteLedger.isJudged(cohortAt: sentAt, asOf: seventhDay.adding(seconds: -1)))
        #expect(WasteLedger.isJudged(cohortAt: sentAt, asOf: seventhDay))
        #expect(WasteLedger.isJudged(cohortAt: sentAt, asOf: .distantFuture))
        #expect(!WasteLedger.isJudged(cohortAt: sentAt, asOf: .distantPast))
        let hour = Instant(seconds: 1_790_002_800)
        #expect(WasteLedger.judgedTo(asOf: seventhDay.adding(seconds: 3599)) == hour)
        #expect(!WasteLedger.isJudged(cohortAt: hour, asOf: seventhDay), "its seven days end now")
    }

    @Test("Nothing to show: delivered, neither read, replied to, clicked nor followed")
    func effects() {
        let nothing: MessageFlags = [.accepted, .delivered]
        #expect(WasteLedger.isWithoutEffect(nothing.settled))
        for evidence in [
            MessageFlags.read, .quoted, .windowReply, .tappedByName, .linkOpened, .linkOpenedByPerson,
            .outcomeFollowed,
        ] {
            #expect(!WasteLedger.isWithoutEffect(nothing.union(evidence).settled))
        }
        #expect(WasteLedger.isWithoutEffect(nothing.union(.stopped).settled))
        #expect(!WasteLedger.isWithoutEffect(MessageFlags.accepted))
    }
}

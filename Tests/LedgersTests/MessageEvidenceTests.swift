import Catalogue
import Domain
import Ledgers
import Testing

/// Clicks, control groups and outcomes as parts of a message's fact.
@Suite("Clicked, held out, followed")
struct MessageEvidenceTests {
    private static let start = Instant(seconds: 1_790_000_000)

    private func delivered(_ id: MessageID = "A") -> MessageState {
        CostMessage.state(
            [
                MessageStatus(
                    message: id, line: Line(), recipient: Party(phone: "6281200000001"), status: .delivered,
                    at: Self.start)
            ], id: id)
    }

    private func click(at seconds: Int64, isRobot: Bool = false) -> TrackedClick {
        TrackedClick(id: "k\(seconds)", code: "abc", at: Self.start.adding(seconds: seconds), isRobot: isRobot)
    }

    private func measures(_ state: MessageState, _ thread: MessageFlags = []) throws -> Set<MessageMeasure> {
        try #require(MessageFact(state, thread: thread, asOf: Self.start)).flags.measures
    }

    @Test("The earliest opening by a person counts; programs never do")
    func clicks() throws {
        var state = delivered()
        MessageLedger.join(click: click(at: 5, isRobot: true), into: &state)
        #expect(state.linkOpenedAt == nil)
        #expect(try measures(state) == [.attempted, .accepted, .delivered])
        for seconds: Int64 in [90, 30, 60] { MessageLedger.join(click: click(at: seconds), into: &state) }
        #expect(state.linkOpenedAt == Self.start.adding(seconds: 30))
        #expect(try measures(state) == [.attempted, .accepted, .delivered, .clicked, .proven])
        #expect(try !measures(state).contains(.replied), "an opened link is no answer")
        var undelivered = MessageState(id: "B")
        undelivered.isLogged = true
        undelivered.loggedAt = Self.start
        MessageLedger.join(click: click(at: 30), into: &undelivered)
        #expect(try !measures(undelivered).contains(.clicked))
    }

    @Test("A tap on a button is a click; what the person did elsewhere comes from outside")
    func otherEvidence() throws {
        var state = delivered()
        #expect(try measures(state, .linkOpenedByPerson).isSuperset(of: [.clicked, .proven]))
        #expect(try measures(state, .outcomeFollowed) == [.attempted, .accepted, .delivered, .followed])
        #expect(
            try measures(state, [.clicked, .followed]) == [.attempted, .accepted, .delivered], "measures follow only")
        state.tappedAt = Self.start
        state.quotedAt = Self.start
        #expect(try measures(state).isSuperset(of: [.clicked, .tapped, .replied, .proven]))
        let undelivered: MessageFlags = [.accepted, .outcomeFollowed, .linkOpened]
        #expect(undelivered.settled.measures == [.accepted])
    }

    @Test("A person held out was sent nothing: only an outcome counts")
    func heldOut() throws {
        var state = MessageState(id: "A")
        let record = SendRecord(
            message: "A", isHeldOut: true, recipient: Party(phone: "6281200000001"), sentAt: Self.start,
            tags: SendTags(campaign: "11.11"))
        MessageLedger.join(record, receivedAt: Self.start, into: &state)
        #expect(!state.isAccepted && !state.isRejected && !state.isOutbound && state.isControl)
        #expect(try measures(state) == [.heldOut])
        #expect(try measures(state, .outcomeFollowed) == [.heldOut, .followed])
        let fact = try #require(MessageFact(state, asOf: Self.start))
        #expect(fact.cohortAt == Self.start)
        #expect(fact.dimensions[try #require(Dimension.stored(.message).firstIndex(of: .campaign))] == "11.11")
        #expect(fact.expiresAt == nil)
    }

    @Test("What left after all was not held out, in whatever order it is told")
    func contradiction() throws {
        let heldOut = SendRecord(message: "A", isHeldOut: true, sentAt: Self.start)
        let sent = SendRecord(message: "A", sentAt: Self.start)
        for records in [[heldOut, sent], [sent, heldOut]] {
            var state = MessageState(id: "A")
            for record in records { MessageLedger.join(record, receivedAt: Self.start, into: &state) }
            #expect(try measures(state) == [.attempted, .accepted, .pending])
        }
    }
}

import Catalogue
import Domain
import Ledgers
import Testing

/// What the business tells of its sends, and how long a message may stay without an answer from Meta.
@Suite struct SendTests {
    private static let start = Instant(seconds: 1_780_272_000)

    // MARK: The send log before and after the statuses

    @Test("Statuses that come before the send record are the same message (field case 4)")
    func statusBeforeRecord() throws {
        var send = SendRecord(message: "wamid.A", sentAt: Self.start)
        send.tags = SendTags(template: "promo", category: "marketing", campaign: "11.11")
        let delivered = Self.status("delivered", 5)
        var early = MessageState(id: "wamid.A")
        MessageLedger.join(delivered, into: &early)
        let alone = try #require(MessageFact(early, asOf: Self.start))
        #expect(alone.dimensions[Dimension.template.place] == nil)
        #expect(alone.dimensions[Dimension.source.place] == "status_only")
        MessageLedger.join(send, receivedAt: Self.start.adding(seconds: 3_600), into: &early)
        var late = MessageState(id: "wamid.A")
        MessageLedger.join(send, receivedAt: Self.start, into: &late)
        MessageLedger.join(delivered, into: &late)
        #expect(early == late)
        let fact = try #require(MessageFact(early, asOf: Self.start))
        #expect(fact.cohortAt == Self.start)
        #expect(fact.timeToDeliver == 5_000_000)
        #expect(fact.dimensions[Dimension.template.place] == "promo")
        #expect(fact.dimensions[Dimension.source.place] == "send_log")
    }

    @Test("A rejected send was attempted and never accepted")
    func rejected() throws {
        var state = MessageState(id: "own-1")
        let send = SendRecord(
            message: "own-1", isRejected: true, sentAt: Self.start, errors: [ErrorNote(code: 131_056)])
        MessageLedger.join(send, receivedAt: Self.start, into: &state)
        let fact = try #require(MessageFact(state, asOf: Self.start.adding(seconds: 90 * 86_400)))
        #expect(fact.flags.measures == [.attempted, .rejected])
        #expect(fact.dimensions[Dimension.errorCode.place] == "131056")
        #expect(fact.expiresAt == nil)
    }

    @Test("A rejected send without a time of its own counts when we heard of it")
    func rejectedWithoutTime() throws {
        var state = MessageState(id: "own-1")
        let send = SendRecord(message: "own-1", isRejected: true, errors: [ErrorNote(code: 131_056)])
        MessageLedger.join(send, receivedAt: Self.start, into: &state)
        let fact = try #require(MessageFact(state, asOf: Self.start))
        #expect(fact.cohortAt == Self.start)
        // Told again later: the same send, the same time, the same error.
        let before = state
        MessageLedger.join(send, receivedAt: Self.start.adding(seconds: 60), into: &state)
        #expect(state == before)
    }

    @Test("A record without a time is dated by the earliest status, else by its receipt")
    func recordWithoutTime() throws {
        var state = MessageState(id: "wamid.A")
        MessageLedger.join(
            SendRecord(message: "wamid.A"), receivedAt: Self.start.adding(seconds: 50), into: &state)
        #expect(try #require(MessageFact(state, asOf: Self.start)).cohortAt == Self.start.adding(seconds: 50))
        MessageLedger.join(Self.status("delivered", 5), into: &state)
        MessageLedger.join(Self.status("sent", 2), into: &state)
        #expect(try #require(MessageFact(state, asOf: Self.start)).cohortAt == Self.start.adding(seconds: 2))
    }

    @Test("The category as priced wins over the declared one")
    func pricedCategory() throws {
        var state = MessageState(id: "wamid.A")
        let send = SendRecord(message: "wamid.A", sentAt: Self.start, tags: SendTags(category: "UTILITY"))
        MessageLedger.join(send, receivedAt: Self.start, into: &state)
        #expect(MessageLedger.category(state) == "utility")
        var status = Self.status("sent", 1)
        status.pricing = Pricing(category: "marketing")
        MessageLedger.join(status, into: &state)
        #expect(MessageLedger.category(state) == "marketing")
    }

    // MARK: Expiry

    @Test(arguments: [
        // (time-to-live of the send, category, seconds until Meta gives up)
        (nil as Int64?, nil as String?, 30 * 86_400 as Int64),
        (nil, "marketing", 30 * 86_400),
        (nil, "authentication", 600),
        (nil, "authentication_international", 600),
        (3_600, "utility", 3_600),
        (60, "authentication", 60),
        (-1, "utility", 30 * 86_400),
        (0, "utility", 30 * 86_400),
    ])
    func expiresExactlyAtTheEndOfItsTime(timeToLive: Int64?, category: String?, seconds: Int64) throws {
        var state = MessageState(id: "wamid.A")
        var send = SendRecord(message: "wamid.A", sentAt: Self.start, tags: SendTags(category: category))
        send.timeToLiveSeconds = timeToLive
        MessageLedger.join(send, receivedAt: Self.start, into: &state)
        let end = Self.start.adding(seconds: seconds)
        let before = try #require(MessageFact(state, asOf: Instant(microseconds: end.microseconds - 1)))
        #expect(before.flags.measures == [.attempted, .accepted, .pending])
        #expect(before.expiresAt == end)
        let after = try #require(MessageFact(state, asOf: end))
        #expect(after.flags.measures == [.attempted, .accepted, .expired])
        #expect(after.expiresAt == nil)
        // A late receipt takes the message out of the expired ones.
        MessageLedger.join(Self.status("delivered", seconds + 10), into: &state)
        let late = try #require(MessageFact(state, asOf: end.adding(seconds: 20)))
        #expect(late.flags.measures == [.attempted, .accepted, .delivered])
        #expect(late.timeToDeliver == (seconds + 10) * 1_000_000)
    }

    @Test("Absurd times and times-to-live are clamped, not a crash")
    func absurd() throws {
        for time in [Instant.distantPast, .distantFuture, Instant(microseconds: 0)] {
            for timeToLive in [Int64.max, .min, 1] {
                var state = MessageState(id: "wamid.A")
                var send = SendRecord(message: "wamid.A", sentAt: time)
                send.timeToLiveSeconds = timeToLive
                MessageLedger.join(send, receivedAt: time, into: &state)
                for word in ["read", "failed"] {
                    var status = Self.status(word, 0)
                    status.at = time == .distantPast ? .distantFuture : .distantPast
                    _ = try #require(MessageFact(state, asOf: Self.start))
                    MessageLedger.join(status, into: &state)
                }
                let fact = try #require(MessageFact(state, asOf: Self.start))
                #expect(fact.timeToDeliver.map { $0 >= 0 } ?? true)
            }
        }
    }

    // MARK: Use case

    /// What a send was for, told from what is known of it.
    @Test(arguments: [
        // (own word, template, type, category, campaign, use case)
        UseCase("refund", "promo", "template", "marketing", "11.11", "refund"),
        UseCase(nil, "promo", nil, "marketing", nil, "broadcast"),
        UseCase(nil, "promo", nil, "MARKETING", nil, "broadcast"),
        UseCase(nil, "promo", nil, "marketing_lite", nil, "broadcast"),
        UseCase(nil, "news", nil, "utility", "november", "broadcast"),
        UseCase(nil, "order_paid", nil, "utility", nil, "notification"),
        UseCase(nil, "otp", nil, "authentication", nil, "notification"),
        UseCase(nil, "otp", nil, nil, nil, "notification"),
        UseCase(nil, nil, "template", nil, nil, "notification"),
        UseCase(nil, nil, "template", "marketing", nil, "broadcast"),
        UseCase(nil, nil, "text", nil, nil, "customer_service"),
        UseCase(nil, nil, "image", "service", nil, "customer_service"),
        UseCase(nil, nil, nil, "service", nil, "customer_service"),
        UseCase(nil, nil, nil, "marketing", nil, "broadcast"),
        UseCase(nil, nil, nil, "utility", nil, "notification"),
        UseCase(nil, nil, nil, "authentication", nil, "notification"),
        UseCase(nil, nil, nil, nil, nil, nil),
        UseCase(nil, nil, nil, "something_new", nil, nil),
    ])
    func useCase(_ known: UseCase) throws {
        var state = MessageState(id: "wamid.A")
        var send = SendRecord(message: "wamid.A", sentAt: Self.start, messageType: known.type)
        send.tags = SendTags(
            template: known.template, category: known.category, useCase: known.own, campaign: known.campaign)
        MessageLedger.join(send, receivedAt: Self.start, into: &state)
        let fact = try #require(MessageFact(state, asOf: Self.start))
        #expect(fact.dimensions[Dimension.useCase.place] == known.expected)
    }

    struct UseCase: Sendable {
        var own, template, type, category, campaign, expected: String?
        init(
            _ own: String?, _ template: String?, _ type: String?, _ category: String?, _ campaign: String?,
            _ expected: String?
        ) {
            self.own = own
            self.template = template
            self.type = type
            self.category = category
            self.campaign = campaign
            self.expected = expected
        }
    }

    // MARK: Groups

    @Test("A group message counts once for each participant that a status names, and then not itself")
    func group() throws {
        var fromA = Self.status("delivered", 5)
        fromA.group = "group-1"
        fromA.recipient = Party(phone: "6281200000001", userID: "ID.a1")
        var fromB = fromA
        fromB.recipient = Party(phone: "6281200000002")
        #expect(MessageLedger.key(of: fromA) == .init(id: "wamid.A", participant: "ID.a1"))
        #expect(MessageLedger.key(of: fromB) == .init(id: "wamid.A", participant: "6281200000002"))
        #expect(MessageLedger.key(of: fromA).header == .init(id: "wamid.A"))
        // The status of the message as a whole names nobody.
        var sent = Self.status("sent", 0)
        sent.group = "group-1"
        sent.recipient = Party()
        #expect(MessageLedger.key(of: sent) == .init(id: "wamid.A"))

        var header = MessageState(id: "wamid.A")
        MessageLedger.join(
            SendRecord(message: "wamid.A", group: "group-1", sentAt: Self.start, tags: SendTags(template: "promo")),
            receivedAt: Self.start, into: &header)
        #expect(header.isAccepted)
        header.participants.insert("ID.a1")
        let whole = try #require(MessageFact(header, asOf: Self.start))
        #expect(whole.flags.measures == [])
        var copy = MessageState(id: "wamid.A", participant: "ID.a1")
        MessageLedger.join(fromA, into: &copy)
        MessageLedger.inherit(from: header, into: &copy)
        let fact = try #require(MessageFact(copy, asOf: Self.start))
        #expect(fact.flags.measures == [.attempted, .accepted, .delivered])
        #expect(fact.dimensions[Dimension.template.place] == "promo")
        #expect(fact.timeToDeliver == 5_000_000)
    }

    // MARK: Parts

    private static func status(_ word: String, _ seconds: Int64) -> MessageStatus {
        MessageStatus(
            message: "wamid.A", line: Line(), recipient: Party(), status: .init(word),
            at: start.adding(seconds: seconds))
    }
}

extension MessageLedger {
    fileprivate static func category(_ state: MessageState) -> String? { MessageFact.category(of: state) }
}

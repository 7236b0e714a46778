import Catalogue
import Domain
import Foundation
import Ledgers
import Storage
import StoreSQLite
import TestSupport
import Testing

import enum Catalogue.Dimension
import struct Catalogue.Table

/// Outcomes in the store, worked by hand: whose they are, what they are credited to, what takes them back.
@Suite struct OutcomeStoreTests {
    /// Thursday 2026-06-04, 00:00 UTC.
    private static let start = Instant(seconds: 1_780_531_200)
    private static let line = Line(account: "waba-1", phoneNumber: "pn-1")
    private static let ani = Party(phone: "6281200000001")
    private static let budi = Party(phone: "6281200000002")

    private static func at(_ hours: Double) -> Instant { start.adding(seconds: Int64(hours * 3_600)) }

    private static func sent(
        _ id: String, _ hours: Double, to person: Party = ani, campaign: String? = "june", isHeldOut: Bool = false
    ) -> [Event] {
        let message = MessageID(id)
        let send = Event.send(
            SendRecord(
                message: message, isHeldOut: isHeldOut, line: line, recipient: person, sentAt: at(hours),
                messageType: "template", tags: SendTags(template: "promo", campaign: campaign)))
        let delivered = Event.status(
            MessageStatus(
                message: message, line: line, recipient: person, status: .delivered, at: at(hours + 0.01)))
        return isHeldOut ? [send] : [send, delivered]
    }

    private static func outcome(
        _ id: String, _ hours: Double, _ change: OutcomeEvent.Change = .confirmed, value: Int64? = 100,
        currency: String = "IDR", kind: String = "payment_confirmed", identity: OutcomeIdentity
    ) -> Event {
        .outcome(
            OutcomeEvent(
                source: "shop", id: id, kind: kind, change: change, at: at(hours), revisedAt: at(hours),
                value: value.map { Money(micros: $0 * 1_000_000, currency: currency) }, identity: identity))
    }

    private static func tap(_ id: String, _ hours: Double, on message: String, payload: String) -> Event {
        .inbound(
            InboundMessage(
                message: MessageID(id), line: line, sender: ani, at: at(hours), kind: .tap(payload: payload),
                type: "interactive", repliesTo: MessageID(message)))
    }

    // MARK: Credit

    @Test func aPaymentAfterAMessageAndAClick() async throws {
        try await withOutcomes { store in
            try await store.add(
                Self.sent("m1", 0) + [
                    .link(TrackedLink(code: "abc", message: "m1", recipient: Self.ani, createdAt: Self.at(0))),
                    .click(TrackedClick(id: "k1", code: "abc", at: Self.at(2))),
                    .click(TrackedClick(id: "k2", code: "abc", at: Self.at(1), isRobot: true)),
                    Self.outcome("o1", 24, identity: OutcomeIdentity(party: Self.ani)),
                ])
            let row = try #require(try await store.outcome(source: "shop", id: "o1"))
            #expect(row.credits.map(\.touch) == [.message, .click], "a robot's opening is no touch")
            #expect(row.credits.map(\.message) == ["m1", "m1"])
            #expect(row.credits[0].shares[.linear] == 500_000 && row.credits[1].shares[.linear] == 500_000)
            #expect(row.credits[0].shares[.lastTouch] == nil && row.credits[1].shares[.lastTouch] == 1_000_000)
            #expect(row.credits[1].dimensions[.campaign] == "june")
            #expect(row.value == Money(micros: 100_000_000, currency: "IDR") && row.isMatched)
            // The click is credited when its message was sent.
            let credit = try await store.sums(.credit, by: [.touch], where: .model, "linear", at: Self.at(0))
            #expect(credit[["message"]] == [500_000, 50_000_000, 1, 1])
            #expect(credit[["click"]] == [500_000, 50_000_000, 1, 0], "one message is converted once")
            let outcomes = try await store.sums(.outcome, by: [.campaign, .touch], at: Self.at(24))
            #expect(outcomes[["june", "click"]] == [1, 100_000_000, 1, 0, 0, 0, 0, 0])
            let message = try #require(try await store.message("m1"))
            #expect(message.measures.isSuperset(of: [.followed, .clicked]))
            try await store.expectSound()
        }
    }

    @Test func theFirstOutcomeConvertsAMessage() async throws {
        try await withOutcomes { store in
            try await store.add(Self.sent("m1", 0))
            try await store.add([Self.outcome("late", 30, identity: OutcomeIdentity(party: Self.ani))])
            try await store.add([
                Self.outcome("early", 10, value: 50, kind: "lead", identity: OutcomeIdentity(party: Self.ani))
            ])
            let sums = try await store.sums(.credit, by: [.kind], where: .model, "last_touch", at: Self.at(0))
            #expect(sums[["lead"]] == [1_000_000, 50_000_000, 1, 1])
            #expect(sums[["payment_confirmed"]] == [1_000_000, 100_000_000, 1, 0])
            // Called off, the next one is the first.
            try await store.add([
                Self.outcome("early", 40, .cancelled, kind: "lead", identity: OutcomeIdentity(party: Self.ani))
            ])
            let after = try await store.sums(.credit, by: [.kind], where: .model, "last_touch", at: Self.at(0))
            #expect(after[["lead"]] == nil)
            #expect(after[["payment_confirmed"]] == [1_000_000, 100_000_000, 1, 1])
            try await store.expectSound()
        }
    }

    /// Whatever an outcome changed is as before when it is called off, but for the count of what was called off.
    @Test func cancellingRestoresEveryNumber() async throws {
        try await withOutcomes { store in
            try await store.add(
                Self.sent("m1", 0) + Self.sent("m2", 5)
                    + [Self.outcome("o1", 20, identity: OutcomeIdentity(party: Self.ani))])
            let before = try await Numbers(store)
            try await store.add([Self.outcome("o2", 10, identity: OutcomeIdentity(party: Self.ani))])
            #expect(try await Numbers(store) != before)
            try await store.add([Self.outcome("o2", 30, .cancelled, identity: OutcomeIdentity(party: Self.ani))])
            #expect(try await Numbers(store) == before)
            let sums = try await store.sums(.outcome, by: [], at: Self.at(10))
            #expect(sums[[]] == [0, 0, 0, 0, 0, 1, 0, 0])
            try await store.expectSound()
        }
    }

    @Test func refundsTakeTheirValueBack() async throws {
        try await withOutcomes { store in
            try await store.add(
                Self.sent("m1", 0) + [
                    Self.outcome("o1", 20, identity: OutcomeIdentity(party: Self.ani)),
                    Self.outcome(
                        "o1", 50,
                        .refunded(id: "r1", amount: Money(micros: 30_000_000, currency: "IDR"), isTotal: false),
                        value: nil, identity: OutcomeIdentity()),
                ])
            let outcomes = try await store.sums(.outcome, by: [], at: Self.at(20))
            #expect(outcomes[[]] == [1, 70_000_000, 1, 0, 0, 0, 1, 30_000_000])
            let credit = try await store.sums(.credit, by: [], where: .model, "last_touch", at: Self.at(0))
            #expect(credit[[]] == [1_000_000, 70_000_000, 1, 1])
            try await store.expectSound()
        }
    }

    // MARK: Identity

    /// Each way to name a person, before anything is known of it.
    @Test(arguments: ["message", "customer's message", "link", "campaign link", "ad", "conversation", "user id"])
    func lateIdentity(_ way: String) async throws {
        var later = Self.sent("m1", 0)
        let identity: OutcomeIdentity
        switch way {
        case "message": identity = OutcomeIdentity(message: "m1")
        case "customer's message":
            identity = OutcomeIdentity(message: "i1")
            later.append(Self.tap("i1", 1, on: "m1", payload: "x"))
        case "link":
            identity = OutcomeIdentity(link: "abc")
            later.append(.link(TrackedLink(code: "abc", message: "m1", createdAt: Self.at(0))))
        case "campaign link":
            identity = OutcomeIdentity(link: "abc")
            later.append(.link(TrackedLink(code: "abc", recipient: Self.ani, createdAt: Self.at(0))))
        case "ad":
            identity = OutcomeIdentity(clickID: "clid")
            later.append(
                .inbound(
                    InboundMessage(
                        message: "i1", line: Self.line, sender: Self.ani, at: Self.at(1), kind: .content, type: "text",
                        referral: Referral(sourceID: "ad-1", sourceType: "ad", clickID: "clid"))))
        case "conversation":
            let digits = String(UInt64(bitPattern: ThreadEntry.key(of: "m1")), radix: 16)
            identity = OutcomeIdentity(conversation: String(repeating: "0", count: 16 - digits.count) + digits)
        default:
            identity = OutcomeIdentity(party: Party(userID: "ID.a1"))
            later.append(
                .identity(IdentityLink(a: Self.ani, b: Party(userID: "ID.a1"), reason: .together)))
        }
        for order in [[false, true], [true, false]] {
            try await withOutcomes { store in
                for isOutcome in order {
                    if isOutcome {
                        try await store.add([Self.outcome("o1", 24, identity: identity)])
                    } else {
                        // One at a time, so that a person is known before their message or after.
                        for event in later { try await store.add([event]) }
                    }
                }
                let row = try #require(try await store.outcome(source: "shop", id: "o1"))
                #expect(row.isMatched)
                #expect(row.credits.contains { $0.touch == .message && $0.message == "m1" })
                try await store.expectSound()
            }
        }
    }

    @Test func unmatchedOutcomesAreKeptAndListed() async throws {
        try await withOutcomes { store in
            try await store.add([
                Self.outcome("o1", 1, identity: OutcomeIdentity(link: "nowhere")),
                Self.outcome("o2", 2, identity: OutcomeIdentity(party: Self.ani)),
            ])
            func ids(_ group: OutcomeSelection.Group) async throws -> [String] {
                try await store.outcomes(
                    OutcomeSelection(range: Self.start..<Self.at(99), group: group, limit: 10)
                ).map(\.id)
            }
            #expect(try await ids(.all) == ["o2", "o1"])
            #expect(try await ids(.unmatched) == ["o1"])
            #expect(try await ids(.unattributed) == ["o2"])
            let sums = try await store.sums(.outcome, by: [], at: Self.at(1), days: 1)
            #expect(sums[[]] == [2, 200_000_000, 2, 2, 1, 0, 0, 0])
            let row = try await store.outcome(source: "shop", id: "o1")
            #expect(row?.hints == ["link"] && row?.isMatched == false && row?.conversation == nil)
            #expect(try await store.outcome(source: "shop", id: "o9") == nil)
            try await store.expectSound()
        }
    }

    @Test func twoPersonsWhoAreOne() async throws {
        try await withOutcomes { store in
            try await store.add(
                Self.sent("m1", 0, to: Self.ani) + Self.sent("m2", 3, to: Self.budi) + [
                    Self.outcome("o1", 10, identity: OutcomeIdentity(party: Self.ani)),
                    Self.outcome("o2", 12, identity: OutcomeIdentity(party: Self.budi)),
                ])
            #expect(try await store.outcome(source: "shop", id: "o1")?.credits.map(\.message) == ["m1"])
            try await store.add([.identity(IdentityLink(a: Self.ani, b: Self.budi, reason: .changedNumber))])
            for id in ["o1", "o2"] {
                let row = try await store.outcome(source: "shop", id: id)
                #expect(row?.credits.map(\.message) == ["m1", "m2"])
            }
            try await store.expectSound()
        }
    }

    @Test func aCampaignsLinkFindsItsMessage() async throws {
        try await withOutcomes { store in
            try await store.add([
                .link(TrackedLink(code: "abc", campaign: "june", createdAt: Self.at(0))),
                .click(TrackedClick(id: "k1", code: "abc", at: Self.at(20), person: Self.ani)),
            ])
            try await store.add(Self.sent("m1", 0) + Self.sent("m2", 10) + Self.sent("m3", 15, campaign: "july"))
            try await store.add(Self.sent("m4", 30))
            func clicked() async throws -> [String] {
                var found: [String] = []
                for id in ["m1", "m2", "m3", "m4"] {
                    let story = try #require(try await store.message(MessageID(id)))
                    if story.measures.contains(.clicked) { found.append(id) }
                }
                return found
            }
            #expect(try await clicked() == ["m2"])
            try await store.add(Self.sent("m5", 18))
            #expect(try await clicked() == [], "a later one had arrived by then")
            #expect(try #require(try await store.message("m5")).measures.contains(.clicked))
            try await store.expectSound()
        }
    }

    // MARK: Rules and settings

    @Test func rulesMakeOutcomesOfThePastToo() async throws {
        try await withOutcomes { store in
            try await store.add(Self.sent("m1", 0) + [Self.tap("i1", 1, on: "m1", payload: "BOOK_7")])
            #expect(try await store.outcome(source: OutcomeSource.chat, id: "i1") == nil)
            try await store.add([
                .outcomeRules([OutcomeRule(trigger: .tap(payloadPrefix: "BOOK"), kind: "booking")])
            ])
            while try await store.recountStale() {}
            let row = try #require(try await store.outcome(source: OutcomeSource.chat, id: "i1"))
            #expect(row.kind == "booking" && row.at == Self.at(1))
            #expect(row.credits.map(\.touch) == [.message, .click], "a tap is a click, not an answer")
            try await store.expectSound()
            try await store.add([.outcomeRules([])])
            while try await store.recountStale() {}
            #expect(try await store.outcome(source: OutcomeSource.chat, id: "i1") == nil)
            #expect(try await store.outcomeSettings().rules == [])
            try await store.expectSound()
        }
    }

    @Test func anotherWindowIsCountedIntoThePast() async throws {
        try await withOutcomes { store in
            try await store.add(
                Self.sent("m1", 0) + [Self.outcome("o1", 24 * 10, identity: OutcomeIdentity(party: Self.ani))])
            #expect(try await store.outcome(source: "shop", id: "o1")?.credits == [])
            try await store.add([.attribution(AttributionSettings(lookbackByKind: ["payment_confirmed": 11 * 86_400]))])
            while try await store.recountStale() {}
            #expect(try await store.outcome(source: "shop", id: "o1")?.credits.map(\.message) == ["m1"])
            try await store.expectSound()
        }
    }

    @Test func aRateThatIsEnteredLaterConvertsThePast() async throws {
        try await withOutcomes { store in
            try await store.add([
                Self.outcome("o1", 1, value: 2, currency: "USD", identity: OutcomeIdentity(party: Self.ani))
            ])
            #expect(try await store.outcome(source: "shop", id: "o1")?.value?.currency == "USD")
            let rate = ExchangeRate(
                effectiveFrom: LocalDate(day: 20_000), from: "USD", to: "IDR", rateMicros: 16_000_000_000)
            try await store.add([.cost(.exchange([rate]))])
            while try await store.recountStale() {}
            #expect(
                try await store.outcome(source: "shop", id: "o1")?.value
                    == Money(micros: 32_000_000_000, currency: "IDR"))
            let sums = try await store.sums(.outcome, by: [.currency], at: Self.at(1))
            #expect(sums[["IDR"]]?[1] == 32_000_000_000 && sums[["USD"]] == nil)
            try await store.expectSound()
        }
    }

    // MARK: Desks

    @Test func aResolvedConversationIsAnOutcomeUntilItIsTakenUpAgain() async throws {
        func desk(_ id: String, _ hours: Double, _ kind: DeskEvent.Kind) -> Event {
            .desk(
                DeskEvent(
                    desk: "chatwoot", id: id,
                    conversation: DeskConversation(id: "c1", contact: Self.ani, line: Self.line),
                    at: Self.at(hours), kind: kind))
        }
        let words = DeskMessage(id: "d1", isInbound: true)
        let answer = DeskMessage(id: "d2", isInbound: false, author: .human, agent: "7", team: "cs")
        try await withOutcomes { store in
            try await store.add([
                desk("1", 0, .message(words)), desk("2", 1, .message(answer)),
                desk("3", 2, .status(.resolved, by: .human)),
            ])
            let sums = try await store.sums(.outcome, by: [.kind, .sourceSystem, .agent, .team], at: Self.at(2))
            #expect(sums[["ticket_resolved", "chatwoot", "7", "cs"]]?[0] == 1)
            try await store.expectSound()
            try await store.add([desk("4", 3, .status(.open, by: .human))])
            #expect(try await store.sums(.outcome, by: [], at: Self.at(2))[[]] == nil)
            try await store.expectSound()
        }
    }

    @Test func aDesksConversationNamesThePerson() async throws {
        try await withOutcomes { store in
            try await store.add(Self.sent("m1", 0))
            try await store.add([
                .desk(
                    DeskEvent(
                        desk: "chatwoot", id: "1",
                        conversation: DeskConversation(id: "c1", contact: Self.ani, line: Self.line), at: Self.at(1),
                        kind: .message(DeskMessage(id: "d1", isInbound: true))))
            ])
            let sale = OutcomeEvent(
                source: "chatwoot", id: "sale", kind: "sale", at: Self.at(2),
                identity: OutcomeIdentity(conversation: "c1"))
            try await store.add([.outcome(sale)])
            let row = try #require(try await store.outcome(source: "chatwoot", id: "sale"))
            #expect(row.isMatched && row.hints == ["conversation_id"])
            #expect(row.credits.map(\.touch) == [.message, .reply])
            #expect(row.conversation != nil)
            try await store.expectSound()
        }
    }

    // MARK: Lift

    @Test func liftCountsPersonsOnce() async throws {
        func person(_ number: Int) -> Party { Party(phone: "62812000001\(number)") }
        try await withOutcomes { store in
            var events: [Event] = []
            for number in 0..<4 { events += Self.sent("t\(number)", 0, to: person(number)) }
            events += Self.sent("t0 again", 5, to: person(0))
            for number in 4..<7 { events += Self.sent("h\(number)", 0, to: person(number), isHeldOut: true) }
            events += Self.sent("other", 0, to: person(9), campaign: "july")
            for number in [0, 1, 4] {
                events.append(Self.outcome("o\(number)", 24, identity: OutcomeIdentity(party: person(number))))
            }
            events.append(Self.outcome("again", 30, identity: OutcomeIdentity(party: person(0))))
            events.append(Self.outcome("late", 24 * 9, identity: OutcomeIdentity(party: person(2))))
            events.append(
                Self.outcome("other kind", 5, kind: "lead", identity: OutcomeIdentity(party: person(5))))
            events.append(Self.outcome("gone", 24, identity: OutcomeIdentity(party: person(3))))
            events.append(Self.outcome("gone", 25, .cancelled, identity: OutcomeIdentity(party: person(3))))
            try await store.add(events)
            let june = [Filter(dimension: .campaign, op: .isIn, values: ["june"])]
            let lift = try await store.lift(
                in: Self.start..<Self.at(24), matching: june, kinds: ["payment_confirmed"], windowSeconds: 7 * 86_400)
            #expect(lift == LiftCounts(treated: 4, treatedConverted: 2, heldOut: 3, heldOutConverted: 1))
            let any = try await store.lift(
                in: Self.start..<Self.at(24), matching: june, kinds: [], windowSeconds: 10 * 86_400)
            #expect(any == LiftCounts(treated: 4, treatedConverted: 3, heldOut: 3, heldOutConverted: 2))
            try await store.expectSound()
        }
    }

    // MARK: Bounds

    /// A person with very many outcomes is folded in the window that changed: the others keep their rows.
    @Test func manyOutcomesOfOnePerson() async throws {
        try await withOutcomes { store in
            for part in 0..<10 {
                try await store.add(
                    (0..<100).flatMap { index -> [Event] in
                        let hours = Double(part * 100 + index) * 6
                        return (index % 10 == 0 ? Self.sent("m\(part).\(index)", hours) : [])
                            + [Self.outcome("o\(part).\(index)", hours + 1, identity: OutcomeIdentity(party: Self.ani))]
                    })
            }
            try await store.add(Self.sent("late", 6 * 500 + 0.5))
            try await store.expectSound()
        }
    }

    // MARK: Parts

    private func withOutcomes(_ body: (SQLiteStore) async throws -> Void) async throws {
        try await withDirectory { directory in
            let store = try SQLiteStore(path: directory.appending(path: "store.sqlite").path, zone: "Asia/Jakarta")
            try await store.migrate()
            try await body(store)
        }
    }
}

/// Sums of everything by day, without what was called off.
private struct Numbers: Equatable {
    var answers: [Set<Table.Row>] = []
    var messages: [Int64: UInt64]

    init(_ store: SQLiteStore) async throws {
        messages = try await store.factDigests(.message)
        let days = (-1...40).map { Instant(seconds: 1_780_531_200 + Int64($0) * 86_400 - 7 * 3_600) }
        for cube in Cube.allCases {
            let plan = Plan(
                fact: cube.fact, source: .cells(cube, .day), boundaries: days,
                measures: Measure.all(of: cube.fact).filter { !$0.isDistinct && $0 != .outcome(.cancelled) },
                durations: cube.durations, dimensions: cube.dimensions)
            answers.append(Set(try await store.run(plan).rows.filter { !$0.sums.allSatisfy { $0 == 0 } }))
        }
    }
}

extension SQLiteStore {
    fileprivate func add(_ events: [Event]) async throws {
        let cursor = try await cursor() + 1
        let received = Instant(seconds: 1_780_531_200 + cursor)
        try await apply(
            ProjectionBatch(
                items: events.map { ProjectionBatch.Item(event: $0, receivedAt: received, source: .metaWebhook) },
                cursor: cursor, receivedAt: received, asOf: Instant(seconds: 1_780_531_200 + 30 * 86_400)))
    }

    /// Cells agree with the rows, and the rows with a fold from the beginning.
    fileprivate func expectSound() async throws {
        #expect(try await auditCells() == [])
        #expect(try await auditCredits() == [])
    }

    /// Sums of one quarter hour (or of days from its day on) by dimensions; without what is all zero.
    fileprivate func sums(
        _ fact: Fact, by dimensions: [Dimension], where filter: Dimension? = nil, _ value: String = "", at: Instant,
        days: Int64? = nil
    ) async throws -> [[String?]: [Int64]] {
        let quarter = QuarterHour(containing: at)
        let to = days.map { quarter.start.adding(seconds: $0 * 86_400) } ?? quarter.start.adding(seconds: 900)
        let plan = Plan(
            fact: fact, source: .facts, boundaries: [quarter.start, to], measures: Measure.all(of: fact),
            dimensions: dimensions, filters: filter.map { [Filter(dimension: $0, op: .isIn, values: [value])] } ?? [])
        let rows = try await run(plan).rows.filter { !$0.sums.allSatisfy { $0 == 0 } }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.key, $0.sums) })
    }
}

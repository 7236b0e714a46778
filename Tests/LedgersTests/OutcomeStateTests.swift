import Catalogue
import Domain
import Ledgers
import TestSupport
import Testing

/// What is told about one business result joins to the same, in every order.
@Suite struct OutcomeStateTests {
    private static let start = Happenings.start

    private static func at(_ hours: Int64) -> Instant { start.adding(seconds: hours * 3_600) }

    private static func rupiah(_ units: Int64) -> Money { Money(micros: units * 1_000_000, currency: "IDR") }

    private static func event(
        _ change: OutcomeEvent.Change, at hours: Int64, revised: Bool = true, kind: String? = "payment_confirmed",
        value: Money? = nil
    ) -> OutcomeEvent {
        OutcomeEvent(
            source: "midtrans", id: "ORD-1", kind: kind, change: change, at: at(hours),
            revisedAt: revised ? at(hours) : nil, value: value)
    }

    private static func state(_ tellings: [(OutcomeEvent, receivedAt: Int64)]) -> OutcomeState {
        var state = OutcomeState(source: "midtrans", id: "ORD-1")
        for (event, received) in tellings {
            OutcomeLedger.join(event, receivedAt: at(received), into: &state)
        }
        return state
    }

    /// The same in every order.
    private static func states(_ events: [OutcomeEvent]) -> OutcomeState {
        let tellings = events.enumerated().map { ($1, receivedAt: Int64(1_000 + $0)) }
        let all = tellings.indices.map { first in
            state(Array(tellings[first...] + tellings[..<first]))
        }
        #expect(all.allSatisfy { $0 == all[0] })
        #expect(state(tellings.reversed() + tellings) == all[0])
        return all[0]
    }

    // MARK: Standing

    @Test func captureThenSettlementIsOneAtItsFirstTime() {
        let state = Self.states([
            Self.event(.pending, at: 0, value: Self.rupiah(250_000)),
            Self.event(.confirmed, at: 1, value: Self.rupiah(250_000)),
            Self.event(.confirmed, at: 30, value: Self.rupiah(250_000)),
        ])
        #expect(state.standing == .confirmed)
        #expect(state.at == Self.at(1))
        #expect(state.amounts?.gross == Self.rupiah(250_000))
    }

    @Test func failureSaysNothingAgainstAConfirmation() {
        #expect(Self.states([Self.event(.failed, at: 0), Self.event(.confirmed, at: 1)]).standing == .confirmed)
        #expect(Self.states([Self.event(.confirmed, at: 0), Self.event(.failed, at: 1)]).standing == .confirmed)
        #expect(Self.states([Self.event(.pending, at: 0), Self.event(.failed, at: 1)]).standing == .failed)
        #expect(Self.states([Self.event(.failed, at: 0), Self.event(.pending, at: 1)]).standing == .pending)
    }

    @Test func cancelledCountsNoMore() {
        let before = Self.states([Self.event(.cancelled, at: 2), Self.event(.confirmed, at: 1)])
        #expect(before.standing == .cancelled && before.isCounted && before.at == Self.at(1))
        // Never confirmed: called off, and never in any number.
        let never = Self.states([Self.event(.cancelled, at: 2), Self.event(.pending, at: 1)])
        #expect(never.standing == .cancelled && !never.isCounted)
        // A source that tells when it changed its mind may take it back; one that does not may not.
        #expect(Self.states([Self.event(.cancelled, at: 2), Self.event(.confirmed, at: 3)]).standing == .confirmed)
        let untold = Self.event(.cancelled, at: 2, revised: false)
        #expect(Self.states([untold, Self.event(.confirmed, at: 3)]).standing == .cancelled)
    }

    @Test func aRestatedOutcomeIsTheLastOneReceived() {
        let first = OutcomeEvent(
            source: "midtrans", id: "ORD-1", kind: "lead", at: Self.at(5), value: Self.rupiah(10))
        let second = OutcomeEvent(
            source: "midtrans", id: "ORD-1", kind: "booking", at: Self.at(3), value: Self.rupiah(20))
        let state = Self.state([(first, receivedAt: 10), (second, receivedAt: 11), (first, receivedAt: 10)])
        #expect(state.kind?.value == "booking" && state.at == Self.at(3))
        #expect(state.amounts?.gross == Self.rupiah(20))
        #expect(state == Self.state([(second, receivedAt: 11), (first, receivedAt: 10)]))
        // Received in the same instant: the greater content, whichever came first.
        #expect(
            Self.state([(first, receivedAt: 10), (second, receivedAt: 10)])
                == Self.state([(second, receivedAt: 10), (first, receivedAt: 10)]))
    }

    @Test func whatWasPaidOutweighsWhatWasAsked() {
        let state = Self.states([
            Self.event(.confirmed, at: 1, value: Self.rupiah(90)), Self.event(.pending, at: 2, value: Self.rupiah(100)),
        ])
        #expect(state.amounts?.gross == Self.rupiah(90))
    }

    @Test func aCorrectedContactReplacesTheWholeContact() {
        var first = Self.event(.confirmed, at: 1)
        first.identity.party = Party(phone: "62811", userID: "ID.1")
        var second = Self.event(.confirmed, at: 2)
        second.identity.party = Party(phone: "62812")
        #expect(Self.states([first, second]).identity.party == Party(phone: "62812"))
    }

    // MARK: Money that goes back

    @Test func refundsByIdAndInAllNeverMoreThanTheValue() {
        let paid = Self.event(.confirmed, at: 0, value: Self.rupiah(100))
        func back(_ id: String?, _ units: Int64?, isTotal: Bool = false) -> OutcomeEvent {
            Self.event(.refunded(id: id, amount: units.map(Self.rupiah), isTotal: isTotal), at: 1, kind: nil)
        }
        func returned(_ events: [OutcomeEvent]) -> Int64? { Self.states([paid] + events).amounts?.returned }
        #expect(returned([]) == 0)
        // r1 told twice counts once, with the greater amount: 30 + 20.
        #expect(returned([back("r1", 10), back("r1", 30), back("r2", 20)]) == 50_000_000)
        // A running total of 60 says more than the two refunds that are known.
        #expect(returned([back("r1", 30), back(nil, 60, isTotal: true), back(nil, 40, isTotal: true)]) == 60_000_000)
        #expect(returned([back("r1", 70), back("r2", 70)]) == 100_000_000)
        #expect(returned([back("r1", nil)]) == 100_000_000)
        #expect(Self.states([paid, back("r1", 100)]).standing == .confirmed, "it still counts")
        #expect(Self.states([paid, back("r1", 100)]).isRefunded)
    }

    @Test func aChargebackThatIsWonGivesTheMoneyBack() {
        let paid = Self.event(.confirmed, at: 0, value: Self.rupiah(100))
        let lost = Self.event(.chargedBack(id: "d1", amount: Self.rupiah(40), isReversed: false), at: 1, kind: nil)
        let won = Self.event(.chargedBack(id: "d1", amount: nil, isReversed: true), at: 2, kind: nil)
        #expect(Self.states([paid, lost]).amounts?.returned == 40_000_000)
        let after = Self.states([paid, lost, won])
        #expect(after.amounts?.returned == 0)
        #expect(!after.isRefunded)
        let whole = Self.event(.chargedBack(id: nil, amount: nil, isReversed: false), at: 1, kind: nil)
        #expect(Self.states([paid, lost, whole]).amounts?.returned == 100_000_000)
    }

    @Test func anotherCurrencyTakesNothingOff() {
        let paid = Self.event(.confirmed, at: 0, value: Self.rupiah(100))
        let back = Self.event(
            .refunded(id: "r", amount: Money(micros: 5_000_000, currency: "USD"), isTotal: false), at: 1)
        let state = Self.states([paid, back])
        #expect(state.amounts?.returned == 0)
        #expect(state.isRefunded)
    }

    // MARK: Generated

    @Test(arguments: 0..<200) func anyOrderAndRepetition(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        let tellings = (0..<12).map { _ in Self.random(&dice) }
        let expected = Self.state(tellings)
        for _ in 0..<20 {
            var disturbed = tellings
            for telling in tellings where dice.one(in: 3) { disturbed.append(telling) }
            disturbed.shuffle(using: &dice)
            #expect(Self.state(disturbed) == expected)
        }
        if let amounts = expected.amounts { #expect((0...amounts.gross.micros).contains(amounts.returned)) }
    }

    private static func random(_ dice: inout Dice) -> (OutcomeEvent, receivedAt: Int64) {
        func number(_ range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &dice) }
        let money = dice.one(in: 3) ? nil : Money(micros: number(0..<50), currency: dice.pick(["IDR", "IDR", "USD"]))
        let change: OutcomeEvent.Change
        switch number(0..<9) {
        case 0..<4: change = .confirmed
        case 4: change = .pending
        case 5: change = .failed
        case 6: change = .cancelled
        case 7: change = .refunded(id: dice.pick([nil, "a", "b"]), amount: money, isTotal: dice.one(in: 3))
        default: change = .chargedBack(id: dice.pick([nil, "a"]), amount: money, isReversed: dice.one(in: 2))
        }
        var event = OutcomeEvent(
            source: "midtrans", id: "ORD-1", kind: dice.pick([nil, "lead", "booking"]), change: change,
            at: at(number(0..<6)), revisedAt: dice.one(in: 2) ? at(number(0..<6)) : nil,
            value: dice.one(in: 2) ? money : nil)
        event.identity = OutcomeIdentity(
            party: dice.pick([Party(), Party(phone: "1"), Party(phone: "2", userID: "x")]),
            message: dice.pick([nil, "m1", "m2"]), link: dice.pick([nil, "l1"]),
            line: Line(phoneNumber: dice.pick([nil, "pn-1", "pn-2"])))
        return (event, number(0..<4))
    }

    // MARK: Facts

    @Test func valuesReconcileWhenShownInAnotherCurrency() throws {
        // 3 units at 1 : 0.333333 are 0.999999; 1 unit back is 0.333333: 0.666666 are left, and both add up.
        let dollars = { (units: Int64) in Money(micros: units * 1_000_000, currency: "USD") }
        let paid = Self.event(.confirmed, at: 0, value: dollars(3))
        let back = Self.event(.refunded(id: "r", amount: dollars(1), isTotal: false), at: 1)
        let fact = try #require(
            OutcomeFact(Self.states([paid, back]), isMatched: true, lastTouch: nil) { money, _ in
                Money(micros: money.micros / 1_000_000 * 333_333, currency: "IDR")
            })
        #expect(fact.value == 666_666 && fact.refunded == 333_333)
        #expect(fact.dimensions[2] == "IDR")
        let sums = fact.contribution.parts[0].measures
        #expect(sums[OutcomeMeasure.outcomes.rawValue] == 1)
        #expect(sums[OutcomeMeasure.value.rawValue] == 666_666)
        #expect(sums[OutcomeMeasure.refundedValue.rawValue] == 333_333)
        #expect(sums[OutcomeMeasure.unattributed.rawValue] == 1)
        #expect(sums[OutcomeMeasure.unmatched.rawValue] == nil)
    }

    @Test func aCancelledOutcomeIsOnlyCountedAsThat() throws {
        let state = Self.states([
            Self.event(.confirmed, at: 0, value: Self.rupiah(5)), Self.event(.cancelled, at: 1),
        ])
        let fact = try #require(OutcomeFact(state, isMatched: false, lastTouch: nil) { money, _ in money })
        #expect(fact.contribution.parts[0].measures == [OutcomeMeasure.cancelled.rawValue: 1])
        let pending = Self.states([Self.event(.pending, at: 0)])
        #expect(OutcomeFact(pending, isMatched: true, lastTouch: nil) { money, _ in money } == nil)
    }

    @Test func dimensionsAreThoseOfTheLastTouch() throws {
        let message = Dimension.stored(.message)
        var values: [String?] = message.map { _ in nil }
        for (dimension, value) in [
            (Dimension.template, "promo"), (.campaign, "june"), (.phoneNumber, "pn-1"), (.agent, "7"),
        ] {
            values[try #require(message.firstIndex(of: dimension))] = value
        }
        var state = Self.states([Self.event(.confirmed, at: 0, value: Self.rupiah(5))])
        state.handler = OutcomeState.Handler(agent: "8", team: "cs", desk: "chatwoot")
        let fact = try #require(
            OutcomeFact(
                state, isMatched: true, lastTouch: .init(kind: .click, ad: "ad-1", dimensions: values)
            ) { money, _ in money })
        let told = Dictionary(uniqueKeysWithValues: zip(Dimension.stored(.outcome), fact.dimensions))
            .compactMapValues { $0 }
        #expect(
            told == [
                .kind: "payment_confirmed", .sourceSystem: "midtrans", .currency: "IDR", .touch: "click", .ad: "ad-1",
                .template: "promo", .campaign: "june", .phoneNumber: "pn-1", .agent: "8", .team: "cs",
                .desk: "chatwoot",
            ])
    }
}

import Domain
import Ledgers
import TestSupport
import Testing

/// What customers do in the chat, and the outcomes that the business's rules make of it.
@Suite struct CustomerActionTests {
    private static func inbound(_ kind: InboundMessage.Kind, referral: Referral? = nil) -> InboundMessage {
        InboundMessage(
            message: "wamid.I1", line: Line(phoneNumber: "pn-1"), sender: Party(phone: "62811"), at: Happenings.start,
            kind: kind, type: "interactive", repliesTo: "wamid.O1", referral: referral)
    }

    private static func event(_ kind: InboundMessage.Kind, _ rules: [OutcomeRule]) -> OutcomeEvent? {
        CustomerAction(inbound(kind)).flatMap { OutcomeEvent($0, by: rules) }
    }

    @Test func wordsAreNoAction() {
        #expect(CustomerAction(Self.inbound(.content)) == nil)
        #expect(CustomerAction(Self.inbound(.reaction(to: nil, isRemoved: false))) == nil)
        // Words that an ad brought are an ad's touch, and no outcome.
        let ad = Referral(sourceID: "ad-1", sourceType: "ad", clickID: "clid")
        let action = CustomerAction(Self.inbound(.content, referral: ad))
        #expect(action?.ad == .init(sourceID: "ad-1", sourceType: "ad", clickID: "clid"))
        #expect(action?.deed == nil)
        #expect(action.flatMap { OutcomeEvent($0, by: OutcomeRule.standard) } == nil)
    }

    @Test func theFirstRuleThatFitsDecides() throws {
        let rules = [
            OutcomeRule(trigger: .tap(payloadPrefix: "BOOK_VIP"), kind: "vip"),
            OutcomeRule(
                trigger: .tap(payloadPrefix: "BOOK"), kind: OutcomeKind.booking,
                value: Money(micros: 5_000_000, currency: "IDR")),
            OutcomeRule(trigger: .flow(tokenPrefix: "lead-"), kind: OutcomeKind.lead),
        ]
        let booking = try #require(Self.event(.tap(payload: "BOOK_1"), rules))
        #expect(booking.kind == OutcomeKind.booking && booking.value?.micros == 5_000_000)
        #expect(booking.source == OutcomeSource.chat && booking.id == "wamid.I1")
        #expect(booking.identity.party == Party(phone: "62811"))
        #expect(Self.event(.tap(payload: "BOOK_VIP_1"), rules)?.kind == "vip")
        #expect(Self.event(.tap(payload: "NO"), rules) == nil)
        #expect(Self.event(.tap(payload: nil), rules) == nil)
        #expect(Self.event(.form(name: "x", token: "lead-7"), rules)?.kind == OutcomeKind.lead)
        #expect(Self.event(.form(name: "x", token: nil), rules) == nil)
        let any = [OutcomeRule(trigger: .flow(tokenPrefix: nil), kind: "form")]
        #expect(Self.event(.form(name: nil, token: nil), any)?.kind == "form")
    }

    @Test func anOrdersTotalIsItsValue() {
        let event = Self.event(
            .order(items: 2, totalMicros: 30_000_000, currency: "IDR"), OutcomeRule.standard)
        #expect(event?.kind == OutcomeKind.order)
        #expect(event?.value == Money(micros: 30_000_000, currency: "IDR"))
    }

    @Test func automaticEvents() {
        let lead = AutomaticEvent(
            message: "wamid.I1", line: Line(), name: "LeadSubmitted", clickID: "clid", at: Happenings.start)
        let event = OutcomeEvent(CustomerAction(lead), by: OutcomeRule.standard)
        #expect(event?.kind == OutcomeKind.lead && event?.source == OutcomeSource.automatic)
        #expect(event?.identity.message == "wamid.I1" && event?.identity.clickID == "clid")
        var purchase = lead
        purchase.name = "Purchase"
        purchase.valueMicros = 7
        purchase.currency = "USD"
        let bought = OutcomeEvent(CustomerAction(purchase), by: OutcomeRule.standard)
        #expect(bought?.kind == OutcomeKind.purchaseDetected)
        #expect(bought?.value == Money(micros: 7, currency: "USD"))
        #expect(bought?.id != event?.id && CustomerAction(purchase).key != CustomerAction(lead).key)
    }

    @Test func toldTwiceIsTheSameInEitherOrder() throws {
        var second = Self.inbound(.tap(payload: "B"))
        second.at = Happenings.start.adding(seconds: -5)
        second.repliesTo = nil
        let a = try #require(CustomerAction(Self.inbound(.tap(payload: "A"))))
        let b = try #require(CustomerAction(second))
        #expect(CustomerAction.join(a, b) == CustomerAction.join(b, a))
        #expect(CustomerAction.join(a, a) == a)
        #expect(CustomerAction.join(a, b).at == second.at)
        #expect(CustomerAction.join(a, b).repliesTo == a.repliesTo)
    }

    @Test func paymentsInTheChat() {
        var payment = PaymentStatus(
            message: "wamid.O1", line: Line(), payer: Party(phone: "9198"), referenceID: "ord-77", status: "pending",
            amountMicros: 210_000_000, currency: "INR", at: Happenings.start)
        #expect(OutcomeEvent.told(by: payment).map(\.change) == [.pending])
        payment.status = "captured"
        let paid = OutcomeEvent.told(by: payment)
        #expect(paid.map(\.change) == [.confirmed])
        #expect(paid[0].source == OutcomeSource.payments && paid[0].id == "ord-77")
        #expect(paid[0].value == Money(micros: 210_000_000, currency: "INR"))
        payment.refundedMicros = 10_000_000
        let back = Money(micros: 10_000_000, currency: "INR")
        #expect(
            OutcomeEvent.told(by: payment).map(\.change)
                == [.confirmed, .refunded(id: nil, amount: back, isTotal: true)])
        payment.referenceID = nil
        #expect(OutcomeEvent.told(by: payment).isEmpty)
    }
}

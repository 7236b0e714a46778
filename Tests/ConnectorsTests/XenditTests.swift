import Connectors
import Domain
import Testing

@Suite("Xendit")
struct XenditTests {
    private let xendit = OutcomeTelling(.xendit)

    private func invoice(_ status: String, _ more: String = "") -> String {
        """
        {"id":"579c8d61f23fa4ca35e52da4","external_id":"ORD-77","user_id":"5781d19b2e2385880609791c",
         "is_high":true,"status":"\(status)","amount":250000,"created":"2026-11-22T02:00:00.000Z",
         "updated":"2026-11-22T03:41:00.000Z","currency":"IDR","payer_email":"s@x.id"\(more)}
        """
    }

    @Test func anInvoiceIsPaidAndSettledOnce() {
        let more =
            #","paid_amount":250000.00,"paid_at":"2026-11-22T03:40:00.000Z","metadata":{"phone":"0812-3456-7890"}"#
        let paid = xendit.only(invoice("PAID", more))
        #expect(
            paid
                == OutcomeEvent(
                    source: "xendit", id: "ORD-77", kind: "payment_confirmed", change: .confirmed,
                    at: november22(3, 40), revisedAt: november22(3, 41), value: rupiah(250_000),
                    identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
        let settled = xendit.only(
            invoice("SETTLED", more).replacing("2026-11-22T03:41:00.000Z", with: "2026-11-24T09:00:00.000Z"))
        #expect(settled?.id == paid?.id)
        #expect(settled?.at == paid?.at)
        #expect(settled?.value == paid?.value)
        #expect(settled?.change == .confirmed)
    }

    @Test func otherStatesOfAnInvoice() {
        #expect(xendit.only(invoice("PENDING"))?.change == .pending)
        #expect(xendit.only(invoice("EXPIRED"))?.change == .failed)
        #expect(xendit.only(invoice("EXPIRED"))?.at == november22(3, 41))
        #expect(xendit.events(invoice("NEWS")).isEmpty)
        // The paid amount may be another than what was asked for.
        #expect(xendit.only(invoice("PAID", #","paid_amount":250010"#))?.value == rupiah(250_010))
        #expect(xendit.only(invoice("PAID"))?.value == rupiah(250_000))
        #expect(xendit.fault(invoice("PAID", #","paid_amount":"much""#)) == .badValue)
        #expect(xendit.fault(#"{"status":"PAID"}"#) == .missingKey)
        #expect(xendit.fault("") == .notJSON)
    }

    @Test func theBusinessesOwnUserIDIsNobodys() {
        #expect(xendit.only(invoice("PAID"))?.identity.isEmpty == true)
    }

    private func event(_ name: String, _ data: String) -> String {
        #"{"event":"\#(name)","business_id":"6094","created":"2026-11-22T03:40:05.000Z","data":{\#(data)}}"#
    }
    private let payment = """
        "payment_id":"py-1","payment_request_id":"pr-1","reference_id":"ORD-77","request_amount":250000,
        "currency":"IDR","country":"ID","channel_code":"QRIS","updated":"2026-11-22T03:40:00.000Z"
        """

    @Test func aPayment() {
        let captured = xendit.only(
            event("payment.capture", #""status":"SUCCEEDED","metadata":{"wa_id":"6281234567890"},"# + payment))
        #expect(
            captured
                == OutcomeEvent(
                    source: "xendit", id: "ORD-77", kind: "payment_confirmed", change: .confirmed,
                    at: november22(3, 40), revisedAt: november22(3, 40, 5), value: rupiah(250_000),
                    identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
        let session = xendit.only(
            event(
                "payment_session.completed",
                #""payment_session_id":"ps-1","status":"COMPLETED","session_type":"PAY","reference_id":"ORD-77","amount":250000,"currency":"IDR""#
            ))
        #expect(session?.id == "ORD-77")
        #expect(session?.change == .confirmed)
        #expect(session?.value == rupiah(250_000))
    }

    @Test func captures() {
        // Two captures of one authorisation: 100 000.25 + 50 000.
        let some = #""status":"SUCCEEDED","captures":[{"capture_amount":100000.25},{"capture_amount":50000}],"#
        #expect(xendit.only(event("payment.capture", some + payment))?.value?.micros == 150_000_250_000)
        #expect(
            xendit.fault(event("payment.capture", #""status":"SUCCEEDED","captures":[{}],"# + payment)) == .missingKey)
    }

    @Test(arguments: [
        ("payment.authorization", "AUTHORIZED", OutcomeEvent.Change.pending), ("payment.failure", "FAILED", .failed),
        ("payment_request.expiry", "EXPIRED", .failed), ("payment.capture", "PENDING", .pending),
        ("payment_session.expired", "EXPIRED", .failed),
    ])
    func otherStates(_ name: String, _ status: String, _ change: OutcomeEvent.Change) {
        #expect(xendit.only(event(name, #""status":"\#(status)","# + payment))?.change == change)
    }

    @Test func refunds() {
        let refund = """
            "id":"rfd-1","payment_id":"py-1","amount":10000,"currency":"IDR","status":"SUCCEEDED",
            "reference_id":"refund-order-123","updated":"2026-11-22T04:00:00Z","metadata":{"order_id":"ORD-77"}
            """
        let outcome = xendit.only(event("refund.succeeded", refund))
        #expect(outcome?.id == "ORD-77")
        #expect(outcome?.change == .refunded(id: "rfd-1", amount: rupiah(10_000), isTotal: false))
        // As one version of the documentation has it: an event in an event.
        #expect(xendit.only(event("refund.succeeded", #""event":"refund.succeeded","data":{\#(refund)}"#)) == outcome)
        let older = refund.replacing(#""metadata":{"order_id":"ORD-77"}"#, with: #""metadata":null"#)
        #expect(
            xendit.only(event("refund.succeeded", older.replacing("refund-order-123", with: "ORD-77")))?.id == "ORD-77")
        #expect(xendit.events(event("refund.failed", refund)).isEmpty)
    }

    @Test func whatIsNotCounted() {
        #expect(xendit.events(event("payout.succeeded", payment)).isEmpty)
        #expect(
            xendit.events(event("payment_session.completed", #""session_type":"SAVE","status":"COMPLETED""#)).isEmpty)
        #expect(xendit.fault(#"{"event":"payment.capture"}"#) == .missingKey)
        #expect(xendit.fault(event("payment.capture", #""status":"SUCCEEDED""#)) == .missingKey)
    }

    @Test func aRepetitionIsTheSameEvent() {
        for body in [invoice("PAID"), event("payment.capture", #""status":"SUCCEEDED","# + payment)] {
            #expect(xendit.events(body) == xendit.events(body, at: Instant(seconds: 1_800_090_000)))
        }
    }
}

import Connectors
import Domain
import Testing

@Suite("Stripe")
struct StripeTests {
    private let stripe = OutcomeTelling(.stripe)
    /// 2026-11-22T03:40:00Z.
    private static let created: Int64 = 1_795_318_800

    private func event(_ type: String, _ object: String, _ more: String = "", created: Int64 = created) -> String {
        #"{"id":"evt_1","object":"event","type":"\#(type)","created":\#(created),"livemode":true\#(more),"data":{"object":{\#(object)}}}"#
    }

    @Test func onePaymentIsOneOutcome() {
        let intent = stripe.only(
            event(
                "payment_intent.succeeded",
                #""id":"pi_1","object":"payment_intent","amount":25000000,"amount_received":25000000,"currency":"idr","metadata":{"wa_id":"6281234567890"}"#
            ))
        #expect(
            intent
                == OutcomeEvent(
                    source: "stripe", id: "pi_1", kind: "payment_confirmed", change: .confirmed, at: november22(3, 40),
                    revisedAt: november22(3, 40),
                    // The rupiah has two decimals at Stripe: 25 000 000 sen.
                    value: rupiah(250_000), identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
        let tellings = [
            event(
                "checkout.session.completed",
                #""id":"cs_1","mode":"payment","payment_intent":"pi_1","payment_status":"paid","amount_total":25000000,"currency":"idr""#
            ),
            event(
                "checkout.session.async_payment_succeeded",
                #""id":"cs_1","payment_intent":{"id":"pi_1"},"payment_status":"paid","amount_total":25000000,"currency":"idr""#
            ),
            event("invoice.paid", #""id":"in_1","payment_intent":"pi_1","amount_paid":25000000,"currency":"idr""#),
            event(
                "invoice_payment.paid",
                #""id":"inpay_1","invoice":"in_1","amount_paid":25000000,"currency":"idr","payment":{"type":"payment_intent","payment_intent":"pi_1"}"#
            ),
            event(
                "charge.succeeded",
                #""id":"ch_1","payment_intent":"pi_1","amount":25000000,"amount_captured":25000000,"captured":true,"currency":"idr""#
            ),
        ]
        for telling in tellings {
            let outcome = stripe.only(telling)
            #expect(outcome?.id == "pi_1")
            #expect(outcome?.change == .confirmed)
            #expect(outcome?.value == rupiah(250_000))
        }
    }

    @Test(
        arguments: [
            ("idr", 25_000_000, 250_000_000_000), ("usd", 1999, 19_990_000), ("jpy", 500, 500_000_000),
            ("krw", 12_000, 12_000_000_000), ("vnd", 99_000, 99_000_000_000), ("kwd", 1234, 1_234_000),
            ("bhd", 5000, 5_000_000), ("isk", 500, 5_000_000), ("ugx", 500, 5_000_000), ("huf", 1045, 10_450_000),
            ("twd", 10_000, 100_000_000), ("mga", 700, 700_000_000), ("sgd", 1, 10_000),
        ] as [(String, Int64, Int64)])
    func minorUnits(_ currency: String, _ minor: Int64, _ micros: Int64) {
        let outcome = stripe.only(
            event("payment_intent.succeeded", #""id":"pi_1","amount_received":\#(minor),"currency":"\#(currency)""#))
        #expect(outcome?.value == Money(micros: micros, currency: currency.uppercased()))
    }

    @Test func statesOfACheckout() {
        func session(_ type: String, _ more: String) -> OutcomeEvent.Change? {
            stripe.only(event(type, #""id":"cs_1","amount_total":100,"currency":"usd""# + more))?.change
        }
        #expect(session("checkout.session.completed", #","payment_status":"unpaid""#) == .pending)
        #expect(session("checkout.session.completed", #","payment_status":"paid""#) == .confirmed)
        #expect(session("checkout.session.completed", #","payment_status":"no_payment_required""#) == .confirmed)
        #expect(session("checkout.session.completed", "") == .pending)
        #expect(session("checkout.session.async_payment_failed", #","payment_status":"unpaid""#) == .failed)
        #expect(session("checkout.session.expired", #","payment_status":"unpaid""#) == .failed)
        // Without a payment intent it is named by itself.
        #expect(
            stripe.only(event("checkout.session.completed", #""id":"cs_1","payment_status":"paid""#))?.id == "cs_1")
    }

    @Test func subscriptionsAreToldByTheirPayments() {
        let session =
            #""id":"cs_1","mode":"subscription","payment_intent":null,"invoice":"in_1","amount_total":100,"currency":"usd""#
        #expect(stripe.events(event("checkout.session.completed", session + #","payment_status":"paid""#)).isEmpty)
        #expect(
            stripe.only(
                event("checkout.session.completed", session + #","payment_status":"no_payment_required""#))?.id
                == "cs_1")
        let invoice = #""id":"in_1","amount_paid":100,"currency":"usd""#
        #expect(stripe.only(event("invoice.paid", invoice))?.id == "in_1")
        #expect(stripe.only(event("invoice.paid", invoice, #","api_version":"2024-06-20""#))?.id == "in_1")
        #expect(stripe.fault(event("invoice.paid", invoice, #","api_version":"2025-03-31.basil""#)) == .missingKey)
        let named = invoice + #","payments":{"data":[{"payment":{"payment_intent":"pi_1"}}]}"#
        #expect(stripe.only(event("invoice.paid", named, #","api_version":"2026-01-28.clover""#))?.id == "pi_1")
        #expect(stripe.events(event("invoice.paid", #""id":"in_1","amount_paid":0,"currency":"usd""#)).isEmpty)
    }

    @Test(arguments: [
        ("payment_intent.created", OutcomeEvent.Change.pending), ("payment_intent.processing", .pending),
        ("payment_intent.payment_failed", .failed), ("payment_intent.canceled", .cancelled),
        ("charge.failed", .failed), ("charge.pending", .pending),
    ])
    func otherStates(_ type: String, _ change: OutcomeEvent.Change) {
        let outcome = stripe.only(event(type, #""id":"pi_1","amount":100,"currency":"usd""#))
        #expect(outcome?.change == change)
        #expect(outcome?.value == Money(micros: 1_000_000, currency: "USD"))
    }

    @Test func aReservedChargeIsNotPaid() {
        let charge =
            #""id":"ch_1","payment_intent":"pi_1","amount":1000,"amount_captured":0,"captured":false,"currency":"usd""#
        #expect(stripe.only(event("charge.succeeded", charge))?.change == .pending)
        let captured = charge.replacing(
            #""amount_captured":0,"captured":false"#, with: #""amount_captured":600,"captured":true"#)
        let outcome = stripe.only(event("charge.captured", captured))
        #expect(outcome?.change == .confirmed)
        #expect(outcome?.value?.micros == 6_000_000)
        #expect(stripe.only(event("charge.succeeded", #""id":"ch_9","amount":100,"currency":"usd""#))?.id == "ch_9")
    }

    @Test func refundsAreTotals() {
        let charge = #""id":"ch_1","payment_intent":"pi_1","amount":25000000,"currency":"idr","amount_refunded":"#
        for (minor, whole) in [(5_000_000, 50_000), (12_500_000, 125_000)] as [(Int64, Int64)] {
            let outcome = stripe.only(event("charge.refunded", charge + "\(minor)"))
            #expect(outcome?.id == "pi_1")
            #expect(outcome?.change == .refunded(id: nil, amount: rupiah(whole), isTotal: true))
            #expect(outcome?.value == rupiah(250_000))
        }
        #expect(stripe.fault(event("charge.refunded", #""id":"ch_1","amount":1,"currency":"idr""#)) == .missingKey)
    }

    @Test func disputes() {
        func dispute(_ type: String, _ status: String) -> OutcomeEvent.Change? {
            let object =
                #""id":"dp_1","charge":"ch_1","payment_intent":"pi_1","amount":25000000,"currency":"idr","status":"\#(status)""#
            let outcome = stripe.only(event("charge.dispute.\(type)", object))
            #expect(outcome == nil || outcome?.id == "pi_1")
            return outcome?.change
        }
        let taken = OutcomeEvent.Change.chargedBack(id: "dp_1", amount: rupiah(250_000), isReversed: false)
        let wonBack = OutcomeEvent.Change.chargedBack(id: "dp_1", amount: rupiah(250_000), isReversed: true)
        #expect(dispute("created", "needs_response") == taken)
        #expect(dispute("funds_withdrawn", "under_review") == taken)
        #expect(dispute("closed", "lost") == taken)
        #expect(dispute("closed", "won") == wonBack)
        #expect(dispute("funds_reinstated", "under_review") == wonBack)
        // The bank asks before it takes.
        #expect(dispute("created", "warning_needs_response") == nil)
        #expect(dispute("closed", "warning_closed") == nil)
    }

    @Test func identity() {
        func identity(_ object: String) -> OutcomeIdentity? {
            stripe.only(
                event("checkout.session.completed", #""id":"cs_1","payment_status":"paid","# + object))?.identity
        }
        #expect(identity(#""client_reference_id":"wa:6281234567890""#)?.party.phone == "6281234567890")
        // A payment link takes no colon.
        #expect(identity(#""client_reference_id":"wa_6281234567890""#)?.party.phone == "6281234567890")
        #expect(identity(#""client_reference_id":"6281234567890""#)?.party.phone == "6281234567890")
        #expect(identity(#""client_reference_id":"20261122000017""#)?.isEmpty == true)
        #expect(
            identity(#""customer_details":{"phone":"+6281234567890","email":"s@x.id"}"#)?.party.phone == "6281234567890"
        )
        let all = identity(
            #""metadata":{"Phone Number":"0812 3456 7890","wamid":"wamid.HBgN=","bsuid":"ID.9f31c0AA77","link":"k7Qp","conversation_id":"c-1","ctwa_clid":"ARAk","note":"hello","phone_number_id":"1065"},"customer_details":{"phone":"+1 202 555 0123"}"#
        )
        #expect(
            all
                == OutcomeIdentity(
                    party: Party(phone: "6281234567890", userID: "ID.9f31c0AA77"), message: "wamid.HBgN=",
                    conversation: "c-1", link: "k7Qp", clickID: "ARAk", line: Line(phoneNumber: "1065")))
        #expect(
            identity(
                #""custom_fields":[{"key":"nomorwhatsapp","label":{"custom":"Nomor WhatsApp"},"text":{"value":"0812-3456-7890"}}]"#
            )?
            .party.phone == "6281234567890")
        // The card's phone is asked only where no checkout can have told a better one.
        let charge = #""id":"ch_1","amount":100,"currency":"usd","billing_details":{"phone":"+6285511112222"}"#
        #expect(stripe.only(event("charge.succeeded", charge))?.identity.party.phone == "6285511112222")
        #expect(
            stripe.only(event("charge.succeeded", charge + #","payment_intent":"pi_1""#))?.identity.isEmpty == true)
        // A shop's own user is nobody that Meta knows.
        #expect(identity(#""metadata":{"user_id":"42","message_id":"<mail@x>"}"#)?.isEmpty == true)
    }

    @Test func whatIsNotCounted() {
        let intent = #""id":"pi_1","amount_received":100,"currency":"usd""#
        #expect(
            stripe.events(
                event("payment_intent.succeeded", intent).replacing(#""livemode":true"#, with: #""livemode":false"#)
            ).isEmpty)
        for type in ["customer.created", "payout.paid", "charge.updated", "payment_intent.partially_funded", "x"] {
            #expect(stripe.events(event(type, intent)).isEmpty)
        }
        #expect(stripe.fault("{}") == .missingKey)
        #expect(stripe.fault(#"{"type":"payment_intent.succeeded"}"#) == .missingKey)
        #expect(
            stripe.fault(event("payment_intent.succeeded", #""amount_received":1,"currency":"usd""#)) == .missingKey)
        #expect(stripe.fault(event("payment_intent.succeeded", #""id":"pi_1","amount_received":1"#)) == .missingKey)
        for amount in ["-1", "1.5", "\"x\"", "9223372036854775807", "99999999999999999999", "10000000000001"] {
            let object = #""id":"pi_1","amount_received":\#(amount),"currency":"usd""#
            #expect(stripe.fault(event("payment_intent.succeeded", object)) == .badValue, "\(amount)")
        }
    }

    @Test func aRepetitionIsTheSameEvent() {
        let body = event("payment_intent.succeeded", #""id":"pi_1","amount_received":100,"currency":"usd""#)
        #expect(stripe.events(body) == stripe.events(body, at: Instant(seconds: 1_800_090_000)))
    }
}

import Connectors
import Domain
import Testing

@Suite("Midtrans")
struct MidtransTests {
    private let midtrans = OutcomeTelling(.midtrans)

    private func body(_ status: String, _ more: String = "", code: String = "200", amount: String = #""250000.00""#)
        -> String
    {
        """
        {"transaction_status":"\(status)","transaction_id":"6ee7","order_id":"ORD-77","gross_amount":\(amount),
         "currency":"IDR","payment_type":"qris","status_code":"\(code)","transaction_time":"2026-11-22 10:11:12"\(more)}
        """
    }

    @Test func settlement() {
        let outcome = midtrans.only(
            body(
                "settlement",
                #","settlement_time":"2026-11-22 10:12:00","fraud_status":"accept","custom_field1":"wa:6281234567890""#)
        )
        #expect(
            outcome
                == OutcomeEvent(
                    source: "midtrans", id: "ORD-77", kind: "payment_confirmed", change: .confirmed,
                    // 10:12 in Jakarta, seven hours ahead.
                    at: november22(3, 12), value: rupiah(250_000),
                    identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
    }

    @Test func aCardIsCapturedAndSettledOnce() {
        let capture = midtrans.only(
            body("capture", #","fraud_status":"accept""#).replacing("qris", with: "credit_card"))
        let settlement = midtrans.only(
            body("settlement", #","settlement_time":"2026-11-23 16:00:00""#).replacing("qris", with: "credit_card"))
        #expect(capture?.change == .confirmed)
        #expect(capture?.at == november22(3, 11, 12))
        #expect(settlement == capture)
    }

    @Test(arguments: [
        ("pending", "", "201", OutcomeEvent.Change.pending), ("authorize", "", "200", .pending),
        ("capture", #","fraud_status":"challenge""#, "201", .pending),
        ("capture", #","fraud_status":"deny""#, "202", .failed), ("capture", "", "200", .pending),
        ("deny", "", "202", .failed), ("expire", "", "407", .failed), ("failure", "", "202", .failed),
        ("cancel", "", "200", .cancelled), ("SETTLEMENT", "", "200", .confirmed),
        ("refund", "", "200", .refunded(id: nil, amount: nil, isTotal: true)),
        ("chargeback", "", "200", .chargedBack(id: "6ee7", amount: nil, isReversed: false)),
        (
            "partial_chargeback", #","refund_amount":"1000.00""#, "200",
            .chargedBack(id: "6ee7", amount: rupiah(1000), isReversed: false)
        ),
    ])
    func states(_ status: String, _ more: String, _ code: String, _ change: OutcomeEvent.Change) {
        let outcome = midtrans.only(body(status, more, code: code))
        #expect(outcome?.change == change)
        #expect(outcome?.id == "ORD-77")
        #expect(outcome?.value == rupiah(250_000))
    }

    @Test func refundsAreTotals() {
        let refunds = """
            ,"refunds":[{"refund_chargeback_id":1,"refund_amount":"5000.00","created_at":"2026-11-23 00:14:20"},
             {"refund_chargeback_id":2,"refund_amount":"7000.50","created_at":"2026-11-24 01:23:15"}]
            """
        // 5000 + 7000.50.
        let summed = midtrans.only(body("partial_refund", refunds))
        let total = Money(micros: 12_000_500_000, currency: "IDR")
        #expect(summed?.change == .refunded(id: nil, amount: total, isTotal: true))
        // 01:23:15 in Jakarta is 18:23:15 UTC on the 23rd.
        #expect(summed?.at == november22(24 + 18, 23, 15))
        let told = midtrans.only(body("partial_refund", #","refund_amount":"12000.00""# + refunds))
        #expect(told?.change == .refunded(id: nil, amount: rupiah(12_000), isTotal: true))
        #expect(midtrans.fault(body("partial_refund")) == .missingKey)
    }

    /// The signature does not cover the status: the code that it does cover must fit.
    @Test func anUnpaidOrderCannotBeMadeAPayment() {
        #expect(midtrans.fault(body("settlement", code: "201")) == .badValue)
        #expect(midtrans.fault(body("capture", #","fraud_status":"accept""#, code: "201")) == .badValue)
    }

    @Test func amountsAreExact() {
        #expect(midtrans.only(body("settlement", amount: #""24145.07""#))?.value?.micros == 24_145_070_000)
        #expect(midtrans.only(body("settlement", amount: "24145.07"))?.value?.micros == 24_145_070_000)
        #expect(
            midtrans.only(body("settlement", amount: #""100000000000.00""#))?.value?.micros == Money.outcomeMicrosMax)
        #expect(midtrans.fault(body("settlement", amount: #""100000000000.01""#)) == .badValue)
        #expect(midtrans.fault(body("settlement", amount: #""-1.00""#)) == .badValue)
        #expect(midtrans.fault(body("settlement", amount: #""250.000,00""#)) == .badValue)
        #expect(midtrans.fault(body("settlement", amount: #""0.0000001""#)) == .badValue)
    }

    @Test func whatIsNotCounted() {
        #expect(midtrans.events(body("something_new")).isEmpty)
        #expect(midtrans.events(body("settlement").replacing("ORD-77", with: "payment_notif_test_G1_2")).isEmpty)
        #expect(midtrans.fault("{}") == .missingKey)
        #expect(midtrans.fault(#"{"order_id":"A"}"#) == .missingKey)
        #expect(midtrans.fault("[]") == .notAnObject)
        #expect(midtrans.fault("order_id=1") == .notJSON)
        #expect(midtrans.fault(String(repeating: "[", count: 500)) == .tooDeep)
    }

    @Test func timesWithoutSettlementAndWithoutAny() {
        #expect(midtrans.only(body("settlement"))?.at == november22(3, 11, 12))
        let timeless = body("settlement").replacing("2026-11-22 10:11:12", with: "soon")
        #expect(midtrans.only(timeless)?.at == OutcomeTelling.receivedAt)
        #expect(midtrans.only(body("expire", #","expiry_time":"2026-11-23 10:00:00""#))?.at == november22(27))
    }

    @Test func aRepetitionIsTheSameEvent() {
        let body = body("settlement", #","settlement_time":"2026-11-22 10:12:00""#)
        #expect(midtrans.events(body) == midtrans.events(body, at: Instant(seconds: 1_800_090_000)))
    }

    @Test func whoseItIs() {
        func identity(_ field: String) -> OutcomeIdentity? {
            midtrans.only(body("settlement", #","custom_field2":"\#(field)""#))?.identity
        }
        for phone in [
            "wa:6281234567890", "wa:0812-3456-7890", "WA: +62 812 3456 7890", "081234567890", "6281234567890",
        ] {
            #expect(identity(phone) == OutcomeIdentity(party: Party(phone: "6281234567890")), "\(phone)")
        }
        #expect(identity("+65 9123 4567")?.party.phone == "6591234567")
        #expect(identity("wa:ID.9f31c0AA77") == OutcomeIdentity(party: Party(userID: "ID.9f31c0AA77")))
        #expect(identity("ID.9f31c0AA77") == OutcomeIdentity(party: Party(userID: "ID.9f31c0AA77")))
        #expect(identity("wamid.HBgNNjI4=") == OutcomeIdentity(message: "wamid.HBgNNjI4="))
        #expect(
            identity("link:k7Qp, wa:081234567890 ctwa:ARAk")
                == OutcomeIdentity(party: Party(phone: "6281234567890"), link: "k7Qp", clickID: "ARAk"))
        #expect(identity("link:https://x.id/l/k7Qp?t=1") == OutcomeIdentity(link: "k7Qp"))
        for other in ["PT.Maju", "Toko 21", "2026112200017", "wamid.", "wa:", "wa:sari", "link:", "1234567", "a:b"] {
            #expect(identity(other)?.isEmpty == true, "\(other)")
        }
        // An order's own name may carry it.
        let order = body("settlement").replacing("ORD-77", with: "wa:6281234567890|77")
        #expect(midtrans.only(order)?.identity.party.phone == "6281234567890")
    }
}

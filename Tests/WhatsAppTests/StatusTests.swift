import Domain
import Testing
import WhatsApp

@Suite("statuses[]: what became of the business's messages")
struct StatusTests {
    static let delivered = Fixture.status(
        #"""
        {"id":"wamid.HBgN1","status":"delivered","timestamp":"1763801111","recipient_id":"6281234567890",
         "recipient_user_id":"ID.9f31c0AA77","biz_opaque_callback_data":"cmp=42;v=1",
         "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}}
        """#, contacts: contact)
    static let failed = Fixture.status(
        #"""
        {"id":"wamid.F1","status":"failed","timestamp":"1763801120","recipient_id":"6281234567890",
         "errors":[{"code":131049,"title":"Not delivered","message":"Not delivered",
         "error_data":{"details":"healthy ecosystem"},"href":"https://developers.facebook.com/docs/error-codes"}]}
        """#)
    static let freeEntryPoint = Fixture.status(
        #"""
        {"id":"wamid.P1","status":"sent","timestamp":"1763801130","recipient_id":"6281234567890","recipient_user_id":"ID.9f31c0AA77",
         "conversation":{"id":"fep-9c2","expiration_timestamp":"1764060330","origin":{"type":"referral_conversion"}},
         "pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point","category":"referral_conversion"}}
        """#)
    static let group = Fixture.status(
        #"""
        {"id":"wamid.G1","status":"read","timestamp":"1763801140","recipient_id":"Y2FwaV9ncm91cDox","recipient_type":"group",
         "recipient_participant_id":"6281234567890","recipient_participant_user_id":"ID.9f31c0AA77",
         "pricing":{"billable":"false","pricing_model":"PMP","type":"free_group_customer_service","category":"group_service"}}
        """#)
    static let payment = Fixture.status(
        #"""
        {"id":"gBGGabc","recipient_id":"919900000000","type":"payment","status":"captured","timestamp":"1763801111",
         "payment":{"reference_id":"ord-77","amount":{"value":21000,"offset":100},"currency":"INR",
          "transaction":{"id":"pg-order","pg_transaction_id":"pg-pay","type":"razorpay","status":"success","method":{"type":"upi"}},
          "refunds":[{"id":"rf","amount":{"value":150,"offset":100},"status":"success"},
                     {"id":"rf2","amount":{"value":900,"offset":100},"status":"failed"}]}}
        """#)
    static let maxPrice = Fixture.status(
        #"""
        {"id":"wamid.M1","status":"sent","timestamp":"1763801111","recipient_id":"6281234567890","template_id":"1689556908129832",
         "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing_lite","cost":{"amount":0.0411,"currency":"USD"}}}
        """#)
    static let all = [delivered, failed, freeEntryPoint, group, payment, maxPrice]

    @Test func deliveredCarriesPricingTagsAndBothNames() {
        #expect(
            Self.delivered.event
                == .status(
                    MessageStatus(
                        message: "wamid.HBgN1", line: line, recipient: sari, status: .delivered, at: at(1_763_801_111),
                        pricing: Pricing(model: "PMP", type: "regular", category: "marketing", billable: true),
                        tags: SendTags(campaign: "42", variant: "1"))))
        #expect(Self.delivered.decoded.understood == [.messages: 1])
    }

    @Test func failedKeepsTheErrorCode() {
        let status = Self.failed.messageStatus
        #expect(status?.status == .failed)
        #expect(status?.errors == [ErrorNote(code: 131049, title: "Not delivered", details: "healthy ecosystem")])
        #expect(status?.recipient == Party(phone: "6281234567890"))
        #expect(status?.pricing == nil)
        #expect(status?.tags == nil)
    }

    @Test func freeEntryPointKeepsItsConversation() {
        let expected = ConversationNote(id: "fep-9c2", origin: "referral_conversion", expiresAt: at(1_764_060_330))
        #expect(Self.freeEntryPoint.messageStatus?.conversation == expected)
        #expect(Self.freeEntryPoint.messageStatus?.pricing?.type == "free_entry_point")
    }

    @Test func groupStatusNamesGroupAndParticipant() {
        let status = Self.group.messageStatus
        #expect(status?.group == "Y2FwaV9ncm91cDox")
        #expect(status?.recipient == sari)
        #expect(status?.pricing?.billable == false)
    }

    @Test func groupStatusWithoutParticipantIsAnonymous() {
        let status = Fixture.status(
            #"{"id":"wamid.G2","status":"sent","timestamp":"1","recipient_id":"Y2Fw","recipient_type":"group"}"#,
            contacts: contact
        ).messageStatus
        #expect(status?.group == "Y2Fw")
        #expect(status?.recipient == Party())
    }

    @Test func misspeltKeysOfMetaAreAccepted() {
        let participant = Fixture.status(
            #"{"id":"w","status":"read","timestamp":"1","recipient_id":"GRP","participant_recipient_id":"62811"}"#
        ).messageStatus
        #expect(participant?.group == "GRP")
        #expect(participant?.recipient == Party(phone: "62811"))
        let parent = Fixture.status(
            #"{"id":"w","status":"read","timestamp":"1","recipient_user_id":"ID.1","parent_recipient_user_id":"ID.ENT.2"}"#
        ).messageStatus
        #expect(parent?.recipient == Party(userID: "ID.1", parentUserID: "ID.ENT.2"))
    }

    @Test func paymentIsNotAMessageStatus() {
        #expect(
            Self.payment.event
                == .payment(
                    PaymentStatus(
                        message: "gBGGabc", line: line, payer: Party(phone: "919900000000"), referenceID: "ord-77",
                        status: "captured", amountMicros: 210_000_000, currency: "INR", transactionID: "pg-order",
                        refundedMicros: 1_500_000, at: at(1_763_801_111))))
    }

    @Test func maxPriceCostAndDirectSendTemplate() {
        #expect(Self.maxPrice.messageStatus?.pricing?.estimatedCostMicros == 41_100)
        #expect(Self.maxPrice.messageStatus?.pricing?.costCurrency == "USD")
        #expect(Self.maxPrice.messageStatus?.template == "1689556908129832")
    }

    @Test func callStatusUnderMessagesIsACall() {
        let fixture = Fixture.status(
            #"{"id":"wacid.1","type":"call","status":"RINGING","timestamp":"1763801111","recipient_id":"6281234567890"}"#
        )
        guard case .call(let call) = fixture.event else {
            Issue.record("not a call")
            return
        }
        #expect(call.isStatus)
        #expect(call.event == "RINGING")
    }

    @Test(arguments: [
        ("authentication-international", "authentication_international"),
        ("authentication_international", "authentication_international"), ("MARKETING", "marketing"),
        ("group_utility", "group_utility"),
    ])
    func categoryHasOneSpelling(_ meta: String, _ expected: String) {
        let item =
            #"{"id":"w","status":"sent","timestamp":"1","recipient_id":"62811","pricing":{"category":"\#(meta)"}}"#
        #expect(Fixture.status(item).messageStatus?.pricing?.category == expected)
    }

    @Test func unknownWordsAreKept() {
        let item = #"{"id":"w","status":"vanished","timestamp":"1","recipient_id":"62811"}"#
        #expect(Fixture.status(item).messageStatus?.status == .other("vanished"))
    }

    @Test func aContactFillsTheNameThatIsMissing() {
        func recipient(_ names: String, contacts: String) -> Party? {
            let item = #"{"id":"w","status":"sent","timestamp":"1",\#(names)}"#
            return Fixture.status(item, contacts: contacts).messageStatus?.recipient
        }
        #expect(recipient(#""recipient_id":"6281234567890""#, contacts: contact) == sari)
        #expect(recipient(#""recipient_user_id":"ID.9f31c0AA77""#, contacts: contact) == sari)
        // One contact, one status, and nothing that contradicts.
        #expect(recipient(#""recipient_id":"""#, contacts: contact) == sari)
        // Another number: not the same person for all we know.
        #expect(recipient(#""recipient_id":"62811""#, contacts: contact) == Party(phone: "62811"))
        let parent = #""contacts":[{"user_id":"ID.9f31c0AA77","parent_user_id":"ID.ENT.5"}]"#
        #expect(
            recipient(#""recipient_user_id":"ID.9f31c0AA77""#, contacts: parent)
                == Party(userID: "ID.9f31c0AA77", parentUserID: "ID.ENT.5"))
    }

    /// Meta does not promise that a WhatsApp id is a number.
    @Test func anOpaqueNameStillTellsPersonsApart() {
        let item = #"{"id":"w","status":"sent","timestamp":"1","recipient_id":"u:7f3"}"#
        #expect(Fixture.status(item).messageStatus?.recipient == Party(userID: "u:7f3"))
        let id = #"{"id":"w","status":"sent","timestamp":"1","recipient_id":"ID.9f31c0AA77"}"#
        #expect(Fixture.status(id).messageStatus?.recipient == Party(userID: "ID.9f31c0AA77"))
    }

    @Test func contactsFindTheirStatusInABatch() {
        let contacts = (0..<40).map { #"{"wa_id":"62800\#($0)","user_id":"ID.u\#($0)"}"# }.joined(separator: ",")
        let statuses = (0..<40).reversed().map {
            #"{"id":"w\#($0)","status":"sent","timestamp":"1","recipient_id":"62800\#($0)"}"#
        }.joined(separator: ",")
        let events = Fixture("messages", "{\(metadata),\"contacts\":[\(contacts)],\"statuses\":[\(statuses)]}").events
        let parties = events.map { event in
            if case .status(let status) = event { status.recipient } else { Party() }
        }
        #expect(parties == (0..<40).reversed().map { Party(phone: "62800\($0)", userID: "ID.u\($0)") })
    }

    @Test(arguments: [
        #"{"status":"sent","timestamp":"1"}"#, #"{"id":"w","timestamp":"1"}"#, #"{"id":"","status":"sent"}"#,
    ])
    func withoutIdOrWordNothingCanBeSaid(_ item: String) {
        let fixture = Fixture.status(item)
        #expect(fixture.event == .notUnderstood(NotUnderstood(field: "messages", reason: .missingKey)))
        #expect(fixture.decoded.understood.isEmpty)
    }

    @Test(arguments: [
        (#""1763801111""#, 1_763_801_111_000_000), ("1763801111", 1_763_801_111_000_000),
        ("1763801111000", 1_763_801_111_000_000), (#""1763801111250""#, 1_763_801_111_250_000),
        ("1763801111.5", 1_763_801_111_500_000), ("1.763801111e9", 1_763_801_111_000_000),
        (#""2025-11-22T08:45:11Z""#, 1_763_801_111_000_000), (#""soon""#, 1_763_899_999_000_000),
        ("null", 1_763_899_999_000_000), ("{}", 1_763_899_999_000_000), ("0", 1_763_899_999_000_000),
        ("-5", 1_763_899_999_000_000), ("1e400", 1_763_899_999_000_000),
        ("9223372036854775807", 1_763_899_999_000_000), (#""1763801111250000""#, 1_763_801_111_250_000),
    ])
    func timesInAnyShape(_ timestamp: String, _ microseconds: Int64) {
        let item = #"{"id":"w","status":"sent","recipient_id":"62811","timestamp":\#(timestamp)}"#
        #expect(Fixture.status(item).messageStatus?.at == Instant(microseconds: microseconds))
    }

    @Test func codesAndBooleansMayBeQuoted() {
        let status = Fixture.status(
            #"""
            {"id":"w","status":"failed","timestamp":"1","recipient_id":62811,"errors":[{"code":"131026"},{"code":1e3},{}],
             "pricing":{"billable":"true"}}
            """#
        ).messageStatus
        #expect(status?.errors.map(\.code) == [131026, 1000, 0])
        #expect(status?.pricing?.billable == true)
        #expect(status?.recipient == Party(phone: "62811"))
    }
}

import Domain
import Testing
import WhatsApp

@Suite("a thread changes hands between apps")
struct HandoverTests {
    static let passed = Fixture(
        "messaging_handovers", time: "1763800000",
        #"{"messaging_product":"whatsapp","sender":{"phone_number":"6281234567890"},"recipient":{"phone_number_id":"106540352242922","display_phone_number":"+62 811-0000-0000"},"type":"control_passed","timestamp":"1763800600","control_passed":{"previous_owner_app_id":"1","previous_owner_role":"ai_agent","new_owner_app_id":"2","new_owner_role":"customer_service","metadata":"angry","conversation_context":{"type":"summary","summary":{"text":"refund"}}}}"#
    )
    static let taken = Fixture(
        "messaging_handovers",
        #"{\#(metadata),"sender":{"user_id":"ID.9f31c0AA77"},"type":"control_taken","timestamp":1763800700,"control_taken":{"previous_owner_role":"customer_service","new_owner_role":"ai_agent"}}"#
    )
    static let all = [passed, taken]

    @Test func itIsAMarkOfTheAccountAndAnEventOfTheThread() {
        #expect(
            Self.passed.events == [
                .account(
                    AccountEvent(
                        field: "messaging_handovers", account: account,
                        subject: .thread(Party(phone: "6281234567890")), event: "control_passed", previous: "ai_agent",
                        details: [
                            "phone_number_id": "106540352242922", "control_passed.previous_owner_app_id": "1",
                            "control_passed.previous_owner_role": "ai_agent", "control_passed.new_owner_app_id": "2",
                            "control_passed.new_owner_role": "customer_service",
                        ], at: at(1_763_800_600))),
                .handover(
                    Handover(
                        person: Party(phone: "6281234567890"), line: line, at: at(1_763_800_600),
                        newOwnerRole: "customer_service", previousOwnerRole: "ai_agent")),
            ])
        #expect(Self.passed.decoded.understood == [.handovers: 1])
    }

    @Test func thePersonMayBeKnownByIDAndTheNumberByTheEnvelope() {
        #expect(
            Self.taken.events.last
                == .handover(
                    Handover(
                        person: Party(userID: "ID.9f31c0AA77"), line: line, at: at(1_763_800_700),
                        newOwnerRole: "ai_agent", previousOwnerRole: "customer_service")))
    }

    @Test func rolesThatAreNotToldStayUnknown() {
        let bare = Fixture(
            "messaging_handovers",
            #"{"sender":{"phone_number":"62811"},"type":"control_passed","timestamp":"1763800600"}"#)
        #expect(
            bare.events.last
                == .handover(
                    Handover(person: Party(phone: "62811"), line: Line(account: account), at: at(1_763_800_600))))
    }

    @Test func withoutATypeNothingChangedHands() {
        let events = Fixture("messaging_handovers", #"{"sender":{"phone_number":"62811"}}"#).events
        #expect(events == [.notUnderstood(NotUnderstood(field: "messaging_handovers", reason: .missingKey))])
    }
}

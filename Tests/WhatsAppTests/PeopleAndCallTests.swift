import Domain
import Testing
import WhatsApp

@Suite("wishes, ids, the address book, calls, automatic events")
struct PeopleAndCallTests {
    static let stop = Fixture(
        "user_preferences",
        #"""
        {\#(metadata),\#(contact),"user_preferences":[{"wa_id":"6281234567890","detail":"User requested to stop marketing messages",
          "category":"marketing_messages","value":"stop","timestamp":1763801900}]}
        """#)
    static let signup = Fixture(
        "user_preferences",
        #"{\#(metadata),"user_preferences":[{"user_id":"ID.1","category":"marketing_messages","value":"signup","signup_id":"su-1","timestamp":1763801901}]}"#
    )
    static let newID = Fixture(
        "user_id_update",
        #"""
        {\#(metadata),"contacts":[{"wa_id":"6281234567890","user_id":"ID.new"}],
         "user_id_update":[{"wa_id":"6281234567890","detail":"-","user_id":{"previous":"ID.old","current":"ID.new"},
          "parent_user_id":{"previous":"ID.ENT.o","current":"ID.ENT.n"},"timestamp":1763801902}]}
        """#)
    static let addressBook = Fixture(
        "smb_app_state_sync",
        #"""
        {\#(metadata),"state_sync":[
          {"type":"contact","action":"add","contact":{"full_name":"Sari","phone_number":"+62 812-3456-7890","user_id":"ID.9f31c0AA77"},"metadata":{"timestamp":"1763801903"}},
          {"type":"contact","action":"add","contact":{"full_name":"Budi","phone_number":"62811"},"metadata":{"timestamp":"1763801903"}}]}
        """#)
    static let call = Fixture(
        "calls",
        #"""
        {\#(metadata),\#(contact),"calls":[{"id":"wacid.1","event":"terminate","timestamp":"1763802000","direction":"USER_INITIATED",
          "from":"6281234567890","to":"6281100000000","status":"COMPLETED","start_time":"1763801900","end_time":"1763801990","duration":90,
          "cta_payload":"promo-call"}]}
        """#)
    static let callStatus = Fixture(
        "calls",
        #"""
        {\#(metadata),"statuses":[{"id":"wacid.2","type":"call","status":"ACCEPTED","timestamp":"1763802001","recipient_id":"6281234567890",
          "biz_opaque_callback_data":"followup"}]}
        """#)
    static let automatic = Fixture(
        "automatic_events",
        #"""
        {\#(metadata),"automatic_events":[{"id":"wamid.A","event_name":"Purchase","timestamp":1763802002,"ctwa_clid":"Aff","custom_data":{"currency":"IDR","value":150000.5}},
          {"event_name":"LeadSubmitted","timestamp":1763802003,"ctwa_clid":"Aff"}]}
        """#)
    static let all = [stop, signup, newID, addressBook, call, callStatus, automatic]

    @Test func aWishHasBothNames() {
        #expect(
            Self.stop.event
                == .preference(
                    PreferenceChange(
                        person: sari, line: line, category: "marketing_messages", wish: .stop, at: at(1_763_801_900))))
        #expect(
            Self.signup.event
                == .preference(
                    PreferenceChange(
                        person: Party(userID: "ID.1"), line: line, category: "marketing_messages",
                        wish: .signup(id: "su-1"), at: at(1_763_801_901))))
    }

    @Test func aNewIDIsTiedToTheOld() {
        #expect(
            Self.newID.event
                == .identity(
                    IdentityLink(
                        a: Party(phone: "6281234567890", userID: "ID.old", parentUserID: "ID.ENT.o"),
                        b: Party(phone: "6281234567890", userID: "ID.new", parentUserID: "ID.ENT.n"),
                        reason: .changedUserID, at: at(1_763_801_902))))
    }

    @Test func onlyAFullEntryOfTheAddressBookTellsAnything() {
        #expect(
            Self.addressBook.events == [
                .identity(
                    IdentityLink(
                        a: Party(phone: "6281234567890"), b: Party(userID: "ID.9f31c0AA77"), reason: .together,
                        at: at(1_763_801_903)))
            ])
        let bare = Fixture(
            "smb_app_state_sync", #"{"state_sync":[{"type":"contact","contact":{"phone_number":"62811"}}]}"#)
        #expect(bare.events.isEmpty)
        #expect(bare.decoded.understood == [.contactSync: 1])
    }

    @Test func aCallAndItsStatus() {
        #expect(
            Self.call.event
                == .call(
                    CallEvent(
                        call: "wacid.1", line: line, party: sari, event: "terminate", isStatus: false,
                        direction: "USER_INITIATED", outcome: "COMPLETED", durationSeconds: 90, at: at(1_763_802_000),
                        payload: "promo-call")))
        #expect(
            Self.callStatus.event
                == .call(
                    CallEvent(
                        call: "wacid.2", line: line, party: Party(phone: "6281234567890"), event: "ACCEPTED",
                        isStatus: true, at: at(1_763_802_001), tags: SendTags(campaign: "followup"))))
    }

    @Test func theCustomerOfACallIsTheEndThatIsNotTheBusiness() {
        func party(_ item: String) -> Party? {
            guard case .call(let call) = Fixture("calls", "{\(metadata),\"calls\":[\(item)]}").event else { return nil }
            return call.party
        }
        let toCustomer = #""from":"6281100000000","to":"6281234567890","to_user_id":"ID.9f31c0AA77""#
        #expect(
            party(
                #"{"id":"wacid.3","event":"connect","timestamp":"1","direction":"BUSINESS_INITIATED",\#(toCustomer)}"#)
                == sari)
        #expect(party(#"{"id":"wacid.3","event":"connect","timestamp":"1",\#(toCustomer)}"#) == sari)
    }

    @Test func whatMetaThinksWasAPurchase() {
        #expect(
            Self.automatic.events == [
                .automatic(
                    AutomaticEvent(
                        message: "wamid.A", line: line, name: "Purchase", clickID: "Aff", valueMicros: 150_000_500_000,
                        currency: "IDR", at: at(1_763_802_002))),
                .automatic(
                    AutomaticEvent(
                        message: nil, line: line, name: "LeadSubmitted", clickID: "Aff", at: at(1_763_802_003))),
            ])
    }
}

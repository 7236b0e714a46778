import Connectors
import Domain
import Testing

@Suite("bookings of Cal.com and Calendly")
struct BookingProviderTests {
    private let calCom = OutcomeTelling(.calcom)
    private let calendly = OutcomeTelling(.calendly)

    private func calCom(_ trigger: String, _ payload: String, at: String = "2026-11-22T03:00:00.000Z") -> String {
        #"{"triggerEvent":"\#(trigger)","createdAt":"\#(at)","payload":{\#(payload)}}"#
    }

    /// Which bookings stand after these tellings: confirmed, and not cancelled.
    private func standing(_ events: [OutcomeEvent]) -> Set<String> {
        Set(events.filter { $0.change == .confirmed }.map(\.id))
            .subtracting(events.filter { $0.change == .cancelled }.map(\.id))
    }

    @Test func aCalComBooking() {
        let outcome = calCom.only(
            calCom(
                "BOOKING_CREATED",
                """
                "uid":"bFJe","bookingId":91,"type":"konsultasi","status":"ACCEPTED","startTime":"2026-11-24T02:00:00Z",
                "attendees":[{"name":"Sari","email":"s@x.id","phoneNumber":"+62 812-3456-7890","timeZone":"Asia/Jakarta"}],
                "organizer":{"email":"o@x.id","phoneNumber":"+6285500000001"},"metadata":{},
                "responses":{"name":{"label":"your_name","value":"Sari"},"guests":{"label":"g","value":[]}}
                """))
        #expect(
            outcome
                == OutcomeEvent(
                    source: "calcom", id: "bFJe", kind: "booking", change: .confirmed, at: november22(3),
                    revisedAt: november22(3), identity: OutcomeIdentity(party: Party(phone: "6281234567890"))))
    }

    @Test(arguments: [
        ("BOOKING_CREATED", "ACCEPTED", OutcomeEvent.Change.confirmed), ("BOOKING_CREATED", "PENDING", .pending),
        ("BOOKING_REQUESTED", "PENDING", .pending), ("BOOKING_PAYMENT_INITIATED", "PENDING", .pending),
        ("BOOKING_PAID", "ACCEPTED", .confirmed), ("BOOKING_CANCELLED", "CANCELLED", .cancelled),
        ("BOOKING_REJECTED", "REJECTED", .failed), ("BOOKING_RESCHEDULED", "ACCEPTED", .confirmed),
    ])
    func statesOfCalCom(_ trigger: String, _ status: String, _ change: OutcomeEvent.Change) {
        #expect(calCom.only(calCom(trigger, #""uid":"A","status":"\#(status)""#))?.change == change)
    }

    /// A is moved to B, B to C: in every order of arrival one booking is left, and none after C is cancelled.
    @Test func movesInAnyOrderLeaveOne() {
        let made = calCom.outcomes(calCom("BOOKING_CREATED", #""uid":"A""#))
        let moved = calCom.outcomes(calCom("BOOKING_RESCHEDULED", #""uid":"B","rescheduleUid":"A""#))
        let again = calCom.outcomes(calCom("BOOKING_RESCHEDULED", #""uid":"C","rescheduleUid":"B""#))
        let off = calCom.outcomes(calCom("BOOKING_CANCELLED", #""uid":"C""#))
        #expect(standing(made) == ["A"])
        #expect(standing(made + moved) == ["B"])
        #expect(standing(moved) == ["B"])
        for order in [[made, moved, again], [again, made, moved], [moved, again, made], [again, moved, made]] {
            #expect(standing(order.flatMap { $0 }) == ["C"])
        }
        #expect(standing(off + again + made + moved).isEmpty)
        // The host was changed, not the time: the booking keeps its name.
        #expect(standing(calCom.outcomes(calCom("BOOKING_RESCHEDULED", #""uid":"A","rescheduleUid":"A""#))) == ["A"])
    }

    @Test func answersInCalComsForm() {
        func identity(_ payload: String) -> OutcomeIdentity? {
            calCom.only(calCom("BOOKING_CREATED", #""uid":"A","# + payload))?.identity
        }
        #expect(
            identity(#""responses":{"field-1":{"label":"Nomor WhatsApp","value":"081234567890"}}"#)?.party.phone
                == "6281234567890")
        #expect(
            identity(#""responses":{"attendeePhoneNumber":{"label":"phone_number","value":"+6281234567890"}}"#)?
                .party.phone == "6281234567890")
        #expect(identity(#""userFieldsResponses":{"wa":{"value":"08123456789"}}"#)?.party.phone == "628123456789")
        #expect(
            identity(#""metadata":{"link":"k7Qp","user_id":"ID.9f31c0AA77"}"#)
                == OutcomeIdentity(party: Party(userID: "ID.9f31c0AA77"), link: "k7Qp"))
        // Not a question for a number.
        #expect(identity(#""responses":{"notes":{"label":"notes","value":"081234567890"}}"#)?.isEmpty == true)
    }

    @Test func whatCalComTellsBesides() {
        for trigger in ["MEETING_ENDED", "BOOKING_NO_SHOW_UPDATED", "PING", "FORM_SUBMITTED"] {
            #expect(calCom.events(calCom(trigger, #""bookingUid":"A""#)).isEmpty)
        }
        #expect(calCom.events(#"{"triggerEvent":"MEETING_STARTED","uid":"A"}"#).isEmpty)
        #expect(calCom.fault(#"{"booking":"A"}"#) == .missingKey)
        #expect(calCom.fault(calCom("BOOKING_CREATED", #""title":"x""#)) == .missingKey)
        #expect(calCom.fault("New booking: Sari") == .notJSON)
    }

    // MARK: Calendly

    private func calendly(_ event: String, _ invitee: String, _ more: String = "") -> String {
        """
        {"event":"\(event)","created_at":"2026-11-22T03:00:01.000000Z","created_by":"https://api.calendly.com/users/U",
         "payload":{"uri":"\(invitee)","name":"Sari","email":"s@x.id","status":"active"\(more)}}
        """
    }

    @Test func aCalendlyBooking() {
        let outcome = calendly.only(
            calendly(
                "invitee.created", "I",
                """
                ,"created_at":"2026-11-22T03:00:00.000000Z","rescheduled":false,"old_invitee":null,
                "text_reminder_number":"+62 855 1111 2222",
                "questions_and_answers":[{"question":"Keluhan","answer":"0899 0000 0000","position":0},
                 {"question":"Nomor WhatsApp Anda","answer":"0812 3456 7890","position":1}],
                "tracking":{"utm_source":"wa","utm_content":"link:k7Qp","utm_term":"wamid.HBgN=","utm_medium":null}
                """))
        #expect(
            outcome
                == OutcomeEvent(
                    source: "calendly", id: "I", kind: "booking", change: .confirmed, at: november22(3),
                    revisedAt: november22(3),
                    identity: OutcomeIdentity(
                        party: Party(phone: "6281234567890"), message: "wamid.HBgN=", link: "k7Qp")))
        let reminded = calendly.only(
            calendly("invitee.created", "I", #","text_reminder_number":"+62 855 1111 2222""#))
        #expect(reminded?.identity.party.phone == "6285511112222")
        let tracked = calendly.only(
            calendly("invitee.created", "I", #","tracking":{"utm_term":"wa:6281234567890"}"#))
        #expect(tracked?.identity.party.phone == "6281234567890")
    }

    @Test func aMoveInCalendlyInAnyOrder() {
        let made = calendly.outcomes(calendly("invitee.created", "I1"))
        let gone = calendly.outcomes(calendly("invitee.canceled", "I1", #","rescheduled":true,"new_invitee":"I2""#))
        let anew = calendly.outcomes(calendly("invitee.created", "I2", #","old_invitee":"I1""#))
        for order in [[made, gone, anew], [anew, gone, made], [gone, anew, made], [anew, made], [made, anew]] {
            #expect(standing(order.flatMap { $0 }) == ["I2"])
        }
        let off = calendly.outcomes(calendly("invitee.canceled", "I2", #","rescheduled":false"#))
        #expect(standing(made + gone + anew + off).isEmpty)
    }

    @Test func whatCalendlyTellsBesides() {
        for event in ["invitee_no_show.created", "routing_form_submission.created", "event_type.updated"] {
            #expect(calendly.events(calendly(event, "I")).isEmpty)
        }
        #expect(calendly.fault("{}") == .missingKey)
        #expect(calendly.fault(#"{"event":"invitee.created","payload":{}}"#) == .missingKey)
    }

    @Test func aRepetitionIsTheSameEvent() {
        let later = Instant(seconds: 1_800_090_000)
        let first = calCom("BOOKING_RESCHEDULED", #""uid":"B","rescheduleUid":"A""#)
        #expect(calCom.events(first) == calCom.events(first, at: later))
        let second = calendly("invitee.canceled", "I1", #","rescheduled":true"#)
        #expect(calendly.events(second) == calendly.events(second, at: later))
    }
}

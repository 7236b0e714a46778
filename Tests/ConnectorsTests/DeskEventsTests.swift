import Connectors
import Domain
import Testing

@Suite("the generic desk format")
struct DeskEventsTests {
    private func decode(_ body: String) -> RecordList.Decoded {
        DeskEvents.decode(Array(body.utf8), receivedAt: Instant(seconds: 1_795_399_999))
    }
    private func record(_ rest: String) -> String {
        #"{"source":"Zendesk","id":"e1","conversation_id":123,"at":"2026-11-22T10:10:00+07:00",\#(rest)}"#
    }
    private func only(_ rest: String) -> DeskEvent? { decode(record(rest)).events.first?.desk }
    private func kind(_ rest: String) -> DeskEvent.Kind? { only(rest)?.kind }
    private func problem(_ rest: String) -> String? { decode(record(rest)).problems.first?.message.en }
    private let contact = #""contact":"+62 812-3456-7890""#

    @Test func aMessage() {
        let event = only(
            #""type":"message","contact":{"phone":"+62 812-3456-7890","user_id":"ID.9f31c0AA77"},"phone_number_id":"1065","direction":"outbound","message_id":"wamid.1","author":{"kind":"human","id":"rina","team":"cs-1"},"template":false"#
        )
        #expect(
            event
                == DeskEvent(
                    desk: "zendesk", id: "e1",
                    conversation: DeskConversation(
                        id: "123", contact: Party(phone: "6281234567890", userID: "ID.9f31c0AA77"),
                        line: Line(phoneNumber: "1065")),
                    // 2026-11-22T03:10:00Z is day 20 779 since 1970-01-01 and 11 400 s.
                    at: Instant(seconds: 20_779 * 86_400 + 11_400),
                    kind: .message(
                        DeskMessage(
                            id: "e1", message: "wamid.1", isInbound: false, author: .human, agent: "rina",
                            team: "cs-1"))))
    }

    @Test func whoWrote() {
        #expect(
            kind(#""type":"message",\#(contact),"author":"customer""#)
                == .message(DeskMessage(id: "e1", isInbound: true)))
        #expect(
            kind(#""type":"message",\#(contact),"direction":"in","author":{"kind":"customer","id":"x"}"#)
                == .message(DeskMessage(id: "e1", isInbound: true)))
        #expect(
            kind(#""type":"message",\#(contact),"author":"bot","template":"promo""#)
                == .message(DeskMessage(id: "e1", isInbound: false, author: .bot, isTemplate: true)))
        #expect(
            kind(#""type":"message","message_id":"wamid.2","direction":"outbound""#)
                == .message(DeskMessage(id: "e1", message: "wamid.2", isInbound: false)))
        #expect(
            kind(#""type":"message",\#(contact),"author":{"id":"7"}"#)
                == .message(DeskMessage(id: "e1", isInbound: false, author: .unknown, agent: "7")))
    }

    @Test func everythingElse() {
        #expect(kind(#""type":"status","status":"Resolved","author":"human""#) == .status(.resolved, by: .human))
        #expect(kind(#""type":"status","status":"pending""#) == .status(.pending, by: nil))
        #expect(kind(#""type":"assigned","agent":7,"team":"cs""#) == .assigned(agent: "7", team: "cs"))
        #expect(kind(#""type":"assigned","agent":null"#) == .assigned(agent: nil, team: nil))
        #expect(kind(#""type":"handoff""#) == .handoff)
        #expect(kind(#""type":"priority","priority":"Urgent""#) == .priority("urgent"))
        #expect(kind(#""type":"priority","priority":null"#) == .priority(nil))
        #expect(kind(#""type":"rating_asked""#) == .ratingAsked)
        #expect(kind(#""type":"rated","rating":"4""#) == .rated(4))
    }

    @Test func contactsInAnyNotation() {
        for contact in [
            #""6281234567890""#, "6281234567890", #""+62 (812) 3456.7890""#, #"{"phone":6281234567890}"#,
        ] {
            #expect(
                only(#""type":"handoff","contact":\#(contact)"#)?.conversation.contact
                    == Party(phone: "6281234567890"))
        }
        #expect(
            only(#""type":"handoff","contact":"ID.9f31c0AA77""#)?.conversation.contact
                == Party(userID: "ID.9f31c0AA77"))
        #expect(only(#""type":"handoff""#)?.conversation.contact == Party())
    }

    @Test(
        arguments: [
            (#""type":"telepathy""#, "type must be one of"), (#""x":1"#, "type is missing"),
            (#""type":"message","direction":"outbound""#, "a message needs contact or message_id"),
            (#""type":"message","contact":"6281234567890""#, "direction must be"),
            (#""type":"message","contact":"Sari""#, "contact must be"),
            (#""type":"handoff","contact":{"phone":"Sari","user_id":"ID.1"}"#, "contact must be"),
            (#""type":"handoff","contact":[]"#, "contact must be"),
            (#""type":"status","status":"solved""#, "status must be"), (#""type":"status""#, "status must be"),
            (#""type":"status","status":"open","author":"robot""#, "author.kind must be"),
            (#""type":"assigned""#, "assigned needs agent or team"), (#""type":"priority""#, "priority is missing"),
            (#""type":"rated","rating":6"#, "rating must be"), (#""type":"rated","rating":4.5"#, "rating must be"),
        ] as [(String, String)])
    func badRecordsAreTold(_ rest: String, _ start: String) {
        #expect(problem(rest)?.hasPrefix("record 1: \(start)") == true)
    }

    @Test(
        arguments: [
            (#"{"id":"1","conversation_id":"c","at":1,"type":"handoff"}"#, "source is missing"),
            (#"{"source":"a b","id":"1","conversation_id":"c","at":1,"type":"handoff"}"#, "source must be"),
            (#"{"source":"a","id":" ","conversation_id":"c","at":1,"type":"handoff"}"#, "id is missing"),
            (#"{"source":"a","id":"1","at":1,"type":"handoff"}"#, "conversation_id is missing"),
            (#"{"source":"a","id":"1","conversation_id":"c","type":"handoff"}"#, "at must be"),
            (#"{"source":"a","id":"1","conversation_id":"c","at":"2026-11-22","type":"handoff"}"#, "at must be"),
            ("7", "is not a JSON object"),
        ] as [(String, String)])
    func whatEveryRecordNeeds(_ record: String, _ start: String) {
        #expect(decode(record).problems.first?.message.en.hasPrefix("record 1: \(start)") == true)
        #expect(decode(record).events.isEmpty)
    }

    @Test func problemsDoNotRepeatWhatWasSent() {
        for problem in decode(record(#""type":"message","contact":"Sari 0812""#)).problems {
            #expect(!problem.message.en.contains("Sari") && !problem.message.id.contains("0812"))
        }
    }

    @Test func oneBadRecordTakesNoneWithIt() {
        let good = record(#""type":"handoff""#)
        let list = decode("[\(good),7,\(good)]")
        #expect(list.events.count == 2)
        #expect(list.problems.map(\.record) == [2])
        let lines = decode("\(good)\n{\"source\":\n\r\n\(good)\n")
        #expect(lines.events.count == 2)
        #expect(lines.problems.map(\.record) == [2])
        #expect(decode(#"{"events":[\#(good)]}"#).events.count == 1)
        #expect(decode(#"{"records":[\#(good)]}"#).events.count == 1)
        #expect(decode("[]").problems.map(\.record) == [0])
        #expect(decode("halo").problems.map(\.record) == [0])
        #expect(decode("").problems.map(\.record) == [0])
    }

    @Test func numbersBeyondEveryRange() {
        for number in ["9223372036854775808", "-1", "1e308", "1e999", "0", "99999999999999"] {
            let body =
                #"{"source":"a","id":\#(number),"conversation_id":\#(number),"at":\#(number),"type":"rated","rating":\#(number),"contact":\#(number)}"#
            let decoded = decode(body)
            #expect(decoded.records.count == 1)
        }
    }
}

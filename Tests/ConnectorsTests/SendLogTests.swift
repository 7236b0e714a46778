import Connectors
import Domain
import Testing

@Suite("the send log")
struct SendLogTests {
    private let receivedAt = Instant(seconds: 1_763_899_999)
    private func decode(_ body: String) -> RecordList.Decoded {
        SendLog.decode(Array(body.utf8), receivedAt: receivedAt)
    }
    private func only(_ body: String) -> SendRecord? {
        let events = decode(body).events
        guard events.count == 1, case .send(let record) = events[0] else { return nil }
        return record
    }
    private func problem(_ body: String) -> RecordProblem? { decode(body).problems.first }

    @Test func theRecordOfTheContract() {
        let record = only(
            #"""
            {"message_id":"wamid.1","phone_number_id":"1065","to":"6281234567890","user_id":null,"sent_at":"2026-11-22T03:10:00Z",
             "type":"template","template":{"name":"promo_11_11","language":"id","category":"MARKETING"},
             "use_case":"broadcast","campaign":"11.11","sender":{"kind":"bot","id":"agent-7","team":"cs-1"},"tags":{"variant":"B"}}
            """#)
        #expect(
            record
                == SendRecord(
                    message: "wamid.1", line: Line(phoneNumber: "1065"), recipient: Party(phone: "6281234567890"),
                    // 2026-11-22 is day 20 779 since 1970-01-01; 03:10 is 11 400 s.
                    sentAt: Instant(seconds: 20_779 * 86_400 + 11_400), messageType: "template",
                    tags: SendTags(
                        template: "promo_11_11", templateLanguage: "id", category: "marketing", useCase: "broadcast",
                        campaign: "11.11", variant: "B", senderKind: .bot, agent: "agent-7", team: "cs-1")))
    }

    @Test func lenientShapes() {
        let record = only(
            #"""
            {"message_id":"wamid.2","to":"+62 812-3456-7890","sent_at":1763801111,"template":"promo","sender":"human","campaign":42,
             "user_id":"ID.9f31c0AA77","ttl_seconds":"600","shop":"jakarta","meta":{"floor":3},"tags":{"c":"own","color":"red"}}
            """#)
        #expect(record?.recipient == Party(phone: "6281234567890", userID: "ID.9f31c0AA77"))
        #expect(record?.sentAt == Instant(seconds: 1_763_801_111))
        #expect(record?.messageType == "template")
        #expect(record?.timeToLiveSeconds == 600)
        #expect(
            record?.tags
                == SendTags(
                    template: "promo", campaign: "42", senderKind: .human,
                    other: ["shop": "jakarta", "meta.floor": "3", "c": "own", "color": "red"]))
    }

    @Test func rejectedSendsHaveTheirOwnID() {
        let record = only(
            #"{"status":"rejected","id":"own-1","to":"62811","error":{"code":131056,"message":"pair rate"}}"#)
        #expect(record?.isRejected == true)
        #expect(record?.message == "own-1")
        #expect(record?.errors == [ErrorNote(code: 131056, title: "pair rate")])
        #expect(only(#"{"status":"rejected","id":"own-1","message_id":"x","error":{"code":"1"}}"#)?.message == "own-1")
        #expect(only(#"{"id":"own-2","error":{"code":1}}"#)?.isRejected == true)
        #expect(only(#"{"message_id":"wamid.3","id":"own-3"}"#)?.message == "wamid.3")
    }

    @Test func groups() {
        #expect(only(#"{"message_id":"m","group_id":"GRP"}"#)?.group == "GRP")
        let byType = only(#"{"message_id":"m","recipient_type":"group","to":"Y2Fw"}"#)
        #expect(byType?.group == "Y2Fw")
        #expect(byType?.recipient == Party())
    }

    @Test func arraysAndLines() {
        #expect(decode(#"[{"message_id":"a"},{"message_id":"b"}]"#).events.count == 2)
        #expect(decode("{\"message_id\":\"a\"}\n{\"message_id\":\"b\"}\r\n\n{\"message_id\":\"c\"}").events.count == 3)
        #expect(decode(#"{"sends":[{"message_id":"a"}]}"#).events.count == 1)
        #expect(decode(" {\n \"message_id\" : \"a\"\n}\n").events.count == 1)
    }

    @Test func oneBadRecordTakesNoneWithIt() {
        let decoded = decode(#"[{"message_id":"a"},7,{"to":"62811"},{"message_id":"d"}]"#)
        #expect(decoded.events.count == 2)
        #expect(decoded.problems.map(\.record) == [2, 3])
        #expect(decoded.problems.last?.message.en.hasPrefix("record 3: message_id is missing") == true)
        #expect(decoded.problems.last?.message.id.hasPrefix("catatan 3: message_id tidak ada") == true)
        #expect(decoded.problems.first?.message.en == "record 2: is not a JSON object")
    }

    @Test func aBadLineTakesNoneWithIt() {
        let decoded = decode("{\"message_id\":\"a\"}\n{\"message_id\":\n{\"message_id\":\"c\"}")
        #expect(decoded.events.count == 2)
        #expect(decoded.problems.map(\.record) == [2])
        #expect(decoded.problems.first?.message.en.hasPrefix("record 2: not valid JSON at byte 14") == true)
    }

    @Test(arguments: ["", "hello", "{", "[{},", "\u{0}", "[]", "a=b\nc=d"])
    func bodiesThatAreNoSendLog(_ body: String) {
        let decoded = decode(body)
        #expect(decoded.events.isEmpty)
        #expect(decoded.problems.map(\.record) == [0])
    }

    @Test(arguments: [
        (#"{"message_id":"m","sent_at":"yesterday"}"#, "sent_at is not a time"),
        (#"{"message_id":"m","sent_at":"2026-11-22T03:10:00"}"#, "sent_at is not a time"),
        (#"{"message_id":"m","sent_at":{}}"#, "sent_at is not a time"),
        (#"{"message_id":"m","to":"ask Budi"}"#, "to is not a phone number"),
        (#"{"message_id":"","to":"62811"}"#, "message_id must be a string"),
        (#"{"message_id":["x"]}"#, "message_id must be a string"),
        (#"{"message_id":"m","ttl_seconds":-7}"#, "ttl_seconds must be a whole number"),
        (#"{"status":"rejected","error":{"code":1}}"#, "id is missing"),
    ])
    func problemsSayWhatIsWrong(_ body: String, _ expected: String) {
        let text = problem(body)?.message
        #expect(text?.en.hasPrefix("record 1: " + expected) == true)
        #expect(text?.id.hasPrefix("catatan 1: ") == true)
        // What was in the record stays there.
        #expect(text?.en.contains("Budi") == false)
        #expect(text?.en.contains("62811") == false)
    }

    @Test func contentsOfAMessageAreNotKept() {
        let record = only(#"{"message_id":"m","type":"text","text":{"body":"rahasia"},"body":"rahasia"}"#)
        #expect(record?.tags == SendTags())
        #expect(record?.messageType == "text")
    }

    @Test func callbackDataCompletesTheRecord() {
        let record = only(#"{"message_id":"m","campaign":"a","biz_opaque_callback_data":"c=b;v=2"}"#)
        #expect(record?.tags == SendTags(campaign: "a", variant: "2"))
    }

    @Test(arguments: ["99999999999999999999", "-1", "1e308", "\"\"", "true", "[]", "1e17"])
    func extremesDoNotTrap(_ value: String) {
        for key in ["sent_at", "ttl_seconds", "to", "error", "errors", "template", "sender", "tags"] {
            #expect(decode(#"{"message_id":"m","\#(key)":\#(value)}"#).records.count == 1)
        }
    }

    @Test func aSendThatWasHeldOut() {
        let record = only(
            #"{"status":"held_out","id":"ctl-1","to":"6281234567890","campaign":"11.11","sent_at":"2026-11-22T03:10:00Z"}"#
        )
        #expect(
            record
                == SendRecord(
                    message: "ctl-1", isHeldOut: true, recipient: Party(phone: "6281234567890"),
                    sentAt: Instant(seconds: 20_779 * 86_400 + 11_400), tags: SendTags(campaign: "11.11")))
        #expect(only(#"{"status":"held_out","id":"ctl-2","user_id":"ID.9f31c0AA77"}"#)?.isHeldOut == true)
        // An error beside it does not make it a rejected one.
        let odd = only(#"{"status":"held_out","id":"ctl-3","to":"6281234567890","error":{"code":1}}"#)
        #expect(odd?.isRejected == false)
        #expect(odd?.isHeldOut == true)
        #expect(only(#"{"message_id":"wamid.1","to":"6281234567890","status":"sent"}"#)?.isHeldOut == false)
    }

    @Test func aHeldOutSendNeedsAPersonAndAName() {
        #expect(problem(#"{"status":"held_out","to":"6281234567890"}"#)?.message.en.contains("id is missing") == true)
        #expect(problem(#"{"status":"held_out","id":"ctl-1"}"#)?.message.en.contains("needs to or user_id") == true)
    }
}

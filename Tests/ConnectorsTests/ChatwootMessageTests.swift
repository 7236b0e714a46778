import Connectors
import Domain
import Testing

private typealias Payload = ChatwootPayload

@Suite("messages of Chatwoot's")
struct ChatwootMessageTests {
    private func only(_ rest: String, event: String = "message_created") -> DeskMessage? {
        let events = Payload.decode(Payload.message(event, rest))
        guard events.count == 1, case .desk(let event) = events[0], case .message(let message) = event.kind else {
            return nil
        }
        return message
    }
    /// What the message of Rina's is, told in full.
    private let rina = DeskMessage(
        id: "9001", message: "wamid.HBgN1", isInbound: false, author: .human, agent: "7")

    @Test func aReplyOfAPerson() {
        #expect(
            Payload.decode(Payload.message()) == [Payload.desk("message/9001", Payload.replied, .message(rina))])
    }

    @Test func theCustomerWritesAndTheDeskSaysWhomToWaitFor() {
        let events = Payload.decode(
            Payload.message("message_created", Payload.incoming + #""created_at":"2026-11-22T03:08:20.500Z","#))
        let at = Instant(microseconds: 1_795_316_900_500_000)
        let message = DeskMessage(id: "9000", message: "wamid.IN1", isInbound: true)
        #expect(
            events == [
                Payload.desk("message/9000", at, .message(message)),
                Payload.desk("message/9000/assigned", at, .assigned(agent: "7", team: nil)),
            ])
    }

    @Test func nobodyIsResponsibleIsSaidToo() {
        let nobody = Payload.inner(
            #""meta":{"sender":{"phone_number":"+6281234567890"},"assignee":null,"team":{"id":3,"name":"cs jakarta"}},"#
        )
        let events = Payload.decode(Payload.message("message_created", Payload.incoming, conversation: nobody))
        #expect(events.last?.kind == .assigned(agent: nil, team: "cs jakarta"))
        let silent = Payload.inner(#""meta":{"sender":{"phone_number":"+6281234567890"}},"#)
        #expect(Payload.decode(Payload.message("message_created", Payload.incoming, conversation: silent)).count == 1)
        let bot = Payload.inner(
            #""meta":{"sender":{"phone_number":"+6281234567890"},"assignee":{"id":3,"name":"Bot"},"assignee_type":"AgentBot"},"#
        )
        let withBot = Payload.decode(Payload.message("message_created", Payload.incoming, conversation: bot))
        #expect(withBot.last?.kind == .assigned(agent: nil, team: nil))
    }

    @Test(arguments: [
        (#""private":true,"#), (#""private":"true","#), (#""private":1,"#), (#""private":{},"#),
        (#""message_type":"activity","#), (#""message_type":2,"#),
    ])
    func notesToColleaguesNeverAppear(_ rest: String) {
        for event in ["message_created", "message_updated"] {
            #expect(Payload.decode(Payload.message(event, rest)) == [])
        }
    }

    @Test(
        arguments: [
            (#""sender":{"id":7,"type":"user"},"#, SenderKind.human, "7"),
            (#""sender":{"id":7,"type":"User"},"#, .human, "7"),
            (#""sender":null,"sender_type":"User","sender_id":7,"#, .human, "7"),
            (#""sender":{"id":3,"type":"agent_bot"},"#, .bot, "bot-3"),
            (#""sender":{"id":3,"type":"captain_assistant"},"#, .bot, "assistant-3"),
            (#""sender":null,"sender_type":"Captain::Assistant","sender_id":3,"#, .bot, "assistant-3"),
            (#""sender":null,"content_attributes":{"automation_rule_id":4},"#, .system, nil),
            (#""sender":null,"additional_attributes":{"campaign_id":4},"#, .system, nil),
            (#""sender":null,"content_attributes":{"external_echo":true},"#, .human, nil),
            (#""sender":null,"message_type":"template","#, .system, nil),
            (#""sender":null,"#, .unknown, nil),
            (#""sender":{"id":7,"type":"something_new"},"#, .unknown, nil),
        ] as [(String, SenderKind, String?)])
    func whoWroteIt(_ rest: String, _ author: SenderKind, _ agent: String?) {
        let message = only(rest)
        #expect(message?.author == author)
        #expect(message?.agent == agent)
    }

    @Test func templatesOfWhatsApp() {
        #expect(
            only(#""additional_attributes":{"template_params":{"name":"promo","language":"id"}},"#)?.isTemplate == true)
        // Chatwoot calls its own greeting a template.
        #expect(only(#""message_type":"template","sender":null,"#)?.isTemplate == false)
    }

    /// A new outgoing message has no wamid yet; it comes with the update, in whichever order the two arrive.
    @Test func createdAndUpdatedAreOneEvent() {
        let created = Payload.decode(Payload.message("message_created", #""source_id":null,"#))
        let updated = Payload.decode(Payload.message("message_updated"))
        guard case .desk(let first) = created.first, case .desk(let second) = updated.first else {
            Issue.record("both tell the message")
            return
        }
        #expect(first.id == second.id)
        #expect(first.at == second.at)
        #expect(first.conversation == second.conversation)
        #expect(first.kind == .message(DeskMessage(id: "9001", isInbound: false, author: .human, agent: "7")))
        #expect(second.kind == .message(rina))
    }

    @Test func onlyTheCreationTellsTheTeam() {
        let team = Payload.inner(
            #""meta":{"team":{"id":3,"name":"cs"},"assignee":null,"sender":{"phone_number":"+6281234567890"}},"#)
        #expect(Payload.decode(Payload.message("message_created", conversation: team)).first?.message?.team == "cs")
        // By then the conversation may be another team's.
        #expect(Payload.decode(Payload.message("message_updated", conversation: team)).first?.message?.team == nil)
    }

    @Test func identifiersOfOtherKindsDoNotJoinMeta() {
        #expect(only(#""source_id":"SM123","#)?.message == nil)
        #expect(only(#""source_id":"","#)?.message == nil)
        #expect(only(#""source_id":123,"#)?.message == nil)
    }

    @Test(
        arguments: [
            (#""contact_inbox":{"source_id":"ID.9f31c0AA77"},"#, "6281234567890", "ID.9f31c0AA77"),
            // The desk's phone number was typed by somebody; the source is Meta's.
            (#""contact_inbox":{"source_id":"628999999999"},"#, "628999999999", nil),
            (#""channel":"Channel::Api","contact_inbox":{"source_id":"628999999999"},"#, "6281234567890", nil),
            (#""channel":"Channel::Api","contact_inbox":{"source_id":"0b5e-uuid"},"#, "6281234567890", nil),
            (#""channel":"Channel::Api","meta":{},"contact_inbox":{"source_id":"628999999999"},"#, "628999999999", nil),
            (#""channel":"Channel::Api","meta":{},"contact_inbox":{"source_id":"42"},"#, nil, nil),
            (
                #""channel":"Channel::TwilioSms","contact_inbox":{"source_id":"whatsapp:+628999999999"},"#,
                "628999999999", nil
            ),
        ] as [(String, String?, String?)])
    func whoTheCustomerIs(_ rest: String, _ phone: String?, _ userID: String?) {
        let events = Payload.decode(Payload.message(conversation: Payload.inner(rest)))
        #expect(events.first?.desk?.conversation.contact == Party(phone: phone, userID: userID))
    }

    @Test(arguments: ["Channel::WebWidget", "Channel::Email", "Channel::Instagram", "Channel::TwilioSms"])
    func otherChannelsAreNoWhatsApp(_ channel: String) {
        let other = Payload.inner(#""channel":"\#(channel)","#)
        #expect(Payload.decode(Payload.message("message_created", Payload.incoming, conversation: other)) == [])
        #expect(Payload.decode(Payload.change("conversation_created", #""channel":"\#(channel)","#)) == [])
    }

    @Test(
        arguments: [
            ("1795317000", Int64(1_795_317_000_000_000)), ("1795317000.25", 1_795_317_000_250_000),
            (#""1795317000""#, 1_795_317_000_000_000), (#""2026-11-22T03:10:00.123Z""#, 1_795_317_000_123_000),
            (#""2026-11-22T10:10:00+07:00""#, 1_795_317_000_000_000),
            (#""2026-11-22 03:10:00 UTC""#, 1_795_317_000_000_000), ("1795317000123", 1_795_317_000_123_000),
        ] as [(String, Int64)])
    func everySpellingOfATime(_ spelling: String, _ microseconds: Int64) {
        let events = Payload.decode(Payload.message("message_created", #""created_at":\#(spelling),"#))
        #expect(events.first?.desk?.at == Instant(microseconds: microseconds))
    }

    @Test func withoutATimeItIsWhenItCame() {
        for time in ["null", "0", "-1", #""kemarin""#, "1e300", "[]"] {
            let events = Payload.decode(Payload.message("message_created", #""created_at":\#(time),"#))
            #expect(events.first?.desk?.at == Payload.receivedAt, "\(time)")
        }
    }

    @Test func ratings() {
        let asked = Payload.decode(Payload.message("message_created", Payload.question))
        let question = DeskMessage(id: "9100", message: "wamid.Q", isInbound: false, author: .system)
        #expect(
            asked == [
                Payload.desk("message/9100", Payload.replied, .message(question)),
                Payload.desk("message/9100/rating-asked", Payload.replied, .ratingAsked),
            ])
        let answered = Payload.decode(Payload.message("message_updated", Payload.answer))
        #expect(
            answered == asked + [Payload.desk("message/9100/rated/4", Payload.receivedAt, .rated(4))])
        // The API tells the same fact with its own time.
        #expect(
            Payload.decode(Payload.ratings)
                == [Payload.desk("message/9100/rated/4", Instant(seconds: 1_795_318_000), .rated(4))])
    }

    @Test func theTimeOfAnAnswerStandsInTheTwinOfTheMessage() {
        let answer = Payload.answer.replacing("9100", with: "9001")
        let events = Payload.decode(Payload.message("message_updated", answer))
        // 03:12:30.250 is 150.25 s after 03:10.
        #expect(events.last?.desk?.at == Instant(microseconds: 1_795_317_150_250_000))
    }

    @Test func aMessageThatNeverLeftIsNoReply() {
        #expect(Payload.decode(Payload.message("message_updated", #""status":"failed","source_id":null,"#)) == [])
        // With a wamid, Meta's own statuses decide.
        #expect(only(#""status":"failed","#) != nil)
    }

    @Test(
        arguments: [
            (#""id":null,"#, NotUnderstood.Reason.missingKey), (#""message_type":null,"#, .missingKey),
            (#""message_type":"poem","#, .badValue), (#""conversation":null,"#, .missingKey),
        ] as [(String, NotUnderstood.Reason)])
    func whatIsMissingIsReported(_ rest: String, _ reason: NotUnderstood.Reason) {
        #expect(
            Payload.decode(Payload.message("message_created", rest))
                == [.notUnderstood(NotUnderstood(field: "chatwoot.message_created", reason: reason))])
    }
}

extension Event {
    var desk: DeskEvent? { if case .desk(let event) = self { event } else { nil } }
    var kind: DeskEvent.Kind? { desk?.kind }
    var message: DeskMessage? { if case .message(let message) = kind { message } else { nil } }
}

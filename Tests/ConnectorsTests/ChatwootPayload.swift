import Connectors
import Domain

/// Payloads as Chatwoot sends them. All numbers, names and ids are invented.
enum ChatwootPayload {
    static let receivedAt = Instant(seconds: 1_795_399_999)
    /// 2026-11-22T03:10:00Z.
    static let replied = Instant(seconds: 1_795_317_000)
    static let sari = Party(phone: "6281234567890")
    static let conversation = DeskConversation(id: "1/555", contact: sari)

    static func decode(_ body: String) -> [Event] {
        ChatwootWebhook.decode(Array(body.utf8), receivedAt: receivedAt)
    }

    static func desk(_ id: String, _ at: Instant, _ kind: DeskEvent.Kind, of other: DeskConversation? = nil) -> Event {
        .desk(DeskEvent(desk: "chatwoot", id: id, conversation: other ?? conversation, at: at, kind: kind))
    }

    /// The conversation inside a message. `rest` may override: the first member of a name wins.
    static func inner(_ rest: String = "") -> String {
        #"""
        {\#(rest)"id":555,"inbox_id":2,"status":"open","channel":"Channel::Whatsapp","can_reply":true,"unread_count":0,
         "additional_attributes":{},"custom_attributes":{},"labels":["vip"],"priority":null,"snoozed_until":null,
         "contact_inbox":{"id":1,"contact_id":42,"inbox_id":2,"source_id":"6281234567890"},
         "meta":{"sender":{"id":42,"name":"Sari","phone_number":"+6281234567890","identifier":null,"type":"contact"},
           "assignee":{"id":7,"name":"Rina"},"assignee_type":"User","team":null,"hmac_verified":false},
         "messages":[{"id":9001,"account_id":1,"message_type":1,"content":"…","created_at":1795317000,
           "source_id":"wamid.HBgN1","sender_type":"User","sender_id":7,"updated_at":"2026-11-22T03:12:30.250Z"}],
         "first_reply_created_at":1795316900,"waiting_since":0,"agent_last_seen_at":1795317000,"contact_last_seen_at":0,
         "last_activity_at":1795317000,"timestamp":1795317000,"created_at":1795310000,"updated_at":1795317000.12}
        """#
    }

    /// An outgoing message of a person; `rest` overrides.
    static func message(
        _ event: String = "message_created", _ rest: String = "", conversation: String = inner()
    ) -> String {
        #"""
        {"event":"\#(event)",\#(rest)"id":9001,"content":"Baik kak, sudah kami kirim","content_type":"text",
         "content_attributes":{},"additional_attributes":{},"message_type":"outgoing","private":false,
         "source_id":"wamid.HBgN1","created_at":"2026-11-22T03:10:00.000Z",
         "sender":{"id":7,"name":"Rina","email":"rina@x.example","type":"user"},
         "inbox":{"id":2,"name":"WA Jakarta"},"account":{"id":1,"name":"Toko"},
         "attachments":[{"id":1,"file_type":"image","data_url":"https://x.example/1"}],"conversation":\#(conversation)}
        """#
    }

    static let incoming =
        #""id":9000,"message_type":"incoming","source_id":"wamid.IN1","sender":{"id":42,"name":"Sari","phone_number":"+6281234567890","type":"contact"},"#

    /// A conversation event: the conversation itself is the root.
    static func change(_ event: String, _ rest: String = "", changed: String? = nil) -> String {
        let changed = changed.map { #""changed_attributes":\#($0),"# } ?? ""
        return #"{"event":"\#(event)",\#(changed)\#(inner(rest).dropFirst())"#
    }

    static let backfill = #"""
        {"event":"backfill_messages","account":{"id":"1"},"is_newest":true,
         "inbox":{"id":"2","phone_number":"+62 811-0000-0000","phone_number_id":"106540352242922"},
         "conversation":{"id":555,"account_id":1,"inbox_id":2,"status":"resolved","last_activity_at":1795317600,
           "meta":{"channel":"Channel::Whatsapp","sender":{"id":42,"name":"Sari","phone_number":"+6281234567890"},
             "assignee":{"id":8,"name":"Budi"}}},
         "messages":[
          {"id":9000,"message_type":0,"content":"halo","created_at":1795316900,"private":false,"source_id":"wamid.IN1",
           "sender":{"id":42,"name":"Sari","type":"contact"}},
          {"id":9001,"message_type":1,"content":"Baik","created_at":1795317000,"private":false,"source_id":"wamid.HBgN1",
           "sender":{"id":7,"name":"Rina","type":"user"}},
          {"id":9002,"message_type":1,"content":"galak","created_at":1795317010,"private":true,"source_id":null,
           "sender":{"id":7,"name":"Rina","type":"user"}},
          {"id":9003,"message_type":2,"content":"Conversation was marked resolved by Rina","created_at":1795317600,
           "private":false,"source_id":null}]}
        """#

    static let ratings = #"""
        {"event":"backfill_ratings","account":{"id":"1"},"ratings":[
         {"id":3,"rating":4,"feedback_message":"ok","account_id":1,"message_id":9100,"conversation_id":555,
          "contact":{"id":42,"name":"Sari","phone_number":"+6281234567890"},"assigned_agent":{"id":7,"name":"Rina"},
          "created_at":1795318000}]}
        """#

    static let question =
        #""id":9100,"message_type":"template","content_type":"input_csat","source_id":"wamid.Q","sender":null,"#
    static let answer =
        #""id":9100,"message_type":"template","content_type":"input_csat","source_id":"wamid.Q","sender":null,"content_attributes":{"submitted_values":{"csat_survey_response":{"rating":4,"feedback_message":"ok"}}},"#
    static let resolved = #"[{"status":{"previous_value":"open","current_value":"resolved"}}]"#

    static let all = [
        message(), message("message_updated"), message("message_created", incoming),
        message("message_created", question), message("message_updated", answer),
        change("conversation_created"), change("conversation_status_changed", changed: resolved),
        change(
            "conversation_updated",
            changed:
                #"[{"assignee_id":{"previous_value":null,"current_value":7}},{"priority":{"previous_value":null,"current_value":"urgent"}},{"updated_at":{"previous_value":"2026-11-22T03:00:00.000Z","current_value":"2026-11-22T03:10:00.120Z"}}]"#
        ), backfill, ratings,
    ]
}

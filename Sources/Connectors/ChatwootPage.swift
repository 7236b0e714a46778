import Domain

/// Pages of Chatwoot's API as deliveries: the raw objects in an envelope that `ChatwootWebhook.decode` reads, so that a
/// replay needs nothing but the inbox.
package enum ChatwootPage {
    /// `messages` are as many of a conversation's messages as one answer held. `isNewest` marks the page with the last
    /// ones, which also tells the conversation's state.
    package static func messages(
        _ messages: [JSON.Value], of conversation: JSON.Value, account: String, inbox: JSON.Value?, isNewest: Bool
    ) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: 4096)
        writer.object {
            $0.member("event", ChatwootWebhook.messagesPage)
            $0.member("account", object: { $0.member("id", account) })
            if let inbox { $0.member("inbox", object: { write(inbox, to: &$0) }) }
            $0.member("is_newest", isNewest)
            $0.member(
                "conversation",
                object: { writer in
                    for (name, value) in conversation.members where !repeated.contains(name) {
                        writer.key(name)
                        writer.value(value)
                    }
                })
            // Notes to colleagues are never used, so they are not taken along either.
            let told = messages.filter { $0["private"]?.bool != true }
            $0.member("messages", array: { for message in told { $0.value(message) } })
        }
        return writer.bytes
    }

    package static func ratings(_ rows: [JSON.Value], account: String) -> [UInt8] {
        var writer = JSONWriter(reservingBytes: 4096)
        writer.object {
            $0.member("event", ChatwootWebhook.ratingsPage)
            $0.member("account", object: { $0.member("id", account) })
            $0.member("ratings", array: { for row in rows { $0.value(row) } })
        }
        return writer.bytes
    }

    /// Whether a conversation of the API's list belongs to a WhatsApp thread.
    package static func mayBeWhatsApp(_ conversation: JSON.Value, inbox: JSON.Value?) -> Bool {
        ChatwootConversation(conversation, account: nil, inbox: inbox).mayBeWhatsApp
    }

    /// Messages that the list repeats from the conversation's own pages.
    private static let repeated: Set<String> = ["messages", "last_non_activity_message"]

    /// What tells the business number. An inbox also holds passwords and tokens: those stay where they are.
    private static func write(_ inbox: JSON.Value, to writer: inout JSONWriter) {
        let settings = inbox["provider_config"]
        for (name, value) in [
            ("id", inbox["id"]), ("phone_number", inbox["phone_number"]), ("medium", inbox["medium"]),
            ("phone_number_id", settings?["phone_number_id"]),
            ("business_account_id", settings?["business_account_id"]),
        ] {
            guard let text = value?.string else { continue }
            writer.member(name, text)
        }
    }
}
